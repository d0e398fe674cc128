/* SPDX-License-Identifier: MIT */
#include "pair.h"

#include <check.h>
#include <string.h>

enum { ENDS = 24, BELOW_ROOM = 16384, WINDOW = 40000, WIRE_PORT = 7, TURNS_MAX = 4000000 };

pair_t pair;

static wss_sim_end_t ends[ENDS];
static uint8_t memory[ENDS * (BELOW_ROOM + WINDOW)];
static uint16_t server_port;

void pair_start(void)
{
    const wss_sim_config_t config = {.ends = ends,
                                     .end_count = ENDS,
                                     .memory = memory,
                                     .send_room = BELOW_ROOM,
                                     .window = WINDOW,
                                     .seed = 1};

    memset(&pair, 0, sizeof pair);
    wss_sim_init(&pair.sim, &config);
    wss_sim_crypto_init(&pair.random, 1, &pair.crypto);
    ck_assert_uint_eq(wss_sim_peer_listen(&pair.sim, WIRE_PORT), WIRE_PORT);
}

static void open_side(pair_side_t *side, bool server)
{
    wss_sim_host_init(&side->host, &pair.sim, &side->below);
    wss_sim_host_lock(&side->host, &side->below);
    const wss_tls_hal_config_t config = {.below = &side->below,
                                         .server = server ? &side->side.context : NULL,
                                         .client = server ? NULL : &side->side.context,
                                         .streams = side->streams,
                                         .stream_count = 2,
                                         .memory = side->memory,
                                         .send_room = PAIR_ROOM,
                                         .hold_size = PAIR_HOLD,
                                         .input = side->direct ? NULL : side->input,
                                         .input_size = sizeof side->input,
                                         .output = side->output,
                                         .output_size = side->direct ? 0 : sizeof side->output};
    memset(side->streams, 0xA5, sizeof side->streams);
    ck_assert_int_eq(wss_tls_hal_init(&side->tls, &config, &side->hal), WSS_OK);
}

/* ------------------------------------------------------------------------- the wire */

static void cut(wss_sim_end_t *from, wss_sim_end_t *to)
{
    wss_sim_peer_reset(to);
    wss_sim_peer_release(from);
    pair.to_client = pair.to_server = NULL;
}

/* False: it is not due. */
static bool strike(wss_sim_end_t *from, wss_sim_end_t *to, bool to_server)
{
    const pair_fault_t fault = pair.fault;

    if (fault.kind == PAIR_NO_FAULT || fault.to_server != to_server ||
        fault.at != pair.carried[to_server])
        return false;
    pair.fault.kind = PAIR_NO_FAULT;
    if (fault.kind == PAIR_SAYS && !to->finishing)
        (void)wss_sim_peer_send(to, fault.bytes, fault.length);
    else if (fault.kind == PAIR_ENDS && !to->finishing)
        wss_sim_peer_finish(to);
    else if (fault.kind == PAIR_RESETS)
        cut(from, to);
    return true;
}

/* How many bytes may be carried at once. */
static uint32_t most_at_once(bool to_server, uint32_t size)
{
    const uint32_t piece = pair.piece > 0 && pair.piece < size ? pair.piece : size;
    const uint32_t left = pair.fault.at - pair.carried[to_server];
    const bool fault = pair.fault.kind != PAIR_NO_FAULT && pair.fault.to_server == to_server;

    return fault && left > 0 && left < piece ? left : piece;
}

static bool carry(wss_sim_end_t *from, wss_sim_end_t *to, bool to_server)
{
    uint8_t bytes[4096];

    if (strike(from, to, to_server))
        return true;
    const int32_t count = wss_sim_peer_read(from, bytes, most_at_once(to_server, sizeof bytes));
    if (count == WSS_ERR_NETWORK) {
        cut(from, to);
    } else if (count == WSS_ERR_EOF && !to->finishing) {
        wss_sim_peer_finish(to);
        return true;
    }
    if (count <= 0)
        return false;
    if (pair.alter != NULL)
        pair.alter(to_server, pair.carried[to_server], bytes, (uint32_t)count);
    pair.carried[to_server] += (uint32_t)count;
    if (!to->finishing)
        (void)wss_sim_peer_send(to, bytes, (uint32_t)count);
    return true;
}

