/* SPDX-License-Identifier: MIT */
/*
 * What the rooms of the runtime know of sessions, and sessions of them. Not for
 * applications.
 *
 * wss_session.c keeps a session's life: callbacks, waits, the loop's list; and
 * wss_session_dial.c its calls: which server comes next, redirects, requests.
 */
#ifndef WSS_SESSION_CORE_H
#define WSS_SESSION_CORE_H

#include "wss/wss_session.h"
#include "wss_core.h"

#if WSS_CFG_CLIENT

/* wss_session_t.answer: what the server's answer asks for */
enum { WSS_ANSWER_NOTHING, WSS_ANSWER_REDIRECT, WSS_ANSWER_CHALLENGE };

/* -------------------------------------------------------------- wss_step.c */

/* Raises an event of the session machine. False: the present state refuses it. */
bool wss_step_session(wss_session_t *session, unsigned event);

/* Begins a life. */
void wss_step_reset_session(wss_session_t *session);

static inline bool wss_session_waits(const wss_session_t *session)
{
    return wss_session_client.states[session->state].arm != 0;
}

/* ------------------------------------------------------------ wss_connect.c */

/* Whether wss_connect() would take the target; nothing is opened. */
wss_result_t wss_connect_check(const wss_loop_t *loop, const wss_target_t *target);

/* Begins to connect to session->request, which was checked, with the lock held;
 * session->conn is set before the application hears of it. WSS_ERR_FULL: no callback
 * comes. */
wss_result_t wss_connect_session(wss_session_t *session);

/* ------------------------------------------------------- wss_session_dial.c */

/* Checks every URL of the list and the request that it makes; session->error says what is
 * wrong. */
wss_result_t wss_session_check(wss_session_t *session);

/* Prepares a redirect: the URL that it leads to, or in session->error why it is not
 * followed. */
void wss_session_prepare_redirect(wss_session_t *session);

/* ------------------------------------------------------------ wss_session.c */

/* What a loop and its connections call of sessions. They do so through this table, which the
 * first session brings: a program without sessions is linked without their code. */
typedef struct wss_session_calls {
    void (*opened)(wss_conn_t *conn);
    void (*closed)(wss_conn_t *conn, const wss_closure_t *closure);
    void (*field)(wss_conn_t *conn);
    void (*value)(wss_conn_t *conn, const uint8_t *bytes, uint32_t length);
    void (*run)(wss_loop_t *loop);
    uint32_t (*next)(const wss_loop_t *loop);
    void (*stop)(wss_loop_t *loop);
} wss_session_calls_t;

/* What becomes of a connection; nothing where it has no session. A field of the answer
 * begins; a piece of its value. */
static inline void wss_session_opened(wss_conn_t *conn)
{
    if (conn->session != NULL)
        conn->loop->session_calls->opened(conn);
}

static inline void wss_session_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    if (conn->session != NULL)
        conn->loop->session_calls->closed(conn, closure);
}

static inline void wss_session_field(wss_conn_t *conn)
{
    if (conn->session != NULL)
        conn->loop->session_calls->field(conn);
}

static inline void wss_session_value(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    if (conn->session != NULL)
        conn->loop->session_calls->value(conn, bytes, length);
}

/* Does what is due; milliseconds until something is, 0: now, WSS_FOREVER: nothing. */
static inline void wss_sessions_run(wss_loop_t *loop)
{
    if (loop->sessions != NULL)
        loop->session_calls->run(loop);
}

static inline uint32_t wss_sessions_next(const wss_loop_t *loop)
{
    return loop->sessions != NULL ? loop->session_calls->next(loop) : WSS_FOREVER;
}

/* The loop closes. */
static inline void wss_sessions_stop(wss_loop_t *loop)
{
    if (loop->sessions != NULL)
        loop->session_calls->stop(loop);
}

#endif
#endif
