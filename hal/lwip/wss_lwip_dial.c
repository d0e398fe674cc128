/* SPDX-License-Identifier: MIT */
/*
 * Connecting, by address or by name. It must not know how bytes move.
 */
#include "wss_lwip_internal.h"

#include <string.h>

#if LWIP_DNS
#include "lwip/dns.h"
#endif

const char *wss_lwip_dial_failure(int8_t lost)
{
    return lost == ERR_RST ? "The peer refused the connection." : "The peer does not answer.";
}

static err_t connected(void *argument, struct tcp_pcb *pcb, err_t error)
{
    wss_lwip_socket_t *socket = argument;

    (void)pcb, (void)error;
    wss_lwip_stream_up(socket->stream);
    wss_lwip_signal(socket->lwip);
    return ERR_OK;
}

static void call(wss_lwip_stream_t *stream, const ip_addr_t *address)
{
    struct tcp_pcb *pcb = tcp_new_ip_type(IP_GET_TYPE(address));

    stream->host = NULL;
    if (pcb == NULL) {
        wss_lwip_stream_fail(stream, "lwIP has no connection left.");
        return;
    }
    ip_addr_copy(stream->address, *address);
    wss_lwip_socket_attach(&stream->socket, pcb);
    const err_t error = tcp_connect(pcb, address, stream->port, connected);
    if (error != ERR_OK)
        wss_lwip_stream_fail(stream, error == ERR_RTE ? "There is no route to the peer."
                                                      : "lwIP cannot connect now.");
}

/* ----------------------------------------------------------------------- names */

#if LWIP_DNS

/* A lookup cannot be called off: by now the stream may want another name, or none. The name may be
 * as somebody else wrote it who asked at the same time. */
static void found(const char *name, const ip_addr_t *address, void *argument)
{
    wss_lwip_stream_t *stream = argument;

    if (stream->life != WSS_LWIP_USED || stream->host == NULL ||
        lwip_stricmp(stream->host, name) != 0)
        return;
    if (address != NULL)
        call(stream, address);
    else
        wss_lwip_stream_fail(stream, "The host name is not known.");
    wss_lwip_signal(stream->socket.lwip);
}

static void look_up(wss_lwip_stream_t *stream, const char *host)
{
    ip_addr_t address;

    stream->host = host;
    const err_t result = dns_gethostbyname(host, &address, found, stream);
    if (result == ERR_OK)
        call(stream, &address);
    else if (result != ERR_INPROGRESS)
        wss_lwip_stream_fail(stream, "The host name cannot be looked up.");
}

#else

static void look_up(wss_lwip_stream_t *stream, const char *host)
{
    ip_addr_t address;

    if (ipaddr_aton(host, &address))
        call(stream, &address);
    else
        wss_lwip_stream_fail(stream, "Host names are not looked up; give a numeric address.");
}

#endif

wss_stream_t *wss_lwip_connect(void *context, const wss_dial_t *whom, void *owner)
{
    wss_lwip_stream_t *stream = wss_lwip_stream_find(context);

    if (stream == NULL)
        return NULL;
    wss_lwip_stream_use(stream, owner, WSS_PHASE_CONNECTING);
    stream->since = sys_now();
    stream->port = whom->port;
    if (whom->secure)
        wss_lwip_stream_fail(stream, "This port has no TLS.");
    else
        look_up(stream, whom->host);
    return &stream->base;
}
