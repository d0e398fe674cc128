/* SPDX-License-Identifier: MIT */
/*
 * What a request means (RFC 6455, 4.2.1): the hooks of the HTTP scanner, and the verdict
 * at the end of the head. Nothing is stored but the key; all else is compared as it
 * comes. Syntax is the scanner's business, answers are wss_reply.c's.
 *
 * Of several faults the first that shows is answered, with three exceptions: a wrong
 * HTTP version outweighs all others, a server that is full says so first, and what
 * only an upgrade needs is looked at only where one is asked for.
 */
#include "wss_head.h"

#if WSS_CFG_SERVER

enum { GET, HEAD };
static const char *const method_words[] = {[GET] = "GET", [HEAD] = "HEAD"};
static const wss_words_t methods = {method_words, 2, false};

static wss_handshake_t *shake_of(wss_conn_t *conn)
{
    return &conn->u.handshake;
}

static wss_words_t paths_of(const wss_conn_t *conn)
{
    const wss_config_t *config = conn->loop->config;
    return (wss_words_t){config->paths, config->path_count, false};
}

/* ----------------------------------------------------------- the request line */

bool wss_request_method(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    wss_handshake_t *h = shake_of(conn);
    wss_words_read(h, &methods, bytes, length);
    return true;
}

/* HEAD is GET without the body, where there are pages at all (RFC 9110, 9.3.2). */
void wss_request_method_end(wss_conn_t *conn)
{
    wss_handshake_t *h = shake_of(conn);
    uint32_t method = wss_words_found(h, &methods);
    if (method == 1u << HEAD)
        h->flags |= WSS_SHAKE_HEAD_METHOD;
    if (method == 0 || (method != 1u << GET && wss_handler_of(conn)->on_page == NULL))
        wss_shake_reject(h, WSS_REJECT_METHOD_NOT_ALLOWED);
    wss_shake_begin(h);
}

bool wss_request_authority(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    wss_handshake_t *h = shake_of(conn);
    h->flags |= WSS_SHAKE_AUTHORITY;
    wss_authority_read(h, bytes, length);
    return true;
}

bool wss_request_path(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    wss_handshake_t *h = shake_of(conn);
    wss_words_t paths = paths_of(conn);
    wss_words_read(h, &paths, bytes, length);
    return wss_head_tell(conn, WSS_HEAD_PATH, bytes, length);
}

static void route(wss_conn_t *conn)
{
    wss_handshake_t *h = shake_of(conn);
    wss_words_t paths = paths_of(conn);
    if (paths.words == NULL)
        return;
    conn->path = wss_words_first(wss_words_found(h, &paths));
    if (conn->path == 0)
        wss_shake_reject_upgrade(h, WSS_REJECT_NOT_FOUND);
}

bool wss_request_path_end(wss_conn_t *conn)
{
    wss_handshake_t *h = shake_of(conn);
    static const uint8_t root[] = {'/'};
    if (h->position == 0 && !wss_request_path(conn, root, sizeof root))
        return false;
    if ((h->flags & WSS_SHAKE_AUTHORITY) != 0 && !wss_authority_end(h))
        wss_shake_reject(h, WSS_REJECT_MALFORMED);
    route(conn);
    return wss_head_tell_end(conn);
}

bool wss_request_query(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    return wss_head_tell(conn, WSS_HEAD_QUERY, bytes, length);
}

bool wss_request_query_end(wss_conn_t *conn)
{
    return wss_head_tell_end(conn);
}

void wss_request_no_path(wss_conn_t *conn)
{
    wss_shake_reject(shake_of(conn), WSS_REJECT_MALFORMED);
}

void wss_request_major(wss_conn_t *conn, uint8_t digit)
{
    shake_of(conn)->number = digit;
}

/* Minor versions above 1 are treated as 1.1 (RFC 9110, 6.2). */
void wss_request_minor(wss_conn_t *conn, uint8_t digit)
{
    wss_handshake_t *h = shake_of(conn);
    if (h->number > '1')
        h->rejection = WSS_REJECT_HTTP_VERSION_NEW + 1;
    else if (h->number == '0' || digit == '0')
        h->rejection = WSS_REJECT_HTTP_VERSION_OLD + 1;
    wss_shake_begin(h);
}

/* ------------------------------------------------------------------- fields */

bool wss_request_name(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    wss_field_read(shake_of(conn), bytes, length);
    return wss_head_tell(conn, WSS_HEAD_NAME, bytes, length);
}

#if !WSS_CFG_SMALL
bool wss_request_last_name(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    wss_handshake_t *h = shake_of(conn);
    wss_field_read_last(h, bytes, length);
    if (h->field != WSS_FIELD_UNKNOWN)
        wss_value_begin(conn);
    return wss_head_tell(conn, WSS_HEAD_NAME, bytes, length);
}
#endif

