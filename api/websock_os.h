/* SPDX-License-Identifier: MIT */
/*
 * What the websock API needs of an operating system: a monitor per connection, threads for
 * event handlers, a lock for the list of connections. Knows no connection.
 *
 * WEBSOCK_OS_HEADER names the header with the types websock_os_monitor_t and
 * websock_os_thread_t of another system; websock_os_posix.c shows what to write.
 */
#ifndef WEBSOCK_OS_H
#define WEBSOCK_OS_H

#include <stdbool.h>
#include <stdint.h>

#ifdef WEBSOCK_OS_HEADER
#include WEBSOCK_OS_HEADER
#else
#include "websock_os_posix.h"
#endif

/* One lock for all, held for a few instructions only; needs no preparation. */
void websock_os_enter(void);
void websock_os_leave(void);

/* A monitor: a lock, and a way to wait for a change of what it guards. It is prepared once
 * and lives for ever. False: the system has no means. */
bool websock_os_prepare(websock_os_monitor_t *monitor);
void websock_os_lock(websock_os_monitor_t *monitor);
void websock_os_unlock(websock_os_monitor_t *monitor);

/* Gives the lock up until websock_os_notify() or for `timeout` ms, then takes it again. May
 * return early. */
void websock_os_wait(websock_os_monitor_t *monitor, uint32_t timeout);

/* Ends every wait. Called with the lock held. */
void websock_os_notify(websock_os_monitor_t *monitor);

/* Starts a thread. False: the system has no means. */
bool websock_os_start(websock_os_thread_t *thread, void (*run)(void *context), void *context);

/* Whether it is the calling one. */
bool websock_os_is_self(const websock_os_thread_t *thread);

/* Waits until another thread has ended. */
void websock_os_join(websock_os_thread_t *thread);

/* The calling thread ends without being waited for. */
void websock_os_detach(websock_os_thread_t *thread);

/* A line for people: what failed, and why. */
void websock_os_log(const char *what, const char *why);

#endif
