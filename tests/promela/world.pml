/* SPDX-License-Identifier: MIT */
/*
 * The world of a connection: TCP, time, the application. What may happen may happen at any
 * moment, as far as the HAL's contract and the API allow it. Codes, lengths and contents are left
 * out: a frame, a piece of one, or an HTTP head is one item.
 *
 * Whoever includes this defines
 *   MAY_END_SO(me)  what has to be true of a connection that ends,
 *   MAY_FAIL        whether heads may ask for something else, and heads and data break a rule,
 *   MAY_PING(me)    whether the application may send a Ping now.
 */

#include "connection.names.pml"

mtype = { REQUEST, SWITCH, ANSWER, DATA, PING, PONG, CLOSE, BAD };

#define IS_FRAME(item) (item != REQUEST && item != SWITCH && item != ANSWER)
#define OTHER(me)      (1 - (me))

/* Sent and not read, be it in a buffer or under way. There is room for one item of data, and
 * for what is reserved: a Ping or Pong, and a Close. */
#define ROOM             3
#define FITS_DATA(me)    (len(wire[me]) <= ROOM - 3)
#define FITS_CONTROL(me) (len(wire[me]) <= ROOM - 2)

chan wire[2] = [ROOM] of { mtype };
bool tcp_stands;

/* What becomes of TCP. CUT: nothing goes through any more, and nobody learns of it. TORN: what was
 * under way is lost, both sides learn of it sooner or later. HALF: one side's end came although
 * that side did not end. */
mtype = { FAIR, CUT, TORN, HALF_SERVER, HALF_CLIENT };
mtype weather = FAIR;

#define HALF(me)  (weather == (me == SERVER -> HALF_SERVER : HALF_CLIENT))
#define ENDED(me) (end_sent[me] || HALF(me))

/* The applications call no more, no Ping falls due, and of a wire that is cut nothing more is
 * heard. What comes is still taken. */
bool quiet;

#define SILENT (quiet && weather == CUT)

#include "rules.pml"
#include "actions.pml"
#include "connection.rows.pml"

/* Who has one side alone names its machine: the checker's program is half as large then. */
#ifndef STEP
#define STEP(me, event) \
    d_step { if :: me == SERVER -> server_##event() :: else -> client_##event() fi }
#endif

#define IS_OVER(me) told_closed[me]

/* ----------------------------------------------------------------------------- the wire */

/* What the other side has no stream for is lost. */
inline put(me, item)
{
    rule_sends(me, item);
    assert(len(wire[me]) < ROOM);
    if
    :: told_closed[OTHER(me)] || weather == TORN || ENDED(me) -> skip
    :: else -> wire[me]!(weather == CUT -> DATA : item)
    fi
}

inline drop(me)
{
    do
    :: len(wire[me]) > 0 -> wire[me]?_
    :: else -> break
    od;
    skip
}

inline tear()
{
    weather = TORN;
    drop(SERVER);
    drop(CLIENT)
}

/* Nobody will read what is there: it may be anything. */
hidden byte unread;

inline blur(me)
{
    unread = len(wire[me]);
    do
    :: unread > 0 ->
        wire[me]?_;
        wire[me]!DATA;
        unread--
    :: else -> break
    od;
    skip
}

inline cut()
{
    weather = CUT;
    blur(SERVER);
    blur(CLIENT)
}

inline give_back(me, with_reset)
{
    end_sent[me] = true;
    if
    :: with_reset && weather != CUT -> tear()
    :: else -> drop(OTHER(me)) /* nor does anybody read it any more */
    fi
}

/* After its end nothing depends on how a connection was. */
inline forget(me)
{
    frames_allowed[me] = false;
    in_frame[me] = false;
    close_sent[me] = false;
    close_read[me] = false;
    end_sent[me] = true;
    end_read[me] = true;
    told_connecting[me] = false;
    told_open[me] = false;
    told_closing[me] = false;
    has_cause[me] = false;
    pong_waits[me] = false;
    wanted[me] = false;
    behind_frame[me] = false
}

/* --------------------------------------------------------------------- the stream opens */

inline dial(me)
{
    if
    :: atomic { me == CLIENT && state[me] == WSS_ST_IDLE -> d_step { client_connect() } }
    :: atomic { me == CLIENT && state[me] == WSS_ST_CONNECTING && weather != CUT ->
        tcp_stands = true;
        choose(layered);
        d_step { client_tcp_up() } }
    :: atomic { me == CLIENT && state[me] == WSS_ST_CONNECTING && !SILENT -> d_step { client_tcp_failed() } }
    fi
}

inline accept(me)
{
    atomic { me == SERVER && state[me] == WSS_ST_IDLE && tcp_stands ->
        choose(layered);
        d_step { server_accept() } }
}

inline secure(me)
{
    if
    :: atomic { state[me] == WSS_ST_SECURING && !SILENT -> STEP(me, tls_up) }
    :: atomic { state[me] == WSS_ST_SECURING && !SILENT -> STEP(me, tls_failed) }
    fi
}

inline choose(what)
{
    if
    :: what = true
    :: what = false
    fi
}

/* ------------------------------------------------------------------------- what arrives */

hidden mtype got;

/* Whether anybody would read now: bytes, or the end. */
#define READS(me) (!wss_is(me, WSS_INPUT_NONE) && !end_read[me] && \
                   weather != CUT && weather != TORN)

