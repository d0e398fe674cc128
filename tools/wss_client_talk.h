/* SPDX-License-Identifier: MIT */
/*
 * What `wss connect` sends: the texts of --send, then standard input, or in place of it
 * what came. Memory does not depend on the length of a message. Knows no sessions.
 */
#ifndef WSS_CLIENT_TALK_H
#define WSS_CLIENT_TALK_H

#include "wss_client_options.h"
#include "wss_input.h"

typedef struct wss_talk {
    const wss_client_options_t *options;
    wss_input_t input;
    size_t text;     /* the next of --send */
    size_t offset;   /* in it */
    size_t taken;    /* bytes of the input's buffer that are sent */
    bool line_begun; /* fragments of the present line are sent */
    bool line_lost;  /* its connection is gone: the rest of it is dropped */
} wss_talk_t;

typedef enum wss_talk_result {
    WSS_TALK_ON,    /* all that can be sent now is */
    WSS_TALK_END,   /* the input has ended, and everything is sent */
    WSS_TALK_FAILED /* one line on stderr has said why */
} wss_talk_result_t;

/* `wake` is called, by another task, when there is more to send. */
bool wss_talk_start(wss_talk_t *talk, const wss_client_options_t *options,
                    void (*wake)(void *context), void *context);

/* A connection is open: --send begins anew, standard input goes on. */
void wss_talk_open(wss_talk_t *talk);

/* Sends what there is and fits. To be called after each step while the connection is open. */
wss_talk_result_t wss_talk_go_on(wss_talk_t *talk, wss_conn_t *conn);

#endif
