/* SPDX-License-Identifier: MIT */
/* Looks at connections without touching them: see wss_inspect.h. */
#include "wss/wss_inspect.h"

#include "wss_core.h"
#include "wss_names.h"

#if WSS_CFG_NAMES

static const wss_machine_t *machine_of(unsigned number)
{
#if WSS_CFG_SERVER
    if (number == WSS_MACHINE_CONNECTION_SERVER)
        return &wss_connection_server;
#endif
#if WSS_CFG_CLIENT
    if (number == WSS_MACHINE_CONNECTION_CLIENT)
        return &wss_connection_client;
#endif
    return NULL;
}

static void look_at(wss_conn_t *conn, wss_inspection_t *inspection)
{
    bool client = (conn->flags & WSS_CONN_CLIENT) != 0;
    unsigned machine = client ? WSS_MACHINE_CONNECTION_CLIENT : WSS_MACHINE_CONNECTION_SERVER;
    *inspection = (wss_inspection_t){
        .machine = wss_machine_name(machine),
        .state = wss_state_name(machine, conn->state),
        .public_state = wss_state_now(conn),
        .cause = (wss_reason_t)conn->reason,
        .received = (conn->flags & WSS_CONN_OPENED) != 0 ? conn->u.frames.offset : 0,
        .machine_number = (uint8_t)machine,
        .state_number = conn->state,
    };
    for (unsigned timer = 0; timer < WSS_TIMER_COUNT; timer++)
        inspection->left[timer] = wss_timer_left(conn, timer);
    wss_peer_now(conn, inspection->peer, sizeof inspection->peer);
}

bool wss_inspect(wss_loop_t *loop, uint32_t index, wss_inspection_t *inspection)
{
    if (wss_enter_public(loop) != WSS_OK)
        return false;
    wss_conn_t *conn = wss_conn_at_now(loop, index);
    if (conn != NULL)
        look_at(conn, inspection);
    wss_leave(loop);
    return conn != NULL;
}

/* Whether an earlier row of the state has the event of this one. */
static bool is_repeated(const wss_machine_t *machine, unsigned first, unsigned row)
{
    for (unsigned i = first; i < row; i++)
        if (machine->rows[i].event == machine->rows[row].event)
            return true;
    return false;
}

const char *wss_inspect_event(const wss_inspection_t *inspection, unsigned number)
{
    const wss_machine_t *machine = machine_of(inspection->machine_number);
    if (machine == NULL)
        return NULL;
    unsigned first = machine->first[inspection->state_number];
    unsigned end = machine->first[inspection->state_number + 1];
    for (unsigned row = first; row < end; row++)
        if (!is_repeated(machine, first, row) && number-- == 0)
            return wss_event_name(inspection->machine_number, machine->rows[row].event);
    return NULL;
}

void wss_trace_names(const wss_trace_t *entry, wss_trace_names_t *names)
{
    *names = (wss_trace_names_t){
        .machine = wss_machine_name(entry->machine),
        .from = wss_state_name(entry->machine, entry->from),
        .event = wss_event_name(entry->machine, entry->event),
        .to = wss_state_name(entry->machine, entry->to),
        .line = wss_row_line(entry->machine, entry->row),
    };
}

#endif
