/* SPDX-License-Identifier: MIT */
/*
 * One side, ME, and a peer that says anything at any moment: no rule binds it.
 */
#define MAY_END_SO(me) true
#define MAY_FAIL       true
#define MAY_PING(me)   true

#if ME == 0
#define STEP(me, event) d_step { server_##event() }
#else
#define STEP(me, event) d_step { client_##event() }
#endif

#include "world.pml"

inline receive()
{
    if
    :: atomic { READS(ME) && !end_sent[OTHER(ME)] && !quiet ->
        if
        :: got = REQUEST
        :: got = SWITCH
        :: got = ANSWER
        :: got = DATA
        :: got = PING
        :: got = PONG
        :: got = CLOSE
        :: got = BAD
        fi;
        take(ME) }
    :: atomic { READS(ME) && end_sent[OTHER(ME)] -> read_end(ME) }
    fi
}

active proctype side()
{
    do
    :: atomic { IS_OVER(ME) -> break }
    :: receive()
    :: live(ME)
    od
}

/* Nothing changes any more once all is quiet. A peer that reads nothing is like a wire that is
 * cut. */
active proctype peer()
{
    tcp_stands = tcp_stands || ME == SERVER;
    do
    :: atomic { !quiet && nempty(wire[ME]) -> wire[ME]?_ }
    :: atomic { !quiet && !end_sent[OTHER(ME)] -> end_sent[OTHER(ME)] = true }
    :: atomic { !quiet && weather == FAIR -> d_step { cut() } }
    :: atomic { !quiet && weather != TORN && tcp_stands -> d_step { tear() } }
    :: atomic { !quiet -> quiet = true }
    :: atomic { IS_OVER(ME) -> break }
    od
}

ltl runs_down { [] (quiet -> <> IS_OVER(ME)) }
