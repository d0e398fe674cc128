/* SPDX-License-Identifier: MIT */
/*
 * The way out of a stream: to the kernel at once; what it does not take waits in the
 * stream's own ring.
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
    const uint32_t count = smaller(length, size - stream->queue_length);
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

/* What a send that the kernel refused means: 0, it takes none now; negative: that broke the
 * stream. */
static int64_t refused(wss_posix_stream_t *stream)
{
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
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
    const ssize_t count = sendmsg(stream->socket, &message, MSG_NOSIGNAL);

    return count >= 0 ? count : refused(stream);
}

/* The same with one piece. */
static int64_t transmit_one(wss_posix_stream_t *stream, const uint8_t *data, uint32_t length)
{
    const ssize_t count = send(stream->socket, data, length, MSG_NOSIGNAL);

    return count >= 0 ? count : refused(stream);
}

static void end_when_sent(wss_posix_stream_t *stream)
{
    const bool sent = stream->queue_length == 0 && stream->phase == WSS_PHASE_UP;

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

static int32_t queue_rest(wss_posix_stream_t *stream, const uint8_t *data, uint32_t length)
{
    const uint32_t count = enqueue(stream, data, length);

    wss_posix_settle(stream);
    return (int32_t)count;
}

/* Queues what the kernel did not take of `length` bytes. Returns how many are accepted. */
static inline int32_t accept_rest(wss_posix_stream_t *stream, const uint8_t *data, uint32_t length,
                                  int64_t taken)
{
    const uint32_t count = (uint32_t)taken;

    return (int32_t)count + (count < length ? queue_rest(stream, data + count, length - count) : 0);
}

/* Whether bytes may go to the kernel: they have none to overtake. */
static bool goes_through(const wss_posix_stream_t *stream)
{
    return stream->queue_length == 0 && stream->phase == WSS_PHASE_UP;
}

/* 0: the stream takes bytes. */
static int32_t refusal(const wss_posix_stream_t *stream)
{
    if (stream->broken)
        return WSS_ERR_NETWORK;
    return stream->finishing ? WSS_ERR_CLOSED : 0;
}

/* ------------------------------------------------------------------ operations */

uint32_t wss_posix_room(wss_stream_t *base)
{
    const wss_posix_stream_t *stream = (const wss_posix_stream_t *)base;

    return refusal(stream) != 0 ? 0 : stream->posix->config.send_room - stream->queue_length;
}

/* What the kernel did not take at once: `count` of it, or an error. */
static int32_t send_rest(wss_posix_stream_t *stream, const uint8_t *data, uint32_t length,
                         int64_t count)
{
    return count < 0 ? WSS_ERR_NETWORK : accept_rest(stream, data, length, count);
}

int32_t wss_posix_send(wss_stream_t *base, const uint8_t *data, uint32_t length)
{
    wss_posix_stream_t *stream = (wss_posix_stream_t *)base;
    int64_t count = 0;

    if (stream->broken || stream->finishing || length == 0)
        return refusal(stream);
    length = smaller(length, INT32_MAX);
    if (goes_through(stream))
        count = transmit_one(stream, data, length);
    return count == length ? (int32_t)length : send_rest(stream, data, length, count);
}

int32_t wss_posix_send_both(wss_stream_t *base, const uint8_t *first, uint32_t first_length,
                            const uint8_t *data, uint32_t length)
{
    wss_posix_stream_t *stream = (wss_posix_stream_t *)base;
    const int32_t refused = refusal(stream);

    if (refused != 0)
        return refused;
    length = smaller(length, INT32_MAX - first_length);
    const int64_t count =
        goes_through(stream) ? transmit(stream, part(first, first_length), part(data, length)) : 0;
    if (count < 0)
        return WSS_ERR_NETWORK;
    if (count >= first_length)
        return (int32_t)first_length + accept_rest(stream, data, length, count - first_length);
    const int32_t begun = accept_rest(stream, first, first_length, count);
    return (uint32_t)begun < first_length ? begun : begun + accept_rest(stream, data, length, 0);
}

wss_result_t wss_posix_flush(wss_stream_t *base)
{
    const wss_posix_stream_t *stream = (const wss_posix_stream_t *)base;

    if (stream->broken)
        return WSS_ERR_NETWORK;
    return stream->queue_length > 0 ? WSS_WOULD_BLOCK : WSS_OK;
}

uint32_t wss_posix_pending(wss_stream_t *base)
{
    return ((const wss_posix_stream_t *)base)->queue_length;
}

void wss_posix_finish(wss_stream_t *base)
{
    wss_posix_stream_t *stream = (wss_posix_stream_t *)base;

    stream->finishing = true;
    wss_posix_settle(stream);
}
