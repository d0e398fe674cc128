/* SPDX-License-Identifier: MIT */
/*
 * A port whose connections come through a load balancer that speaks the PROXY protocol,
 * version 1 or 2: each begins with a header that tells whose it is, and wss_peer() gives
 * that client. It stands on another port and is used in its place; dials are those of the
 * port below.
 *
 *     static wss_proxied_stream_t streams[64];
 *     wss_proxied_hal_t proxied;
 *     wss_hal_t behind;
 *     wss_result_t result = wss_proxied_hal_init(&proxied, &hal, streams, 64, &behind);
 *
 * A connection without the header ends without an answer. Whoever can connect here can name
 * any client: let only the load balancer do it.
 */
#ifndef WSS_PROXIED_HAL_H
#define WSS_PROXIED_HAL_H

#include "wss_prelude.h"
#include "wss_proxied_head.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One connection: 248 bytes on 64-bit machines, 208 on 32-bit ones. Its members belong to
 * it. */
typedef struct wss_proxied_stream {
    wss_prelude_t prelude;
    wss_proxied_head_t head;
} wss_proxied_stream_t;

/* Its members belong to it. It must not move while the port is used. */
typedef struct wss_proxied_hal {
    wss_upper_hal_t layer;
} wss_proxied_hal_t;

/* Fills `hal`. `streams`: one per connection of the port below; in use as long as the port.
 * WSS_ERR_CONFIG when there is none. */
wss_result_t wss_proxied_hal_init(wss_proxied_hal_t *proxied, const wss_hal_t *below,
                                  wss_proxied_stream_t *streams, uint32_t stream_count,
                                  wss_hal_t *hal);

#ifdef __cplusplus
}
#endif
#endif
