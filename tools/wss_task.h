/* SPDX-License-Identifier: MIT */
/*
 * Tasks beside the loop, for what blocks: reading standard input and writing standard
 * output. These may be shared with other processes, so they are not made non-blocking, and
 * neither poll(2) nor epoll says of a terminal or a file how much can be written.
 */
#ifndef WSS_TASK_H
#define WSS_TASK_H

#include <stdbool.h>

/* Starts a task that runs `body` and must not return from it: the end of the process is
 * its end. Signals are for the first task. */
bool wss_task_start(void *(*body)(void *context), void *context);

/* Waits until the descriptor can be read, or written: where another process made it
 * non-blocking. */
void wss_task_wait(int descriptor, short events);

#endif
