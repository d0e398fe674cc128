/* SPDX-License-Identifier: MIT */
/*
 * lwIP's callbacks, and the bytes that they bring: they stay in lwIP's buffers until they are
 * consumed, and the window opens by what is consumed. lwIP frees a connection that is lost, so
 * it is forgotten in the callback that says so. It must not know the engine.
 */
#include "wss_lwip_internal.h"

#include <string.h>

enum {
    BUFFER = LWIP_MEM_ALIGN_SIZE(PBUF_POOL_BUFSIZE), /* what one of lwIP's buffers holds */
    SLACK = 2                                        /* buffers more than the bytes need */
};

void wss_lwip_socket_begin(wss_lwip_socket_t *socket, wss_lwip_t *lwip, wss_lwip_stream_t *stream)
{
    *socket = (wss_lwip_socket_t){.lwip = lwip, .stream = stream};
}

static void tell(wss_lwip_socket_t *socket)
{
    if (socket->stream != NULL)
        wss_lwip_stream_event(socket->stream);
    wss_lwip_signal(socket->lwip);
}

/* ------------------------------------------------------------------- gathering */

/* A small packet keeps a whole buffer of lwIP's pool, which all connections share. Where that
 * becomes too much, packets that come are copied into buffers that get full. */

static bool is_thrifty(const wss_lwip_socket_t *socket, const struct pbuf *packet)
{
    const struct pbuf *received = socket->received;
    const uint32_t bytes = (uint32_t)received->tot_len + packet->tot_len;

    return (uint32_t)pbuf_clen(received) + pbuf_clen(packet) <= SLACK + bytes / BUFFER;
}

/* The first bytes of the packet go behind the last received one. */
static void fill_spare(wss_lwip_socket_t *socket, const struct pbuf *packet, uint16_t count)
{
    struct pbuf *last = socket->received;

    for (; last->next != NULL; last = last->next)
        last->tot_len = (uint16_t)(last->tot_len + count);
    (void)pbuf_copy_partial(packet, (uint8_t *)last->payload + last->len, count, 0);
    last->tot_len = (uint16_t)(last->tot_len + count);
    last->len = (uint16_t)(last->len + count);
    socket->spare = (uint16_t)(socket->spare - count);
}

/* The bytes from `offset` on, in buffers of their own; how much room the last has left. */
static struct pbuf *copy_rest(const struct pbuf *packet, uint16_t offset, uint16_t *spare)
{
    struct pbuf *copy = pbuf_alloc(PBUF_RAW, (uint16_t)(packet->tot_len - offset), PBUF_POOL);

    for (struct pbuf *part = copy; part != NULL; part = part->next) {
        (void)pbuf_copy_partial(packet, part->payload, part->len, offset);
        offset = (uint16_t)(offset + part->len);
        *spare = (uint16_t)(BUFFER - part->len);
    }
    return copy;
}

static bool gather(wss_lwip_socket_t *socket, struct pbuf *packet)
{
    const uint16_t length = packet->tot_len;
    const uint16_t first = length < socket->spare ? length : socket->spare;
    struct pbuf *rest = NULL;
    uint16_t spare = 0;

    if (first < length) {
        rest = copy_rest(packet, first, &spare);
        if (rest == NULL)
            return false;
    }
    if (first > 0)
        fill_spare(socket, packet, first);
    if (rest != NULL) {
        pbuf_cat(socket->received, rest);
        socket->spare = spare;
    }
    (void)pbuf_free(packet);
    return true;
}

/* Whether lwIP offers a packet again that was not kept. Where our side has ended it may not, nor
 * tell of the end: what comes last brings it to TIME-WAIT. */
static bool comes_again(const wss_lwip_socket_t *socket)
{
    return socket->pcb->state == ESTABLISHED || socket->pcb->state == CLOSE_WAIT;
}

