/* SPDX-License-Identifier: MIT */
/*
 * What the rows of the machines name: guards as expressions, actions as statements. Each says
 * what the C function of that name does to the wire and to the application, and no more. Knows
 * no state of the machines.
 */

bool request_begun;                /* a byte of a request was read */
bool pong_waits[2];                /* for room */
bool wanted[2];                    /* a refused send waits for room */
bool behind_frame[2];              /* a refused send waits for the end of the streamed frame */
hidden byte layered, alive, held;  /* chosen at will whenever such a guard is asked */

#define wss_guard_layered(me)       layered
#define wss_guard_streaming(me)     in_frame[me]
#define wss_guard_peer_done(me)     end_read[me]
#define wss_guard_alive(me)         alive
#define wss_guard_held_by_us(me)    held
#define wss_guard_can_ping(me)      (!in_frame[me] && FITS_CONTROL(me))
#define wss_guard_request_begun(me) request_begun

#define wss_blame(me, reason) has_cause[me] = true

/* An event without a row. */
#define refused(me) skip
#define unheard(me) assert(false)

/* The checker says once that a row was taken; a replay says it each time. */
c_decl { extern int readtrail; static char seen[2][256]; }
#define taken(me, row) \
    c_code { if (readtrail || !seen[me][row]) { seen[me][row] = 1; printf("row %d %d\n", me, row); } }

/* --------------------------------------------------------------- the opening handshake */

inline wss_act_send_request(me)       { put(me, REQUEST) }
inline wss_act_send_rejection(me)     { put(me, ANSWER) }
inline wss_act_reject_late(me)        { put(me, ANSWER) }
inline wss_act_reject_unavailable(me) { put(me, ANSWER) }
inline wss_act_ask_admission(me)      { skip } /* the application decides in its own time */
inline wss_act_ask_page(me)           { skip }
inline wss_act_begin_frames(me)       { frames_allowed[me] = true }

/* ----------------------------------------------------------------------------- frames */

inline wss_act_deliver(me)   { rule_tells_data(me) }
inline wss_act_send_ping(me) { put(me, PING) }

inline wss_act_send_pending(me)
{
    if
    :: pong_waits[me] && !in_frame[me] && FITS_CONTROL(me) ->
        put(me, PONG);
        pong_waits[me] = false
    :: else
    fi
}

inline wss_act_send_pong(me)
{
    pong_waits[me] = true;
    wss_act_send_pending(me)
}

/* ---------------------------------------------------------------------------- closing */

inline wss_act_keep_close(me) { skip } /* code and reason */
inline wss_act_note_close(me) { skip }

inline wss_act_send_close(me)
{
    put(me, CLOSE);
    close_sent[me] = true
}

inline wss_act_echo_close(me)
{
    assert(close_read[me]);
    wss_act_send_close(me)
}

inline wss_act_empty_stream(me)   { skip }
inline wss_act_finish_stream(me)  { rule_ends(me) }
inline wss_act_release_stream(me) { rule_releases(me); give_back(me, false) }
inline wss_act_reset_stream(me)   { give_back(me, true) }

/* -------------------------------------------------------------------- the application */

inline wss_act_report_connecting(me) { rule_tells_connecting(me) }
inline wss_act_report_open(me)       { rule_tells_open(me) }
inline wss_act_report_ping(me)       { rule_tells(me) }
inline wss_act_report_pong(me)       { rule_tells(me) }
inline wss_act_report_closing(me)    { rule_tells_closing(me) }

inline wss_act_report_writable(me)
{
    if
    :: wanted[me] ->
        rule_tells(me);
        wanted[me] = false
    :: else
    fi
}

inline wss_act_report_closed(me)
{
    rule_tells_closed(me);
    forget(me)
}
