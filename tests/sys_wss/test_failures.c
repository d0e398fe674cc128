/* SPDX-License-Identifier: MIT */
/* What the shipped service fails at, a server: one test for each, named after it. */
#include "rig.h"

#include <stdio.h>
#include <string.h>

#define OPENED "CONNECTING(0) CONNECTED(0) "

enum { MOST = SYS_WSS_MAX_TX_BUFFER };

static uint8_t bytes[RIG_WINDOW];

static void setup(void)
{
    rig_start(NULL);
    memset(bytes, 'm', sizeof bytes);
}

/* ------------------------------------------------------------------------ handshake */

START_TEST(a_key_is_copied_unbounded)
{
    static char request[3000];
    int length = snprintf(request, sizeof request,
                          "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: %2000d==\r\n\r\n",
                          7);
    wss_sim_end_t *peer = rig_connect();
    rig_put(peer, request, (size_t)length);
    ck_assert_uint_gt(rig_bytes(peer, bytes, sizeof bytes), 0);
    ck_assert_mem_eq(bytes, "HTTP/1.1 400 ", 13);
    wss_sim_peer_finish(peer);
    rig_settle();
    rig_expect("CONNECTING(0) ERR(0) CLOSED(0) ");
    (void)rig_open();
}
END_TEST

START_TEST(connection_keep_alive_upgrade_is_refused)
{
    static const char *const fields[] = {
        "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n",
        "UPGRADE: WebSocket\r\nconnection:upgrade\r\n",
        "Upgrade: websocket\r\nConnection: keep-alive\r\nConnection: ,\tUPGRADE ,\r\n",
    };
    char request[512];
    snprintf(request, sizeof request,
             "GET / HTTP/1.1\r\nHost: a\r\n%sSec-WebSocket-Version: 13\r\n"
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
             fields[_i]);
    (void)rig_open_with(request, "dGhlIHNhbXBsZSBub25jZQ==");
    rig_expect(OPENED);
}
END_TEST

START_TEST(handshake_state_is_inherited_by_the_next_client)
{
    wss_sim_end_t *first = rig_connect();
    rig_put(first, rig_request, strlen(rig_request) - 2);
    wss_sim_peer_reset(first);
    rig_settle();
    rig_expect("CONNECTING(0) ERR(0) CLOSED(0) ");

    wss_sim_end_t *second = rig_connect();
    static const char rest[] = "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
                               "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n";
    rig_put(second, rest, sizeof rest - 1);
    (void)rig_bytes(second, bytes, sizeof bytes);
    ck_assert_mem_eq(bytes, "HTTP/1.1 400 ", 13);
    wss_sim_peer_finish(second);
    rig_settle();
    rig_expect("CONNECTING(0) ERR(0) CLOSED(0) ");
    (void)rig_open();
    rig_expect(OPENED);
}
END_TEST

START_TEST(a_handshake_has_no_timeout)
{
    (void)rig_connect();
    (void)rig_connect();
    rig_time(10000);
    rig_expect("CONNECTING(0) CONNECTING(1) TIMEOUT(0) CLOSED(0) TIMEOUT(1) CLOSED(1) ");
    (void)rig_open();
}
END_TEST

START_TEST(the_initial_callback_and_cookie_are_ignored)
{
    /* rig_start() gives them to SYS_WSS_Initialize() alone; rig_callback() checks the cookie. */
    (void)rig_open();
    rig_expect(OPENED);
}
END_TEST

/* ------------------------------------------------------------------------- receiving */

START_TEST(coalesced_frames_are_lost)
{
    wss_sim_end_t *peer = rig_open();
    rig_put(peer, "\x81\x81\0\0\0\0a\x82\x81\0\0\0\0b\x89\x81\0\0\0\0c\x81\x81\0\0\0\0d", 28);
    rig_expect(OPENED "TXT_DATA_RX(0)=a BIN_DATA_RX(0)=b PING_RX(0)=c TXT_DATA_RX(0)=d ");
}
END_TEST