/* False: there is no memory. */
static bool keep(wss_lwip_socket_t *socket, struct pbuf *packet)
{
    if (socket->received == NULL) {
        socket->received = packet;
        return true;
    }
    if (packet->tot_len > UINT16_MAX - socket->received->tot_len)
        return false;
    if (!is_thrifty(socket, packet)) {
        if (gather(socket, packet))
            return true;
        if (comes_again(socket))
            return false;
    }
    pbuf_cat(socket->received, packet);
    socket->spare = 0;
    return true;
}

/* ------------------------------------------------------------------- callbacks */

static bool lingers(const wss_lwip_socket_t *socket)
{
    return socket->stream != NULL && socket->stream->life == WSS_LWIP_LINGERS;
}

/* A packet that is not kept comes again with lwIP's next timer. */
static err_t received(void *argument, struct tcp_pcb *pcb, struct pbuf *packet, err_t error)
{
    wss_lwip_socket_t *socket = argument;

    (void)error;
    if (packet == NULL) {
        socket->ended = true;
    } else if (lingers(socket)) {
        tcp_recved(pcb, packet->tot_len);
        (void)pbuf_free(packet);
    } else if (!keep(socket, packet)) {
        return ERR_MEM;
    }
    tell(socket);
    return ERR_OK;
}

static err_t sent(void *argument, struct tcp_pcb *pcb, u16_t length)
{
    wss_lwip_socket_t *socket = argument;

    (void)pcb;
    if (socket->stream != NULL)
        wss_lwip_send_acknowledged(socket->stream, length);
    tell(socket);
    return ERR_OK;
}

/* lwIP has freed the connection. ERR_CLSD: both sides had ended it, and all was acknowledged. */
static void lost(void *argument, err_t error)
{
    wss_lwip_socket_t *socket = argument;

    socket->pcb = NULL;
    socket->lost = (int8_t)(error == ERR_CLSD ? ERR_OK : error);
    if (socket->stream == NULL)
        wss_lwip_socket_discard_all(socket);
    tell(socket);
}

void wss_lwip_socket_attach(wss_lwip_socket_t *socket, struct tcp_pcb *pcb)
{
    socket->pcb = pcb;
    tcp_arg(pcb, socket);
    tcp_recv(pcb, received);
    tcp_sent(pcb, sent);
    tcp_err(pcb, lost);
    tcp_nagle_disable(pcb);
}

struct tcp_pcb *wss_lwip_socket_detach(wss_lwip_socket_t *socket)
{
    struct tcp_pcb *pcb = socket->pcb;

    tcp_arg(pcb, NULL);
    tcp_recv(pcb, NULL);
    tcp_sent(pcb, NULL);
    tcp_err(pcb, NULL);
    socket->pcb = NULL;
    return pcb;
}

void wss_lwip_socket_move(wss_lwip_socket_t *from, wss_lwip_socket_t *to)
{
    wss_lwip_stream_t *stream = to->stream;

    *to = *from;
    to->stream = stream;
    wss_lwip_socket_begin(from, to->lwip, NULL);
    tcp_arg(to->pcb, to);
}

/* ----------------------------------------------------------------------- bytes */

uint16_t wss_lwip_socket_peek(const wss_lwip_socket_t *socket, uint8_t *buffer, uint32_t capacity)
{
    const uint16_t most = capacity < UINT16_MAX ? (uint16_t)capacity : UINT16_MAX;

    return pbuf_copy_partial(socket->received, buffer, most, 0);
}

void wss_lwip_socket_discard(wss_lwip_socket_t *socket, uint16_t count)
{
    socket->received = pbuf_free_header(socket->received, count);
    if (socket->received == NULL)
        socket->spare = 0;
    if (socket->pcb != NULL)
        tcp_recved(socket->pcb, count);
}

void wss_lwip_socket_discard_all(wss_lwip_socket_t *socket)
{
    if (socket->received != NULL)
        wss_lwip_socket_discard(socket, socket->received->tot_len);
}

void wss_lwip_socket_abort(wss_lwip_socket_t *socket)
{
    if (socket->pcb != NULL)
        tcp_abort(wss_lwip_socket_detach(socket));
    wss_lwip_socket_discard_all(socket);
}
