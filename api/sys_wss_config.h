/* SPDX-License-Identifier: MIT */
/*
 * What the SYS_WSS service is made of. Define a macro before this header is read (compiler
 * option, or a header named by SYS_WSS_CONFIG_FILE) to change it; on Harmony the
 * configurator's configuration.h does. The service and the application have to be compiled
 * with the same values.
 */
#ifndef SYS_WSS_CONFIG_H
#define SYS_WSS_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef SYS_WSS_CONFIG_FILE
#include SYS_WSS_CONFIG_FILE
#endif

#define SYS_WSS_SERVER   1
#define SYS_WSS_CLIENT   0
#define SYS_WSS_ETHERNET 1
#define SYS_WSS_WIFI     0

/* SYS_WSS_SERVER or SYS_WSS_CLIENT. */
#ifndef SYS_WSS_MODE
#define SYS_WSS_MODE SYS_WSS_SERVER
#endif

/* SYS_WSS_ETHERNET or SYS_WSS_WIFI: which interface, where the port has both. */
#ifndef SYS_WSS_INTF
#define SYS_WSS_INTF SYS_WSS_WIFI
#endif

/* Where to listen, or the port of the server. 1..65535. */
#ifndef SYS_WSS_PORT
#define SYS_WSS_PORT 8000
#endif

/* Client: the server's address, numeric; "": the host of SYS_WSS_HOST_NAME. */
#ifndef SYS_WSS_SERVER_IP
#define SYS_WSS_SERVER_IP ""
#endif

/* Client: what to ask for, "ws://host:port/path?query" or "wss://...". A port that is in it
 * counts where SYS_WSS_SERVER_IP is "" and SYS_WSS_CONFIG gives none. */
#ifndef SYS_WSS_HOST_NAME
#define SYS_WSS_HOST_NAME "ws://localhost/"
#endif

/* TLS where SYS_WSS_CONFIG does not say. true or false. */
#ifndef SYS_WSS_ENABLE_TLS
#define SYS_WSS_ENABLE_TLS false
#endif

/* 1: each event is printed by SYS_CONSOLE_PRINT. */
#ifndef SYS_WSS_ENABLE_DEBUG
#define SYS_WSS_ENABLE_DEBUG 0
#endif

/* Largest message that is received. Costs as many bytes per client. 256..65535. */
#ifndef SYS_WSS_MAX_RX_BUFFER
#define SYS_WSS_MAX_RX_BUFFER 1400
#endif

/* Clients at a time; others wait in TCP until one leaves. 1..8. */
#ifndef SYS_WSS_MAX_NUM_CLIENTS
#define SYS_WSS_MAX_NUM_CLIENTS 2
#endif
#define SYS_WSS_MOST_CLIENTS 8

/* After so many milliseconds without a sign of life a connection is closed. 100..65535. */
#ifndef SYS_WSS_CLIENT_TIMEOUT
#define SYS_WSS_CLIENT_TIMEOUT 30000
#endif

/* For the code that the configurator generates; the service does not read these. */
#ifndef SYS_WSS_START_AT_BOOT
#define SYS_WSS_START_AT_BOOT true
#endif
#ifndef SYS_WSS_RTOS_STACK_SIZE
#define SYS_WSS_RTOS_STACK_SIZE 4096
#endif
#ifndef SYS_WSS_RTOS_TASK_PRIORITY
#define SYS_WSS_RTOS_TASK_PRIORITY 1
#endif
#ifndef SYS_WSS_RTOS_TASK_DELAY
#define SYS_WSS_RTOS_TASK_DELAY 1
#endif

/* ---------------------------------------------------- beyond those of the documents */

/* Largest frame that is sent; longer messages go in fragments. The port keeps that much and
 * 276 bytes per client, unless TCP's own transmit buffer serves. 125..65535. */
#ifndef SYS_WSS_MAX_TX_BUFFER
#define SYS_WSS_MAX_TX_BUFFER SYS_WSS_MAX_RX_BUFFER
#endif

/* What one read brings; one buffer serves all clients. 64..65535. */
#ifndef SYS_WSS_READ_SIZE
#define SYS_WSS_READ_SIZE 1460
#endif

/* Server: a numeric address; NULL: every address of the host. */
#ifndef SYS_WSS_LISTEN_ADDRESS
#define SYS_WSS_LISTEN_ADDRESS NULL
#endif

/* SYS_WSS_PAGE, not defined here: the name of an array of the application, `const char NAME[]`,
 * that a server shows as HTML to whoever asks for "/" without a WebSocket; else that is answered
 * with 404. It counts as a client, whose connection ends with SYS_WSS_EVENT_ERR. */

/* Milliseconds after which listening is tried again; a client connects again after at least
 * half of it. 0: not at all. At most 2147483647. */
#ifndef SYS_WSS_RETRY_DELAY
#define SYS_WSS_RETRY_DELAY 5000
#endif

/* TLS is built in: 1 or 0. The build says so where it is. */
#ifndef SYS_WSS_WITH_TLS
#define SYS_WSS_WITH_TLS 0
#endif

/* On POSIX: names of files, PEM or DER; elsewhere: names of arrays with such contents, which
 * the header SYS_WSS_TLS_CREDENTIALS declares. A server needs its certificate, with what leads to
 * its CA, and the key; a client where its server asks for it. NULL: none. */
