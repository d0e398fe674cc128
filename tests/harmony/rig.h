/* SPDX-License-Identifier: MIT */
/*
 * The port on the simulated stack: how the suite of the contract and the cases beyond it open
 * it.
 */
#ifndef TESTS_HARMONY_RIG_H
#define TESTS_HARMONY_RIG_H

#include "harmony.h"
#include "port.h"
#include "wss_pic32.h"

extern wss_pic32_t pic32;
extern wss_hal_t hal;

wss_pic32_config_t rig_config(void);
/* On the stack as it is; harmony_begin() comes before. */
void rig_open(const wss_pic32_config_t *config);
void rig_open_one(void); /* with one stream */
void rig_close(void);

/* The port that is listened at from now on. */
uint16_t rig_listen(void);
wss_stream_t *rig_accept(void *owner);
/* Waits until the stream has one of `what` to report. */
void rig_await(wss_stream_t *stream, unsigned what);
/* A count, or how the stream ended. */
int32_t rig_receive(wss_stream_t *stream, char *text, uint32_t capacity);
/* What the peer reads next, while the port goes on. */
int32_t rig_peer_next(int peer, char *text, uint32_t capacity);
void rig_dial(const char *host, uint16_t number, bool secure, void *owner, wss_stream_t **stream);
wss_phase_t rig_outcome(wss_stream_t *stream);

/* test_server.c, test_client.c, test_system.c, test_tls.c */
void server_cases(TCase *cases);
void client_cases(TCase *cases);
void system_cases(TCase *cases);
void tls_cases(TCase *cases);

#endif