static bool turn_wire(void)
{
    if (pair.to_client == NULL)
        pair.to_client = wss_sim_peer_accept(&pair.sim, WIRE_PORT);
    if (pair.to_client == NULL || pair.to_server == NULL)
        return false;
    const bool there = carry(pair.to_client, pair.to_server, true);
    return pair.to_client != NULL && (carry(pair.to_server, pair.to_client, false) || there);
}

void pair_say(bool to_server, const void *bytes, uint32_t length)
{
    wss_sim_end_t *end = to_server ? pair.to_server : pair.to_client;

    ck_assert_ptr_nonnull(end);
    ck_assert_uint_eq(wss_sim_peer_send(end, bytes, length), length);
}

void pair_end(bool to_server)
{
    wss_sim_peer_finish(to_server ? pair.to_server : pair.to_client);
}

void pair_hang_up(void)
{
    if (pair.to_client != NULL)
        wss_sim_peer_release(pair.to_client);
    if (pair.to_server != NULL)
        wss_sim_peer_release(pair.to_server);
    pair.to_client = pair.to_server = NULL;
}

uint32_t pair_hear(bool from_server, uint8_t *bytes, uint32_t capacity)
{
    const int32_t count =
        wss_sim_peer_read(from_server ? pair.to_server : pair.to_client, bytes, capacity);

    return count > 0 ? (uint32_t)count : 0;
}

/* ------------------------------------------------------------------------ the sides */

static void lock(pair_side_t *side)
{
    side->hal.lock(side->hal.context);
}

static void unlock(pair_side_t *side)
{
    side->hal.unlock(side->hal.context);
}

static void reset_failed(pair_side_t *side)
{
    wss_stream_t *stream = side->stream;

    if (stream == NULL || stream->ops->phase(stream) != WSS_PHASE_FAILED)
        return;
    stream->ops->release(stream, true);
    side->stream = NULL;
}

static bool turn_side(pair_side_t *side)
{
    wss_ready_t ready[4];
    bool news = false;

    if (side->hal.wait == NULL)
        return false;
    const int32_t count = side->hal.wait(side->hal.context, 0, ready, 4);
    ck_assert_int_ge(count, 0);
    for (int32_t i = 0; i < count; i++) {
        if (ready[i].owner == side)
            news = news || (ready[i].what & ~side->ready) != 0;
        if (ready[i].owner == side)
            side->ready |= ready[i].what;
        if (ready[i].owner != NULL || side->stream != NULL)
            continue;
        lock(side);
        side->stream = side->hal.accept(side->hal.context, side);
        unlock(side);
        news = true;
    }
    lock(side);
    if (side->hasty)
        reset_failed(side);
    unlock(side);
    return news;
}

/* Handshakes make no reports until they are done: their bytes are what goes on. */
void pair_settle(void)
{
    unsigned quiet = 0;

    for (unsigned turns = 0; quiet < 3; turns++) {
        ck_assert_uint_lt(turns, TURNS_MAX);
        const bool server = turn_side(&pair.server);
        const bool client = turn_side(&pair.client);
        const bool wire = turn_wire();
        quiet = server || client || wire ? 0 : quiet + 1;
    }
}

void pair_dial(const char *host)
{
    const wss_dial_t whom = {.host = host, .port = WIRE_PORT, .secure = true};
    const wss_endpoint_t where = {.address = NULL, .port = 0};
    pair_side_t *client = &pair.client;

    if (client->hal.wait == NULL && client->side.context.started)
        open_side(client, false);
    if (pair.server.hal.wait == NULL && pair.server.side.context.started) {
        open_side(&pair.server, true);
        ck_assert_int_eq(pair.server.hal.listen(pair.server.hal.context, &where, &server_port),
                         WSS_OK);
    }
    if (client->hal.wait != NULL) {
        lock(client);
        client->stream = client->hal.connect(client->hal.context, &whom, client);
        unlock(client);
        ck_assert_ptr_nonnull(client->stream);
    }
    if (pair.server.hal.wait != NULL) {
        pair.to_server = wss_sim_peer_connect(&pair.sim, server_port);
        ck_assert_ptr_nonnull(pair.to_server);
    }
}

