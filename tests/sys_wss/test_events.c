/* SPDX-License-Identifier: MIT */
/* Each event of SYS_WSS, a server: when it comes, in which order, with which data. */
#include "layer.h"
#include "rig.h"
#include "wss/wss.h"

#include <string.h>

#define OPENED "CONNECTING(0) CONNECTED(0) "

static void setup(void)
{
    rig_start(NULL);
}

static void teardown(void)
{
    rig_end();
}

START_TEST(the_life_of_a_connection_that_the_peer_closes)
{
    wss_sim_end_t *peer = rig_open();
    rig_expect(OPENED);
    rig_frame(peer, 0x81, "abc", 3);
    rig_expect("TXT_DATA_RX(0)=abc ");
    rig_frame(peer, 0x82, "\x00\xff", 2);
    rig_expect("BIN_DATA_RX(0)=\\x00\\xff ");
    rig_frame(peer, 0x89, "p", 1);
    rig_expect("PING_RX(0)=p ");
    ck_assert_str_eq(rig_wire(peer), "8a:p ");
    rig_frame(peer, 0x8a, "q", 1);
    rig_expect("PONG_RX(0)=q ");
    rig_close_frame(peer, 1000, "bye");
    rig_expect("CLOSE_FRAME_RX(0)=\\x03\\xe8bye CLOSING(0) ");
    ck_assert_str_eq(rig_wire(peer), "88:\\x03\\xe8 EOF");
    wss_sim_peer_finish(peer);
    rig_settle();
    rig_expect("CLOSED(0) ");
}
END_TEST

START_TEST(a_connection_that_we_close)
{
    wss_sim_end_t *peer = rig_open();
    rig_expect(OPENED);
    uint8_t reason[] = "done";
    ck_assert_int_eq(SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_GOING_AWAY, reason, 4, 0),
                     SYS_WSS_SUCCESS);
    rig_expect("CLOSING(0) ");
    rig_settle();
    ck_assert_str_eq(rig_wire(peer), "88:\\x03\\xe9done ");
    rig_close_frame(peer, 1001, "");
    wss_sim_peer_finish(peer);
    rig_settle();
    rig_expect("CLOSED(0) ");
}
END_TEST

START_TEST(empty_messages_and_control_frames_have_data_of_length_0)
{
    wss_sim_end_t *peer = rig_open();
    rig_expect(OPENED);
    rig_frame(peer, 0x81, "", 0);
    rig_frame(peer, 0x82, "", 0);
    rig_frame(peer, 0x89, "", 0);
    rig_frame(peer, 0x8a, "", 0);
    rig_frame(peer, 0x88, "", 0);
    rig_expect("TXT_DATA_RX(0) BIN_DATA_RX(0) PING_RX(0) PONG_RX(0) CLOSE_FRAME_RX(0) CLOSING(0) ");
}
END_TEST

START_TEST(a_close_frame_comes_with_its_whole_payload)
{
    wss_sim_end_t *peer = rig_open();
    char reason[124] = {0};
    memset(reason, 'r', 123);
    rig_told();
    rig_close_frame(peer, 4999, reason);
    const char *told = rig_told();
    ck_assert_uint_eq(strspn(strchr(told, 'r'), "r"), 123);
    ck_assert_ptr_nonnull(strstr(told, "CLOSE_FRAME_RX(0)=\\x13\\x87r"));
}
END_TEST

START_TEST(the_client_timeout_alone_decides)
{
    wss_sim_end_t *peer = rig_open();
    rig_expect(OPENED);
    rig_time(SYS_WSS_CLIENT_TIMEOUT - 1);
    rig_expect("");
    ck_assert_str_eq(rig_wire(peer), "");
    rig_frame(peer, 0x81, "x", 1);
    rig_expect("TXT_DATA_RX(0)=x ");
    rig_time(SYS_WSS_CLIENT_TIMEOUT - 1);
    rig_expect("");
    rig_time(1);
    rig_expect("TIMEOUT(0) CLOSING(0) ");
    ck_assert_ptr_nonnull(strstr(rig_wire(peer), "88:\\x03\\xe9"));
    rig_time(60000);
    rig_expect("CLOSED(0) ");
}
END_TEST

