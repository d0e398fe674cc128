/* SPDX-License-Identifier: MIT */
/*
 * A stream as the engine sees it, and its end. It must not know how connections come about.
 *
 * lwIP frees a connection in TIME-WAIT when it likes, and says nothing. So a connection is given
 * to lwIP for good as soon as both sides have ended and nothing waits for an acknowledgement.
 */
#include "wss_lwip_internal.h"

#include <string.h>

enum {
    RETRY_MS = 20, /* when lwIP had no memory for what waits */
    TEXT = 64      /* an address and a port */
};

static wss_lwip_stream_t *self(wss_stream_t *base)
{
    return (wss_lwip_stream_t *)base;
}

static bool is_broken(const wss_lwip_stream_t *stream)
{
    return stream->phase == WSS_PHASE_FAILED || stream->socket.lost != ERR_OK;
}

/* ------------------------------------------------------------------ receiving */

/* It may change at any time, and is seen to in wait(). */
static wss_phase_t phase(wss_stream_t *base)
{
    return (wss_phase_t)self(base)->told;
}

static int32_t receive(wss_stream_t *base, uint8_t *buffer, uint32_t capacity)
{
    const wss_lwip_stream_t *stream = self(base);

    if (stream->socket.received != NULL)
        return wss_lwip_socket_peek(&stream->socket, buffer, capacity);
    if (is_broken(stream))
        return WSS_ERR_NETWORK;
    return stream->socket.ended ? WSS_ERR_EOF : 0;
}

static void consume(wss_stream_t *base, uint32_t count, const uint8_t *rest)
{
    (void)rest;
    if (count > 0)
        wss_lwip_socket_discard(&self(base)->socket, (uint16_t)count);
}

/* -------------------------------------------------------------------- sending */

static uint32_t room(wss_stream_t *base)
{
    const wss_lwip_stream_t *stream = self(base);

    return stream->finishing || is_broken(stream) ? 0 : wss_lwip_send_room(stream);
}

static int32_t transmit(wss_stream_t *base, const uint8_t *data, uint32_t length)
{
    wss_lwip_stream_t *stream = self(base);

    if (is_broken(stream))
        return WSS_ERR_NETWORK;
    if (stream->finishing)
        return WSS_ERR_CLOSED;
    return wss_lwip_send_put(stream, data, length);
}

static uint32_t pending(wss_stream_t *base)
{
    const wss_lwip_stream_t *stream = self(base);

    return (uint32_t)stream->written + stream->waiting;
}

static wss_result_t flush(wss_stream_t *base)
{
    wss_lwip_stream_t *stream = self(base);

    if (is_broken(stream))
        return WSS_ERR_NETWORK;
    wss_lwip_stream_event(stream);
    return pending(base) > 0 ? WSS_WOULD_BLOCK : WSS_OK;
}

static void finish(wss_stream_t *base)
{
    self(base)->finishing = true;
    wss_lwip_stream_event(self(base));
}

/* --------------------------------------------------------------------- the end */

static const char *loss(int8_t error)
{
    return error == ERR_RST ? "The connection was reset."
                            : "The peer stopped answering, or lwIP ran out of connections.";
}

/* lwIP has dropped the connection. */
static void take_loss(wss_lwip_stream_t *stream)
{
    const int8_t error = stream->socket.lost;

    wss_lwip_send_forget(stream);
    if (stream->life == WSS_LWIP_LINGERS)
        stream->life = WSS_LWIP_FREE;
    else if (stream->phase == WSS_PHASE_CONNECTING)
        wss_lwip_stream_fail(stream, wss_lwip_dial_failure(error));
    else if (stream->phase == WSS_PHASE_UP)
        stream->reason = loss(error);
}

/* Both sides have ended it, or we have and want nothing more of it. Unread bytes would make
 * lwIP reset it. */
