/* SPDX-License-Identifier: MIT */
/*
 * The rules: what RFC 6455 and wss.h promise of a connection, as assertions over what goes over
 * the wire and what the application is told. Knows no state, row or timer of the machines: they
 * are what is tried here. What has to come in the end is said by the ltl formulas of duet.pml,
 * alone.pml and calm.pml.
 */

/* What went over the wire. */
bool frames_allowed[2]; /* the opening handshake is done on our side */
bool in_frame[2];       /* a frame of ours has begun and has not ended */
bool close_sent[2];
bool close_read[2];     /* the peer's */
bool end_sent[2];       /* our side of TCP */
bool end_read[2];       /* the peer's side */

/* What the application was told. */
bool told_connecting[2];
bool told_open[2];
bool told_closing[2];
bool told_closed[2];
bool has_cause[2];

/* RFC 6455, 4.1 and 4.2.2: frames come after the opening handshake, and nothing else does. 5.4:
 * no frame stands inside another one. 5.5.1, 5.5.2: nothing follows a Close but Pongs, and these
 * only until the peer's Close came. */
inline rule_sends(me, item)
{
    assert(IS_FRAME(item) == frames_allowed[me]);
    assert(!in_frame[me] || item == DATA);
    assert(!close_sent[me] || (item == PONG && !close_read[me]));
    assert(!end_sent[me])
}

/* 5.5.1: a Close is answered before our side of TCP ends. 7.1.1: once both sides have sent one,
 * the server ends TCP first. */
inline rule_ends(me)
{
    assert(!end_sent[me]);
    assert(!close_read[me] || close_sent[me]);
    assert(me == SERVER || !close_read[me] || end_read[me]);
    end_sent[me] = true
}

/* 5.5.1: the same for a stream that is given back without a reset, unless the peer ended first. */
inline rule_releases(me)
{
    assert(!close_read[me] || close_sent[me] || end_read[me])
}

/* 6.2: data is that of an open connection, and nothing follows the peer's Close. */
inline rule_tells_data(me)
{
    assert(told_open[me] && !close_read[me] && !told_closed[me])
}

/* wss.h: on_connecting comes first, then on_open, then on_closing, each at most once. */
inline rule_tells_connecting(me)
{
    assert(!told_connecting[me] && !told_closed[me]);
    told_connecting[me] = true
}

inline rule_tells_open(me)
{
    assert(told_connecting[me] && frames_allowed[me] && !told_open[me] && !told_closed[me]);
    told_open[me] = true
}

inline rule_tells_closing(me)
{
    assert(told_open[me] && !told_closing[me] && !told_closed[me]);
    told_closing[me] = true
}

/* A Ping, a Pong, room. */
inline rule_tells(me)
{
    assert(told_open[me] && !told_closed[me])
}

/* on_closed comes once and last; by then the cause is known, and whether it ended cleanly. */
inline rule_tells_closed(me)
{
    assert(told_connecting[me] && !told_closed[me]);
    assert(has_cause[me]);
    assert(MAY_END_SO(me));
    told_closed[me] = true
}
