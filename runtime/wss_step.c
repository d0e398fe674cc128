/* SPDX-License-Identifier: MIT */
/*
 * The stepping function, the only place that writes a state; wss_step_message.h is the part of
 * it for messages. It finds the row of the generated table that an event takes, moves, sees to
 * the timers and performs the actions. What states, rows and actions mean is not its business.
 */
#include "wss_session_core.h"
#include "wss_step_message.h"

static const wss_machine_t *connection_machine(const wss_conn_t *conn)
{
#if WSS_CFG_SERVER && WSS_CFG_CLIENT
    return wss_is_client(conn) ? &wss_connection_client : &wss_connection_server;
#elif WSS_CFG_CLIENT
    (void)conn;
    return &wss_connection_client;
#else
    (void)conn;
    return &wss_connection_server;
#endif
}

wss_public_state_t wss_state_now(const wss_conn_t *conn)
{
    return (wss_public_state_t)connection_machine(conn)->states[conn->state].public_state;
}

static void set_state(wss_conn_t *conn, unsigned state)
{
    const wss_state_info_t *info = &connection_machine(conn)->states[state];
    conn->state = (uint8_t)state;
    conn->input = info->input;
    conn->allow = info->allow;
}

void wss_blame(wss_conn_t *conn, unsigned reason)
{
    if (conn->reason == WSS_REASON_NONE)
        conn->reason = (uint8_t)reason;
}

/* Tells the application of a transition. */
static void tell(const wss_loop_t *loop, uint32_t conn, wss_trace_t entry)
{
#if WSS_CFG_TRACE
    entry.now = loop->now;
    entry.conn = (uint16_t)conn;
    loop->config->trace(loop->config->context, &entry);
#else
    (void)loop, (void)conn, (void)entry;
#endif
}

/* The state that a row belongs to. */
static unsigned state_of(const wss_machine_t *machine, unsigned row)
{
    unsigned state = 0;
    while (machine->first[state + 1] <= row)
        state++;
    return state;
}

static void tell_row(const wss_loop_t *loop, uint32_t conn, const wss_machine_t *machine,
                     const wss_row_t *row)
{
    const unsigned number = (unsigned)(row - machine->rows);
    const wss_trace_t entry = {.machine = machine->id,
                               .row = (uint8_t)number,
                               .from = (uint8_t)state_of(machine, number),
                               .to = row->to,
                               .event = row->event};
    tell(loop, conn, entry);
}

void wss_step_tell(const wss_conn_t *conn, unsigned machine, wss_cell_t cell, unsigned from,
                   unsigned event)
{
    const wss_trace_t entry = {.machine = (uint8_t)machine,
                               .row = (uint8_t)(cell.row - 1),
                               .from = (uint8_t)from,
                               .to = cell.to,
                               .event = (uint8_t)event};
    tell(conn->loop, wss_index(conn), entry);
}

/* The first row of a state for an event, or NULL. */
static inline const wss_row_t *first_row(const wss_machine_t *machine, unsigned state,
                                         unsigned event)
{
#if WSS_CFG_SMALL
    const wss_row_t *end = machine->rows + machine->first[state + 1];
    for (const wss_row_t *row = machine->rows + machine->first[state]; row != end; row++)
        if (row->event == event)
            return row;
    return NULL;
#else
    unsigned number = machine->lookup[state * machine->event_count + event] & ~WSS_LOOKUP_QUIET;
    return number == 0 ? NULL : machine->rows + number - 1;
#endif
}

/* Rows of one state and event are tried in order; the first whose guard holds is taken. */
static const wss_row_t *guarded_row(const wss_machine_t *machine, const wss_conn_t *conn,
                                    unsigned state, const wss_row_t *row)
{
    const wss_row_t *end = machine->rows + machine->first[state + 1];
    unsigned event = row->event;
    for (; row != end; row++)
        if (row->event == event && wss_connection_guard(conn, row->guard))
            return row;
    return NULL;
}

static inline const wss_row_t *find_row(const wss_machine_t *machine, const wss_conn_t *conn,
                                        unsigned state, unsigned event)
{
    const wss_row_t *row = first_row(machine, state, event);
    return row == NULL || row->guard == WSS_GUARD_NONE ? row
                                                       : guarded_row(machine, conn, state, row);
}

void wss_step_reset(wss_conn_t *conn)
{
    set_state(conn, WSS_ST_IDLE);
}

/* Another state, a reason, or timers: most rows have none of these. */
static bool moves(const wss_row_t *row, unsigned from)
{
    return ((row->to ^ from) | row->reason | row->stop | row->start) != 0;
}

