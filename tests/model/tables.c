/* SPDX-License-Identifier: MIT */
/*
 * The stepping function, the generated tables and the timers, and nothing else of the engine:
 * actions only note that they were called, guards say what the test wants. Several connections
 * of both roles share a loop; messages and a session have one machine each.
 *
 * What happens is noted as numbers: whose it is, of what kind, and which one.
 */
#include <string.h>

#include "wss_names.h"
#include "wss_session_core.h"
#include "wss_step_message.h"

/* tests/model/tables.py has the same. */
enum { NOTE_GUARD = 1, NOTE_ACTION, NOTE_ROW, NOTE_FREE };
enum { CONNS = 5, SESSION = CONNS, NOTES = 512, BUDGET = 200 };

static wss_loop_t loop;
static wss_config_t config;
static wss_conn_t conns[CONNS];
static wss_session_t session;
static wss_session_config_t session_config;
static uint32_t notes[NOTES];
static unsigned note_count;
static uint64_t holding; /* guards that hold, as bits */

void tables_note_action(const void *whose, unsigned action);
bool tables_ask_guard(const void *whose, unsigned guard);

static void note(unsigned who, unsigned kind, unsigned which)
{
    if (note_count < NOTES)
        notes[note_count++] = who << 24 | kind << 16 | which;
}

static unsigned number_of(const void *whose)
{
    return whose == &session ? (unsigned)SESSION : wss_index(whose);
}

void tables_note_action(const void *whose, unsigned action)
{
    note(number_of(whose), NOTE_ACTION, action);
}

bool tables_ask_guard(const void *whose, unsigned guard)
{
    note(number_of(whose), NOTE_GUARD, guard);
    return (holding >> guard & 1) != 0;
}

static void on_trace(void *context, const wss_trace_t *entry)
{
    bool of_session = entry->machine == WSS_MACHINE_SESSION_CLIENT;
    (void)context;
    note(of_session ? SESSION : entry->conn, NOTE_ROW, wss_row_line(entry->machine, entry->row));
}

/* ------------------------------------------------- what the stepping function needs */

uint32_t wss_index(const wss_conn_t *conn)
{
    return (uint32_t)(conn - conns);
}

#if WSS_CFG_SMALL
void wss_run_later(wss_conn_t *conn)
#else
void wss_run_again(wss_conn_t *conn)
#endif
{
    (void)conn;
}

static void begin(wss_conn_t *conn)
{
    conn->reason = WSS_REASON_NONE;
    wss_step_reset(conn);
}

void wss_conn_free(wss_conn_t *conn)
{
    note(wss_index(conn), NOTE_FREE, 0);
    wss_timers_forget(conn);
    conn->life++;
    begin(conn);
}

/* ---------------------------------------------------------------------- for the test */

/* The last connection is a client's, the others are a server's. */
void tables_start(const uint32_t *timeouts, uint32_t now, bool traced)
{
    memset(&loop, 0, sizeof loop);
    memset(conns, 0, sizeof conns);
    memset(&session, 0, sizeof session);
    config = (wss_config_t){.conns = conns, .conn_count = CONNS, .trace = on_trace};
    loop.config = &config;
    loop.now = now;
    loop.traits = traced ? WSS_LOOP_TRACED : 0;
    memcpy(loop.timeout, timeouts, sizeof loop.timeout);
    for (unsigned i = 0; i < CONNS; i++) {
        conns[i].loop = &loop;
        conns[i].heap_position = WSS_NO_SLOT;
        conns[i].flags = i == CONNS - 1 ? WSS_CONN_CLIENT : 0;
        begin(&conns[i]);
        wss_step_reset_messages(&conns[i]);
    }
    session_config = (wss_session_config_t){.loop = &loop};
    session.config = &session_config;
    wss_step_reset_session(&session);
    note_count = 0;
}

void tables_begin_session(void)
{
    wss_step_reset_session(&session);
}

void tables_hold(uint64_t guards)
{
    holding = guards;
}

/* By the way of events that no state refuses where they can occur, or by that of all. */
bool tables_step(unsigned conn, unsigned event, bool raised)
{
    if (!raised)
        return wss_step(&conns[conn], event, NULL);
    wss_raise(&conns[conn], event);
    return true;
}

bool tables_step_message(bool receiver, unsigned event)
{
    return receiver ? wss_step_receiving(&conns[0], event) : wss_step_sending(&conns[0], event);
}

bool tables_may_send(unsigned event)
{
    return wss_may_send(&conns[0], event);
}

bool tables_step_session(unsigned event)
{
    return wss_step_session(&session, event);
}

/* The timers that are due raise their events. */
void tables_time(uint32_t milliseconds)
{
    loop.now += milliseconds;
    wss_timers_fire(&loop, BUDGET);
}

void tables_touch(unsigned conn)
{
    wss_timer_touch(&conns[conn]);
}

uint32_t tables_next(void)
{
    return wss_timers_next(&loop);
}

unsigned tables_state(unsigned conn)
{
    return conns[conn].state;
}

unsigned tables_message_state(bool receiver)
{
    return receiver ? conns[0].u.frames.receiving : conns[0].u.frames.sending;
}

unsigned tables_session_state(void)
{
    return session.state;
}

unsigned tables_reason(unsigned conn)
{
    return conns[conn].reason;
}

unsigned tables_public_state(unsigned conn)
{
    return wss_state_now(&conns[conn]);
}

unsigned tables_input(unsigned conn)
{
    return wss_input(&conns[conn]);
}

unsigned tables_allows(unsigned conn)
{
    return conns[conn].allow;
}

uint32_t tables_left(unsigned conn, unsigned timer)
{
    return wss_timer_left(&conns[conn], timer);
}

/* When the session's wait began; it means something only while it waits. */
uint32_t tables_session_since(void)
{
    return session.since;
}

bool tables_session_waits(void)
{
    return wss_session_waits(&session);
}

/* The notes since the last call. */
const uint32_t *tables_notes(unsigned *count)
{
    *count = note_count;
    note_count = 0;
    return notes;
}