START_TEST(a_handshake_that_takes_too_long)
{
    (void)rig_connect();
    rig_expect("CONNECTING(0) ");
    rig_time(60000);
    rig_expect("TIMEOUT(0) CLOSED(0) ");
}
END_TEST

typedef struct bad {
    const char *bytes; /* unmasked; the mask is added */
    size_t length;
    const char *code;
} bad_t;

/* One for each reason of the specification that shows as this event, but for the masks. */
static const bad_t bad_frames[] = {
    {"\xc1\x80\0\0\0\0", 6, "\\x03\\xea"},                    /* reserved_bits */
    {"\x83\x80\0\0\0\0", 6, "\\x03\\xea"},                    /* reserved_opcode */
    {"\x09\x80\0\0\0\0", 6, "\\x03\\xea"},                    /* control_fragmented */
    {"\x89\xfe\0\x7e\0\0\0\0", 8, "\\x03\\xea"},              /* control_too_long */
    {"\x81\x00", 2, "\\x03\\xea"},                            /* mask_missing */
    {"\x81\xfe\0\x05\0\0\0\0", 8, "\\x03\\xea"},              /* length_not_minimal */
    {"\x81\xff\x80\0\0\0\0\0\0\0\0\0\0\0", 14, "\\x03\\xea"}, /* length_top_bit */
    {"\x80\x80\0\0\0\0", 6, "\\x03\\xea"},                    /* unexpected_continuation */
    {"\x01\x80\0\0\0\0\x81\x80\0\0\0\0", 12, "\\x03\\xea"},   /* message_interrupted */
    {"\x81\x81\0\0\0\0\xff", 7, "\\x03\\xef"},                /* text_not_utf8 */
    {"\x88\x81\0\0\0\0\x03", 7, "\\x03\\xea"},                /* close_too_short */
    {"\x88\x82\0\0\0\0\x03\xed", 8, "\\x03\\xea"},            /* close_code_invalid */
    {"\x88\x83\0\0\0\0\x03\xe8\xff", 9, "\\x03\\xef"},        /* close_not_utf8 */
};

START_TEST(an_invalid_frame_is_told_before_the_connection_ends)
{
    const bad_t *bad = &bad_frames[_i];
    wss_sim_end_t *peer = rig_open();
    char expected[32];
    rig_expect(OPENED);
    rig_put(peer, bad->bytes, bad->length);
    rig_expect("ERR_INVALID_FRAME(0) CLOSING(0) ");
    snprintf(expected, sizeof expected, "88:%s", bad->code);
    ck_assert_ptr_nonnull(strstr(rig_wire(peer), expected));
    wss_sim_peer_finish(peer);
    rig_settle();
    rig_expect("CLOSED(0) ");
}
END_TEST

START_TEST(a_peer_that_vanishes)
{
    wss_sim_end_t *peer = rig_open();
    rig_expect(OPENED);
    wss_sim_peer_finish(peer);
    rig_settle();
    rig_expect("ERR(0) CLOSED(0) ");
    peer = rig_open();
    rig_expect(OPENED);
    wss_sim_peer_reset(peer);
    rig_settle();
    rig_expect("ERR(0) CLOSED(0) ");
}
END_TEST

START_TEST(a_request_that_is_refused)
{
    wss_sim_end_t *peer = rig_connect();
    rig_put(peer, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 28);
    wss_sim_peer_finish(peer);
    rig_settle();
    rig_expect("CONNECTING(0) ERR(0) CLOSED(0) ");
}
END_TEST

START_TEST(the_link_goes_down_and_up)
{
    wss_sim_end_t *peer = rig_open();
    rig_expect(OPENED);
    wss_sim_link(&rig_host, false);
    rig_settle();
    rig_expect("LL_INTF_DOWN(-1) ");
    wss_sim_link(&rig_host, true);
    rig_settle();
    rig_expect("LL_INTF_UP(-1) ");
    rig_frame(peer, 0x81, "still here", 10);
    rig_expect("TXT_DATA_RX(0)=still\\x20here ");
}
END_TEST

