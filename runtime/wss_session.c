/* SPDX-License-Identifier: MIT */
/*
 * A session's life: its start and stop, its waits, what it hears of its connection and
 * tells the application. What happens in which order is the specification's business
 * (machine `session`), whom it calls that of wss_session_dial.c.
 *
 * It acts on the end of a connection once the connection's slot is free again: one slot
 * is enough.
 */
#include "wss/wss_session.h"

#include <string.h>

#include "wss_session_core.h"

#if WSS_CFG_CLIENT

enum { DEFAULT_MAX_BACKOFF = 60000, STATUS_UNAUTHORIZED = 401 };

_Static_assert(WSS_CFG_SESSION_URL <= UINT16_MAX && WSS_CFG_SESSION_CHALLENGE <= UINT16_MAX,
               "wss_session_t.text_length holds the length of either");

/* -------------------------------------------------------------------------- waiting */

void wss_act_note_online(wss_session_t *session)
{
    session->since = session->config->loop->now;
    session->rounds = 0;
}

void wss_act_reset_backoff(wss_session_t *session)
{
    uint32_t backoff = session->config->backoff;
    session->backoff = backoff != 0 ? backoff : WSS_CFG_BACKOFF_MS;
}

static uint32_t max_backoff(const wss_session_t *session)
{
    uint32_t most = session->config->max_backoff;
    return most != 0 ? most : DEFAULT_MAX_BACKOFF;
}

static uint32_t length_of_wait(const wss_session_t *session)
{
    uint32_t most = max_backoff(session);
    return session->backoff < most ? session->backoff : most;
}

/* Without random numbers the wait is as long as it may be. */
static uint32_t draw(const wss_session_t *session)
{
    const wss_crypto_t *crypto = session->config->loop->config->crypto;
    uint8_t bytes[4];
    uint32_t number = 0;
    if (crypto->random(crypto->context, bytes, sizeof bytes) != WSS_OK)
        return UINT32_MAX;
    for (unsigned i = 0; i < sizeof bytes; i++)
        number = number << 8 | bytes[i];
    return number;
}

void wss_act_draw_wait(wss_session_t *session)
{
    uint32_t length = length_of_wait(session);
    uint64_t choices = (uint64_t)(length - length / 2) + 1;
    session->wait = length / 2 + (uint32_t)(choices * draw(session) >> 32);
    session->backoff = length > UINT32_MAX / 2 ? UINT32_MAX : length * 2;
}

bool wss_guard_reconnects(const wss_session_t *session)
{
    return session->config->reconnect;
}

bool wss_guard_steady(const wss_session_t *session)
{
    uint32_t passed = session->config->loop->now - session->since;
    return session->config->reconnect && passed >= length_of_wait(session);
}

/* --------------------------------------------------------------------------- ending */

void wss_act_close_connection(wss_session_t *session)
{
    wss_close_args_t args = {.code = WSS_CLOSE_NORMAL};
    if (session->conn != NULL)
        (void)wss_step(session->conn, WSS_EV_CLOSE, &args);
}

void wss_act_abort_connection(wss_session_t *session)
{
    if (session->conn != NULL)
        (void)wss_step(session->conn, WSS_EV_ABORT, NULL);
}

void wss_act_end_stopped(wss_session_t *session)
{
    session->end = WSS_SESSION_STOPPED;
}

void wss_act_end_ended(wss_session_t *session)
{
    session->end = WSS_SESSION_ENDED;
}

void wss_act_end_exhausted(wss_session_t *session)
{
    session->end = WSS_SESSION_EXHAUSTED;
}

void wss_act_end_redirect(wss_session_t *session)
{
    session->end = WSS_SESSION_REDIRECT;
}

void wss_act_end_challenged(wss_session_t *session)
{
    session->end = WSS_SESSION_CHALLENGED;
}

/* -------------------------------------------------------------------------- reports */

static const wss_session_handler_t *handler_of(const wss_session_t *session)
{
    static const wss_session_handler_t none = {0};
    return session->config->handler != NULL ? session->config->handler : &none;
}

/* What a callback gets is taken while the lock is held: after that another task may end the
 * connection, or the session. */

void wss_act_report_online(wss_session_t *session)
{
    wss_loop_t *loop = session->config->loop;
    const wss_session_handler_t *handler = handler_of(session);
    wss_conn_t *conn = session->conn;
    if (handler->on_online == NULL)
        return;
    wss_leave(loop);
    handler->on_online(session, conn);
    wss_enter(loop);
}

