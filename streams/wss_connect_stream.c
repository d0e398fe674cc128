/* SPDX-License-Identifier: MIT */
/*
 * The tunnel: sends the request, reads the answer, then passes everything on. It must not
 * know how the answer is written.
 */
#include "wss_connect_head.h"

#include <string.h>

enum {
    PIECES = 13,
    PORT_TEXT = 8,
    READ = 128 /* bytes of the answer at a time */
};

static wss_connect_stream_t *self(wss_stream_t *base)
{
    return (wss_connect_stream_t *)base;
}

static bool up(const wss_connect_stream_t *tunnel)
{
    return tunnel->phase == WSS_PHASE_UP;
}

static void fail(wss_connect_stream_t *tunnel, const char *reason)
{
    tunnel->phase = WSS_PHASE_FAILED;
    tunnel->head.reason = reason;
    tunnel->below->ops->watch(tunnel->below, 0);
}

/* The words of the stream below with what they are about. */
static void fail_below(wss_connect_stream_t *tunnel)
{
    static const char before[] = "The way to the proxy failed: ";
    const char *why = tunnel->below->ops->reason(tunnel->below);
    char *text = tunnel->head.text;
    size_t length = strlen(why);

    if (length == 0) {
        fail(tunnel, "The way to the proxy failed.");
        return;
    }
    if (length > sizeof tunnel->head.text - sizeof before)
        length = sizeof tunnel->head.text - sizeof before;
    memcpy(text, before, sizeof before - 1);
    memcpy(text + sizeof before - 1, why, length);
    text[sizeof before - 1 + length] = '\0';
    fail(tunnel, text);
}

/* ------------------------------------------------------------------ the request */

/* ":443" and the like. */
static void write_port(uint16_t port, char text[PORT_TEXT])
{
    unsigned divisor = 10000;

    while (divisor > 1 && port / divisor == 0)
        divisor /= 10;
    *text++ = ':';
    for (; divisor > 0; divisor /= 10)
        *text++ = (char)('0' + port / divisor % 10);
    *text = '\0';
}

static void write_pieces(const wss_connect_stream_t *tunnel, const char *port,
                         const char *pieces[PIECES])
{
    const bool v6 = strchr(tunnel->host, ':') != NULL;
    const bool authorized = tunnel->authorization != NULL && tunnel->authorization[0] != '\0';
    const char *const authority[4] = {v6 ? "[" : "", tunnel->host, v6 ? "]" : "", port};

    pieces[0] = "CONNECT ";
    memcpy(&pieces[1], authority, sizeof authority);
    pieces[5] = " HTTP/1.1\r\nHost: ";
    memcpy(&pieces[6], authority, sizeof authority);
    pieces[10] = authorized ? "\r\nProxy-Authorization: " : "";
    pieces[11] = authorized ? tunnel->authorization : "";
    pieces[12] = "\r\n\r\n";
}

/* Sends the rest of a piece. Returns how much is left of it, or a negative result. */
static int32_t send_piece(wss_connect_stream_t *tunnel, const char *piece, uint32_t length)
{
    wss_stream_t *below = tunnel->below;
    const uint32_t room = below->ops->room(below);
    const int32_t count =
        below->ops->send(below, (const uint8_t *)piece, length < room ? length : room);

    if (count < 0)
        return count;
    tunnel->sent += (uint32_t)count;
    return (int32_t)(length - (uint32_t)count);
}

static void send_request(wss_connect_stream_t *tunnel)
{
    wss_stream_t *below = tunnel->below;
    const char *pieces[PIECES];
    char port[PORT_TEXT];
    uint32_t skip = tunnel->sent;
    int32_t left = 0;

    write_port(tunnel->port, port);
    write_pieces(tunnel, port, pieces);
    for (unsigned i = 0; i < PIECES && left == 0; i++) {
        const uint32_t length = (uint32_t)strlen(pieces[i]);
        const uint32_t done = skip < length ? skip : length;
        skip -= done;
        if (done < length)
            left = send_piece(tunnel, pieces[i] + done, length - done);
    }
    if (left < 0 || below->ops->flush(below) < 0) {
        fail_below(tunnel);
        return;
    }
    tunnel->asked = left == 0;
    below->ops->watch(below, tunnel->asked ? WSS_READY_READ : WSS_READY_WRITE);
}

/* ------------------------------------------------------------------- the answer */

static void stand(wss_connect_stream_t *tunnel)
{
    tunnel->phase = WSS_PHASE_UP;
    tunnel->below->ops->watch(tunnel->below, tunnel->watched);
    if (tunnel->finishing)
        tunnel->below->ops->finish(tunnel->below);
}

static void read_answer(wss_connect_stream_t *tunnel)
{
    wss_stream_t *below = tunnel->below;
    uint8_t bytes[READ];
    uint32_t used = 0;
    const int32_t count = below->ops->recv(below, bytes, sizeof bytes);

    if (count == WSS_ERR_EOF)
        fail(tunnel, "The proxy closed the connection before it answered.");
    else if (count < 0)
        fail_below(tunnel);
    if (count <= 0)
        return;
    const wss_connect_answer_t answer =
        wss_connect_head_read(&tunnel->head, bytes, (uint32_t)count, &used);
    below->ops->consume(below, used, bytes + used);
    if (answer == WSS_CONNECT_TUNNEL)
        stand(tunnel);
    else if (answer == WSS_CONNECT_NO)
        fail(tunnel, tunnel->head.reason);
}

