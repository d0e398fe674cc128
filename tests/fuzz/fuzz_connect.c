/* SPDX-License-Identifier: MIT */
/*
 * A tunnel through a proxy that answers anything, in the simulator. The first byte of an
 * input chooses how, the second into how large pieces the rest is cut. Whatever comes: the
 * cuts change nothing, the stream is up or has failed with a reason, and through the tunnel
 * come exactly the bytes behind the answer.
 */
#include "fuzz.h"

#include "wss_connect_head.h"
#include "wss_proxy_hal.h"
#include "wss_sim.h"

#include <string.h>

enum { ENDS = 4, ROOM = 512, WINDOW = 40000, MOST = 16384, PORT = 3128 };

/* The first byte of an input. */
enum {
    FINISHED = 1u << 0, /* the proxy ends its side behind the answer */
    RESET = 1u << 1,    /* or resets */
    SHORT = 1u << 2,    /* reads and writes are cut at random */
    NAMED = 1u << 3     /* with credentials, longer than the room */
};

/* What the answer is when it comes at once. */
typedef struct outcome {
    wss_connect_answer_t answer;
    uint32_t used;
    char reason[WSS_CONNECT_TEXT];
} outcome_t;

static wss_sim_t sim;
static wss_sim_host_t host;
static wss_hal_t lower;
static wss_hal_t hal;
static wss_proxy_t proxy;
static int owner;

/* --------------------------------------------------------------------- the reader */

static void note(outcome_t *outcome, const wss_connect_head_t *head)
{
    require((outcome->answer == WSS_CONNECT_NO) == (head->reason != NULL));
    memset(outcome->reason, 0, sizeof outcome->reason);
    if (head->reason == NULL)
        return;
    size_t length = strlen(head->reason);
    require(length > 1 && length < sizeof outcome->reason && head->reason[length - 1] == '.');
    for (size_t i = 0; i < length; i++)
        require(head->reason[i] >= ' ' && head->reason[i] <= '~');
    memcpy(outcome->reason, head->reason, length);
}

/* Reads in pieces, each in memory of its own. */
static outcome_t read_head(const uint8_t *bytes, size_t length, size_t piece)
{
    wss_connect_head_t head = {.reason = NULL};
    outcome_t outcome = {.answer = WSS_CONNECT_MORE};
    for (size_t at = 0; at < length && outcome.answer == WSS_CONNECT_MORE;) {
        uint32_t count = (uint32_t)(length - at < piece ? length - at : piece), used;
        uint8_t *copy = malloc(count);
        require(copy != NULL);
        memcpy(copy, bytes + at, count);
        outcome.answer = wss_connect_head_read(&head, copy, count, &used);
        require(used <= count && (outcome.answer != WSS_CONNECT_MORE || used == count));
        free(copy);
        at += used;
        outcome.used += used;
    }
    note(&outcome, &head);
    return outcome;
}

static outcome_t check_head(const uint8_t *bytes, size_t length, size_t piece)
{
    const outcome_t whole = read_head(bytes, length, length + 1);
    const outcome_t each = read_head(bytes, length, 1);
    const outcome_t cut = read_head(bytes, length, piece);
    require(whole.answer == each.answer && whole.used == each.used);
    require(whole.answer == cut.answer && whole.used == cut.used);
    require(strcmp(whole.reason, each.reason) == 0 && strcmp(whole.reason, cut.reason) == 0);
    require(whole.used <= WSS_CONNECT_HEAD);
    require(whole.answer != WSS_CONNECT_TUNNEL ||
            memcmp(bytes + whole.used - 4, "\r\n\r\n", 4) == 0);
    return whole;
}

/* ---------------------------------------------------------------------- the stream */

static const wss_proxy_t *choose(void *context, const wss_dial_t *whom)
{
    (void)context, (void)whom;
    return &proxy;
}

static void start(unsigned how)
{
    static char authorization[2 * ROOM];
    static wss_sim_end_t ends[ENDS];
    static uint8_t memory[ENDS * (ROOM + WINDOW)];
    static wss_connect_stream_t tunnels[1];
    static wss_proxy_hal_t layer;
    const wss_sim_config_t world = {.ends = ends,
                                    .end_count = ENDS,
                                    .memory = memory,
                                    .send_room = ROOM,
                                    .window = WINDOW,
                                    .seed = how + 1u,
                                    .read_limit = (how & SHORT) != 0 ? 40 : 0,
                                    .send_limit = (how & SHORT) != 0 ? 40 : 0,
                                    .random_limits = true};
    const wss_proxy_hal_config_t config = {
        .below = &lower, .tunnels = tunnels, .tunnel_count = 1, .choose = choose};

    memset(authorization, 'x', sizeof authorization - 1);
    proxy = (wss_proxy_t){.host = "proxy", .port = PORT};
    proxy.authorization = (how & NAMED) != 0 ? authorization : NULL;
    wss_sim_init(&sim, &world);
    wss_sim_host_init(&host, &sim, &lower);
    wss_sim_host_lock(&host, &lower);
    require(wss_sim_peer_listen(&sim, PORT) == PORT);
    require(wss_proxy_hal_init(&layer, &config, &hal) == WSS_OK);
}

