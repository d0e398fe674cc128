/* SPDX-License-Identifier: MIT */
/*
 * How another task or a signal handler ends a wait(): a descriptor that becomes
 * readable. It must not take the lock. Answers about host names come that way, too.
 */
#define _GNU_SOURCE
#include "wss_posix_internal.h"

#include <errno.h>
#include <unistd.h>

#if defined(__linux__) && !defined(WSS_POSIX_USE_POLL)
#include <sys/eventfd.h>

bool wss_posix_wake_open(wss_posix_t *posix)
{
    posix->wake_read = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    posix->wake_write = posix->wake_read;
    return posix->wake_read >= 0;
}

#else

bool wss_posix_wake_open(wss_posix_t *posix)
{
    int ends[2];

    if (pipe(ends) != 0)
        return false;
    posix->wake_read = ends[0];
    posix->wake_write = ends[1];
    return wss_posix_nonblocking(ends[0]) && wss_posix_nonblocking(ends[1]);
}

#endif

void wss_posix_wake_close(wss_posix_t *posix)
{
    if (posix->wake_read >= 0)
        (void)close(posix->wake_read);
    if (posix->wake_write >= 0 && posix->wake_write != posix->wake_read)
        (void)close(posix->wake_write);
    posix->wake_read = -1;
    posix->wake_write = -1;
}

void wss_posix_wake(void *context)
{
    const wss_posix_t *posix = context;
    const uint64_t one = 1;
    const int saved = errno;
    ssize_t written;

    do {
        written = write(posix->wake_write, &one, sizeof one);
    } while (written < 0 && errno == EINTR);
    errno = saved;
}

void wss_posix_wake_drain(wss_posix_t *posix)
{
    uint8_t bytes[64];

    while (read(posix->wake_read, bytes, sizeof bytes) == (ssize_t)sizeof bytes) {
    }
    posix->woken = true;
    wss_posix_lookups_collect(posix);
}
