/* SPDX-License-Identifier: MIT */
/*
 * Three tasks at one loop, over TCP: one steps it, the others do to its connections whatever
 * any task may, whenever they come to it. It calls itself, by a session and without one.
 *
 * Each connection begins and ends once, a session comes online with a connection, and at the end
 * all is given back. ThreadSanitizer sees what is used without the lock.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "dice.h"
#include "wss/wss_session.h"
#include "wss_crypto_mbedtls.h"
#include "wss_posix_static.h"

enum { TASKS = 2, DEEDS = 6000, CONNS = 8, READ = 600, LONGEST = 400 };

WSS_POSIX_STATIC(memory, CONNS, READ);

static wss_loop_t loop;
static wss_target_t target = {.host = "127.0.0.1"};
static wss_session_t session;
static atomic_uint begun, opened, ended, online, working;

_Noreturn static void fail(const char *what)
{
    fprintf(stderr, "tasks: %s\n", what);
    exit(1);
}

static void need(bool good, const char *what)
{
    if (!good)
        fail(what);
}

/* ------------------------------------------------------------------------- callbacks */

static void on_connecting(wss_conn_t *conn)
{
    (void)conn;
    atomic_fetch_add(&begun, 1);
}

/* Every other request is decided by whoever comes to it, as long as anybody does. */
static wss_result_t on_request(wss_conn_t *conn)
{
    bool later = wss_index(conn) % 2 != 0 && atomic_load(&working) > 0;
    return later ? WSS_WOULD_BLOCK : WSS_OK;
}

static void on_open(wss_conn_t *conn)
{
    (void)conn;
    atomic_fetch_add(&opened, 1);
}

static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    (void)conn;
    return data->length % 5 == 0 ? WSS_WOULD_BLOCK : WSS_OK;
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    (void)conn, (void)closure;
    atomic_fetch_add(&ended, 1);
}

static void on_online(wss_session_t *which, wss_conn_t *conn)
{
    need(which == &session && conn != NULL, "a session is online without a connection");
    atomic_fetch_add(&online, 1);
}

/* ----------------------------------------------------------------------------- tasks */

static void any_send(wss_conn_t *conn, dice_t *dice)
{
    static const uint8_t bytes[LONGEST];
    size_t taken;
    switch (dice_roll(dice, 4)) {
    case 0:
        (void)wss_send_begin(conn, WSS_OPCODE_BINARY, 1 + dice_roll(dice, 900), WSS_FINAL);
        break;
    case 1: (void)wss_send_stream(conn, bytes, dice_roll(dice, LONGEST), &taken); break;
    case 2: (void)wss_ping(conn, bytes, dice_roll(dice, 126)); break;
    default:
        (void)wss_send(conn, WSS_OPCODE_TEXT, bytes, dice_roll(dice, LONGEST),
                       (wss_part_t)dice_roll(dice, 2));
    }
}

static void decide(wss_conn_t *conn, dice_t *dice)
{
    static const wss_reply_t reply = {.status = 403, .body = "no", .body_length = 2};
    if (dice_one_in(dice, 8))
        (void)wss_reply(conn, &reply);
    else
        (void)wss_accept(conn, NULL, 0);
}

static void any_deed(wss_conn_t *conn, dice_t *dice)
{
    uint32_t refused;
    switch (dice_roll(dice, 24)) {
    case 0: (void)wss_abort(conn); break;
    case 1: (void)wss_close(conn, 1000, "tasks", 5); break;
    case 2: (void)wss_broadcast(&loop, WSS_OPCODE_BINARY, "all", 3, NULL, NULL, &refused); break;
    case 3: (void)wss_set_buffer(conn, NULL, 0); break;
    case 4: wss_loop_wake(&loop); break;
    case 5:
    case 6: wss_resume(conn); break;
    case 7:
    case 8:
    case 9: (void)wss_connect(&loop, &target, NULL, NULL); break;
    case 10:
    case 11:
    case 12: decide(conn, dice); break;
    default: any_send(conn, dice);
    }
}

static void *task(void *context)
{
    dice_t dice;
    dice_seed(&dice, *(const uint64_t *)context);
    for (unsigned i = 0; i < DEEDS; i++)
        any_deed(&memory_conns[dice_roll(&dice, CONNS)], &dice);
    atomic_fetch_sub(&working, 1);
    wss_loop_wake(&loop);
    return NULL;
}

/* ------------------------------------------------------------------------- the loop */

static void start_session(uint16_t port)
{
    static char url[sizeof "ws://127.0.0.1:65535/"];
    static const char *const servers[] = {url};
    static const wss_session_handler_t handler = {.on_online = on_online};
    static const wss_session_config_t config = {.loop = &loop,
                                                .handler = &handler,
                                                .servers = servers,
                                                .server_count = 1,
                                                .reconnect = true,
                                                .backoff = 1,
                                                .max_backoff = 1};
    (void)snprintf(url, sizeof url, "ws://127.0.0.1:%u/", (unsigned)port);
    need(wss_session_start(&session, &config) == WSS_OK, "the session does not start");
}

static void step(void)
{
    need(wss_loop_step(&loop, 5) == WSS_OK, "a step fails");
}

static void run(void)
{
    static uint64_t seeds[TASKS] = {1, 2};
    pthread_t threads[TASKS];
    atomic_store(&working, TASKS);
    for (unsigned i = 0; i < TASKS; i++)
        need(pthread_create(&threads[i], NULL, task, &seeds[i]) == 0, "there is no task");
    while (atomic_load(&working) > 0 || atomic_load(&online) == 0)
        step();
    for (unsigned i = 0; i < TASKS; i++)
        (void)pthread_join(threads[i], NULL);
    need(wss_loop_close(&loop, 1001) == WSS_OK, "the loop does not close");
    while (wss_loop_count(&loop) > 0)
        step();
}

int main(void)
{
    static wss_posix_t posix;
    static wss_crypto_mbedtls_t generator;
    static const wss_handler_t handler = {.on_connecting = on_connecting,
                                          .on_request = on_request,
                                          .on_open = on_open,
                                          .on_data = on_data,
                                          .on_closed = on_closed};
    wss_posix_config_t port = memory;
    wss_hal_t hal;
    wss_crypto_t crypto;
    const wss_endpoint_t where = {.address = "127.0.0.1"};
    const wss_config_t config = {.hal = &hal,
                                 .crypto = &crypto,
                                 .handler = &handler,
                                 .max_message = UINT64_MAX,
                                 .handshake_timeout = 200,
                                 .ping_interval = 20,
                                 .pong_timeout = 200,
                                 .close_timeout = 50,
                                 .flush_timeout = 50,
                                 .linger_timeout = 20,
                                 WSS_POSIX_MEMORY(memory)};
    port.threads = true;
    need(wss_posix_init(&posix, &port, &hal) == WSS_OK, "there is no port");
    need(wss_crypto_mbedtls_init(&generator, &hal, &crypto) == WSS_OK, "there is no cryptography");
    need(wss_loop_init(&loop, &config) == WSS_OK, wss_loop_error(&loop));
    need(wss_listen(&loop, &where, &target.port) == WSS_OK, "nobody may listen");
    start_session(target.port);
    run();
    need(atomic_load(&begun) == atomic_load(&ended), "connections do not end");
    need(loop.served == 0, "a place is not given back");
    wss_posix_close(&posix);
    wss_crypto_mbedtls_free(&generator);
    printf("tasks: %u connections (%u opened, %u of the session)\n", atomic_load(&begun),
           atomic_load(&opened), atomic_load(&online));
    return 0;
}
