/* SPDX-License-Identifier: MIT */
/*
 * An engine in the simulator, as server or client, and a peer of the test in the other
 * role, for scripts of events: what the application sees and what goes over the wire
 * become two lists of lines.
 */
#ifndef WORLD_H
#define WORLD_H

#include "wss/wss.h"
#include "wss_sim.h"

enum { WORLD_CONNS = 4, WORLD_ENDS = 16, WORLD_ROOM_MAX = 70000, WORLD_WINDOW_MAX = 70000 };
enum { WORLD_TX_MAX = 4096 };

/* What a script may set before the engine starts. */
typedef struct settings {
    wss_config_t config; /* limits and timers */
    uint32_t room;
    uint32_t window;
    uint32_t buffer; /* for whole messages; 0: pieces */
    uint32_t controls;
    uint32_t rx;
    uint32_t tx;   /* bytes that gather before they are sent; at most WORLD_TX_MAX */
    uint32_t page; /* bytes of the page; 0: there is no page callback */
    uint32_t latency;
    wss_sim_dial_t dial;
    bool client;  /* the engine's role */
    bool heads;   /* the fields that the peer sends are lines */
    bool layered; /* streams have an upper layer */
    bool defer;   /* on_request leaves the decision to later */
} settings_t;

/* Lines of text. */
typedef struct lines {
    char text[1 << 16];
    size_t length;
} lines_t;

void lines_add(lines_t *lines, const char *format, ...) __attribute__((format(printf, 2, 3)));
void lines_add_quoted(lines_t *lines, const void *bytes, size_t length);

void settings_default(settings_t *settings);

/* Begins anew. `app` and `wire` receive the lines. */
void world_start(const settings_t *settings, lines_t *app, lines_t *wire);
void world_end(void);

void world_connect(void);
bool world_upgrade(void);
wss_result_t world_dial(const wss_target_t *target);
void world_accept_key(char accept[WSS_ACCEPT_LENGTH]);
void world_peer_bytes(const uint8_t *bytes, uint32_t length);
void world_peer_deaf(bool on);
void world_peer_finish(void);
void world_peer_reset(void);
void world_layer(wss_phase_t phase);
void world_peer_stay(void);
void world_peer_leave(void);

/* The peer has sent a Close: as a server it ends TCP once it has ours, unless it stays. */
void world_peer_closed(void);

void world_link(bool up);
void world_entropy(bool good);
void world_time(uint32_t milliseconds);
void world_step_once(void);
void world_settle(void);

/* What the application does. */
extern bool world_echo;
extern bool world_pieces;         /* each call of on_data is a line */
extern bool world_quits;          /* it aborts at the end of a message; closures have the offset */
extern unsigned world_refuse;     /* so many on_data refuse */
extern wss_result_t world_answer; /* of the next on_data, if not WSS_OK */
extern bool world_traced;         /* transitions are told */
wss_conn_t *world_conn(void);
wss_loop_t *world_loop(void);
wss_sim_host_t *world_host(void);

/* Rows taken so far, by machine and row. */
extern bool world_rows[8][256];

#endif
