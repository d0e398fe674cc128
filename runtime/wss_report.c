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
    bool refused = conn->u.frames.wanted != 0;
    if (!refused)
        return;
    conn->u.frames.wanted = 0;
    conn->flags &= ~(uint32_t)WSS_CONN_HELD;
    call(conn, wss_handler_of(conn)->on_writable);
}

static void report_control(wss_conn_t *conn,
                           void (*callback)(wss_conn_t *, const uint8_t *, size_t))
{
    wss_loop_t *loop = conn->loop;
    const wss_span_t *span = loop->event;
    if (callback == NULL)
        return;
    wss_leave(loop);
    callback(conn, span->bytes, span->length);
    wss_enter(loop);
}

void wss_act_report_ping(wss_conn_t *conn)
{
    report_control(conn, wss_handler_of(conn)->on_ping);
}

void wss_act_report_pong(wss_conn_t *conn)
{
    report_control(conn, wss_handler_of(conn)->on_pong);
}

void wss_act_deliver(wss_conn_t *conn)
{
    wss_loop_t *loop = conn->loop;
    wss_delivery_t *delivery = loop->event;
    wss_result_t (*callback)(wss_conn_t *, const wss_data_t *) = wss_handler_of(conn)->on_data;
    if (callback == NULL)
        return;
    wss_leave(loop);
    delivery->result = callback(conn, &delivery->data);
    wss_enter(loop);
}

/* RFC 6455, 7.1.5: which code the connection has ended with. */
static uint16_t closing_code(const wss_conn_t *conn)
{
    if ((conn->flags & WSS_CONN_PEER_CLOSED) == 0)
        return WSS_CLOSE_ABNORMAL;
    return conn->peer_code == 0 ? WSS_CLOSE_NO_STATUS : conn->peer_code;
}

static wss_closure_t closure_of(const wss_conn_t *conn)
{
    const uint32_t both = WSS_CONN_PEER_CLOSED | WSS_CONN_CLOSE_SENT;
    wss_closure_t closure = {
        .code = closing_code(conn),
        .sent_code = (conn->flags & WSS_CONN_CLOSE_SENT) != 0 ? conn->sent_code : 0,
        .clean = (conn->flags & both) == both,
        .by_peer = (conn->flags & WSS_CONN_PEER_FIRST) != 0,
        .opened = (conn->flags & WSS_CONN_OPENED) != 0,
        .cause = (wss_reason_t)conn->reason,
        .network = conn->stream != NULL ? conn->stream->ops->reason(conn->stream) : "",
    };
    closure.offset = closure.opened ? conn->u.frames.offset : 0;
    return closure;
}

static void report_closure(wss_conn_t *conn, const wss_closure_t *closure,
                           void (*callback)(wss_conn_t *, const wss_closure_t *))
{
    wss_loop_t *loop = conn->loop;
    if (callback == NULL)
        return;
    wss_leave(loop);
    callback(conn, closure);
    wss_enter(loop);
}

void wss_act_report_closing(wss_conn_t *conn)
{
    wss_closure_t closure = closure_of(conn);
    const wss_close_args_t *args = conn->loop->event;
    if (closure.by_peer && args != NULL) {
        closure.text = args->reason;
        closure.text_length = args->length;
    }
    report_closure(conn, &closure, wss_handler_of(conn)->on_closing);
}

void wss_act_report_closed(wss_conn_t *conn)
{
    wss_closure_t closure = closure_of(conn);
    report_closure(conn, &closure, wss_handler_of(conn)->on_closed);
#if WSS_CFG_CLIENT
    wss_session_closed(conn, &closure);
#endif
}
