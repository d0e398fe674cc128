/* SPDX-License-Identifier: MIT */
/*
 * A stream's socket and bytes on NET_PRES, whose encryption provider can do TLS. Its writes
 * promise nothing beforehand, so what was accepted waits in a ring of ours. The state of the
 * connection is asked of the TCP socket below. It must not know the engine.
 */
#include "wss_pic32_internal.h"

#if WSS_PIC32_NET_PRES

#include "net_pres/pres/net_pres_socketapi.h"

#include <string.h>

enum { SCRATCH = 64, NO_HANDLE = 0 };

static uint16_t smaller(uint16_t a, uint16_t b)
{
    return a < b ? a : b;
}

/* ---------------------------------------------------------------------- life */

/* Types of addresses pass through NET_PRES as they are. A fresh socket reports a reset that
 * never was. */
static bool open_socket(wss_pic32_stream_t *stream, NET_PRES_SKT_T type, IP_ADDRESS_TYPE family,
                        uint16_t port, const IP_MULTI_ADDRESS *address)
{
    NET_PRES_ADDRESS copy;
    NET_PRES_SKT_ERROR_T error;

    memset(&copy, 0, sizeof copy);
    if (address != NULL)
        memcpy(&copy, address, sizeof *address < sizeof copy ? sizeof *address : sizeof copy);
    stream->handle = NET_PRES_SocketOpen(0, type, (NET_PRES_SKT_ADDR_T)family, port,
                                         address != NULL ? &copy : NULL, &error);
    if (stream->handle < 1) {
        stream->handle = NO_HANDLE;
        return false;
    }
    stream->socket = (TCP_SOCKET)NET_PRES_SocketGetTransportHandle(stream->handle);
    (void)TCPIP_TCP_WasReset(stream->socket);
    if (wss_pic32_socket_resize(stream))
        return true;
    wss_pic32_socket_close(stream, true);
    return false;
}

bool wss_pic32_socket_serve(wss_pic32_stream_t *stream, const wss_pic32_listener_t *listener)
{
    stream->server = true;
    stream->mortal = false;
    if (listener->anywhere)
        return open_socket(stream, NET_PRES_SKT_UNENCRYPTED_STREAM_SERVER, IP_ADDRESS_TYPE_ANY,
                           listener->port, NULL);
    return open_socket(stream, NET_PRES_SKT_UNENCRYPTED_STREAM_SERVER, IP_ADDRESS_TYPE_IPV4,
                       listener->port, &listener->address);
}

bool wss_pic32_socket_call(wss_pic32_stream_t *stream, const IP_MULTI_ADDRESS *address)
{
    stream->server = false;
    stream->mortal = true;
    return open_socket(stream, NET_PRES_SKT_UNENCRYPTED_STREAM_CLIENT, IP_ADDRESS_TYPE_IPV4,
                       stream->peer_port, address);
}

/* A socket is made an encrypted one once; then NET_PRES begins each connection's handshake itself.
 */
static bool is_encrypted(const wss_pic32_stream_t *stream)
{
    return NET_PRES_SocketEncryptSocket(stream->handle) ||
           NET_PRES_SocketIsNegotiatingEncryption(stream->handle) ||
           NET_PRES_SocketIsSecure(stream->handle);
}

wss_phase_t wss_pic32_socket_start(wss_pic32_stream_t *stream)
{
    stream->capacity = stream->pic32->config.send_room;
    stream->queue_first = 0;
    stream->queue_length = 0;
    if (stream->server)
        stream->secure = stream->pic32->config.tls;
    if (!stream->secure)
        return WSS_PHASE_UP;
    return is_encrypted(stream) ? WSS_PHASE_LAYERING : WSS_PHASE_FAILED;
}

/* The provider does not look for the end of a peer that it waits for. */
wss_phase_t wss_pic32_socket_layer(wss_pic32_stream_t *stream)
{
    const bool left = wss_pic32_socket_ended(stream) && TCPIP_TCP_GetIsReady(stream->socket) == 0;

    if (NET_PRES_SocketIsNegotiatingEncryption(stream->handle))
        return left ? WSS_PHASE_FAILED : WSS_PHASE_LAYERING;
    return NET_PRES_SocketIsSecure(stream->handle) ? WSS_PHASE_UP : WSS_PHASE_FAILED;
}

/* TCP goes on with what it has, if anything. */
static void close_handle(wss_pic32_stream_t *stream)
{
    if (stream->handle != NO_HANDLE)
        NET_PRES_SocketClose(stream->handle);
    stream->handle = NO_HANDLE;
}