/* One thing at a time, so that each phase is seen. */
static void go_on(wss_connect_stream_t *tunnel)
{
    const wss_phase_t below = tunnel->below->ops->phase(tunnel->below);

    if (below == WSS_PHASE_FAILED) {
        fail_below(tunnel);
    } else if (below == WSS_PHASE_UP && !tunnel->asked) {
        tunnel->phase = WSS_PHASE_LAYERING;
        send_request(tunnel);
    } else if (tunnel->asked) {
        read_answer(tunnel);
    }
}

unsigned wss_connect_stream_ready(wss_connect_stream_t *tunnel, unsigned what)
{
    const uint8_t before = tunnel->phase;
    unsigned report = 0;

    if (up(tunnel) && !tunnel->announce)
        return what & tunnel->watched;
    if (!up(tunnel) && tunnel->phase != WSS_PHASE_FAILED && what != 0)
        go_on(tunnel);
    if (tunnel->phase != before || tunnel->announce)
        report = WSS_READY_PHASE;
    tunnel->announce = false;
    return tunnel->phase == WSS_PHASE_FAILED ? report | tunnel->watched : report;
}

bool wss_connect_stream_owes(const wss_connect_stream_t *tunnel)
{
    return tunnel->below != NULL &&
           (tunnel->announce || (tunnel->phase == WSS_PHASE_FAILED && tunnel->watched != 0));
}

/* ------------------------------------------------------------------- operations */

static wss_phase_t phase(wss_stream_t *base)
{
    return (wss_phase_t)self(base)->phase;
}

static int32_t receive(wss_stream_t *base, uint8_t *buffer, uint32_t capacity)
{
    wss_connect_stream_t *tunnel = self(base);

    if (up(tunnel))
        return tunnel->below->ops->recv(tunnel->below, buffer, capacity);
    return tunnel->phase == WSS_PHASE_FAILED ? WSS_ERR_NETWORK : 0;
}

static void consume(wss_stream_t *base, uint32_t count, const uint8_t *rest)
{
    if (up(self(base)))
        self(base)->below->ops->consume(self(base)->below, count, rest);
}

static uint32_t room(wss_stream_t *base)
{
    return up(self(base)) ? self(base)->below->ops->room(self(base)->below) : 0;
}

static int32_t transmit(wss_stream_t *base, const uint8_t *data, uint32_t length)
{
    wss_connect_stream_t *tunnel = self(base);

    if (up(tunnel))
        return tunnel->below->ops->send(tunnel->below, data, length);
    if (tunnel->phase == WSS_PHASE_FAILED)
        return WSS_ERR_NETWORK;
    return tunnel->finishing ? WSS_ERR_CLOSED : 0;
}

static wss_result_t flush(wss_stream_t *base)
{
    wss_connect_stream_t *tunnel = self(base);

    if (up(tunnel))
        return tunnel->below->ops->flush(tunnel->below);
    return tunnel->phase == WSS_PHASE_FAILED ? WSS_ERR_NETWORK : WSS_OK;
}

static uint32_t pending(wss_stream_t *base)
{
    return up(self(base)) ? self(base)->below->ops->pending(self(base)->below) : 0;
}

static void watch(wss_stream_t *base, unsigned what)
{
    wss_connect_stream_t *tunnel = self(base);

    tunnel->watched = (uint8_t)(what & (WSS_READY_READ | WSS_READY_WRITE));
    if (up(tunnel))
        tunnel->below->ops->watch(tunnel->below, what);
}

static void finish(wss_stream_t *base)
{
    wss_connect_stream_t *tunnel = self(base);

    tunnel->finishing = true;
    if (up(tunnel))
        tunnel->below->ops->finish(tunnel->below);
}

static void release(wss_stream_t *base, bool reset)
{
    wss_stream_t *below = self(base)->below;

    self(base)->below = NULL;
    below->ops->release(below, reset);
}

static const char *reason(wss_stream_t *base)
{
    wss_connect_stream_t *tunnel = self(base);

    if (tunnel->phase == WSS_PHASE_FAILED)
        return tunnel->head.reason;
    return up(tunnel) ? tunnel->below->ops->reason(tunnel->below) : "";
}

/* The proxy's: the far end is not known. */
static void peer(wss_stream_t *base, char *buffer, size_t capacity)
{
    self(base)->below->ops->peer(self(base)->below, buffer, capacity);
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

/* ------------------------------------------------------------------------ birth */

/* Nothing in it may end a line or the authority. */
static bool host_is_sound(const char *host)
{
    const char *p = host;

    while (*p > ' ' && *p < 0x7F && strchr("/?#@\\[]", *p) == NULL)
        p++;
    return p != host && *p == '\0';
}

void wss_connect_stream_init(wss_connect_stream_t *tunnel, wss_stream_t *below,
                             const wss_dial_t *whom, const char *authorization, void *owner)
{
    *tunnel = (wss_connect_stream_t){
        .base = {.ops = &operations, .owner = owner},
        .below = below,
        .host = whom->host,
        .authorization = authorization,
        .port = whom->port,
        .phase = WSS_PHASE_CONNECTING,
        .watched = WSS_READY_READ,
        .head = {.reason = ""},
    };
    below->owner = tunnel;
    if (!host_is_sound(whom->host))
        fail(tunnel, "The host cannot be named to a proxy.");
    else
        go_on(tunnel);
    tunnel->announce = tunnel->phase != WSS_PHASE_CONNECTING;
}
