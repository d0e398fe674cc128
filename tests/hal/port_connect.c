/* SPDX-License-Identifier: MIT */
/*
 * Tunnels through a proxy under the contract suite, on the simulated network. The proxy is
 * played here: it relays what the suite dials to the listeners of the host. A stream that
 * the suite accepts is a tunnel, too: it is dialled when it is accepted, and its far end,
 * the suite's peer, is the proxy's end.
 */
#include "port.h"
#include "wss_proxy_hal.h"
#include "wss_sim.h"

#include <stdlib.h>
#include <string.h>

enum { ENDS = 32, WINDOW = 4096, PROXY_PORT = 3128, LISTENED = 4, RELAYS = 8, CALLS = 64 };

/* A connection of the proxy: to a tunnel, and onwards. */
typedef struct relay {
    wss_sim_end_t *near; /* NULL: free */
    wss_sim_end_t *far;
} relay_t;

static wss_sim_end_t ends[ENDS];
static uint8_t memory[ENDS * (PORT_ROOM + WINDOW)];
static wss_connect_stream_t tunnels[PORT_STREAMS];
static wss_sim_t sim;
static wss_sim_host_t host;
static wss_hal_t lower;
static wss_hal_t through;
static wss_hal_t hal; /* what the suite uses */
static wss_proxy_hal_t proxy_hal;

static uint16_t listened[LISTENED];
static relay_t relays[RELAYS + 1]; /* the last one stays free */
static wss_sim_end_t *peers[CALLS];
static bool called_v6[CALLS];
static int calls;
static int answered; /* calls before this one were accepted */
static bool accepting;

/* -------------------------------------------------------------------- the proxy */

static const wss_proxy_t *always(void *context, const wss_dial_t *whom)
{
    static const wss_proxy_t proxy = {.host = "proxy.example", .port = PROXY_PORT};

    (void)context;
    (void)whom;
    return &proxy;
}

/* Reads a whole request; its port, or 0 when it has not come. */
static uint16_t read_request(wss_sim_end_t *near)
{
    char text[512];
    const int32_t count = wss_sim_peer_read(near, text, sizeof text - 1);

    if (count == 0)
        return 0;
    ck_assert_int_gt(count, 0);
    text[count] = '\0';
    ck_assert_str_eq(text + count - 4, "\r\n\r\n");
    const char *colon = strchr(text, ':');
    ck_assert_ptr_nonnull(colon);
    return (uint16_t)strtol(colon + 1, NULL, 10);
}

static void say(wss_sim_end_t *near, const char *text)
{
    ck_assert_uint_eq(wss_sim_peer_send(near, text, (uint32_t)strlen(text)), strlen(text));
}

static void begin_relay(wss_sim_end_t *near)
{
    int free = 0;

    while (relays[free].near != NULL)
        free++;
    ck_assert_int_lt(free, RELAYS);
    relays[free] = (relay_t){.near = near, .far = NULL};
}

static void connect_relay(relay_t *relay)
{
    const uint16_t number = read_request(relay->near);

    if (number == 0)
        return;
    relay->far = wss_sim_peer_connect(&sim, number);
    if (relay->far != NULL) {
        say(relay->near, "HTTP/1.1 200 OK\r\n\r\n");
        return;
    }
    say(relay->near, "HTTP/1.1 502 Bad Gateway\r\n\r\n");
    wss_sim_peer_finish(relay->near);
    relay->near = NULL;
}

/* One way of a relay. False: it is over. */
static bool pass_on(wss_sim_end_t *from, wss_sim_end_t *to)
{
    char bytes[256];
    const int32_t count = wss_sim_peer_read(from, bytes, sizeof bytes);

    if (count == WSS_ERR_EOF)
        wss_sim_peer_finish(to);
    else if (count > 0)
        (void)wss_sim_peer_send(to, bytes, (uint32_t)count);
    return count != WSS_ERR_NETWORK;
}

static void run_proxy(void)
{
    wss_sim_end_t *near;

    while ((near = wss_sim_peer_accept(&sim, PROXY_PORT)) != NULL)
        begin_relay(near);
    for (int i = 0; i < RELAYS; i++) {
        relay_t *relay = &relays[i];
        if (relay->near == NULL)
            continue;
        if (relay->far == NULL) {
            connect_relay(relay);
            continue;
        }
        if (pass_on(relay->near, relay->far) && pass_on(relay->far, relay->near))
            continue;
        wss_sim_peer_reset(relay->near);
        wss_sim_peer_reset(relay->far);
        relay->near = NULL;
    }
}

/* ------------------------------------------------------------- the suite's port */

static wss_result_t note_listen(void *context, const wss_endpoint_t *where, uint16_t *number)
{
    const wss_result_t result = through.listen(context, where, number);

    for (int i = 0; i < LISTENED && result == WSS_OK; i++) {
        if (listened[i] != 0)
            continue;
        listened[i] = *number;
        break;
    }
    return result;
}