/* TCP would listen again while NET_PRES has the old session, for a newcomer. So a server's session
 * ends with our FIN, and its socket with its connection. */
void wss_pic32_socket_finished(wss_pic32_stream_t *stream)
{
    TCP_SOCKET_INFO info;

    if (!stream->secure || !stream->server || !wss_pic32_socket_info(stream, &info))
        return;
    stream->local_port = info.localPort;
    stream->peer_port = info.remotePort;
    stream->mortal = true;
    close_handle(stream);
}

/* NET_PRES has no other way to give its place back. */
void wss_pic32_socket_drop(wss_pic32_stream_t *stream)
{
    close_handle(stream);
    stream->socket = INVALID_SOCKET;
}

/* A client's TCP socket does not survive a reset, and NET_PRES would close it once more. */
void wss_pic32_socket_close(wss_pic32_stream_t *stream, bool reset)
{
    if (reset && stream->server)
        (void)TCPIP_TCP_Abort(stream->socket, stream->mortal);
    close_handle(stream);
    stream->socket = INVALID_SOCKET;
}

/* ------------------------------------------------------------------ receiving */

/* The session has ended with our FIN. */
static bool is_deaf(const wss_pic32_stream_t *stream)
{
    return stream->handle == NO_HANDLE;
}

bool wss_pic32_socket_readable(wss_pic32_stream_t *stream)
{
    return !is_deaf(stream) && NET_PRES_SocketReadIsReady(stream->handle) > 0;
}

uint16_t wss_pic32_socket_peek(wss_pic32_stream_t *stream, uint8_t *buffer, uint16_t capacity)
{
    return is_deaf(stream) ? 0 : NET_PRES_SocketPeek(stream->handle, buffer, capacity);
}

void wss_pic32_socket_discard(wss_pic32_stream_t *stream, uint16_t count)
{
    uint8_t scratch[SCRATCH];
    uint16_t got = 1;

    if (is_deaf(stream))
        return;
    while (count > 0 && got > 0) {
        got = NET_PRES_SocketRead(stream->handle, scratch, smaller(count, SCRATCH));
        count = (uint16_t)(count - got);
    }
}

/* -------------------------------------------------------------------- sending */

static uint8_t *ring_of(const wss_pic32_stream_t *stream)
{
    const wss_pic32_config_t *config = &stream->pic32->config;

    return config->send_memory + (size_t)(stream - config->streams) * config->send_room;
}

uint16_t wss_pic32_socket_room(const wss_pic32_stream_t *stream)
{
    return (uint16_t)(stream->capacity - stream->queue_length);
}

uint16_t wss_pic32_socket_put(wss_pic32_stream_t *stream, const uint8_t *data, uint16_t length)
{
    const uint16_t size = stream->capacity;
    const uint16_t count = smaller(length, wss_pic32_socket_room(stream));
    const uint16_t end = (uint16_t)(((uint32_t)stream->queue_first + stream->queue_length) % size);
    const uint16_t first = smaller(count, (uint16_t)(size - end));

    memcpy(ring_of(stream) + end, data, first);
    memcpy(ring_of(stream), data + first, (size_t)(count - first));
    stream->queue_length = (uint16_t)(stream->queue_length + count);
    return count;
}

/* What it did not take is offered again from the same place, as TLS demands. False: it is
 * full. */
static bool push(wss_pic32_stream_t *stream)
{
    const uint16_t size = stream->capacity;
    const uint16_t first = smaller(stream->queue_length, (uint16_t)(size - stream->queue_first));
    const uint16_t count =
        first > 0
            ? NET_PRES_SocketWrite(stream->handle, ring_of(stream) + stream->queue_first, first)
            : 0;

    stream->queue_first = (uint16_t)(((uint32_t)stream->queue_first + count) % size);
    stream->queue_length = (uint16_t)(stream->queue_length - count);
    return count == first;
}

void wss_pic32_socket_flush(wss_pic32_stream_t *stream)
{
    if (push(stream))
        (void)push(stream);
    (void)NET_PRES_SocketFlush(stream->handle);
}

/* What nobody reads any more would keep the peer's FIN away. */
void wss_pic32_socket_drain(wss_pic32_stream_t *stream)
{
    if (is_deaf(stream))
        (void)TCPIP_TCP_ArrayGet(stream->socket, NULL, UINT16_MAX);
    else if (stream->queue_length > 0)
        wss_pic32_socket_flush(stream);
}

#endif
