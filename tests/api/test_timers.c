/* SPDX-License-Identifier: MIT */
/*
 * The next deadline of many connections is that of the one whose turn it is, whoever comes and
 * goes.
 */
#include <check.h>
#include <string.h>

#include "wss/wss.h"
#include "wss_sim.h"

enum { CONNS = 48, ENDS = 2 * CONNS, ROOM = 512, WINDOW = 512, CHANGES = 1200 };
enum { HANDSHAKE = 10000, IDLE = 3000, CLOSE = 700 }; /* timeouts, ms */

static wss_sim_t sim;
static wss_sim_host_t host;
static wss_sim_end_t ends[ENDS];
static uint8_t memory[ENDS * (ROOM + WINDOW)];
static wss_sim_crypto_t generator;
static wss_crypto_t crypto;
static wss_hal_t hal;
static wss_loop_t loop;
static wss_conn_t conns[CONNS];
static wss_control_t controls[1];
static uint8_t rx[64];

static wss_sim_end_t *peers[ENDS + 1];
static const wss_conn_t *aborted;
static uint32_t passed;          /* milliseconds since the beginning */
static uint32_t deadline[CONNS]; /* of each slot, likewise; 0: it is free */

static void on_connecting(wss_conn_t *conn)
{
    deadline[wss_index(conn)] = passed + HANDSHAKE;
}

static void on_open(wss_conn_t *conn)
{
    deadline[wss_index(conn)] = passed + IDLE;
}

static void on_closing(wss_conn_t *conn, const wss_closure_t *closure)
{
    ck_assert_int_eq(closure->cause, WSS_REASON_IDLE_TIMEOUT);
    deadline[wss_index(conn)] = passed + CLOSE;
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    (void)closure;
    ck_assert(conn == aborted || deadline[wss_index(conn)] <= passed);
    deadline[wss_index(conn)] = 0;
}

static uint32_t next_deadline(void)
{
    uint32_t next = WSS_FOREVER;
    for (int i = 0; i < CONNS; i++)
        if (deadline[i] != 0 && deadline[i] - passed < next)
            next = deadline[i] - passed;
    return next;
}

/* xorshift32 */
static uint32_t draw(uint32_t *dice)
{
    *dice ^= *dice << 13;
    *dice ^= *dice >> 17;
    *dice ^= *dice << 5;
    return *dice;
}

static void settle(void)
{
    for (int i = 0; i < CONNS; i++)
        ck_assert_int_eq(wss_loop_step(&loop, 0), WSS_OK);
}

static void begin(uint32_t idle)
{
    static const wss_handler_t handler = {.on_connecting = on_connecting,
                                          .on_open = on_open,
                                          .on_closing = on_closing,
                                          .on_closed = on_closed};
    static wss_config_t config;
    const wss_endpoint_t where = {.port = 80};
    const wss_sim_config_t world = {.ends = ends,
                                    .end_count = ENDS,
                                    .memory = memory,
                                    .send_room = ROOM,
                                    .window = WINDOW,
                                    .seed = 1};
    config = (wss_config_t){.hal = &hal,
                            .crypto = &crypto,
                            .handler = &handler,
                            .conns = conns,
                            .conn_count = CONNS,
                            .rx_buffer = rx,
                            .rx_size = sizeof rx,
                            .controls = controls,
                            .control_count = 1,
                            .handshake_timeout = HANDSHAKE,
                            .idle_timeout = idle,
                            .ping_interval = WSS_OFF,
                            .close_timeout = CLOSE};
    memset(peers, 0, sizeof peers);
    aborted = NULL;
    passed = 0;
    wss_sim_init(&sim, &world);
    wss_sim_host_init(&host, &sim, &hal);
    wss_sim_crypto_init(&generator, 1, &crypto);
    ck_assert_int_eq(wss_loop_init(&loop, &config), WSS_OK);
    ck_assert_int_eq(wss_listen(&loop, &where, NULL), WSS_OK);
}

static const char request[] = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
                              "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

static void say(wss_sim_end_t *peer, const char *text, size_t length)
{
    ck_assert_uint_eq(wss_sim_peer_send(peer, text, (uint32_t)length), length);
}

