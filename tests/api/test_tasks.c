/* SPDX-License-Identifier: MIT */
/*
 * What callbacks ask while other tasks send: a client and a server in one loop over TCP, two
 * tasks that use both connections. ThreadSanitizer watches in its build.
 */
#define _POSIX_C_SOURCE 200809L
#include <check.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "wss/wss.h"
#include "wss_crypto_mbedtls.h"
#include "wss_posix_static.h"

enum { ENOUGH = 500, TASKS = 2 };

WSS_POSIX_STATIC(memory, 2, 4096);

static wss_loop_t loop;
static wss_conn_t *_Atomic conns[2];
static atomic_bool stop;
static unsigned received;
static unsigned closed;

/* Answers that do not matter here. */
static void ask(wss_conn_t *conn)
{
    char peer[64];

    ck_assert_int_ne(wss_state(conn), WSS_CLOSED);
    ck_assert_ptr_eq(wss_conn_at(&loop, wss_index(conn)), conn);
    ck_assert_uint_gt(wss_loop_count(&loop), 0);
    ck_assert_ptr_null(wss_protocol(conn));
    ck_assert(wss_status(conn) == 101 || wss_status(conn) == 0);
    ck_assert_uint_eq(wss_send_left(conn), 0);
    (void)wss_send_room(conn);
    (void)wss_path(conn);
    wss_peer(conn, peer, sizeof peer);
    ck_assert_str_ne(peer, "");
}

static void on_open(wss_conn_t *conn)
{
    ask(conn);
    atomic_store(&conns[wss_index(conn)], conn);
}

static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    ask(conn);
    received += data->last;
    return WSS_OK;
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    (void)wss_status(conn);
    ck_assert(closure->opened);
    closed++;
}

static void *use(void *unused)
{
    while (!atomic_load(&stop)) {
        for (int i = 0; i < 2; i++) {
            wss_conn_t *conn = atomic_load(&conns[i]);
            if (conn == NULL)
                continue;
            (void)wss_send(conn, WSS_OPCODE_TEXT, "hello", 5, WSS_FINAL);
            (void)wss_ping(conn, "ping", 4);
            wss_resume(conn);
        }
        (void)sched_yield();
    }
    return unused;
}

START_TEST(callbacks_ask_while_other_tasks_send)
{
    static wss_posix_t posix;
    static wss_crypto_mbedtls_t generator;
    wss_hal_t hal;
    wss_crypto_t crypto;
    const wss_handler_t handler = {.on_open = on_open, .on_data = on_data, .on_closed = on_closed};
    const wss_config_t config = {.hal = &hal,
                                 .crypto = &crypto,
                                 .handler = &handler,
                                 .max_message = 4096,
                                 WSS_POSIX_MEMORY(memory)};
    const wss_endpoint_t where = {"127.0.0.1", 0};
    pthread_t tasks[TASKS];
    wss_target_t target = {.host = "127.0.0.1"};
    wss_posix_config_t port = memory;

    port.threads = true;
    ck_assert_int_eq(wss_posix_init(&posix, &port, &hal), WSS_OK);
    ck_assert_int_eq(wss_crypto_mbedtls_init(&generator, &hal, &crypto), WSS_OK);
    ck_assert_int_eq(wss_loop_init(&loop, &config), WSS_OK);
    ck_assert_int_eq(wss_listen(&loop, &where, &target.port), WSS_OK);
    ck_assert_int_eq(wss_connect(&loop, &target, NULL, NULL), WSS_OK);
    for (int i = 0; i < TASKS; i++)
        ck_assert_int_eq(pthread_create(&tasks[i], NULL, use, NULL), 0);
    while (received < ENOUGH)
        ck_assert_int_ge(wss_loop_step(&loop, WSS_FOREVER), 0);
    wss_loop_abort(&loop);
    ck_assert_uint_eq(closed, 2);
    atomic_store(&stop, true);
    for (int i = 0; i < TASKS; i++)
        ck_assert_int_eq(pthread_join(tasks[i], NULL), 0);
    wss_posix_close(&posix);
    wss_crypto_mbedtls_free(&generator);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tasks");
    TCase *tests = tcase_create("tasks");

    tcase_add_test(tests, callbacks_ask_while_other_tasks_send);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
