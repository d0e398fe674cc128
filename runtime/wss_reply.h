/* SPDX-License-Identifier: MIT */
/*
 * Between the application's decision (wss_admit.c) and the responses (wss_reply.c).
 */
#ifndef WSS_REPLY_H
#define WSS_REPLY_H

#include "wss_core.h"
#include "wss_writer.h"

/* Answers a request that waits for a decision with a rejection. */
void wss_reject(wss_conn_t *conn, wss_rejection_t rejection);

/* WSS_OK, WSS_ERR_TEXT: a name or value holds what it may not, or WSS_ERR_ARGUMENT: the
 * field is the engine's own. */
wss_result_t wss_headers_check(const wss_header_t *headers, size_t count);
void wss_write_headers(wss_writer_t *writer, const wss_header_t *headers, size_t count);

#endif
