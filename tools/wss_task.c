/* SPDX-License-Identifier: MIT */
/*
 * Starts tasks. Knows nothing of what they do.
 */
#include "wss_task.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>

bool wss_task_start(void *(*body)(void *context), void *context)
{
    sigset_t all;
    sigset_t before;
    pthread_t task;

    (void)sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0)
        return false;
    const bool started = pthread_create(&task, NULL, body, context) == 0;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started && pthread_detach(task) == 0;
}

void wss_task_wait(int descriptor, short events)
{
    struct pollfd one = {.fd = descriptor, .events = events};

    (void)poll(&one, 1, -1);
}
