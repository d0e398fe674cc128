/* SPDX-License-Identifier: MIT */
/*
 * What the heads of requests (wss_request.c) and responses (wss_response.c) have in
 * common.
 */
#ifndef WSS_HEAD_H
#define WSS_HEAD_H

#include "wss_core.h"
#include "wss_handshake.h"
#include "wss_scan.h"

/* What Connection has to contain and Upgrade to name, in any case, and Sec-WebSocket-Version is. */
enum { WSS_HEAD_UPGRADE, WSS_HEAD_WEBSOCKET, WSS_HEAD_VERSION };
extern const char *const wss_head_words[];

/* The limits of the configuration, or their defaults. */
wss_scan_limits_t wss_head_limits(const wss_config_t *config);

/* Tells the application of a piece, where it wants to know; of the end of a part. False: the
 * callback ended the handshake. */
bool wss_head_tell_now(wss_conn_t *conn, wss_head_part_t part, const uint8_t *bytes,
                       uint32_t length);

static inline bool wss_head_tell(wss_conn_t *conn, wss_head_part_t part, const uint8_t *bytes,
                                 uint32_t length)
{
    return (conn->u.handshake.flags & WSS_SHAKE_TELL_HEAD) == 0 ||
           wss_head_tell_now(conn, part, bytes, length);
}

static inline bool wss_head_tell_end(wss_conn_t *conn)
{
    return wss_head_tell(conn, WSS_HEAD_END, NULL, 0);
}

static inline bool wss_field_seen(const wss_handshake_t *h, wss_field_t field)
{
    return ((h->seen >> field) & 1u) != 0;
}

#endif
