/* SPDX-License-Identifier: MIT */
/*
 * Compile-time capacities and defaults. Define a macro before this header is
 * read (compiler option, or a file named by WSS_CFG_FILE) to change it. The
 * library and the application must agree on those marked ABI: a difference is
 * an undefined symbol at link time, never a surprise at run time.
 *
 * The defaults of the timers (WSS_CFG_*_MS) come from the specification and
 * stand in wss_vocabulary.h.
 */
#ifndef WSS_CONFIG_H
#define WSS_CONFIG_H

#ifdef WSS_CFG_FILE
#include WSS_CFG_FILE
#endif

/* Server role: 1 or 0. docs/DEVICE.md says what each role costs. */
#ifndef WSS_CFG_SERVER
#define WSS_CFG_SERVER 1
#endif

/* ABI. Client role: 1 or 0; at least one of both is 1. The functions of a role that is left
 * out are declared all the same: a call of one does not link. */
#ifndef WSS_CFG_CLIENT
#define WSS_CFG_CLIENT 1
#endif

#if !WSS_CFG_SERVER && !WSS_CFG_CLIENT
#error "WSS_CFG_SERVER and WSS_CFG_CLIENT are both 0"
#endif

/* Names of states, events and actions for traces: 1 or 0. Costs rodata only. */
#ifndef WSS_CFG_NAMES
#define WSS_CFG_NAMES 1
#endif

/* Small code rather than fast code: 1 or 0. A compiler that says it makes code small, as
 * with -Os, makes it 1. Then each step looks at all connections, so they should be tens. */
#ifndef WSS_CFG_SMALL
#ifdef __OPTIMIZE_SIZE__
#define WSS_CFG_SMALL 1
#else
#define WSS_CFG_SMALL 0
#endif
#endif

/* Sentences for people: in the Close frames and refusals that the engine sends, and from
 * wss_reason_text(), wss_rejection_text() and wss_loop_error(): 1 or 0. Without them all are
 * short or empty; codes and statuses stay. Costs rodata only. */
#ifndef WSS_CFG_TEXTS
#define WSS_CFG_TEXTS 1
#endif

/* ABI. Messages, frames and bodies of 4 GiB and more: 1 or 0. Without them such a frame is
 * refused with 1009, and wss_closure_t.offset wraps. Costs up to 16 bytes per connection. */
#ifndef WSS_CFG_LONG_MESSAGES
#define WSS_CFG_LONG_MESSAGES 1
#endif

/* ABI. wss_config_t.tx_buffer: 1 or 0. Ports whose TCP has a transmit buffer of its own do
 * without. Costs code, and 12 to 20 bytes in the loop. */
#ifndef WSS_CFG_TX_BUFFER
#define WSS_CFG_TX_BUFFER 1
#endif

/* ABI. Report every transition to wss_config_t.trace: 1 or 0. Costs one pointer
 * in the configuration and a test per transition. */
#ifndef WSS_CFG_TRACE
#define WSS_CFG_TRACE 1
#endif

/* Largest payload of a message in bytes when wss_config_t.max_message is 0. */
#ifndef WSS_CFG_MAX_MESSAGE
#define WSS_CFG_MAX_MESSAGE 65536
#endif

/* Limits of a request head when the field of wss_config_t is 0. They cost
 * counters, not buffers. Request line in bytes (RFC 9112, 3: at least 8,000). */
#ifndef WSS_CFG_MAX_REQUEST_LINE
#define WSS_CFG_MAX_REQUEST_LINE 8000
#endif

/* Request line and all fields together, in bytes, at most 65,535. */
#ifndef WSS_CFG_MAX_HEAD
#define WSS_CFG_MAX_HEAD 16384
#endif

/* Number of header fields, at most 65,535. */
#ifndef WSS_CFG_MAX_FIELDS
#define WSS_CFG_MAX_FIELDS 100
#endif

/* ABI, as the next two. A session's longest URL, of its list or of a redirect, with the
 * terminating 0: a plain number, at most 65,535. Each byte costs 3 per session. */
#ifndef WSS_CFG_SESSION_URL
#define WSS_CFG_SESSION_URL 512
#endif

/* Bytes that a session reports of a 401's challenge: a plain number. They share memory with
 * the URL of a redirect. */
#ifndef WSS_CFG_SESSION_CHALLENGE
#define WSS_CFG_SESSION_CHALLENGE 256
#endif

/* Header fields of a session's request, credentials included: a plain number. Each costs 2
 * pointers per session. */
#ifndef WSS_CFG_SESSION_HEADERS
#define WSS_CFG_SESSION_HEADERS 8
#endif

/* Streams that one step serves: the bound on its work, 1..255. Costs 8 bytes of
 * stack each on a 32-bit machine. */
#ifndef WSS_CFG_EVENTS_PER_STEP
#if WSS_CFG_SMALL
#define WSS_CFG_EVENTS_PER_STEP 4
#else
#define WSS_CFG_EVENTS_PER_STEP 32
#endif
#endif

#endif
