/* SPDX-License-Identifier: MIT */
/*
 * Three peers of a server in the simulator, each of which has a connection.
 */
#ifndef PEERS_H
#define PEERS_H

#include <stdbool.h>
#include <stddef.h>

#include "wss/wss.h"
#include "wss_sim.h"

enum { PEERS = 3, ROOM = 1024 };

extern wss_sim_t sim;
extern wss_sim_host_t host;
extern wss_sim_crypto_t generator;
extern wss_crypto_t crypto;
extern wss_hal_t hal;
extern wss_loop_t loop;
extern uint8_t rx[2048];
extern wss_handler_t handler;
extern wss_config_t config;
extern wss_sim_end_t *peers[PEERS];
extern int marker; /* what wss_user() and wss_context() give */

/* What the callbacks have seen. */
extern wss_conn_t *opened[PEERS];
extern unsigned open_count;
extern uint8_t got[256];
extern size_t got_length;
extern bool got_whole;
extern void (*inside_data)(wss_conn_t *conn); /* called by on_data; NULL: nothing */

extern bool locks; /* begin() gives the HAL a lock */

void begin(void);        /* a network, and a configuration that a test may change */
void open_peers(void);   /* the loop listens, and each peer has its connection */
void setup(void);        /* both */
void setup_locked(void); /* with a lock, whose misuse is a fault */
void teardown(void);     /* all ends; nothing is left */
void settle(void);

void upgrade(wss_sim_end_t *peer, const char *path, const char *protocol);
void peer_sends(wss_sim_end_t *peer, const void *bytes, size_t length);
void send_masked(wss_sim_end_t *peer, uint8_t first, const char *text);

/* Takes what has come and gives its last bytes: frames of a server are plain. */
size_t take(wss_sim_end_t *peer, uint8_t *bytes, size_t capacity);

#endif
