/* SPDX-License-Identifier: MIT */
/*
 * TCPIP_TCP with the habits of the real stack: no accept(), a server's socket that listens
 * again by itself and tells so once, a client's socket that is no more when its connection
 * ends, small FIFOs whose bytes leave when they are many, flushed, alone, or late. Written
 * from descriptions of its behaviour.
 */
#define _GNU_SOURCE
#include "harmony.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    FIFO_MEMORY = 65535,
    MSS = 1460,
    SEND_TIMER_MS = 40,
    FIN_WAIT_MS = 5000,
    SYN_RETRY_MS = 20,
    SMALL = 4096
};

typedef enum { CLOSED, LISTEN, SYN_SENT, CONNECTED, TIME_WAIT } state_t;

typedef struct fifo {
    uint8_t memory[FIFO_MEMORY];
    uint16_t size;
    uint16_t first;
    uint16_t length;
} fifo_t;

typedef struct tcp {
    state_t state;
    int listener;
    int fd;
    bool server;
    bool reset;     /* WasReset has something to tell */
    bool fin_came;  /* the peer's */
    bool fin_asked; /* Disconnect or Close */
    bool fin_sent;
    bool closing; /* Close: it is gone afterwards */
    bool flushed;
    uint16_t local_port;
    uint16_t remote_port;
    IP_MULTI_ADDRESS remote;
    uint64_t since; /* of the state, or FIN */
    uint64_t put_at;
    fifo_t rx;
    fifo_t tx;
} tcp_t;

static tcp_t sockets[HARMONY_SOCKETS];

/* ----------------------------------------------------------------------- FIFOs */

static uint16_t smaller(uint32_t a, uint32_t b)
{
    return (uint16_t)(a < b ? a : b);
}

static uint16_t fifo_free(const fifo_t *fifo)
{
    return (uint16_t)(fifo->size - (harmony.whole_fifo ? 0 : 1) - fifo->length);
}

static uint16_t fifo_put(fifo_t *fifo, const uint8_t *data, uint16_t length)
{
    const uint16_t count = smaller(length, fifo_free(fifo));

    for (uint16_t i = 0; i < count; i++)
        fifo->memory[((uint32_t)fifo->first + fifo->length + i) % fifo->size] = data[i];
    fifo->length = (uint16_t)(fifo->length + count);
    return count;
}

static uint16_t fifo_peek(const fifo_t *fifo, uint8_t *buffer, uint16_t capacity, uint16_t start)
{
    const uint16_t there = start < fifo->length ? (uint16_t)(fifo->length - start) : 0;
    const uint16_t count = smaller(capacity, there);

    for (uint16_t i = 0; i < count && buffer != NULL; i++)
        buffer[i] = fifo->memory[((uint32_t)fifo->first + start + i) % fifo->size];
    return count;
}

static void fifo_drop(fifo_t *fifo, uint16_t count)
{
    fifo->first = (uint16_t)(((uint32_t)fifo->first + count) % fifo->size);
    fifo->length = (uint16_t)(fifo->length - count);
}

static void fifo_empty(fifo_t *fifo)
{
    fifo->first = 0;
    fifo->length = 0;
}

/* ------------------------------------------------------------------------ ends */

static tcp_t *find(TCP_SOCKET handle)
{
    if (handle < 0 || handle >= HARMONY_SOCKETS || sockets[handle].state == CLOSED) {
        harmony.stale_calls++;
        return NULL;
    }
    return &sockets[handle];
}