static void let_go(wss_lwip_stream_t *stream)
{
    wss_lwip_socket_t *socket = &stream->socket;

    if (socket->received != NULL)
        tcp_recved(socket->pcb, socket->received->tot_len);
    (void)tcp_close(wss_lwip_socket_detach(socket));
    if (stream->life == WSS_LWIP_LINGERS)
        stream->life = WSS_LWIP_FREE;
}

void wss_lwip_stream_event(wss_lwip_stream_t *stream)
{
    wss_lwip_socket_t *socket = &stream->socket;

    if (socket->pcb == NULL) {
        if (socket->lost != ERR_OK)
            take_loss(stream);
        return;
    }
    if (stream->phase != WSS_PHASE_UP)
        return;
    wss_lwip_send_push(stream);
    if (stream->finishing && !stream->finished && stream->waiting == 0) {
        (void)tcp_shutdown(socket->pcb, 0, 1);
        stream->finished = true;
    }
    if (stream->finished && stream->written == 0 &&
        (socket->ended || stream->life == WSS_LWIP_LINGERS))
        let_go(stream);
}

static void linger(wss_lwip_stream_t *stream)
{
    if (sys_now() - stream->since < stream->socket.lwip->config.linger_ms)
        return;
    wss_lwip_socket_abort(&stream->socket);
    stream->life = WSS_LWIP_FREE;
}

static void release(wss_stream_t *base, bool reset)
{
    wss_lwip_stream_t *stream = self(base);

    stream->host = NULL;
    if (reset || stream->socket.pcb == NULL || stream->phase != WSS_PHASE_UP) {
        wss_lwip_socket_abort(&stream->socket);
        stream->life = WSS_LWIP_FREE;
        return;
    }
    wss_lwip_socket_discard_all(&stream->socket);
    stream->life = WSS_LWIP_LINGERS;
    stream->finishing = true;
    stream->since = sys_now();
    wss_lwip_stream_event(stream);
}

/* -------------------------------------------------------------------- reports */

static void watch(wss_stream_t *base, unsigned what)
{
    self(base)->watched = (uint8_t)(what & (WSS_READY_READ | WSS_READY_WRITE));
}

static bool has_room(const wss_lwip_stream_t *stream)
{
    return stream->written + stream->waiting == 0 || (stream->grown && !stream->finishing);
}

static unsigned readiness(const wss_lwip_stream_t *stream)
{
    const wss_lwip_socket_t *socket = &stream->socket;

    if (stream->phase < WSS_PHASE_UP)
        return 0;
    if (is_broken(stream))
        return WSS_READY_READ | WSS_READY_WRITE;
    const unsigned what = has_room(stream) ? WSS_READY_WRITE : 0u;
    return socket->received != NULL || socket->ended ? what | WSS_READY_READ : what;
}

static void connecting(wss_lwip_stream_t *stream)
{
    if (sys_now() - stream->since < stream->socket.lwip->config.connect_ms)
        return;
    wss_lwip_stream_fail(stream, stream->host != NULL ? "The host name was not looked up in time."
                                                      : "The peer does not answer.");
}

unsigned wss_lwip_stream_poll(wss_lwip_stream_t *stream)
{
    if (stream->life == WSS_LWIP_FREE)
        return 0;
    if (stream->phase == WSS_PHASE_CONNECTING)
        connecting(stream);
    else if (stream->waiting > 0)
        wss_lwip_stream_event(stream);
    if (stream->life == WSS_LWIP_LINGERS)
        linger(stream);
    if (stream->life != WSS_LWIP_USED)
        return 0;
    unsigned what = readiness(stream) & stream->watched;
    if ((what & WSS_READY_WRITE) != 0)
        stream->grown = false;
    what |= stream->told != stream->phase ? WSS_READY_PHASE : 0u;
    stream->told = stream->phase;
    return what;
}

