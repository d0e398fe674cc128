/* SPDX-License-Identifier: MIT */
/* What has happened in which states: see met.h. */
#include "met.h"

#include <stdio.h>

#include "sides.h"
#include "wss_machines.h"
#include "wss_names.h"

static const char *const names[MET_COUNT] = {
    [MET_RESET] = "a reset",           [MET_HALF_CLOSE] = "a half-close",
    [MET_SILENCE] = "silence",         [MET_LINK_DOWN] = "a link that goes down",
    [MET_NO_RANDOM] = "no randomness", [MET_JUMP] = "a jump of the clock",
};

static bool met[MET_COUNT][SIDES][WSS_ST_COUNT];

/* Streams have no upper layers here; a client lingers only after a peer that broke the protocol. */
static bool has_state(unsigned side, unsigned state)
{
    switch (state) {
    case WSS_ST_IDLE:
    case WSS_ST_SECURING:
    case WSS_ST_CLOSED: return false;
    case WSS_ST_DECIDING:
    case WSS_ST_RESPONDING:
    case WSS_ST_LINGERING: return side == SIDES_SERVER;
    case WSS_ST_CONNECTING:
    case WSS_ST_EMPTYING:
    case WSS_ST_AWAITING_FIN: return side == SIDES_CLIENT;
    default: return true;
    }
}

static bool is_possible(met_t what, unsigned side, unsigned state)
{
    bool between_ends = what == MET_RESET || what == MET_HALF_CLOSE;
    if (what == MET_NO_RANDOM && side == SIDES_SERVER)
        return false; /* it draws none */
    return has_state(side, state) && !(between_ends && state == WSS_ST_CONNECTING);
}

void met_note(met_t what, unsigned side, unsigned state)
{
    met[what][side][state] = true;
}

bool met_tell(void)
{
    unsigned all = 0, seen = 0;
    for (unsigned i = 0; i < MET_COUNT * SIDES * WSS_ST_COUNT; i++) {
        met_t what = (met_t)(i / WSS_ST_COUNT / SIDES);
        unsigned side = i / WSS_ST_COUNT % SIDES, state = i % WSS_ST_COUNT;
        if (!is_possible(what, side, state))
            continue;
        all++;
        seen += met[what][side][state];
        if (!met[what][side][state])
            printf("storm: never %s in %s %s\n", names[what],
                   wss_machine_name(side == SIDES_CLIENT ? WSS_MACHINE_CONNECTION_CLIENT
                                                         : WSS_MACHINE_CONNECTION_SERVER),
                   wss_state_name(WSS_MACHINE_CONNECTION_SERVER, state));
    }
    printf("storm: mishaps in %u of %u states where they can be\n", seen, all);
    return seen == all;
}
