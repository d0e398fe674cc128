/* SPDX-License-Identifier: MIT */
/*
 * The port that `wss connect` dials by: POSIX, on it, where one is asked for, a proxy, and on
 * that TLS.
 * Knows no sessions.
 */
#ifndef WSS_CLIENT_PORT_H
#define WSS_CLIENT_PORT_H

#include "wss_client_options.h"

/* The port, and the engine's memory for one connection. */
extern wss_hal_t wss_client_hal;

enum {
    WSS_CLIENT_READ = 64 * 1024, /* most bytes of one read, and so of a piece of a message */
    WSS_CLIENT_CHUNK = 64 * 1024 /* largest payload that the send room is sure to hold */
};

/* Fills wss_client_hal, and the members of `config` that name memory. Returns the exit
 * status: 0, or what has been said on stderr. */
int wss_client_port_open(const wss_client_options_t *options, wss_config_t *config);

/* Lets it dial wss://, by the random numbers of `crypto`. Returns as above. */
int wss_client_port_secure(const wss_client_options_t *options, const wss_crypto_t *crypto);

#endif