static void hang_up(tcp_t *tcp, bool reset)
{
    const struct linger none = {.l_onoff = 1, .l_linger = 0};

    if (tcp->fd < 0)
        return;
    if (reset)
        (void)setsockopt(tcp->fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    (void)close(tcp->fd);
    tcp->fd = -1;
}

static bool port_used(uint16_t port)
{
    for (unsigned i = 0; i < HARMONY_SOCKETS; i++)
        if (sockets[i].state != CLOSED && sockets[i].server && sockets[i].local_port == port)
            return true;
    return false;
}

static void destroy(tcp_t *tcp)
{
    tcp->state = CLOSED;
    if (tcp->server && !port_used(tcp->local_port))
        harmony_listener_close(tcp->local_port);
}

/* The connection is over: unread bytes are lost, a server listens again at once. */
static void over(tcp_t *tcp, bool reset)
{
    hang_up(tcp, reset);
    if (!tcp->server || tcp->closing) {
        destroy(tcp);
        return;
    }
    tcp->state = LISTEN;
    tcp->reset = true;
    tcp->fin_came = false;
    tcp->fin_asked = false;
    tcp->fin_sent = false;
    fifo_empty(&tcp->rx);
    fifo_empty(&tcp->tx);
}

/* --------------------------------------------------------------------- the task */

static void connected(tcp_t *tcp, int fd, const struct sockaddr_in *peer)
{
    tcp->fd = fd;
    tcp->state = CONNECTED;
    tcp->remote_port = ntohs(peer->sin_port);
    memcpy(&tcp->remote, &peer->sin_addr, sizeof peer->sin_addr);
}

/* A SYN finds a socket that listens, or is sent again until one does. */
static void try_accept(tcp_t *tcp)
{
    struct sockaddr_in peer;
    socklen_t size = sizeof peer;
    const int fd =
        accept4(tcp->listener, (struct sockaddr *)&peer, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);

    if (fd >= 0)
        connected(tcp, fd, &peer);
}

static void send_syn(tcp_t *tcp)
{
    const uint16_t there = harmony.called_port > 0 ? harmony.called_port : tcp->remote_port;
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons(there)};
    const int small = SMALL;

    memcpy(&where.sin_addr, &tcp->remote, sizeof where.sin_addr);
    tcp->since = harmony_clock();
    tcp->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    (void)setsockopt(tcp->fd, SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    if (connect(tcp->fd, (struct sockaddr *)&where, sizeof where) != 0 && errno != EINPROGRESS)
        hang_up(tcp, false);
}

/* A refusal is ignored: the SYN is sent again, for ever. */
static void await_answer(tcp_t *tcp)
{
    struct sockaddr_in name;
    socklen_t size = sizeof name;
    struct pollfd poller = {.fd = tcp->fd, .events = POLLOUT};
    int error = 0;
    socklen_t error_size = sizeof error;

    if (tcp->fd < 0) {
        if (harmony_clock() - tcp->since >= SYN_RETRY_MS)
            send_syn(tcp);
        return;
    }
    if (poll(&poller, 1, 0) != 1)
        return;
    (void)getsockopt(tcp->fd, SOL_SOCKET, SO_ERROR, &error, &error_size);
    if (error != 0) {
        hang_up(tcp, false);
        return;
    }
    (void)getsockname(tcp->fd, (struct sockaddr *)&name, &size);
    tcp->local_port = ntohs(name.sin_port);
    tcp->state = CONNECTED;
}

/* False: the peer has reset the connection. */
static bool take_in(tcp_t *tcp)
{
    uint8_t bytes[FIFO_MEMORY];
    int error = 0;
    socklen_t size = sizeof error;

    (void)getsockopt(tcp->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0)
        return false;
    const uint16_t room = fifo_free(&tcp->rx);
    if (tcp->fin_came || room == 0)
        return true;
    const ssize_t count = recv(tcp->fd, bytes, room, 0);
    if (count > 0)
        (void)fifo_put(&tcp->rx, bytes, (uint16_t)count);
    tcp->fin_came = count == 0;
    return count >= 0 || errno == EAGAIN;
}

/* Whether bytes leave now. */
static bool may_leave(const tcp_t *tcp)
{
    int on_the_way = 0;

    if (tcp->flushed || tcp->fin_asked || tcp->tx.length >= MSS)
        return true;
    (void)ioctl(tcp->fd, SIOCOUTQ, &on_the_way);
    if (on_the_way == 0)
        return true;
    if (harmony_clock() - tcp->put_at < SEND_TIMER_MS)
        return false;
    harmony.late_sends++;
    return true;
}

/* False: the peer has reset the connection. */
static bool give_out(tcp_t *tcp)
{
    uint8_t bytes[FIFO_MEMORY];
    const uint16_t count = fifo_peek(&tcp->tx, bytes, FIFO_MEMORY, 0);

    if (count == 0) {
        tcp->flushed = false;
        return true;
    }
    if (!may_leave(tcp))
        return true;
    const ssize_t sent = send(tcp->fd, bytes, count, MSG_NOSIGNAL);
    if (sent > 0)
        fifo_drop(&tcp->tx, (uint16_t)sent);
    return sent >= 0 || errno == EAGAIN;
}

static void end_sides(tcp_t *tcp)
{
    if (tcp->fin_asked && !tcp->fin_sent && tcp->tx.length == 0) {
        (void)shutdown(tcp->fd, SHUT_WR);
        tcp->fin_sent = true;
        tcp->since = harmony_clock();
    }
    if (!tcp->fin_sent)
        return;
    if (tcp->fin_came && harmony.time_wait_ms > 0) {
        tcp->state = TIME_WAIT;
        tcp->since = harmony_clock();
    } else if (tcp->fin_came) {
        over(tcp, false);
    } else if (harmony_clock() - tcp->since >= FIN_WAIT_MS) {
        over(tcp, true);
    }
}

static void go_on(tcp_t *tcp)
{
    if (tcp->state == LISTEN)
        try_accept(tcp);
    else if (tcp->state == SYN_SENT)
        await_answer(tcp);
    else if (tcp->state == TIME_WAIT && harmony_clock() - tcp->since >= harmony.time_wait_ms)
        over(tcp, false);
    if (tcp->state != CONNECTED)
        return;
    if (take_in(tcp) && give_out(tcp))
        end_sides(tcp);
    else
        over(tcp, true);
}

static nfds_t fill(struct pollfd *polls)
{
    nfds_t count = 0;

    for (unsigned i = 0; i < HARMONY_SOCKETS; i++) {
        const tcp_t *tcp = &sockets[i];
        const bool listens = tcp->state == LISTEN;
        const bool reads = tcp->state == CONNECTED && !tcp->fin_came && fifo_free(&tcp->rx) > 0;
        const bool writes =
            tcp->state == SYN_SENT || (tcp->state == CONNECTED && tcp->tx.length > 0);
        if (listens || ((reads || writes) && tcp->fd >= 0))
            polls[count++] = (struct pollfd){
                .fd = listens ? tcp->listener : tcp->fd,
                .events = (short)((listens || reads ? POLLIN : 0) | (writes ? POLLOUT : 0))};
    }
    return count;
}

void harmony_tasks(int milliseconds)
{
    struct pollfd polls[HARMONY_SOCKETS];

    harmony_enter();
    const nfds_t count = fill(polls);
    harmony_leave();
    if (milliseconds > 0)
        (void)poll(polls, count, milliseconds);
    harmony_enter();
    for (unsigned i = 0; i < HARMONY_SOCKETS; i++)
        go_on(&sockets[i]);
    harmony_pres_tasks();
    harmony_leave();
}

void harmony_end(void)
{
    for (unsigned i = 0; i < HARMONY_SOCKETS; i++) {
        if (sockets[i].state != CLOSED)
            hang_up(&sockets[i], true);
        sockets[i].state = CLOSED;
    }
    harmony_listener_close(0);
}

void harmony_begin(void)
{
    harmony_end();
    memset(&harmony, 0, sizeof harmony);
    harmony_dns_begin();
    harmony_pres_begin();
}

unsigned harmony_count(void)
{
    unsigned count = 0;

    for (unsigned i = 0; i < HARMONY_SOCKETS; i++)
        count += sockets[i].state != CLOSED;
    return count;
}

/* --------------------------------------------------------------------- opening */

static tcp_t *fresh(bool server)
{
    for (unsigned i = 0; i < HARMONY_SOCKETS; i++) {
        tcp_t *tcp = &sockets[i];
        if (tcp->state != CLOSED)
            continue;
        memset(tcp, 0, offsetof(tcp_t, rx));
        tcp->fd = -1;
        tcp->server = server;
        tcp->reset = true;
        tcp->rx.size = HARMONY_FIFO;
        tcp->tx.size = HARMONY_FIFO;
        fifo_empty(&tcp->rx);
        fifo_empty(&tcp->tx);
        return tcp;
    }
    return NULL;
}

TCP_SOCKET TCPIP_TCP_ServerOpen(IP_ADDRESS_TYPE addType, TCP_PORT localPort,
                                IP_MULTI_ADDRESS *localAddress)
{
    TCP_SOCKET handle = INVALID_SOCKET;

    (void)addType;
    harmony_enter();
    tcp_t *tcp = harmony.booting ? NULL : fresh(true);
    const int listener = tcp != NULL ? harmony_listener_at(localPort, localAddress) : -1;
    if (listener >= 0) {
        tcp->state = LISTEN;
        tcp->listener = listener;
        tcp->local_port = localPort;
        handle = (TCP_SOCKET)(tcp - sockets);
    }
    harmony_leave();
    return handle;
}

TCP_SOCKET TCPIP_TCP_ClientOpen(IP_ADDRESS_TYPE addType, TCP_PORT remotePort,
                                IP_MULTI_ADDRESS *remoteAddress)
{
    TCP_SOCKET handle = INVALID_SOCKET;

    harmony_enter();
    tcp_t *tcp = addType == IP_ADDRESS_TYPE_IPV4 && !harmony.booting ? fresh(false) : NULL;
    if (tcp != NULL) {
        tcp->state = SYN_SENT;
        tcp->remote_port = remotePort;
        tcp->remote = *remoteAddress;
        send_syn(tcp);
        handle = (TCP_SOCKET)(tcp - sockets);
    }
    harmony_leave();
    return handle;
}

/* Sizes travel in the pointer. */
bool TCPIP_TCP_OptionsSet(TCP_SOCKET hTCP, TCP_SOCKET_OPTION option, void *optParam)
{
    const uintptr_t size = (uintptr_t)optParam;
    const uintptr_t most = harmony.largest_fifo > 0 ? harmony.largest_fifo : FIFO_MEMORY;

    harmony_enter();
    tcp_t *tcp = find(hTCP);
    const bool good = tcp != NULL && size > 0 && size <= most && option != TCP_OPTION_NODELAY &&
                      tcp->rx.length == 0 && tcp->tx.length == 0;
    if (good && option == TCP_OPTION_RX_BUFF)
        tcp->rx.size = (uint16_t)size;
    else if (good)
        tcp->tx.size = (uint16_t)size;
    harmony_leave();
    return good;
}

bool TCPIP_TCP_SocketInfoGet(TCP_SOCKET hTCP, TCP_SOCKET_INFO *pInfo)
{
    harmony_enter();
    const tcp_t *tcp = find(hTCP);
    if (tcp != NULL)
        *pInfo = (TCP_SOCKET_INFO){.addressType = IP_ADDRESS_TYPE_IPV4,
                                   .remoteIPaddress = tcp->remote,
                                   .remotePort = tcp->remote_port,
                                   .localPort = tcp->local_port,
                                   .rxSize = tcp->rx.size,
                                   .txSize = tcp->tx.size,
                                   .rxPending = tcp->rx.length,
                                   .txPending = tcp->tx.length};
    harmony_leave();
    return tcp != NULL;
}

/* ----------------------------------------------------------------------- state */

/* ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT. */
static bool stands(const tcp_t *tcp)
{
    return tcp->state == CONNECTED && !(tcp->fin_came && tcp->fin_asked);
}

bool TCPIP_TCP_IsConnected(TCP_SOCKET hTCP)
{
    harmony_enter();
    const tcp_t *tcp = find(hTCP);
    const bool yes = tcp != NULL && stands(tcp);
    harmony_leave();
    return yes;
}

bool TCPIP_TCP_WasReset(TCP_SOCKET hTCP)
{
    const bool there = hTCP >= 0 && hTCP < HARMONY_SOCKETS && sockets[hTCP].state != CLOSED;

    harmony_enter();
    const bool yes = !there || sockets[hTCP].reset;
    if (there)
        sockets[hTCP].reset = false;
    harmony_leave();
    return yes;
}

bool TCPIP_TCP_WasDisconnected(TCP_SOCKET hTCP)
{
    harmony_enter();
    const tcp_t *tcp = find(hTCP);
    const bool yes = tcp == NULL || tcp->fin_came;
    harmony_leave();
    return yes;
}

/* ----------------------------------------------------------------------- bytes */

/* Another task comes in between. */
static void interrupted(void)
{
    void (*interrupt)(void) = harmony.interrupt;

    harmony.interrupt = NULL;
    if (interrupt != NULL)
        interrupt();
}

uint16_t TCPIP_TCP_GetIsReady(TCP_SOCKET hTCP)
{
    harmony_enter();
    const tcp_t *tcp = find(hTCP);
    const uint16_t count = tcp != NULL ? tcp->rx.length : 0;
    harmony_leave();
    return count;
}

uint16_t TCPIP_TCP_ArrayPeek(TCP_SOCKET hTCP, uint8_t *vBuffer, uint16_t wLen, uint16_t wStart)
{
    interrupted();
    harmony_enter();
    const tcp_t *tcp = find(hTCP);
    const uint16_t count = tcp != NULL ? fifo_peek(&tcp->rx, vBuffer, wLen, wStart) : 0;
    harmony_leave();
    return count;
}

uint16_t TCPIP_TCP_ArrayGet(TCP_SOCKET hTCP, uint8_t *buffer, uint16_t count)
{
    interrupted();
    harmony_enter();
    tcp_t *tcp = find(hTCP);
    const uint16_t got = tcp != NULL ? fifo_peek(&tcp->rx, buffer, count, 0) : 0;
    if (got > 0)
        fifo_drop(&tcp->rx, got);
    harmony_leave();
    return got;
}

uint16_t TCPIP_TCP_PutIsReady(TCP_SOCKET hTCP)
{
    harmony_enter();
    const tcp_t *tcp = find(hTCP);
    const uint16_t count = tcp != NULL && stands(tcp) && !tcp->fin_asked ? fifo_free(&tcp->tx) : 0;
    harmony_leave();
    return count;
}

uint16_t TCPIP_TCP_ArrayPut(TCP_SOCKET hTCP, const uint8_t *data, uint16_t length)
{
    uint16_t count = 0;

    interrupted();
    harmony_enter();
    tcp_t *tcp = find(hTCP);
    if (harmony.put_limit > 0)
        length = smaller(length, harmony.put_limit);
    if (tcp != NULL && stands(tcp) && !tcp->fin_asked) {
        count = fifo_put(&tcp->tx, data, length);
        tcp->put_at = harmony_clock();
    }
    harmony_leave();
    return count;
}

/* False also when there is nothing to send. */
bool TCPIP_TCP_Flush(TCP_SOCKET hTCP)
{
    harmony_enter();
    harmony.flushes++;
    tcp_t *tcp = find(hTCP);
    const bool any = tcp != NULL && stands(tcp) && tcp->tx.length > 0;
    if (any) {
        tcp->flushed = true;
        if (!give_out(tcp))
            over(tcp, true);
    }
    harmony_leave();
    return any;
}

/* ---------------------------------------------------------------------- ending */

/* A socket that is not connected has nothing to do, and says yes. */
bool TCPIP_TCP_Disconnect(TCP_SOCKET hTCP)
{
    bool good = false;

    interrupted();
    harmony_enter();
    tcp_t *tcp = find(hTCP);
    if (harmony.disconnects_off > 0)
        harmony.disconnects_off--;
    else
        good = tcp != NULL;
    if (good && stands(tcp))
        tcp->fin_asked = true;
    harmony_leave();
    return good;
}

#ifdef HARMONY_2025
static const bool aborts_in_time_wait = false;
#else
static const bool aborts_in_time_wait = true;
#endif

void TCPIP_TCP_Abort(TCP_SOCKET hTCP, bool killSocket)
{
    harmony_enter();
    tcp_t *tcp = find(hTCP);
    if (tcp != NULL && (tcp->state != TIME_WAIT || aborts_in_time_wait)) {
        tcp->closing = tcp->closing || killSocket;
        over(tcp, true);
    }
    harmony_leave();
}

/* A socket that waits for its end goes on waiting. Where FIN cannot go out it is RST. */
bool TCPIP_TCP_Close(TCP_SOCKET hTCP)
{
    harmony_enter();
    tcp_t *tcp = find(hTCP);
    if (tcp != NULL) {
        const bool fails = !tcp->fin_asked && harmony.disconnects_off > 0;
        tcp->closing = true;
        tcp->fin_asked = true;
        if (fails || (tcp->state != CONNECTED && tcp->state != TIME_WAIT))
            over(tcp, fails);
    }
    harmony_leave();
    return tcp != NULL;
}
