/* SPDX-License-Identifier: MIT */
/*
 * A connection's slot and its stream: taking and giving back, and at the end of a turn
 * flushing and telling the stream what to watch. What the bytes mean is the business of others.
 */
#include <string.h>

#include "wss_output.h"

/* ------------------------------------------------------------------- slots */

/* A free slot is idle, and has neither a stream nor timers. */
wss_conn_t *wss_conn_take(wss_loop_t *loop)
{
    const wss_config_t *config = loop->config;
    const wss_slot_t slot = loop->free_conns;
    if (slot == WSS_NO_SLOT)
        return NULL;
    wss_conn_t *conn = &config->conns[slot];
    loop->free_conns = conn->next_free;
    loop->count++;
    conn->user = NULL;
#if WSS_CFG_CLIENT
    conn->session = NULL;
#endif
    conn->sent_code = 0;
    conn->peer_code = 0;
    conn->flags = (conn->flags & WSS_CONN_IN_RUN_LIST) | WSS_CONN_WATCH_READ;
    conn->reason = WSS_REASON_NONE;
    conn->protocol = 0;
    conn->path = 0;
    conn->buffer = NULL;
    conn->buffer_size = 0;
    if (config->messages != NULL) {
        conn->buffer = config->messages + (size_t)slot * config->message_size;
        conn->buffer_size = config->message_size;
    }
    return conn;
}

static void give_back_controls(wss_conn_t *conn)
{
    if ((conn->flags & WSS_CONN_OPENED) == 0)
        return;
    wss_control_give(conn, &conn->u.frames.control);
    wss_control_give(conn, &conn->u.frames.pong);
    wss_control_give(conn, &conn->u.frames.kept);
}

/* The connection no longer counts against max_conns. */
static void uncount(wss_conn_t *conn)
{
    if (wss_is_client(conn) || (conn->flags & WSS_CONN_OVERLOAD) != 0)
        return;
    conn->flags |= WSS_CONN_OVERLOAD;
    conn->loop->served--;
}

static void release(wss_conn_t *conn, bool reset)
{
    if (reset)
        wss_output_drop(conn);
    else
        wss_output_push(conn);
    conn->stream->ops->release(conn->stream, reset);
    conn->stream = NULL;
}

void wss_conn_free(wss_conn_t *conn)
{
    wss_loop_t *loop = conn->loop;
    wss_timers_forget(conn);
    give_back_controls(conn);
    if (conn->stream != NULL)
        release(conn, (conn->flags & WSS_CONN_RESET) != 0);
    conn->life++;
    loop->count--;
    uncount(conn);
    if (loop->current == conn)
        loop->current = NULL;
    wss_step_reset(conn);

    conn->next_free = loop->free_conns;
    loop->free_conns = (wss_slot_t)wss_index(conn);
    if ((loop->flags & WSS_LOOP_FULL) != 0) {
        loop->flags = (uint8_t)(loop->flags & ~WSS_LOOP_FULL);
        loop->config->hal->accepting(loop->config->hal->context, true);
    }
}

uint32_t wss_index(const wss_conn_t *conn)
{
    return (uint32_t)(conn - conn->loop->config->conns);
}

#if WSS_CFG_SERVER
bool wss_conn_accept(wss_loop_t *loop)
{
    const wss_hal_t *hal = loop->config->hal;
    wss_conn_t *conn = wss_conn_take(loop);
    if (conn == NULL) {
        loop->flags |= WSS_LOOP_FULL;
        hal->accepting(hal->context, false);
        return false;
    }
    if (loop->served >= loop->max_conns)
        conn->flags |= WSS_CONN_OVERLOAD;
    else
        loop->served++;
    conn->stream = hal->accept(hal->context, conn);
    if (conn->stream == NULL) {
        wss_conn_free(conn);
        return false;
    }
    wss_request_begin(conn);
    (void)wss_step(conn, WSS_EV_ACCEPT, NULL);
    return true;
}
#endif

/* --------------------------------------------------------------- the run list */

#if WSS_CFG_SMALL
void wss_run_later(wss_conn_t *conn)
{
    if (conn->loop->current != conn)
        wss_run_again(conn);
}
#endif

/* A slot that is freed stays on the list: whoever comes to it finds it idle, or the next
 * connection in it, for which a turn more is no matter. */
void wss_run_again(wss_conn_t *conn)
{
    wss_loop_t *loop = conn->loop;
    wss_slot_t self = wss_slot_of(conn);
    if ((conn->flags & WSS_CONN_IN_RUN_LIST) != 0)
        return;
    conn->flags |= WSS_CONN_IN_RUN_LIST;
    conn->next_run = WSS_NO_SLOT;
    if (loop->run_first == WSS_NO_SLOT)
        loop->run_first = self;
    else
        loop->config->conns[loop->run_last].next_run = self;
    loop->run_last = self;
    if ((loop->flags & WSS_LOOP_IN_STEP) == 0)
        loop->config->hal->wake(loop->config->hal->context);
}

/* ---------------------------------------------------------------- the stream */

void wss_want_write(wss_conn_t *conn, bool on)
{
    if (on)
        conn->flags |= WSS_CONN_WANT_WRITE;
    else
        conn->flags &= ~(uint32_t)WSS_CONN_WANT_WRITE;
    wss_run_later(conn);
}

#if !WSS_CFG_SMALL
/* What most connections want after most turns: to read, as before. */
static inline bool just_reads(const wss_conn_t *conn)
{
    const wss_frames_t *f = &conn->u.frames;
    const uint32_t said = WSS_CONN_EOF | WSS_CONN_HELD | WSS_CONN_STARVED | WSS_CONN_WANT_WRITE |
                          WSS_CONN_THIRSTY | WSS_CONN_WATCH_READ | WSS_CONN_WATCH_WRITE;
    return (conn->flags & said) == WSS_CONN_WATCH_READ && wss_input(conn) == WSS_INPUT_FRAMES &&
           f->wanted == 0 && f->pong == WSS_NO_SLOT;
}
#endif

