/* SPDX-License-Identifier: MIT */
/* What websock_open() cannot do without, and handles that are none. Nothing is left behind. */
#define _POSIX_C_SOURCE 200809L
#include <check.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>

#include "websock.h"
#include "websock_config.h"

enum { EACH_TWICE = 2 * WEBSOCK_MAX_CONNECTIONS };

static websock_config_t to_nobody(void)
{
    static char address[] = "127.0.0.1";
    websock_config_t config;
    memset(&config, 0, sizeof config);
    config.hostname = address;
    config.port = 1;
    return config;
}

/* As often as there are connections, and more: none is used up. */
static void check_refused(websock_config_t *config)
{
    for (int i = 0; i < EACH_TWICE; i++)
        ck_assert_ptr_null(websock_open(config));
}

START_TEST(without_descriptors)
{
    websock_config_t config = to_nobody();
    struct rlimit before, few;
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
    few = before;
    few.rlim_cur = 0;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
    check_refused(&config);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
    check_refused(&config);
}
END_TEST

START_TEST(certificates_of_nothing)
{
    static char nothing[1];
    websock_config_t config = to_nobody();
    config.secured = 1;
    config.ssl_config.auth_mode = SSL_WRAP_VERIFY_REQUIRED;
    config.ssl_config.ca_cert.buf = nothing;
    check_refused(&config);
}
END_TEST

START_TEST(handles_that_are_none)
{
    char bytes[4] = "abc";
    websock_msg_hdr_t header;
    for (uintptr_t number = 0; number < 4 * WEBSOCK_MAX_CONNECTIONS; number++) {
        const union {
            uintptr_t number;
            websock_handle_t handle;
        } name = {.number = number};
        int length = sizeof bytes;
        ck_assert_int_lt(websock_send_text(name.handle, bytes, sizeof bytes), 0);
        ck_assert_int_lt(websock_recv(name.handle, &header, bytes, &length, 0), 0);
        websock_close(name.handle);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("means");
    TCase *means = tcase_create("means");
    tcase_add_test(means, without_descriptors);
    tcase_add_test(means, certificates_of_nothing);
    tcase_add_test(means, handles_that_are_none);
    suite_add_tcase(suite, means);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
