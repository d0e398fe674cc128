/* SPDX-License-Identifier: MIT */
/*
 * What `wss connect` says on stderr of its connections, one line each, and its verdict on
 * how they ended. Knows nothing of messages.
 */
#ifndef WSS_CLIENT_SAY_H
#define WSS_CLIENT_SAY_H

#include "wss/wss_session.h"

typedef struct wss_say {
    bool quiet;
    bool complained; /* a line has said what went wrong */
    bool well;       /* the last connection was closed as it should be */
    char reason[123];
    size_t reason_length;
} wss_say_t;

void wss_say_opened(const wss_say_t *say, wss_conn_t *conn);

/* Keeps the reason that the peer's Close gives. */
void wss_say_closing(wss_say_t *say, const wss_closure_t *closure);

void wss_say_closed(wss_say_t *say, wss_conn_t *conn, const wss_closure_t *closure);
void wss_say_waiting(const wss_say_t *say, uint32_t milliseconds);
void wss_say_challenge(wss_say_t *say, const wss_session_t *session, const char *challenge,
                       size_t length);
void wss_say_stopped(wss_say_t *say, const wss_session_t *session, wss_session_end_t why);

#endif
