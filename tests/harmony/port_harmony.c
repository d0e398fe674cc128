/* SPDX-License-Identifier: MIT */
/*
 * The PIC32MZ W1 port under the contract suite, on the simulated stack, with real sockets on
 * the loopback interface as peers.
 */
#define _GNU_SOURCE
#include "rig.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

wss_pic32_t pic32;
wss_hal_t hal;

static wss_pic32_stream_t streams[PORT_STREAMS];
static int32_t (*wait_of_port)(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count);
#if WSS_PIC32_NET_PRES
static uint8_t send_memory[PORT_STREAMS * PORT_ROOM];
#endif

/* ------------------------------------------------------------------------ time */

/* What other tasks do while the engine does not. */
static int32_t wait(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count)
{
    harmony_tasks(0);
    return wait_of_port(context, timeout, ready, count);
}

#if !WSS_PIC32_RTOS
static void pause_for(void *context, uint32_t milliseconds)
{
    (void)context;
    harmony_tasks((int)milliseconds);
}
#endif

wss_pic32_config_t rig_config(void)
{
    return (wss_pic32_config_t)
    {
        .streams = streams, .stream_count = PORT_STREAMS, .send_room = PORT_ROOM,
        .receive_room = 2 * PORT_HOLD, .connect_ms = 500, .linger_ms = 500, .net = &pic32,
#if !WSS_PIC32_RTOS
        .pause = pause_for,
#endif
#if WSS_PIC32_NET_PRES
        .send_memory = send_memory,
#endif
    };
}

void rig_open(const wss_pic32_config_t *config)
{
    memset(streams, 0xA5, sizeof streams);
    ck_assert_int_eq(wss_pic32_init(&pic32, config, &hal), WSS_OK);
    wait_of_port = hal.wait;
    hal.wait = wait;
}

void rig_open_one(void)
{
    wss_pic32_config_t config = rig_config();

    harmony_begin();
    config.stream_count = 1;
    rig_open(&config);
}

static wss_hal_t *port_open(void)
{
    const wss_pic32_config_t config = rig_config();

    harmony_begin();
    rig_open(&config);
    return &hal;
}

void rig_close(void)
{
    wss_pic32_close(&pic32);
    for (uint64_t end = harmony_clock() + 1000; harmony_count() > 0 && harmony_clock() < end;)
        harmony_tasks(1);
#if !WSS_PIC32_NET_PRES /* which closes the socket of a client that is no more */
    ck_assert_uint_eq(harmony.stale_calls, 0);
#endif
    ck_assert_uint_eq(harmony.idle_pends, 0);
    harmony_end();
}

/* ----------------------------------------------------------------------- peers */

static bool has_v6(void)
{
    return false;
}

static bool is_open(uint16_t to)
{
    for (unsigned i = 0; i < WSS_PIC32_LISTENERS; i++)
        if (pic32.listeners[i].port == to)
            return true;
    return false;
}

/* A peer whose SYN nobody will ever take would try for a minute. */
static int call(uint16_t to, bool v6)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(to), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int small = 4096;

    ck_assert(!v6);
    if (!is_open(to))
        return -1;
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_ge(fd, 0);
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    ck_assert_int_eq(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
    return fd;
}

static uint32_t give(int peer, const void *data, uint32_t length)
{
    const ssize_t count = send(peer, data, length, MSG_NOSIGNAL);

    return count > 0 ? (uint32_t)count : 0;
}

static int32_t take(int peer, void *buffer, uint32_t capacity)
{
    const ssize_t count = recv(peer, buffer, capacity, 0);

    if (count > 0)
        return (int32_t)count;
    if (count == 0)
        return WSS_ERR_EOF;
    return errno == EAGAIN ? 0 : WSS_ERR_NETWORK;
}

static void end(int peer)
{
    (void)shutdown(peer, SHUT_WR);
}

static void drop(int peer)
{
    (void)close(peer);
}

static void reset(int peer)
{
    const struct linger none = {.l_onoff = 1, .l_linger = 0};

    (void)setsockopt(peer, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    (void)close(peer);
}

const port_t port = {
    .open = port_open,
    .close = rig_close,
    .has_v6 = has_v6,
    .call = call,
    .give = give,
    .take = take,
    .end = end,
    .reset = reset,
    .drop = drop,
    .v4_text = "127.0.0.1:",
    .v6_text = "",
};

TCase *port_cases(void)
{
    TCase *cases = tcase_create("pic32mzw1");

    server_cases(cases);
    client_cases(cases);
    system_cases(cases);
    tls_cases(cases);
    return cases;
}
