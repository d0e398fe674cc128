/* SPDX-License-Identifier: MIT */
/* SYS_WSS as a client: what it asks for, its events, when it connects again. */
#include "layer.h"
#include "rig.h"

#include <string.h>

static char request[1024];

static wss_sim_end_t *next_call(void)
{
    return rig_asked(request, sizeof request);
}

static wss_sim_end_t *next_connection(void)
{
    wss_sim_end_t *peer = next_call();
    ck_assert_ptr_nonnull(peer);
    rig_answer(peer, request);
    return peer;
}

static void setup(void)
{
    rig_begin();
    ck_assert_uint_eq(wss_sim_peer_listen(&rig_sim, RIG_PORT), RIG_PORT);
}

START_TEST(asks_for_what_the_url_says)
{
    rig_initialize(NULL);
    ck_assert_ptr_nonnull(next_call());
    ck_assert_ptr_nonnull(strstr(request, "GET /feed?x=1 HTTP/1.1\r\n"));
    ck_assert_ptr_nonnull(strstr(request, "Host: sim.example:8000\r\n"));
    ck_assert_ptr_nonnull(strstr(request, "Authorization: Basic dXNlcjpwYXNz\r\n"));
    rig_expect("CONNECTING(0) ");
}
END_TEST

START_TEST(the_life_of_a_connection)
{
    rig_initialize(NULL);
    wss_sim_end_t *peer = next_connection();
    rig_expect("CONNECTING(0) CONNECTED(0) ");
    rig_frame(peer, 0x81, "abc", 3);
    rig_frame(peer, 0x82, "\x01", 1);
    rig_frame(peer, 0x89, "p", 1);
    rig_frame(peer, 0x8a, "q", 1);
    rig_expect("TXT_DATA_RX(0)=abc BIN_DATA_RX(0)=\\x01 PING_RX(0)=p PONG_RX(0)=q ");
    ck_assert_int_eq(SYS_WSS_sendMessage(1, SYS_WSS_FRAME_TEXT, (uint8_t *)"def", 3, 0),
                     SYS_WSS_SUCCESS);
    ck_assert_int_eq(SYS_WSS_sendMessage(1, SYS_WSS_FRAME_TEXT, (uint8_t *)"no", 2, 1),
                     SYS_WSS_FAILURE);
    rig_settle();
    ck_assert_str_eq(rig_wire(peer), "8a:p 81:def ");
    rig_close_frame(peer, 1000, "");
    rig_expect("CLOSE_FRAME_RX(0)=\\x03\\xe8 CLOSING(0) ");
    wss_sim_peer_finish(peer);
    rig_settle();
    rig_expect("CLOSED(0) ");
}
END_TEST

START_TEST(a_connection_that_is_lost_is_made_anew)
{
    rig_initialize(NULL);
    wss_sim_peer_reset(next_connection());
    rig_settle();
    rig_expect("CONNECTING(0) CONNECTED(0) ERR(0) CLOSED(0) ");
    rig_time(SYS_WSS_RETRY_DELAY / 2 - 1);
    rig_expect("");
    rig_time(SYS_WSS_RETRY_DELAY / 2 + 1);
    (void)next_connection();
    rig_expect("CONNECTING(0) CONNECTED(0) ");
}
END_TEST

START_TEST(a_connection_that_the_application_closed_is_not_made_anew)
{
    rig_initialize(NULL);
    wss_sim_end_t *peer = next_connection();
    ck_assert_int_eq(SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_NORMAL_CLOSURE, NULL, 0, 0),
                     SYS_WSS_SUCCESS);
    rig_settle();
    rig_close_frame(peer, 1000, "");
    wss_sim_peer_finish(peer);
    rig_settle();
    rig_expect("CONNECTING(0) CONNECTED(0) CLOSING(0) CLOSED(0) ");
    rig_time(SYS_WSS_RETRY_DELAY);
    rig_time(SYS_WSS_RETRY_DELAY);
    rig_expect("");
}
END_TEST

START_TEST(a_server_that_is_not_there)
{
    rig_sim.dial = WSS_SIM_DIAL_REFUSED;
    rig_initialize(NULL);
    rig_expect("CONNECTING(0) SOCK_OPEN_FAILED(0) CLOSED(0) ");
    rig_time(SYS_WSS_RETRY_DELAY);
    rig_expect("CONNECTING(0) SOCK_OPEN_FAILED(0) CLOSED(0) ");
}
END_TEST

START_TEST(a_stream_that_cannot_be_had)
{
    rig_host.stream_limit = 1;
    rig_host.streams = 1;
    rig_initialize(NULL);
    rig_expect("SOCK_OPEN_FAILED(0) ");
    rig_host.stream_limit = 0;
    rig_host.streams = 0;
    rig_time(SYS_WSS_RETRY_DELAY);
    rig_expect("CONNECTING(0) ");
}
END_TEST

START_TEST(a_server_that_never_answers)
{
    rig_sim.dial = WSS_SIM_DIAL_SILENT;
    rig_initialize(NULL);
    rig_time(10000);
    rig_expect("CONNECTING(0) TIMEOUT(0) CLOSED(0) ");
}
END_TEST

START_TEST(a_server_that_refuses)
{
    static const char refusal[] = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    rig_initialize(NULL);
    rig_put(next_call(), refusal, sizeof refusal - 1);
    rig_expect("CONNECTING(0) ERR(0) CLOSED(0) ");
}
END_TEST

