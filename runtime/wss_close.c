/* SPDX-License-Identifier: MIT */
/*
 * Closing (RFC 6455, 5.5.1 and 7): which Close frames are sent and what the peer's
 * says. When they are sent is the specification's business.
 */
#include <string.h>

#include "wss_core.h"
#include "wss_frame.h"
#include "wss_utf8.h"

enum { REASON_MAX = WSS_CONTROL_MAX - 2 };

/* What was asked for: now, or before, when the frame had to wait; or the cause's code and sentence.
 */
void wss_act_send_close(wss_conn_t *conn)
{
    wss_frames_t *f = &conn->u.frames;
    const wss_close_args_t *args = conn->loop->event;
    wss_close_args_t close = {.code = conn->sent_code};
    if (args != NULL) {
        close = *args;
    } else if (f->kept != WSS_NO_SLOT) {
        const wss_control_t *slot = wss_control_at(conn, f->kept); /* it holds until it is taken */
        close.reason = (const char *)slot->bytes;
        close.length = slot->length;
        wss_control_give(conn, &f->kept);
    } else if (wss_reason_close_code[conn->reason] != 0 && close.code == 0) {
        close.code = wss_reason_close_code[conn->reason];
        close.reason = wss_reason_text(conn->reason);
        close.length = strlen(close.reason);
    }
    wss_put_close(conn, close.code, close.reason, close.length <= REASON_MAX ? close.length : 0);
}

void wss_act_keep_close(wss_conn_t *conn)
{
    const wss_close_args_t *args = conn->loop->event;
    wss_frames_t *f = &conn->u.frames;
    conn->sent_code = args->code;
    conn->flags &= ~(uint32_t)WSS_CONN_HELD;
    wss_run_later(conn);
    if (args->length == 0)
        return;
    f->kept = wss_control_take(conn);
    if (f->kept == WSS_NO_SLOT)
        return;
    wss_control_t *slot = wss_control_at(conn, f->kept);
    memcpy(slot->bytes, args->reason, args->length);
    slot->length = (uint8_t)args->length;
}

void wss_act_note_close(wss_conn_t *conn)
{
    conn->flags |= WSS_CONN_PEER_CLOSED;
    if ((conn->flags & WSS_CONN_CLOSE_SENT) == 0)
        conn->flags |= WSS_CONN_PEER_FIRST;
}

void wss_act_echo_close(wss_conn_t *conn)
{
    wss_put_close(conn, conn->peer_code, NULL, 0);
}

wss_result_t wss_close(wss_conn_t *conn, uint16_t code, const char *reason, size_t length)
{
    if (length > REASON_MAX || (code == 0 ? length > 0 : !wss_close_code_may_send(code)))
        return WSS_ERR_ARGUMENT;
    if (!wss_utf8_valid(reason, length))
        return WSS_ERR_TEXT;
    wss_loop_t *loop = conn->loop;
    wss_result_t result = wss_enter_public(loop);
    if (result != WSS_OK)
        return result;
    wss_close_args_t args = {.code = code, .reason = reason, .length = length};
    if (!wss_step(conn, WSS_EV_CLOSE, &args))
        result = WSS_ERR_CLOSED;
    wss_leave(loop);
    return result;
}

wss_result_t wss_abort(wss_conn_t *conn)
{
    wss_loop_t *loop = conn->loop;
    wss_result_t result = wss_enter_public(loop);
    if (result != WSS_OK)
        return result;
    if (!wss_step(conn, WSS_EV_ABORT, NULL))
        result = WSS_ERR_CLOSED;
    wss_leave(loop);
    return result;
}
