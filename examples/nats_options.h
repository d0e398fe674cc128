/* SPDX-License-Identifier: MIT */
/* The command line and the credentials of nats_client. Knows nothing of their use. */
#ifndef NATS_OPTIONS_H
#define NATS_OPTIONS_H

#include "nats_store.h"

enum { NATS_MAX_SERVERS = 16 };

typedef struct nats_options {
    const char *servers[NATS_MAX_SERVERS];
    uint32_t server_count;
    const char *stream;
    const char *name;
    const char *user;     /* NATS_USER in the environment, or "" */
    const char *password; /* NATS_PASSWORD */
    uint32_t count;       /* of messages */
    uint32_t patience;    /* seconds without progress after which the client gives up */
} nats_options_t;

extern const char nats_usage[];

/* Returns NULL, the usage, or what is wrong. The texts stay where they are. */
const char *nats_read_options(nats_options_t *options, int argc, char *argv[]);

#endif
