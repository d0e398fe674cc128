/* SPDX-License-Identifier: MIT */
/*
 * What a response means (RFC 6455, 4.1): the hooks of the HTTP scanner, and the verdict at
 * the end of the head. Nothing of the response is stored; what is due is compared as it
 * comes. Syntax is the scanner's business.
 *
 * A head that breaks HTTP fails the handshake at once, one that breaks RFC 6455 at its end:
 * by then the application has seen all of it. An answer without an upgrade is no fault,
 * whatever its fields say.
 */
#include "wss_head.h"
#include "wss_session_core.h"

#if WSS_CFG_CLIENT

/* Fields that decide: a folded line would change what they say (RFC 9112, 5.2). */
enum {
    DECIDING_FIELDS = (1u << WSS_FIELD_CONNECTION) | (1u << WSS_FIELD_UPGRADE) |
                      (1u << WSS_FIELD_SEC_WEBSOCKET_ACCEPT) |
                      (1u << WSS_FIELD_SEC_WEBSOCKET_EXTENSIONS) |
                      (1u << WSS_FIELD_SEC_WEBSOCKET_PROTOCOL),
    ONCE = DECIDING_FIELDS & ~(1u << WSS_FIELD_CONNECTION)
};

static wss_handshake_t *shake_of(wss_conn_t *conn)
{
    return &conn->u.handshake;
}

static const wss_words_t upgrade = {&wss_head_words[WSS_HEAD_UPGRADE], 1, true};
static const wss_words_t websocket = {&wss_head_words[WSS_HEAD_WEBSOCKET], 1, true};

static wss_words_t protocols_of(const wss_conn_t *conn)
{
    return (wss_words_t){conn->target->protocols, conn->target->protocol_count, false};
}

static bool is_deciding(const wss_handshake_t *h)
{
    return ((DECIDING_FIELDS >> h->field) & 1u) != 0;
}

static void spoil(wss_handshake_t *h)
{
    h->flags |= WSS_SHAKE_SPOILED;
}

/* ---------------------------------------------------------------- the status line */

/* An upgrade needs HTTP/1.1 (RFC 9110, 7.8). */
void wss_response_version(wss_conn_t *conn, uint8_t digit)
{
    wss_handshake_t *h = shake_of(conn);
    bool major = h->position++ == 0;
    if (major ? digit != '1' : digit == '0')
        spoil(h);
}

void wss_response_status(wss_conn_t *conn, uint8_t digit)
{
    wss_handshake_t *h = shake_of(conn);
    h->number = (uint16_t)(h->number * 10 + (digit - '0'));
    wss_shake_begin(h);
}

/* ------------------------------------------------------------------------- fields */

static void begin_value(wss_conn_t *conn)
{
    wss_handshake_t *h = shake_of(conn);
    uint32_t bit = (uint32_t)1 << h->field;
    if ((h->seen & bit & ONCE) != 0)
        spoil(h);
    h->seen = (uint16_t)(h->seen | bit);
    wss_session_field(conn);
    wss_shake_begin(h);
}

bool wss_response_name(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    wss_field_read(shake_of(conn), bytes, length);
    return wss_head_tell(conn, WSS_HEAD_NAME, bytes, length);
}

#if !WSS_CFG_SMALL
bool wss_response_last_name(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    wss_field_read_last(shake_of(conn), bytes, length);
    begin_value(conn);
    return wss_head_tell(conn, WSS_HEAD_NAME, bytes, length);
}
#endif

void wss_response_name_end(wss_conn_t *conn)
{
    wss_field_end(shake_of(conn));
    begin_value(conn);
}

bool wss_response_fold(wss_conn_t *conn)
{
    return !is_deciding(shake_of(conn));
}

static void read_accept(wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++)
        if (h->position == WSS_ACCEPT_LENGTH || h->accept[h->position++] != (char)bytes[i])
            spoil(h);
}

static void note_option(wss_handshake_t *h, uint32_t found)
{
    if (found != 0)
        h->flags |= WSS_SHAKE_CONNECTION;
}

static void read_value(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    wss_handshake_t *h = shake_of(conn);
    const wss_words_t protocols = protocols_of(conn);
    switch (h->field) {
    case WSS_FIELD_CONNECTION: note_option(h, wss_tokens_read(h, &upgrade, bytes, length)); break;
    case WSS_FIELD_UPGRADE: wss_words_read(h, &websocket, bytes, length); break;
    case WSS_FIELD_SEC_WEBSOCKET_ACCEPT: read_accept(h, bytes, length); break;
    case WSS_FIELD_SEC_WEBSOCKET_PROTOCOL: wss_words_read(h, &protocols, bytes, length); break;
    case WSS_FIELD_SEC_WEBSOCKET_EXTENSIONS: spoil(h); break;
    default: break;
    }
}

