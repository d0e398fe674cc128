/* SPDX-License-Identifier: MIT */
/*
 * The way to the application: every callback but those of the handshake is called
 * here, without the HAL's lock.
 */
#include "wss_session_core.h"

static void call(wss_conn_t *conn, void (*callback)(wss_conn_t *))
{
    wss_loop_t *loop = conn->loop;
    if (callback == NULL)
        return;
    wss_leave(loop);
    callback(conn);
    wss_enter(loop);
}

void wss_act_report_connecting(wss_conn_t *conn)
{
    call(conn, wss_handler_of(conn)->on_connecting);
}

/* Where the application ends the connection as its session comes online, there is nothing
 * more to open. */
void wss_act_report_open(wss_conn_t *conn)
{
#if WSS_CFG_CLIENT
    uint16_t life = conn->life;
    wss_session_opened(conn);
    if (conn->life != life || wss_state_now(conn) != WSS_CONNECTED)
        return;
#endif
    call(conn, wss_handler_of(conn)->on_open);
}

void wss_act_report_writable(wss_conn_t *conn)
{
    if (!wss_send_fits(conn))
        return;
    conn->u.frames.wanted = 0;
    conn->flags &= ~(uint32_t)WSS_CONN_HELD;
    call(conn, wss_handler_of(conn)->on_writable);
}

static void report_control(wss_conn_t *conn,
                           void (*callback)(wss_conn_t *, const uint8_t *, size_t))
{
    const wss_span_t *span = conn->loop->event;
    if (callback == NULL)
        return;
    wss_leave(conn->loop);
    callback(conn, span->bytes, span->length);
    wss_enter(conn->loop);
}

void wss_act_report_ping(wss_conn_t *conn)
{
    report_control(conn, wss_handler_of(conn)->on_ping);
}

void wss_act_report_pong(wss_conn_t *conn)
{
    report_control(conn, wss_handler_of(conn)->on_pong);
}

/* Whoever raised the event hands the data on when this step, of which this is the last action, is
 * done and not on the stack any more. */
void wss_act_deliver(wss_conn_t *conn)
{
    conn->flags |= WSS_CONN_DELIVERS;
}

static bool has(const wss_conn_t *conn, uint32_t flags)
{
    return (conn->flags & flags) == flags;
}

/* RFC 6455, 7.1.5: which code the connection has ended with. */
static uint16_t closing_code(const wss_conn_t *conn)
{
    if (!has(conn, WSS_CONN_PEER_CLOSED))
        return WSS_CLOSE_ABNORMAL;
    return conn->peer_code == 0 ? WSS_CLOSE_NO_STATUS : conn->peer_code;
}

/* on_closing; or, where the connection is `over`, on_closed. */
static void report_closure(wss_conn_t *conn, bool over)
{
    const wss_span_t *reason = conn->loop->event;
    const wss_handler_t *handler = wss_handler_of(conn);
    void (*on_closure)(wss_conn_t *, const wss_closure_t *) =
        over ? handler->on_closed : handler->on_closing;
    bool explained = !over && has(conn, WSS_CONN_PEER_FIRST) && reason != NULL;
    const wss_closure_t closure = {
        .code = closing_code(conn),
        .sent_code = has(conn, WSS_CONN_CLOSE_SENT) ? conn->sent_code : 0,
        .clean = has(conn, WSS_CONN_PEER_CLOSED | WSS_CONN_CLOSE_SENT),
        .by_peer = has(conn, WSS_CONN_PEER_FIRST),
        .opened = has(conn, WSS_CONN_OPENED),
        .cause = (wss_reason_t)conn->reason,
        .text = explained ? (const char *)reason->bytes : NULL,
        .text_length = explained ? reason->length : 0,
        .network = conn->stream != NULL ? conn->stream->ops->reason(conn->stream) : "",
        .offset = has(conn, WSS_CONN_OPENED) ? conn->u.frames.offset : 0,
    };
    if (on_closure != NULL) {
        wss_leave(conn->loop);
        on_closure(conn, &closure);
        wss_enter(conn->loop);
    }
#if WSS_CFG_CLIENT
    if (over)
        wss_session_closed(conn, &closure);
#endif
}

void wss_act_report_closing(wss_conn_t *conn)
{
    report_closure(conn, false);
}

void wss_act_report_closed(wss_conn_t *conn)
{
    report_closure(conn, true);
}
