/* SPDX-License-Identifier: MIT */
/*
 * The way out of a stream. Small sends gather in the stage, which one stream owns
 * at a time; what the kernel does not take waits in the stream's own ring. The
 * stage counts against the room of its owner, so that the ring can always take
 * what was promised. While the ring holds bytes the stage of that stream is empty.
 */
#define _GNU_SOURCE
#include "wss_posix_internal.h"

#include <errno.h>
#include <string.h>
#include <sys/uio.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t staged(const wss_posix_stream_t *stream)
{
    return stream->posix->stage_owner == stream ? stream->posix->stage_length : 0;
}

uint32_t wss_posix_waiting(const wss_posix_stream_t *stream)
{
    return stream->queue_length + staged(stream);
}

void wss_posix_discard(wss_posix_stream_t *stream)
{
    if (stream->posix->stage_owner != stream)
        return;
    stream->posix->stage_owner = NULL;
    stream->posix->stage_length = 0;
}

/* ------------------------------------------------------------------- the ring */

static uint8_t *ring_of(const wss_posix_stream_t *stream)
{
    const wss_posix_config_t *config = &stream->posix->config;

    return config->send_memory + (size_t)wss_posix_stream_index(stream) * config->send_room;
}

/* Appends as much as fits and returns how much. */
static uint32_t enqueue(wss_posix_stream_t *stream, const uint8_t *data, uint32_t length)
{
    const uint32_t size = stream->posix->config.send_room;
    const uint32_t count = smaller(length, size - wss_posix_waiting(stream));
    const uint32_t end = (uint32_t)(((uint64_t)stream->queue_first + stream->queue_length) % size);
    const uint32_t first = smaller(count, size - end);

    if (count == 0)
        return 0;
    memcpy(ring_of(stream) + end, data, first);
    memcpy(ring_of(stream), data + first, count - first);
    stream->queue_length += count;
    return count;
}

static void dequeue(wss_posix_stream_t *stream, uint32_t count)
{
    const uint32_t size = stream->posix->config.send_room;

    stream->queue_first = (uint32_t)(((uint64_t)stream->queue_first + count) % size);
    stream->queue_length -= count;
    if (stream->queue_length == 0)
        stream->queue_first = 0;
}

/* ----------------------------------------------------------------- the kernel */

static struct iovec part(const uint8_t *data, uint32_t length)
{
    /* iovec has no const, sendmsg() only reads. */
    union {
        const uint8_t *given;
        void *wanted;
    } pointer = {.given = data};

    return (struct iovec){.iov_base = pointer.wanted, .iov_len = length};
}

/* What a send that the kernel refused means: 0, it is full; negative: that broke the
 * stream. */
static int64_t refused(wss_posix_stream_t *stream)
{
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        return 0;
    wss_posix_stream_break(stream, wss_posix_reason(errno));
    return -1;
}

/* Gives two pieces to the kernel. Returns how many bytes it took, or a negative
 * number when that broke the stream. */
static int64_t transmit(wss_posix_stream_t *stream, struct iovec first, struct iovec second)
{
    struct iovec parts[2] = {first, second};
    const struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    ssize_t count;

    do {
        count = sendmsg(stream->socket, &message, MSG_NOSIGNAL);
    } while (count < 0 && errno == EINTR);
    return count >= 0 ? count : refused(stream);
}

/* The same with one piece. */
static int64_t transmit_one(wss_posix_stream_t *stream, const uint8_t *data, uint32_t length)
{
    ssize_t count;

    do {
        count = send(stream->socket, data, length, MSG_NOSIGNAL);
    } while (count < 0 && errno == EINTR);
    return count >= 0 ? count : refused(stream);
}

static void end_when_sent(wss_posix_stream_t *stream)
{
    const bool sent = wss_posix_waiting(stream) == 0 && stream->phase == WSS_PHASE_UP;

    if (!stream->finishing || stream->finished || stream->broken || !sent)
        return;
    stream->finished = true;
    (void)shutdown(stream->socket, SHUT_WR);
}

void wss_posix_settle(wss_posix_stream_t *stream)
{
    end_when_sent(stream);
    wss_posix_stream_interest(stream);
    wss_posix_ready_update(stream);
}

void wss_posix_drain(wss_posix_stream_t *stream)
{
    const uint32_t size = stream->posix->config.send_room;
    const uint32_t first = smaller(stream->queue_length, size - stream->queue_first);
    const int64_t count = transmit(stream, part(ring_of(stream) + stream->queue_first, first),
                                   part(ring_of(stream), stream->queue_length - first));

    if (count < 0)
        return;
    if (count > 0)
        stream->grown = true;
    dequeue(stream, (uint32_t)count);
    wss_posix_settle(stream);
}

