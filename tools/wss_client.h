/* SPDX-License-Identifier: MIT */
/*
 * `wss connect`: a client between a server and the standard streams.
 */
#ifndef WSS_CLIENT_H
#define WSS_CLIENT_H

#include "wss_client_options.h"

/* Connects and talks until the connection or the input ends. Returns the exit status. */
int wss_client(const wss_client_options_t *options);

#endif