void wss_act_report_challenge(wss_session_t *session)
{
    wss_loop_t *loop = session->config->loop;
    const wss_session_handler_t *handler = handler_of(session);
    const size_t length = session->text_length;
    if (handler->on_challenge == NULL)
        return;
    wss_leave(loop);
    handler->on_challenge(session, session->text, length);
    wss_enter(loop);
}

void wss_act_report_waiting(wss_session_t *session)
{
    wss_loop_t *loop = session->config->loop;
    const wss_session_handler_t *handler = handler_of(session);
    const uint32_t wait = session->wait;
    if (handler->on_waiting == NULL)
        return;
    wss_leave(loop);
    handler->on_waiting(session, wait, &session->last);
    wss_enter(loop);
}

/* The session's memory is the application's from here on. */
void wss_act_report_stopped(wss_session_t *session)
{
    wss_loop_t *loop = session->config->loop;
    const wss_session_handler_t *handler = handler_of(session);
    const wss_session_end_t why = (wss_session_end_t)session->end;
    if (handler->on_stopped == NULL)
        return;
    wss_leave(loop);
    handler->on_stopped(session, why, &session->last);
    wss_enter(loop);
}

/* --------------------------------------------------- what the connection has to say */

static void opened(wss_conn_t *conn)
{
    (void)wss_step_session(conn->session, WSS_EV_SESSION_OPENED);
}

static bool is_redirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static uint8_t answer_of(const wss_conn_t *conn)
{
    if (is_redirect(wss_status_now(conn)))
        return WSS_ANSWER_REDIRECT;
    return wss_status_now(conn) == STATUS_UNAUTHORIZED ? WSS_ANSWER_CHALLENGE : WSS_ANSWER_NOTHING;
}

/* Of an answer, the one field that is kept. */
static bool is_kept(const wss_conn_t *conn)
{
    uint8_t answer = answer_of(conn);
    if (answer == WSS_ANSWER_REDIRECT)
        return conn->u.handshake.field == WSS_FIELD_LOCATION;
    return answer == WSS_ANSWER_CHALLENGE && conn->u.handshake.field == WSS_FIELD_WWW_AUTHENTICATE;
}

static void keep(wss_session_t *session, const void *bytes, size_t length, size_t capacity)
{
    size_t space = capacity - session->text_length;
    size_t count = length < space ? length : space;
    memcpy(session->text + session->text_length, bytes, count);
    session->text_length = (uint16_t)(session->text_length + count);
    session->overlong = session->overlong || count < length;
}

/* A second challenge continues the list (RFC 9110, 5.3); a second Location is a fault. */
static void begin_field(wss_conn_t *conn)
{
    wss_session_t *session = conn->session;
    if (!is_kept(conn))
        return;
    if (answer_of(conn) == WSS_ANSWER_REDIRECT)
        session->overlong = session->overlong || session->located;
    else if (session->text_length > 0)
        keep(session, ", ", 2, WSS_CFG_SESSION_CHALLENGE);
    session->located = true;
}

static void keep_value(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    if (!is_kept(conn))
        return;
    bool challenge = answer_of(conn) == WSS_ANSWER_CHALLENGE;
    keep(conn->session, bytes, length, challenge ? WSS_CFG_SESSION_CHALLENGE : WSS_CFG_SESSION_URL);
}

static void closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    wss_session_t *session = conn->session;
    session->last = *closure;
    session->last.network = "";
    session->conn = NULL;
    session->ended = true;
    if (closure->cause == WSS_REASON_ANSWERED)
        session->answer = answer_of(conn);
    wss_loop_wake(session->config->loop);
}

/* A stop that came between refuses the answer: then only the end counts. */
static void go_on(wss_session_t *session)
{
    bool taken = false;
    session->ended = false;
    if (session->answer == WSS_ANSWER_REDIRECT) {
        wss_session_prepare_redirect(session);
        taken = wss_step_session(session, WSS_EV_SESSION_REDIRECTED);
    } else if (session->answer == WSS_ANSWER_CHALLENGE) {
        taken = wss_step_session(session, WSS_EV_SESSION_CHALLENGED);
    }
    if (!taken)
        (void)wss_step_session(session, WSS_EV_SESSION_ENDED);
}

/* ------------------------------------------------------------------------- the loop */

static uint32_t left_of(const wss_session_t *session)
{
    uint32_t passed = session->config->loop->now - session->since;
    if (session->ended)
        return 0;
    if (!wss_session_waits(session))
        return WSS_FOREVER;
    return passed >= session->wait ? 0 : session->wait - passed;
}

