/* SPDX-License-Identifier: MIT */
/*
 * Stores numbered messages in a JetStream stream and reads them back: what is to be asked of
 * the cluster, and what its answers mean. It must not know connections: requests are texts
 * that another sends, and are sent again until they are answered. That is safe: to create
 * a stream twice is to create it once, and a message carries its number as Nats-Msg-Id, by
 * which the stream knows that it has it.
 */
#ifndef NATS_STORE_H
#define NATS_STORE_H

#include "nats_parser.h"

enum {
    NATS_WINDOW = 16,         /* publications that wait for their acknowledgement */
    NATS_ANSWER_MS = 2000,    /* a request without an answer is sent again after so long, */
    NATS_RETRY_MS = 250,      /* one that was refused after so long */
    NATS_REQUEST = 768,       /* its longest text */
    NATS_MAX_MESSAGES = 65536 /* costs a bit each */
};

typedef struct nats_store_config {
    const char *stream; /* letters, digits, '-' and '_', as the other names */
    const char *name;   /* of this client: it publishes to <stream>.<name> */
    const char *inbox;  /* answers come to <inbox>.<something> */
    unsigned replicas;
    uint32_t count;                                /* of messages */
    bool (*send)(const char *text, size_t length); /* false: no room now */
} nats_store_config_t;

typedef enum nats_phase {
    NATS_CREATING,
    NATS_PUBLISHING,
    NATS_READING,
    NATS_COMPLETE, /* each message was read exactly once */
    NATS_INCOMPLETE
} nats_phase_t;

typedef struct nats_publication {
    uint32_t number; /* 0: the place is free */
    uint32_t due;    /* when it is sent, or sent again */
} nats_publication_t;

typedef struct nats_store {
    const nats_store_config_t *config;
    nats_phase_t phase;
    uint32_t progress; /* when the last answer came that was no refusal */
    uint32_t due;      /* when the request of another phase than publishing is sent (again) */
    nats_publication_t window[NATS_WINDOW];
    uint32_t begun; /* the highest number that was in the window */
    uint32_t acknowledged;
    uint64_t first; /* positions in the stream between which the messages are */
    uint64_t last;
    uint64_t position; /* where reading goes on */
    uint32_t read;
    bool repeated; /* a message was read twice */
    uint8_t seen[NATS_MAX_MESSAGES / 8 + 1];
} nats_store_t;

/* Times are milliseconds of a counter that may wrap. */
void nats_store_begin(nats_store_t *store, const nats_store_config_t *config, uint32_t now);

/* A new connection: requests that were under way are sent again. */
void nats_store_renew(nats_store_t *store, uint32_t now);

/* Sends what is due. */
void nats_store_ask(nats_store_t *store, uint32_t now);

/* A message came to the inbox. */
void nats_store_answer(nats_store_t *store, const nats_said_t *said, uint32_t now);

#endif