START_TEST(a_frame_behind_the_request_is_lost)
{
    wss_sim_end_t *peer = rig_connect();
    char both[512];
    size_t length = strlen(rig_request);
    memcpy(both, rig_request, length);
    memcpy(both + length, "\x81\x81\0\0\0\0a", 7);
    rig_put(peer, both, length + 7);
    rig_expect(OPENED "TXT_DATA_RX(0)=a ");
}
END_TEST

START_TEST(split_frames_are_misread)
{
    static const char frames[] =
        "\x81\x85\x01\x02\x03\x04igohn\x89\x82\0\0\0\0pi\x82\xfe\0\x80\0\0\0\0";
    const size_t length = sizeof frames - 1 + 128;
    memcpy(bytes, frames, sizeof frames - 1);
    for (size_t cut = 1; cut < length; cut++) {
        wss_sim_end_t *peer = rig_open();
        rig_put(peer, bytes, cut);
        rig_put(peer, bytes + cut, length - cut);
        const char *told = rig_told();
        ck_assert_ptr_eq(
            strstr(told, OPENED "TXT_DATA_RX(0)=hello PING_RX(0)=pi BIN_DATA_RX(0)=mmm"), told);
        ck_assert_uint_eq(strspn(strrchr(told, '=') + 1, "m"), 128);
        wss_sim_peer_reset(peer);
        rig_settle();
        rig_told();
    }
}
END_TEST

START_TEST(fragments_are_not_reassembled)
{
    wss_sim_end_t *peer = rig_open();
    rig_frame(peer, 0x01, "one ", 4);
    rig_frame(peer, 0x89, "", 0);
    rig_frame(peer, 0x00, "", 0);
    rig_frame(peer, 0x00, "two ", 4);
    rig_frame(peer, 0x80, "three", 5);
    rig_expect(OPENED "PING_RX(0) TXT_DATA_RX(0)=one\\x20two\\x20three ");
}
END_TEST

START_TEST(the_state_of_fragments_is_shared_by_all_clients)
{
    wss_sim_end_t *first = rig_open();
    wss_sim_end_t *second = rig_open();
    rig_told();
    rig_frame(first, 0x01, "a", 1);
    rig_frame(second, 0x02, "1", 1);
    rig_frame(first, 0x00, "b", 1);
    rig_frame(second, 0x80, "2", 1);
    rig_frame(first, 0x80, "c", 1);
    rig_expect("BIN_DATA_RX(1)=12 TXT_DATA_RX(0)=abc ");
}
END_TEST

START_TEST(lengths_over_64_kb_are_misread)
{
    static const char *const headers[] = {
        "\x82\xff\0\0\0\0\0\x01\0\0\0\0\0\0",   /* 65,536 */
        "\x82\xff\0\0\0\x01\0\0\0\x05\0\0\0\0", /* 2^32 + 5 */
        "\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff\0\0\0\0",
    };
    wss_sim_end_t *peer = rig_open();
    rig_put(peer, headers[_i], 14);
    rig_expect(OPENED "ERR(0) CLOSING(0) ");
    ck_assert_ptr_nonnull(strstr(rig_wire(peer), "88:\\x03\\xf1")); /* 1009 */
}
END_TEST

START_TEST(the_received_length_is_never_checked)
{
    wss_sim_end_t *peer = rig_open();
    rig_put(peer, "\x82\xe4\0\0\0\0only this", 15);
    rig_expect(OPENED);
    wss_sim_peer_reset(peer);
    rig_settle();
    rig_expect("ERR(0) CLOSED(0) ");
}
END_TEST

