/* SPDX-License-Identifier: MIT */
/*
 * What carries the connections of the websock API: a HAL and cryptography for each. The one
 * place that knows them, and TLS. Knows no WebSocket.
 *
 * WEBSOCK_PORT_HEADER names the header with the type websock_port_t of another system;
 * websock_port_posix.c shows what to write.
 */
#ifndef WEBSOCK_PORT_H
#define WEBSOCK_PORT_H

#include <wss/wss_hal.h>

#include "websock.h"
#include "websock_config.h"

/* Room to send the longest frame: its payload, a client's header, what is kept for control
 * frames. */
#define WEBSOCK_ROOM (WEBSOCK_SEND_SIZE + 14u + WSS_ROOM_RESERVED)

#ifdef WEBSOCK_PORT_HEADER
#include WEBSOCK_PORT_HEADER
#else
#include "websock_port_posix.h"
#endif

/* What websock_port_open() hands out. */
typedef struct websock_carrier {
    wss_hal_t hal; /* for one connection; with a lock; room for WEBSOCK_ROOM bytes */
    wss_crypto_t crypto;
} websock_carrier_t;

/* Prepares for one connection as `config` says. On failure `*why` becomes a sentence. */
wss_result_t websock_port_open(websock_port_t *port, const websock_config_t *config,
                               websock_carrier_t *carrier, const char **why);

/* Gives everything back. */
void websock_port_close(websock_port_t *port);

#endif
