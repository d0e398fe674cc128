/* SPDX-License-Identifier: MIT */
/*
 * What the files of the websock API know of each other. Nobody else includes it.
 *
 * Each connection has a loop of its own, which whoever waits in a call steps: one thread at
 * a time, without the monitor. The engine is called without the monitor, too, as it may
 * call back at once; the callbacks take it. After on_closed the engine's connection stays
 * as it is until the handle is given back, which waits for every call: a late one is
 * refused by the engine.
 */
#ifndef WEBSOCK_CORE_H
#define WEBSOCK_CORE_H

#include <wss/wss.h>

#include "websock.h"
#include "websock_os.h"
#include "websock_port.h"

enum { WEBSOCK_CONTROL = 125 }; /* payload of a control frame (RFC 6455, 5.5) */

/* A call that waits for bytes. */
typedef struct websock_receiver {
    websock_msg_hdr_t *header;
    char *buffer;
    size_t capacity;
    size_t count; /* what it got */
    bool done;
    uint32_t begin; /* of the time that it has */
    uint32_t timeout;
    uint32_t left;
    unsigned turns;
} websock_receiver_t;

typedef struct websock {
    bool taken; /* these two are guarded by websock_os_enter() */
    bool prepared;
    websock_os_monitor_t monitor; /* guards all but the engine's part */

    uintptr_t handle; /* 0: none is given out */
    uintptr_t lives;
    unsigned users; /* calls inside */

    bool opened;
    bool over;           /* nothing is received or sent any more */
    uint32_t over_since; /* ms */
    bool closed;
    bool closing;      /* websock_close() is at work */
    bool stepping;     /* a thread steps the loop */
    bool unsettled;    /* something was sent since the last step began */
    bool sending;      /* a thread sends a message */
    bool receiving;    /* a thread receives */
    unsigned writable; /* how often there was room again */

    websock_receiver_t *receiver;
    websock_msg_hdr_t frame; /* being received; opcode < 0: none */
    size_t taken_of_piece;   /* by receivers, of the piece that the engine holds */
    bool held;               /* the engine holds a piece */
    uint8_t pong[WEBSOCK_CONTROL];
    uint8_t pong_length;
    uint8_t pong_taken;
    bool pong_waits;
    unsigned empty_pings; /* sent by the application and not answered */

    websock_event_handler handler;
    void *handler_context;
    websock_os_thread_t thread;
    bool thread_runs;
    bool thread_releases; /* it gives the handle back when it ends */

    /* The engine's part, prepared by websock_open(). */
    wss_conn_t *conn;
    wss_loop_t loop;
    wss_config_t config;
    websock_carrier_t carrier;
    wss_conn_t conns[1];
    wss_control_t controls[1];
    uint8_t received[WEBSOCK_READ_SIZE];
    uint8_t gathered[WEBSOCK_SEND_SIZE];
    wss_target_t target; /* with what it points to: in use until the connection is open */
    wss_header_t headers[WEBSOCK_MAX_HNDSHK_HDRS];
    char uri[WEBSOCK_URI_SIZE];
    char protocol_text[WEBSOCK_PROTOCOL_SIZE];
    const char *protocols[WEBSOCK_PROTOCOL_COUNT];
    websock_port_t port;
} websock_t;

/* ---------------------------------------------------------------- websock_pool.c */

/* A free connection, or NULL. Given back when no call is inside. */
websock_t *websock_take(void);
void websock_give(websock_t *self);

/* Gives a handle out for it. */
websock_handle_t websock_name(websock_t *self);

/* The connection of a handle, locked; NULL: there is none. */
websock_t *websock_find(websock_handle_t handle);

/* The same with this call counted in; NULL also where it is being closed. */
websock_t *websock_enter(websock_handle_t handle);

/* The opposite of websock_enter(). */
void websock_leave(websock_t *self);

/* ---------------------------------------------------------------- websock_turn.c */

/* All of these are called with the monitor held, and give it up meanwhile. */

/* Steps the loop, or waits while another thread does, until something happened or for
 * `wait` ms. */
void websock_turn(websock_t *self, uint32_t wait);

uint32_t websock_now(const websock_t *self);

/* Milliseconds that are left of `span` from `begin` on. */
uint32_t websock_left(const websock_t *self, uint32_t begin, uint32_t span);

/* ------------------------------------------------- websock_events.c, websock_recv.c */

/* The callbacks of every connection. */
extern const wss_handler_t websock_callbacks;

/* Gives the Pong that is kept to the receiver. False: there is none. */
bool websock_take_pong(websock_t *self);

/* The parts of websock_receive(). False: another call receives all the time. */
bool websock_receive_begin(websock_t *self, websock_receiver_t *receiver, uint32_t timeout);
bool websock_receive_waits(websock_t *self, websock_receiver_t *receiver); /* for receiver->left */
int websock_receive_end(websock_t *self, const websock_receiver_t *receiver);

/* As websock_recv(). Called with the monitor held. Inline, as turns go deep. */
static inline int websock_receive(websock_t *self, websock_receiver_t *receiver, uint32_t timeout)
{
    if (!websock_receive_begin(self, receiver, timeout))
        return 0;
    while (websock_receive_waits(self, receiver))
        websock_turn(self, receiver->left);
    return websock_receive_end(self, receiver);
}

void websock_no_frame(websock_msg_hdr_t *header);

/* Fills self->target and what it points to; `why`: what is wrong. */
wss_result_t websock_target(websock_t *self, const websock_config_t *config, const char **why);

/* --------------------------------------------------------------- websock_close.c */

/* Does the closing handshake. Called with the monitor held, by whom set `closing`. */
void websock_finish(websock_t *self);

/* Gives the handle back, and the monitor up. */
void websock_release(websock_t *self);

/* Waits until no call is inside. Called with the monitor held. */
void websock_wait_for_users(websock_t *self);

static inline void websock_log(const char *what, const char *why)
{
    if (WEBSOCK_LOG)
        websock_os_log(what, why);
}

#endif
