/* SPDX-License-Identifier: MIT */
/*
 * TLS under the contract suite, on the simulated network: the suite's port is a server and a
 * client of ours, and so are its peers, on a host of their own. What the suite accepts has
 * shaken hands before. PORT_TLS_TINY: below there is least room, one byte at a time is read
 * there and put into a record, and streams share no memory.
 */
#include "certs.h"
#include "port.h"
#include "wss_sim.h"
#include "wss_tls_hal.h"

#include <string.h>

#ifdef PORT_TLS_TINY
enum { LIMIT = 1, BELOW_ROOM = 576, WINDOW = 400 };
#else
enum { LIMIT = 0, BELOW_ROOM = 8192, WINDOW = 4096 };
#endif

enum {
    ENDS = 40,
    PEER_ROOM = 8192,
    HOLD = PORT_HOLD,
    INPUT = 4096,
    LISTENED = 4,
    PEERS = 64,
    PEER_STREAMS = 16
};

static wss_sim_end_t ends[ENDS];
static uint8_t memory[ENDS * (BELOW_ROOM + WINDOW)];
static wss_sim_t sim;
static wss_sim_crypto_t generator;
static wss_crypto_t crypto;

/* The suite's side, then that of its peers. */
static wss_sim_host_t host, peer_host;
static wss_hal_t lower, peer_lower;
static wss_tls_hal_t tls, peer_tls;
static wss_tls_stream_t streams[PORT_STREAMS], peer_streams[PEER_STREAMS];
static uint8_t room[PORT_STREAMS * (PORT_ROOM + HOLD)], stage[PORT_ROOM];
static uint8_t peer_room[PEER_STREAMS * (PEER_ROOM + PEER_ROOM)];
static uint8_t input[INPUT], peer_input[INPUT];
static uint8_t output[INPUT];
static wss_hal_t secure, peer_hal;
static wss_hal_t hal; /* what the suite uses */
static certs_side_t server, client;

static uint16_t listened[LISTENED];
static wss_stream_t *peers[PEERS];
static bool called_v6[PEERS];
static int calls;
static int answered; /* calls before this one were accepted */
static int dialled;
static wss_stream_t *own_far;

/* ------------------------------------------------------------- the suite's port */

static void turn_peers(void)
{
    wss_ready_t ready[PEER_STREAMS];

    ck_assert_int_ge(peer_hal.wait(peer_hal.context, 0, ready, PEER_STREAMS), 0);
}

static wss_result_t note_listen(void *context, const wss_endpoint_t *where, uint16_t *number)
{
    const wss_result_t result = secure.listen(context, where, number);

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
    secure.unlisten(context);
}

static bool shakes_hands(wss_stream_t *stream)
{
    const wss_phase_t phase = stream->ops->phase(stream);

    ck_assert_msg(phase != WSS_PHASE_FAILED, "%s", stream->ops->reason(stream));
    return phase != WSS_PHASE_UP;
}

static wss_stream_t *take_own(void *owner)
{
    wss_stream_t *stream = own_far;

    own_far = NULL;
    stream->owner = owner;
    return stream;
}

static wss_stream_t *accept_up(void *context, void *owner)
{
    wss_ready_t ready[8];

    if (own_far != NULL)
        return take_own(owner);
    wss_stream_t *stream = secure.accept(context, owner);
    if (stream == NULL)
        return NULL;
    ck_assert_int_lt(answered, calls);
    ((wss_sim_end_t *)((wss_upper_t *)stream)->below)->v6 = called_v6[answered];
    wss_stream_t *peer = peers[answered++];
    while (shakes_hands(stream) || shakes_hands(peer)) {
        ck_assert_int_ge(secure.wait(context, 0, ready, 8), 0);
        turn_peers();
    }
    return stream;
}

/* The far end of what the suite dials itself shakes hands before the suite accepts it. */
static uint32_t turn_own(wss_ready_t *ready, uint32_t count)
{
    uint32_t kept = 0;
    bool up = false;

    for (uint32_t i = 0; i < count; i++) {
        if (ready[i].owner == NULL && dialled > 0 && own_far == NULL)
            own_far = secure.accept(secure.context, &own_far);
        else if (ready[i].owner != &own_far)
            ready[kept++] = ready[i];
    }
    if (own_far != NULL)
        up = !shakes_hands(own_far);
    if (up && kept < count)
        ready[kept++] = (wss_ready_t){.owner = NULL, .what = WSS_READY_ACCEPT};
    return kept;
}

static int32_t wait_with_peers(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count)
{
    turn_peers();
    const int32_t reports = secure.wait(context, timeout, ready, count);
    return reports < 0 ? reports : (int32_t)turn_own(ready, (uint32_t)reports);
}

static wss_stream_t *connect_tls(void *context, const wss_dial_t *whom, void *owner)
{
    wss_dial_t there = *whom;

    there.secure = true;
    dialled++;
    return secure.connect(context, &there, owner);
}

