/* SPDX-License-Identifier: MIT */
/*
 * Waiting. Streams that have something to report stand in a list, whoever found
 * it out: the kernel, or this port when bytes are held back or room has grown. So
 * a stream is reported once, the list is fair, and a turn costs what is active.
 *
 * Room is reported at every wait() while nothing waits to be sent, else once each
 * time it has grown: a stream that waits for its peer does not keep the loop busy.
 * After finish() there is no room, and the report says that everything is sent.
 */
#define _GNU_SOURCE
#include "wss_posix_internal.h"

static bool bytes_to_report(const wss_posix_stream_t *stream)
{
    return (stream->watched & WSS_READY_READ) != 0 &&
           (stream->readable || stream->broken || stream->hold_length > 0);
}

static bool room_to_report(const wss_posix_stream_t *stream)
{
    const bool grown = stream->grown && !stream->finishing;

    if ((stream->watched & WSS_READY_WRITE) == 0)
        return false;
    return stream->broken ||
           (stream->phase == WSS_PHASE_UP && (grown || stream->queue_length == 0));
}

static inline unsigned report_of(const wss_posix_stream_t *stream)
{
    unsigned what = stream->phase_changed ? WSS_READY_PHASE : 0u;

    if (bytes_to_report(stream))
        what |= WSS_READY_READ;
    if (room_to_report(stream))
        what |= WSS_READY_WRITE;
    return what;
}

/* ------------------------------------------------------------------- the list */

static wss_posix_stream_t *at(wss_posix_t *posix, uint32_t index)
{
    return &posix->config.streams[index];
}

static void append(wss_posix_stream_t *stream)
{
    wss_posix_t *posix = stream->posix;
    const uint32_t index = wss_posix_stream_index(stream);

    stream->previous = posix->ready_last;
    stream->next = WSS_POSIX_NONE;
    if (posix->ready_last == WSS_POSIX_NONE)
        posix->ready_first = index;
    else
        at(posix, posix->ready_last)->next = index;
    posix->ready_last = index;
    posix->ready_count++;
    stream->ready_listed = true;
}

static void take_first(wss_posix_t *posix, wss_posix_stream_t *stream)
{
    posix->ready_first = stream->next;
    if (stream->next == WSS_POSIX_NONE)
        posix->ready_last = WSS_POSIX_NONE;
    else
        at(posix, stream->next)->previous = WSS_POSIX_NONE;
    posix->ready_count--;
    stream->ready_listed = false;
}

void wss_posix_ready_remove(wss_posix_stream_t *stream)
{
    wss_posix_t *posix = stream->posix;

    if (!stream->ready_listed)
        return;
    if (stream->previous == WSS_POSIX_NONE)
        posix->ready_first = stream->next;
    else
        at(posix, stream->previous)->next = stream->next;
    if (stream->next == WSS_POSIX_NONE)
        posix->ready_last = stream->previous;
    else
        at(posix, stream->next)->previous = stream->previous;
    posix->ready_count--;
    stream->ready_listed = false;
}

void wss_posix_ready_update(wss_posix_stream_t *stream)
{
    if (stream->ready_listed || report_of(stream) == 0)
        return;
    append(stream);
    if (stream->posix->waiting)
        wss_posix_wake(stream->posix);
}

/* Reported at once while there is surely room for all that are listed, else listed. */
void wss_posix_ready_read(wss_posix_stream_t *stream)
{
    wss_posix_t *posix = stream->posix;

    if (stream->ready_listed || posix->report_count + posix->ready_count >= posix->report_room) {
        stream->readable = true;
        wss_posix_ready_update(stream);
        return;
    }
    posix->reports[posix->report_count++] =
        (wss_ready_t){.owner = stream->base.owner, .what = WSS_READY_READ};
}

/* --------------------------------------------------------------------- reports */

/* Takes the first stream off the list; back to its end if it stays ready. */
static unsigned next_report(wss_posix_t *posix, void **owner)
{
    wss_posix_stream_t *stream = at(posix, posix->ready_first);
    const unsigned what = report_of(stream);

    *owner = stream->base.owner;
    take_first(posix, stream);
    stream->readable = false;
    stream->grown = false;
    stream->phase_changed = false;
    if (report_of(stream) != 0)
        append(stream);
    return what;
}

static uint32_t collect(wss_posix_t *posix, wss_ready_t *ready, uint32_t count)
{
    uint32_t reports = posix->report_count;

    if (posix->acceptable && count > 0)
        ready[reports++] = (wss_ready_t){.owner = NULL, .what = WSS_READY_ACCEPT};
    posix->acceptable = false;
    for (uint32_t left = posix->ready_count; left > 0 && reports < count; left--) {
        void *owner = NULL;
        const unsigned what = next_report(posix, &owner);
        if (what != 0)
            ready[reports++] = (wss_ready_t){.owner = owner, .what = what};
    }
    return reports;
}

/* -------------------------------------------------------------------- patience */

static uint32_t rest_left(wss_posix_t *posix)
{
    const uint32_t left = posix->retry_at - wss_posix_now(posix);

    return left <= INT32_MAX ? left : 0;
}

static uint32_t until_retry(wss_posix_t *posix, uint32_t left)
{
    if (posix->retry && rest_left(posix) == 0) {
        posix->retry = false;
        wss_posix_listeners_update(posix);
    }
    if (!posix->retry)
        return left;
    const uint32_t wait = rest_left(posix);
    return wait < left ? wait : left;
}

/* How long the kernel may wait: -1 is for ever. */
static int patience(wss_posix_t *posix, uint32_t left)
{
    left = wss_posix_lookups_patience(posix, until_retry(posix, left));
    if (posix->ready_count > 0)
        return 0;
    if (left == WSS_FOREVER)
        return -1;
    return left > INT32_MAX ? INT32_MAX : (int)left;
}

static uint32_t time_left(wss_posix_t *posix, uint32_t begin, uint32_t timeout)
{
    const uint32_t passed = wss_posix_now(posix) - begin;

    if (timeout == WSS_FOREVER || timeout == 0)
        return timeout;
    return passed < timeout ? timeout - passed : 0;
}

static int32_t wait_locked(wss_posix_t *posix, uint32_t timeout, wss_ready_t *ready, uint32_t count)
{
    const uint32_t begin = timeout == 0 ? 0 : wss_posix_now(posix);
    uint32_t reports = 0;
    uint32_t left = 0;

    do {
        wss_posix_lookups_expire(posix);
        left = time_left(posix, begin, timeout);
        const int longest = patience(posix, left);
        posix->waiting = longest != 0;
        posix->reports = ready;
        posix->report_count = 0;
        posix->report_room = count > 0 ? count - 1 : 0; /* one for a listener */
        if (!wss_posix_poller_wait(posix, longest))
            return WSS_ERR_NETWORK;
        reports = collect(posix, ready, count);
    } while (reports == 0 && !posix->woken && left > 0);
    posix->woken = false;
    return (int32_t)reports;
}

int32_t wss_posix_wait(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count)
{
    wss_posix_lock(context);
    const int32_t reports = wait_locked(context, timeout, ready, count);
    wss_posix_unlock(context);
    return reports;
}
