/* SPDX-License-Identifier: MIT */
/*
 * The operations of a prelude: nothing until it is settled, then those of the stream below.
 */
#include "wss_prelude.h"

static wss_prelude_t *self(wss_stream_t *base)
{
    return (wss_prelude_t *)base;
}

static wss_stream_t *below(wss_stream_t *base)
{
    return self(base)->upper.below;
}

static bool is_up(const wss_prelude_t *prelude)
{
    return prelude->phase == WSS_PHASE_UP;
}

static bool has_failed(const wss_prelude_t *prelude)
{
    return prelude->phase == WSS_PHASE_FAILED;
}

/* ---------------------------------------------------------------------- reports */

static unsigned ready(wss_upper_t *upper, unsigned what)
{
    wss_prelude_t *prelude = (wss_prelude_t *)upper;
    const uint8_t before = prelude->phase;
    unsigned report = is_up(prelude) ? what & prelude->watched : 0;

    if (!is_up(prelude) && !has_failed(prelude) && what != 0)
        prelude->go_on(prelude);
    if (prelude->phase != before || prelude->announce)
        report |= WSS_READY_PHASE;
    prelude->announce = false;
    return has_failed(prelude) ? report | prelude->watched : report;
}

static bool owes(const wss_upper_t *upper)
{
    const wss_prelude_t *prelude = (const wss_prelude_t *)upper;

    return prelude->announce || (has_failed(prelude) && prelude->watched != 0);
}

const wss_upper_ops_t wss_prelude_ops = {.ready = ready, .owes = owes};

/* ------------------------------------------------------------------- operations */

static wss_phase_t phase(wss_stream_t *base)
{
    return (wss_phase_t)self(base)->phase;
}

static int32_t receive(wss_stream_t *base, uint8_t *buffer, uint32_t capacity)
{
    if (is_up(self(base)))
        return below(base)->ops->recv(below(base), buffer, capacity);
    return has_failed(self(base)) ? WSS_ERR_NETWORK : 0;
}

static void consume(wss_stream_t *base, uint32_t count, const uint8_t *rest)
{
    if (is_up(self(base)))
        below(base)->ops->consume(below(base), count, rest);
}

static uint32_t room(wss_stream_t *base)
{
    return is_up(self(base)) ? below(base)->ops->room(below(base)) : 0;
}

static int32_t transmit(wss_stream_t *base, const uint8_t *data, uint32_t length)
{
    if (is_up(self(base)))
        return below(base)->ops->send(below(base), data, length);
    if (has_failed(self(base)))
        return WSS_ERR_NETWORK;
    return self(base)->finishing ? WSS_ERR_CLOSED : 0;
}

static wss_result_t flush(wss_stream_t *base)
{
    if (is_up(self(base)))
        return below(base)->ops->flush(below(base));
    return has_failed(self(base)) ? WSS_ERR_NETWORK : WSS_OK;
}

static uint32_t pending(wss_stream_t *base)
{
    return is_up(self(base)) ? below(base)->ops->pending(below(base)) : 0;
}

static void watch(wss_stream_t *base, unsigned what)
{
    self(base)->watched = (uint8_t)(what & (WSS_READY_READ | WSS_READY_WRITE));
    if (is_up(self(base)))
        below(base)->ops->watch(below(base), what);
    else
        wss_upper_owe(&self(base)->upper);
}

static void finish(wss_stream_t *base)
{
    self(base)->finishing = true;
    if (is_up(self(base)))
        below(base)->ops->finish(below(base));
}

static void release(wss_stream_t *base, bool reset)
{
    wss_upper_release(&self(base)->upper, reset);
}

static const char *reason(wss_stream_t *base)
{
    if (has_failed(self(base)))
        return self(base)->reason;
    return is_up(self(base)) ? below(base)->ops->reason(below(base)) : "";
}

static void copy(const char *text, char *buffer, size_t capacity)
{
    while (capacity > 1 && *text != '\0') {
        *buffer++ = *text++;
        capacity--;
    }
    if (capacity > 0)
        *buffer = '\0';
}

static void peer(wss_stream_t *base, char *buffer, size_t capacity)
{
    if (self(base)->peer != NULL)
        copy(self(base)->peer, buffer, capacity);
    else
        below(base)->ops->peer(below(base), buffer, capacity);
}

static const wss_stream_ops_t operations = {
    .phase = phase,
    .recv = receive,
    .consume = consume,
    .room = room,
    .send = transmit,
    .flush = flush,
    .pending = pending,
    .watch = watch,
    .finish = finish,
    .release = release,
    .reason = reason,
    .peer = peer,
};

/* ------------------------------------------------------------------- the settling */

void wss_prelude_begin(wss_prelude_t *prelude, void (*go_on)(wss_prelude_t *prelude))
{
    prelude->upper.base.ops = &operations;
    prelude->go_on = go_on;
    prelude->peer = NULL;
    prelude->reason = "";
    prelude->phase = WSS_PHASE_CONNECTING;
    prelude->watched = WSS_READY_READ;
    prelude->finishing = false;
    prelude->announce = false;
    go_on(prelude);
    prelude->announce = prelude->phase != WSS_PHASE_CONNECTING;
    wss_upper_owe(&prelude->upper);
}

void wss_prelude_stand(wss_prelude_t *prelude)
{
    wss_stream_t *stream = prelude->upper.below;

    prelude->phase = WSS_PHASE_UP;
    stream->ops->watch(stream, prelude->watched);
    if (prelude->finishing)
        stream->ops->finish(stream);
}

void wss_prelude_fail(wss_prelude_t *prelude, const char *reason)
{
    wss_stream_t *stream = prelude->upper.below;

    prelude->phase = WSS_PHASE_FAILED;
    prelude->reason = reason;
    stream->ops->watch(stream, 0);
}
