/* SPDX-License-Identifier: MIT */
/* The types of websock_os.h on POSIX threads. */
#ifndef WEBSOCK_OS_POSIX_H
#define WEBSOCK_OS_POSIX_H

#include <pthread.h>

typedef struct websock_os_monitor {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
} websock_os_monitor_t;

typedef struct websock_os_thread {
    pthread_t id;
    void (*run)(void *context);
    void *context;
} websock_os_thread_t;

#endif
