/* SPDX-License-Identifier: MIT */
/*
 * Connecting (RFC 6455, 4.1): checks what the application asks for, opens the stream and
 * writes the request. All that is sent is checked before anything is opened. What comes
 * back is wss_response.c's business.
 */
#include "wss_session_core.h"
#include "wss_handshake.h"
#include "wss_headers.h"
#include "wss_url_host.h"

#if WSS_CFG_CLIENT

enum { HTTP_PORT = 80, HTTPS_PORT = 443, PROTOCOLS_MAX = 32 };

/* ------------------------------------------------------------------ the request */

static uint16_t default_port(const wss_target_t *target)
{
    return target->secure ? HTTPS_PORT : HTTP_PORT;
}

static uint16_t port_of(const wss_target_t *target)
{
    return target->port != 0 ? target->port : default_port(target);
}

/* A zone means nothing to the server (RFC 6874, 4). */
static size_t address_length(const char *host)
{
    const char *zone = strchr(host, '%');
    return zone != NULL ? (size_t)(zone - host) : strlen(host);
}

static bool is_ipv6(const char *host)
{
    return strchr(host, ':') != NULL;
}

/* RFC 9110, 7.2: as in the URL, the default port left out. */
static void write_host(wss_writer_t *writer, const wss_target_t *target)
{
    wss_write_text(writer, "Host: ");
    if (target->host_header != NULL) {
        wss_write_text(writer, target->host_header);
    } else {
        if (is_ipv6(target->host)) {
            wss_write_text(writer, "[");
            wss_write_bytes(writer, target->host, address_length(target->host));
            wss_write_text(writer, "]");
        } else {
            wss_write_text(writer, target->host);
        }
        if (port_of(target) != default_port(target)) {
            wss_write_text(writer, ":");
            wss_write_number(writer, port_of(target));
        }
    }
    wss_write_text(writer, "\r\n");
}

static void write_protocols(wss_writer_t *writer, const wss_target_t *target)
{
    for (unsigned i = 0; i < target->protocol_count; i++) {
        wss_write_text(writer, i == 0 ? "Sec-WebSocket-Protocol: " : ", ");
        wss_write_text(writer, target->protocols[i]);
    }
    if (target->protocol_count > 0)
        wss_write_text(writer, "\r\n");
}

static void write_request(wss_writer_t *writer, const wss_target_t *target,
                          const char key[WSS_KEY_LENGTH])
{
    wss_write_text(writer, "GET ");
    wss_write_text(writer, target->resource != NULL ? target->resource : "/");
    wss_write_text(writer, " HTTP/1.1\r\n");
    write_host(writer, target);
    wss_write_text(writer, "Upgrade: websocket\r\n"
                           "Connection: Upgrade\r\n"
                           "Sec-WebSocket-Key: ");
    wss_write_bytes(writer, key, WSS_KEY_LENGTH);
    wss_write_text(writer, "\r\nSec-WebSocket-Version: 13\r\n");
    if (target->origin != NULL)
        wss_write_line(writer, "Origin: ", target->origin);
    write_protocols(writer, target);
    (void)wss_write_rest(writer, target->headers, target->header_count);
}

/* A fresh key, and the answer that it is to bring. */
static wss_result_t make_key(wss_conn_t *conn, char key[WSS_KEY_LENGTH])
{
    const wss_crypto_t *crypto = conn->loop->config->crypto;
    wss_result_t result = crypto->make_key(crypto->context, key);
    if (result == WSS_OK)
        result = crypto->accept_key(crypto->context, key, conn->u.handshake.accept);
    return result;
}

void wss_act_send_request(wss_conn_t *conn)
{
    wss_writer_t writer;
    char key[WSS_KEY_LENGTH];
    wss_response_begin(conn);
    if (make_key(conn, key) != WSS_OK) {
        wss_blame(conn, WSS_REASON_ENTROPY_FAILED);
        (void)wss_step(conn, WSS_EV_ABORT, NULL);
        return;
    }
    wss_write_begin(&writer, conn);
    write_request(&writer, conn->target, key);
}

/* ------------------------------------------------------------------- the checks */

static bool is_authority(const char *text)
{
    wss_handshake_t h = {0};
    wss_authority_read(&h, (const uint8_t *)text, (uint32_t)strlen(text));
    return wss_authority_end(&h);
}

/* A name or an IPv4 address; or an IPv6 address without brackets, perhaps with a zone. */
static bool is_host(const char *host)
{
    if (is_ipv6(host))
        return wss_url_is_ipv6(host, host + address_length(host)) && wss_text_is_value(host);
    return host[0] != '[' && is_authority(host);
}

static wss_result_t check_host(const wss_target_t *target)
{
    if (target->host == NULL || target->host[0] == '\0')
        return WSS_ERR_ARGUMENT;
    bool good = target->host_header == NULL || is_authority(target->host_header);
    return good && is_host(target->host) ? WSS_OK : WSS_ERR_TEXT;
}

