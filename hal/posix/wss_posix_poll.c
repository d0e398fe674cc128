/* SPDX-License-Identifier: MIT */
/*
 * Asks the kernel by poll(2), for systems without epoll. The table is made anew for
 * each wait, as no other task may touch it while the kernel reads it; its cost grows
 * with open connections. It must not know what a finding means.
 */
#define _GNU_SOURCE
#include "wss_posix_internal.h"

#include <errno.h>

/* The table: the wake descriptor, the listeners, the streams. So it is not longer
 * than there are descriptors: systems refuse more. */
enum { WAKE = 0, LISTENERS = 1 };

bool wss_posix_poller_open(wss_posix_t *posix)
{
    (void)posix;
    return true;
}

void wss_posix_poller_close(wss_posix_t *posix)
{
    (void)posix;
}

/* A wait in progress begins again with what is asked now. */
static void ask_anew(wss_posix_t *posix)
{
    if (posix->waiting)
        wss_posix_wake(posix);
}

bool wss_posix_poller_stream(wss_posix_t *posix, uint32_t index, unsigned interest)
{
    wss_posix_stream_t *stream = &posix->config.streams[index];

    if (stream->interest == interest)
        return true;
    stream->interest = (uint8_t)interest;
    ask_anew(posix);
    return true;
}

bool wss_posix_poller_listener(wss_posix_t *posix, uint32_t index, bool on)
{
    (void)index;
    (void)on;
    ask_anew(posix);
    return true;
}

static struct pollfd stream_entry(const wss_posix_stream_t *stream)
{
    const int events = ((stream->interest & WSS_POSIX_IN) != 0 ? POLLIN : 0) |
                       ((stream->interest & WSS_POSIX_OUT) != 0 ? POLLOUT : 0);
    const bool asked = stream->posix != NULL && events != 0;

    return (struct pollfd){.fd = asked ? stream->socket : -1, .events = (short)events};
}

static void fill_table(const wss_posix_t *posix, uint32_t listeners, uint32_t streams)
{
    struct pollfd *polls = posix->config.polls;

    polls[WAKE] = (struct pollfd){.fd = posix->wake_read, .events = POLLIN};
    for (uint32_t i = 0; i < listeners; i++)
        polls[LISTENERS + i] =
            (struct pollfd){.fd = posix->listening ? posix->listeners[i] : -1, .events = POLLIN};
    for (uint32_t i = 0; i < streams; i++)
        polls[LISTENERS + listeners + i] = stream_entry(&posix->config.streams[i]);
}

static void found(wss_posix_t *posix, uint32_t slot, uint32_t listeners, int events)
{
    const int trouble = POLLERR | POLLHUP | POLLNVAL;

    if (slot == WAKE)
        wss_posix_wake_drain(posix);
    else if (slot < LISTENERS + listeners)
        posix->acceptable = posix->listening;
    else
        wss_posix_stream_event(&posix->config.streams[slot - LISTENERS - listeners],
                               (events & (POLLIN | trouble)) != 0,
                               (events & (POLLOUT | trouble)) != 0);
}

bool wss_posix_poller_wait(wss_posix_t *posix, int timeout)
{
    const struct pollfd *polls = posix->config.polls;
    const uint32_t listeners = posix->listener_count;
    const uint32_t streams = posix->streams_touched;
    const uint32_t slots = LISTENERS + listeners + streams;

    fill_table(posix, listeners, streams);
    wss_posix_unlock(posix);
    int count = poll(posix->config.polls, slots, timeout);
    const bool usable = count >= 0 || errno == EINTR;
    wss_posix_lock(posix);
    posix->waiting = false;
    for (uint32_t i = 0; i < slots && count > 0; i++) {
        if (polls[i].fd < 0 || polls[i].revents == 0)
            continue;
        count--;
        found(posix, i, listeners, polls[i].revents);
    }
    return usable;
}
