/* SPDX-License-Identifier: MIT */
/*
 * The lwIP port and its peers on one lwIP, whose loopback connects them. Without a thread time
 * is simulated: it passes in wait() and in rig_pass(), and the cases below run.
 */
#ifndef TESTS_LWIP_RIG_H
#define TESTS_LWIP_RIG_H

#include "port.h"
#include "wss_lwip.h"

extern wss_lwip_t lwip;
extern wss_hal_t hal;
extern wss_lwip_stream_t rig_streams[PORT_STREAMS];

/* One of n packets is lost from now on, some one; 0: none. */
void rig_lose(unsigned n);

wss_lwip_config_t rig_config(void);
void rig_open(const wss_lwip_config_t *config);
uint16_t rig_listen(void);

/* Lets time pass, in small steps. */
void rig_pass(uint32_t milliseconds);

/* One look; what it says of `owner`. */
unsigned rig_look(const void *owner);

/* The next connection, as a stream. */
wss_stream_t *rig_accept(void *owner);

/* A peer that was called, and its connection. */
wss_stream_t *rig_connected(uint16_t number, int *peer, void *owner);

/* The byte that a transfer has at `at`. */
uint8_t rig_byte(uint32_t at);

/* Cases of one kind each. */
void transfer_cases(TCase *cases);
void life_cases(TCase *cases);
void dial_cases(TCase *cases);

#endif
