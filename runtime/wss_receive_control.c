/* SPDX-License-Identifier: MIT */
/*
 * Control frames (RFC 6455, 5.5): each is taken whole. One that a read cut is collected in a
 * control payload of the pool; where none is free it waits in the stream.
 */
#include "wss_receive.h"

/* What has come waits in the stream: for a control payload, or for `room` as well. */
static void starve(wss_conn_t *conn, bool room)
{
    conn->flags |= WSS_CONN_STARVED | (room ? WSS_CONN_THIRSTY : 0u);
    conn->loop->flags |= WSS_LOOP_STARVED;
}

static void take_close(wss_conn_t *conn, const uint8_t *bytes, size_t length)
{
    wss_span_t reason = {0};
    uint16_t code = 0;
    if (length == 1) {
        wss_rx_fail(conn, WSS_REASON_CLOSE_TOO_SHORT);
        return;
    }
    if (length >= 2) {
        code = (uint16_t)(bytes[0] << 8 | bytes[1]);
        reason = (wss_span_t){.bytes = bytes + 2, .length = length - 2};
        if (!wss_close_code_may_receive(code)) {
            wss_rx_fail(conn, WSS_REASON_CLOSE_CODE_INVALID);
            return;
        }
    }
    if (!wss_utf8_valid(reason.bytes, reason.length)) {
        wss_rx_fail(conn, WSS_REASON_CLOSE_NOT_UTF8);
        return;
    }
    conn->peer_code = code;
    (void)wss_step(conn, WSS_EV_RX_CLOSE, &reason);
}

static void take_ping_or_pong(wss_conn_t *conn, const uint8_t *bytes, size_t length)
{
    wss_span_t span = {.bytes = bytes, .length = length};
    bool ping = conn->u.frames.opcode == WSS_OPCODE_PING;
    (void)wss_step(conn, ping ? WSS_EV_RX_PING : WSS_EV_RX_PONG, &span);
}

/* A whole payload; `taken` of it have just arrived. Returns these. */
static uint32_t take_control(wss_conn_t *conn, const uint8_t *bytes, size_t length, uint32_t taken)
{
    wss_frames_t *f = &conn->u.frames;
    uint16_t life = conn->life;
    if (f->opcode == WSS_OPCODE_CLOSE)
        take_close(conn, bytes, length);
    else
        take_ping_or_pong(conn, bytes, length);
    if (conn->life == life) {
        f->left = 0;
        f->offset += (uint32_t)length;
        wss_control_give(conn, &f->control);
        wss_rx_end_frame(f);
    }
    return taken;
}

/* A payload that a read cut is collected in the pool; where nothing is free, in the place of
 * the Pong that waits: a newer Ping takes that over, a Close needs no Pong before it. */
static uint32_t collect_control(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    wss_frames_t *f = &conn->u.frames;
    if (f->control == WSS_NO_SLOT)
        f->control = wss_control_take(conn);
    if (f->control == WSS_NO_SLOT && f->opcode != WSS_OPCODE_PONG)
        f->control = wss_pong_drop(conn);
    if (f->control == WSS_NO_SLOT) {
        starve(conn, false);
        return 0;
    }
    wss_control_t *slot = wss_control_at(conn, f->control);
    if (length > 0)
        memcpy(slot->bytes + slot->length, bytes, length);
    wss_rx_unmask(conn, slot->bytes + slot->length, length);
    slot->length = (uint8_t)(slot->length + length);
    f->left -= length;
    return f->left == 0 ? take_control(conn, slot->bytes, slot->length, length) : length;
}

/* Whether what a control frame asks for can be done now: only a Ping asks for anything,
 * and only where it is answered. */
static bool can_take_control(wss_conn_t *conn, size_t length)
{
    return conn->u.frames.opcode != WSS_OPCODE_PING || !wss_allows(conn, WSS_ALLOW_PONG) ||
           wss_pong_possible(conn, length);
}

uint32_t wss_rx_control(wss_conn_t *conn, uint8_t *bytes, uint32_t length)
{
    wss_frames_t *f = &conn->u.frames;
    if (f->control != WSS_NO_SLOT || length < f->left)
        return collect_control(conn, bytes, length);
    if (!can_take_control(conn, length)) {
        starve(conn, true);
        return 0;
    }
    wss_rx_unmask(conn, bytes, length);
    return take_control(conn, bytes, length, length);
}

void wss_rx_conclude(wss_conn_t *conn)
{
    static const wss_close_args_t failed = {.code = WSS_CLOSE_INTERNAL_ERROR};
    bool bad = (conn->flags & WSS_CONN_BAD) != 0;
    conn->flags &= ~(uint32_t)WSS_CONN_CONCLUDES;
    (void)wss_step(conn, bad ? WSS_EV_RX_BAD : WSS_EV_CLOSE, bad ? NULL : &failed);
}