START_TEST(without_tls_the_service_cannot_start_with_it)
{
    SYS_WSS_CONFIG config = {.port = RIG_PORT, .isTLSEnabled = true};
    rig_end();
    rig_begin();
    ck_assert_uint_eq(SYS_WSS_Initialize(&config, NULL, NULL), SYS_MODULE_OBJ_INVALID);
    rig_expect("SSL_FAILED(-1) ");
    ck_assert_int_eq(SYS_WSS_Task(0), SYS_WSS_FAILURE);
}
END_TEST

START_TEST(a_tls_handshake_that_fails)
{
    SYS_WSS_CONFIG config = {.port = RIG_PORT, .isTLSEnabled = true};
    rig_end();
    rig_begin();
    rig_has_tls = true;
    rig_initialize(&config);
    (void)rig_connect();
    rig_expect("CONNECTING(0) ");
    layer_set(WSS_PHASE_FAILED);
    rig_settle();
    rig_expect("SSL_FAILED(0) CLOSED(0) ");
}
END_TEST

START_TEST(a_tls_connection_opens)
{
    SYS_WSS_CONFIG config = {.port = RIG_PORT, .isTLSEnabled = true};
    rig_end();
    rig_begin();
    rig_has_tls = true;
    rig_initialize(&config);
    (void)rig_connect();
    layer_set(WSS_PHASE_UP);
    rig_settle();
    rig_expect("CONNECTING(0) ");
}
END_TEST

static void free_listener(void)
{
    for (unsigned i = 0; i < WSS_SIM_LISTENERS; i++)
        rig_sim.listeners[i].port = 0;
}

START_TEST(a_port_that_is_taken_is_tried_again)
{
    rig_end();
    rig_begin();
    ck_assert_uint_eq(wss_sim_peer_listen(&rig_sim, RIG_PORT), RIG_PORT);
    rig_initialize(NULL);
    rig_expect("SOCK_OPEN_FAILED(-1) ");
    rig_time(SYS_WSS_RETRY_DELAY / 2 - 1);
    rig_expect("");
    rig_time(SYS_WSS_RETRY_DELAY / 2 + 1);
    rig_expect("SOCK_OPEN_FAILED(-1) ");
    free_listener();
    rig_time(SYS_WSS_RETRY_DELAY);
    (void)rig_open();
    rig_expect(OPENED);
}
END_TEST

START_TEST(listens_when_the_network_is_there)
{
    rig_end();
    rig_begin();
    rig_boots = true;
    rig_initialize(NULL);
    rig_time(2 * SYS_WSS_RETRY_DELAY);
    rig_expect("");
    ck_assert_uint_eq(rig_sim.listeners[0].port, 0);
    rig_boots = false;
    rig_settle();
    (void)rig_open();
    rig_expect(OPENED);
}
END_TEST

START_TEST(a_configured_port_that_is_none)
{
    SYS_WSS_CONFIG config = {.port = 65536};
    rig_end();
    ck_assert_uint_eq(SYS_WSS_Initialize(&config, rig_callback, NULL), SYS_MODULE_OBJ_INVALID);
    config.port = 0;
    ck_assert_uint_eq(SYS_WSS_Initialize(&config, rig_callback, NULL), SYS_MODULE_OBJ_INVALID);
}
END_TEST

