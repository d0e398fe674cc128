/* SPDX-License-Identifier: MIT */
/* A proxy over TCP, played in turns: see played_proxy.h. */
#include "played_proxy.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PIECE = 700, REQUEST = 512 };

/* One way of a relay. */
typedef struct way {
    uint8_t bytes[PIECE];
    size_t at;
    size_t length;
    bool ended;
} way_t;

static struct {
    int listener;
    int near;
    int far;
    const char *answer;
    size_t sent;
    bool slowly;
    ending_t ending;
    char request[REQUEST];
    size_t asked; /* bytes of the request */
    bool complete;
    way_t out, back;
} proxy;

static struct sockaddr_in loopback(uint16_t port)
{
    return (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_port = htons(port),
                                .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
}

static int open_socket(void)
{
    int made = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_ge(made, 0);
    return made;
}

uint16_t proxy_open(const char *answer, bool slowly, ending_t ending)
{
    struct sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    memset(&proxy, 0, sizeof proxy);
    proxy.answer = answer;
    proxy.slowly = slowly;
    proxy.ending = ending;
    proxy.near = proxy.far = -1;
    proxy.listener = open_socket();
    ck_assert_int_eq(bind(proxy.listener, (struct sockaddr *)&address, size), 0);
    ck_assert_int_eq(listen(proxy.listener, 1), 0);
    ck_assert_int_eq(getsockname(proxy.listener, (struct sockaddr *)&address, &size), 0);
    ck_assert_int_eq(fcntl(proxy.listener, F_SETFL, O_NONBLOCK), 0);
    return ntohs(address.sin_port);
}

static void shut(int *descriptor)
{
    if (*descriptor >= 0)
        (void)close(*descriptor);
    *descriptor = -1;
}

void proxy_close(void)
{
    shut(&proxy.listener);
    shut(&proxy.near);
    shut(&proxy.far);
}

/* The client says nothing behind its request before the answer. */
static void hear_request(void)
{
    ssize_t got = recv(proxy.near, proxy.request + proxy.asked, REQUEST - 1 - proxy.asked, 0);
    if (got < 0 && errno == EAGAIN)
        return;
    ck_assert_int_gt(got, 0);
    proxy.asked += (size_t)got;
    const char *end = strstr(proxy.request, "\r\n\r\n");
    proxy.complete = end != NULL;
    ck_assert(end == NULL || end + 4 == proxy.request + proxy.asked);
}

static void answer(void)
{
    size_t length = proxy.slowly ? 1 : strlen(proxy.answer);
    ck_assert_int_eq(send(proxy.near, proxy.answer + proxy.sent, length, MSG_NOSIGNAL),
                     (ssize_t)length);
    proxy.sent += length;
}

static void call_far(void)
{
    static const char begin[] = "CONNECT 127.0.0.1:";
    ck_assert(strncmp(proxy.request, begin, sizeof begin - 1) == 0);
    const struct sockaddr_in address =
        loopback((uint16_t)strtoul(proxy.request + sizeof begin - 1, NULL, 10));
    proxy.far = open_socket();
    ck_assert_int_eq(connect(proxy.far, (const struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(fcntl(proxy.far, F_SETFL, O_NONBLOCK), 0);
}

static void pass_on(way_t *way, int from, int to)
{
    if (way->at == way->length && !way->ended) {
        ssize_t got = recv(from, way->bytes, PIECE, 0);
        if (got < 0)
            return;
        way->at = 0;
        way->length = (size_t)got;
        way->ended = got == 0;
        if (way->ended)
            (void)shutdown(to, SHUT_WR);
    }
    ssize_t taken = send(to, way->bytes + way->at, way->length - way->at, MSG_NOSIGNAL);
    way->at += taken > 0 ? (size_t)taken : 0;
}

static void relay(void)
{
    if (proxy.far < 0)
        call_far();
    pass_on(&proxy.out, proxy.near, proxy.far);
    pass_on(&proxy.back, proxy.far, proxy.near);
}

/* Ends TCP; what the client still says is read. */
static void finish(void)
{
    char bytes[PIECE];
    (void)shutdown(proxy.near, SHUT_WR);
    if (recv(proxy.near, bytes, sizeof bytes, 0) == 0)
        shut(&proxy.near);
}

static void reset(void)
{
    const struct linger hard = {.l_onoff = 1};
    (void)setsockopt(proxy.near, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    shut(&proxy.near);
}

static void end(void)
{
    if (proxy.ending == RELAY)
        relay();
    else if (proxy.ending == FIN)
        finish();
    else if (proxy.ending == RESET)
        reset();
}

void proxy_turn(void)
{
    if (proxy.near < 0) {
        proxy.near = proxy.sent == 0 ? accept(proxy.listener, NULL, NULL) : -1;
        if (proxy.near >= 0)
            ck_assert_int_eq(fcntl(proxy.near, F_SETFL, O_NONBLOCK), 0);
    } else if (!proxy.complete) {
        hear_request();
    } else if (proxy.sent < strlen(proxy.answer)) {
        answer();
    } else {
        end();
    }
}

const char *proxy_request(void)
{
    return proxy.request;
}