static void move(wss_conn_t *conn, const wss_machine_t *machine, const wss_row_t *row,
                 unsigned from)
{
    if (row->to != from)
        set_state(conn, row->to);
    if (row->reason != WSS_REASON_NONE)
        wss_blame(conn, row->reason);
    if (row->to != from || (row->stop | row->start) != 0)
        wss_timers_step(conn, row, row->to != from, machine->states[row->to].arm);
}

bool wss_step(wss_conn_t *conn, unsigned event, const void *args)
{
    const wss_machine_t *machine = connection_machine(conn);
    conn->loop->event = args;
    const wss_row_t *row = find_row(machine, conn, conn->state, event);
    if (row == NULL)
        return false;

    uint16_t life = conn->life;
    if (moves(row, conn->state))
        move(conn, machine, row, conn->state);
    if (wss_is_traced(conn->loop))
        tell_row(conn->loop, wss_index(conn), machine, row);
    unsigned i = 0;
    do
        wss_connection_act(conn, row->act[i]);
    while (++i < sizeof row->act && row->act[i] != WSS_ACT_NONE);
    if (row->to == WSS_ST_CLOSED && conn->life == life)
        wss_conn_free(conn);
    return true;
}

#if !WSS_CFG_SMALL
/* The one action of an event that moves nothing; WSS_ACT_NONE: it does more, or nothing. */
static inline unsigned only_act(const wss_machine_t *machine, unsigned state, unsigned event)
{
    unsigned number = machine->lookup[state * machine->event_count + event];
    return (number & WSS_LOOKUP_QUIET) != 0 ? machine->rows[number - WSS_LOOKUP_QUIET - 1].act[0]
                                            : WSS_ACT_NONE;
}

static bool only_delivers(const wss_machine_t *machine)
{
    return machine->states[WSS_ST_OPEN].input == WSS_INPUT_FRAMES &&
           only_act(machine, WSS_ST_OPEN, WSS_EV_RX_DATA) == WSS_ACT_DELIVER;
}

bool wss_open_only_delivers(void)
{
    bool so = true;
#if WSS_CFG_SERVER
    so = so && only_delivers(&wss_connection_server);
#endif
#if WSS_CFG_CLIENT
    so = so && only_delivers(&wss_connection_client);
#endif
    return so;
}
#endif

/* Most events do one thing, those of data above all. */
void wss_raise(wss_conn_t *conn, unsigned event)
{
#if !WSS_CFG_SMALL
    unsigned act = only_act(connection_machine(conn), conn->state, event);
    if (act != WSS_ACT_NONE && !wss_is_traced(conn->loop)) {
        conn->loop->event = NULL;
        wss_connection_act(conn, act);
        return;
    }
#endif
    (void)wss_step(conn, event, NULL);
}

void wss_step_reset_messages(wss_conn_t *conn)
{
    conn->u.frames.receiving = WSS_ST_MSG_IDLE;
    conn->u.frames.sending = WSS_ST_MSG_IDLE;
}

/* -------------------------------------------------------------------- sessions */

#if WSS_CFG_CLIENT

static void tell_session(const wss_session_t *session, const wss_row_t *row)
{
    uint32_t conn = session->conn != NULL ? wss_index(session->conn) : WSS_NO_SLOT;
    tell_row(session->config->loop, conn, &wss_session_client, row);
}

static const wss_row_t *session_row(const wss_session_t *session, unsigned event)
{
    const wss_machine_t *machine = &wss_session_client;
    const wss_row_t *end = machine->rows + machine->first[session->state + 1];
    const wss_row_t *row = first_row(machine, session->state, event);
    for (; row != NULL && row != end; row++)
        if (row->event == event && wss_session_guard(session, row->guard))
            return row;
    return NULL;
}

void wss_step_reset_session(wss_session_t *session)
{
    session->state = WSS_ST_SESSION_IDLE;
}

/* The one timer begins with the state that arms it. */
bool wss_step_session(wss_session_t *session, unsigned event)
{
    unsigned from = session->state;
    const wss_row_t *row = session_row(session, event);
    if (row == NULL)
        return false;
    session->state = row->to;
    if (row->to != from && wss_session_waits(session))
        session->since = session->config->loop->now;
    if (wss_is_traced(session->config->loop))
        tell_session(session, row);
    for (unsigned i = 0; i < sizeof row->act && row->act[i] != WSS_ACT_NONE; i++)
        wss_session_act(session, row->act[i]);
    return true;
}
#endif
