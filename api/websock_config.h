/* SPDX-License-Identifier: MIT */
/*
 * Capacities and timeouts of the websock API: settings of its library, which applications
 * need not know. Define a macro as a compiler option to change it.
 */
#ifndef WEBSOCK_CONFIG_H
#define WEBSOCK_CONFIG_H

/* Connections at a time, 1..255. Each costs its buffers below and about 3 KB. */
#ifndef WEBSOCK_MAX_CONNECTIONS
#define WEBSOCK_MAX_CONNECTIONS 4
#endif

/* Bytes of one read, at least 64; a piece is no longer. Costs this twice. */
#ifndef WEBSOCK_READ_SIZE
#define WEBSOCK_READ_SIZE 2048
#endif

/* Payload of the longest frame sent, at least 250; the upgrade request has to fit, too.
 * Costs this twice. */
#ifndef WEBSOCK_SEND_SIZE
#define WEBSOCK_SEND_SIZE 4096
#endif

/* Bytes of a Sec-WebSocket-Protocol list, and how many protocols it may have, 1..32. */
#ifndef WEBSOCK_PROTOCOL_SIZE
#define WEBSOCK_PROTOCOL_SIZE 128
#endif
#ifndef WEBSOCK_PROTOCOL_COUNT
#define WEBSOCK_PROTOCOL_COUNT 8
#endif

/* Bytes of a `uri` that does not begin with '/', with the terminating 0. Costs stack in
 * websock_open(). */
#ifndef WEBSOCK_URI_SIZE
#define WEBSOCK_URI_SIZE 256
#endif

/* How long websock_close() may take, in milliseconds. */
#ifndef WEBSOCK_CLOSE_TIMEOUT_MS
#define WEBSOCK_CLOSE_TIMEOUT_MS 3000
#endif

/* How long a send waits for a peer that takes nothing in, in milliseconds. */
#ifndef WEBSOCK_SEND_TIMEOUT_MS
#define WEBSOCK_SEND_TIMEOUT_MS 30000
#endif

/* From one Ping of ours to the next while some call waits; 0: the engine's default;
 * UINT32_MAX: none, and a peer that vanished is not found out. */
#ifndef WEBSOCK_PING_INTERVAL_MS
#define WEBSOCK_PING_INTERVAL_MS 0
#endif

/* From such a Ping to its Pong; 0: the engine's default. */
#ifndef WEBSOCK_PONG_TIMEOUT_MS
#define WEBSOCK_PONG_TIMEOUT_MS 0
#endif

/* TLS, by wss_tls: 1 or 0. Costs 10 KB per connection, and mbedTLS allocates (docs/TLS.md). */
#ifndef WEBSOCK_TLS
#define WEBSOCK_TLS 0
#endif

/* CA certificates where verification is required and none are given. */
#ifndef WEBSOCK_CA_FILE
#define WEBSOCK_CA_FILE "/etc/ssl/certs/ca-certificates.crt"
#endif

/* Longest piece that an event handler gets. Costs stack in its thread. */
#ifndef WEBSOCK_EVENT_SIZE
#define WEBSOCK_EVENT_SIZE 512
#endif

/* Why a connection failed, on the port's log: 1 or 0. */
#ifndef WEBSOCK_LOG
#define WEBSOCK_LOG 1
#endif

#if WEBSOCK_MAX_CONNECTIONS < 1 || WEBSOCK_MAX_CONNECTIONS > 255
#error "WEBSOCK_MAX_CONNECTIONS is to be 1..255"
#endif
#if WEBSOCK_READ_SIZE < 64
#error "WEBSOCK_READ_SIZE is to be at least 64"
#endif
#if WEBSOCK_SEND_SIZE < 250
#error "WEBSOCK_SEND_SIZE is to be at least 250"
#endif
#if WEBSOCK_PROTOCOL_COUNT < 1 || WEBSOCK_PROTOCOL_COUNT > 32
#error "WEBSOCK_PROTOCOL_COUNT is to be 1..32"
#endif

#endif
