/* SPDX-License-Identifier: MIT */
/*
 * A client and a server of ours, each with a loop of its own, that talk to each other: the
 * client sends messages of all sizes, the server echoes them, then one of both closes.
 * Knows no port: the test brings two HALs and moves the time.
 */
#ifndef DUET_H
#define DUET_H

#include "wss/wss.h"

typedef struct duet_setup {
    const wss_hal_t *server;
    const wss_hal_t *client;
    const wss_crypto_t *crypto;
    uint64_t seed;      /* of sizes and contents */
    uint32_t messages;  /* how many the client sends */
    uint32_t longest;   /* bytes of a message, at most */
    bool server_closes; /* else the client does */
} duet_setup_t;

void duet_start(const duet_setup_t *setup);

/* Lets both loops turn once. */
void duet_step(uint32_t max_wait);

/* Both sides have reported the end. */
bool duet_over(void);

/* Ends what still stands, fails the test if anything was lost or not clean. */
void duet_check(void);

#endif
