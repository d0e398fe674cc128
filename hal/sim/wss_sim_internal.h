/* SPDX-License-Identifier: MIT */
/*
 * What the files of the simulator know of each other. Nobody else includes it.
 */
#ifndef WSS_SIM_INTERNAL_H
#define WSS_SIM_INTERNAL_H

#include "wss_sim.h"

/* wss_sim_end_t.state */
enum {
    WSS_SIM_FREE,
    WSS_SIM_QUEUED, /* connected, not yet accepted */
    WSS_SIM_LIVE
};

/* wss_sim.c */
uint32_t wss_sim_random(uint64_t *state);
uint32_t wss_sim_limit(wss_sim_t *sim, uint32_t limit);
void wss_sim_note(wss_sim_t *sim, wss_sim_fault_t fault);
wss_sim_end_t *wss_sim_end_take(wss_sim_t *sim, wss_sim_host_t *host);
void wss_sim_end_give(wss_sim_end_t *end);
uint8_t *wss_sim_out(const wss_sim_end_t *end);
uint8_t *wss_sim_in(const wss_sim_end_t *end);

/* wss_sim_stream.c */
extern const wss_stream_ops_t wss_sim_operations;
void wss_sim_end_break(wss_sim_end_t *end, const char *reason);
unsigned wss_sim_end_report(const wss_sim_end_t *end);

/* wss_sim_network.c: each tells whether anything moved. */
bool wss_sim_push(wss_sim_end_t *from);
bool wss_sim_step(wss_sim_t *sim);
/* Makes the far end at a listener; false when nobody listens or no end is free. */
bool wss_sim_join(wss_sim_end_t *end, uint16_t port);
void wss_sim_part(wss_sim_end_t *end, bool reset);
/* Milliseconds to the next arrival; UINT32_MAX: none. */
uint32_t wss_sim_next(const wss_sim_t *sim);

/* wss_sim_listen.c */
wss_sim_listener_t *wss_sim_listener(wss_sim_t *sim, uint16_t port);
uint16_t wss_sim_listener_add(wss_sim_t *sim, wss_sim_host_t *host, uint16_t port);
wss_sim_end_t *wss_sim_queued(wss_sim_t *sim, const wss_sim_host_t *host, uint16_t port);
wss_result_t wss_sim_listen(void *context, const wss_endpoint_t *where, uint16_t *port);
void wss_sim_unlisten(void *context);
void wss_sim_accepting(void *context, bool on);
wss_stream_t *wss_sim_accept(void *context, void *owner);
wss_stream_t *wss_sim_connect(void *context, const wss_dial_t *whom, void *owner);

#endif
