/* SPDX-License-Identifier: MIT */
/*
 * The loop: waits at the HAL, hands each report to the connection it concerns, fires
 * what is due, and settles what was touched. A turn's cost grows with the connections
 * that have something to do, and is bounded by WSS_CFG_EVENTS_PER_STEP; where some wait for
 * control payloads, and one is free, all are looked at once.
 */
#include "wss_output.h"
#include "wss_session_core.h"

static const wss_hal_t *hal_of(const wss_loop_t *loop)
{
    return loop->config->hal;
}

/* -------------------------------------------------------------- accepting */

#if WSS_CFG_SERVER
static void accept_some(wss_loop_t *loop)
{
    for (unsigned i = 0; i < WSS_CFG_EVENTS_PER_STEP && (loop->flags & WSS_LOOP_CLOSING) == 0; i++)
        if (!wss_conn_accept(loop))
            return;
}
#endif

/* --------------------------------------------------------------- reports */

/* A stream that is being opened: has a part of it come up, or failed? */
static void opening_ready(wss_conn_t *conn)
{
    wss_phase_t phase = conn->stream->ops->phase(conn->stream);
    if (phase == WSS_PHASE_CONNECTING)
        return;
    if (phase == WSS_PHASE_LAYERING)
        (void)wss_step(conn, WSS_EV_TCP_UP, NULL);
    else if (phase == WSS_PHASE_UP)
        (void)(wss_step(conn, WSS_EV_TCP_UP, NULL) || wss_step(conn, WSS_EV_TLS_UP, NULL));
    else
        (void)(wss_step(conn, WSS_EV_TLS_FAILED, NULL) || wss_step(conn, WSS_EV_TCP_FAILED, NULL));
}

static void drained(wss_conn_t *conn)
{
    if (wss_output_pending(conn) > 0)
        return;
    wss_want_write(conn, false);
    (void)wss_step(conn, WSS_EV_DRAINED, NULL);
}

static void write_ready(wss_conn_t *conn)
{
    if (wss_allows(conn, WSS_ALLOW_DRAIN)) {
        drained(conn);
        return;
    }
    /* A stream without room that holds nothing back is broken. */
    if (wss_room(conn) == 0 && wss_output_pending(conn) == 0) {
        (void)wss_step(conn, WSS_EV_TCP_DOWN, NULL);
        return;
    }
#if WSS_CFG_SERVER
    if (wss_allows(conn, WSS_ALLOW_RESPOND)) {
        wss_reply_continue(conn);
        return;
    }
#endif
    wss_timer_touch(conn);
    wss_control_quench(conn);
    if (wss_send_ready(conn))
        (void)wss_step(conn, WSS_EV_WRITABLE, NULL);
}

/* What others left for the end of a turn. */
static void go_on(wss_conn_t *conn)
{
#if WSS_CFG_SERVER
    if ((conn->flags & WSS_CONN_OWES_REPLY) != 0 && wss_allows(conn, WSS_ALLOW_RESPOND)) {
        wss_reply_continue(conn);
        return;
    }
#endif
    wss_conn_resume(conn);
}

/* The turn of a connection ends, if that is still there. */
static void end_turn(wss_loop_t *loop)
{
    if (loop->current != NULL)
        go_on(loop->current);
    wss_conn_t *conn = loop->current;
    loop->current = NULL;
    if (conn != NULL)
        wss_conn_settle(conn);
}

/* loop->current is NULL once the connection is gone. */
static void serve(wss_loop_t *loop, const wss_ready_t *ready)
{
    wss_conn_t *conn = ready->owner;
    if (conn->stream == NULL)
        return;
    loop->current = conn;
    if (wss_input(conn) == WSS_INPUT_NONE)
        opening_ready(conn);
    if ((ready->what & WSS_READY_READ) != 0 && loop->current != NULL)
        wss_conn_read(loop->current);
    if ((ready->what & WSS_READY_WRITE) != 0 && loop->current != NULL)
        write_ready(loop->current);
    end_turn(loop);
}

/* Settles what others touched. */
static void run_list(wss_loop_t *loop)
{
    for (unsigned i = 0; i < WSS_CFG_EVENTS_PER_STEP && loop->run_first != WSS_NO_SLOT; i++) {
        wss_slot_t slot = loop->run_first;
        wss_conn_t *conn = &loop->config->conns[slot];
        loop->run_first = conn->next_run;
        conn->flags ^= WSS_CONN_IN_RUN_LIST; /* which whoever is on the list has */
        if (conn->stream == NULL)
            continue;
        loop->current = conn;
        end_turn(loop);
    }
}

static void turn(wss_loop_t *loop, const wss_ready_t *ready, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        if (ready[i].owner != NULL)
            serve(loop, &ready[i]);
#if WSS_CFG_SERVER
        else if ((ready[i].what & WSS_READY_ACCEPT) != 0)
            accept_some(loop);
#endif
    }
    wss_timers_fire(loop, WSS_CFG_EVENTS_PER_STEP);
    if ((loop->flags & WSS_LOOP_STARVED) != 0)
        wss_controls_feed(loop);
#if WSS_CFG_CLIENT
    wss_sessions_run(loop);
#endif
    run_list(loop);
}