static void open_side(wss_sim_host_t *on, wss_hal_t *below, wss_tls_hal_t *layer,
                      const wss_tls_hal_config_t *config, wss_hal_t *above)
{
    wss_sim_host_init(on, &sim, below);
    ck_assert_int_eq(wss_tls_hal_init(layer, config, above), WSS_OK);
}

static wss_hal_t *port_open(void)
{
    const wss_sim_config_t config = {.ends = ends,
                                     .end_count = ENDS,
                                     .memory = memory,
                                     .send_room = BELOW_ROOM,
                                     .window = WINDOW,
                                     .read_limit = LIMIT,
                                     .seed = 1};
    const wss_tls_hal_config_t own = {.below = &lower,
                                      .server = &server.context,
                                      .client = &client.context,
                                      .streams = streams,
                                      .stream_count = PORT_STREAMS,
                                      .memory = room,
                                      .send_room = PORT_ROOM,
                                      .stage = LIMIT == 0 ? stage : NULL,
                                      .hold_size = HOLD,
                                      .input = LIMIT == 0 ? input : NULL,
                                      .input_size = INPUT,
                                      .output = output,
                                      .output_size = LIMIT == 0 ? sizeof output : 0};
    const wss_tls_hal_config_t theirs = {.below = &peer_lower,
                                         .client = &client.context,
                                         .streams = peer_streams,
                                         .stream_count = PEER_STREAMS,
                                         .memory = peer_room,
                                         .send_room = PEER_ROOM,
                                         .hold_size = PEER_ROOM,
                                         .input = peer_input,
                                         .input_size = INPUT};

    wss_sim_init(&sim, &config);
    wss_sim_crypto_init(&generator, 1, &crypto);
    certs_server(&server, &crypto, "ec", NULL);
    certs_client(&client, &crypto, NULL, "ca");
    memset(streams, 0xA5, sizeof streams);
    open_side(&host, &lower, &tls, &own, &secure);
    open_side(&peer_host, &peer_lower, &peer_tls, &theirs, &peer_hal);
    memset(listened, 0, sizeof listened);
    calls = 0;
    answered = 0;
    dialled = 0;
    own_far = NULL;
    hal = secure;
    hal.listen = note_listen;
    hal.unlisten = note_unlisten;
    hal.accept = accept_up;
    hal.connect = connect_tls;
    hal.wait = wait_with_peers;
    return &hal;
}

static void port_close(void)
{
    for (unsigned i = 0; i < WSS_SIM_FAULT_COUNT; i++)
        ck_assert_msg(sim.faults[i] == 0, "%s", wss_sim_fault_name((wss_sim_fault_t)i));
    for (int i = 0; i < PEER_STREAMS; i++)
        if (peer_streams[i].upper.below != NULL)
            peer_streams[i].upper.base.ops->release(&peer_streams[i].upper.base, true);
    ck_assert_uint_eq(host.streams, 0);
    certs_close(&server);
    certs_close(&client);
}

/* ----------------------------------------------------------------------- peers */

static bool has_v6(void)
{
    return true;
}

static int call(uint16_t to, bool v6)
{
    const wss_dial_t whom = {.host = "localhost", .port = to, .secure = true};

    for (int i = 0; i < LISTENED; i++) {
        if (listened[i] != to || calls == PEERS)
            continue;
        called_v6[calls] = v6;
        peers[calls] = peer_hal.connect(peer_hal.context, &whom, &peers[calls]);
        ck_assert_ptr_nonnull(peers[calls]);
        turn_peers();
        return calls++;
    }
    return -1;
}

static uint32_t give(int peer, const void *data, uint32_t length)
{
    wss_stream_t *stream = peers[peer];
    const uint32_t promised = stream->ops->room(stream);
    const uint32_t most = length < promised ? length : promised;
    uint32_t taken = 0;

    while (taken < most) {
        const int32_t count = stream->ops->send(stream, (const uint8_t *)data + taken,
                                                LIMIT == 0 ? most - taken : LIMIT);
        ck_assert_int_gt(count, 0);
        taken += (uint32_t)count;
        (void)stream->ops->flush(stream);
    }
    return taken;
}

static int32_t take(int peer, void *buffer, uint32_t capacity)
{
    wss_stream_t *stream = peers[peer];
    uint8_t *bytes = buffer;

    turn_peers();
    const int32_t count = stream->ops->recv(stream, bytes, capacity);
    if (count > 0)
        stream->ops->consume(stream, (uint32_t)count, bytes + count);
    return count;
}

static void end(int peer)
{
    peers[peer]->ops->finish(peers[peer]);
}

static void give_up(int peer, bool reset)
{
    peers[peer]->ops->release(peers[peer], reset);
    peers[peer] = NULL;
}

static void reset(int peer)
{
    give_up(peer, true);
}

static void drop(int peer)
{
    give_up(peer, false);
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
