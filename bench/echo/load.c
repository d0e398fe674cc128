/* SPDX-License-Identifier: MIT */
/*
 * A WebSocket client that loads an echo server: connections, messages in flight on each,
 * message size, number of messages. Its frames are made once and its echoes are counted,
 * not parsed, so that the server is what is measured.
 *
 *     load PORT CONNECTIONS IN_FLIGHT SIZE MESSAGES [SUBPROTOCOL]
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct client {
    int socket;
    size_t unsent;   /* of the batch being sent */
    size_t received; /* of the echoes to the batch */
} client_t;

static uint8_t *batch;
static size_t batch_size, echo_size;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static size_t put_header(uint8_t *at, size_t size, bool masked)
{
    size_t length = 0;
    at[length++] = 0x82;
    uint8_t mask = masked ? 0x80 : 0;
    if (size < 126) {
        at[length++] = (uint8_t)(mask | size);
    } else if (size < 65536) {
        at[length++] = mask | 126;
        at[length++] = (uint8_t)(size >> 8);
        at[length++] = (uint8_t)size;
    } else {
        at[length++] = mask | 127;
        for (int shift = 56; shift >= 0; shift -= 8)
            at[length++] = (uint8_t)((uint64_t)size >> shift);
    }
    if (masked) {
        memcpy(at + length, "\x12\x34\x56\x78", 4);
        length += 4;
    }
    return length;
}

static void make_batch(size_t in_flight, size_t size)
{
    uint8_t scratch[16];
    batch = malloc(in_flight * (size + 14));
    for (size_t i = 0; i < in_flight; i++) {
        batch_size += put_header(batch + batch_size, size, true);
        memset(batch + batch_size, 'x', size);
        batch_size += size;
        echo_size += put_header(scratch, size, false) + size;
    }
}

static void upgrade(int fd, const char *protocol)
{
    char request[512], answer[4096];
    int length = snprintf(request, sizeof request,
                          "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                          "Sec-WebSocket-Version: 13\r\n%s%s%s\r\n",
                          protocol != NULL ? "Sec-WebSocket-Protocol: " : "",
                          protocol != NULL ? protocol : "", protocol != NULL ? "\r\n" : "");
    if (write(fd, request, (size_t)length) != length)
        die("write");
    size_t have = 0;
    while (memmem(answer, have, "\r\n\r\n", 4) == NULL) {
        ssize_t got = read(fd, answer + have, sizeof answer - have);
        if (got <= 0)
            die("upgrade");
        have += (size_t)got;
    }
    if (memcmp(answer, "HTTP/1.1 101", 12) != 0) {
        fprintf(stderr, "not upgraded: %.40s\n", answer);
        exit(1);
    }
}

static int connect_to(uint16_t port, const char *protocol)
{
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int one = 1;
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
        die("connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    upgrade(fd, protocol);
    return fd;
}

static void watch(int poll, client_t *client, int operation, bool writing)
{
    struct epoll_event event = {.events = EPOLLIN | (writing ? (unsigned)EPOLLOUT : 0u),
                                .data.ptr = client};
    if (epoll_ctl(poll, operation, client->socket, &event) != 0)
        die("epoll_ctl");
}

static void send_rest(int poll, client_t *client)
{
    ssize_t sent =
        send(client->socket, batch + batch_size - client->unsent, client->unsent, MSG_DONTWAIT);
    bool waited = client->unsent < batch_size;
    if (sent > 0)
        client->unsent -= (size_t)sent;
    if (client->unsent > 0 || waited)
        watch(poll, client, EPOLL_CTL_MOD, client->unsent > 0);
}

static void send_batch(int poll, client_t *client)
{
    client->received = 0;
    client->unsent = batch_size;
    send_rest(poll, client);
}

int main(int argc, char **argv)
{
    static uint8_t sink[1 << 20];
    if (argc < 6) {
        fprintf(stderr, "usage: load PORT CONNECTIONS IN_FLIGHT SIZE MESSAGES [SUBPROTOCOL]\n");
        return 2;
    }
    size_t connections = strtoul(argv[2], NULL, 10);
    size_t in_flight = strtoul(argv[3], NULL, 10);
    make_batch(in_flight, strtoul(argv[4], NULL, 10));
    size_t batches = strtoul(argv[5], NULL, 10) / in_flight;
    size_t begun = 0, done = 0;
    client_t *clients = calloc(connections, sizeof *clients);
    int poll = epoll_create1(0);
    for (size_t i = 0; i < connections; i++) {
        clients[i].socket = connect_to((uint16_t)atoi(argv[1]), argc > 6 ? argv[6] : NULL);
        watch(poll, &clients[i], EPOLL_CTL_ADD, false);
    }
    for (; begun < connections && begun < batches; begun++)
        send_batch(poll, &clients[begun]);
    while (done < begun) {
        struct epoll_event events[64];
        int count = epoll_wait(poll, events, 64, -1);
        for (int i = 0; i < count; i++) {
            client_t *client = events[i].data.ptr;
            if ((events[i].events & EPOLLOUT) != 0)
                send_rest(poll, client);
            if ((events[i].events & EPOLLIN) == 0)
                continue;
            ssize_t got = recv(client->socket, sink, sizeof sink, MSG_DONTWAIT);
            if (got == 0)
                die("closed");
            client->received += got > 0 ? (size_t)got : 0;
            if (client->received < echo_size)
                continue;
            done++;
            if (begun < batches) {
                begun++;
                send_batch(poll, client);
            }
        }
    }
    return 0;
}