static uint32_t left(const wss_lwip_stream_t *stream, uint32_t limit)
{
    const uint32_t passed = sys_now() - stream->since;

    return passed < limit ? limit - passed : 0;
}

uint32_t wss_lwip_stream_deadline(const wss_lwip_stream_t *stream)
{
    const wss_lwip_config_t *config = &stream->socket.lwip->config;

    if (stream->life == WSS_LWIP_FREE)
        return WSS_FOREVER;
    if (stream->phase == WSS_PHASE_CONNECTING)
        return left(stream, config->connect_ms);
    if (stream->waiting > 0 && stream->written == 0)
        return RETRY_MS;
    return stream->life == WSS_LWIP_LINGERS ? left(stream, config->linger_ms) : WSS_FOREVER;
}

/* ----------------------------------------------------------------------- life */

static const char *reason(wss_stream_t *base)
{
    return self(base)->reason;
}

/* RFC 5952, 4.3: lower case. */
static void write_address(const wss_lwip_stream_t *stream, char *text, int size)
{
    if (ipaddr_ntoa_r(&stream->address, text, size) == NULL)
        text[0] = '\0';
    for (; *text != '\0'; text++)
        if (*text >= 'A' && *text <= 'F')
            *text = (char)(*text + ('a' - 'A'));
}

/* A colon and the number, terminated. */
static void write_port(char *text, unsigned port)
{
    char digits[5];
    unsigned count = 0;

    *text++ = ':';
    do {
        digits[count++] = (char)('0' + (char)(port % 10));
        port /= 10;
    } while (port > 0);
    while (count > 0)
        *text++ = digits[--count];
    *text = '\0';
}

static void peer(wss_stream_t *base, char *buffer, size_t capacity)
{
    const wss_lwip_stream_t *stream = self(base);
    const bool brackets = IP_IS_V6(&stream->address);
    char text[TEXT] = "[";

    if (capacity == 0)
        return;
    write_address(stream, text + brackets, TEXT - (int)sizeof "]:65535");
    char *end = text + strlen(text);
    if (brackets)
        *end++ = ']';
    write_port(end, stream->port);
    text[capacity < TEXT ? capacity - 1 : TEXT - 1] = '\0';
    memcpy(buffer, text, strlen(text) + 1);
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

/* Not always the same one first: what a driver may still have of the last connection is sent
 * by then. */
wss_lwip_stream_t *wss_lwip_stream_find(const wss_lwip_t *lwip)
{
    const uint8_t count = lwip->config.stream_count;

    for (uint8_t i = 0; i < count; i++) {
        const uint8_t index = (uint8_t)((lwip->next_stream + i) % count);
        if (lwip->config.streams[index].life == WSS_LWIP_FREE)
            return &lwip->config.streams[index];
    }
    return NULL;
}

void wss_lwip_stream_use(wss_lwip_stream_t *stream, void *owner, wss_phase_t phase)
{
    wss_lwip_t *lwip = stream->socket.lwip;

    lwip->next_stream = (uint8_t)((stream - lwip->config.streams + 1) % lwip->config.stream_count);
    *stream = (wss_lwip_stream_t){
        .base = {.ops = &operations, .owner = owner},
        .reason = "",
        .ring = stream->ring,
        .life = WSS_LWIP_USED,
        .phase = (uint8_t)phase,
        .told = (uint8_t)phase,
        .watched = WSS_READY_READ,
    };
    wss_lwip_socket_begin(&stream->socket, lwip, stream);
}

void wss_lwip_stream_up(wss_lwip_stream_t *stream)
{
    stream->phase = WSS_PHASE_UP;
    wss_lwip_stream_event(stream);
}

void wss_lwip_stream_fail(wss_lwip_stream_t *stream, const char *reason)
{
    wss_lwip_socket_abort(&stream->socket);
    wss_lwip_send_forget(stream);
    stream->phase = WSS_PHASE_FAILED;
    stream->reason = reason;
    stream->host = NULL;
}