START_TEST(a_server_whose_answer_is_wrong)
{
    rig_initialize(NULL);
    rig_put(next_call(), "SSH-2.0\r\n\r\n", 11);
    rig_expect("CONNECTING(0) ERR(0) CLOSED(0) ");
}
END_TEST

START_TEST(a_server_that_masks_its_frames)
{
    rig_initialize(NULL);
    rig_put(next_connection(), "\x81\x80\0\0\0\0", 6);
    rig_expect("CONNECTING(0) CONNECTED(0) ERR_INVALID_FRAME(0) CLOSING(0) ");
}
END_TEST

START_TEST(waits_for_the_link)
{
    wss_sim_link(&rig_host, false);
    rig_initialize(NULL);
    rig_time(60000);
    rig_expect("LL_INTF_DOWN(-1) ");
    wss_sim_link(&rig_host, true);
    rig_settle();
    rig_expect("LL_INTF_UP(-1) CONNECTING(0) ");
}
END_TEST

/* Its wait is long over by then, although a clock of 32 bits might have it yet to come. */
START_TEST(waits_for_the_link_for_weeks)
{
    const uint32_t days = 24u * 60 * 60 * 1000;
    rig_initialize(NULL);
    wss_sim_peer_reset(next_connection());
    wss_sim_link(&rig_host, false);
    rig_settle();
    rig_expect("CONNECTING(0) CONNECTED(0) LL_INTF_DOWN(-1) ERR(0) CLOSED(0) ");
    for (unsigned i = 0; i < 30; i++)
        rig_time(days);
    wss_sim_link(&rig_host, true);
    rig_settle();
    (void)next_connection();
    rig_expect("LL_INTF_UP(-1) CONNECTING(0) CONNECTED(0) ");
}
END_TEST

static void end_when_up(SYS_WSS_EVENTS event, SYS_WSS_RXDATA *data, int32_t client)
{
    (void)data, (void)client;
    if (event == SYS_WSS_EVENT_LL_INTF_UP)
        SYS_WSS_Deinitialize();
}

START_TEST(waits_for_the_network)
{
    rig_boots = true;
    rig_initialize(NULL);
    rig_time(2 * SYS_WSS_RETRY_DELAY);
    rig_expect("");
    rig_boots = false;
    rig_settle();
    (void)next_connection();
    rig_expect("CONNECTING(0) CONNECTED(0) ");
}
END_TEST

START_TEST(ends_as_the_link_comes_up)
{
    wss_sim_link(&rig_host, false);
    rig_initialize(NULL);
    rig_inside = end_when_up;
    wss_sim_link(&rig_host, true);
    rig_settle();
    rig_expect("LL_INTF_DOWN(-1) LL_INTF_UP(-1) ");
    ck_assert_uint_eq(rig_opens, 0);
}
END_TEST

START_TEST(randomness_that_fails_is_an_error)
{
    rig_crypto_fails(true);
    rig_initialize(NULL);
    rig_expect("CONNECTING(0) ERR(0) CLOSED(0) ");
    rig_crypto_fails(false);
}
END_TEST

START_TEST(tls_that_fails)
{
    SYS_WSS_CONFIG config = {.port = RIG_PORT, .isTLSEnabled = true};
    rig_has_tls = true;
    rig_initialize(&config);
    layer_set(WSS_PHASE_FAILED);
    rig_settle();
    rig_expect("CONNECTING(0) SSL_FAILED(0) CLOSED(0) ");
}
END_TEST

START_TEST(the_silence_of_the_server)
{
    rig_initialize(NULL);
    (void)next_connection();
    rig_told();
    rig_time(SYS_WSS_CLIENT_TIMEOUT - 1);
    rig_expect("");
    rig_time(1);
    rig_expect("TIMEOUT(0) CLOSING(0) ");
}
END_TEST

Suite *rig_suite(void)
{
    Suite *result = suite_create("sys_wss client");
    TCase *tests = tcase_create("client");
    tcase_add_checked_fixture(tests, setup, rig_end);
    tcase_add_test(tests, asks_for_what_the_url_says);
    tcase_add_test(tests, the_life_of_a_connection);
    tcase_add_test(tests, a_connection_that_is_lost_is_made_anew);
    tcase_add_test(tests, a_connection_that_the_application_closed_is_not_made_anew);
    tcase_add_test(tests, a_server_that_is_not_there);
    tcase_add_test(tests, a_stream_that_cannot_be_had);
    tcase_add_test(tests, a_server_that_never_answers);
    tcase_add_test(tests, a_server_that_refuses);
    tcase_add_test(tests, a_server_whose_answer_is_wrong);
    tcase_add_test(tests, a_server_that_masks_its_frames);
    tcase_add_test(tests, waits_for_the_link);
    tcase_add_test(tests, waits_for_the_link_for_weeks);
    tcase_add_test(tests, waits_for_the_network);
    tcase_add_test(tests, ends_as_the_link_comes_up);
    tcase_add_test(tests, randomness_that_fails_is_an_error);
    tcase_add_test(tests, tls_that_fails);
    tcase_add_test(tests, the_silence_of_the_server);
    suite_add_tcase(result, tests);
    return result;
}
