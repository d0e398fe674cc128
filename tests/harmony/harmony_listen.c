/* SPDX-License-Identifier: MIT */
/*
 * Where the simulated stack's ports meet this machine: one listening descriptor per port. It
 * must not know the stack's sockets.
 */
#define _GNU_SOURCE
#include "harmony.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LISTENERS = 4, SMALL = 4096, BACKLOG = 64 };

static struct {
    uint16_t port;
    int fd;
} listeners[LISTENERS];

static struct sockaddr_in address_of(uint16_t port, const IP_MULTI_ADDRESS *address)
{
    const uint16_t here = harmony.served_port > 0 ? harmony.served_port : port;
    struct sockaddr_in where = {
        .sin_family = AF_INET, .sin_port = htons(here), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

    if (address != NULL)
        memcpy(&where.sin_addr, address, sizeof where.sin_addr);
    return where;
}

/* Small buffers, so that a peer that does not read is felt soon. */
static int open_at(uint16_t port, const IP_MULTI_ADDRESS *address)
{
    const struct sockaddr_in where = address_of(port, address);
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int one = 1;
    const int small = SMALL;

    if (fd < 0)
        return -1;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    (void)setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    if (bind(fd, (const struct sockaddr *)&where, sizeof where) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    (void)close(fd);
    return -1;
}

/* The descriptor, or -1: the port cannot be used. */
int harmony_listener_at(uint16_t port, const IP_MULTI_ADDRESS *address)
{
    for (unsigned i = 0; i < LISTENERS; i++)
        if (listeners[i].port == port)
            return listeners[i].fd;
    for (unsigned i = 0; i < LISTENERS; i++) {
        if (listeners[i].port != 0)
            continue;
        const int fd = open_at(port, address);
        if (fd >= 0) {
            listeners[i].port = port;
            listeners[i].fd = fd;
        }
        return fd;
    }
    return -1;
}

/* The last socket of the port is gone; 0: of every port. */
void harmony_listener_close(uint16_t port)
{
    for (unsigned i = 0; i < LISTENERS; i++) {
        if (listeners[i].port == 0 || (port != 0 && listeners[i].port != port))
            continue;
        (void)close(listeners[i].fd);
        listeners[i].port = 0;
    }
}
