/* SPDX-License-Identifier: MIT */
/*
 * Listening and accepting. When the port has no stream, or the system no means,
 * for another connection, listeners are not watched: connections queue in the
 * kernel and the loop can sleep.
 */
#define _GNU_SOURCE
#include "wss_posix_internal.h"

#include <arpa/inet.h>
#include <errno.h>

enum {
    RETRY_MS = 100,     /* how long to rest when the system accepts nothing */
    ABORTED_IN_ROW = 64 /* connections that vanished before they were taken */
};

static bool nothing_there(int error)
{
    return error == 0 || error == EAGAIN || error == EWOULDBLOCK;
}

static bool out_of_means(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

/* The system has no means now. */
static void rest(wss_posix_t *posix)
{
    posix->retry = true;
    posix->retry_at = wss_posix_now(posix) + RETRY_MS;
}

/* ------------------------------------------------------------------- listening */

static bool set_option(int fd, int level, int option, int value)
{
    return setsockopt(fd, level, option, &value, sizeof value) == 0;
}

static bool share_port(int fd)
{
#ifdef SO_REUSEPORT
    return set_option(fd, SOL_SOCKET, SO_REUSEPORT, 1);
#else
    (void)fd;
    errno = ENOPROTOOPT;
    return false;
#endif
}

/* A listening socket, or -1 with errno. `both`: for IPv4, too. */
static int listen_at(const wss_posix_config_t *config, const wss_posix_address_t *address,
                     socklen_t size, bool both)
{
    const int backlog = config->backlog > 0 ? config->backlog : SOMAXCONN;
    const int fd = wss_posix_socket_open(address->any.sa_family);

    if (fd < 0)
        return -1;
    if (set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1) && (!config->share_port || share_port(fd)) &&
        (size != sizeof address->v6 || set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, !both)) &&
        bind(fd, &address->any, size) == 0 && listen(fd, backlog) == 0)
        return fd;
    const int error = errno;
    wss_posix_socket_close(fd, false);
    errno = error;
    return -1;
}

static int listen_everywhere(const wss_posix_config_t *config, uint16_t port)
{
    wss_posix_address_t address;
    socklen_t size = wss_posix_address_parse("::", port, &address);
    const int fd = listen_at(config, &address, size, true);

    if (fd >= 0 || (errno != EAFNOSUPPORT && errno != EADDRNOTAVAIL && errno != EINVAL))
        return fd;
    size = wss_posix_address_parse("0.0.0.0", port, &address);
    return listen_at(config, &address, size, false);
}

static int listen_where(const wss_posix_config_t *config, const wss_endpoint_t *where)
{
    wss_posix_address_t address;

    if (where->address == NULL)
        return listen_everywhere(config, where->port);
    const socklen_t size = wss_posix_address_parse(where->address, where->port, &address);
    if (size == 0) {
        errno = EINVAL;
        return -1;
    }
    return listen_at(config, &address, size, false);
}

static uint16_t port_of(int fd)
{
    wss_posix_address_t address = {.any = {0}};
    socklen_t size = sizeof address;

    (void)getsockname(fd, &address.any, &size);
    return ntohs(address.any.sa_family == AF_INET6 ? address.v6.sin6_port : address.v4.sin_port);
}

wss_result_t wss_posix_listen(void *context, const wss_endpoint_t *where, uint16_t *port)
{
    wss_posix_t *posix = context;

    if (posix->listener_count == WSS_POSIX_LISTENERS)
        return WSS_ERR_FULL;
    const int fd = listen_where(&posix->config, where);
    if (fd < 0)
        return out_of_means(errno) ? WSS_ERR_FULL : WSS_ERR_ADDRESS;
    *port = port_of(fd);
    posix->listeners[posix->listener_count++] = fd;
    if (posix->listening && !wss_posix_poller_listener(posix, posix->listener_count - 1, true))
        rest(posix);
    wss_posix_listeners_update(posix);
    return WSS_OK;
}

/* False: the kernel refuses to watch one of them. */
static bool watch_all(wss_posix_t *posix, bool on)
{
    bool watched = true;

    posix->listening = on;
    posix->acceptable = false;
    for (uint32_t i = 0; i < posix->listener_count; i++)
        watched = wss_posix_poller_listener(posix, i, on) && watched;
    return watched;
}

void wss_posix_listeners_update(wss_posix_t *posix)
{
    const bool listening = posix->listener_count > 0 && posix->accepting && !posix->retry &&
                           wss_posix_stream_available(posix);

    if (listening == posix->listening || watch_all(posix, listening) || !listening)
        return;
    rest(posix);
    (void)watch_all(posix, false);
}

void wss_posix_unlisten(void *context)
{
    wss_posix_t *posix = context;
    const uint32_t count = posix->listener_count;

    for (uint32_t i = 0; i < count && posix->listening; i++)
        (void)wss_posix_poller_listener(posix, i, false);
    posix->listening = false;
    posix->acceptable = false;
    posix->listener_count = 0;
    posix->listener_next = 0;
    for (uint32_t i = 0; i < count; i++)
        wss_posix_socket_close(posix->listeners[i], false);
}

void wss_posix_accepting(void *context, bool on)
{
    wss_posix_t *posix = context;

    posix->accepting = on;
    wss_posix_listeners_update(posix);
}

/* ------------------------------------------------------------------- accepting */

/* A connection of one listener, or -1 with errno. */
static int accept_from(int listener, wss_posix_address_t *from)
{
    for (int i = 0; i < ABORTED_IN_ROW; i++) {
        const int fd = wss_posix_socket_accept(listener, from);
        if (fd >= 0 || nothing_there(errno) || out_of_means(errno))
            return fd;
    }
    return -1;
}

static int accept_any(wss_posix_t *posix, wss_posix_address_t *from)
{
    for (uint32_t i = 0; i < posix->listener_count; i++) {
        const uint32_t index = (posix->listener_next + i) % posix->listener_count;
        const int fd = accept_from(posix->listeners[index], from);
        if (fd >= 0)
            posix->listener_next = (index + 1) % posix->listener_count;
        if (fd >= 0 || !nothing_there(errno))
            return fd;
    }
    return -1;
}

wss_stream_t *wss_posix_accept(void *context, void *owner)
{
    wss_posix_t *posix = context;
    wss_posix_address_t from = {.any = {0}};

    if (!posix->accepting || posix->retry || !wss_posix_stream_available(posix))
        return NULL;
    errno = 0;
    const int fd = accept_any(posix, &from);
    if (fd < 0) {
        if (!nothing_there(errno))
            rest(posix);
        wss_posix_listeners_update(posix);
        return NULL;
    }
    wss_posix_stream_t *stream = wss_posix_stream_take(posix, owner);
    wss_posix_stream_start(stream, fd, &from, WSS_PHASE_UP);
    wss_posix_listeners_update(posix);
    return &stream->base;
}