START_TEST(clients_have_indexes_and_events_of_their_own)
{
    wss_sim_end_t *first = rig_open();
    wss_sim_end_t *second = rig_open();
    rig_expect(OPENED "CONNECTING(1) CONNECTED(1) ");
    rig_frame(second, 0x81, "b", 1);
    rig_frame(first, 0x81, "a", 1);
    rig_expect("TXT_DATA_RX(1)=b TXT_DATA_RX(0)=a ");
    ck_assert_int_eq(SYS_WSS_sendMessage(1, SYS_WSS_FRAME_TEXT, (uint8_t *)"all", 3, -1),
                     SYS_WSS_SUCCESS);
    rig_settle();
    ck_assert_str_eq(rig_wire(first), "81:all ");
    ck_assert_str_eq(rig_wire(second), "81:all ");
    ck_assert_int_eq(SYS_WSS_PingClient(NULL, 0, -1000), SYS_WSS_SUCCESS);
    ck_assert_int_eq(SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_GOING_AWAY, NULL, 0, -2),
                     SYS_WSS_SUCCESS);
    rig_expect("CLOSING(0) CLOSING(1) ");
    rig_settle();
    ck_assert_str_eq(rig_wire(first), "89: 88:\\x03\\xe9 ");
    ck_assert_str_eq(rig_wire(second), "89: 88:\\x03\\xe9 ");
}
END_TEST

START_TEST(one_client_too_many_waits)
{
    wss_sim_end_t *first = rig_open();
    (void)rig_open();
    rig_told();
    wss_sim_end_t *third = wss_sim_peer_connect(&rig_sim, RIG_PORT);
    rig_settle();
    rig_expect("");
    wss_sim_peer_reset(first);
    rig_settle();
    rig_expect("ERR(0) CLOSED(0) CONNECTING(0) ");
    ck_assert_ptr_nonnull(third);
}
END_TEST

START_TEST(states_are_those_of_the_documents_when_an_event_comes)
{
    ck_assert_int_eq(g_wssSrvcObj[0].wssState, SYS_WSS_STATE_CLOSED);
    wss_sim_end_t *peer = rig_connect();
    ck_assert_int_eq(g_wssSrvcObj[0].wssState, SYS_WSS_STATE_CONNECTING);
    wss_sim_peer_reset(peer);
    rig_settle();
    ck_assert_int_eq(g_wssSrvcObj[0].wssState, SYS_WSS_STATE_CLOSED);
    peer = rig_open();
    ck_assert_int_eq(g_wssSrvcObj[0].wssState, SYS_WSS_STATE_CONNECTED);
    rig_close_frame(peer, 1000, "");
    ck_assert_int_eq(g_wssSrvcObj[0].wssState, SYS_WSS_STATE_CLOSING);
    wss_sim_peer_finish(peer);
    rig_settle();
    ck_assert_int_eq(g_wssSrvcObj[0].wssState, SYS_WSS_STATE_CLOSED);
}
END_TEST

Suite *rig_suite(void)
{
    Suite *result = suite_create("sys_wss events");
    TCase *tests = tcase_create("events");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_life_of_a_connection_that_the_peer_closes);
    tcase_add_test(tests, a_connection_that_we_close);
    tcase_add_test(tests, empty_messages_and_control_frames_have_data_of_length_0);
    tcase_add_test(tests, a_close_frame_comes_with_its_whole_payload);
    tcase_add_test(tests, the_client_timeout_alone_decides);
    tcase_add_test(tests, a_handshake_that_takes_too_long);
    tcase_add_loop_test(tests, an_invalid_frame_is_told_before_the_connection_ends, 0,
                        (int)(sizeof bad_frames / sizeof bad_frames[0]));
    tcase_add_test(tests, a_peer_that_vanishes);
    tcase_add_test(tests, a_request_that_is_refused);
    tcase_add_test(tests, the_link_goes_down_and_up);
    tcase_add_test(tests, without_tls_the_service_cannot_start_with_it);
    tcase_add_test(tests, a_tls_handshake_that_fails);
    tcase_add_test(tests, a_tls_connection_opens);
    tcase_add_test(tests, a_port_that_is_taken_is_tried_again);
    tcase_add_test(tests, listens_when_the_network_is_there);
    tcase_add_test(tests, a_configured_port_that_is_none);
    tcase_add_test(tests, clients_have_indexes_and_events_of_their_own);
    tcase_add_test(tests, one_client_too_many_waits);
    tcase_add_test(tests, states_are_those_of_the_documents_when_an_event_comes);
    suite_add_tcase(result, tests);
    return result;
}