bool wss_response_value(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    read_value(conn, bytes, length);
    wss_session_value(conn, bytes, length);
    return wss_head_tell(conn, WSS_HEAD_VALUE, bytes, length);
}

static void end_protocol(wss_conn_t *conn, wss_handshake_t *h)
{
    const wss_words_t protocols = protocols_of(conn);
    h->protocols = wss_words_found(h, &protocols);
    conn->protocol = wss_words_first(h->protocols);
    if (conn->protocol == 0)
        spoil(h);
}

bool wss_response_field_end(wss_conn_t *conn)
{
    wss_handshake_t *h = shake_of(conn);
    if (h->field == WSS_FIELD_CONNECTION)
        note_option(h, wss_tokens_part(h, &upgrade, ','));
    else if (h->field == WSS_FIELD_UPGRADE && wss_words_found(h, &websocket) != 0)
        h->flags |= WSS_SHAKE_UPGRADE;
    else if (h->field == WSS_FIELD_SEC_WEBSOCKET_ACCEPT && h->position != WSS_ACCEPT_LENGTH)
        spoil(h);
    else if (h->field == WSS_FIELD_SEC_WEBSOCKET_PROTOCOL)
        end_protocol(conn, h);
    wss_shake_begin(h);
    return wss_head_tell_end(conn);
}

/* ------------------------------------------------------------------ the verdict */

enum { SWITCHING_PROTOCOLS = 101, FINAL = 200 };

static bool upgrades(const wss_handshake_t *h)
{
    const unsigned needed = WSS_SHAKE_CONNECTION | WSS_SHAKE_UPGRADE;
    return (h->flags & (needed | WSS_SHAKE_SPOILED)) == needed &&
           wss_field_seen(h, WSS_FIELD_SEC_WEBSOCKET_ACCEPT);
}

/* After an interim response the next one comes (RFC 9110, 15.2); both share the limits. */
static void begin_next(wss_conn_t *conn)
{
    wss_handshake_t *h = shake_of(conn);
    h->flags &= WSS_SHAKE_TELL_HEAD;
    h->seen = 0;
    h->number = 0;
    h->position = 0;
    conn->protocol = 0;
    wss_scan_response_next(&h->scan);
}

static void agree(wss_conn_t *conn)
{
    const char *const *protocols = conn->target->protocols;
    conn->agreed = conn->protocol == 0 ? NULL : protocols[conn->protocol - 1];
}

static void finish(wss_conn_t *conn, unsigned *event)
{
    wss_handshake_t *h = shake_of(conn);
    if (h->number >= FINAL) {
        *event = WSS_EV_ANSWERED;
    } else if (h->number != SWITCHING_PROTOCOLS) {
        begin_next(conn);
    } else if (upgrades(h)) {
        agree(conn);
        *event = WSS_EV_UPGRADED;
    } else {
        *event = WSS_EV_BAD_RESPONSE;
    }
}

/* ---------------------------------------------------------------------- reading */

void wss_response_begin(wss_conn_t *conn)
{
    wss_handshake_t *h = shake_of(conn);
    const wss_scan_limits_t limits = wss_head_limits(conn->loop->config);
    *h = (wss_handshake_t){0};
    if (wss_handler_of(conn)->on_head != NULL)
        h->flags = WSS_SHAKE_TELL_HEAD;
    wss_scan_response_begin(&h->scan, &limits);
}

uint32_t wss_response_read(wss_conn_t *conn, const uint8_t *bytes, uint32_t length, unsigned *event)
{
    uint32_t taken;
    switch (wss_scan_response(conn, bytes, length, &taken)) {
    case WSS_SCAN_COMPLETE: finish(conn, event); return taken;
    case WSS_SCAN_MORE:
    case WSS_SCAN_STOPPED: break;
    default: *event = WSS_EV_BAD_RESPONSE; break;
    }
    return length;
}

int wss_status_now(const wss_conn_t *conn)
{
    if (!wss_is_client(conn))
        return 0;
    if ((conn->flags & WSS_CONN_OPENED) != 0)
        return SWITCHING_PROTOCOLS;
    return conn->u.handshake.number >= 100 ? conn->u.handshake.number : 0;
}

int wss_status(const wss_conn_t *conn)
{
    wss_enter(conn->loop);
    int status = wss_status_now(conn);
    wss_leave(conn->loop);
    return status;
}
#endif
