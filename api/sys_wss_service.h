/* SPDX-License-Identifier: MIT */
/*
 * What the files of the SYS_WSS service know of each other. Nobody else includes it.
 *
 * Two locks are in play. The engine's own guards connections, and is free while callbacks
 * run. The port's (sys_wss_port_lock()) guards the members of `sys_wss` marked (L) for a few
 * instructions; nothing of the engine is called under it.
 */
#ifndef SYS_WSS_SERVICE_H
#define SYS_WSS_SERVICE_H

#include "sys_wss.h"
#include "sys_wss_port.h"
#include "wss/wss.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How far the service is. */
typedef enum sys_wss_life {
    SYS_WSS_OFF,
    SYS_WSS_STARTING, /* by a SYS_WSS_Initialize() that has not returned */
    SYS_WSS_RUNNING,
    SYS_WSS_ENDING /* until nobody is inside any more */
} sys_wss_life_t;

/* What the console can be asked for. */
typedef enum sys_wss_counter {
    SYS_WSS_COUNT_CONNECTIONS,
    SYS_WSS_COUNT_OPENED,
    SYS_WSS_COUNT_CLOSED,
    SYS_WSS_COUNT_RECEIVED, /* messages */
    SYS_WSS_COUNT_RECEIVED_BYTES,
    SYS_WSS_COUNT_SENT, /* messages and fragments */
    SYS_WSS_COUNT_SENT_BYTES,
    SYS_WSS_COUNT_REFUSED, /* sends, closes and Pings that the engine refused */
    SYS_WSS_COUNT_PINGS,   /* received */
    SYS_WSS_COUNT_ERRORS,  /* events that say why a connection ended */
    SYS_WSS_COUNTERS
} sys_wss_counter_t;

typedef struct sys_wss {
    wss_loop_t loop;
    wss_config_t config;
    sys_wss_port_t port;
    SYS_WSS_CALLBACK callback; /* (L) */
    void *cookie;              /* (L) */
    uint8_t control[125];      /* a copy of a control frame's payload, while the callback has it */
    uint16_t users;            /* (L) calls that are inside the engine */
    uint8_t life;              /* (L) sys_wss_life_t */
    uint8_t stepping;          /* (L) one of them is SYS_WSS_Task() */
    bool tls;
    bool link_down;                /* as the application knows it */
    bool settled;                  /* (L) it listens, has a connection, or tries no more */
    bool waiting;                  /* (L) with the next attempt until retry_at */
    uint32_t retry_at;             /* (L) */
    uint8_t told[SYS_WSS_STREAMS]; /* (L) why the connection ends, or has ended */
} sys_wss_t;

extern sys_wss_t sys_wss;

/* sys_wss_inside.c: around all that uses the engine. False: the service does not run. */
bool sys_wss_enter(void);
void sys_wss_leave(void);

/* Writes a byte of `sys_wss` (L). Returns what was there: who writes a flag and finds it unset
 * was the first. */
uint8_t sys_wss_set(uint8_t *byte, uint8_t value);

/* sys_wss_events.c: the engine's callbacks, and the way to the application's. */
extern const wss_handler_t sys_wss_handler;
void sys_wss_raise(int32_t client, SYS_WSS_EVENTS event, void *data);
bool sys_wss_is_connected(int32_t client);

/* sys_wss_network.c: listens or connects. Prepares for what is configured; does it when it
 * is due; hears that a connection has ended. */
wss_result_t sys_wss_network_prepare(const SYS_WSS_CONFIG *config);
const char *sys_wss_network_host(void); /* the client's URL's; NULL: a server */
void sys_wss_network_tend(void);
void sys_wss_network_lost(const wss_closure_t *closure);

/* sys_wss_console.c: counts since SYS_WSS_Initialize(), which wrap; nobody counts without a
 * console. */
#if SYS_WSS_ENABLE_CONSOLE
void sys_wss_count(sys_wss_counter_t counter, uint32_t more);
void sys_wss_count_anew(void);
#else
static inline void sys_wss_count(sys_wss_counter_t counter, uint32_t more)
{
    (void)counter, (void)more;
}

static inline void sys_wss_count_anew(void)
{
}
#endif
void sys_wss_trace(void *context, const wss_trace_t *entry);

#ifdef __cplusplus
}
#endif
#endif