static uint32_t next_deadline(const wss_loop_t *loop)
{
    uint32_t first = WSS_FOREVER;
    for (const wss_session_t *session = loop->sessions; session != NULL; session = session->next)
        if (left_of(session) < first)
            first = left_of(session);
    return first;
}

/* A callback may end sessions and begin others: the list is looked at anew after it. */
static bool run_one(wss_loop_t *loop)
{
    wss_session_t *session = loop->sessions;
    while (session != NULL && left_of(session) != 0)
        session = session->next;
    if (session == NULL)
        return false;
    if (session->ended)
        go_on(session);
    else
        (void)wss_step_session(session, WSS_EV_SESSION_T_BACKOFF);
    return true;
}

static void run_due(wss_loop_t *loop)
{
    for (unsigned i = 0; i < WSS_CFG_EVENTS_PER_STEP; i++)
        if (!run_one(loop))
            return;
}

/* One that begins again in on_stopped is stopped as well, and refuses from then on. */
static bool stop_one(wss_loop_t *loop)
{
    for (wss_session_t *session = loop->sessions; session != NULL; session = session->next)
        if (wss_step_session(session, WSS_EV_SESSION_STOP))
            return true;
    return false;
}

static void stop_all(wss_loop_t *loop)
{
    while (stop_one(loop))
        continue;
}

static const wss_session_calls_t calls = {
    .opened = opened,
    .closed = closed,
    .field = begin_field,
    .value = keep_value,
    .run = run_due,
    .next = next_deadline,
    .stop = stop_all,
};

static void join_loop(wss_session_t *session)
{
    wss_loop_t *loop = session->config->loop;
    loop->session_calls = &calls;
    session->next = loop->sessions;
    loop->sessions = session;
}

void wss_act_leave_loop(wss_session_t *session)
{
    wss_session_t **at = &session->config->loop->sessions;
    while (*at != NULL && *at != session)
        at = &(*at)->next;
    if (*at != NULL)
        *at = session->next;
}

/* -------------------------------------------------------------------------- the API */

static bool may_start(const wss_session_t *session)
{
    return session->state == WSS_ST_SESSION_IDLE || session->state == WSS_ST_SESSION_STOPPED;
}

static wss_result_t start(wss_session_t *session, const wss_session_config_t *config)
{
    memset(session, 0, sizeof *session);
    wss_step_reset_session(session);
    session->config = config;
    session->error.reason = "";
    session->last.network = "";
    wss_result_t result = wss_session_check(session);
    if (result != WSS_OK)
        return result;
    wss_act_reset_backoff(session);
    join_loop(session);
    (void)wss_step_session(session, WSS_EV_SESSION_START);
    return WSS_OK;
}

wss_result_t wss_session_start(wss_session_t *session, const wss_session_config_t *config)
{
    wss_result_t result = wss_enter_public(config->loop);
    if (result != WSS_OK)
        return result;
    result = may_start(session) ? start(session, config) : WSS_ERR_STATE;
    wss_leave(config->loop);
    return result;
}

wss_result_t wss_session_stop(wss_session_t *session)
{
    if (session->config == NULL)
        return WSS_ERR_STATE;
    wss_loop_t *loop = session->config->loop;
    wss_result_t result = wss_enter_public(loop);
    if (result != WSS_OK)
        return result;
    result = wss_step_session(session, WSS_EV_SESSION_STOP) ? WSS_OK : WSS_ERR_STATE;
    wss_leave(loop);
    return result;
}

const wss_url_error_t *wss_session_error(const wss_session_t *session)
{
    return &session->error;
}

const char *wss_session_url(const wss_session_t *session)
{
    return session->url;
}

wss_conn_t *wss_session_conn(const wss_session_t *session)
{
    return session->conn;
}

void *wss_session_context(const wss_session_t *session)
{
    return session->config->context;
}

wss_session_t *wss_session_of(const wss_conn_t *conn)
{
    return conn->session;
}

const char *wss_session_end_name(wss_session_end_t end)
{
    switch (end) {
    case WSS_SESSION_RUNNING: return "running";
    case WSS_SESSION_STOPPED: return "stopped";
    case WSS_SESSION_ENDED: return "ended";
    case WSS_SESSION_EXHAUSTED: return "exhausted";
    case WSS_SESSION_REDIRECT: return "redirect";
    case WSS_SESSION_CHALLENGED: return "challenged";
    }
    return "?";
}
#endif