/* The first bytes of a request, no more. */
inline begin_request(me)
{
    atomic { me == SERVER && READS(me) && wss_is(me, WSS_INPUT_HTTP) && !request_begun ->
        request_begun = true }
}

/* `got` was read: it is what the reader makes of it. */
inline take(me)
{
    if
    :: wss_is(me, WSS_INPUT_HTTP) && me == SERVER ->
        request_begun = true;
        if
        :: got == REQUEST -> d_step { server_request() }
        :: got == REQUEST && MAY_FAIL -> d_step { server_page() }
        :: MAY_FAIL || got != REQUEST -> d_step { server_bad_request() }
        fi
    :: wss_is(me, WSS_INPUT_HTTP) && me == CLIENT ->
        if
        :: got == SWITCH -> d_step { client_upgraded() }
        :: got == ANSWER -> d_step { client_answered() }
        :: MAY_FAIL || IS_FRAME(got) || got == REQUEST -> d_step { client_bad_response() }
        fi
    :: wss_is(me, WSS_INPUT_FRAMES) ->
        if
        :: got == DATA -> STEP(me, rx_data)
        :: got == PING -> STEP(me, rx_ping)
        :: got == PONG -> STEP(me, rx_pong)
        :: got == CLOSE -> close_read[me] = true; STEP(me, rx_close)
        :: got == DATA && MAY_FAIL || got == BAD || !IS_FRAME(got) ->
            has_cause[me] = true;
            STEP(me, rx_bad)
        fi
    :: else /* dropped */
    fi
}

inline read_end(me)
{
    end_read[me] = true;
    STEP(me, eof)
}

/* ----------------------------------------------------------------- what the stream reports */

#define MAY_SEND(me) (wss_is(me, WSS_ALLOW_SEND) || wss_is(me, WSS_ALLOW_STREAM))
#define HAS_ROOM(me) (MAY_SEND(me) && wanted[me] && FITS_DATA(me) || \
                      wss_is(me, WSS_ALLOW_PONG) && pong_waits[me] && !in_frame[me] && FITS_CONTROL(me))

inline report_room(me)
{
    atomic { HAS_ROOM(me) -> STEP(me, writable) }
}

inline report_end(me)
{
    if
    :: atomic { wss_is(me, WSS_ALLOW_DRAIN) && !SILENT -> STEP(me, drained) }
    :: atomic { me == SERVER && wss_is(me, WSS_ALLOW_RESPOND) && !SILENT ->
        d_step { server_response_sent() } }
    :: atomic { weather == TORN && !wss_is(me, WSS_INPUT_NONE) -> STEP(me, tcp_down) }
    fi
}

/* --------------------------------------------------------------------------------- time */

