/* SPDX-License-Identifier: MIT */
/*
 * Connecting: to a numeric address at once, to a name once its addresses are known, which
 * are tried one after the other. How long that may take is the engine's matter. It must
 * not know how names are looked up.
 */
#define _GNU_SOURCE
#include "wss_posix_internal.h"

#include <errno.h>

/* NULL, or why it failed at once. */
static const char *try_address(wss_posix_stream_t *stream, const wss_posix_address_t *address,
                               socklen_t size)
{
    const int fd = wss_posix_socket_open(address->any.sa_family);

    if (fd < 0)
        return wss_posix_reason(errno);
    const int result = connect(fd, &address->any, size);
    if (result != 0 && errno != EINPROGRESS && errno != EINTR) {
        const char *reason = wss_posix_reason(errno);
        wss_posix_socket_close(fd, false);
        return reason;
    }
    wss_posix_stream_start(stream, fd, address, WSS_PHASE_CONNECTING);
    return NULL;
}

void wss_posix_dial_next(wss_posix_stream_t *stream, const char *reason)
{
    wss_posix_address_t address = {.any = {0}};
    socklen_t size = 0;

    while (reason != NULL && wss_posix_lookup_next(stream, &address, &size))
        reason = try_address(stream, &address, size);
    if (reason != NULL)
        wss_posix_stream_break(stream, reason);
}

wss_stream_t *wss_posix_connect(void *context, const wss_dial_t *whom, void *owner)
{
    wss_posix_address_t address;
    const socklen_t size = wss_posix_address_parse(whom->host, whom->port, &address);
    wss_posix_stream_t *stream = wss_posix_stream_take(context, owner);

    if (stream == NULL)
        return NULL;
    stream->phase = WSS_PHASE_CONNECTING;
    const char *problem = NULL;
    if (whom->secure)
        problem = "This port has no TLS.";
    else if (size == 0)
        problem = wss_posix_lookup_begin(stream, whom);
    else
        problem = try_address(stream, &address, size);
    if (problem != NULL)
        wss_posix_stream_break(stream, problem);
    wss_posix_listeners_update(context);
    return &stream->base;
}

static void refused(wss_posix_stream_t *stream, int error)
{
    (void)wss_posix_poller_stream(stream->posix, wss_posix_stream_index(stream), 0);
    wss_posix_socket_close(stream->socket, false);
    stream->socket = -1;
    wss_posix_dial_next(stream, wss_posix_reason(error));
}

void wss_posix_dial_overdue(wss_posix_stream_t *stream)
{
    refused(stream, ETIMEDOUT);
}

void wss_posix_connected(wss_posix_stream_t *stream)
{
    wss_posix_address_t peer;
    socklen_t size = sizeof peer;
    int error = 0;
    socklen_t error_size = sizeof error;

    if (getsockopt(stream->socket, SOL_SOCKET, SO_ERROR, &error, &error_size) != 0)
        error = errno;
    if (error != 0) {
        refused(stream, error);
        return;
    }
    if (getpeername(stream->socket, &peer.any, &size) != 0)
        return;
    wss_posix_lookup_end(stream);
    stream->phase = WSS_PHASE_UP;
    stream->phase_changed = true;
    if (stream->queue_length > 0)
        wss_posix_drain(stream);
    else
        wss_posix_settle(stream);
}