/* Some say nothing, others upgrade and then say nothing. */
static void connect(bool upgrades)
{
    wss_sim_end_t **peer = peers;
    while (*peer != NULL)
        peer++;
    *peer = wss_sim_peer_connect(&sim, 80);
    if (*peer != NULL && upgrades)
        say(*peer, request, sizeof request - 1);
}

/* Peers that the server has let go of go, too. */
static void leave(void)
{
    uint8_t bytes[WINDOW];
    for (int i = 0; i < ENDS; i++) {
        int32_t got = 0;
        while (peers[i] != NULL && (got = wss_sim_peer_read(peers[i], bytes, sizeof bytes)) > 0)
            continue;
        if (peers[i] != NULL && got < 0 && got != WSS_WOULD_BLOCK) {
            wss_sim_peer_release(peers[i]);
            peers[i] = NULL;
        }
    }
}

START_TEST(the_next_deadline_is_the_first)
{
    uint32_t dice = 6455;
    begin(IDLE);
    for (int i = 0; i < CHANGES; i++) {
        const uint32_t what = draw(&dice) % 8;
        wss_conn_t *conn = wss_conn_at(&loop, draw(&dice) % CONNS);
        aborted = what == 4 || what == 5 ? conn : NULL;
        if (what < 4)
            connect(what < 2);
        else if (aborted != NULL)
            ck_assert_int_eq(wss_abort(conn), WSS_OK);
        else if (what >= 6) {
            const uint32_t ms = draw(&dice) % 400;
            passed += ms;
            wss_sim_advance(&sim, ms);
        }
        settle();
        leave();
        ck_assert_uint_eq(wss_loop_next_deadline(&loop), next_deadline());
    }
    ck_assert_uint_gt(passed, 4 * HANDSHAKE);
    while (wss_loop_count(&loop) > 0) {
        passed += 100;
        wss_sim_advance(&sim, 100);
        settle();
    }
    ck_assert_uint_eq(wss_loop_next_deadline(&loop), WSS_FOREVER);
}
END_TEST

/* A step does bounded work, and the next one goes on. */
START_TEST(many_that_are_due_take_their_turn)
{
    begin(IDLE);
    for (int i = 0; i < CONNS; i++)
        connect(false);
    settle();
    ck_assert_uint_eq(wss_loop_count(&loop), CONNS);
    passed += HANDSHAKE;
    wss_sim_advance(&sim, HANDSHAKE);
    for (uint32_t left = CONNS; left > 0; left = wss_loop_count(&loop)) {
        ck_assert_int_eq(wss_loop_step(&loop, 0), WSS_OK);
        ck_assert_uint_lt(wss_loop_count(&loop), left);
        ck_assert_uint_ge(wss_loop_count(&loop) + WSS_CFG_EVENTS_PER_STEP, left);
    }
}
END_TEST

/* One deadline has passed when one of almost 25 days is set: they cannot be compared. */
START_TEST(a_far_deadline_hides_none)
{
    const size_t rest = 4;
    const size_t length = sizeof request - 1 - rest;
    begin(INT32_MAX);
    connect(false);
    connect(false);
    settle();
    say(peers[0], request, length);
    settle();
    say(peers[0], request + length, rest);
    passed += HANDSHAKE + 100;
    wss_sim_advance(&sim, HANDSHAKE + 100);
    settle();
    ck_assert_ptr_nonnull(wss_conn_at(&loop, 0));
    ck_assert_ptr_null(wss_conn_at(&loop, 1));
    ck_assert_uint_ge(wss_loop_next_deadline(&loop), INT32_MAX / 4);
    ck_assert_uint_le(wss_loop_next_deadline(&loop), INT32_MAX);
    aborted = wss_conn_at(&loop, 0);
    for (int i = 0; wss_loop_count(&loop) == 1; i++) {
        ck_assert_int_lt(i, 4);
        wss_sim_advance(&sim, INT32_MAX / 2);
        settle();
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("timers");
    TCase *timers = tcase_create("timers");
    tcase_set_timeout(timers, 60);
    tcase_add_test(timers, the_next_deadline_is_the_first);
    tcase_add_test(timers, a_far_deadline_hides_none);
    tcase_add_test(timers, many_that_are_due_take_their_turn);
    suite_add_tcase(suite, timers);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