void pair_connect(const char *host)
{
    pair_dial(host);
    pair_settle();
}

static wss_phase_t phase_of(pair_side_t *side)
{
    ck_assert_ptr_nonnull(side->stream);
    lock(side);
    const wss_phase_t phase = side->stream->ops->phase(side->stream);
    unlock(side);
    return phase;
}

static const char *reason_of(pair_side_t *side)
{
    lock(side);
    const char *reason = side->stream->ops->reason(side->stream);
    unlock(side);
    return reason;
}

void pair_is_up(const pair_side_t *side)
{
    pair_side_t *mine = side == &pair.server ? &pair.server : &pair.client;

    ck_assert_msg(phase_of(mine) == WSS_PHASE_UP, "%s: %s",
                  mine == &pair.server ? "server" : "client", reason_of(mine));
    ck_assert_str_eq(reason_of(mine), "");
}

/* With TLS 1.3 a client is up before the server has judged its certificate. */
void pair_failed(const pair_side_t *side, const char *sentence)
{
    pair_side_t *mine = side == &pair.server ? &pair.server : &pair.client;
    char byte;

    if (phase_of(mine) == WSS_PHASE_UP)
        ck_assert_int_eq(pair_read(mine, &byte, 1), WSS_ERR_NETWORK);
    else
        ck_assert_int_eq(phase_of(mine), WSS_PHASE_FAILED);
    if (sentence != NULL)
        ck_assert_str_eq(reason_of(mine), sentence);
    ck_assert_str_ne(reason_of(mine), "");
    lock(mine);
    ck_assert_uint_eq(mine->stream->ops->room(mine->stream), 0);
    ck_assert_uint_eq(mine->stream->ops->pending(mine->stream), 0);
    ck_assert_int_lt(mine->stream->ops->flush(mine->stream), 0);
    unlock(mine);
}

void pair_send(pair_side_t *from, const char *text)
{
    const uint32_t length = (uint32_t)strlen(text);

    lock(from);
    ck_assert_uint_ge(from->stream->ops->room(from->stream), length);
    ck_assert_int_eq(from->stream->ops->send(from->stream, (const uint8_t *)text, length),
                     (int32_t)length);
    ck_assert_int_ge(from->stream->ops->flush(from->stream), 0);
    unlock(from);
}

int32_t pair_read(pair_side_t *side, char *text, uint32_t capacity)
{
    uint8_t *bytes = (uint8_t *)text;

    pair_settle();
    lock(side);
    const int32_t count = side->stream->ops->recv(side->stream, bytes, capacity);
    if (count > 0)
        side->stream->ops->consume(side->stream, (uint32_t)count, bytes + count);
    side->ready = 0;
    unlock(side);
    return count;
}

void pair_reads(pair_side_t *side, const char *expected)
{
    char text[256];
    uint32_t have = 0;

    while (have < strlen(expected)) {
        const int32_t count = pair_read(side, text + have, (uint32_t)sizeof text - have);
        ck_assert_msg(count > 0, "%d: %s", count, reason_of(side));
        have += (uint32_t)count;
    }
    ck_assert_uint_eq(have, strlen(expected));
    ck_assert_mem_eq(text, expected, have);
}

void pair_release(pair_side_t *side, bool reset)
{
    lock(side);
    side->stream->ops->release(side->stream, reset);
    unlock(side);
    side->stream = NULL;
    side->ready = 0;
}

static void stop_side(pair_side_t *side)
{
    if (side->stream != NULL)
        pair_release(side, true);
    if (side->hal.wait != NULL)
        ck_assert_uint_eq(side->host.streams, 0);
    certs_close(&side->side);
}

void pair_stop(void)
{
    stop_side(&pair.client);
    stop_side(&pair.server);
    for (unsigned i = 0; i < WSS_SIM_FAULT_COUNT; i++)
        ck_assert_msg(pair.sim.faults[i] == 0, "%s", wss_sim_fault_name((wss_sim_fault_t)i));
}
