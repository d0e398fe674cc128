/* SPDX-License-Identifier: MIT */
/*
 * A stream as the engine sees it. Received bytes stay in the stack's FIFO until they are
 * consumed, sent ones wait in the other. It must not know how connections come about.
 *
 * A server's socket listens again as soon as its connection is reset, and may have another
 * client before we look. So each use of it is preceded and followed by the question whether
 * that happened; bytes that were given or taken in between taint the newcomer, who is reset.
 */
#include "wss_pic32_internal.h"

#include <string.h>

static const char was_reset[] = "The connection was reset.";

static wss_pic32_stream_t *self(wss_stream_t *base)
{
    return (wss_pic32_stream_t *)base;
}

static uint16_t smaller(uint32_t a, uint32_t b)
{
    return (uint16_t)(a < b ? a : b);
}

static bool is_over(wss_pic32_stream_t *stream)
{
    if (stream->reset)
        return true;
    stream->reset = wss_pic32_socket_was_reset(stream);
    if (stream->reset && stream->mortal)
        wss_pic32_socket_drop(stream);
    return stream->reset;
}

bool wss_pic32_stream_lost(wss_pic32_stream_t *stream)
{
    if (stream->gone)
        return true;
    if (!is_over(stream) && wss_pic32_socket_connected(stream))
        return false;
    stream->gone = true;
    if (!stream->finished)
        stream->reason = was_reset;
    if (stream->phase == WSS_PHASE_LAYERING)
        wss_pic32_stream_fail(stream, stream->reason);
    return true;
}

void wss_pic32_stream_fail(wss_pic32_stream_t *stream, const char *reason)
{
    stream->phase = WSS_PHASE_FAILED;
    stream->phase_changed = true;
    stream->reason = reason;
    stream->host = NULL;
}

/* Bytes flow: the connection stands, as far as we know. */
static bool is_up(wss_pic32_stream_t *stream)
{
    return stream->phase == WSS_PHASE_UP && !wss_pic32_stream_lost(stream);
}

static uint16_t waiting(wss_pic32_stream_t *stream)
{
    if (stream->finished || !is_up(stream))
        return 0;
    const uint16_t room = wss_pic32_socket_room(stream);
    return wss_pic32_stream_lost(stream) ? 0 : (uint16_t)(stream->capacity - room);
}

/* After bytes were given or taken: whether they were somebody else's. */
static bool touched(wss_pic32_stream_t *stream)
{
    stream->tainted = wss_pic32_stream_lost(stream);
    return stream->tainted;
}

/* The stack says yes to FIN of a socket that listens again, too: then it was nobody's, or a
 * newcomer's. After the peer's it is the end. */
static bool went_astray(wss_pic32_stream_t *stream, bool ended)
{
    return wss_pic32_stream_lost(stream) && stream->reset &&
           (!ended || wss_pic32_socket_connected(stream));
}

static void hand_over_fin(wss_pic32_stream_t *stream)
{
    const bool ended = wss_pic32_socket_ended(stream);

    stream->finished = wss_pic32_socket_finish(stream);
    if (went_astray(stream, ended)) {
        stream->finished = false;
        stream->tainted = true;
        stream->reason = was_reset;
    } else if (stream->finished && stream->socket != INVALID_SOCKET) {
        wss_pic32_socket_finished(stream);
    }
}

static void finish_when_sent(wss_pic32_stream_t *stream)
{
    if (stream->finishing && !stream->finished && is_up(stream) && waiting(stream) == 0)
        hand_over_fin(stream);
}

/* ------------------------------------------------------------------ receiving */

static wss_phase_t phase(wss_stream_t *base)
{
    return (wss_phase_t)self(base)->phase;
}

static int32_t nothing_left(const wss_pic32_stream_t *stream)
{
    return stream->finished && stream->phase == WSS_PHASE_UP ? WSS_ERR_EOF : WSS_ERR_NETWORK;
}

static int32_t receive(wss_stream_t *base, uint8_t *buffer, uint32_t capacity)
{
    wss_pic32_stream_t *stream = self(base);

    if (stream->phase < WSS_PHASE_UP)
        return 0;
    if (!is_up(stream))
        return nothing_left(stream);
    const bool ended = wss_pic32_socket_ended(stream); /* before the bytes are looked for */
    const uint16_t count = wss_pic32_socket_peek(stream, buffer, smaller(capacity, UINT16_MAX));
    if (wss_pic32_stream_lost(stream))
        return nothing_left(stream);
    return count == 0 && ended && capacity > 0 ? WSS_ERR_EOF : count;
}

static void consume(wss_stream_t *base, uint32_t count, const uint8_t *rest)
{
    wss_pic32_stream_t *stream = self(base);

    (void)rest;
    if (count == 0 || !is_up(stream))
        return;
    wss_pic32_socket_discard(stream, smaller(count, UINT16_MAX));
    (void)touched(stream);
}

/* -------------------------------------------------------------------- sending */

static uint32_t room(wss_stream_t *base)
{
    wss_pic32_stream_t *stream = self(base);

    if (stream->finishing || !is_up(stream))
        return 0;
    const uint16_t count = wss_pic32_socket_room(stream);
    return wss_pic32_stream_lost(stream) ? 0 : count;
}

static int32_t transmit(wss_stream_t *base, const uint8_t *data, uint32_t length)
{
    wss_pic32_stream_t *stream = self(base);

    if (stream->finishing)
        return WSS_ERR_CLOSED;
    if (length == 0 || stream->phase < WSS_PHASE_UP)
        return 0;
    if (!is_up(stream))
        return WSS_ERR_NETWORK;
    const uint16_t count = wss_pic32_socket_put(stream, data, smaller(length, UINT16_MAX));
    if (touched(stream))
        return WSS_ERR_NETWORK;
    stream->room = wss_pic32_socket_room(stream);
    return count;
}

