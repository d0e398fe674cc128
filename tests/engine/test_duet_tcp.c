/* SPDX-License-Identifier: MIT */
/*
 * A client and a server of ours over TCP on the loopback interface, by the POSIX port:
 * both loops in one process and one task.
 */
#include <check.h>
#include <stdlib.h>

#include "duet.h"
#include "wss_crypto_mbedtls.h"
#include "wss_posix.h"

enum { ROOM = 2048, HOLD = 512 };

/* One process's side of the network. */
typedef struct side {
    wss_posix_t posix;
    wss_posix_stream_t streams[2];
    uint8_t send_memory[2 * ROOM];
    uint8_t hold_memory[2 * HOLD];
    struct pollfd polls[2 + WSS_POSIX_POLLS];
    wss_hal_t hal;
} side_t;

static side_t server, client;

static void open_side(side_t *side)
{
    const wss_posix_config_t config = {.streams = side->streams,
                                       .stream_count = 2,
                                       .send_memory = side->send_memory,
                                       .send_room = ROOM,
                                       .hold_memory = side->hold_memory,
                                       .hold_size = HOLD,
                                       .polls = side->polls};
    ck_assert_int_eq(wss_posix_init(&side->posix, &config, &side->hal), WSS_OK);
}

static void play(uint32_t messages, uint32_t longest, bool server_closes)
{
    wss_crypto_mbedtls_t generator;
    wss_crypto_t crypto;
    open_side(&server);
    open_side(&client);
    ck_assert_int_eq(wss_crypto_mbedtls_init(&generator, &client.hal, &crypto), WSS_OK);
    const duet_setup_t setup = {.server = &server.hal,
                                .client = &client.hal,
                                .crypto = &crypto,
                                .seed = longest,
                                .messages = messages,
                                .longest = longest,
                                .server_closes = server_closes};
    duet_start(&setup);
    while (!duet_over())
        duet_step(1);
    duet_check();
    wss_crypto_mbedtls_free(&generator);
    wss_posix_close(&client.posix);
    wss_posix_close(&server.posix);
}

START_TEST(test_small_messages)
{
    play(500, 100, false);
}
END_TEST

START_TEST(test_messages_of_all_sizes)
{
    play(100, 60000, true);
}
END_TEST

/* wss:// never goes in the clear. */
START_TEST(test_no_tls_no_connection)
{
    const wss_dial_t whom = {.host = "127.0.0.1", .port = 443, .secure = true};
    int owner;
    open_side(&client);
    wss_stream_t *stream = client.hal.connect(client.hal.context, &whom, &owner);
    ck_assert_ptr_nonnull(stream);
    ck_assert_int_eq(stream->ops->phase(stream), WSS_PHASE_FAILED);
    ck_assert_str_eq(stream->ops->reason(stream), "This port has no TLS.");
    stream->ops->release(stream, true);
    wss_posix_close(&client.posix);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("duet_tcp");
    TCase *tests = tcase_create("echo");
    tcase_add_test(tests, test_small_messages);
    tcase_add_test(tests, test_messages_of_all_sizes);
    tcase_add_test(tests, test_no_tls_no_connection);
    tcase_set_timeout(tests, 0);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
