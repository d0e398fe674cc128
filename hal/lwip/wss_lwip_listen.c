/* SPDX-License-Identifier: MIT */
/*
 * Listening and accepting. A connection that stands waits in its listener's queue until the
 * engine accepts it; while the queue is full lwIP drops a SYN, and the peer sends it again. It
 * must not know how bytes move.
 */
#include "wss_lwip_internal.h"

enum { QUEUE = WSS_LWIP_LISTENERS * WSS_LWIP_BACKLOG };

_Static_assert(QUEUE <= UINT8_MAX && WSS_LWIP_BACKLOG <= UINT8_MAX, "too many may wait");

/* -------------------------------------------------------------------- the queue */

/* Never full: each listener has its share of it as its backlog. */
static err_t accepted(void *argument, struct tcp_pcb *pcb, err_t error)
{
    wss_lwip_t *lwip = argument;

    for (unsigned i = 0; error == ERR_OK && i < QUEUE; i++) {
        wss_lwip_socket_t *socket = &lwip->queue[i];
        if (socket->pcb != NULL)
            continue;
        tcp_backlog_delayed(pcb);
        wss_lwip_socket_begin(socket, lwip, NULL);
        wss_lwip_socket_attach(socket, pcb);
        wss_lwip_signal(lwip);
        return ERR_OK;
    }
    return ERR_MEM;
}

/* Not always the same one first, so that none waits for ever. QUEUE: there is none. */
static unsigned next_connection(const wss_lwip_t *lwip)
{
    for (unsigned i = 0; i < QUEUE && lwip->accepting; i++) {
        const unsigned at = (lwip->next_queued + i) % QUEUE;
        if (lwip->queue[at].pcb != NULL)
            return at;
    }
    return QUEUE;
}

bool wss_lwip_acceptable(const wss_lwip_t *lwip)
{
    return next_connection(lwip) < QUEUE && wss_lwip_stream_find(lwip) != NULL;
}

wss_stream_t *wss_lwip_accept(void *context, void *owner)
{
    wss_lwip_t *lwip = context;
    wss_lwip_stream_t *stream = wss_lwip_stream_find(lwip);
    const unsigned at = next_connection(lwip);

    if (at == QUEUE || stream == NULL)
        return NULL;
    lwip->next_queued = (uint8_t)((at + 1) % QUEUE);
    tcp_backlog_accepted(lwip->queue[at].pcb);
    wss_lwip_stream_use(stream, owner, WSS_PHASE_UP);
    wss_lwip_socket_move(&lwip->queue[at], &stream->socket);
    ip_addr_copy(stream->address, stream->socket.pcb->remote_ip);
    stream->port = stream->socket.pcb->remote_port;
    return &stream->base;
}

void wss_lwip_accepting(void *context, bool on)
{
    wss_lwip_t *lwip = context;

    lwip->accepting = on;
}

/* -------------------------------------------------------------------- the ports */

static struct tcp_pcb **find_free(wss_lwip_t *lwip)
{
    for (unsigned i = 0; i < WSS_LWIP_LISTENERS; i++)
        if (lwip->listeners[i] == NULL)
            return &lwip->listeners[i];
    return NULL;
}

/* lwIP makes another, smaller connection block of that which listens. NULL: `error` says why. */
static struct tcp_pcb *bind_and_listen(struct tcp_pcb *pcb, const ip_addr_t *address, uint16_t port,
                                       err_t *error)
{
    struct tcp_pcb *listener = NULL;

#if SO_REUSE
    ip_set_option(pcb, SOF_REUSEADDR);
#endif
    *error = tcp_bind(pcb, address, port);
    if (*error == ERR_OK)
        listener = tcp_listen_with_backlog_and_err(pcb, WSS_LWIP_BACKLOG, error);
    if (listener == NULL)
        (void)tcp_close(pcb);
    return listener;
}

wss_result_t wss_lwip_listen(void *context, const wss_endpoint_t *where, uint16_t *port)
{
    struct tcp_pcb **listener = find_free(context);
    ip_addr_t address = *IP_ANY_TYPE;
    err_t error;

    if (listener == NULL)
        return WSS_ERR_FULL;
    if (where->address != NULL && !ipaddr_aton(where->address, &address))
        return WSS_ERR_ADDRESS;
    struct tcp_pcb *pcb = tcp_new_ip_type(IP_GET_TYPE(&address));
    if (pcb == NULL)
        return WSS_ERR_FULL;
    *listener = bind_and_listen(pcb, &address, where->port, &error);
    if (*listener == NULL)
        return error == ERR_MEM || error == ERR_BUF ? WSS_ERR_FULL : WSS_ERR_ADDRESS;
    tcp_arg(*listener, context);
    tcp_accept(*listener, accepted);
    *port = (*listener)->local_port;
    return WSS_OK;
}

void wss_lwip_unlisten(void *context)
{
    wss_lwip_t *lwip = context;

    for (unsigned i = 0; i < WSS_LWIP_LISTENERS; i++) {
        if (lwip->listeners[i] != NULL)
            (void)tcp_close(lwip->listeners[i]);
        lwip->listeners[i] = NULL;
    }
    for (unsigned i = 0; i < QUEUE; i++)
        wss_lwip_socket_abort(&lwip->queue[i]);
}