static uint32_t wait_at_most(wss_loop_t *loop, uint32_t max_wait)
{
    bool fed = (loop->flags & WSS_LOOP_STARVED) != 0 && loop->free_controls != WSS_NO_SLOT;
    if (loop->run_first != WSS_NO_SLOT || fed)
        return 0;
    uint32_t deadline = wss_timers_next(loop);
#if WSS_CFG_CLIENT
    uint32_t session = wss_sessions_next(loop);
    deadline = session < deadline ? session : deadline;
#endif
    return deadline < max_wait ? deadline : max_wait;
}

wss_result_t wss_loop_step(wss_loop_t *loop, uint32_t max_wait)
{
    const wss_hal_t *hal = hal_of(loop);
    wss_ready_t ready[WSS_CFG_EVENTS_PER_STEP];
    wss_result_t result = wss_enter_public(loop);
    if (result != WSS_OK)
        return result;
    if ((loop->flags & WSS_LOOP_IN_STEP) != 0) {
        wss_leave(loop);
        return WSS_ERR_STATE;
    }
    uint32_t wait = wait_at_most(loop, max_wait);

    wss_leave(loop);
    int32_t count = hal->wait(hal->context, wait, ready, WSS_CFG_EVENTS_PER_STEP);
    wss_enter(loop);

    loop->now = hal->now(hal->context);
    loop->flags |= WSS_LOOP_IN_STEP;
    turn(loop, ready, count);
    loop->flags = (uint8_t)(loop->flags & ~WSS_LOOP_IN_STEP);
    wss_leave(loop);
    return count < 0 ? (wss_result_t)count : WSS_OK;
}

/* ---------------------------------------------------------------- the rest */

uint32_t wss_loop_next_deadline(wss_loop_t *loop)
{
    wss_enter(loop);
    loop->now = hal_of(loop)->now(hal_of(loop)->context);
    uint32_t left = wait_at_most(loop, WSS_FOREVER);
    wss_leave(loop);
    return left;
}

void wss_loop_wake(wss_loop_t *loop)
{
    hal_of(loop)->wake(hal_of(loop)->context);
}

uint32_t wss_loop_count(const wss_loop_t *loop)
{
    wss_enter(loop);
    uint32_t count = loop->count;
    wss_leave(loop);
    return count;
}

wss_conn_t *wss_conn_at_now(wss_loop_t *loop, uint32_t index)
{
    if (index >= loop->config->conn_count)
        return NULL;
    wss_conn_t *conn = &loop->config->conns[index];
    return conn->state == WSS_ST_IDLE ? NULL : conn;
}

wss_conn_t *wss_conn_at(wss_loop_t *loop, uint32_t index)
{
    wss_enter(loop);
    wss_conn_t *conn = wss_conn_at_now(loop, index);
    wss_leave(loop);
    return conn;
}

#if WSS_CFG_SERVER
wss_result_t wss_listen(wss_loop_t *loop, const wss_endpoint_t *where, uint16_t *port)
{
    uint16_t chosen = 0;
    if (!wss_hal_serves(hal_of(loop)))
        return WSS_ERR_UNSUPPORTED;
    wss_result_t result = wss_enter_public(loop);
    if (result != WSS_OK)
        return result;
    result = hal_of(loop)->listen(hal_of(loop)->context, where, &chosen);
    if (result == WSS_OK) {
        loop->flags = (uint8_t)(loop->flags & ~WSS_LOOP_CLOSING);
        if (port != NULL)
            *port = chosen;
    }
    wss_leave(loop);
    return result;
}
#endif

static void stop_listening(wss_loop_t *loop)
{
    if ((loop->flags & WSS_LOOP_CLOSING) == 0)
        hal_of(loop)->unlisten(hal_of(loop)->context);
    loop->flags |= WSS_LOOP_CLOSING;
}

wss_result_t wss_loop_close(wss_loop_t *loop, uint16_t code)
{
    if (!wss_close_code_may_send(code))
        return WSS_ERR_ARGUMENT;
    wss_result_t result = wss_enter_public(loop);
    if (result != WSS_OK)
        return result;
    wss_close_args_t args = {.code = code};
    stop_listening(loop);
    for (uint32_t i = 0; i < loop->config->conn_count; i++) {
        wss_conn_t *conn = wss_conn_at_now(loop, i);
        if (conn == NULL)
            continue;
        if (wss_state_now(conn) != WSS_CLOSING)
            wss_blame(conn, WSS_REASON_SHUTTING_DOWN);
        (void)wss_step(conn, WSS_EV_CLOSE, &args);
    }
#if WSS_CFG_CLIENT
    wss_sessions_stop(loop);
#endif
    wss_leave(loop);
    return WSS_OK;
}

void wss_loop_abort(wss_loop_t *loop)
{
    if (wss_enter_public(loop) != WSS_OK)
        return;
    stop_listening(loop);
    for (uint32_t i = 0; i < loop->config->conn_count; i++) {
        wss_conn_t *conn = wss_conn_at_now(loop, i);
        if (conn != NULL)
            (void)wss_step(conn, WSS_EV_ABORT, NULL);
    }
#if WSS_CFG_CLIENT
    wss_sessions_stop(loop);
#endif
    wss_leave(loop);
}
