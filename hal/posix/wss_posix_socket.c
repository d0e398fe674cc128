/* SPDX-License-Identifier: MIT */
/*
 * Single system calls in the shape this port needs them: sockets, addresses,
 * time, entropy. It must not know streams or listeners.
 */
#define _GNU_SOURCE
#include "wss_posix_internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/random.h>
#endif

/* -------------------------------------------------------------- time, entropy */

uint32_t wss_posix_now(void *context)
{
    struct timespec time = {0};

    (void)context;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint32_t)((uint64_t)time.tv_sec * 1000u + (uint64_t)time.tv_nsec / 1000000u);
}

static wss_result_t entropy_file(uint8_t *buffer, size_t length)
{
    int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return WSS_ERR_ENTROPY;
    while (length > 0) {
        ssize_t count = read(fd, buffer, length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        buffer += count;
        length -= (size_t)count;
    }
    (void)close(fd);
    return length == 0 ? WSS_OK : WSS_ERR_ENTROPY;
}

wss_result_t wss_posix_entropy(void *context, uint8_t *buffer, size_t length)
{
    (void)context;
#if defined(__linux__) && !defined(WSS_POSIX_USE_POLL)
    while (length > 0) {
        ssize_t count = getrandom(buffer, length, 0);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        buffer += count;
        length -= (size_t)count;
    }
#endif
    return length == 0 ? WSS_OK : entropy_file(buffer, length);
}

/* -------------------------------------------------------------------- sockets */

bool wss_posix_nonblocking(int fd)
{
    int flags = fcntl(fd, F_GETFL);

    return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0 &&
           fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

static int nonblocking_or_close(int fd)
{
    if (fd < 0 || wss_posix_nonblocking(fd))
        return fd;
    (void)close(fd);
    return -1;
}

int wss_posix_socket_open(int family)
{
    return nonblocking_or_close(socket(family, SOCK_STREAM, 0));
}

int wss_posix_socket_accept(int listener, wss_posix_address_t *from)
{
    socklen_t size = sizeof *from;

#if defined(__linux__) && !defined(WSS_POSIX_USE_POLL)
    return accept4(listener, &from->any, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
#else
    return nonblocking_or_close(accept(listener, &from->any, &size));
#endif
}

void wss_posix_socket_prepare(int fd)
{
    const int on = 1;

    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
#ifdef SO_NOSIGPIPE
    (void)setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
}

void wss_posix_socket_close(int fd, bool reset)
{
    const struct linger none = {.l_onoff = 1, .l_linger = 0};

    if (reset)
        (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    (void)close(fd);
}

socklen_t wss_posix_address_parse(const char *text, uint16_t port, wss_posix_address_t *address)
{
    memset(address, 0, sizeof *address);
    if (inet_pton(AF_INET, text, &address->v4.sin_addr) == 1) {
        address->v4.sin_family = AF_INET;
        address->v4.sin_port = htons(port);
        return sizeof address->v4;
    }
    if (inet_pton(AF_INET6, text, &address->v6.sin6_addr) == 1) {
        address->v6.sin6_family = AF_INET6;
        address->v6.sin6_port = htons(port);
        return sizeof address->v6;
    }
    return 0;
}

/* -------------------------------------------------------------------- reasons */

const char *wss_posix_reason(int error)
{
    static const struct {
        int error;
        const char *text;
    } reasons[] = {
        {ECONNRESET, "The peer reset the connection."},
        {EPIPE, "The peer no longer accepts data."},
        {ECONNREFUSED, "The peer refused the connection."},
        {ETIMEDOUT, "The connection timed out."},
        {EHOSTUNREACH, "The host cannot be reached."},
        {ENETUNREACH, "The network cannot be reached."},
        {ENETDOWN, "The network is down."},
        {EADDRNOTAVAIL, "No local address or port is free."},
        {EACCES, "The system forbids the connection."},
        {EPERM, "The system forbids the connection."},
        {EMFILE, "The process is out of descriptors."},
        {ENFILE, "The system is out of descriptors."},
        {ENOBUFS, "The system is out of memory."},
        {ENOMEM, "The system is out of memory."},
    };

    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (reasons[i].error == error)
            return reasons[i].text;
    return "The connection failed.";
}
