/* SPDX-License-Identifier: MIT */
/*
 * A stream on a stream: a tunnel through an HTTP proxy, asked for by CONNECT (RFC 9110,
 * 9.3.6). It keeps the contract of wss_hal.h, needs nothing but the stream below, and
 * must not know the platform, nor what flows through the tunnel.
 *
 * The owner of the stream below is the tunnel; whoever waits hands what is reported of it
 * to wss_connect_stream_ready(), which says what to report of the tunnel. wss_proxy_hal.h
 * does that for a whole port.
 *
 * Until the proxy has agreed the tunnel is WSS_PHASE_LAYERING and promises no room:
 * early bytes would be the proxy's to read.
 */
#ifndef WSS_CONNECT_STREAM_H
#define WSS_CONNECT_STREAM_H

#include "wss/wss_hal.h"

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

/* One tunnel: 200 bytes on 64-bit machines, 172 on 32-bit ones. Its members belong to it. */
typedef struct wss_connect_stream {
    wss_stream_t base;
    wss_stream_t *below; /* NULL: free */
    const char *host;
    const char *authorization;
    uint32_t sent; /* bytes of the request that the stream below has accepted */
    uint16_t port;
    uint8_t phase;
    uint8_t watched;
    bool asked;     /* the request is sent */
    bool finishing; /* finish() came before the tunnel stood */
    bool announce;  /* the phase changed without a report from below */
    bool told;      /* for who waits: it has been reported in this turn */
    wss_connect_head_t head;
} wss_connect_stream_t;

/* Begins a tunnel to `whom` on `below`, a stream of the proxy that was just opened and
 * becomes the tunnel's. `authorization` is the value of Proxy-Authorization, as
 * wss_url_basic() makes it; NULL: none. Strings live as long as the connecting phases.
 * `tunnel->base` is the stream; release() frees the tunnel. */
void wss_connect_stream_init(wss_connect_stream_t *tunnel, wss_stream_t *below,
                             const wss_dial_t *whom, const char *authorization, void *owner);

/* Takes a report about the stream below (0: none, only looks) and goes on. Returns what to
 * report of the tunnel; 0: nothing. Called with the lock held. */
unsigned wss_connect_stream_ready(wss_connect_stream_t *tunnel, unsigned what);

/* Whether there is something to report without a report from below. */
bool wss_connect_stream_owes(const wss_connect_stream_t *tunnel);

#ifdef __cplusplus
}
#endif
#endif
