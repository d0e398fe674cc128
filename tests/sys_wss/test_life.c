/* SPDX-License-Identifier: MIT */
/*
 * The service on a real port begins, serves and ends, again and again; where the system gives it
 * nothing it does not begin, and begins once it does. LIFE_FAILS: with these settings it never can.
 */
#define _POSIX_C_SOURCE 200809L
#include "sys_wss.h"

#include <arpa/inet.h>
#include <check.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef LIFE_FAILS
#define LIFE_FAILS 0
#endif
#ifdef SYS_WSS_HARMONY
enum { HARMONY = true };
#else
enum { HARMONY = false };
#endif

static unsigned failures; /* that SYS_WSS_EVENT_SSL_FAILED told */

static void on_event(SYS_WSS_EVENTS event, void *data, int32_t client, void *cookie)
{
    (void)data, (void)client, (void)cookie;
    failures += event == SYS_WSS_EVENT_SSL_FAILED;
}

static struct sockaddr_in address_of(unsigned port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/* One that nobody has. */
static unsigned free_port(void)
{
    struct sockaddr_in address = address_of(0);
    socklen_t length = sizeof address;
    int holder = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(holder, (struct sockaddr *)&address, length), 0);
    ck_assert_int_eq(getsockname(holder, (struct sockaddr *)&address, &length), 0);
    (void)close(holder);
    return ntohs(address.sin_port);
}

static void serve(SYS_MODULE_OBJ service, unsigned port)
{
    const struct sockaddr_in address = address_of(port);
    int client = socket(AF_INET, SOCK_STREAM, 0);
    do
        ck_assert_int_eq(SYS_WSS_Task(service), SYS_WSS_SUCCESS);
    while (connect(client, (const struct sockaddr *)&address, sizeof address) != 0);
    ck_assert_int_eq(SYS_WSS_Task(service), SYS_WSS_SUCCESS);
    (void)close(client);
}

static void live_and_end(SYS_WSS_CONFIG *config)
{
    SYS_MODULE_OBJ service = SYS_WSS_Initialize(config, on_event, NULL);
    ck_assert_uint_ne(service, SYS_MODULE_OBJ_INVALID);
    serve(service, config->port);
    SYS_WSS_Deinitialize();
    while (SYS_WSS_Task(service) == SYS_WSS_SUCCESS)
        continue;
}

START_TEST(it_lives_again_and_again)
{
    SYS_WSS_CONFIG config = {.port = free_port(), .isTLSEnabled = SYS_WSS_ENABLE_TLS};
    for (int i = 0; i < 3; i++)
        live_and_end(&config);
    ck_assert_uint_eq(failures, 0);
}
END_TEST

/* Descriptors run out: after so many, whichever they are for. */
START_TEST(it_begins_once_it_gets_what_it_wants)
{
    SYS_WSS_CONFIG config = {.port = free_port(), .isTLSEnabled = SYS_WSS_ENABLE_TLS};
    struct rlimit before, few;
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
    few = before;
    few.rlim_cur = 0;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
    ck_assert_uint_eq(SYS_WSS_Initialize(&config, on_event, NULL), SYS_MODULE_OBJ_INVALID);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
    live_and_end(&config);
}
END_TEST

START_TEST(it_says_that_it_cannot)
{
    SYS_WSS_CONFIG config = {.port = free_port(), .isTLSEnabled = true};
    for (unsigned i = 1; i <= 3; i++) {
        ck_assert_uint_eq(SYS_WSS_Initialize(&config, on_event, NULL), SYS_MODULE_OBJ_INVALID);
        ck_assert_uint_eq(failures, i);
    }
    config.isTLSEnabled = false;
    live_and_end(&config);
}
END_TEST

START_TEST(a_port_that_is_none_is_refused)
{
    SYS_WSS_CONFIG config = {.port = 65536};
    ck_assert_uint_eq(SYS_WSS_Initialize(&config, on_event, NULL), SYS_MODULE_OBJ_INVALID);
    config.port = 0;
    ck_assert_uint_eq(SYS_WSS_Initialize(&config, on_event, NULL), SYS_MODULE_OBJ_INVALID);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("life");
    TCase *life = tcase_create("life");
    if (LIFE_FAILS) {
        tcase_add_test(life, it_says_that_it_cannot);
    } else {
        tcase_add_test(life, it_lives_again_and_again);
        if (!HARMONY)
            tcase_add_test(life, it_begins_once_it_gets_what_it_wants);
        tcase_add_test(life, a_port_that_is_none_is_refused);
    }
    suite_add_tcase(suite, life);
    SRunner *runner = srunner_create(suite);
    if (HARMONY)
        srunner_set_fork_status(runner, CK_NOFORK); /* the stack's task would stay behind */
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
