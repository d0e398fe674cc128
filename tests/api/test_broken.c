/* SPDX-License-Identifier: MIT */
/*
 * A stream that breaks while the application decides: whichever way it decides, it hears that
 * the network is why, and once that the connection is over.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "wss/wss.h"
#include "wss_sim.h"

enum { ROOM = 1024, WINDOW = 4096 };

typedef wss_result_t (*deed_t)(wss_conn_t *conn);

static wss_sim_t sim;
static wss_sim_host_t host;
static wss_sim_end_t ends[2];
static uint8_t memory[2 * (ROOM + WINDOW)];
static wss_sim_end_t *peer;
static wss_loop_t loop;
static deed_t deed;
static wss_result_t result;
static wss_closure_t closure;
static unsigned closed;

static wss_result_t accept_it(wss_conn_t *conn)
{
    return wss_accept(conn, NULL, 0);
}

static wss_result_t reply_to_it(wss_conn_t *conn)
{
    const wss_reply_t reply = {.status = 403, .body = "no", .body_length = 2};
    return wss_reply(conn, &reply);
}

static wss_result_t admit_it(wss_conn_t *conn)
{
    (void)conn;
    return WSS_ERR_NETWORK; /* what the engine's own admission will meet */
}

static const deed_t deeds[] = {accept_it, reply_to_it, admit_it};

static wss_result_t on_request(wss_conn_t *conn)
{
    wss_sim_peer_reset(peer);
    result = deed(conn);
    return deed == admit_it ? WSS_OK : WSS_WOULD_BLOCK;
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *how)
{
    (void)conn;
    closure = *how;
    closed++;
}

static void open_peer(uint8_t *tx, uint32_t tx_size)
{
    static const char request[] = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
                                  "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    static const wss_handler_t handler = {.on_request = on_request, .on_closed = on_closed};
    static wss_sim_crypto_t generator;
    static wss_conn_t conns[1];
    static wss_control_t controls[1];
    static uint8_t rx[512];
    static wss_config_t config;
    static wss_crypto_t crypto;
    static wss_hal_t hal;
    const wss_endpoint_t where = {.port = 80};
    const wss_sim_config_t world = {.ends = ends,
                                    .end_count = 2,
                                    .memory = memory,
                                    .send_room = ROOM,
                                    .window = WINDOW,
                                    .seed = 1};
    wss_sim_init(&sim, &world);
    wss_sim_host_init(&host, &sim, &hal);
    wss_sim_crypto_init(&generator, 1, &crypto);
    config = (wss_config_t){.hal = &hal,
                            .crypto = &crypto,
                            .handler = &handler,
                            .conns = conns,
                            .conn_count = 1,
                            .rx_buffer = rx,
                            .rx_size = sizeof rx,
                            .tx_buffer = tx,
                            .tx_size = tx_size,
                            .controls = controls,
                            .control_count = 1};
    ck_assert_int_eq(wss_loop_init(&loop, &config), WSS_OK);
    ck_assert_int_eq(wss_listen(&loop, &where, NULL), WSS_OK);
    peer = wss_sim_peer_connect(&sim, 80);
    ck_assert_uint_eq(wss_sim_peer_send(peer, request, (uint32_t)strlen(request)), strlen(request));
}

START_TEST(a_decision_on_a_broken_stream)
{
    static uint8_t tx[600];
    deed = deeds[_i / 2];
    closed = 0;
    open_peer(tx, _i % 2 == 0 ? sizeof tx : 0);
    for (unsigned turns = 0; turns < 4; turns++)
        ck_assert_int_eq(wss_loop_step(&loop, 0), WSS_OK);
    ck_assert_int_eq(result, WSS_ERR_NETWORK);
    ck_assert_uint_eq(closed, 1);
    ck_assert(!closure.opened);
    if (deed != reply_to_it)
        ck_assert_int_eq(closure.cause, WSS_REASON_CONNECTION_LOST);
    ck_assert_uint_eq(wss_loop_count(&loop), 0);
    ck_assert_uint_eq(host.streams, 0);
    ck_assert_uint_eq(wss_sim_faults(&sim), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("broken");
    TCase *tests = tcase_create("decisions");
    tcase_add_loop_test(tests, a_decision_on_a_broken_stream, 0, 6);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
