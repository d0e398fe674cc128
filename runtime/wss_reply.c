/* SPDX-License-Identifier: MIT */
/*
 * Responses without an upgrade: the engine's rejections and the application's replies.
 * A head goes out whole, in the room that a stream without traffic is sure to have; the
 * body is the business of wss_body.c. Each ends the connection.
 *
 * A rejection has no Retry-After: nobody knows when a connection will be free, and one
 * figure for all would bring them back at once.
 */
#include "wss_reply.h"

#include "wss_handshake.h"
#include "wss_headers.h"

#if WSS_CFG_SERVER

/* A head and what it announces. */
typedef struct head {
    const wss_reply_t *reply;
    unsigned needs; /* WSS_REJECT_NEEDS_* */
} head_t;

static bool has_content(const wss_reply_t *reply)
{
    return reply->status != 204 && reply->status != 304;
}

static void write_status(wss_writer_t *writer, unsigned status)
{
    wss_write_text(writer, "HTTP/1.1 ");
    wss_write_number(writer, status);
    wss_write_text(writer, " ");
    wss_write_text(writer, wss_status_phrase(status));
    wss_write_text(writer, "\r\n");
}

/* RFC 9110, 15.5.22 and 15.5.6; RFC 6455, 4.4. */
static void write_needs(wss_writer_t *writer, unsigned needs)
{
    bool upgrade = (needs & WSS_REJECT_NEEDS_UPGRADE) != 0;
    wss_write_text(writer, upgrade ? "Connection: Upgrade, close\r\nUpgrade: websocket\r\n"
                                   : "Connection: close\r\n");
    if ((needs & WSS_REJECT_NEEDS_VERSION) != 0)
        wss_write_text(writer, "Sec-WebSocket-Version: 13\r\n");
    if ((needs & WSS_REJECT_NEEDS_ALLOW) != 0)
        wss_write_text(writer, "Allow: GET\r\n");
}

static void write_content(wss_writer_t *writer, const wss_reply_t *reply)
{
    const char *type = reply->type != NULL ? reply->type : "text/plain; charset=utf-8";
    wss_write_line(writer, "Content-Type: ", type);
    wss_write_text(writer, "Content-Length: ");
    wss_write_number(writer, (wss_length_t)reply->body_length);
    wss_write_text(writer, "\r\n");
}

static bool write_head(wss_writer_t *writer, const head_t *head)
{
    const wss_reply_t *reply = head->reply;
    write_status(writer, reply->status);
    write_needs(writer, head->needs);
    if (has_content(reply))
        write_content(writer, reply);
    return wss_write_rest(writer, reply->headers, reply->header_count);
}

static bool fits(const wss_conn_t *conn, const head_t *head)
{
    wss_writer_t measure;
    wss_write_begin(&measure, NULL);
    (void)write_head(&measure, head);
    return measure.length <= conn->loop->config->hal->send_room;
}

/* The handshake context becomes the response context. */
static wss_result_t send_head(wss_conn_t *conn, const head_t *head)
{
    const wss_reply_t *reply = head->reply;
    bool no_body = (conn->u.handshake.flags & WSS_SHAKE_HEAD_METHOD) != 0;
    wss_writer_t writer;
    conn->u.response = (wss_response_t){
        .body = reply->body,
        .read = reply->read,
        .read_context = reply->read_context,
        .length = no_body ? 0 : (wss_length_t)reply->body_length,
    };
    wss_write_begin(&writer, conn);
    return write_head(&writer, head) ? WSS_OK : wss_conn_broken(conn);
}

/* ------------------------------------------------------------------- rejections */

/* Whoever rejects is deep in other work: the head goes out once that is done. */
static void owe(wss_conn_t *conn, wss_rejection_t rejection)
{
    conn->u.handshake.rejection = (uint8_t)(rejection + 1);
    conn->flags |= WSS_CONN_OWES_REPLY;
    wss_run_later(conn);
}

static wss_result_t send_owed_head(wss_conn_t *conn)
{
    unsigned rejection = conn->u.handshake.rejection - 1u;
    const wss_rejection_info_t *info = &wss_rejections[rejection];
    const char *body = wss_rejection_text(rejection);
    wss_reply_t reply = {.status = info->status, .body = body, .body_length = strlen(body)};
    head_t head = {.reply = &reply, .needs = info->flags};
    conn->flags &= ~(uint32_t)WSS_CONN_OWES_REPLY;
    return send_head(conn, &head);
}

void wss_reply_continue(wss_conn_t *conn)
{
    if ((conn->flags & WSS_CONN_OWES_REPLY) == 0 || send_owed_head(conn) == WSS_OK)
        wss_body_continue(conn);
}

void wss_act_send_rejection(wss_conn_t *conn)
{
    owe(conn, (wss_rejection_t)(conn->u.handshake.rejection - 1));
}

void wss_act_reject_late(wss_conn_t *conn)
{
    owe(conn, WSS_REJECT_REQUEST_TIMEOUT);
}

void wss_act_reject_unavailable(wss_conn_t *conn)
{
    owe(conn, WSS_REJECT_UNAVAILABLE);
}

static void blame(wss_conn_t *conn)
{
    bool upgrade = (conn->u.handshake.flags & WSS_SHAKE_UPGRADE) != 0;
    wss_blame(conn, upgrade ? WSS_REASON_HANDSHAKE_REFUSED : WSS_REASON_PAGE_SERVED);
}

void wss_reject(wss_conn_t *conn, wss_rejection_t rejection)
{
    blame(conn);
    if (wss_step(conn, WSS_EV_REFUSE, NULL))
        owe(conn, rejection);
}

/* ------------------------------------------------------- the application's reply */

static bool is_valid(const wss_reply_t *reply)
{
    if (reply->status < 200 || reply->status > 599)
        return false;
    if (reply->headers == NULL && reply->header_count > 0)
        return false;
    if (reply->body_length == 0)
        return true;
    return has_content(reply) && (reply->body != NULL || reply->read != NULL);
}

static wss_result_t check_texts(const wss_reply_t *reply)
{
    wss_header_t type = {"Content-Type", reply->type};
    const unsigned own = WSS_HEADERS_OF_RESPONSE;
    wss_result_t result = wss_headers_check(&type, reply->type != NULL ? 1 : 0, own);
    return result != WSS_OK ? result : wss_headers_check(reply->headers, reply->header_count, own);
}

static wss_result_t reply_now(wss_conn_t *conn, const wss_reply_t *reply)
{
    head_t head = {.reply = reply, .needs = reply->status == 426 ? WSS_REJECT_NEEDS_UPGRADE : 0};
    if (conn->state != WSS_ST_DECIDING)
        return WSS_ERR_STATE;
    if (!is_valid(reply))
        return WSS_ERR_ARGUMENT;
    wss_result_t result = check_texts(reply);
    if (result != WSS_OK)
        return result;
    if (reply->body_length > WSS_LENGTH_MAX || !fits(conn, &head))
        return WSS_ERR_TOO_BIG;
    blame(conn);
    if (!wss_step(conn, WSS_EV_REFUSE, NULL))
        return WSS_ERR_STATE;
    result = send_head(conn, &head);
    if (result == WSS_OK)
        wss_body_continue(conn);
    return result;
}

wss_result_t wss_reply(wss_conn_t *conn, const wss_reply_t *reply)
{
    wss_loop_t *loop = conn->loop;
    wss_result_t result = wss_enter_public(loop);
    if (result != WSS_OK)
        return result;
    result = reply_now(conn, reply);
    wss_leave(loop);
    return result;
}
#endif
