/* SPDX-License-Identifier: MIT */
/*
 * A client and a server that break nothing, on a wire that delays and no more. No timer is needed
 * then: whoever waits for room is told, each Ping is answered, and what one side closes ends on
 * both, cleanly. Everybody gets a turn in the end (weak fairness).
 */
#define MAY_END_SO(me) (close_sent[me] && close_read[me])
#define MAY_FAIL       false
#define MAY_PING(me)   (!IS_OUT(me))

/* One Ping at a time: an endless row of them could fill what room there is with Pongs. */
#define IS_OUT(me) \
    (wire[me]??[PING] || pong_waits[OTHER(me)] || wire[OTHER(me)]??[PONG])

#include "world.pml"

#define ALL_OVER (IS_OVER(CLIENT) && IS_OVER(SERVER))

/* The loop serves both, what arrives and what has become of the room, before either comes again. */
bool read_last[2];

#define ARRIVED(me)    (READS(me) && (len(wire[OTHER(me)]) > 0 || ENDED(OTHER(me))))
#define MAY_READ(me)   (ARRIVED(me) && !(HAS_ROOM(me) && read_last[me]))
#define MAY_REPORT(me) (HAS_ROOM(me) && !(ARRIVED(me) && !read_last[me]))

proctype reader(byte me)
{
    do
    :: atomic { IS_OVER(me) -> break }
    :: atomic { MAY_READ(me) ->
        read_last[me] = true;
        if
        :: wire[OTHER(me)]?got -> take(me)
        :: empty(wire[OTHER(me)]) -> read_end(me)
        fi }
    od
}

proctype writer(byte me)
{
    do
    :: atomic { IS_OVER(me) -> break }
    :: atomic { MAY_REPORT(me) ->
        read_last[me] = false;
        report_room(me) }
    :: report_end(me)
    od
}

/* Calls as it likes, and need not close. */
proctype caller(byte me)
{
    do
    :: atomic { IS_OVER(me) -> break }
    :: call_send(me)
    :: atomic { wss_is(me, WSS_CONNECTED) -> STEP(me, close) }
    :: atomic { !IS_OVER(me) -> skip }
    od
}

/* What is begun is brought to its end. */
proctype streamer(byte me)
{
    do
    :: atomic { IS_OVER(me) -> break }
    :: call_stream_out(me)
    od
}

init {
    d_step {
        layered = false;
        tcp_stands = true;
        client_connect();
        client_tcp_up();
        server_accept()
    };
    atomic {
        run reader(SERVER); run writer(SERVER); run caller(SERVER); run streamer(SERVER);
        run reader(CLIENT); run writer(CLIENT); run caller(CLIENT); run streamer(CLIENT)
    };
    call_admit(SERVER)
}

ltl server_is_told_of_room { [] (BLOCKED(SERVER) -> <> !BLOCKED(SERVER)) }
ltl client_is_told_of_room { [] (BLOCKED(CLIENT) -> <> !BLOCKED(CLIENT)) }
ltl server_answers_pings   { [] (pong_waits[SERVER] -> <> !pong_waits[SERVER]) }
ltl client_answers_pings   { [] (pong_waits[CLIENT] -> <> !pong_waits[CLIENT]) }
ltl what_closes_ends       { [] ((wss_is(SERVER, WSS_CLOSING) || wss_is(CLIENT, WSS_CLOSING)) -> <> ALL_OVER) }
