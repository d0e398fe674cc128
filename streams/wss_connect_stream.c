/* SPDX-License-Identifier: MIT */
/*
 * The tunnel: sends the request and reads the answer. It must not know how the answer is
 * written.
 */
#include "wss_connect_head.h"

#include <string.h>

enum {
    PIECES = 13,
    PORT_TEXT = 8,
    READ = 128 /* bytes of the answer at a time */
};

static wss_stream_t *below_of(const wss_connect_stream_t *tunnel)
{
    return tunnel->prelude.upper.below;
}

static void fail(wss_connect_stream_t *tunnel, const char *reason)
{
    wss_prelude_fail(&tunnel->prelude, reason);
}

/* The words of the stream below with what they are about. */
static void fail_below(wss_connect_stream_t *tunnel)
{
    static const char before[] = "The way to the proxy failed: ";
    const char *why = below_of(tunnel)->ops->reason(below_of(tunnel));
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
    wss_stream_t *below = below_of(tunnel);
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
    wss_stream_t *below = below_of(tunnel);
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

static void read_answer(wss_connect_stream_t *tunnel)
{
    wss_stream_t *below = below_of(tunnel);
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
        wss_prelude_stand(&tunnel->prelude);
    else if (answer == WSS_CONNECT_NO)
        fail(tunnel, tunnel->head.reason);
}

static void go_on(wss_prelude_t *prelude)
{
    wss_connect_stream_t *tunnel = (wss_connect_stream_t *)prelude;
    const wss_phase_t below = below_of(tunnel)->ops->phase(below_of(tunnel));

    if (below == WSS_PHASE_FAILED) {
        fail_below(tunnel);
    } else if (below == WSS_PHASE_UP && !tunnel->asked) {
        prelude->phase = WSS_PHASE_LAYERING;
        send_request(tunnel);
    } else if (tunnel->asked) {
        read_answer(tunnel);
    }
}

/* ------------------------------------------------------------------------ birth */

/* Nothing in it may end a line or the authority. */
static bool host_is_sound(const char *host)
{
    const char *p = host;

    while (*p > ' ' && *p < 0x7F && strchr("/?#@\\[]", *p) == NULL)
        p++;
    return p != host && *p == '\0';
}

static void refuse_host(wss_prelude_t *prelude)
{
    wss_prelude_fail(prelude, "The host cannot be named to a proxy.");
}

void wss_connect_stream_begin(wss_connect_stream_t *tunnel, const wss_dial_t *whom,
                              const char *authorization)
{
    tunnel->host = whom->host;
    tunnel->authorization = authorization;
    tunnel->sent = 0;
    tunnel->port = whom->port;
    tunnel->asked = false;
    tunnel->head = (wss_connect_head_t){.reason = ""};
    wss_prelude_begin(&tunnel->prelude, host_is_sound(whom->host) ? go_on : refuse_host);
}
