/* SPDX-License-Identifier: MIT */
/* A stream on a stream: see layer.h. Only the newest one can be told what to do. */
#include "layer.h"

static struct {
    wss_stream_t base;
    wss_stream_t *below;
    wss_phase_t phase;
    bool changed;
    bool dialled; /* and not up yet */
} layer;
static wss_hal_t lower;

/* A stream that is being opened gets its layer when it stands. */
static wss_phase_t phase(wss_stream_t *stream)
{
    (void)stream;
    if (layer.phase == WSS_PHASE_CONNECTING)
        layer.phase = layer.below->ops->phase(layer.below);
    if (layer.dialled && layer.phase == WSS_PHASE_UP) {
        layer.dialled = false;
        layer.phase = WSS_PHASE_LAYERING;
    }
    return layer.phase;
}

static int32_t recv_bytes(wss_stream_t *stream, uint8_t *buffer, uint32_t capacity)
{
    (void)stream;
    return layer.below->ops->recv(layer.below, buffer, capacity);
}

static void consume(wss_stream_t *stream, uint32_t count, const uint8_t *rest)
{
    (void)stream;
    layer.below->ops->consume(layer.below, count, rest);
}

static uint32_t room(wss_stream_t *stream)
{
    (void)stream;
    return layer.below->ops->room(layer.below);
}

static int32_t send_bytes(wss_stream_t *stream, const uint8_t *data, uint32_t length)
{
    (void)stream;
    return layer.below->ops->send(layer.below, data, length);
}

static wss_result_t flush(wss_stream_t *stream)
{
    (void)stream;
    return layer.below->ops->flush(layer.below);
}

static uint32_t pending(wss_stream_t *stream)
{
    (void)stream;
    return layer.below->ops->pending(layer.below);
}

static void watch(wss_stream_t *stream, unsigned what)
{
    (void)stream;
    layer.below->ops->watch(layer.below, what);
}

static void finish(wss_stream_t *stream)
{
    (void)stream;
    layer.below->ops->finish(layer.below);
}

static void release(wss_stream_t *stream, bool reset)
{
    (void)stream;
    layer.below->ops->release(layer.below, reset);
}

static const char *reason(wss_stream_t *stream)
{
    (void)stream;
    return layer.phase == WSS_PHASE_FAILED ? "The layer failed." : "";
}

static void peer(wss_stream_t *stream, char *buffer, size_t capacity)
{
    (void)stream;
    layer.below->ops->peer(layer.below, buffer, capacity);
}

static const wss_stream_ops_t ops = {.phase = phase,
                                     .recv = recv_bytes,
                                     .consume = consume,
                                     .room = room,
                                     .send = send_bytes,
                                     .flush = flush,
                                     .pending = pending,
                                     .watch = watch,
                                     .finish = finish,
                                     .release = release,
                                     .reason = reason,
                                     .peer = peer};

static wss_stream_t *stand_on(wss_stream_t *below, void *owner, bool dialled)
{
    if (below == NULL)
        return NULL;
    layer.base.ops = &ops;
    layer.base.owner = owner;
    layer.below = below;
    layer.phase = dialled ? WSS_PHASE_CONNECTING : WSS_PHASE_LAYERING;
    layer.dialled = dialled;
    layer.changed = false;
    return &layer.base;
}

static wss_stream_t *accept_layered(void *context, void *owner)
{
    return stand_on(lower.accept(context, owner), owner, false);
}

static wss_stream_t *connect_layered(void *context, const wss_dial_t *whom, void *owner)
{
    return stand_on(lower.connect(context, whom, owner), owner, true);
}

static int32_t wait_layered(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count)
{
    int32_t reports = lower.wait(context, layer.changed ? 0 : timeout, ready, count - 1);
    if (reports >= 0 && layer.changed)
        ready[reports++] = (wss_ready_t){.owner = layer.base.owner, .what = WSS_READY_PHASE};
    layer.changed = false;
    return reports;
}

void layer_over(wss_hal_t *hal)
{
    lower = *hal;
    hal->accept = accept_layered;
    hal->connect = connect_layered;
    hal->wait = wait_layered;
}

void layer_set(wss_phase_t new_phase)
{
    layer.phase = new_phase;
    layer.changed = true;
}
