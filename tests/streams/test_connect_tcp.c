/* SPDX-License-Identifier: MIT */
/*
 * A client of ours that calls through a proxy over TCP on the loopback interface: the port
 * in streams/ on the POSIX one. The proxy is played, in turns with the loops.
 */
#include "duet.h"
#include "played_proxy.h"
#include "wss_crypto_mbedtls.h"
#include "wss_posix.h"
#include "wss_proxy_hal.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 2048, HOLD = 512 };

#define ESTABLISHED "HTTP/1.1 200 Connection established\r\nVia: 1.1 p\r\n\r\n"

/* ------------------------------------------------------------------------ the ports */

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
static wss_connect_stream_t tunnels[1];
static wss_proxy_t chosen = {.host = "127.0.0.1", .authorization = "Basic dTpw"};
static wss_proxy_hal_t layer;
static wss_hal_t through; /* the client's */
static wss_crypto_mbedtls_t generator;
static wss_crypto_t crypto;

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

static const wss_proxy_t *choose(void *context, const wss_dial_t *whom)
{
    (void)context, (void)whom;
    return &chosen;
}

/* --------------------------------------------------------------------------- set up */

static void setup(void)
{
    const wss_proxy_hal_config_t config = {
        .below = &client.hal, .tunnels = tunnels, .tunnel_count = 1, .choose = choose};
    open_side(&server);
    open_side(&client);
    ck_assert_int_eq(wss_proxy_hal_init(&layer, &config, &through), WSS_OK);
    ck_assert_int_eq(wss_crypto_mbedtls_init(&generator, &client.hal, &crypto), WSS_OK);
}

static void teardown(void)
{
    proxy_close();
    wss_crypto_mbedtls_free(&generator);
    wss_posix_close(&client.posix);
    wss_posix_close(&server.posix);
}

/* ------------------------------------------------------------- connections that stand */

static const struct {
    const char *answer;
    bool slowly;
} standing[] = {
    {ESTABLISHED, false},
    {ESTABLISHED, true},
    {"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", false},
    /* An answer of the far end that it has no part in is behind the proxy's. */
    {ESTABLISHED "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", false},
    {ESTABLISHED "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", true},
    {"HTTP/1.1 100 Continue\r\n\r\n" ESTABLISHED, true},
};

START_TEST(messages_come_through)
{
    static const char wanted[] = "\r\nProxy-Authorization: Basic dTpw\r\n";
    chosen.port = proxy_open(standing[_i].answer, standing[_i].slowly, RELAY);
    const duet_setup_t plan = {.server = &server.hal,
                               .client = &through,
                               .crypto = &crypto,
                               .seed = (uint64_t)_i,
                               .messages = 60,
                               .longest = 20000,
                               .server_closes = _i % 2 == 1};
    duet_start(&plan);
    while (!duet_over()) {
        proxy_turn();
        duet_step(0);
    }
    duet_check();
    ck_assert_ptr_nonnull(strstr(proxy_request(), wanted));
}
END_TEST

/* ----------------------------------------------------------- connections that do not */

/* What the application is told. */
static struct {
    unsigned opened;
    unsigned closed;
    wss_reason_t cause;
    char network[128];
} told;

static void on_open(wss_conn_t *conn)
{
    (void)conn;
    told.opened++;
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    (void)conn;
    told.closed++;
    told.cause = closure->cause;
    (void)snprintf(told.network, sizeof told.network, "%s", closure->network);
}

#define REFUSAL "HTTP/1.1 407 Proxy Authentication Required\r\n"
#define CLOSED  "The proxy closed the connection before it answered."

