/* SPDX-License-Identifier: MIT */
/* How the service's first connection is brought into each state of the specification. */
#ifndef PLACES_H
#define PLACES_H

#include "rig.h"
#include "wss_machines.h"

typedef struct place {
    wss_connection_state_t state;
    void (*go)(void);       /* from rig_begin() on; NULL: the state cannot be reached, */
    const char *impossible; /* and why */
} place_t;

/* Of the built role, in the order of the states. */
extern const place_t places[];
extern const unsigned place_count;

/* The machine that the specification has for the built role. */
const wss_machine_t *place_machine(void);

/* The state that the first connection is in now. */
wss_connection_state_t place_now(void);

#endif
