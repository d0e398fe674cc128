/* SPDX-License-Identifier: MIT */
/* The answer to CONNECT, for the tunnel alone. */
#ifndef WSS_CONNECT_HEAD_H
#define WSS_CONNECT_HEAD_H

#include "wss_connect_stream.h"

typedef enum wss_connect_answer {
    WSS_CONNECT_MORE,   /* the answer is not complete */
    WSS_CONNECT_TUNNEL, /* 2xx: what follows belongs to the tunnel */
    WSS_CONNECT_NO      /* wss_connect_head_t.reason says why */
} wss_connect_answer_t;

/* Reads bytes of the answer; any split gives the same. `*used` becomes how many of them
 * belonged to it. */
wss_connect_answer_t wss_connect_head_read(wss_connect_head_t *head, const uint8_t *bytes,
                                           uint32_t length, uint32_t *used);

#endif
