/* SPDX-License-Identifier: MIT */
/*
 * The SYS_WSS service in the simulator, and a peer of the test: what the callback is told
 * becomes text, frames of both sides are made and read here. One service, one world.
 */
#ifndef RIG_H
#define RIG_H

#include "sys_wss.h"
#include "wss_sim.h"

#include <check.h>

#ifndef RIG_CALLED /* where clients are to call */
#define RIG_CALLED RIG_PORT
#endif

enum { RIG_PORT = 8000, RIG_WINDOW = 100000 };

/* The tests of the program. */
Suite *rig_suite(void);

/* The world; may be changed in a test. */
extern wss_sim_t rig_sim;
extern wss_sim_host_t rig_host;
extern bool rig_has_tls;   /* else sys_wss_port_open() refuses it */
extern bool rig_boots;     /* the network cannot be used yet */
extern unsigned rig_opens; /* of the port, closes taken away */

void rig_crypto_fails(bool fails);

/* What is done in the callback of an event, after it was noted; NULL: nothing. */
extern void (*rig_inside)(SYS_WSS_EVENTS event, SYS_WSS_RXDATA *data, int32_t client);

/* A new world; the service in it; both. `config` as for SYS_WSS_Initialize(). */
void rig_begin(void);
void rig_initialize(SYS_WSS_CONFIG *config);
void rig_start(SYS_WSS_CONFIG *config);

/* Ends the service and checks that nothing is left. */
void rig_end(void);

void rig_callback(SYS_WSS_EVENTS event, void *data, int32_t client, void *cookie);
const char *rig_event_name(SYS_WSS_EVENTS event);

/* Since the last call: "CONNECTING(0) TXT_DATA_RX(0)=abc ". */
const char *rig_told(void);
#define rig_expect(text) ck_assert_str_eq(rig_told(), text)

/* SYS_WSS_Task() until all has settled; the same after time has passed. */
void rig_settle(void);
void rig_time(uint32_t milliseconds);

/* A server's peers: TCP; TCP and the opening handshake, whose response is checked. */
extern const char rig_request[];
wss_sim_end_t *rig_connect(void);
wss_sim_end_t *rig_open(void);
wss_sim_end_t *rig_open_with(const char *request, const char *key);

/* Sends a frame, masked where the service is a server; then settles. `first` is its first
 * byte. rig_put() sends bytes as they are. */
void rig_frame(wss_sim_end_t *peer, unsigned first, const void *payload, size_t length);
void rig_put(wss_sim_end_t *peer, const void *bytes, size_t length);
void rig_close_frame(wss_sim_end_t *peer, unsigned code, const char *reason);

/* Everything that has come to the peer, raw, and as frames: "81:abc 88:\x03\xe8 "; masks are
 * taken off. "EOF" or "RESET" at the end. */
size_t rig_bytes(wss_sim_end_t *peer, uint8_t *bytes, size_t capacity);
const char *rig_wire(wss_sim_end_t *peer);

/* The service as a client: what it has asked, and the answer to it. */
wss_sim_end_t *rig_asked(char *request, size_t capacity);
void rig_answer(wss_sim_end_t *peer, const char *request);

#endif
