/* SPDX-License-Identifier: MIT */
/*
 * A TLS client and a TLS server of ours on the simulated network, with a wire between them
 * that the test may cut into pieces, alter, or take the place of one of them. Time does not
 * matter here: what can happen has happened when pair_settle() returns.
 */
#ifndef PAIR_H
#define PAIR_H

#include "certs.h"
#include "wss_sim.h"
#include "wss_tls_hal.h"

enum { PAIR_ROOM = 4096, PAIR_HOLD = 512 };

/* Bytes on their way; may be altered. `at`: how many went that way before. */
typedef void pair_alter_t(bool to_server, uint32_t at, uint8_t *bytes, uint32_t length);

/* What happens once so many bytes were carried one way. */
typedef struct pair_fault {
    enum { PAIR_NO_FAULT, PAIR_SAYS, PAIR_ENDS, PAIR_RESETS } kind;
    bool to_server;
    uint32_t at;
    const void *bytes; /* PAIR_SAYS: these come in between */
    uint32_t length;
} pair_fault_t;

typedef struct pair_side {
    certs_side_t side;
    wss_sim_host_t host;
    wss_hal_t below;
    wss_hal_t hal;
    wss_tls_hal_t tls;
    wss_tls_stream_t streams[2];
    uint8_t memory[2 * (PAIR_ROOM + PAIR_HOLD)];
    uint8_t input[2048];
    uint8_t output[1024];
    wss_stream_t *stream;
    unsigned ready; /* what was reported since it was cleared */
    bool direct;    /* `input` and `output` are not used */
    bool hasty;     /* a failed stream is reset at once, as by the engine */
} pair_side_t;

/* Members may be set between pair_start() and pair_dial(). */
typedef struct pair {
    wss_sim_t sim;
    wss_sim_crypto_t random;
    wss_crypto_t crypto;
    pair_side_t server;
    pair_side_t client;
    wss_tls_session_t sessions[2]; /* the client's */
    pair_alter_t *alter;
    pair_fault_t fault;
    uint32_t piece;           /* most bytes that the wire carries at a time; 0: any number */
    wss_sim_end_t *to_client; /* the wire's ends; NULL: gone */
    wss_sim_end_t *to_server;
    uint32_t carried[2];
} pair_t;

extern pair_t pair;

/* Prepares the world; then a context of each side is opened, by certs_*(). */
void pair_start(void);

/* Stops everything; fails the test if the contract of streams was broken. */
void pair_stop(void);

/* The client calls `host`; the wire is laid to the server, which accepts. */
void pair_dial(const char *host);

/* Lets everything happen. */
void pair_settle(void);

/* Both shake hands, or one fails; then as above. */
void pair_connect(const char *host);

/* Fails the test unless the side is up, or has failed with this sentence (NULL: any). */
void pair_is_up(const pair_side_t *side);
void pair_failed(const pair_side_t *side, const char *sentence);

/* Sends all, flushing once. */
void pair_send(pair_side_t *from, const char *text);

/* What the side can read by now; WSS_ERR_EOF or WSS_ERR_NETWORK when that is all. */
int32_t pair_read(pair_side_t *side, char *text, uint32_t capacity);
void pair_reads(pair_side_t *side, const char *expected);

void pair_release(pair_side_t *side, bool reset);

/* The wire is gone. */
void pair_hang_up(void);

/* The wire's own words, in the place of one side; its end of TCP; what it hears. */
void pair_say(bool to_server, const void *bytes, uint32_t length);
void pair_end(bool to_server);
uint32_t pair_hear(bool from_server, uint8_t *bytes, uint32_t capacity);

#endif
