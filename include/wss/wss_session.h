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
 * The session is zeroed before its first start. Its connections are ordinary ones of the
 * loop: the loop's handler gets their messages, wss_session_of() leads back. What is
 * declared of a session stands in the specification, machine `session`.
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
    WSS_SESSION_REDIRECT,  /* a redirect cannot be followed; wss_session_error() says why */
    WSS_SESSION_CHALLENGED /* wss_session_stop() after on_challenge */
} wss_session_end_t;

/* Each may be NULL. wss_session_context() leads to the application's data. */
typedef struct wss_session_handler {
    /* Messages flow; comes right before on_open of the connection, which does not come if
     * this ends the connection. */
    void (*on_online)(wss_session_t *session, wss_conn_t *conn);

    /* The server answered 401: its WWW-Authenticate (RFC 9110, 11.6.1), cut to
     * WSS_CFG_SESSION_CHALLENGE bytes, not terminated; valid until the callback returns.
     * The session then only waits for wss_session_stop(): without this callback for ever. */
    void (*on_challenge)(wss_session_t *session, const char *challenge, size_t length);

    /* The next attempt comes after so many milliseconds. `last`: how the last one ended. */
    void (*on_waiting)(wss_session_t *session, uint32_t milliseconds, const wss_closure_t *last);

    /* The session is over; comes once for each start that was WSS_OK. It may be started
     * again, or its memory used otherwise, here or later. */
    void (*on_stopped)(wss_session_t *session, wss_session_end_t why, const wss_closure_t *last);
} wss_session_handler_t;

/* All pointers stay the application's and must outlive the session. */
typedef struct wss_session_config {
    wss_loop_t *loop;
    const wss_session_handler_t *handler; /* or NULL */
    void *context;
    void *user; /* the user pointer of its connections */

    const char *const *servers; /* URLs, ws or wss, tried in this order; may be reordered in a
                                 * callback: each is read when it is chosen, the first one of a
                                 * later round before on_waiting */
    uint32_t server_count;      /* 1..65535 */

    /* What each request carries; see wss_target_t. */
    const char *origin;
    const char *const *protocols;
    uint8_t protocol_count;
    const wss_header_t *headers;
    size_t header_count;

    /* Authorization, Cookie: sent to the servers of the list, and where a redirect stays
     * with scheme, host and port; never again once one has led elsewhere. So is the user
     * information of a URL of the list, as Basic authorization; that of a Location is not
     * used. All header fields together: at most WSS_CFG_SESSION_HEADERS. */
    const wss_header_t *credentials;
    size_t credential_count;

    bool reconnect;         /* when a connection ends that was open */
    uint32_t attempts;      /* rounds through the list that may fail in a row; 0: 1 without
                             * reconnect, no limit with it */
    uint32_t backoff;       /* ms before the second round; 0: WSS_CFG_BACKOFF_MS. The wait is
                             * drawn between half of it and all; each wait doubles it, until
                             * a connection was open for at least as long as it is */
    uint32_t max_backoff;   /* ms; 0: 60,000 */
    uint32_t max_redirects; /* in a row; 0: 5; WSS_OFF: none is followed */
} wss_session_config_t;

/* A library and an application with other capacities do not link. */
#define WSS_SESSION_JOIN_(url, challenge, headers) wss_session_start_##url##_##challenge##_##headers
#define WSS_SESSION_JOIN(url, challenge, headers)  WSS_SESSION_JOIN_(url, challenge, headers)
#define wss_session_start                                                                          \
    WSS_SESSION_JOIN(WSS_CFG_SESSION_URL, WSS_CFG_SESSION_CHALLENGE, WSS_CFG_SESSION_HEADERS)

/* Starts, or starts again from on_stopped on. Every URL and request is checked first: where
 * the result is not WSS_OK, wss_session_error() says why, wss_session_url() shows the last
 * URL that was good, and no callback comes. Results: those of wss_url_parse() and
 * wss_connect(); WSS_ERR_STATE: the session runs. */
wss_result_t wss_session_start(wss_session_t *session, const wss_session_config_t *config);

/* Ends the session in any state, at once: an open connection is closed with 1000, any other
 * aborted. on_stopped comes in the step after the end of the connection; without one before
 * this returns. wss_loop_close() and wss_loop_abort() stop every session.
 * WSS_ERR_STATE: it does not run, or stops already. */
wss_result_t wss_session_stop(wss_session_t *session);

/* What was wrong with a URL or a request: in wss_session_start(), in a redirect. */
const wss_url_error_t *wss_session_error(const wss_session_t *session);

/* The URL of the present attempt, or of the last one; terminated. */
const char *wss_session_url(const wss_session_t *session);

/* The connection, or NULL. */
wss_conn_t *wss_session_conn(const wss_session_t *session);

/* config->context. */
void *wss_session_context(const wss_session_t *session);

/* The session that a connection belongs to, or NULL. */
wss_session_t *wss_session_of(const wss_conn_t *conn);

/* Such as "exhausted". */
const char *wss_session_end_name(wss_session_end_t end);

/* ------------------------------------------------------------------------- layout */

/* Members are private. */
struct wss_session {
    const wss_session_config_t *config;
    wss_conn_t *conn;
    wss_session_t *next; /* of the loop's sessions */
    wss_target_t request;
    wss_header_t headers[WSS_CFG_SESSION_HEADERS];
    wss_url_error_t error;
    wss_closure_t last;
    uint32_t since; /* when the wait began, or messages began to flow */
    uint32_t wait;
    uint32_t backoff;
    uint32_t rounds; /* since messages flowed last */
    uint32_t redirects;
    uint32_t server;
    uint16_t text_length;
    uint8_t answer; /* what the server's answer asks for */
    uint8_t end;
    uint8_t state;   /* written by the stepping function alone */
    bool located;    /* the field that is kept has come */
    bool overlong;   /* it cannot be used */
    bool ended;      /* the connection has ended; the next turn goes on */
    bool foreign;    /* a redirect led to another server */
    wss_url_t parts; /* of the URL of the present attempt */
    char url[WSS_CFG_SESSION_URL];
    char resource[WSS_CFG_SESSION_URL];
    char text[WSS_CFG_SESSION_URL > WSS_CFG_SESSION_CHALLENGE ? WSS_CFG_SESSION_URL
                                                              : WSS_CFG_SESSION_CHALLENGE];
    char host[WSS_URL_HOST_SIZE];
    char basic[WSS_URL_BASIC_SIZE];
};

#ifdef __cplusplus
}
#endif
#endif
