/* SPDX-License-Identifier: MIT */
/*
 * The header of the PROXY protocol, versions 1 and 2, with which a load balancer begins a
 * connection to tell whose it is. It must not know streams.
 */
#ifndef WSS_PROXIED_HEAD_H
#define WSS_PROXIED_HEAD_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    WSS_PROXIED_LINE = 107,  /* longest header of version 1 */
    WSS_PROXIED_FIXED = 16,  /* what a header of version 2 begins with */
    WSS_PROXIED_MOST = 4096, /* longest header of version 2 that is read */
    WSS_PROXIED_PEER = 48    /* "[...]:65535", terminated */
};

typedef enum wss_proxied_answer {
    WSS_PROXIED_MORE, /* the header is not complete */
    WSS_PROXIED_DONE, /* what follows is the client's */
    WSS_PROXIED_NO    /* wss_proxied_head_t.reason says why */
} wss_proxied_answer_t;

/* The header being read. Zeroed before the first byte. */
typedef struct wss_proxied_head {
    const char *reason;
    uint16_t size;               /* bytes read */
    uint16_t length;             /* version 2: of the whole header, once it is known */
    uint8_t kept;                /* bytes of `bytes` */
    char peer[WSS_PROXIED_PEER]; /* "192.0.2.1:5000"; "": the header names nobody */
    uint8_t bytes[WSS_PROXIED_LINE];
} wss_proxied_head_t;

/* Reads bytes of the header; any split gives the same. `*used` becomes how many of them
 * belonged to it. */
wss_proxied_answer_t wss_proxied_head_read(wss_proxied_head_t *head, const uint8_t *bytes,
                                           uint32_t length, uint32_t *used);

#ifdef __cplusplus
}
#endif
#endif