START_TEST(messages_are_limited_to_500_bytes)
{
    wss_sim_end_t *peer = rig_open();
    for (size_t length = 499; length <= SYS_WSS_MAX_RX_BUFFER; length = length * 2 + 3) {
        rig_told();
        rig_frame(peer, 0x81, bytes, length);
        ck_assert_uint_eq(strspn(strchr(rig_told(), 'm'), "m"), length);
        ck_assert_int_eq(SYS_WSS_sendMessage(1, SYS_WSS_FRAME_TEXT, bytes, length, 0),
                         SYS_WSS_SUCCESS);
        rig_settle();
        ck_assert_uint_eq(strspn(strchr(rig_wire(peer), 'm'), "m"), length);
    }
    rig_told();
    rig_frame(peer, 0x81, bytes, SYS_WSS_MAX_RX_BUFFER);
    ck_assert_uint_eq(strspn(strchr(rig_told(), 'm'), "m"), SYS_WSS_MAX_RX_BUFFER);
}
END_TEST

START_TEST(a_message_beyond_the_buffer_gets_1009)
{
    wss_sim_end_t *peer = rig_open();
    rig_told();
    rig_frame(peer, 0x02, bytes, SYS_WSS_MAX_RX_BUFFER);
    rig_expect("");
    rig_frame(peer, 0x80, bytes, 1);
    rig_expect("ERR(0) CLOSING(0) ");
    ck_assert_ptr_nonnull(strstr(rig_wire(peer), "88:\\x03\\xf1"));
}
END_TEST

START_TEST(close_frame_rx_and_err_are_never_raised)
{
    wss_sim_end_t *peer = rig_open();
    rig_close_frame(peer, 1001, "x");
    wss_sim_peer_finish(peer);
    rig_settle();
    rig_expect(OPENED "CLOSE_FRAME_RX(0)=\\x03\\xe9x CLOSING(0) CLOSED(0) ");
    wss_sim_peer_reset(rig_open());
    rig_settle();
    rig_expect(OPENED "ERR(0) CLOSED(0) ");
}
END_TEST

/* --------------------------------------------------------------------------- sending */

static SYS_WSS_RESULT send(bool fin, SYS_WSS_FRAME type, const char *text, int32_t client)
{
    return SYS_WSS_sendMessage(fin, type, (uint8_t *)(uintptr_t)text, strlen(text), client);
}

START_TEST(the_result_of_a_send_is_no_sys_wss_result)
{
    (void)rig_open();
    ck_assert_int_eq(send(true, SYS_WSS_FRAME_TEXT, "text", 0), SYS_WSS_SUCCESS);
    ck_assert_int_eq(send(true, SYS_WSS_FRAME_TEXT, "text", 1), SYS_WSS_FAILURE);
    ck_assert_int_eq(send(true, SYS_WSS_FRAME_CLOSE, "text", 0), SYS_WSS_ERROR_INVALID_FRAME);
}
END_TEST

START_TEST(fragments_are_sent_as_one_message)
{
    wss_sim_end_t *peer = rig_open();
    ck_assert_int_eq(send(false, SYS_WSS_FRAME_TEXT, "a", 0), SYS_WSS_SUCCESS);
    ck_assert_int_eq(send(true, SYS_WSS_FRAME_BINARY, "x", 0), SYS_WSS_ERROR_INVALID_FRAME);
    ck_assert_int_eq(send(false, SYS_WSS_FRAME_BINARY, "x", 0), SYS_WSS_ERROR_INVALID_FRAME);
    ck_assert_int_eq(send(false, SYS_WSS_FRAME_TEXT, "b", 0), SYS_WSS_SUCCESS);
    ck_assert_int_eq(send(false, SYS_WSS_FRAME_CONTINUATION, "c", 0), SYS_WSS_SUCCESS);
    ck_assert_int_eq(SYS_WSS_PingClient(NULL, 0, 0), SYS_WSS_SUCCESS);
    ck_assert_int_eq(send(true, SYS_WSS_FRAME_TEXT, "d", 0), SYS_WSS_SUCCESS);
    ck_assert_int_eq(send(true, SYS_WSS_FRAME_CONTINUATION, "x", 0), SYS_WSS_ERROR_INVALID_FRAME);
    ck_assert_int_eq(send(false, SYS_WSS_FRAME_BINARY, "e", 0), SYS_WSS_SUCCESS);
    ck_assert_int_eq(send(true, SYS_WSS_FRAME_CONTINUATION, "f", 0), SYS_WSS_SUCCESS);
    rig_settle();
    ck_assert_str_eq(rig_wire(peer), "01:a 00:b 00:c 89: 80:d 02:e 80:f ");
}
END_TEST