static void watch(wss_conn_t *conn)
{
    const unsigned both = WSS_CONN_WATCH_READ | WSS_CONN_WATCH_WRITE;
    const unsigned deaf = WSS_CONN_EOF | WSS_CONN_HELD | WSS_CONN_STARVED;
    unsigned want = 0;
    if (wss_input(conn) != WSS_INPUT_NONE && (conn->flags & deaf) == 0)
        want |= WSS_CONN_WATCH_READ;
    if ((conn->flags & WSS_CONN_WANT_WRITE) != 0 || wss_send_waits(conn))
        want |= WSS_CONN_WATCH_WRITE;
    if ((conn->flags & both) == want)
        return;
    conn->flags = (conn->flags & ~both) | want;
    unsigned what = (want & WSS_CONN_WATCH_READ) != 0 ? WSS_READY_READ : 0u;
    what |= (want & WSS_CONN_WATCH_WRITE) != 0 ? WSS_READY_WRITE : 0u;
    conn->stream->ops->watch(conn->stream, what);
}

void wss_conn_lose(wss_conn_t *conn)
{
    conn->flags |= WSS_CONN_LOST;
    wss_run_later(conn);
}

wss_result_t wss_conn_broken(wss_conn_t *conn)
{
    wss_blame(conn, WSS_REASON_CONNECTION_LOST);
    wss_conn_lose(conn);
    return WSS_ERR_NETWORK;
}

void wss_conn_settle(wss_conn_t *conn)
{
    if ((conn->flags & WSS_CONN_LOST) != 0) {
        (void)wss_step(conn, WSS_EV_ABORT, NULL);
        return;
    }
    if ((conn->flags & WSS_CONN_DIRTY) != 0) {
        conn->flags &= ~(uint32_t)WSS_CONN_DIRTY;
        wss_output_flush(conn);
    }
#if !WSS_CFG_SMALL
    if (just_reads(conn))
        return;
#endif
    watch(conn);
}

/* ------------------------------------------------------------ guards, actions */

bool wss_guard_layered(const wss_conn_t *conn)
{
    return conn->stream->ops->phase(conn->stream) != WSS_PHASE_UP;
}

static bool is_held(const wss_conn_t *conn)
{
    return (conn->flags & (WSS_CONN_HELD | WSS_CONN_STARVED)) != 0;
}

bool wss_guard_alive(const wss_conn_t *conn)
{
    int32_t heard = (int32_t)(conn->since[WSS_CLOCK_IDLE] - conn->since[WSS_CLOCK_PONG]);
    return heard > 0 || is_held(conn);
}

bool wss_guard_held_by_us(const wss_conn_t *conn)
{
    return is_held(conn) && conn->u.frames.wanted == 0;
}

bool wss_guard_peer_done(const wss_conn_t *conn)
{
    return (conn->flags & WSS_CONN_EOF) != 0;
}

void wss_act_finish_stream(wss_conn_t *conn)
{
    conn->flags &=
        ~(uint32_t)(WSS_CONN_DIRTY | WSS_CONN_HELD | WSS_CONN_STARVED | WSS_CONN_THIRSTY);
    uncount(conn);
    wss_output_flush(conn);
    conn->stream->ops->finish(conn->stream);
    wss_want_write(conn, true);
}

#if WSS_CFG_CLIENT
void wss_act_empty_stream(wss_conn_t *conn)
{
    wss_want_write(conn, true);
}
#endif

/* The stream itself goes with the slot, once the application knows. */
void wss_act_release_stream(wss_conn_t *conn)
{
    conn->flags &= ~(uint32_t)WSS_CONN_RESET;
}

void wss_act_reset_stream(wss_conn_t *conn)
{
    conn->flags |= WSS_CONN_RESET;
}

/* ---------------------------------------------------------------- properties */

void wss_set_user(wss_conn_t *conn, void *user)
{
    conn->user = user;
}

void *wss_user(const wss_conn_t *conn)
{
    return conn->user;
}

void *wss_context(const wss_conn_t *conn)
{
    return conn->loop->config->context;
}

wss_loop_t *wss_loop_of(const wss_conn_t *conn)
{
    return conn->loop;
}

const char *wss_protocol_now(const wss_conn_t *conn)
{
#if WSS_CFG_CLIENT
    if (wss_is_client(conn))
        return (conn->flags & WSS_CONN_OPENED) != 0 ? conn->agreed : NULL;
#endif
    return conn->protocol == 0 ? NULL : conn->loop->config->protocols[conn->protocol - 1];
}

wss_public_state_t wss_state(const wss_conn_t *conn)
{
    wss_enter(conn->loop);
    wss_public_state_t state = wss_state_now(conn);
    wss_leave(conn->loop);
    return state;
}

const char *wss_protocol(const wss_conn_t *conn)
{
    wss_enter(conn->loop);
    const char *protocol = wss_protocol_now(conn);
    wss_leave(conn->loop);
    return protocol;
}

int wss_path(const wss_conn_t *conn)
{
    return (int)conn->path - 1;
}

void wss_peer_now(const wss_conn_t *conn, char *buffer, size_t capacity)
{
    if (capacity > 0)
        buffer[0] = '\0';
    if (conn->stream != NULL)
        conn->stream->ops->peer(conn->stream, buffer, capacity);
}

void wss_peer(const wss_conn_t *conn, char *buffer, size_t capacity)
{
    wss_enter(conn->loop);
    wss_peer_now(conn, buffer, capacity);
    wss_leave(conn->loop);
}
