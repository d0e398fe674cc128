/* SPDX-License-Identifier: MIT */
/*
 * The platform of the examples: POSIX sockets, and TLS on them for wss://. All memory is
 * static, for one connection; mbedTLS allocates, when it reads certificates and for TLS. The
 * one place to change for another system.
 */
#ifndef SECURE_PORT_H
#define SECURE_PORT_H

#include <wss/wss.h>
#include <wss_posix.h>

/* Prepares the HAL and the cryptography; `sockets` lacks host names only. Servers of wss://
 * are checked with the CA certificates in the file that WSS_CA in the environment names, else
 * with the system's. NULL, or a sentence: what is wrong. */
const char *secure_port_open(const wss_posix_config_t *sockets, wss_hal_t *hal,
                             wss_crypto_t *crypto);

#endif
