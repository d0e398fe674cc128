/* SPDX-License-Identifier: MIT */
/*
 * Another task comes in as soon as the lock is given back: it aborts the connection of a session
 * that is about to come online, at each such moment. What callbacks get is what was true when
 * they were called for.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wss/wss_session.h"
#include "wss_sim.h"

enum { PORT = 80, ENDS = 4, ROOM = 1024, WINDOW = 2048, CONNS = 1, MOMENTS = 12 };

static wss_sim_t sim;
static wss_sim_host_t host;
static wss_sim_end_t ends[ENDS];
static uint8_t memory[ENDS * (ROOM + WINDOW)];
static wss_sim_crypto_t generator;
static wss_crypto_t crypto;
static wss_hal_t hal;
static void (*give_back)(void *context);
static wss_loop_t loop;
static wss_conn_t conns[CONNS];
static wss_control_t controls[1];
static uint8_t rx[ROOM];
static wss_session_t session;
static unsigned moment; /* until the other task comes in; 0: it does not */
static unsigned online, stopped;

static void need(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "tasks: %s\n", what);
    exit(1);
}

/* The lock is free from here on. */
static void unlock(void *context)
{
    give_back(context);
    if (moment > 0 && --moment == 0)
        (void)wss_abort(&conns[0]);
}

static void on_online(wss_session_t *which, wss_conn_t *conn)
{
    need(which == &session && conn == &conns[0], "online without its connection");
    online++;
}

static void on_stopped(wss_session_t *which, wss_session_end_t why, const wss_closure_t *last)
{
    (void)which, (void)last;
    need(why != WSS_SESSION_RUNNING, "stopped, and runs");
    stopped++;
}

static void begin(void)
{
    static const wss_handler_t handler = {0};
    static const wss_config_t config = {.hal = &hal,
                                        .crypto = &crypto,
                                        .handler = &handler,
                                        .conns = conns,
                                        .conn_count = CONNS,
                                        .rx_buffer = rx,
                                        .rx_size = sizeof rx,
                                        .controls = controls,
                                        .control_count = 1};
    const wss_sim_config_t world = {.ends = ends,
                                    .end_count = ENDS,
                                    .memory = memory,
                                    .send_room = ROOM,
                                    .window = WINDOW,
                                    .seed = 1};
    wss_sim_init(&sim, &world);
    wss_sim_host_init(&host, &sim, &hal);
    wss_sim_host_lock(&host, &hal);
    give_back = hal.unlock;
    hal.unlock = unlock;
    wss_sim_crypto_init(&generator, 1, &crypto);
    need(wss_sim_peer_listen(&sim, PORT) == PORT, "nobody listens");
    need(wss_loop_init(&loop, &config) == WSS_OK, wss_loop_error(&loop));
}

static void settle(void)
{
    for (unsigned i = 0; i < 10; i++)
        need(wss_loop_step(&loop, 0) == WSS_OK, "a step fails");
}

/* The server's answer to the request that has come. */
static void answer(wss_sim_end_t *server)
{
    static const char name[] = "Sec-WebSocket-Key: ";
    char request[ROOM + 1], response[ROOM], accept[WSS_ACCEPT_LENGTH];
    const int32_t count = wss_sim_peer_read(server, request, ROOM);
    request[count < 0 ? 0 : count] = '\0';
    const char *key = strstr(request, name);
    need(key != NULL, "nothing is asked");
    need(crypto.accept_key(crypto.context, key + sizeof name - 1, accept) == WSS_OK, "no accept");
    const int length =
        snprintf(response, sizeof response,
                 "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                 "Sec-WebSocket-Accept: %.*s\r\n\r\n",
                 (int)sizeof accept, accept);
    (void)wss_sim_peer_send(server, response, (uint32_t)length);
}

static void live(unsigned when)
{
    static const char *const servers[] = {"ws://192.0.2.1/"};
    static const wss_session_handler_t handler = {.on_online = on_online, .on_stopped = on_stopped};
    static const wss_session_config_t config = {
        .loop = &loop, .handler = &handler, .servers = servers, .server_count = 1};
    begin();
    need(wss_session_start(&session, &config) == WSS_OK, "the session does not start");
    settle();
    wss_sim_end_t *server = wss_sim_peer_accept(&sim, PORT);
    need(server != NULL, "nobody calls");
    answer(server);
    moment = when;
    settle();
    moment = 0;
    wss_loop_abort(&loop);
    settle();
    wss_sim_peer_release(server);
    need(host.streams == 0 && wss_sim_faults(&sim) == 0, "the port's contract is broken");
}

int main(void)
{
    for (unsigned when = 1; when <= MOMENTS; when++)
        live(when);
    need(stopped == MOMENTS, "a session does not stop once");
    need(online > 0 && online < MOMENTS, "no moment is before the session is online, or all are");
    return 0;
}
