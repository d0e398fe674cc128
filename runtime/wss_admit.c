/* SPDX-License-Identifier: MIT */
/*
 * The decision on a complete request: asks the application, and writes the response
 * that completes the opening handshake (RFC 6455, 4.2.2).
 */
#include "wss_handshake.h"
#include "wss_headers.h"
#include "wss_reply.h"

#if WSS_CFG_SERVER

/* What a 101 response says. */
typedef struct admission {
    const char *protocol; /* or NULL */
    const wss_header_t *headers;
    size_t count;
    char accept[WSS_ACCEPT_LENGTH];
} admission_t;

static bool write_admission(wss_writer_t *writer, const admission_t *admission)
{
    wss_write_text(writer, "HTTP/1.1 101 Switching Protocols\r\n"
                           "Upgrade: websocket\r\n"
                           "Connection: Upgrade\r\n"
                           "Sec-WebSocket-Accept: ");
    wss_write_bytes(writer, admission->accept, sizeof admission->accept);
    wss_write_text(writer, "\r\n");
    if (admission->protocol != NULL)
        wss_write_line(writer, "Sec-WebSocket-Protocol: ", admission->protocol);
    return wss_write_rest(writer, admission->headers, admission->count);
}

static wss_result_t send_admission(wss_conn_t *conn, const admission_t *admission)
{
    wss_writer_t writer;
    wss_write_begin(&writer, NULL);
    (void)write_admission(&writer, admission);
    if (writer.length + WSS_ROOM_RESERVED > conn->loop->config->hal->send_room)
        return WSS_ERR_TOO_BIG;
    wss_write_begin(&writer, conn);
    return write_admission(&writer, admission) ? WSS_OK : wss_conn_broken(conn);
}

/* Answers an upgrade request that is to be decided. */
static wss_result_t admit(wss_conn_t *conn, const wss_header_t *headers, size_t count)
{
    const wss_crypto_t *crypto = conn->loop->config->crypto;
    admission_t admission = {
        .protocol = wss_protocol_now(conn), .headers = headers, .count = count};
    wss_result_t result =
        crypto->accept_key(crypto->context, conn->u.handshake.key, admission.accept);
    if (result == WSS_OK)
        result = send_admission(conn, &admission);
    if (result == WSS_OK)
        (void)wss_step(conn, WSS_EV_ADMIT, NULL);
    return result;
}

static wss_result_t check(const wss_conn_t *conn, const wss_header_t *headers, size_t count)
{
    if (conn->state != WSS_ST_DECIDING || (conn->u.handshake.flags & WSS_SHAKE_UPGRADE) == 0)
        return WSS_ERR_STATE;
    if (headers == NULL && count > 0)
        return WSS_ERR_ARGUMENT;
    return wss_headers_check(headers, count, WSS_HEADERS_OF_RESPONSE);
}

wss_result_t wss_accept(wss_conn_t *conn, const wss_header_t *headers, size_t count)
{
    wss_loop_t *loop = conn->loop;
    wss_result_t result = wss_enter_public(loop);
    if (result != WSS_OK)
        return result;
    result = check(conn, headers, count);
    if (result == WSS_OK)
        result = admit(conn, headers, count);
    wss_leave(loop);
    return result;
}

/* -------------------------------------------------------- asking the application */

/* Calls the application. False: it has decided, or the connection is gone. */
static bool ask(wss_conn_t *conn, wss_result_t (*callback)(wss_conn_t *), wss_result_t *said)
{
    wss_loop_t *loop = conn->loop;
    uint16_t life = conn->life;
    *said = WSS_OK;
    if (callback == NULL)
        return true;
    wss_leave(loop);
    *said = callback(conn);
    wss_enter(loop);
    return conn->life == life && conn->state == WSS_ST_DECIDING;
}

void wss_act_ask_admission(wss_conn_t *conn)
{
    wss_result_t said;
    if (!ask(conn, wss_handler_of(conn)->on_request, &said))
        return;
    if (said == WSS_OK)
        said = admit(conn, NULL, 0);
    if (said < 0 && (conn->flags & WSS_CONN_LOST) == 0)
        wss_reject(conn, WSS_REJECT_INTERNAL_ERROR);
}

void wss_act_ask_page(wss_conn_t *conn)
{
    wss_result_t said;
    if (!ask(conn, wss_handler_of(conn)->on_page, &said) || said > 0)
        return;
    if (said < 0)
        wss_reject(conn, WSS_REJECT_INTERNAL_ERROR);
    else
        wss_reject(conn, conn->path != 0 ? WSS_REJECT_UPGRADE_MISSING : WSS_REJECT_NOT_FOUND);
}
#endif
