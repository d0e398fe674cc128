/* SPDX-License-Identifier: MIT */
/* What has happened to connections, and in which states of the specification they were. */
#ifndef MET_H
#define MET_H

#include <stdbool.h>

typedef enum met {
    MET_RESET,
    MET_HALF_CLOSE,
    MET_SILENCE,
    MET_LINK_DOWN,
    MET_NO_RANDOM, /* random numbers begin to fail */
    MET_JUMP,      /* of the clock */
    MET_COUNT
} met_t;

/* It happens to a connection of that side in a state that has this number. */
void met_note(met_t what, unsigned side, unsigned state);

/* Prints how much of what can happen has. False: not all of it. */
bool met_tell(void);

#endif
