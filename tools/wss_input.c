/* SPDX-License-Identifier: MIT */
/*
 * The task reads and hands the buffer back; a flag under a mutex says whose it is.
 */
#include "wss_input.h"

#include "wss_task.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

static void read_once(wss_input_t *input)
{
    ssize_t count = -1;

    while (count < 0) {
        count =
            read(input->descriptor, input->bytes + input->length, input->capacity - input->length);
        if (count >= 0 || errno == EINTR)
            continue;
        if (errno != EAGAIN && errno != EWOULDBLOCK) {
            input->error = errno;
            count = 0;
        } else {
            wss_task_wait(input->descriptor, POLLIN);
        }
    }
    input->length += (size_t)count;
    input->ended = count == 0;
}

static void *body(void *context)
{
    wss_input_t *input = context;

    for (;;) {
        (void)pthread_mutex_lock(&input->mutex);
        while (!input->reading)
            (void)pthread_cond_wait(&input->asked, &input->mutex);
        (void)pthread_mutex_unlock(&input->mutex);
        read_once(input);
        (void)pthread_mutex_lock(&input->mutex);
        input->reading = false;
        (void)pthread_mutex_unlock(&input->mutex);
        input->wake(input->context);
    }
    return NULL;
}

bool wss_input_start(wss_input_t *input)
{
    return pthread_mutex_init(&input->mutex, NULL) == 0 &&
           pthread_cond_init(&input->asked, NULL) == 0 && wss_task_start(body, input);
}

void wss_input_ask(wss_input_t *input)
{
    (void)pthread_mutex_lock(&input->mutex);
    input->reading = true;
    (void)pthread_cond_signal(&input->asked);
    (void)pthread_mutex_unlock(&input->mutex);
}

bool wss_input_ready(wss_input_t *input)
{
    (void)pthread_mutex_lock(&input->mutex);
    const bool ready = !input->reading;
    (void)pthread_mutex_unlock(&input->mutex);
    return ready;
}
