/* SPDX-License-Identifier: MIT */
/*
 * What goes out gathers in the loop's tx buffer, which one connection has at a time, and
 * leaves in one send when its turn ends, the buffer is full or another connection needs it.
 * Knows the stream below, not what the bytes mean.
 */
#ifndef WSS_OUTPUT_H
#define WSS_OUTPUT_H

#include "wss_core.h"

#if WSS_CFG_TX_BUFFER
/* Whether there surely is so much room: an answer without a question to the stream. */
static inline bool wss_output_has(const wss_conn_t *conn, size_t room)
{
    return conn->loop->tx_owner == conn && room <= conn->loop->tx_left;
}

/* The next `length` bytes of the tx buffer, which has them. */
static inline uint8_t *wss_output_next(wss_loop_t *loop, size_t length)
{
    uint8_t *place = loop->config->tx_buffer + loop->tx_used;
    loop->tx_used += (uint32_t)length;
    loop->tx_left -= (uint32_t)length;
    return place;
}

/* Gives the tx buffer to the connection, and the first `length` bytes of it; `spare` more have to
 * fit besides. NULL: they do not fit there. */
uint8_t *wss_output_take(wss_conn_t *conn, size_t length, size_t spare);

/* A place for `length` bytes where `spare` more have room; all of it is to be filled. NULL:
 * there is none, and where the bytes fit the room wss_put_through() has to take them. */
static inline uint8_t *wss_output_place(wss_conn_t *conn, size_t length, size_t spare)
{
    return wss_output_has(conn, length + spare) ? wss_output_next(conn->loop, length)
                                                : wss_output_take(conn, length, spare);
}

#if WSS_CFG_SMALL
uint8_t *wss_put_in_place(wss_conn_t *conn, size_t length);
#else
static inline uint8_t *wss_put_in_place(wss_conn_t *conn, size_t length)
{
    return wss_output_place(conn, length, 0);
}
#endif

/* Whether the bytes had better go to the stream from where they are, together with what has
 * gathered: no two of such a length fit the tx buffer, so that a copy saves no send. */
static inline bool wss_output_passes(const wss_conn_t *conn, size_t length)
{
    return !WSS_CFG_SMALL && length > conn->loop->config->tx_size / 2 &&
           conn->stream->ops->send_both != NULL;
}

/* Hands what has gathered to the stream. */
void wss_output_push(wss_conn_t *conn);

/* Forgets it. */
void wss_output_drop(wss_conn_t *conn);
#else
static inline uint8_t *wss_put_in_place(wss_conn_t *conn, size_t length)
{
    (void)conn, (void)length;
    return NULL;
}

static inline bool wss_output_has(const wss_conn_t *conn, size_t room)
{
    (void)conn, (void)room;
    return false;
}

static inline bool wss_output_passes(const wss_conn_t *conn, size_t length)
{
    (void)conn, (void)length;
    return false;
}

static inline void wss_output_push(wss_conn_t *conn)
{
    (void)conn;
}

static inline void wss_output_drop(wss_conn_t *conn)
{
    (void)conn;
}
#endif

/* wss_put() of what cannot be gathered. */
bool wss_put_through(wss_conn_t *conn, const uint8_t *bytes, uint32_t length);

/* Hands on what has gathered, and starts sending. */
void wss_output_flush(wss_conn_t *conn);

/* Bytes that the network has not taken yet. */
uint32_t wss_output_pending(const wss_conn_t *conn);

#endif
