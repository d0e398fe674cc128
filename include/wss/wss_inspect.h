/* SPDX-License-Identifier: MIT */
/*
 * What a connection is doing, in the words of the specification: for consoles, debuggers and
 * traces. Costs nothing where it is not used; not there where WSS_CFG_NAMES is 0.
 *
 *     wss_inspection_t it;
 *     if (wss_inspect(&loop, 0, &it))
 *         for (unsigned i = 0; wss_inspect_event(&it, i) != NULL; i++)
 *             puts(wss_inspect_event(&it, i));
 */
#ifndef WSS_INSPECT_H
#define WSS_INSPECT_H

#include "wss.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { WSS_INSPECT_PEER = 64 }; /* holds any address and port */

/* Strings are constants. */
typedef struct wss_inspection {
    const char *machine; /* "connection.server" or "connection.client" */
    const char *state;   /* such as "open" */
    wss_public_state_t public_state;
    wss_reason_t cause;             /* why it ends; WSS_REASON_NONE: it does not */
    uint32_t left[WSS_TIMER_COUNT]; /* milliseconds of each timer; WSS_FOREVER: does not run */
    uint64_t received;              /* bytes of frames */
    char peer[WSS_INSPECT_PEER];    /* as wss_peer() */
    uint8_t machine_number;
    uint8_t state_number;
} wss_inspection_t;

/* The connection in slot `index`. False: there is none. */
bool wss_inspect(wss_loop_t *loop, uint32_t index, wss_inspection_t *inspection);

/* The events that the state handles: their names, `number` from 0 on; NULL: no more. */
const char *wss_inspect_event(const wss_inspection_t *inspection, unsigned number);

/* The words for a transition that was traced. */
typedef struct wss_trace_names {
    const char *machine;
    const char *from;
    const char *event;
    const char *to;
    unsigned line; /* of spec/wss_states.yaml */
} wss_trace_names_t;

void wss_trace_names(const wss_trace_t *entry, wss_trace_names_t *names);

#ifdef __cplusplus
}
#endif
#endif
