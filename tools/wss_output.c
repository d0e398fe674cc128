/* SPDX-License-Identifier: MIT */
/*
 * A ring between the loop and the task that writes. The mutex is not held while it writes:
 * what is being written stays in the ring until it is.
 */
#include "wss_output.h"

#include "wss_task.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

/* Returns how many bytes were written; 0 and errno: none can be. */
static size_t write_once(const wss_output_t *output, const char *bytes, size_t length)
{
    for (;;) {
        const ssize_t count = write(output->descriptor, bytes, length);
        if (count > 0)
            return (size_t)count;
        if (count == 0)
            errno = EIO;
        if (count == 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK))
            return 0;
        if (errno != EINTR)
            wss_task_wait(output->descriptor, POLLOUT);
    }
}

/* The caller is woken when half of the ring is free, not at every write. */
static void note_written(wss_output_t *output, size_t count)
{
    output->error = count > 0 ? 0 : errno;
    output->first = (output->first + count) % output->capacity;
    output->length = count > 0 ? output->length - count : 0;
    if (output->error == 0 && (!output->awaited || output->length > output->capacity / 2))
        return;
    output->awaited = false;
    output->wake(output->context);
}

static void *body(void *context)
{
    wss_output_t *output = context;

    (void)pthread_mutex_lock(&output->mutex);
    for (;;) {
        while (output->length == 0 || output->error != 0)
            (void)pthread_cond_wait(&output->put, &output->mutex);
        const char *bytes = output->bytes + output->first;
        const size_t behind = output->capacity - output->first;
        const size_t length = output->length < behind ? output->length : behind;
        (void)pthread_mutex_unlock(&output->mutex);
        const size_t count = write_once(output, bytes, length);
        const int error = errno;
        (void)pthread_mutex_lock(&output->mutex);
        errno = error;
        note_written(output, count);
    }
    return NULL;
}

bool wss_output_start(wss_output_t *output)
{
    return pthread_mutex_init(&output->mutex, NULL) == 0 &&
           pthread_cond_init(&output->put, NULL) == 0 && wss_task_start(body, output);
}

bool wss_output_fits(wss_output_t *output, size_t length)
{
    (void)pthread_mutex_lock(&output->mutex);
    const bool fits = output->error != 0 || length <= output->capacity - output->length;
    output->awaited = output->awaited || !fits;
    (void)pthread_mutex_unlock(&output->mutex);
    return fits;
}

static void copy(wss_output_t *output, const char *bytes, size_t length)
{
    const size_t at = (output->first + output->length) % output->capacity;
    const size_t behind = output->capacity - at;
    const size_t count = length < behind ? length : behind;

    memcpy(output->bytes + at, bytes, count);
    memcpy(output->bytes, bytes + count, length - count);
    output->length += length;
}

void wss_output_put(wss_output_t *output, const void *bytes, size_t length)
{
    (void)pthread_mutex_lock(&output->mutex);
    if (output->error == 0 && length > 0) {
        copy(output, bytes, length);
        (void)pthread_cond_signal(&output->put);
    }
    (void)pthread_mutex_unlock(&output->mutex);
}

bool wss_output_empty(wss_output_t *output)
{
    (void)pthread_mutex_lock(&output->mutex);
    const bool empty = output->length == 0;
    output->awaited = !empty;
    (void)pthread_mutex_unlock(&output->mutex);
    return empty;
}

int wss_output_error(wss_output_t *output)
{
    (void)pthread_mutex_lock(&output->mutex);
    const int error = output->error;
    (void)pthread_mutex_unlock(&output->mutex);
    return error;
}
