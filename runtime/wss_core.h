/* SPDX-License-Identifier: MIT */
/*
 * What the rooms of the runtime know of each other. Not for applications.
 *
 * A connection moves only through wss_step(). Whoever learns of something - the
 * loop, the frame reader, the HTTP reader, an API call - raises an event; the
 * generated tables say what becomes of it; the actions they name are the functions
 * wss_act_*(), each in the room whose business it is.
 *
 * Actions that call the application come last in their row (the generator checks
 * it), so a callback may raise events: nothing of the outer step is left undone.
 */
#ifndef WSS_CORE_H
#define WSS_CORE_H

#include "wss/wss.h"
#include "wss_machines.h"
#include "wss_tables.h"

/* wss_conn_t.flags */
enum {
    WSS_CONN_CLIENT = 1u << 0,      /* our role */
    WSS_CONN_EOF = 1u << 1,         /* the peer ended its side of TCP */
    WSS_CONN_OPENED = 1u << 2,      /* the opening handshake was completed */
    WSS_CONN_PEER_CLOSED = 1u << 3, /* the peer's Close was received */
    WSS_CONN_CLOSE_SENT = 1u << 4,  /* our Close was accepted by the stream */
    WSS_CONN_PEER_FIRST = 1u << 5,  /* the peer's Close came before ours */
    WSS_CONN_OVERLOAD = 1u << 6,    /* not among max_conns: beyond them (503), or not any more */
    WSS_CONN_IN_RUN_LIST = 1u << 7,
    WSS_CONN_HELD = 1u << 8,        /* received bytes wait in the stream for the application */
    WSS_CONN_STARVED = 1u << 9,     /* they wait for a control payload to come free */
    WSS_CONN_DIRTY = 1u << 10,      /* something was sent since the last flush */
    WSS_CONN_WANT_WRITE = 1u << 11, /* room is waited for */
    WSS_CONN_WATCH_READ = 1u << 12, /* what the stream watches now */
    WSS_CONN_WATCH_WRITE = 1u << 13,
    WSS_CONN_FAILED = 1u << 14,     /* the application failed on data: 1011 follows */
    WSS_CONN_BAD = 1u << 15,        /* a frame fails the connection: rx_bad follows */
    WSS_CONN_RESUMED = 1u << 16,    /* wss_resume() came while the application had the data */
    WSS_CONN_THIRSTY = 1u << 17,    /* STARVED, and room for a Pong would end it */
    WSS_CONN_RESET = 1u << 18,      /* the stream is to be given back with a reset */
    WSS_CONN_LOST = 1u << 19,       /* it cannot go on: aborted when the turn ends */
    WSS_CONN_OWES_REPLY = 1u << 20, /* a rejection was found, nothing of its response is sent */
    WSS_CONN_DELIVERS = 1u << 21    /* the data that rx_data was raised for go to the application */
};

/* What makes a reader return to where it began, so that a step ends the connection. */
enum { WSS_CONN_CONCLUDES = WSS_CONN_FAILED | WSS_CONN_BAD };

/* wss_loop_t.flags */
enum {
    WSS_LOOP_IN_STEP = 1u << 0,
    WSS_LOOP_CLOSING = 1u << 1, /* no connection is accepted any more */
    WSS_LOOP_FULL = 1u << 2,    /* the HAL was told to accept none for now */
    WSS_LOOP_STARVED = 1u << 3  /* some connection waits for a control payload */
};

/* wss_loop_t.traits: they do not change, so that any task may look at them */
enum {
    WSS_LOOP_LOCKS = 1u << 0,   /* the HAL has a lock, */
    WSS_LOOP_TASKS = 1u << 1,   /* or none, but numbers for tasks */
    WSS_LOOP_TRACED = 1u << 2,  /* transitions are told */
    WSS_LOOP_STRAIGHT = 1u << 3 /* an open connection only delivers data: they may go straight */
};

/* The slot of a connection: wss_index(). */
static inline wss_slot_t wss_slot_of(const wss_conn_t *conn)
{
    return (wss_slot_t)(conn - conn->loop->config->conns);
}

/* Our role: known to the compiler where only one is built. */
static inline bool wss_is_client(const wss_conn_t *conn)
{
#if WSS_CFG_SERVER && WSS_CFG_CLIENT
    return (conn->flags & WSS_CONN_CLIENT) != 0;
#else
    (void)conn;
    return WSS_CFG_CLIENT;
#endif
}

/* What the event close carries. */
typedef struct wss_close_args {
    uint16_t code; /* 0: none */
    const char *reason;
    size_t length;
} wss_close_args_t;

/* What rx_ping and rx_pong carry, and of rx_close the reason; its code is wss_conn_t.peer_code. */
typedef struct wss_span {
    const uint8_t *bytes;
    size_t length;
} wss_span_t;