static const struct {
    const char *answer;
    ending_t ending;
    wss_reason_t cause;
    const char *network;
} falling[] = {
    {REFUSAL "Proxy-Authenticate: Basic\r\nContent-Length: 2\r\n\r\nno", STAY,
     WSS_REASON_TLS_FAILED, "The proxy answered 407 Proxy Authentication Required."},
    {REFUSAL "Content-Length: 9\r\n\r\nno", FIN, WSS_REASON_TLS_FAILED,
     "The proxy answered 407 Proxy Authentication Required."},
    {"HTTP/1.1 502 Bad Gateway\r\n\r\n", FIN, WSS_REASON_TLS_FAILED,
     "The proxy answered 502 Bad Gateway."},
    {"220 mail.example ESMTP\r\n", STAY, WSS_REASON_TLS_FAILED, "The proxy's answer is not HTTP."},
    {"HTTP/1.1 200 Connection esta", FIN, WSS_REASON_TLS_FAILED, CLOSED},
    {"HTTP/1.1 200 Connection established\r\nVia: 1.1 p\r\n\r", FIN, WSS_REASON_TLS_FAILED, CLOSED},
    {"HTTP/1.1 200 Connection esta", RESET, WSS_REASON_TLS_FAILED,
     "The way to the proxy failed: The peer reset the connection."},
    {"", FIN, WSS_REASON_TLS_FAILED, CLOSED},
    {"HTTP/1.1 200 Connection esta", STAY, WSS_REASON_HANDSHAKE_TIMEOUT, ""},
    {ESTABLISHED, FIN, WSS_REASON_PEER_VANISHED, ""},
    {ESTABLISHED, RESET, WSS_REASON_CONNECTION_LOST, "The peer reset the connection."},
    {ESTABLISHED "hello", STAY, WSS_REASON_HANDSHAKE_INVALID, ""},
};

static void call(wss_loop_t *loop)
{
    static const wss_target_t target = {.host = "127.0.0.1", .port = 9};
    memset(&told, 0, sizeof told);
    ck_assert_int_eq(wss_connect(loop, &target, NULL, NULL), WSS_OK);
    while (told.closed == 0) {
        proxy_turn();
        ck_assert_int_eq(wss_loop_step(loop, 1), WSS_OK);
    }
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(wss_loop_step(loop, 0), WSS_OK);
    ck_assert_uint_eq(told.opened, 0);
    ck_assert_uint_eq(told.closed, 1);
    ck_assert_uint_eq(wss_loop_count(loop), 0);
}

static void check_call(unsigned index, bool slowly)
{
    static wss_loop_t loop;
    static wss_conn_t conns[1];
    static wss_control_t controls[1];
    static uint8_t rx[HOLD];
    const wss_handler_t handler = {.on_open = on_open, .on_closed = on_closed};
    const wss_config_t config = {.hal = &through,
                                 .crypto = &crypto,
                                 .handler = &handler,
                                 .conns = conns,
                                 .conn_count = 1,
                                 .rx_buffer = rx,
                                 .rx_size = sizeof rx,
                                 .controls = controls,
                                 .control_count = 1,
                                 .handshake_timeout = falling[index].ending == STAY ? 300 : 0};
    memset(&loop, 0, sizeof loop);
    ck_assert_int_eq(wss_loop_init(&loop, &config), WSS_OK);
    chosen.port = proxy_open(falling[index].answer, slowly, falling[index].ending);
    call(&loop);
    ck_assert_str_eq(wss_reason_name(told.cause), wss_reason_name(falling[index].cause));
    ck_assert_str_eq(told.network, falling[index].network);
}

START_TEST(failures_are_told)
{
    check_call((unsigned)_i, false);
}
END_TEST

START_TEST(failures_are_told_byte_by_byte)
{
    check_call((unsigned)_i, true);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("connect_tcp");
    TCase *tests = tcase_create("tunnels");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, messages_come_through, 0, sizeof standing / sizeof standing[0]);
    tcase_add_loop_test(tests, failures_are_told, 0, sizeof falling / sizeof falling[0]);
    tcase_add_loop_test(tests, failures_are_told_byte_by_byte, 0,
                        sizeof falling / sizeof falling[0]);
    tcase_set_timeout(tests, 0);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
