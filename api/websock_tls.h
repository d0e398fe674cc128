/* SPDX-License-Identifier: MIT */
/*
 * TLS for one connection of the websock API, as ssl_config asks for it: a port on a port.
 * On systems with a heap and, for paths, with files. Knows no WebSocket.
 */
#ifndef WEBSOCK_TLS_H
#define WEBSOCK_TLS_H

#include <wss_tls_hal.h>

#include "ssl_wrap.h"

typedef struct websock_tls {
    wss_tls_context_t context;
    wss_tls_identity_t identity;
    wss_tls_hal_t layer;
    wss_tls_stream_t stream;
    uint8_t memory[WEBSOCK_ROOM + WEBSOCK_READ_SIZE];
    uint8_t output[1024];
} websock_tls_t;

/* Fills `hal`, a port on `below`, which outlives it, as `crypto` does. On failure `*why`
 * becomes a sentence, and there is nothing to close. */
wss_result_t websock_tls_open(websock_tls_t *tls, const ssl_wrap_cfg_t *config,
                              const wss_hal_t *below, const wss_crypto_t *crypto, wss_hal_t *hal,
                              const char **why);

/* After the last stream was released. */
void websock_tls_close(websock_tls_t *tls);

#endif
