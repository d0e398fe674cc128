/* SPDX-License-Identifier: MIT */
/*
 * The way of bytes to the stream: see wss_output.h. The tx buffer never holds more than the
 * room that the stream had when its owner took it, so the stream can always take it.
 */
#include "wss_output.h"

#include <string.h>

static uint32_t gathered(const wss_conn_t *conn)
{
#if WSS_CFG_TX_BUFFER
    return conn->loop->tx_owner == conn ? conn->loop->tx_used : 0;
#else
    (void)conn;
    return 0;
#endif
}

static uint32_t stream_room(const wss_conn_t *conn)
{
    return conn->stream->ops->room(conn->stream);
}

uint32_t wss_room(const wss_conn_t *conn)
{
    uint32_t room = stream_room(conn);
    uint32_t used = gathered(conn);
    return room > used ? room - used : 0;
}

uint32_t wss_output_pending(const wss_conn_t *conn)
{
    return conn->stream->ops->pending(conn->stream) + gathered(conn);
}

/* A stream that is broken says so by its next report. */
static bool send_bytes(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    return conn->stream->ops->send(conn->stream, bytes, length) == (int32_t)length;
}

static void mark(wss_conn_t *conn)
{
    if ((conn->flags & WSS_CONN_DIRTY) != 0)
        return;
    conn->flags |= WSS_CONN_DIRTY;
    wss_run_later(conn);
}

/* ---------------------------------------------------------------- the tx buffer */

#if WSS_CFG_TX_BUFFER
void wss_output_drop(wss_conn_t *conn)
{
    if (conn->loop->tx_owner == conn)
        conn->loop->tx_owner = NULL;
}

void wss_output_push(wss_conn_t *conn)
{
    wss_loop_t *loop = conn->loop;
    if (loop->tx_owner != conn)
        return;
    loop->tx_owner = NULL;
    (void)send_bytes(conn, loop->config->tx_buffer, loop->tx_used);
}

uint8_t *wss_output_take(wss_conn_t *conn, size_t length, size_t spare)
{
    if (length + spare > conn->loop->config->tx_size)
        return NULL;
    if (conn->loop->tx_owner != NULL)
        wss_output_push(conn->loop->tx_owner);
    uint32_t room = stream_room(conn);
    if (length + spare > room)
        return NULL;
    wss_loop_t *loop = conn->loop;
    loop->tx_owner = conn;
    loop->tx_used = (uint32_t)length;
    loop->tx_left = (room < loop->config->tx_size ? room : loop->config->tx_size) - loop->tx_used;
    mark(conn);
    return loop->config->tx_buffer;
}

#if WSS_CFG_SMALL
uint8_t *wss_put_in_place(wss_conn_t *conn, size_t length)
{
    return wss_output_place(conn, length, 0);
}
#endif

#if !WSS_CFG_SMALL
/* Together with what has gathered, in one send. */
static bool send_both(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    wss_loop_t *loop = conn->loop;
    const uint32_t used = loop->tx_used;
    const uint32_t all = used + length;
    loop->tx_owner = NULL;
    return conn->stream->ops->send_both(conn->stream, loop->config->tx_buffer, used, bytes,
                                        length) == (int32_t)all;
}
#endif

bool wss_put_through(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    mark(conn);
#if !WSS_CFG_SMALL
    if (gathered(conn) > 0 && conn->stream->ops->send_both != NULL)
        return send_both(conn, bytes, length);
#endif
    wss_output_push(conn);
    return send_bytes(conn, bytes, length);
}

#else
bool wss_put_through(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    mark(conn);
    return send_bytes(conn, bytes, length);
}
#endif

/* ---------------------------------------------------------------------- both */

void wss_output_flush(wss_conn_t *conn)
{
    wss_output_push(conn);
    (void)conn->stream->ops->flush(conn->stream);
}

bool wss_put(wss_conn_t *conn, const void *bytes, size_t length)
{
    uint8_t *place = wss_put_in_place(conn, length);
    if (place == NULL)
        return wss_put_through(conn, bytes, (uint32_t)length);
    memcpy(place, bytes, length);
    return true;
}
