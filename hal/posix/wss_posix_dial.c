/* SPDX-License-Identifier: MIT */
/*
 * Connecting to numeric addresses. Looking up names would block, so a name is an
 * address that fails; a resolver belongs in front of this file.
 */
#define _GNU_SOURCE
#include "wss_posix_internal.h"

#include <errno.h>

static void open_and_connect(wss_posix_stream_t *stream, const wss_posix_address_t *address,
                             socklen_t size)
{
    const int fd = wss_posix_socket_open(address->any.sa_family);

    if (fd < 0) {
        wss_posix_stream_break(stream, wss_posix_reason(errno));
        return;
    }
    int result = connect(fd, &address->any, size);
    if (result != 0 && errno != EINPROGRESS && errno != EINTR) {
        const char *reason = wss_posix_reason(errno);
        wss_posix_socket_close(fd, false);
        wss_posix_stream_break(stream, reason);
        return;
    }
    wss_posix_stream_start(stream, fd, address, WSS_PHASE_CONNECTING);
}

wss_stream_t *wss_posix_connect(void *context, const wss_dial_t *whom, void *owner)
{
    wss_posix_address_t address;
    const socklen_t size = wss_posix_address_parse(whom->host, whom->port, &address);
    wss_posix_stream_t *stream = wss_posix_stream_take(context, owner);

    if (stream == NULL)
        return NULL;
    stream->phase = WSS_PHASE_CONNECTING;
    if (size == 0)
        wss_posix_stream_break(stream, "Host names are not looked up; give a numeric address.");
    else
        open_and_connect(stream, &address, size);
    wss_posix_listeners_update(context);
    return &stream->base;
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
        wss_posix_stream_break(stream, wss_posix_reason(error));
        return;
    }
    if (getpeername(stream->socket, &peer.any, &size) != 0)
        return;
    stream->phase = WSS_PHASE_UP;
    stream->phase_changed = true;
    if (stream->queue_length > 0)
        wss_posix_drain(stream);
    else
        wss_posix_settle(stream);
}