/* A timer that runs may run out at any moment: nothing may depend on which is the shorter one.
 * Once all is quiet nobody is heard, and the application takes what we read. */
inline expire(me)
{
    if
    :: atomic { wss_runs(me, WSS_TIMER_HANDSHAKE) -> STEP(me, t_handshake) }
    :: atomic { wss_runs(me, WSS_TIMER_IDLE) -> held = false; STEP(me, t_idle) }
    :: atomic { wss_runs(me, WSS_TIMER_IDLE) && !quiet -> held = true; STEP(me, t_idle) }
    :: atomic { wss_runs(me, WSS_TIMER_PING) && !quiet -> STEP(me, t_ping) }
    :: atomic { wss_runs(me, WSS_TIMER_PONG) -> alive = false; STEP(me, t_pong) }
    :: atomic { wss_runs(me, WSS_TIMER_PONG) && !quiet -> alive = true; STEP(me, t_pong) }
    :: atomic { wss_runs(me, WSS_TIMER_CLOSE) -> STEP(me, t_close) }
    :: atomic { wss_runs(me, WSS_TIMER_FLUSH) -> STEP(me, t_flush) }
    :: atomic { wss_runs(me, WSS_TIMER_LINGER) -> STEP(me, t_linger) }
    fi
}

/* ------------------------------------------------------------------------ the application */

#define BLOCKED(me) (wanted[me] || behind_frame[me])

inline call_admit(me)
{
    atomic { me == SERVER && !quiet && state[me] == WSS_ST_DECIDING ->
        put(me, SWITCH);
        d_step { server_admit() } }
}

inline call_refuse(me)
{
    atomic { me == SERVER && !quiet && state[me] == WSS_ST_DECIDING ->
        has_cause[me] = true;
        d_step { server_refuse() };
        put(me, ANSWER) }
}

inline call_close(me)
{
    atomic { !quiet && !wss_is(me, WSS_CLOSED) -> STEP(me, close) }
}

inline call_abort(me)
{
    atomic { !quiet && !wss_is(me, WSS_CLOSED) -> STEP(me, abort) }
}

/* A whole frame, a Ping, or the begin of a streamed frame. Whoever was refused waits to be told. */
inline call_send(me)
{
    atomic { !quiet && wss_is(me, WSS_ALLOW_SEND) && !BLOCKED(me) ->
        if
        :: in_frame[me] -> behind_frame[me] = true
        :: !in_frame[me] && !FITS_DATA(me) -> wanted[me] = true
        :: !in_frame[me] && FITS_DATA(me) -> put(me, DATA)
        :: !in_frame[me] && FITS_DATA(me) && MAY_PING(me) -> put(me, PING)
        :: !in_frame[me] && FITS_DATA(me) -> put(me, DATA); in_frame[me] = true
        fi }
}

#define STREAMS(me) (!quiet && in_frame[me] && wss_is(me, WSS_ALLOW_STREAM))

inline call_stream(me)
{
    atomic { STREAMS(me) && FITS_DATA(me) -> put(me, DATA) }
}

/* The last piece. */
inline call_stream_out(me)
{
    if
    :: atomic { STREAMS(me) && FITS_DATA(me) ->
        put(me, DATA);
        in_frame[me] = false;
        wanted[me] = wanted[me] || behind_frame[me];
        behind_frame[me] = false;
        STEP(me, frame_sent) }
    :: atomic { STREAMS(me) && !FITS_DATA(me) && !wanted[me] -> wanted[me] = true }
    fi
}

/* ------------------------------------------------------------------------------ one side */

/* Everything that may happen to it but what arrives. */
inline live(me)
{
    if
    :: accept(me)
    :: dial(me)
    :: secure(me)
    :: begin_request(me)
    :: report_room(me)
    :: report_end(me)
    :: expire(me)
    :: call_admit(me)
    :: call_refuse(me)
    :: call_close(me)
    :: call_abort(me)
    :: call_send(me)
    :: call_stream(me)
    :: call_stream_out(me)
    fi
}
