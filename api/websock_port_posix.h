/* SPDX-License-Identifier: MIT */
/* The type of websock_port.h on POSIX and mbedTLS. */
#ifndef WEBSOCK_PORT_POSIX_H
#define WEBSOCK_PORT_POSIX_H

#include <wss_crypto_mbedtls.h>
#include <wss_posix.h>

#if WEBSOCK_TLS
#include "websock_tls.h"
#endif

typedef struct websock_port {
    wss_posix_t posix;
    wss_hal_t sockets;
    wss_crypto_mbedtls_t generator;
    wss_posix_stream_t stream;
    wss_posix_lookup_t lookup;
    struct pollfd polls[1 + WSS_POSIX_POLLS];
    uint8_t send[WEBSOCK_ROOM + 64u]; /* a TLS record is so much longer than what is in it */
    uint8_t hold[WEBSOCK_READ_SIZE];
    bool secured;
#if WEBSOCK_TLS
    websock_tls_t tls;
#endif
} websock_port_t;

#endif
