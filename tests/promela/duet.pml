/* SPDX-License-Identifier: MIT */
/*
 * A client and a server on one wire, which delays, is cut, is torn, or ends on one side. Runs
 * down: wherever they are, once the applications are quiet their timers bring both to the end.
 */
#define MAY_END_SO(me) true
#define MAY_FAIL       true
#define MAY_PING(me)   true

#include "world.pml"

#define NEVER_BEGAN (state[SERVER] == WSS_ST_IDLE && !tcp_stands)
#define ALL_OVER    (IS_OVER(CLIENT) && (IS_OVER(SERVER) || NEVER_BEGAN))

inline receive(me)
{
    if
    :: atomic { READS(me) && nempty(wire[OTHER(me)]) -> wire[OTHER(me)]?got; take(me) }
    :: atomic { READS(me) && empty(wire[OTHER(me)]) && ENDED(OTHER(me)) -> read_end(me) }
    fi
}

proctype side(byte me)
{
    do
    :: atomic { IS_OVER(me) || (me == SERVER && NEVER_BEGAN && IS_OVER(CLIENT)) -> break }
    :: receive(me)
    :: live(me)
    od
}

/* Nothing changes any more once all is quiet: no reset comes to help who waits. */
proctype change()
{
    do
    :: atomic { !quiet && weather == FAIR && tcp_stands -> weather = HALF_SERVER }
    :: atomic { !quiet && weather == FAIR && tcp_stands -> weather = HALF_CLIENT }
    :: atomic { !quiet && weather != CUT && weather != TORN -> d_step { cut() } }
    :: atomic { !quiet && weather != TORN && tcp_stands -> d_step { tear() } }
    :: atomic { !quiet -> quiet = true }
    :: atomic { ALL_OVER -> break }
    od
}

init {
    atomic { run side(SERVER); run side(CLIENT); run change() }
}

ltl runs_down { [] (quiet -> <> ALL_OVER) }