START_TEST(data_that_do_not_fit_now_are_refused_whole)
{
    wss_sim_end_t *peer = rig_open();
    rig_told();
    wss_sim_peer_window(peer, 0);
    ck_assert_int_eq(SYS_WSS_sendMessage(1, SYS_WSS_FRAME_BINARY, bytes, MOST, 0), SYS_WSS_SUCCESS);
    rig_settle();
    ck_assert_int_eq(SYS_WSS_sendMessage(1, SYS_WSS_FRAME_BINARY, bytes, MOST, 0), SYS_WSS_FAILURE);
    ck_assert_int_eq(SYS_WSS_sendMessage(1, SYS_WSS_FRAME_BINARY, bytes, MOST, -1),
                     SYS_WSS_FAILURE);
    wss_sim_peer_window(peer, RIG_WINDOW);
    rig_settle();
    const char *wire = rig_wire(peer);
    ck_assert_uint_eq(strspn(strchr(wire, 'm'), "m"), MOST);
    ck_assert_str_eq(wire + 3 + MOST, " ");
    ck_assert_int_eq(SYS_WSS_sendMessage(1, SYS_WSS_FRAME_BINARY, bytes, MOST, 0), SYS_WSS_SUCCESS);
}
END_TEST

START_TEST(each_client_gets_all_or_nothing)
{
    wss_sim_end_t *full = rig_open();
    wss_sim_end_t *free_one = rig_open();
    wss_sim_peer_window(full, 0);
    ck_assert_int_eq(SYS_WSS_sendMessage(1, SYS_WSS_FRAME_BINARY, bytes, MOST, 0), SYS_WSS_SUCCESS);
    ck_assert_int_eq(SYS_WSS_sendMessage(1, SYS_WSS_FRAME_TEXT, bytes, 100, -1), SYS_WSS_FAILURE);
    rig_settle();
    ck_assert_uint_eq(strspn(rig_wire(free_one) + 3, "m"), 100);
    wss_sim_peer_window(full, RIG_WINDOW);
    rig_settle();
    ck_assert_ptr_null(strstr(rig_wire(full), "81:"));
}
END_TEST

Suite *rig_suite(void)
{
    Suite *result = suite_create("sys_wss failures");
    TCase *tests = tcase_create("failures");
    tcase_add_checked_fixture(tests, setup, rig_end);
    tcase_add_test(tests, a_key_is_copied_unbounded);
    tcase_add_loop_test(tests, connection_keep_alive_upgrade_is_refused, 0, 3);
    tcase_add_test(tests, handshake_state_is_inherited_by_the_next_client);
    tcase_add_test(tests, a_handshake_has_no_timeout);
    tcase_add_test(tests, the_initial_callback_and_cookie_are_ignored);
    tcase_add_test(tests, coalesced_frames_are_lost);
    tcase_add_test(tests, a_frame_behind_the_request_is_lost);
    tcase_add_test(tests, split_frames_are_misread);
    tcase_add_test(tests, fragments_are_not_reassembled);
    tcase_add_test(tests, the_state_of_fragments_is_shared_by_all_clients);
    tcase_add_loop_test(tests, lengths_over_64_kb_are_misread, 0, 3);
    tcase_add_test(tests, the_received_length_is_never_checked);
    tcase_add_test(tests, messages_are_limited_to_500_bytes);
    tcase_add_test(tests, a_message_beyond_the_buffer_gets_1009);
    tcase_add_test(tests, close_frame_rx_and_err_are_never_raised);
    tcase_add_test(tests, the_result_of_a_send_is_no_sys_wss_result);
    tcase_add_test(tests, fragments_are_sent_as_one_message);
    tcase_add_test(tests, data_that_do_not_fit_now_are_refused_whole);
    tcase_add_test(tests, each_client_gets_all_or_nothing);
    suite_add_tcase(result, tests);
    return result;
}
