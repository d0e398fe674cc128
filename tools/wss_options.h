/* SPDX-License-Identifier: MIT */
/*
 * The command line of `wss serve`. Knows nothing of the engine.
 */
#ifndef WSS_OPTIONS_H
#define WSS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WSS_OPTIONS_LIST = 32 /* most paths, protocols or origins */ };

typedef struct wss_list {
    const char *items[WSS_OPTIONS_LIST];
    uint8_t count;
} wss_list_t;

/* Timers are in milliseconds; 0 means off. */
typedef struct wss_options {
    const char *bind;
    uint16_t port;
    wss_list_t paths;
    wss_list_t protocols;
    wss_list_t origins;
    uint32_t max_clients;
    uint64_t max_message;
    uint32_t handshake_timeout;
    uint32_t idle_timeout;
    uint32_t ping_interval;
    uint32_t pong_timeout;
    uint32_t close_timeout;
    bool quiet;
} wss_options_t;

/* Fills `options` from the arguments after "serve", defaults first. False: an option is
 * wrong, and one line on stderr has said which and why. */
bool wss_options_parse(wss_options_t *options, int count, char *const arguments[]);

/* Prints the usage to stdout. */
void wss_options_usage(void);

#endif
