/* SPDX-License-Identifier: MIT */
/*
 * The lines about connections. What a server wrote is escaped; of a URL the user
 * information is left out.
 */
#include "wss_client_say.h"

#include "wss_print.h"

#include <stdio.h>
#include <string.h>

enum { STATUS_UNAUTHORIZED = 401 };

/* ---------------------------------------------------------------------------- pieces */

static void print_url(const wss_session_t *session)
{
    const char *url = wss_session_url(session);
    const char *authority = strstr(url, "://");
    const size_t scheme = authority != NULL ? (size_t)(authority - url) + 3 : 0;
    const size_t length = strcspn(url + scheme, "/?");
    const char *at = memchr(url + scheme, '@', length);
    const char *rest = at != NULL ? at + 1 : url + scheme;

    wss_print_text(stderr, url, scheme);
    wss_print_text(stderr, rest, strlen(rest));
}

/* Begins a line about the present attempt. */
static void begin(const wss_session_t *session)
{
    fputs("wss: ", stderr);
    print_url(session);
    fputs(": ", stderr);
}

static void complain(wss_say_t *say, const wss_session_t *session, const char *why)
{
    say->complained = true;
    begin(session);
    fprintf(stderr, "%s\n", why);
}

/* ------------------------------------------------------------------------ connecting */

void wss_say_opened(const wss_say_t *say, wss_conn_t *conn)
{
    const char *protocol = wss_protocol(conn);

    if (say->quiet)
        return;
    begin(wss_session_of(conn));
    fprintf(stderr, protocol != NULL ? "opened, protocol %s\n" : "opened\n", protocol);
}

static bool is_redirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* A 401 is said with its challenge, later. */
static void say_answer(wss_say_t *say, const wss_session_t *session, int status)
{
    if (status == STATUS_UNAUTHORIZED || (is_redirect(status) && say->quiet))
        return;
    if (!is_redirect(status))
        say->complained = true;
    begin(session);
    fprintf(stderr, "the server answered %d\n", status);
}

static void say_failed(wss_say_t *say, wss_conn_t *conn, const wss_closure_t *closure)
{
    const wss_session_t *session = wss_session_of(conn);

    if (closure->cause == WSS_REASON_ANSWERED)
        say_answer(say, session, wss_status(conn));
    else if (closure->network[0] != '\0')
        complain(say, session, closure->network);
    else
        complain(say, session, wss_reason_text(closure->cause));
}

void wss_say_waiting(const wss_say_t *say, uint32_t milliseconds)
{
    if (!say->quiet)
        fprintf(stderr, "wss: the next attempt comes in %lu ms\n", (unsigned long)milliseconds);
}

void wss_say_challenge(wss_say_t *say, const wss_session_t *session, const char *challenge,
                       size_t length)
{
    say->complained = true;
    begin(session);
    fputs("the server answered 401", stderr);
    if (length > 0)
        fputs(": ", stderr);
    wss_print_text(stderr, challenge, length);
    fputc('\n', stderr);
}

void wss_say_stopped(wss_say_t *say, const wss_session_t *session, wss_session_end_t why)
{
    if (why == WSS_SESSION_REDIRECT)
        complain(say, session, wss_session_error(session)->reason);
    else if (why == WSS_SESSION_EXHAUSTED && !say->complained)
        complain(say, session, "No connection could begin.");
}

/* --------------------------------------------------------------------------- closing */

void wss_say_closing(wss_say_t *say, const wss_closure_t *closure)
{
    const size_t most = sizeof say->reason;

    say->reason_length = closure->text_length < most ? closure->text_length : most;
    if (closure->text != NULL)
        memcpy(say->reason, closure->text, say->reason_length);
}

static bool is_good(uint16_t code)
{
    return code == WSS_CLOSE_NORMAL || code == WSS_CLOSE_GOING_AWAY || code == WSS_CLOSE_NO_STATUS;
}

/* What we closed for counts, whatever the peer answered to it. */
static uint16_t code_of(const wss_closure_t *closure)
{
    const bool ours = !closure->by_peer && closure->sent_code != 0 && !is_good(closure->sent_code);

    return ours ? closure->sent_code : closure->code;
}

/* Why, where the peer gave no reason; NULL: there is nothing to add to the code. */
static const char *cause_of(const wss_closure_t *closure)
{
    if (closure->cause == WSS_REASON_PEER_CLOSE)
        return NULL;
    if (closure->cause == WSS_REASON_LOCAL_CLOSE)
        return closure->clean ? NULL : "The server did not answer our Close.";
    return closure->network[0] != '\0' ? closure->network : wss_reason_text(closure->cause);
}

static void say_end(const wss_say_t *say, const wss_closure_t *closure)
{
    const char *cause = cause_of(closure);

    if (code_of(closure) == WSS_CLOSE_NO_STATUS)
        fputs("wss: closed without a code", stderr);
    else
        fprintf(stderr, "wss: closed with %u", (unsigned)code_of(closure));
    if (say->reason_length > 0) {
        fputs(": ", stderr);
        wss_print_text(stderr, say->reason, say->reason_length);
    } else if (cause != NULL) {
        fprintf(stderr, ": %s", cause);
    }
    fputc('\n', stderr);
}

void wss_say_closed(wss_say_t *say, wss_conn_t *conn, const wss_closure_t *closure)
{
    say->well =
        closure->opened && is_good(code_of(closure)) && closure->cause != WSS_REASON_IDLE_TIMEOUT;
    if (!closure->opened)
        say_failed(say, conn, closure);
    else if (!say->well || !say->quiet)
        say_end(say, closure);
    say->reason_length = 0;
}