/* Without a fragment (RFC 6455, 3). */
static wss_result_t check_resource(const char *resource)
{
    if (resource == NULL)
        return WSS_OK;
    const uint8_t *start = (const uint8_t *)resource;
    const uint8_t *end = start + strlen(resource);
    bool good = resource[0] == '/' && wss_skip_class(start, end, WSS_CHAR_QUERY) == end;
    return good ? WSS_OK : WSS_ERR_TEXT;
}

static bool offered_before(const wss_target_t *target, unsigned index)
{
    for (unsigned i = 0; i < index; i++)
        if (strcmp(target->protocols[i], target->protocols[index]) == 0)
            return true;
    return false;
}

static wss_result_t check_protocols(const wss_target_t *target)
{
    if (target->protocol_count > PROTOCOLS_MAX ||
        (target->protocols == NULL && target->protocol_count > 0))
        return WSS_ERR_ARGUMENT;
    for (unsigned i = 0; i < target->protocol_count; i++) {
        if (target->protocols[i] == NULL)
            return WSS_ERR_ARGUMENT;
        if (!wss_text_is_token(target->protocols[i]))
            return WSS_ERR_TEXT;
        if (offered_before(target, i))
            return WSS_ERR_ARGUMENT;
    }
    return WSS_OK;
}

static wss_result_t check_headers(const wss_target_t *target)
{
    unsigned own = WSS_HEADERS_OF_REQUEST;
    if (target->origin != NULL)
        own |= 1u << WSS_FIELD_ORIGIN;
    if (target->origin != NULL && !wss_text_is_value(target->origin))
        return WSS_ERR_TEXT;
    if (target->headers == NULL && target->header_count > 0)
        return WSS_ERR_ARGUMENT;
    return wss_headers_check(target->headers, target->header_count, own);
}

static wss_result_t check_size(const wss_target_t *target, uint32_t room)
{
    static const char key[WSS_KEY_LENGTH] = "";
    wss_writer_t measure;
    wss_write_begin(&measure, NULL);
    write_request(&measure, target, key);
    return measure.length <= room ? WSS_OK : WSS_ERR_TOO_BIG;
}

static wss_result_t check(const wss_hal_t *hal, const wss_target_t *target)
{
    if (hal->connect == NULL)
        return WSS_ERR_UNSUPPORTED;
    wss_result_t result = check_host(target);
    if (result == WSS_OK)
        result = check_resource(target->resource);
    if (result == WSS_OK)
        result = check_protocols(target);
    if (result == WSS_OK)
        result = check_headers(target);
    return result == WSS_OK ? check_size(target, hal->send_room) : result;
}

/* ------------------------------------------------------------------- connecting */

/* A connection with a stream that begins to open; NULL: there is no room for one. */
static wss_conn_t *open_stream(wss_loop_t *loop, const wss_target_t *target)
{
    const wss_hal_t *hal = loop->config->hal;
    wss_dial_t dial = {.host = target->host, .port = port_of(target), .secure = target->secure};
    wss_conn_t *conn = wss_conn_take(loop);
    if (conn == NULL)
        return NULL;
    conn->flags |= WSS_CONN_CLIENT;
    conn->target = target;
    conn->u.handshake = (wss_handshake_t){0};
    conn->stream = hal->connect(hal->context, &dial, conn);
    if (conn->stream != NULL)
        return conn;
    wss_conn_free(conn);
    return NULL;
}

/* False: the application has ended it already. */
static bool begin(wss_conn_t *conn, void *user)
{
    const wss_hal_t *hal = conn->loop->config->hal;
    uint16_t life = conn->life;
    conn->user = user;
    conn->loop->now = hal->now(hal->context);
    (void)wss_step(conn, WSS_EV_CONNECT, NULL);
    if (conn->life != life)
        return false;
    wss_run_later(conn);
    return true;
}

static wss_result_t connect_now(wss_loop_t *loop, const wss_target_t *target, void *user,
                                wss_conn_t **result)
{
    wss_conn_t *conn = open_stream(loop, target);
    if (conn == NULL)
        return WSS_ERR_FULL;
    bool lives = begin(conn, user);
    if (result != NULL)
        *result = lives ? conn : NULL;
    return WSS_OK;
}

wss_result_t wss_connect(wss_loop_t *loop, const wss_target_t *target, void *user,
                         wss_conn_t **conn)
{
    if (conn != NULL)
        *conn = NULL;
    wss_result_t result = check(loop->config->hal, target);
    if (result != WSS_OK)
        return result;
    result = wss_enter_public(loop);
    if (result != WSS_OK)
        return result;
    result = connect_now(loop, target, user, conn);
    wss_leave(loop);
    return result;
}

wss_result_t wss_connect_check(const wss_loop_t *loop, const wss_target_t *target)
{
    return check(loop->config->hal, target);
}

wss_result_t wss_connect_session(wss_session_t *session)
{
    wss_loop_t *loop = session->config->loop;
    wss_conn_t *conn = open_stream(loop, &session->request);
    if (conn == NULL)
        return WSS_ERR_FULL;
    conn->session = session;
    session->conn = conn;
    (void)begin(conn, session->config->user);
    return WSS_OK;
}
#endif
