/* SPDX-License-Identifier: MIT */
/*
 * The life of one stream, and its way in. It must not know listeners beyond
 * telling them that a stream became free.
 */
#define _GNU_SOURCE
#include "wss_posix_internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static wss_posix_stream_t *self(wss_stream_t *base)
{
    return (wss_posix_stream_t *)base;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

uint32_t wss_posix_stream_index(const wss_posix_stream_t *stream)
{
    return (uint32_t)(stream - stream->posix->config.streams);
}

static uint8_t *hold_of(const wss_posix_stream_t *stream)
{
    const wss_posix_config_t *config = &stream->posix->config;

    return config->hold_memory + (size_t)wss_posix_stream_index(stream) * config->hold_size;
}

void wss_posix_stream_interest(wss_posix_stream_t *stream)
{
    unsigned interest = 0;

    if (stream->broken || stream->socket < 0)
        return;
    if (stream->phase == WSS_PHASE_CONNECTING || stream->queue_length > 0)
        interest |= WSS_POSIX_OUT;
    if (stream->phase == WSS_PHASE_UP && (stream->watched & WSS_READY_READ) != 0)
        interest |= WSS_POSIX_IN;
    if (!wss_posix_poller_stream(stream->posix, wss_posix_stream_index(stream), interest))
        wss_posix_stream_break(stream, wss_posix_reason(errno));
}

void wss_posix_stream_break(wss_posix_stream_t *stream, const char *reason)
{
    if (stream->broken)
        return;
    stream->broken = true;
    stream->reason = reason;
    if (stream->phase == WSS_PHASE_CONNECTING) {
        stream->phase = WSS_PHASE_FAILED;
        stream->phase_changed = true;
    }
    stream->queue_length = 0;
    (void)wss_posix_poller_stream(stream->posix, wss_posix_stream_index(stream), 0);
    wss_posix_ready_update(stream);
}

static void any_event(wss_posix_stream_t *stream, bool in, bool out)
{
    /* Another task may have released it while the kernel was asked. */
    if (stream->posix == NULL || stream->broken || stream->socket < 0)
        return;
    if (stream->phase == WSS_PHASE_CONNECTING)
        wss_posix_connected(stream);
    else if (out && stream->queue_length > 0)
        wss_posix_drain(stream);
    if (in && stream->phase == WSS_PHASE_UP && (stream->watched & WSS_READY_READ) != 0)
        stream->readable = true;
    wss_posix_ready_update(stream);
}

void wss_posix_stream_event(wss_posix_stream_t *stream, bool in, bool out)
{
    const bool plain = stream->phase == WSS_PHASE_UP && stream->watched == WSS_READY_READ;

    if (in && !out && plain && !stream->broken)
        wss_posix_ready_read(stream);
    else
        any_event(stream, in, out);
}

/* ------------------------------------------------------------------ operations */

static wss_phase_t phase(wss_stream_t *base)
{
    return (wss_phase_t)self(base)->phase;
}

/* Copies what was held back, at most `capacity` bytes. */
static uint32_t recv_held(const wss_posix_stream_t *stream, uint8_t *buffer, uint32_t capacity)
{
    const uint32_t count = smaller(stream->hold_length, capacity);

    memcpy(buffer, hold_of(stream) + stream->hold_first, count);
    return count;
}

/* What it means that recv() brought nothing. 0: there is none yet. */
static int32_t nothing(wss_posix_stream_t *stream, ssize_t count)
{
    if (count == 0)
        return WSS_ERR_EOF;
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
        return 0;
    wss_posix_stream_break(stream, wss_posix_reason(errno));
    return WSS_ERR_NETWORK;
}

/* Takes bytes from the kernel. 0: none yet; negative: an end or an error. */
static inline int32_t recv_kernel(wss_posix_stream_t *stream, uint8_t *buffer, uint32_t capacity)
{
    const ssize_t count = recv(stream->socket, buffer, capacity, 0);

    stream->readable = false;
    stream->read_new = count > 0;
    return count > 0 ? (int32_t)count : nothing(stream, count);
}

/* What arrived before the stream broke: a Close that came before the peer's reset. */
static int32_t recv_last(wss_posix_stream_t *stream, uint8_t *buffer, uint32_t capacity)
{
    const uint32_t held = stream->hold_length > 0 ? recv_held(stream, buffer, capacity) : 0;

    if (held > 0)
        return (int32_t)(stream->returned = held);
    const ssize_t count = stream->socket < 0 ? -1 : recv(stream->socket, buffer, capacity, 0);
    if (count <= 0)
        return WSS_ERR_NETWORK;
    stream->read_new = true;
    return (int32_t)(stream->returned = (uint32_t)count);
}

/* What was held back, and new bytes behind it. */
static int32_t recv_both(wss_posix_stream_t *stream, uint8_t *buffer, uint32_t capacity)
{
    int32_t count = 0;

    if (stream->broken)
        return recv_last(stream, buffer, capacity);
    const uint32_t held = stream->hold_length > 0 ? recv_held(stream, buffer, capacity) : 0;
    stream->read_new = false;
    if (held < capacity && stream->phase == WSS_PHASE_UP)
        count = recv_kernel(stream, buffer + held, capacity - held);
    if (count < 0 && held == 0)
        return count;
    stream->returned = held + (count > 0 ? (uint32_t)count : 0);
    return (int32_t)stream->returned;
}

static int32_t receive(wss_stream_t *base, uint8_t *buffer, uint32_t capacity)
{
    wss_posix_stream_t *stream = self(base);

    capacity = smaller(capacity, stream->posix->config.hold_size);
    if (stream->broken || stream->hold_length > 0 || stream->phase != WSS_PHASE_UP)
        return recv_both(stream, buffer, capacity);
    const int32_t count = recv_kernel(stream, buffer, capacity);
    if (count > 0)
        stream->returned = (uint32_t)count;
    return count;
}

/* Keeps what was not taken of the bytes that recv() has returned. */
static void hold(wss_posix_stream_t *stream, uint32_t count, const uint8_t *rest)
{
    count = smaller(count, stream->returned);
    if (stream->read_new) {
        stream->hold_first = 0;
        stream->hold_length = stream->returned - count;
        if (stream->hold_length > 0)
            memcpy(hold_of(stream), rest, stream->hold_length);
    } else {
        stream->hold_first += count;
        stream->hold_length -= count;
    }
    if (stream->hold_length > 0)
        wss_posix_ready_update(stream);
}

static void consume(wss_stream_t *base, uint32_t count, const uint8_t *rest)
{
    wss_posix_stream_t *stream = self(base);

    if (count < stream->returned || stream->hold_length > 0)
        hold(stream, count, rest);
    stream->returned = 0;
    stream->read_new = false;
}

static void watch(wss_stream_t *base, unsigned what)
{
    wss_posix_stream_t *stream = self(base);

    stream->watched = (uint8_t)(what & (WSS_READY_READ | WSS_READY_WRITE));
    if ((what & WSS_READY_READ) == 0)
        stream->readable = false;
    wss_posix_stream_interest(stream);
    wss_posix_ready_update(stream);
}

static const char *reason(wss_stream_t *base)
{
    return self(base)->reason;
}

static void peer(wss_stream_t *base, char *buffer, size_t capacity)
{
    const wss_posix_stream_t *stream = self(base);
    const bool v6 = stream->address_size == sizeof stream->address;
    char text[INET6_ADDRSTRLEN] = "";

    if (stream->address_size > 0)
        (void)inet_ntop(v6 ? AF_INET6 : AF_INET, stream->address, text, sizeof text);
    (void)snprintf(buffer, capacity, v6 ? "[%s]:%u" : "%s:%u", text, (unsigned)stream->port);
}

static void release(wss_stream_t *base, bool reset)
{
    wss_posix_stream_t *stream = self(base);
    wss_posix_t *posix = stream->posix;
    const uint32_t index = wss_posix_stream_index(stream);

    wss_posix_lookup_end(stream);
    wss_posix_ready_remove(stream);
    (void)wss_posix_poller_stream(posix, index, 0);
    if (stream->socket >= 0)
        wss_posix_socket_close(stream->socket, reset);
    stream->socket = -1;
    stream->posix = NULL;
    stream->watched = 0;
    stream->next = posix->streams_free;
    posix->streams_free = index;
    posix->retry = false;
    wss_posix_listeners_update(posix);
}

static const wss_stream_ops_t operations = {
    .phase = phase,
    .recv = receive,
    .consume = consume,
    .room = wss_posix_room,
    .send = wss_posix_send,
    .send_both = wss_posix_send_both,
    .flush = wss_posix_flush,
    .pending = wss_posix_pending,
    .watch = watch,
    .finish = wss_posix_finish,
    .release = release,
    .reason = reason,
    .peer = peer,
};

/* --------------------------------------------------------------- birth of one */

bool wss_posix_stream_available(const wss_posix_t *posix)
{
    return posix->streams_free != WSS_POSIX_NONE ||
           posix->streams_touched < posix->config.stream_count;
}

wss_posix_stream_t *wss_posix_stream_take(wss_posix_t *posix, void *owner)
{
    uint32_t index = posix->streams_free;

    if (!wss_posix_stream_available(posix))
        return NULL;
    if (index == WSS_POSIX_NONE)
        index = posix->streams_touched++;
    else
        posix->streams_free = posix->config.streams[index].next;

    wss_posix_stream_t *stream = &posix->config.streams[index];
    *stream = (wss_posix_stream_t){
        .base = {.ops = &operations, .owner = owner},
        .posix = posix,
        .reason = "",
        .socket = -1,
        .watched = WSS_READY_READ,
    };
    return stream;
}

static void note_peer(wss_posix_stream_t *stream, const wss_posix_address_t *peer)
{
    const uint8_t *bytes = (const uint8_t *)&peer->v4.sin_addr;

    stream->address_size = 4;
    stream->port = ntohs(peer->v4.sin_port);
    if (peer->any.sa_family == AF_INET6) {
        const bool mapped = IN6_IS_ADDR_V4MAPPED(&peer->v6.sin6_addr);
        bytes = peer->v6.sin6_addr.s6_addr + (mapped ? 12 : 0);
        stream->address_size = mapped ? 4 : 16;
        stream->port = ntohs(peer->v6.sin6_port);
    }
    memcpy(stream->address, bytes, stream->address_size);
}

void wss_posix_stream_start(wss_posix_stream_t *stream, int fd, const wss_posix_address_t *peer,
                            wss_phase_t phase)
{
    stream->socket = fd;
    stream->phase = (uint8_t)phase;
    note_peer(stream, peer);
    wss_posix_socket_prepare(fd);
    wss_posix_stream_interest(stream);
}
