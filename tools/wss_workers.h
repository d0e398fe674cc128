/* SPDX-License-Identifier: MIT */
/*
 * Several processes that do the same work on the same TCP port: for hosts with more than
 * one processor. Knows nothing of the work.
 */
#ifndef WSS_WORKERS_H
#define WSS_WORKERS_H

#include <stdbool.h>
#include <stdint.h>

enum { WSS_WORKERS_MOST = 64 };

typedef struct wss_workers {
    uint32_t count; /* 1..WSS_WORKERS_MOST */

    /* In a process of its own: works until SIGTERM, and ends at once at the second. `port`:
     * where to listen; 0 only for the first, which chooses. Says wss_worker_ready() when it
     * listens. Returns the exit status. */
    int (*work)(const void *context, uint16_t port, int parent);

    /* All work, on this port. False: stop. */
    bool (*ready)(const void *context, uint16_t port);
    const void *context;
    uint16_t port; /* 0: any */
} wss_workers_t;

/* Until SIGINT or SIGTERM, which are passed on. A worker that a signal has ended is replaced;
 * when one ends by itself, all do. Returns the exit status. */
int wss_workers_run(wss_workers_t *workers);

/* In a worker: it listens on `port`. */
void wss_worker_ready(int parent, uint16_t port);

#endif