void wss_posix_unstage(wss_posix_t *posix)
{
    wss_posix_stream_t *stream = posix->stage_owner;
    const uint32_t length = posix->stage_length;

    if (stream == NULL)
        return;
    const int64_t count = transmit_one(stream, posix->config.stage, length);
    if (count < 0)
        return;
    if (count > 0)
        stream->grown = true;
    posix->stage_owner = NULL;
    posix->stage_length = 0;
    if (count < length)
        (void)enqueue(stream, posix->config.stage + count, length - (uint32_t)count);
    if (count < length || stream->finishing)
        wss_posix_settle(stream);
    else if ((stream->watched & WSS_READY_WRITE) != 0)
        wss_posix_ready_update(stream);
}

/* Sends the stage and `data` in one call, queues what the kernel leaves. */
static int32_t send_through(wss_posix_stream_t *stream, const uint8_t *data, uint32_t length)
{
    const uint32_t before = staged(stream);
    uint8_t *stage = stream->posix->config.stage;
    const int64_t count = transmit(stream, part(stage, before), part(data, length));
    uint32_t taken = 0;

    if (count < 0)
        return WSS_ERR_NETWORK;
    wss_posix_discard(stream);
    if (count < before)
        (void)enqueue(stream, stage + count, before - (uint32_t)count);
    else
        taken = (uint32_t)(count - before);
    taken += enqueue(stream, data + taken, length - taken);
    wss_posix_settle(stream);
    return (int32_t)taken;
}

/* ------------------------------------------------------------------ operations */

uint32_t wss_posix_room(wss_stream_t *base)
{
    const wss_posix_stream_t *stream = (const wss_posix_stream_t *)base;
    const wss_posix_t *posix = stream->posix;

    if (stream->broken || stream->finishing)
        return 0;
    return posix->config.send_room - wss_posix_waiting(stream);
}

/* Takes the stage for a stream whose ring is empty; another stream's bytes leave it
 * first. False: `length` bytes do not fit it. */
static bool take_stage(wss_posix_stream_t *stream, uint32_t length)
{
    wss_posix_t *posix = stream->posix;
    const uint32_t left = smaller(posix->config.stage_size, posix->config.send_room);

    if (posix->stage_owner == stream || length > left)
        return false;
    if (posix->stage_owner != NULL)
        wss_posix_unstage(posix);
    posix->stage_owner = stream;
    posix->stage_left = left;
    return true;
}

static int32_t stage_bytes(wss_posix_t *posix, const uint8_t *data, uint32_t length)
{
    memcpy(posix->config.stage + posix->stage_length, data, length);
    posix->stage_length += length;
    posix->stage_left -= length;
    return (int32_t)length;
}

/* Sends what the stream has no stage for. */
static int32_t begin_send(wss_posix_stream_t *stream, const uint8_t *data, uint32_t length)
{
    if (stream->broken)
        return WSS_ERR_NETWORK;
    if (stream->finishing)
        return WSS_ERR_CLOSED;
    length = smaller(length, INT32_MAX);
    if (length == 0)
        return 0;
    if (stream->queue_length > 0 || stream->phase == WSS_PHASE_CONNECTING)
        return (int32_t)enqueue(stream, data, length);
    if (!take_stage(stream, length))
        return send_through(stream, data, length);
    return stage_bytes(stream->posix, data, length);
}

int32_t wss_posix_send(wss_stream_t *base, const uint8_t *data, uint32_t length)
{
    wss_posix_stream_t *stream = (wss_posix_stream_t *)base;
    wss_posix_t *posix = stream->posix;

    if (posix->stage_owner == stream && length <= posix->stage_left)
        return stage_bytes(posix, data, length);
    return begin_send(stream, data, length);
}

wss_result_t wss_posix_flush(wss_stream_t *base)
{
    wss_posix_stream_t *stream = (wss_posix_stream_t *)base;

    if (stream->posix->stage_owner == stream)
        wss_posix_unstage(stream->posix);
    if (stream->broken)
        return WSS_ERR_NETWORK;
    return stream->queue_length > 0 ? WSS_WOULD_BLOCK : WSS_OK;
}

uint32_t wss_posix_pending(wss_stream_t *base)
{
    return wss_posix_waiting((const wss_posix_stream_t *)base);
}

void wss_posix_finish(wss_stream_t *base)
{
    wss_posix_stream_t *stream = (wss_posix_stream_t *)base;

    stream->finishing = true;
    (void)wss_posix_flush(base);
    wss_posix_settle(stream);
}
