/* SPDX-License-Identifier: MIT */
/*
 * Asks the kernel by epoll(7), level-triggered. It must not know what a finding
 * means.
 */
#define _GNU_SOURCE
#include "wss_posix_internal.h"

#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

/* What an epoll event belongs to: a stream's index, or one of these. */
#define TAG_WAKE     UINT32_MAX
#define TAG_LISTENER (UINT32_MAX / 2)

enum { EVENTS = 64 };

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static bool control(const wss_posix_t *posix, int operation, int fd, uint32_t events, uint32_t tag)
{
    struct epoll_event event = {.events = events};

    event.data.u32 = tag;
    return epoll_ctl(posix->poller, operation, fd, &event) == 0;
}

bool wss_posix_poller_open(wss_posix_t *posix)
{
    posix->poller = epoll_create1(EPOLL_CLOEXEC);
    return posix->poller >= 0 && control(posix, EPOLL_CTL_ADD, posix->wake_read, EPOLLIN, TAG_WAKE);
}

void wss_posix_poller_close(wss_posix_t *posix)
{
    if (posix->poller >= 0)
        (void)close(posix->poller);
    posix->poller = -1;
}

bool wss_posix_poller_stream(wss_posix_t *posix, uint32_t index, unsigned interest)
{
    wss_posix_stream_t *stream = &posix->config.streams[index];
    const uint32_t events = ((interest & WSS_POSIX_IN) != 0 ? (uint32_t)EPOLLIN : 0u) |
                            ((interest & WSS_POSIX_OUT) != 0 ? (uint32_t)EPOLLOUT : 0u);
    int operation = EPOLL_CTL_MOD;

    if (interest == stream->interest)
        return true;
    /* Without interest it must leave the set: an error would be reported for ever. */
    if (interest == 0)
        operation = EPOLL_CTL_DEL;
    else if (stream->interest == 0)
        operation = EPOLL_CTL_ADD;
    stream->interest = (uint8_t)interest;
    return control(posix, operation, stream->socket, events, index);
}

bool wss_posix_poller_listener(wss_posix_t *posix, uint32_t index, bool on)
{
    return control(posix, on ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, posix->listeners[index], EPOLLIN,
                   TAG_LISTENER + index);
}

static void found(wss_posix_t *posix, const struct epoll_event *event)
{
    const uint32_t tag = event->data.u32;
    const uint32_t trouble = EPOLLERR | EPOLLHUP;

    if (tag == TAG_WAKE)
        wss_posix_wake_drain(posix);
    else if (tag >= TAG_LISTENER)
        posix->acceptable = posix->listening;
    else
        wss_posix_stream_event(&posix->config.streams[tag],
                               (event->events & (EPOLLIN | trouble)) != 0,
                               (event->events & (EPOLLOUT | trouble)) != 0);
}

bool wss_posix_poller_wait(wss_posix_t *posix, int timeout)
{
    struct epoll_event events[EVENTS];
    const uint32_t room = posix->report_room - smaller(posix->report_room, posix->ready_count);
    const int most = room == 0 ? 1 : (int)smaller(room, EVENTS);

    wss_posix_unlock(posix);
    const int count = epoll_wait(posix->poller, events, most, timeout);
    const bool usable = count >= 0 || errno == EINTR;
    wss_posix_lock(posix);
    posix->waiting = false;
    for (int i = 0; i < count; i++)
        found(posix, &events[i]);
    return usable;
}
