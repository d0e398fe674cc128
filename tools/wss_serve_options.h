/* SPDX-License-Identifier: MIT */
/*
 * The command line of `wss serve`. Knows nothing of the engine.
 */
#ifndef WSS_SERVE_OPTIONS_H
#define WSS_SERVE_OPTIONS_H

#include "wss_certs.h"
#include "wss_options.h"

/* Timers are in milliseconds; 0 means off. */
typedef struct wss_serve_options {
    const char *bind;
    uint16_t port;
    wss_list_t paths;
    wss_list_t protocols;
    wss_list_t origins;
    uint32_t max_clients;
    uint32_t workers;
    uint64_t max_message;
    uint32_t handshake_timeout;
    uint32_t idle_timeout;
    uint32_t ping_interval;
    uint32_t pong_timeout;
    uint32_t close_timeout;
    wss_certs_options_t certs;
    bool proxy_protocol;
    bool console;
    bool quiet;
} wss_serve_options_t;

/* Fills `options` from the arguments after "serve", defaults first. */
wss_parsed_t wss_serve_options_parse(wss_serve_options_t *options, int count,
                                     char *const arguments[]);

/* Prints the usage to stdout. */
void wss_serve_usage(void);

#endif
