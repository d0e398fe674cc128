/* SPDX-License-Identifier: MIT */
/*
 * Listening and accepting. Streams that nobody has listen, shared out among the ports, so that
 * sockets in LISTEN are the backlog: with none left the stack drops a SYN and the client sends
 * it again. It must not know how bytes move.
 */
#include "wss_pic32_internal.h"

enum {
    NO_LISTENER = WSS_PIC32_LISTENERS,
    FIRST_PORT = 49152, /* of those that may be chosen (RFC 6335, 6) */
    LAST_PORT = 65535,
    PORTS_TRIED = 32,
    RETRY_MS = 500 /* how long to rest when the stack has no socket */
};

static bool is_listening(const wss_pic32_stream_t *stream, uint8_t listener)
{
    return stream->life == WSS_PIC32_IDLE && stream->listener == listener;
}

static bool has_connection(wss_pic32_stream_t *stream)
{
    if (stream->life != WSS_PIC32_IDLE)
        return false;
    (void)wss_pic32_socket_was_reset(stream); /* that of an earlier connection */
    return wss_pic32_socket_connected(stream);
}

/* ------------------------------------------------------------------- the sockets */

static void close_idle(wss_pic32_stream_t *stream)
{
    if (stream->socket != INVALID_SOCKET)
        wss_pic32_socket_close(stream, true);
    stream->life = WSS_PIC32_CLOSED;
    stream->listener = NO_LISTENER;
}

/* NET_PRES's provider keeps its session until the socket is closed. */
static bool listens_again(const wss_pic32_stream_t *stream, bool reset)
{
    return !stream->secure && (!reset || wss_pic32_socket_reset(stream));
}

void wss_pic32_idle(wss_pic32_stream_t *stream, bool reset)
{
    stream->life = WSS_PIC32_IDLE;
    if (stream->listener == NO_LISTENER || !listens_again(stream, reset))
        close_idle(stream);
}

static bool open_at(wss_pic32_stream_t *stream, uint8_t listener)
{
    wss_pic32_t *pic32 = stream->pic32;

    if (!wss_pic32_socket_serve(stream, &pic32->listeners[listener])) {
        pic32->refused = true;
        pic32->refused_at = wss_pic32_now(pic32);
        return false;
    }
    stream->life = WSS_PIC32_IDLE;
    stream->listener = listener;
    return true;
}

static wss_pic32_stream_t *find(wss_pic32_t *pic32, uint8_t life, uint8_t listener)
{
    for (uint8_t i = 0; i < pic32->config.stream_count; i++) {
        wss_pic32_stream_t *stream = &pic32->config.streams[i];
        if (stream->life == life && stream->listener == listener)
            return stream;
    }
    return NULL;
}

static uint8_t count_at(const wss_pic32_t *pic32, uint8_t listener)
{
    uint8_t count = 0;

    for (uint8_t i = 0; i < pic32->config.stream_count; i++)
        count = (uint8_t)(count + is_listening(&pic32->config.streams[i], listener));
    return count;
}

/* The ports with the fewest and the most sockets. False: nobody listens. */
static bool extremes(const wss_pic32_t *pic32, uint8_t *poor, uint8_t *rich)
{
    *poor = NO_LISTENER;
    *rich = NO_LISTENER;
    for (uint8_t i = 0; i < WSS_PIC32_LISTENERS; i++) {
        if (pic32->listeners[i].port == 0)
            continue;
        if (*poor == NO_LISTENER || count_at(pic32, i) < count_at(pic32, *poor))
            *poor = i;
        if (*rich == NO_LISTENER || count_at(pic32, i) > count_at(pic32, *rich))
            *rich = i;
    }
    return *poor != NO_LISTENER;
}

/* A socket in LISTEN of a port that can spare it. */
static wss_pic32_stream_t *spare(wss_pic32_t *pic32, uint8_t poor, uint8_t rich)
{
    if (count_at(pic32, rich) < count_at(pic32, poor) + 2)
        return NULL;
    for (uint8_t i = 0; i < pic32->config.stream_count; i++) {
        wss_pic32_stream_t *stream = &pic32->config.streams[i];
        if (is_listening(stream, rich) && !has_connection(stream))
            return stream;
    }
    return NULL;
}