void wss_request_name_end(wss_conn_t *conn)
{
    wss_field_end(shake_of(conn));
    wss_value_begin(conn);
}

bool wss_request_value(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    wss_handshake_t *h = shake_of(conn);
    if (h->field != WSS_FIELD_UNKNOWN)
        wss_value_read(conn, bytes, length);
    return wss_head_tell(conn, WSS_HEAD_VALUE, bytes, length);
}

bool wss_request_field_end(wss_conn_t *conn)
{
    wss_handshake_t *h = shake_of(conn);
    if (h->field != WSS_FIELD_UNKNOWN)
        wss_value_end(conn);
    wss_shake_begin(h);
    return wss_head_tell_end(conn);
}

/* ------------------------------------------------------------------ the verdict */

/* What an upgrade lacks. */
static void check_upgrade(wss_handshake_t *h)
{
    if ((h->flags & WSS_SHAKE_CONNECTION) == 0)
        wss_shake_reject_upgrade(h, WSS_REJECT_CONNECTION_MISSING);
    if (!wss_field_seen(h, WSS_FIELD_SEC_WEBSOCKET_VERSION))
        wss_shake_reject_upgrade(h, WSS_REJECT_VERSION_INVALID);
    if (!wss_field_seen(h, WSS_FIELD_SEC_WEBSOCKET_KEY))
        wss_shake_reject_upgrade(h, WSS_REJECT_KEY_INVALID);
    if ((h->flags & WSS_SHAKE_HEAD_METHOD) != 0)
        wss_shake_reject(h, WSS_REJECT_METHOD_NOT_ALLOWED);
    if (h->upgrade_rejection != 0)
        wss_shake_reject(h, (wss_rejection_t)(h->upgrade_rejection - 1));
}

static unsigned finish(wss_conn_t *conn)
{
    wss_handshake_t *h = shake_of(conn);
    bool upgrade = (h->flags & WSS_SHAKE_UPGRADE) != 0;
    if ((conn->flags & WSS_CONN_OVERLOAD) != 0)
        h->rejection = WSS_REJECT_UNAVAILABLE + 1;
    if (!wss_field_seen(h, WSS_FIELD_HOST))
        wss_shake_reject(h, WSS_REJECT_HOST_INVALID);
    if (upgrade)
        check_upgrade(h);
    /* The order of the configuration counts, not that of the offer. */
    conn->protocol = wss_words_first(h->protocols);
    if (h->rejection != 0)
        return WSS_EV_BAD_REQUEST;
    return upgrade ? WSS_EV_REQUEST : WSS_EV_PAGE;
}

/* ---------------------------------------------------------------------- reading */

void wss_request_begin(wss_conn_t *conn)
{
    wss_scan_limits_t limits = wss_head_limits(conn->loop->config);
    wss_handshake_t *h = shake_of(conn);
    *h = (wss_handshake_t){.word_match = WSS_WORDS_ALL};
    if (wss_handler_of(conn)->on_head != NULL)
        h->flags = WSS_SHAKE_TELL_HEAD;
    wss_scan_request_begin(&h->scan, &limits);
}

/* Reading ends here, within the head. */
static unsigned fail(wss_conn_t *conn, wss_rejection_t rejection)
{
    shake_of(conn)->rejection = (uint8_t)(rejection + 1);
    return WSS_EV_BAD_REQUEST;
}

uint32_t wss_request_read(wss_conn_t *conn, const uint8_t *bytes, uint32_t length, unsigned *event)
{
    uint32_t taken;
    shake_of(conn)->flags |= WSS_SHAKE_BEGUN;
    switch (wss_scan_request(conn, bytes, length, &taken)) {
    case WSS_SCAN_COMPLETE: *event = finish(conn); return taken;
    case WSS_SCAN_MALFORMED: *event = fail(conn, WSS_REJECT_MALFORMED); break;
    case WSS_SCAN_NO_VERSION: *event = fail(conn, WSS_REJECT_HTTP_VERSION_OLD); break;
    case WSS_SCAN_LINE_TOO_LONG: *event = fail(conn, WSS_REJECT_TARGET_TOO_LONG); break;
    case WSS_SCAN_FIELDS_TOO_LARGE: *event = fail(conn, WSS_REJECT_FIELDS_TOO_LARGE); break;
    case WSS_SCAN_MORE:
    case WSS_SCAN_STOPPED: break;
    }
    return length;
}

bool wss_guard_request_begun(const wss_conn_t *conn)
{
    return (conn->u.handshake.flags & WSS_SHAKE_BEGUN) != 0;
}
#endif