static wss_phase_t look(wss_stream_t *stream)
{
    wss_ready_t ready[2];
    int32_t count = hal.wait(hal.context, 0, ready, 2);
    require(count == 0 || (count == 1 && ready[0].owner == &owner));
    hal.lock(hal.context);
    wss_phase_t phase = stream->ops->phase(stream);
    hal.unlock(hal.context);
    return phase;
}

/* Takes what comes through the tunnel; false: nothing is there. */
static bool receive(wss_stream_t *stream, const uint8_t *expected, size_t left, size_t *got)
{
    uint8_t bytes[300];
    hal.lock(hal.context);
    int32_t count = stream->ops->recv(stream, bytes, sizeof bytes);
    if (count > 0) {
        uint32_t taken = (uint32_t)count > 7 ? (uint32_t)count - 7 : (uint32_t)count;
        require((size_t)count <= left - *got);
        require(memcmp(bytes, expected + *got, (size_t)count) == 0);
        stream->ops->consume(stream, taken, bytes + taken);
        *got += taken;
    }
    hal.unlock(hal.context);
    return count > 0;
}

static void request(wss_stream_t *stream, wss_sim_end_t **peer)
{
    char asked[4 * ROOM];
    uint32_t length = 0;
    require(look(stream) != WSS_PHASE_FAILED);
    require((*peer = wss_sim_peer_accept(&sim, PORT)) != NULL);
    while (length < 4 || memcmp(asked + length - 4, "\r\n\r\n", 4) != 0) {
        int32_t count = wss_sim_peer_read(*peer, asked + length, (uint32_t)sizeof asked - length);
        require(count >= 0);
        length += (uint32_t)count;
        require(look(stream) == WSS_PHASE_LAYERING);
    }
}

/* Sends the answer and all behind it, as fast as it is taken. Each look moves a byte or more. */
static size_t answer(wss_stream_t *stream, wss_sim_end_t *peer, const uint8_t *bytes, size_t length,
                     size_t piece, uint32_t head)
{
    size_t got = 0, idle = 0, at = 0;
    while (idle < length + 8) {
        size_t count = length - at < piece ? length - at : piece;
        uint32_t taken = wss_sim_peer_send(peer, bytes + at, (uint32_t)count);
        at += taken;
        wss_phase_t phase = look(stream);
        if (phase == WSS_PHASE_FAILED)
            return got;
        bool heard = phase == WSS_PHASE_UP && receive(stream, bytes + head, length - head, &got);
        idle = taken > 0 || heard ? 0 : idle + 1;
    }
    return got;
}

static void check_stream(wss_stream_t *stream, const outcome_t *outcome, size_t behind, size_t got)
{
    wss_phase_t phase = look(stream);
    hal.lock(hal.context);
    const char *reason = stream->ops->reason(stream);
    if (outcome->answer == WSS_CONNECT_TUNNEL)
        require(phase == WSS_PHASE_UP && got == behind && reason[0] == '\0');
    else if (outcome->answer == WSS_CONNECT_NO)
        require(phase == WSS_PHASE_FAILED && strcmp(reason, outcome->reason) == 0);
    else
        require(phase == WSS_PHASE_LAYERING);
    hal.unlock(hal.context);
}

/* The end of the proxy's side, within the answer or behind it. */
static void end(wss_stream_t *stream, wss_sim_end_t *peer, unsigned how, const outcome_t *outcome)
{
    uint8_t byte;
    if ((how & RESET) != 0)
        wss_sim_peer_reset(peer);
    else if ((how & FINISHED) != 0)
        wss_sim_peer_finish(peer);
    else
        return;
    for (int i = 0; i < 4; i++)
        (void)look(stream);
    hal.lock(hal.context);
    if (outcome->answer == WSS_CONNECT_TUNNEL) {
        int32_t result = stream->ops->recv(stream, &byte, 1);
        require(result == ((how & RESET) != 0 ? WSS_ERR_NETWORK : WSS_ERR_EOF));
    } else {
        require(stream->ops->phase(stream) == WSS_PHASE_FAILED);
        require(stream->ops->reason(stream)[0] != '\0');
    }
    hal.unlock(hal.context);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const wss_dial_t whom = {.host = "far.example", .port = 443};
    wss_sim_end_t *peer;
    wss_stream_t *stream;

    if (size < 3 || size > MOST)
        return 0;
    const uint8_t *bytes = data + 2;
    const size_t length = size - 2, piece = data[1] == 0 ? size : data[1];
    const outcome_t outcome = check_head(bytes, length, piece);
    start(data[0]);
    hal.lock(hal.context);
    stream = hal.connect(hal.context, &whom, &owner);
    hal.unlock(hal.context);
    require(stream != NULL);
    request(stream, &peer);
    size_t got = answer(stream, peer, bytes, length, piece, outcome.used);
    check_stream(stream, &outcome, length - outcome.used, got);
    end(stream, peer, data[0], &outcome);
    hal.lock(hal.context);
    stream->ops->release(stream, true);
    hal.unlock(hal.context);
    require(host.streams == 0 && wss_sim_faults(&sim) == 0 && sim.beyond_room == 0);
    return 0;
}
