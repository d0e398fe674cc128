/* SPDX-License-Identifier: MIT */
/*
 * Between the application's decision (wss_admit.c) and the responses (wss_reply.c).
 */
#ifndef WSS_REPLY_H
#define WSS_REPLY_H

#include "wss_core.h"
#include "wss_writer.h"

/* Answers a request that waits for a decision with a rejection, once this turn is done. */
void wss_reject(wss_conn_t *conn, wss_rejection_t rejection);

/* Goes on with the body of a response; raises response_sent at its end. */
void wss_body_continue(wss_conn_t *conn);

#endif
