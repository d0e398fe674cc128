/* SPDX-License-Identifier: MIT */
/*
 * Sessions in the simulator, and the servers that they call, played by the test: what the
 * application and the servers see becomes lines. Scripts are another room's.
 */
#ifndef STAGE_H
#define STAGE_H

#include "wss/wss_session.h"
#include "wss_sim.h"

enum { STAGE_SESSIONS = 2, STAGE_SLOTS = 4 };

/* What a callback does besides being noted; none happens twice. */
typedef enum deed {
    DEED_NONE,
    DEED_STOP,
    DEED_START,
    DEED_ABORT,
    DEED_CLOSE,
    DEED_ROTATE,
    DEEDS
} deed_t;

typedef enum place {
    AT_CONNECTING,
    AT_HEAD,
    AT_ONLINE,
    AT_OPEN,
    AT_CLOSING,
    AT_CLOSED,
    AT_CHALLENGE,
    AT_WAITING,
    AT_STOPPED,
    PLACES
} place_t;

/* What a script sets before the first start. */
typedef struct stage {
    wss_session_config_t session;
    const char *servers[8];
    wss_header_t headers[16];
    wss_header_t credentials[16];
    const char *protocols[8];
    uint32_t slots;
    bool handler; /* of the session */
} stage_t;

extern stage_t stage;
extern deed_t stage_deeds[PLACES];
extern bool stage_rows[16][256];
extern uint32_t stage_random; /* what is drawn, but for keys */
extern bool stage_by_bytes;   /* what a server sends arrives byte by byte */

void stage_begin(void);
void stage_end(void);
const char *stage_log(void);

void stage_start(unsigned session);
void stage_stop(unsigned session);
void stage_plain(void); /* a connection without a session */
void stage_next(void);  /* notes when the loop wants its next step */
void stage_loop(bool abort);
void stage_settle(void);
void stage_time(uint32_t milliseconds);
void stage_entropy(bool good);
void stage_dial(wss_sim_dial_t dial);

/* The servers. */
void stage_listen(uint16_t port);
void stage_send(const uint8_t *bytes, size_t length);
void stage_accept(void);
void stage_finish(void);
void stage_reset(void);

#endif
