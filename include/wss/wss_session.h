/* SPDX-License-Identifier: MIT */
/*
 * A session: a client's standing wish to be connected. It chooses a server from a list,
 * connects, follows redirects, connects again when the connection ends, and waits longer
 * each time that fails. A connection is one TCP connection with one on_closed; a session
 * outlives many of them and ends with one on_stopped.
 *
 *     static const char *const servers[] = {"wss://a.example/feed", "wss://b.example/feed"};
 *     static const wss_session_config_t config = {
 *         .loop = &loop, .servers = servers, .server_count = 2, .reconnect = true};
 *     static wss_session_t session;
 *     if (wss_session_start(&session, &config) != WSS_OK)
 *         puts(wss_session_error(&session)->reason);
 *
 * The connections are ordinary ones of the loop: config->handler of the loop gets their
 * messages. What is declared of a session stands in the specification, machine `session`.
 */
#ifndef WSS_SESSION_H
#define WSS_SESSION_H

#include "wss.h"
#include "wss_url.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct wss_session wss_session_t;

/* Why a session stopped. */
typedef enum wss_session_end {
    WSS_SESSION_RUNNING,   /* it has not stopped */
    WSS_SESSION_STOPPED,   /* wss_session_stop() */
    WSS_SESSION_ENDED,     /* the connection ended, and reconnecting is off */
    WSS_SESSION_EXHAUSTED, /* no attempt succeeded, and none is left */
    WSS_SESSION_REDIRECT,  /* a redirect could not be followed; wss_session_error() says why */
    WSS_SESSION_CHALLENGED /* the server wants credentials (401) */
} wss_session_end_t;

/* Each may be NULL. wss_session_context() leads to the application's data. */
typedef struct wss_session_handler {
    /* Messages flow; comes right before on_open of the connection. */
    void (*on_online)(wss_session_t *session, wss_conn_t *conn);

    /* The server answered 401: its WWW-Authenticate, cut to WSS_SESSION_CHALLENGE bytes
     * (RFC 9110, 11.6.1); valid until the callback returns. The session waits for
     * wss_session_stop(). */
    void (*on_challenge)(wss_session_t *session, const char *challenge, size_t length);

    /* The next attempt comes after so many milliseconds. `last`: how the last one ended. */
    void (*on_waiting)(wss_session_t *session, uint32_t milliseconds, const wss_closure_t *last);

    /* The session is over. It may be started again, here or later. */
    void (*on_stopped)(wss_session_t *session, wss_session_end_t why, const wss_closure_t *last);
} wss_session_handler_t;

/* All pointers stay the application's and must outlive the session. */
typedef struct wss_session_config {
    wss_loop_t *loop;
    const wss_session_handler_t *handler; /* or NULL */
    void *context;
    void *user; /* the user pointer of its connections */

    const char *const *servers; /* URLs, ws or wss, tried in this order */
    uint32_t server_count;      /* 1..65535 */

    /* What each request carries; see wss_target_t. */
    const char *origin;
    const char *const *protocols;
    uint8_t protocol_count;
    const wss_header_t *headers;
    size_t header_count;

    /* Sent to the servers of the list only, not where a redirect leads to another host:
     * Authorization, Cookie. User information in a URL becomes Basic authorization, for
     * that host alone. */
    const wss_header_t *credentials;
    size_t credential_count;

    bool reconnect;         /* when a connection ends that was open */
    uint32_t attempts;      /* rounds through the list that may fail in a row; 0: 1 without
                             * reconnect, no limit with it */
    uint32_t backoff;       /* ms before the second round; 0: WSS_CFG_BACKOFF_MS. Each wait
                             * doubles it; the wait is drawn between half of it and all */
    uint32_t max_backoff;   /* ms; 0: 60,000 */
    uint32_t max_redirects; /* in a row; 0: 5; WSS_OFF: none is followed */
} wss_session_config_t;

/* Starts, or starts again after on_stopped. Every URL is checked first: WSS_ERR_ARGUMENT,
 * WSS_ERR_TEXT and so on as wss_url_parse(), and wss_session_error() says which and why. */
wss_result_t wss_session_start(wss_session_t *session, const wss_session_config_t *config);

/* Ends the session in any state, at once: an open connection is closed with 1000, any other
 * aborted. on_stopped comes when the connection has ended, perhaps before this returns.
 * WSS_ERR_STATE: it is stopped, or stopping. */
wss_result_t wss_session_stop(wss_session_t *session);

/* What was wrong with a URL: in wss_session_start(), or in a redirect. */
const wss_url_error_t *wss_session_error(const wss_session_t *session);

/* The URL of the present attempt, or of the last one; terminated. */
const char *wss_session_url(const wss_session_t *session);

/* The connection, or NULL. */
wss_conn_t *wss_session_conn(const wss_session_t *session);

/* config->context. */
void *wss_session_context(const wss_session_t *session);

/* ------------------------------------------------------------------------- layout */

/* Longest URL of the list or of a redirect. Each byte costs 3 per session. */
#ifndef WSS_CFG_SESSION_URL
#define WSS_CFG_SESSION_URL 512
#endif

/* Longest challenge that is reported. */
#ifndef WSS_CFG_SESSION_CHALLENGE
#define WSS_CFG_SESSION_CHALLENGE 256
#endif

/* Members are private. */
struct wss_session {
    const wss_session_config_t *config;
    wss_conn_t *conn;
    wss_session_t *next; /* of the loop's sessions */
    wss_url_error_t error;
    wss_closure_t last;
    uint32_t since; /* when the wait began */
    uint32_t wait;
    uint32_t backoff;
    uint32_t failed; /* rounds in a row */
    uint32_t redirects;
    uint32_t server;
    uint16_t text_length; /* of Location or the challenge */
    uint8_t field;        /* which of them is being read */
    uint8_t answer;       /* what the server's answer asks for */
    uint8_t end;
    uint8_t state; /* written by the stepping function alone */
    bool listed;
    bool ended;   /* the connection has ended; the next turn steps */
    bool foreign; /* a redirect led to another host */
    char url[WSS_CFG_SESSION_URL];
    char target[WSS_CFG_SESSION_URL];
    char text[WSS_CFG_SESSION_URL > WSS_CFG_SESSION_CHALLENGE ? WSS_CFG_SESSION_URL
                                                              : WSS_CFG_SESSION_CHALLENGE];
    char host[WSS_URL_HOST_SIZE];
    char basic[WSS_URL_BASIC_SIZE];
};

#ifdef __cplusplus
}
#endif
#endif
