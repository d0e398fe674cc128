/* SPDX-License-Identifier: MIT */
/*
 * What the files of the POSIX port know of each other. Nobody else includes it.
 */
#ifndef WSS_POSIX_INTERNAL_H
#define WSS_POSIX_INTERNAL_H

#include "wss_posix.h"

#include <netinet/in.h>
#include <sys/socket.h>

#define WSS_POSIX_NONE UINT32_MAX

/* What the kernel is asked to report of a stream (wss_posix_stream_t.interest). */
enum { WSS_POSIX_IN = 1u << 0, WSS_POSIX_OUT = 1u << 1 };

/* An IPv4 or IPv6 socket address. */
typedef union wss_posix_address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    struct sockaddr_storage storage;
} wss_posix_address_t;

/* wss_posix_socket.c: one socket, no streams. Descriptors are negative on failure. */
wss_result_t wss_posix_entropy(void *context, uint8_t *buffer, size_t length);
uint32_t wss_posix_now(void *context);
int wss_posix_socket_open(int family);
int wss_posix_socket_accept(int listener, wss_posix_address_t *from);
void wss_posix_socket_prepare(int fd);
void wss_posix_socket_close(int fd, bool reset);
bool wss_posix_nonblocking(int fd);
socklen_t wss_posix_address_parse(const char *text, uint16_t port, wss_posix_address_t *address);
const char *wss_posix_reason(int error);

/* wss_posix_wake.c */
bool wss_posix_wake_open(wss_posix_t *posix);
void wss_posix_wake_close(wss_posix_t *posix);
void wss_posix_wake(void *context);
void wss_posix_wake_drain(wss_posix_t *posix);

/* wss_posix_epoll.c or wss_posix_poll.c: asks the kernel. */
bool wss_posix_poller_open(wss_posix_t *posix);
void wss_posix_poller_close(wss_posix_t *posix);
/* Changes what is reported. False when the kernel refuses to watch it. */
bool wss_posix_poller_stream(wss_posix_t *posix, uint32_t index, unsigned interest);
bool wss_posix_poller_listener(wss_posix_t *posix, uint32_t index, bool on);
/* Waits up to `timeout` milliseconds (-1: for ever) and hands each finding on. The
 * lock is free while it waits. False when the kernel refuses to wait. */
bool wss_posix_poller_wait(wss_posix_t *posix, int timeout);

/* wss_posix_wait.c: the list of streams that have something to report. */
int32_t wss_posix_wait(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count);
void wss_posix_ready_update(wss_posix_stream_t *stream);
/* The kernel has bytes of a stream that waits for nothing else. */
void wss_posix_ready_read(wss_posix_stream_t *stream);
void wss_posix_ready_remove(wss_posix_stream_t *stream);
void wss_posix_lock(void *context);
void wss_posix_unlock(void *context);

/* wss_posix_stream.c */
uint32_t wss_posix_stream_index(const wss_posix_stream_t *stream);
wss_posix_stream_t *wss_posix_stream_take(wss_posix_t *posix, void *owner);
void wss_posix_stream_start(wss_posix_stream_t *stream, int fd, const wss_posix_address_t *peer,
                            wss_phase_t phase);
bool wss_posix_stream_available(const wss_posix_t *posix);
void wss_posix_stream_interest(wss_posix_stream_t *stream);
void wss_posix_stream_break(wss_posix_stream_t *stream, const char *reason);
void wss_posix_stream_event(wss_posix_stream_t *stream, bool in, bool out);

/* wss_posix_send.c: the way out of a stream. */
uint32_t wss_posix_room(wss_stream_t *base);
int32_t wss_posix_send(wss_stream_t *base, const uint8_t *data, uint32_t length);
int32_t wss_posix_send_both(wss_stream_t *base, const uint8_t *first, uint32_t first_length,
                            const uint8_t *data, uint32_t length);
wss_result_t wss_posix_flush(wss_stream_t *base);
uint32_t wss_posix_pending(wss_stream_t *base);
void wss_posix_finish(wss_stream_t *base);
void wss_posix_drain(wss_posix_stream_t *stream);
/* After bytes were queued or sent: ends our side if it is time, asks and reports anew. */
void wss_posix_settle(wss_posix_stream_t *stream);

/* wss_posix_listen.c */
wss_result_t wss_posix_listen(void *context, const wss_endpoint_t *where, uint16_t *port);
void wss_posix_unlisten(void *context);
void wss_posix_accepting(void *context, bool on);
wss_stream_t *wss_posix_accept(void *context, void *owner);
/* Asks the kernel to report listeners exactly while a connection could be taken. */
void wss_posix_listeners_update(wss_posix_t *posix);

/* wss_posix_dial.c */
wss_stream_t *wss_posix_connect(void *context, const wss_dial_t *whom, void *owner);
void wss_posix_connected(wss_posix_stream_t *stream);
/* The address that is tried does not answer. */
void wss_posix_dial_overdue(wss_posix_stream_t *stream);
/* Tries the next address of the stream's name. If there is none, the stream fails with
 * `reason`, or that of the last address. */
void wss_posix_dial_next(wss_posix_stream_t *stream, const char *reason);

/* wss_posix_lookup.c: begin returns NULL, or why the name is not looked up; end is called
 * when the stream needs its name no more. */
const char *wss_posix_lookup_begin(wss_posix_stream_t *stream, const wss_dial_t *whom);
bool wss_posix_lookup_next(wss_posix_stream_t *stream, wss_posix_address_t *address,
                           socklen_t *size);
void wss_posix_lookup_end(wss_posix_stream_t *stream);
/* Hands answers on to their streams. */
void wss_posix_lookups_collect(wss_posix_t *posix);
/* Milliseconds until an address that does not answer is given up, at most `left`. */
uint32_t wss_posix_lookups_patience(wss_posix_t *posix, uint32_t left);
void wss_posix_lookups_expire(wss_posix_t *posix);
void wss_posix_lookups_close(wss_posix_t *posix);

#endif