#ifndef SYS_WSS_TLS_CERTIFICATE
#define SYS_WSS_TLS_CERTIFICATE NULL
#endif
#ifndef SYS_WSS_TLS_KEY
#define SYS_WSS_TLS_KEY NULL
#endif

/* The CAs that the peer's certificate must lead to. A server that has one demands certificates
 * of its clients. */
#ifndef SYS_WSS_TLS_CA
#if SYS_WSS_MODE == SYS_WSS_CLIENT && !defined SYS_WSS_HARMONY
#define SYS_WSS_TLS_CA "/etc/ssl/certs/ca-certificates.crt"
#else
#define SYS_WSS_TLS_CA NULL
#endif
#endif

/* Client: asks the server for TLS records of at most 512, 1024, 2048 or 4096 bytes, where mbedTLS
 * has smaller buffers than records may be. 0: does not ask. */
#ifndef SYS_WSS_TLS_MAX_FRAGMENT
#define SYS_WSS_TLS_MAX_FRAGMENT 0
#endif

/* 1: the console of sys_wss_console.h, and what it counts. Costs code, and a lock per count. */
#ifndef SYS_WSS_ENABLE_CONSOLE
#define SYS_WSS_ENABLE_CONSOLE 0
#endif

/* -------------------------------------------------------- on Harmony: sys_wss_harmony.c */

/* The interface whose link is told of. */
#ifndef SYS_WSS_INTF_NAME
#define SYS_WSS_INTF_NAME (SYS_WSS_INTF == SYS_WSS_WIFI ? "PIC32MZW1" : "PIC32INT")
#endif

/* TCP's receive buffer of each client, from the stack's heap; 0: as the stack has it. At most
 * 65535. */
#ifndef SYS_WSS_RX_FIFO
#define SYS_WSS_RX_FIFO 0
#endif

/* 1: TLS by the provider of NET_PRES, where the port stands on that. 0: by mbedTLS, if
 * SYS_WSS_WITH_TLS is 1. */
#ifndef SYS_WSS_NET_PRES_TLS
#define SYS_WSS_NET_PRES_TLS 0
#endif

/* Bytes of static memory for mbedTLS, where it is built with its buffer allocator: see
 * docs/TLS.md. 0: the application sees to it. */
#ifndef SYS_WSS_TLS_POOL
#define SYS_WSS_TLS_POOL 0
#endif

/* ------------------------------------------------------------------------- checks */

#if SYS_WSS_MODE != SYS_WSS_SERVER && SYS_WSS_MODE != SYS_WSS_CLIENT
#error "SYS_WSS_MODE has to be SYS_WSS_SERVER or SYS_WSS_CLIENT"
#endif
#if SYS_WSS_INTF != SYS_WSS_ETHERNET && SYS_WSS_INTF != SYS_WSS_WIFI
#error "SYS_WSS_INTF has to be SYS_WSS_ETHERNET or SYS_WSS_WIFI"
#endif
#if SYS_WSS_PORT < 1 || SYS_WSS_PORT > 65535
#error "SYS_WSS_PORT has to be 1..65535"
#endif
#if SYS_WSS_ENABLE_DEBUG != 0 && SYS_WSS_ENABLE_DEBUG != 1
#error "SYS_WSS_ENABLE_DEBUG has to be 0 or 1"
#endif
#if SYS_WSS_ENABLE_CONSOLE != 0 && SYS_WSS_ENABLE_CONSOLE != 1
#error "SYS_WSS_ENABLE_CONSOLE has to be 0 or 1"
#endif
#if SYS_WSS_MAX_RX_BUFFER < 256 || SYS_WSS_MAX_RX_BUFFER > 65535
#error "SYS_WSS_MAX_RX_BUFFER has to be 256..65535"
#endif
#if SYS_WSS_MAX_NUM_CLIENTS < 1 || SYS_WSS_MAX_NUM_CLIENTS > SYS_WSS_MOST_CLIENTS
#error "SYS_WSS_MAX_NUM_CLIENTS has to be 1..8"
#endif
#if SYS_WSS_CLIENT_TIMEOUT < 100 || SYS_WSS_CLIENT_TIMEOUT > 65535
#error "SYS_WSS_CLIENT_TIMEOUT has to be 100..65535"
#endif
#if SYS_WSS_MAX_TX_BUFFER < 125 || SYS_WSS_MAX_TX_BUFFER > 65535
#error "SYS_WSS_MAX_TX_BUFFER has to be 125..65535"
#endif
#if SYS_WSS_READ_SIZE < 64 || SYS_WSS_READ_SIZE > 65535
#error "SYS_WSS_READ_SIZE has to be 64..65535"
#endif
#if SYS_WSS_RX_FIFO < 0 || SYS_WSS_RX_FIFO > 65535
#error "SYS_WSS_RX_FIFO has to be 0..65535"
#endif
#if SYS_WSS_TLS_POOL < 0
#error "SYS_WSS_TLS_POOL has to be 0 or more"
#endif
#if SYS_WSS_NET_PRES_TLS != 0 && SYS_WSS_NET_PRES_TLS != 1
#error "SYS_WSS_NET_PRES_TLS has to be 0 or 1"
#endif
#if SYS_WSS_RETRY_DELAY < 0 || SYS_WSS_RETRY_DELAY > 2147483647
#error "SYS_WSS_RETRY_DELAY has to be 0..2147483647"
#endif

#endif