static wss_result_t flush(wss_stream_t *base)
{
    wss_pic32_stream_t *stream = self(base);

    if (stream->phase < WSS_PHASE_UP)
        return WSS_OK;
    if (!is_up(stream))
        return WSS_ERR_NETWORK;
    if (waiting(stream) == 0)
        return WSS_OK;
    wss_pic32_socket_flush(stream);
    if (touched(stream))
        return WSS_ERR_NETWORK;
    return waiting(stream) > 0 ? WSS_WOULD_BLOCK : WSS_OK;
}

static uint32_t pending(wss_stream_t *base)
{
    return waiting(self(base));
}

static void finish(wss_stream_t *base)
{
    (void)flush(base);
    self(base)->finishing = true;
    finish_when_sent(self(base));
}

/* -------------------------------------------------------------------- reports */

static void watch(wss_stream_t *base, unsigned what)
{
    self(base)->watched = (uint8_t)(what & (WSS_READY_READ | WSS_READY_WRITE));
}

static bool has_room(wss_pic32_stream_t *stream)
{
    if (waiting(stream) == 0)
        return true;
    return stream->grown && !stream->finishing;
}

static unsigned readiness(wss_pic32_stream_t *stream)
{
    if (stream->phase < WSS_PHASE_UP)
        return 0;
    if (!is_up(stream))
        return WSS_READY_READ | WSS_READY_WRITE;
    unsigned what = has_room(stream) ? WSS_READY_WRITE : 0u;
    if (wss_pic32_socket_readable(stream) || wss_pic32_socket_ended(stream))
        what |= WSS_READY_READ;
    return what;
}

/* Sends on, and sees whether room has grown. */
static void tend(wss_pic32_stream_t *stream)
{
    if (!is_up(stream))
        return;
    wss_pic32_socket_drain(stream);
    if (touched(stream))
        return;
    const uint16_t now = wss_pic32_socket_room(stream);
    stream->grown = stream->grown || now > stream->room;
    stream->room = now;
    finish_when_sent(stream);
}

/* The engine has released it: what comes is dropped, what waits is sent, for a while. */
static void linger(wss_pic32_stream_t *stream)
{
    const uint32_t passed = wss_pic32_now(stream->pic32) - stream->since;

    tend(stream);
    if (is_up(stream)) {
        wss_pic32_socket_discard(stream, UINT16_MAX);
        (void)touched(stream);
    }
    const bool over = stream->gone && is_over(stream);
    if (over || passed >= stream->pic32->config.linger_ms)
        wss_pic32_idle(stream, !over || stream->tainted);
}

unsigned wss_pic32_stream_poll(wss_pic32_stream_t *stream)
{
    if (stream->life == WSS_PIC32_LINGERS)
        linger(stream);
    if (stream->life != WSS_PIC32_USED)
        return 0;
    if (stream->phase < WSS_PHASE_UP)
        wss_pic32_dial_poll(stream);
    tend(stream);
    unsigned what = readiness(stream) & stream->watched;
    if ((what & WSS_READY_WRITE) != 0)
        stream->grown = false;
    what |= stream->phase_changed ? WSS_READY_PHASE : 0u;
    stream->phase_changed = false;
    return what;
}

/* ----------------------------------------------------------------------- life */

static void release_client(wss_pic32_stream_t *stream, bool reset)
{
    if (stream->socket != INVALID_SOCKET && wss_pic32_socket_was_reset(stream))
        wss_pic32_socket_drop(stream);
    if (stream->socket != INVALID_SOCKET)
        wss_pic32_socket_close(stream, reset);
    stream->life = WSS_PIC32_CLOSED;
}

static void release(wss_stream_t *base, bool reset)
{
    wss_pic32_stream_t *stream = self(base);

    if (!reset)
        (void)flush(base);
    if (!stream->server) {
        release_client(stream, reset);
        return;
    }
    if (!reset && !stream->reset && stream->phase == WSS_PHASE_UP) {
        stream->life = WSS_PIC32_LINGERS;
        stream->finishing = true;
        stream->since = wss_pic32_now(stream->pic32);
        linger(stream);
        return;
    }
    const bool over = stream->gone && is_over(stream);
    wss_pic32_idle(stream, !over || stream->tainted);
}

static const char *reason(wss_stream_t *base)
{
    return self(base)->reason;
}

/* Once the connection is gone the stack knows nothing of it any more. */
static void peer(wss_stream_t *base, char *buffer, size_t capacity)
{
    wss_pic32_stream_t *stream = self(base);
    TCP_SOCKET_INFO info;

    if (capacity == 0)
        return;
    buffer[0] = '\0';
    if (is_up(stream) && wss_pic32_socket_info(stream, &info))
        wss_pic32_address_write(&info, buffer, capacity);
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

void wss_pic32_stream_use(wss_pic32_stream_t *stream, void *owner, wss_phase_t phase)
{
    const wss_pic32_stream_t old = *stream;

    *stream = (wss_pic32_stream_t)
    {
        .base = {.ops = &operations, .owner = owner}, .pic32 = old.pic32, .reason = "",
        .socket = old.socket, .listener = old.listener, .server = old.server, .mortal = old.mortal,
        .life = WSS_PIC32_USED, .phase = (uint8_t)phase, .watched = WSS_READY_READ,
#if WSS_PIC32_NET_PRES
        .handle = old.handle,
#endif
    };
}

void wss_pic32_stream_up(wss_pic32_stream_t *stream)
{
    stream->phase = (uint8_t)wss_pic32_socket_start(stream);
    stream->room = wss_pic32_socket_room(stream);
}