/* -------------------------------------------------------------- wss_step.c */

/* Raises an event. `args` is what it carries, for the actions of this step. False:
 * the present state refuses it; nothing has changed. */
bool wss_step(wss_conn_t *conn, unsigned event, const void *args);

/* The same for an event that carries nothing, and that no state refuses where it can occur. */
void wss_raise(wss_conn_t *conn, unsigned event);

#if !WSS_CFG_SMALL
/* Whether all that the tables have for data in the state open is that they are delivered. */
bool wss_open_only_delivers(void);
#endif

/* Begins a life in an idle slot, and both directions of the message machine. */
void wss_step_reset(wss_conn_t *conn);
void wss_step_reset_messages(wss_conn_t *conn);

/* Whether transitions are told. */
static inline bool wss_is_traced(const wss_loop_t *loop)
{
#if WSS_CFG_TRACE
    return (loop->traits & WSS_LOOP_TRACED) != 0;
#else
    (void)loop;
    return false;
#endif
}

/* What the present state says of input (WSS_INPUT_*) and operations (WSS_ALLOW_*). */
static inline unsigned wss_input(const wss_conn_t *conn)
{
    return conn->input;
}

static inline bool wss_allows(const wss_conn_t *conn, unsigned operation)
{
    return (conn->allow & operation) != 0;
}

/* Names why the connection ends, unless that is known already. */
void wss_blame(wss_conn_t *conn, unsigned reason);

/* wss_state() for whoever holds the lock; so are the others with such a name. */
wss_public_state_t wss_state_now(const wss_conn_t *conn);

/* ------------------------------------------------------------- wss_timer.c */

/* Follows a transition: stops and starts timers as the row and the states say. */
void wss_timers_step(wss_conn_t *conn, const wss_row_t *row, bool moved, unsigned arm);

/* Frames go on, by bytes that arrived, by room, by the application: the idle timer begins again. */
void wss_timer_touch(wss_conn_t *conn);

/* Milliseconds until the timer is due, 0 when it is; WSS_FOREVER: it does not run. */
uint32_t wss_timer_left(const wss_conn_t *conn, unsigned timer);

/* Raises at most `budget` events that are due. */
void wss_timers_fire(wss_loop_t *loop, unsigned budget);

/* Milliseconds until the first deadline; 0: due; WSS_FOREVER: none. */
uint32_t wss_timers_next(const wss_loop_t *loop);

void wss_timers_forget(wss_conn_t *conn);

/* -------------------------------------------------------------- wss_conn.c */

/* Takes a slot for a connection, or NULL. Gives it back, and its stream. */
wss_conn_t *wss_conn_take(wss_loop_t *loop);
wss_conn_t *wss_conn_at_now(wss_loop_t *loop, uint32_t index);
const char *wss_protocol_now(const wss_conn_t *conn);
void wss_peer_now(const wss_conn_t *conn, char *buffer, size_t capacity);
void wss_conn_free(wss_conn_t *conn);

/* Takes in a connection that the HAL has. False: there is nothing more to take in now. */
bool wss_conn_accept(wss_loop_t *loop);

/* Watches for room: the loop goes on with a response, or hears when all is sent. What
 * waits in the frame context is watched for without asking. */
void wss_want_write(wss_conn_t *conn, bool on);

/* Flushes, and tells the stream what to watch: once all else of a turn is done. */
void wss_conn_settle(wss_conn_t *conn);

/* Aborts the connection when the turn ends: for who must not step now. */
void wss_conn_lose(wss_conn_t *conn);

/* The same where the stream took nothing: it is broken. Returns WSS_ERR_NETWORK. */
wss_result_t wss_conn_broken(wss_conn_t *conn);

/* Puts the connection on the list of those that this turn, or the next, settles. */
void wss_run_again(wss_conn_t *conn);

/* The same, but the one whose turn it is is settled anyway. */
#if WSS_CFG_SMALL
void wss_run_later(wss_conn_t *conn);
#else
static inline void wss_run_later(wss_conn_t *conn)
{
    if (conn->loop->current != conn)
        wss_run_again(conn);
}
#endif

/* ------------------------------------------------------------ wss_output.c */

/* Sends bytes that are known to fit, at least one; they leave at the end of the turn. False:
 * the stream is broken, which its next report says. */
bool wss_put(wss_conn_t *conn, const void *bytes, size_t length);

/* Room for bytes that will surely be accepted now. */
uint32_t wss_room(const wss_conn_t *conn);

/* ------------------------------------------------------------ wss_receive.c */

/* Something arrived, or ended. */
void wss_conn_read(wss_conn_t *conn);

/* Delivers again what was refused. */
void wss_conn_resume(wss_conn_t *conn);

/* --------------------------------------------------------------- wss_send.c */

