/* SPDX-License-Identifier: MIT */
/*
 * The stepping function of the message machine, which is declared plain: a look at its table,
 * in the straight way of every frame. Beside wss_step.c the only place that writes a state.
 */
#ifndef WSS_STEP_MESSAGE_H
#define WSS_STEP_MESSAGE_H

#include "wss_core.h"

/* wss_step.c: tells the application of a transition. */
void wss_step_tell(const wss_conn_t *conn, unsigned machine, wss_cell_t cell, unsigned from,
                   unsigned event);

/* One direction of the machine. False: the event is refused, or the row names a reason why the
 * frame fails the connection. */
static inline bool wss_step_message(wss_conn_t *conn, wss_cell_t cell, unsigned machine,
                                    uint8_t *state, unsigned event)
{
    if (cell.row == 0)
        return false;
    if (wss_is_traced(conn->loop))
        wss_step_tell(conn, machine, cell, *state, event);
    *state = cell.to;
    if (cell.reason != WSS_REASON_NONE)
        wss_blame(conn, cell.reason);
    if (cell.act != WSS_ACT_NONE)
        wss_message_act(conn, cell.act);
    return cell.reason == WSS_REASON_NONE;
}

/* For frames that are received. */
static inline bool wss_step_receiving(wss_conn_t *conn, unsigned event)
{
    uint8_t *state = &conn->u.frames.receiving;
    return wss_step_message(conn, wss_message_receiver[*state][event - WSS_MESSAGE_RECEIVER_FIRST],
                            WSS_MACHINE_MESSAGE_RECEIVER, state, event);
}

/* What the machine has for a frame that is to be sent; its row is 0 where that is refused. */
static inline wss_cell_t wss_sender_cell(const wss_conn_t *conn, unsigned event)
{
    return wss_message_sender[conn->u.frames.sending][event - WSS_MESSAGE_SENDER_FIRST];
}

/* For frames that are to be sent. */
static inline bool wss_step_sending(wss_conn_t *conn, unsigned event)
{
    return wss_step_message(conn, wss_sender_cell(conn, event), WSS_MACHINE_MESSAGE_SENDER,
                            &conn->u.frames.sending, event);
}

/* Whether a frame would not be refused; nothing changes. */
static inline bool wss_may_send(const wss_conn_t *conn, unsigned event)
{
    return wss_sender_cell(conn, event).row != 0;
}

#endif