void wss_pic32_tend(wss_pic32_t *pic32)
{
    uint8_t poor;
    uint8_t rich;

    if (pic32->refused && wss_pic32_now(pic32) - pic32->refused_at < RETRY_MS)
        return;
    pic32->refused = false;
    for (uint8_t i = 0; i < pic32->config.stream_count && extremes(pic32, &poor, &rich); i++) {
        wss_pic32_stream_t *stream = find(pic32, WSS_PIC32_CLOSED, NO_LISTENER);
        if (stream == NULL) {
            stream = spare(pic32, poor, rich);
            if (stream == NULL)
                return;
            close_idle(stream);
        }
        if (!open_at(stream, poor))
            return;
    }
}

/* --------------------------------------------------------------------- the ports */

static uint8_t listener_at(const wss_pic32_t *pic32, uint16_t port)
{
    for (uint8_t i = 0; i < WSS_PIC32_LISTENERS; i++)
        if (pic32->listeners[i].port == port)
            return i;
    return NO_LISTENER;
}

/* Its first socket says whether the stack can listen there. */
static bool try_port(wss_pic32_t *pic32, uint8_t listener, uint16_t port)
{
    if (listener_at(pic32, port) != NO_LISTENER)
        return false;
    pic32->listeners[listener].port = port;
    pic32->refused = false;
    wss_pic32_tend(pic32);
    if (count_at(pic32, listener) > 0)
        return true;
    pic32->listeners[listener].port = 0;
    return false;
}

static bool choose_port(wss_pic32_t *pic32, uint8_t listener)
{
    const uint32_t start = wss_pic32_now(pic32);

    for (uint32_t i = 0; i < PORTS_TRIED; i++)
        if (try_port(pic32, listener,
                     (uint16_t)(FIRST_PORT + (start + i * 61) % (LAST_PORT - FIRST_PORT + 1))))
            return true;
    return false;
}

/* While all streams are taken the first socket is opened later. */
static bool all_taken(const wss_pic32_t *pic32)
{
    for (uint8_t i = 0; i < pic32->config.stream_count; i++)
        if (pic32->config.streams[i].life < WSS_PIC32_USED)
            return false;
    return true;
}

wss_result_t wss_pic32_listen(void *context, const wss_endpoint_t *where, uint16_t *port)
{
    wss_pic32_t *pic32 = context;
    wss_pic32_listener_t listener = {.anywhere = where->address == NULL};
    const uint8_t index = listener_at(pic32, 0);

    if (index == NO_LISTENER || all_taken(pic32))
        return WSS_ERR_FULL;
    if (!listener.anywhere && !wss_pic32_address_parse(where->address, &listener.address))
        return WSS_ERR_ADDRESS;
    if (where->port != 0 && listener_at(pic32, where->port) != NO_LISTENER)
        return WSS_ERR_ADDRESS;
    pic32->listeners[index] = listener;
    if (where->port == 0 ? !choose_port(pic32, index) : !try_port(pic32, index, where->port))
        return WSS_ERR_FULL;
    *port = pic32->listeners[index].port;
    return WSS_OK;
}

void wss_pic32_unlisten(void *context)
{
    wss_pic32_t *pic32 = context;

    for (uint8_t i = 0; i < WSS_PIC32_LISTENERS; i++)
        pic32->listeners[i].port = 0;
    for (uint8_t i = 0; i < pic32->config.stream_count; i++) {
        wss_pic32_stream_t *stream = &pic32->config.streams[i];
        if (stream->life == WSS_PIC32_IDLE)
            close_idle(stream);
        stream->listener = NO_LISTENER;
    }
}

void wss_pic32_accepting(void *context, bool on)
{
    wss_pic32_t *pic32 = context;

    pic32->accepting = on;
}

/* ------------------------------------------------------------------- connections */

/* Not always the same one first. */
static wss_pic32_stream_t *next_connection(wss_pic32_t *pic32)
{
    const uint8_t count = pic32->config.stream_count;

    for (uint8_t i = 0; i < count && pic32->accepting; i++) {
        const uint8_t index = (uint8_t)((pic32->accept_next + i) % count);
        if (has_connection(&pic32->config.streams[index]))
            return &pic32->config.streams[index];
    }
    return NULL;
}

bool wss_pic32_acceptable(wss_pic32_t *pic32)
{
    return next_connection(pic32) != NULL;
}

wss_stream_t *wss_pic32_accept(void *context, void *owner)
{
    wss_pic32_t *pic32 = context;
    wss_pic32_stream_t *stream = next_connection(pic32);

    if (stream == NULL)
        return NULL;
    pic32->accept_next = (uint8_t)(stream - pic32->config.streams + 1);
    wss_pic32_stream_use(stream, owner, WSS_PHASE_UP);
    wss_pic32_stream_up(stream);
    return &stream->base;
}