/* Something waits for room: a refused send, a Pong; and it would fit now. */
bool wss_send_waits(const wss_conn_t *conn);
bool wss_send_ready(const wss_conn_t *conn);

/* A send was refused, and would fit now. */
bool wss_send_fits(const wss_conn_t *conn);

/* Writes a frame of at most 125 bytes, which the caller knows to fit. Where there is no mask
 * for it the connection ends once the present step is done. */
void wss_put_control(wss_conn_t *conn, wss_opcode_t opcode, const void *bytes, size_t length);

/* The same for a Close, which is noted as sent; code 0: without a payload. */
void wss_put_close(wss_conn_t *conn, uint16_t code, const char *reason, size_t length);

/* ------------------------------------------------------------ wss_control.c */

/* A control payload from the pool; WSS_NO_SLOT: it is empty. */
wss_slot_t wss_control_take(wss_conn_t *conn);
void wss_control_give(wss_conn_t *conn, wss_slot_t *slot);
void wss_controls_init(wss_loop_t *loop);

static inline wss_control_t *wss_control_at(const wss_conn_t *conn, wss_slot_t slot)
{
    return &conn->loop->config->controls[slot];
}

/* Whether a Ping of `length` bytes can be answered now, or remembered. */
bool wss_pong_possible(const wss_conn_t *conn, size_t length);

/* Gives up the Pong that waits, if one does. Returns its place, emptied. */
wss_slot_t wss_pong_drop(wss_conn_t *conn);

/* Control payloads are free: those that waited for one read on. */
void wss_controls_feed(wss_loop_t *loop);

/* There is room: a Ping that waited for it is answered. */
void wss_control_quench(wss_conn_t *conn);

/* --------------------------------------------------------------- wss_lock.c */

/* The HAL's lock, around every public call; released while the application runs. */
#if WSS_CFG_SMALL
void wss_enter(const wss_loop_t *loop);
void wss_leave(const wss_loop_t *loop);
#else
static inline void wss_enter(const wss_loop_t *loop)
{
    if ((loop->traits & WSS_LOOP_LOCKS) != 0)
        loop->config->hal->lock(loop->config->hal->context);
}

static inline void wss_leave(const wss_loop_t *loop)
{
    if ((loop->traits & WSS_LOOP_LOCKS) != 0)
        loop->config->hal->unlock(loop->config->hal->context);
}
#endif

/* Whether a public function has no door to pass: there is neither a lock nor a task to tell, and
 * the clock was read for this turn. */
static inline bool wss_is_inside(const wss_loop_t *loop)
{
    return (loop->traits & (WSS_LOOP_LOCKS | WSS_LOOP_TASKS)) == 0 &&
           (loop->flags & WSS_LOOP_IN_STEP) != 0;
}

/* The same at the door of a public function. WSS_ERR_TASK: not this task's business. */
wss_result_t wss_enter_public(wss_loop_t *loop);

/* ------------------------------------------------------------- wss_report.c */

static inline const wss_handler_t *wss_handler_of(const wss_conn_t *conn)
{
    return conn->loop->config->handler;
}

/* Hands data to the application, if it wants any. Returns what it says. */
static inline wss_result_t wss_hand_on(wss_conn_t *conn, const wss_data_t *data)
{
    wss_result_t (*on_data)(wss_conn_t *, const wss_data_t *) = wss_handler_of(conn)->on_data;
    if (on_data == NULL)
        return WSS_OK;
    wss_leave(conn->loop);
    wss_result_t result = on_data(conn, data);
    wss_enter(conn->loop);
    return result;
}

/* -------------------------------------------------------------- wss_head.c */

/* Reads bytes of the message head of our role: see wss_request_read(). `*event` becomes
 * WSS_EV_COUNT where there is nothing to raise yet. */
uint32_t wss_head_read(wss_conn_t *conn, const uint8_t *bytes, uint32_t length, unsigned *event);

/* ---------------------------------------------------------- wss_response.c */

/* Prepares u.handshake for a response, reads bytes of its head: as a request's below. */
void wss_response_begin(wss_conn_t *conn);
uint32_t wss_response_read(wss_conn_t *conn, const uint8_t *bytes, uint32_t length,
                           unsigned *event);
int wss_status_now(const wss_conn_t *conn);

/* ------------------------------------------- wss_request.c and wss_reply.c */

/* Prepares u.handshake for a request. */
void wss_request_begin(wss_conn_t *conn);

/* Reads bytes of the request head. Returns how many it took: all, or up to the end of
 * the head. When the head is complete or has to be rejected `*event` becomes the event for the
 * caller to raise. */
uint32_t wss_request_read(wss_conn_t *conn, const uint8_t *bytes, uint32_t length, unsigned *event);

/* Begins the response to a rejected request, or goes on with one that did not fit. */
void wss_reply_continue(wss_conn_t *conn);

#endif
