/* SPDX-License-Identifier: MIT */
/* The type of websock_port.h on POSIX and mbedTLS. */
#ifndef WEBSOCK_PORT_POSIX_H
#define WEBSOCK_PORT_POSIX_H

#include <wss_crypto_mbedtls.h>
#include <wss_posix.h>

typedef struct websock_port {
    wss_posix_t posix;
    wss_crypto_mbedtls_t generator;
    wss_posix_stream_t stream;
    wss_posix_lookup_t lookup;
    struct pollfd polls[1 + WSS_POSIX_POLLS];
    uint8_t send[WEBSOCK_ROOM];
    uint8_t stage[WEBSOCK_SEND_SIZE];
    uint8_t hold[WEBSOCK_READ_SIZE];
} websock_port_t;

#endif
