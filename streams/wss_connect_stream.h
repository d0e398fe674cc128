/* SPDX-License-Identifier: MIT */
/*
 * A tunnel through an HTTP proxy, asked for by CONNECT (RFC 9110, 9.3.6). It needs nothing
 * but the stream below, and must not know the platform, nor what flows through the tunnel.
 */
#ifndef WSS_CONNECT_STREAM_H
#define WSS_CONNECT_STREAM_H

#include "wss_prelude.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    WSS_CONNECT_HEAD = 8192, /* longest answer in bytes, interim ones included */
    WSS_CONNECT_TEXT = 128   /* for the reason of a failure */
};

/* The answer being read. */
typedef struct wss_connect_head {
    const char *reason;
    uint16_t size;
    uint16_t status;
    uint8_t step;
    uint8_t index;
    uint8_t length;
    char text[WSS_CONNECT_TEXT];
} wss_connect_head_t;

/* One tunnel: 248 bytes on 64-bit machines, 200 on 32-bit ones. Its members belong to it. */
typedef struct wss_connect_stream {
    wss_prelude_t prelude;
    const char *host;
    const char *authorization;
    uint32_t sent; /* bytes of the request that the stream below has accepted */
    uint16_t port;
    bool asked; /* the request is sent */
    wss_connect_head_t head;
} wss_connect_stream_t;

/* Begins a tunnel to `whom`; `tunnel->prelude.upper` was just taken, and the stream below
 * leads to the proxy. `authorization` is the value of Proxy-Authorization, as wss_url_basic()
 * makes it; NULL: none. Strings live as long as the connecting phases. */
void wss_connect_stream_begin(wss_connect_stream_t *tunnel, const wss_dial_t *whom,
                              const char *authorization);

#ifdef __cplusplus
}
#endif
#endif
