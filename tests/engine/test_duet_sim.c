/* SPDX-License-Identifier: MIT */
/*
 * A client and a server of ours in one simulated world: short reads and writes of random
 * length, many seeds. Every message comes back whole, every end is clean. And one loop in
 * both roles, that calls itself.
 */
#include <check.h>
#include <stdlib.h>

#include "duet.h"
#include "wss_sim.h"

enum { SEEDS = 24, ENDS = 4, ROOM = 1024, WINDOW = 2048, TURNS_MAX = 2000000 };

static wss_sim_t sim;
static wss_sim_host_t server, client;
static wss_sim_end_t ends[ENDS];
static uint8_t memory[ENDS * (ROOM + WINDOW)];

static void start_world(unsigned seed)
{
    const wss_sim_config_t config = {.ends = ends,
                                     .end_count = ENDS,
                                     .memory = memory,
                                     .send_room = ROOM,
                                     .window = seed % 3 == 0 ? 7 : WINDOW,
                                     .seed = seed + 1,
                                     .start = UINT32_MAX - 50,
                                     .latency = seed % 4,
                                     .read_limit = seed % 5 == 0 ? 0 : 1 + seed % 40,
                                     .send_limit = seed % 7 == 0 ? 0 : 1 + seed % 50,
                                     .random_limits = true};
    wss_sim_init(&sim, &config);
}

START_TEST(test_echo)
{
    const unsigned seed = (unsigned)_i;
    wss_hal_t server_hal, client_hal;
    wss_sim_crypto_t random_bytes;
    wss_crypto_t crypto;
    start_world(seed);
    wss_sim_host_init(&server, &sim, &server_hal);
    wss_sim_host_init(&client, &sim, &client_hal);
    wss_sim_host_lock(&server, &server_hal);
    wss_sim_host_lock(&client, &client_hal);
    wss_sim_crypto_init(&random_bytes, seed, &crypto);
    const duet_setup_t setup = {.server = &server_hal,
                                .client = &client_hal,
                                .crypto = &crypto,
                                .seed = seed,
                                .messages = 14,
                                .longest = seed % 2 == 0 ? 1500 : 500,
                                .server_closes = seed % 2 == 1};
    duet_start(&setup);
    for (unsigned turns = 0; !duet_over(); turns++) {
        if (turns > TURNS_MAX)
            ck_abort_msg("the connection does not end");
        duet_step(0);
        if (turns % 16 == 15)
            wss_sim_advance(&sim, 1);
    }
    duet_check();
    ck_assert_uint_eq(wss_sim_faults(&sim), 0);
    ck_assert_uint_eq(server.streams + client.streams, 0);
}
END_TEST

/* ------------------------------------------------------------- one loop, both roles */

static unsigned opened, closed;

static void on_open(wss_conn_t *conn)
{
    opened++;
    if (wss_status(conn) != 0)
        (void)wss_close(conn, 1000, NULL, 0);
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    (void)conn;
    ck_assert(closure->clean);
    closed++;
}

START_TEST(test_calls_itself)
{
    static const wss_handler_t handler = {.on_open = on_open, .on_closed = on_closed};
    static wss_conn_t conns[2];
    static wss_control_t controls[1];
    static uint8_t rx[256];
    const wss_endpoint_t where = {.port = 80};
    const wss_target_t target = {.host = "me"};
    wss_sim_crypto_t random_bytes;
    wss_crypto_t crypto;
    wss_hal_t hal;
    wss_loop_t loop;
    start_world(1);
    wss_sim_host_init(&server, &sim, &hal);
    wss_sim_crypto_init(&random_bytes, 1, &crypto);
    const wss_config_t config = {.hal = &hal,
                                 .crypto = &crypto,
                                 .handler = &handler,
                                 .conns = conns,
                                 .conn_count = 2,
                                 .max_conns = 1,
                                 .rx_buffer = rx,
                                 .rx_size = sizeof rx,
                                 .controls = controls,
                                 .control_count = 1};
    ck_assert_int_eq(wss_loop_init(&loop, &config), WSS_OK);
    ck_assert_int_eq(wss_listen(&loop, &where, NULL), WSS_OK);
    for (unsigned times = 1; times <= 3; times++) {
        ck_assert_int_eq(wss_connect(&loop, &target, NULL, NULL), WSS_OK);
        while (closed < 2 * times)
            ck_assert_int_eq(wss_loop_step(&loop, 10), WSS_OK);
        ck_assert_uint_eq(opened, 2 * times);
    }
    ck_assert_uint_eq(wss_loop_count(&loop), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("duet_sim");
    TCase *tests = tcase_create("echo");
    tcase_add_loop_test(tests, test_echo, 0, SEEDS);
    tcase_add_test(tests, test_calls_itself);
    tcase_set_timeout(tests, 0);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
