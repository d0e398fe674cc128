/* SPDX-License-Identifier: MIT */
/*
 * Asks the kernel by poll(2), for systems without epoll. Its cost grows with open
 * connections. It must not know what a finding means.
 */
#define _GNU_SOURCE
#include "wss_posix_internal.h"

#include <errno.h>

/* The table: listeners from the back of the first part, the wake descriptor, the
 * streams. So the part in use is in one piece and not longer than there are
 * descriptors: systems refuse more. */
enum { WAKE = WSS_POSIX_LISTENERS, STREAMS = WSS_POSIX_POLLS };

static uint32_t listener_slot(uint32_t index)
{
    return WAKE - 1 - index;
}

static void set(wss_posix_t *posix, uint32_t slot, int fd, short events)
{
    posix->config.polls[slot] = (struct pollfd){.fd = fd, .events = events};
    if (posix->waiting)
        wss_posix_wake(posix);
}

bool wss_posix_poller_open(wss_posix_t *posix)
{
    for (uint32_t i = 0; i < STREAMS; i++)
        set(posix, i, -1, 0);
    set(posix, WAKE, posix->wake_read, POLLIN);
    return true;
}

void wss_posix_poller_close(wss_posix_t *posix)
{
    (void)posix;
}

bool wss_posix_poller_stream(wss_posix_t *posix, uint32_t index, unsigned interest)
{
    wss_posix_stream_t *stream = &posix->config.streams[index];
    const int events = ((interest & WSS_POSIX_IN) != 0 ? POLLIN : 0) |
                       ((interest & WSS_POSIX_OUT) != 0 ? POLLOUT : 0);

    stream->interest = (uint8_t)interest;
    set(posix, STREAMS + index, interest == 0 ? -1 : stream->socket, (short)events);
    return true;
}

void wss_posix_poller_listener(wss_posix_t *posix, uint32_t index, bool on)
{
    set(posix, listener_slot(index), on ? posix->listeners[index] : -1, POLLIN);
}

static void found(wss_posix_t *posix, uint32_t slot, int events)
{
    const int trouble = POLLERR | POLLHUP | POLLNVAL;

    if (slot == WAKE)
        wss_posix_wake_drain(posix);
    else if (slot < STREAMS)
        posix->acceptable = posix->listening;
    else
        wss_posix_stream_event(&posix->config.streams[slot - STREAMS],
                               (events & (POLLIN | trouble)) != 0,
                               (events & (POLLOUT | trouble)) != 0);
}

bool wss_posix_poller_wait(wss_posix_t *posix, int timeout)
{
    struct pollfd *polls = posix->config.polls;
    const uint32_t first = WAKE - posix->listener_count;
    const uint32_t last = STREAMS + posix->streams_touched;

    wss_posix_unlock(posix);
    int count = poll(polls + first, last - first, timeout);
    const bool usable = count >= 0 || errno == EINTR;
    wss_posix_lock(posix);
    for (uint32_t i = first; i < last && count > 0; i++) {
        const int events = polls[i].revents;
        if (polls[i].fd < 0 || events == 0)
            continue;
        polls[i].revents = 0;
        count--;
        found(posix, i, events);
    }
    return usable;
}
