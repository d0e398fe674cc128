/* SPDX-License-Identifier: MIT */
/*
 * The command line of `wss connect`. Knows what may stand in a request, and nothing of
 * connections.
 */
#ifndef WSS_CLIENT_OPTIONS_H
#define WSS_CLIENT_OPTIONS_H

#include "wss_certs.h"
#include "wss_memory.h"
#include "wss_options.h"

#include "wss/wss.h"

/* Arrays are as long as they have to be; texts are those of the command line. */
typedef struct wss_client_options {
    const char **urls;
    uint32_t url_count;
    const char *origin;
    wss_header_t *headers;
    size_t header_count;
    wss_header_t *credentials; /* Authorization, Cookie: for the servers of the list alone */
    size_t credential_count;
    wss_list_t protocols;
    const char **texts; /* --send */
    size_t text_count;
    const char *proxy; /* NULL: the environment says; "": none */
    wss_certs_options_t certs;
    uint32_t ping_interval; /* ms; 0: off */
    uint32_t pong_timeout;  /* ms; 0: off */
    uint32_t close_timeout; /* ms */
    uint64_t max_message;   /* bytes; UINT64_MAX: any */
    bool echo;
    bool binary;
    bool reconnect;
    bool quiet;
    wss_memory_t memory;
} wss_client_options_t;

/* Fills `options` from the arguments after "connect", defaults first. */
wss_parsed_t wss_client_options_parse(wss_client_options_t *options, int count,
                                      char *const arguments[]);

/* Prints the usage to stdout. */
void wss_client_usage(void);

#endif
