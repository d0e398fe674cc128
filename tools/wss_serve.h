/* SPDX-License-Identifier: MIT */
/*
 * `wss serve`: an echo server.
 */
#ifndef WSS_SERVE_H
#define WSS_SERVE_H

#include "wss_serve_options.h"

/* Serves until SIGINT or SIGTERM. Returns the exit status. */
int wss_serve(const wss_serve_options_t *options);

#endif
