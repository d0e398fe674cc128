/* SPDX-License-Identifier: MIT */
/*
 * What the parts of receiving share: wss_receive.c has the loop that reads, and the straight way
 * of short messages; wss_receive_header.c, wss_receive_data.c and wss_receive_control.c read what
 * their names say.
 */
#ifndef WSS_RECEIVE_H
#define WSS_RECEIVE_H

#include <string.h>

#include "wss_core.h"
#include "wss_frame.h"
#include "wss_step_message.h"
#include "wss_utf8.h"

/* wss_frames_t.flags, as far as receiving goes; wss_send.c has the others */
enum {
    WSS_RX_IN_PAYLOAD = 1u << 0, /* the header is read, the frame is not done */
    WSS_RX_FINAL = 1u << 1,      /* FIN of the frame being read */
    WSS_RX_FIRST = 1u << 3,      /* nothing of the message was delivered yet */
    WSS_RX_SPILLED = 1u << 7     /* the message outgrew its buffer: it comes in pieces */
};

static inline void wss_rx_set_flags(wss_frames_t *f, unsigned which, bool on)
{
    f->flags = (uint8_t)(on ? f->flags | which : f->flags & ~which);
}

/* Nothing holds reading up, and nothing is to end the connection. */
static inline bool wss_rx_is_free(const wss_conn_t *conn)
{
    return (conn->flags & (WSS_CONN_HELD | WSS_CONN_STARVED | WSS_CONN_FAILED | WSS_CONN_BAD)) == 0;
}

/* Whether the connection reads frames now. */
static inline bool wss_rx_reads(const wss_conn_t *conn)
{
    return wss_input(conn) == WSS_INPUT_FRAMES && wss_rx_is_free(conn);
}

/* The same where it still has to be the one that we read for. */
static inline bool wss_rx_reads_on(const wss_conn_t *conn, uint16_t life)
{
    return conn->life == life && wss_rx_reads(conn);
}

/* The frame fails the connection, once the reader has returned to where it began. */
static inline void wss_rx_fail(wss_conn_t *conn, unsigned reason)
{
    wss_blame(conn, reason);
    conn->flags |= WSS_CONN_BAD;
}

/* RFC 6455, 5.5: control frames are the opcodes with the top bit set. */
static inline bool wss_rx_is_control(unsigned opcode)
{
    return opcode >= WSS_OPCODE_CLOSE;
}

/* RFC 6455, 5.1: a client masks all that it sends, a server nothing. */
static inline bool wss_rx_peer_masks(const wss_conn_t *conn)
{
    return !wss_is_client(conn);
}

/* The events of the message machine stand in the order of types, FIN after more. */
_Static_assert(WSS_EV_MSG_TEXT == WSS_EV_MSG_CONTINUATION + 2 * WSS_OPCODE_TEXT &&
                   WSS_EV_MSG_BINARY == WSS_EV_MSG_CONTINUATION + 2 * WSS_OPCODE_BINARY &&
                   WSS_EV_MSG_BINARY_FIN == WSS_EV_MSG_BINARY + 1,
               "events of the message machine");

static inline unsigned wss_rx_message_event(unsigned opcode, bool final)
{
    return wss_rx_is_control(opcode) ? WSS_EV_MSG_CONTROL
                                     : WSS_EV_MSG_CONTINUATION + 2 * opcode + (final ? 1u : 0u);
}

static inline void wss_rx_end_frame(wss_frames_t *f)
{
    if (f->left == 0)
        wss_rx_set_flags(f, WSS_RX_IN_PAYLOAD, false);
}

static inline void wss_rx_unmask(wss_conn_t *conn, uint8_t *bytes, size_t length)
{
    if (wss_rx_peer_masks(conn))
        wss_frame_apply_mask(bytes, length, conn->u.frames.mask);
}

/* -------------------------------------------------------------- what reads */

/* Each reads what begins at `bytes`, and returns how many bytes it took: a header, or a part of
 * one, wherever its bytes are; payload of the frame that was begun. 0: the rest has to wait. */
uint32_t wss_rx_header(wss_conn_t *conn, const uint8_t *bytes, uint32_t length);
uint32_t wss_rx_data(wss_conn_t *conn, uint8_t *bytes, uint32_t length);
uint32_t wss_rx_control(wss_conn_t *conn, uint8_t *bytes, uint32_t length);

/* Steps for the end of the connection that a frame, or the application's word on it, calls for. */
void wss_rx_conclude(wss_conn_t *conn);

/* -------------------------------------------------------------- delivery */

/* Masks what was unmasked, and turns the key back. */
void wss_rx_mask_again(wss_conn_t *conn, uint8_t *bytes, size_t length);

/* What becomes of data that the application did not take; false: it is to come again. */
bool wss_rx_not_taken(wss_conn_t *conn, wss_result_t result);

/* False: the application did not take it; it is to come again. */
static inline bool wss_rx_deliver(wss_conn_t *conn, uint8_t *bytes, size_t length, bool last)
{
    wss_frames_t *f = &conn->u.frames;
    uint16_t life = conn->life;
    const wss_data_t data = {.bytes = bytes,
                             .length = length,
                             .type = (wss_opcode_t)f->type,
                             .first = (f->flags & WSS_RX_FIRST) != 0,
                             .last = last};
    conn->flags &= ~(uint32_t)(WSS_CONN_RESUMED | WSS_CONN_DELIVERS);
    wss_raise(conn, WSS_EV_RX_DATA);
    wss_result_t said = (conn->flags & WSS_CONN_DELIVERS) != 0 ? wss_hand_on(conn, &data) : WSS_OK;
    if (conn->life != life)
        return true;
    if (said != WSS_OK)
        return wss_rx_not_taken(conn, said);
    wss_rx_set_flags(f, WSS_RX_FIRST, false);
    return true;
}

#if !WSS_CFG_SMALL
/* The application did not take the message: it comes again, from the buffer, or as the payload
 * that it was. Returns how much of that is read for good. */
uint32_t wss_rx_keep_whole(wss_conn_t *conn, uint8_t *bytes, uint32_t length);
#endif

#endif
