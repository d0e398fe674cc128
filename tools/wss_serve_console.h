/* SPDX-License-Identifier: MIT */
/*
 * Commands for `wss serve` from standard input: see wss_console.h. A task reads; the loop's
 * task performs.
 */
#ifndef WSS_SERVE_CONSOLE_H
#define WSS_SERVE_CONSOLE_H

#include "wss_console.h"

/* Starts to read. `console`, whose print and name are set here, stays in use. */
bool wss_serve_console_start(wss_console_t *console);

/* Performs the commands that came; after each step of the loop. */
void wss_serve_console_obey(void);

/* For wss_config_t.trace. */
void wss_serve_console_trace(void *context, const wss_trace_t *entry);

#endif
