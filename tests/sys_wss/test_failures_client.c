/* SPDX-License-Identifier: MIT */
/* What the shipped service fails at, a client: one test for each, named after it. */
#include "rig.h"
#include "wss_crypto_mbedtls.h"

#include <stdio.h>
#include <string.h>

static char request[1024];
static uint8_t bytes[RIG_WINDOW];

static void setup(void)
{
    rig_begin();
    (void)wss_sim_peer_listen(&rig_sim, RIG_PORT);
    rig_initialize(NULL);
    memset(bytes, 'm', sizeof bytes);
}

static wss_sim_end_t *open_one(void)
{
    wss_sim_end_t *peer = rig_asked(request, sizeof request);
    ck_assert_ptr_nonnull(peer);
    rig_answer(peer, request);
    rig_expect("CONNECTING(0) CONNECTED(0) ");
    return peer;
}

START_TEST(the_client_s_path_is_fixed)
{
    (void)open_one();
    ck_assert_ptr_eq(strstr(request, "GET /feed?x=1 HTTP/1.1\r\n"), request);
}
END_TEST

START_TEST(the_key_is_not_random)
{
    char first[WSS_KEY_LENGTH];
    wss_sim_end_t *peer = open_one();
    memcpy(first, strstr(request, "Key: ") + 5, sizeof first);
    wss_sim_peer_reset(peer);
    rig_settle();
    rig_told();
    rig_time(SYS_WSS_RETRY_DELAY);
    (void)open_one();
    ck_assert_mem_ne(first, strstr(request, "Key: ") + 5, sizeof first);
}
END_TEST

START_TEST(header_order_and_case_are_fixed)
{
    static const char *const forms[] = {
        "sec-websocket-accept:%.*s\r\nCONNECTION:upgrade\r\nServer: x\r\nupgrade: WEBSOCKET\r\n",
        "Date: now\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: \t%.*s \r\nConnection: a, "
        "UPGRADE\r\n",
    };
    wss_sim_end_t *peer = rig_asked(request, sizeof request);
    char accept[WSS_ACCEPT_LENGTH];
    char response[512];
    (void)wss_crypto_mbedtls_accept_key(NULL, strstr(request, "Key: ") + 5, accept);
    size_t length = (size_t)snprintf(response, sizeof response, "HTTP/1.1 101 Sure\r\n");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    length += (size_t)snprintf(response + length, sizeof response - length, forms[_i],
                               WSS_ACCEPT_LENGTH, accept);
#pragma GCC diagnostic pop
    length += (size_t)snprintf(response + length, sizeof response - length, "\r\n");
    rig_put(peer, response, length);
    rig_expect("CONNECTING(0) CONNECTED(0) ");
}
END_TEST

START_TEST(masking_is_wrong_beyond_125_bytes)
{
    static const size_t lengths[] = {125, 126, 127, 500, 1399, 1400};
    wss_sim_end_t *peer = open_one();
    for (unsigned i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        ck_assert_int_eq(SYS_WSS_sendMessage(1, SYS_WSS_FRAME_BINARY, bytes, lengths[i], 0),
                         SYS_WSS_SUCCESS);
        rig_settle();
        const char *wire = rig_wire(peer);
        ck_assert_uint_eq(strspn(wire + 3, "m"), lengths[i]);
        ck_assert_str_eq(wire + 3 + lengths[i], " ");
        ck_assert_uint_eq(bytes[0], 'm');
    }
}
END_TEST

/* At one tick: masks that follow from the time would repeat. */
START_TEST(masks_come_from_the_tick)
{
    enum { FRAMES = 100, FRAME = 7 };
    static uint8_t wire[FRAMES * FRAME + 1];
    wss_sim_end_t *peer = open_one();
    for (int i = 0; i < FRAMES; i++)
        ck_assert_int_eq(SYS_WSS_sendMessage(1, SYS_WSS_FRAME_TEXT, bytes, 1, 0), SYS_WSS_SUCCESS);
    rig_settle();
    ck_assert_uint_eq(rig_bytes(peer, wire, sizeof wire), FRAMES * FRAME);
    for (int i = 0; i < FRAMES; i++)
        for (int k = 0; k < i; k++)
            ck_assert_mem_ne(wire + i * FRAME + 2, wire + k * FRAME + 2, 4);
}
END_TEST

START_TEST(an_accept_that_does_not_fit_is_taken)
{
    static const char response[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                   "Connection: Upgrade\r\n"
                                   "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    rig_put(rig_asked(request, sizeof request), response, sizeof response - 1);
    rig_expect("CONNECTING(0) ERR(0) CLOSED(0) ");
}
END_TEST

Suite *rig_suite(void)
{
    Suite *result = suite_create("sys_wss failures of the client");
    TCase *tests = tcase_create("failures");
    tcase_add_checked_fixture(tests, setup, rig_end);
    tcase_add_test(tests, the_client_s_path_is_fixed);
    tcase_add_test(tests, the_key_is_not_random);
    tcase_add_loop_test(tests, header_order_and_case_are_fixed, 0, 2);
    tcase_add_test(tests, masking_is_wrong_beyond_125_bytes);
    tcase_add_test(tests, masks_come_from_the_tick);
    tcase_add_test(tests, an_accept_that_does_not_fit_is_taken);
    suite_add_tcase(result, tests);
    return result;
}
