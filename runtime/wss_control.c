/* SPDX-License-Identifier: MIT */
/*
 * Control frames: the loop's pool of payloads, Pings and Pongs (RFC 6455, 5.5.2 and
 * 5.5.3). Each Ping gets its Pong in order as long as there is room; while there is
 * none, the newest Ping takes the place of the one whose Pong still waits.
 */
#include <string.h>

#include "wss_core.h"
#include "wss_frame.h"

/* Room that a Pong leaves free: a Close with a full payload. */
enum { CLOSE_ROOM = 2 + WSS_MASK_SIZE + WSS_CONTROL_MAX };
_Static_assert(2 * CLOSE_ROOM == WSS_ROOM_RESERVED, "a Pong and a Close");

/* ------------------------------------------------------------------- the pool */

void wss_controls_init(wss_loop_t *loop)
{
    const wss_config_t *config = loop->config;
    for (uint32_t i = 0; i < config->control_count; i++)
        config->controls[i].next = (wss_slot_t)(i + 1);
    config->controls[config->control_count - 1].next = WSS_NO_SLOT;
    loop->free_controls = 0;
}

wss_slot_t wss_control_take(wss_conn_t *conn)
{
    wss_loop_t *loop = conn->loop;
    wss_slot_t slot = loop->free_controls;
    if (slot == WSS_NO_SLOT)
        return slot;
    loop->free_controls = loop->config->controls[slot].next;
    loop->config->controls[slot].length = 0;
    return slot;
}

void wss_control_give(wss_conn_t *conn, wss_slot_t *slot)
{
    wss_loop_t *loop = conn->loop;
    if (*slot == WSS_NO_SLOT)
        return;
    loop->config->controls[*slot].next = loop->free_controls;
    loop->free_controls = *slot;
    *slot = WSS_NO_SLOT;
    if ((loop->flags & (WSS_LOOP_STARVED | WSS_LOOP_IN_STEP)) == WSS_LOOP_STARVED)
        loop->config->hal->wake(loop->config->hal->context);
}

void wss_controls_feed(wss_loop_t *loop)
{
    if (loop->free_controls == WSS_NO_SLOT)
        return;
    loop->flags = (uint8_t)(loop->flags & ~WSS_LOOP_STARVED);
    for (uint32_t i = 0; i < loop->config->conn_count; i++) {
        wss_conn_t *conn = wss_conn_at_now(loop, i);
        if (conn == NULL || (conn->flags & WSS_CONN_STARVED) == 0)
            continue;
        conn->flags &= ~(uint32_t)(WSS_CONN_STARVED | WSS_CONN_THIRSTY);
        wss_run_later(conn);
    }
}

/* ---------------------------------------------------------------- Ping and Pong */

static bool fits_now(const wss_conn_t *conn, size_t length)
{
    return conn->u.frames.send_left == 0 &&
           wss_room(conn) >= 2 + WSS_MASK_SIZE + length + CLOSE_ROOM;
}

bool wss_pong_possible(const wss_conn_t *conn, size_t length)
{
    return conn->u.frames.pong != WSS_NO_SLOT || conn->loop->free_controls != WSS_NO_SLOT ||
           fits_now(conn, length);
}

wss_slot_t wss_pong_drop(wss_conn_t *conn)
{
    wss_slot_t slot = conn->u.frames.pong;
    conn->u.frames.pong = WSS_NO_SLOT;
    if (slot != WSS_NO_SLOT)
        wss_control_at(conn, slot)->length = 0;
    return slot;
}

void wss_control_quench(wss_conn_t *conn)
{
    if ((conn->flags & WSS_CONN_THIRSTY) != 0 && fits_now(conn, WSS_CONTROL_MAX))
        conn->flags &= ~(uint32_t)(WSS_CONN_STARVED | WSS_CONN_THIRSTY);
}

bool wss_guard_can_ping(const wss_conn_t *conn)
{
    return fits_now(conn, 0);
}

void wss_act_send_ping(wss_conn_t *conn)
{
    wss_put_control(conn, WSS_OPCODE_PING, NULL, 0);
}

/* Remembers the newest Ping until there is room; one that was collected stays in its place. */
static void remember_pong(wss_conn_t *conn, const wss_span_t *ping)
{
    wss_frames_t *f = &conn->u.frames;
    wss_run_later(conn);
    if (f->control != WSS_NO_SLOT) {
        wss_control_give(conn, &f->pong);
        f->pong = f->control;
        f->control = WSS_NO_SLOT;
        return;
    }
    if (f->pong == WSS_NO_SLOT)
        f->pong = wss_control_take(conn);
    if (f->pong == WSS_NO_SLOT)
        return;
    wss_control_t *slot = wss_control_at(conn, f->pong);
    if (ping->length > 0)
        memcpy(slot->bytes, ping->bytes, ping->length);
    slot->length = (uint8_t)ping->length;
}

void wss_act_send_pong(wss_conn_t *conn)
{
    const wss_span_t *ping = conn->loop->event;
    if (conn->u.frames.pong == WSS_NO_SLOT && fits_now(conn, ping->length))
        wss_put_control(conn, WSS_OPCODE_PONG, ping->bytes, ping->length);
    else
        remember_pong(conn, ping);
}

void wss_act_send_pending(wss_conn_t *conn)
{
    wss_frames_t *f = &conn->u.frames;
    if (f->pong == WSS_NO_SLOT)
        return;
    const wss_control_t *slot = wss_control_at(conn, f->pong);
    if (!fits_now(conn, slot->length))
        return;
    wss_put_control(conn, WSS_OPCODE_PONG, slot->bytes, slot->length);
    wss_control_give(conn, &f->pong);
}
