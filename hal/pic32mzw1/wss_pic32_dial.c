/* SPDX-License-Identifier: MIT */
/*
 * Connecting. The stack ignores a refusal and tries for ever, so a time limit of our own is
 * the only end; it covers the lookup of the name, too. It must not know how bytes move.
 */
#include "wss_pic32_internal.h"

#include <string.h>

enum { NAME_SIZE = 64 }; /* of the stack's, with the terminating 0 */

/* A stream without a socket; else one that listens, best without a connection. */
static wss_pic32_stream_t *find_stream(wss_pic32_t *pic32)
{
    wss_pic32_stream_t *best = NULL;

    for (uint8_t i = 0; i < pic32->config.stream_count; i++) {
        wss_pic32_stream_t *stream = &pic32->config.streams[i];
        if (stream->life == WSS_PIC32_CLOSED)
            return stream;
        if (stream->life == WSS_PIC32_IDLE && (best == NULL || !wss_pic32_socket_connected(stream)))
            best = stream;
    }
    if (best != NULL)
        wss_pic32_socket_close(best, true);
    return best;
}

static void call(wss_pic32_stream_t *stream, const IP_MULTI_ADDRESS *address)
{
    stream->host = NULL;
    if (!wss_pic32_socket_call(stream, address))
        wss_pic32_stream_fail(stream, "The TCP/IP stack has no socket, or no memory for it.");
}

/* ----------------------------------------------------------------------- names */

#if WSS_PIC32_DNS

/* The stack keeps a failure until it is told to forget it. */
static void lookup_failed(wss_pic32_stream_t *stream, const char *reason)
{
    (void)TCPIP_DNS_RemoveEntry(stream->host);
    wss_pic32_stream_fail(stream, reason);
}

static void lookup_begin(wss_pic32_stream_t *stream, const char *host)
{
    if (strlen(host) >= NAME_SIZE) {
        wss_pic32_stream_fail(stream, "The host name is too long.");
        return;
    }
    stream->host = host;
    const TCPIP_DNS_RESULT result = TCPIP_DNS_Resolve(host, TCPIP_DNS_TYPE_A);
    if (result == TCPIP_DNS_RES_NAME_IS_IPADDRESS)
        wss_pic32_stream_fail(stream, "Only IPv4 addresses can be called.");
    else if (result < 0)
        lookup_failed(stream, "The host name cannot be looked up.");
}

static void lookup_poll(wss_pic32_stream_t *stream)
{
    IP_MULTI_ADDRESS address;
    const TCPIP_DNS_RESULT result =
        TCPIP_DNS_IsResolved(stream->host, &address, IP_ADDRESS_TYPE_IPV4);

    if (result == TCPIP_DNS_RES_OK)
        call(stream, &address);
    else if (result < 0)
        lookup_failed(stream, "The host name is not known.");
}

#else

static void lookup_failed(wss_pic32_stream_t *stream, const char *reason)
{
    wss_pic32_stream_fail(stream, reason);
}

static void lookup_begin(wss_pic32_stream_t *stream, const char *host)
{
    (void)host;
    wss_pic32_stream_fail(stream, "Host names are not looked up; give a numeric address.");
}

static void lookup_poll(wss_pic32_stream_t *stream)
{
    (void)stream;
}

#endif

/* ------------------------------------------------------------------- connecting */

static const char *obstacle(const wss_dial_t *whom)
{
#if WSS_PIC32_NET_PRES
    (void)whom;
    return NULL;
#else
    return whom->secure ? "This port has no TLS." : NULL;
#endif
}

wss_stream_t *wss_pic32_connect(void *context, const wss_dial_t *whom, void *owner)
{
    wss_pic32_stream_t *stream = find_stream(context);
    const char *problem = obstacle(whom);
    IP_MULTI_ADDRESS address;

    if (stream == NULL)
        return NULL;
    stream->socket = INVALID_SOCKET;
    stream->server = false;
    stream->listener = WSS_PIC32_LISTENERS;
    wss_pic32_stream_use(stream, owner, WSS_PHASE_CONNECTING);
    stream->since = wss_pic32_now(context);
    stream->peer_port = whom->port;
    stream->secure = whom->secure;
    if (problem != NULL)
        wss_pic32_stream_fail(stream, problem);
    else if (wss_pic32_address_parse(whom->host, &address))
        call(stream, &address);
    else
        lookup_begin(stream, whom->host);
    return &stream->base;
}

/* The socket stands, the connection not yet. */
static void dialled_poll(wss_pic32_stream_t *stream)
{
    TCP_SOCKET_INFO info;

    if (wss_pic32_socket_was_reset(stream)) {
        wss_pic32_socket_drop(stream);
        wss_pic32_stream_fail(stream, "The connection failed.");
        return;
    }
    if (!wss_pic32_socket_connected(stream) || !wss_pic32_socket_info(stream, &info))
        return;
    stream->local_port = info.localPort;
    wss_pic32_stream_up(stream);
    stream->phase_changed = true;
}

static void connecting_poll(wss_pic32_stream_t *stream)
{
    const uint32_t passed = wss_pic32_now(stream->pic32) - stream->since;

    if (stream->host != NULL)
        lookup_poll(stream);
    else
        dialled_poll(stream);
    if (stream->phase != WSS_PHASE_CONNECTING || passed < stream->pic32->config.connect_ms)
        return;
    if (stream->host != NULL) {
        lookup_failed(stream, "The host name was not looked up in time.");
        return;
    }
    wss_pic32_socket_close(stream, true);
    wss_pic32_stream_fail(stream, "The peer does not answer.");
}

void wss_pic32_dial_poll(wss_pic32_stream_t *stream)
{
    if (WSS_CFG_CLIENT && stream->phase == WSS_PHASE_CONNECTING) {
        connecting_poll(stream);
        return;
    }
    if (wss_pic32_stream_lost(stream))
        return;
    const wss_phase_t phase = wss_pic32_socket_layer(stream);
    if (phase == WSS_PHASE_FAILED) {
        wss_pic32_stream_fail(stream, "The TLS handshake failed.");
        return;
    }
    stream->phase_changed = phase != WSS_PHASE_LAYERING;
    stream->phase = (uint8_t)phase;
}