static void note_unlisten(void *context)
{
    memset(listened, 0, sizeof listened);
    through.unlisten(context);
}

static void note_accepting(void *context, bool on)
{
    accepting = on;
    through.accepting(context, on);
}

static bool can_answer(void)
{
    return accepting && answered < calls && host.streams < PORT_STREAMS;
}

/* Dials a tunnel whose far end becomes the peer of the oldest call. */
static wss_stream_t *answer_call(void *owner)
{
    const wss_dial_t whom = {.host = "far.example", .port = 80};
    wss_stream_t *stream = through.connect(through.context, &whom, owner);
    wss_sim_end_t *near = NULL;

    ck_assert_ptr_nonnull(stream);
    while (stream->ops->phase(stream) != WSS_PHASE_UP) {
        wss_ready_t ready[8];
        ck_assert_int_ge(through.wait(through.context, 0, ready, 8), 0);
        if (near == NULL)
            near = wss_sim_peer_accept(&sim, PROXY_PORT);
        if (near != NULL && read_request(near) != 0)
            say(near, "HTTP/1.1 200 Connection established\r\nVia: 1.1 proxy\r\n\r\n");
    }
    ((wss_sim_end_t *)((wss_upper_t *)stream)->below)->v6 = called_v6[answered];
    peers[answered++] = near;
    return stream;
}

static wss_stream_t *accept_either(void *context, void *owner)
{
    wss_stream_t *stream = through.accept(context, owner);

    if (stream != NULL)
        return stream;
    return can_answer() ? answer_call(owner) : NULL;
}

static int32_t wait_with_proxy(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count)
{
    const bool call = count > 0 && can_answer();

    run_proxy();
    int32_t reports = through.wait(context, 0, ready, count - call);
    run_proxy();
    if (reports == 0 && !call && timeout > 0)
        reports = through.wait(context, timeout, ready, count);
    if (call)
        ready[reports++] = (wss_ready_t){.owner = NULL, .what = WSS_READY_ACCEPT};
    return reports;
}

static wss_hal_t *port_open(void)
{
    const wss_sim_config_t config = {.ends = ends,
                                     .end_count = ENDS,
                                     .memory = memory,
                                     .send_room = PORT_ROOM,
                                     .window = WINDOW,
                                     .seed = 1};
    const wss_proxy_hal_config_t proxied = {
        .below = &lower, .tunnels = tunnels, .tunnel_count = PORT_STREAMS, .choose = always};

    wss_sim_init(&sim, &config);
    wss_sim_host_init(&host, &sim, &lower);
    wss_sim_host_lock(&host, &lower);
    host.locking = false; /* the suite is one task and does not lock */
    host.stream_limit = PORT_STREAMS;
    ck_assert_uint_eq(wss_sim_peer_listen(&sim, PROXY_PORT), PROXY_PORT);
    memset(tunnels, 0xA5, sizeof tunnels);
    ck_assert_int_eq(wss_proxy_hal_init(&proxy_hal, &proxied, &through), WSS_OK);
    memset(listened, 0, sizeof listened);
    memset(relays, 0, sizeof relays);
    calls = 0;
    answered = 0;
    accepting = true;
    hal = through;
    hal.listen = note_listen;
    hal.unlisten = note_unlisten;
    hal.accepting = note_accepting;
    hal.accept = accept_either;
    hal.wait = wait_with_proxy;
    return &hal;
}

static void port_close(void)
{
    for (unsigned i = 0; i < WSS_SIM_FAULT_COUNT; i++)
        ck_assert_msg(sim.faults[i] == 0, "%s", wss_sim_fault_name((wss_sim_fault_t)i));
}

/* ----------------------------------------------------------------------- peers */

static bool has_v6(void)
{
    return true;
}

static int call(uint16_t to, bool v6)
{
    for (int i = 0; i < LISTENED; i++) {
        if (listened[i] != to || calls == CALLS)
            continue;
        called_v6[calls] = v6;
        return calls++;
    }
    return -1;
}

static uint32_t give(int peer, const void *data, uint32_t length)
{
    return wss_sim_peer_send(peers[peer], data, length);
}

static int32_t take(int peer, void *buffer, uint32_t capacity)
{
    return wss_sim_peer_read(peers[peer], buffer, capacity);
}

static void end(int peer)
{
    wss_sim_peer_finish(peers[peer]);
}

static void reset(int peer)
{
    wss_sim_peer_reset(peers[peer]);
}

static void drop(int peer)
{
    wss_sim_peer_release(peers[peer]);
}

const port_t port = {
    .open = port_open,
    .close = port_close,
    .has_v6 = has_v6,
    .call = call,
    .give = give,
    .take = take,
    .end = end,
    .reset = reset,
    .drop = drop,
    .v4_text = "192.0.2.1:",
    .v6_text = "[2001:db8::1]:",
};

TCase *port_cases(void)
{
    return NULL;
}
