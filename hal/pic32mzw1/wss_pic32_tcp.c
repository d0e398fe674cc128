/* SPDX-License-Identifier: MIT */
/*
 * A stream's socket and bytes on TCPIP_TCP. Its FIFOs are all the buffers there are. It must
 * not know the engine.
 */
#include "wss_pic32_internal.h"

#if !WSS_PIC32_NET_PRES

/* A fresh socket reports a reset that never was. */
static bool prepare(wss_pic32_stream_t *stream)
{
    if (stream->socket == INVALID_SOCKET)
        return false;
    (void)TCPIP_TCP_WasReset(stream->socket);
    if (wss_pic32_socket_resize(stream))
        return true;
    wss_pic32_socket_close(stream, true);
    return false;
}

bool wss_pic32_socket_serve(wss_pic32_stream_t *stream, const wss_pic32_listener_t *listener)
{
    IP_MULTI_ADDRESS address = listener->address;

    stream->server = true;
    stream->mortal = false;
    stream->socket = listener->anywhere
                         ? TCPIP_TCP_ServerOpen(IP_ADDRESS_TYPE_ANY, listener->port, NULL)
                         : TCPIP_TCP_ServerOpen(IP_ADDRESS_TYPE_IPV4, listener->port, &address);
    return prepare(stream);
}

bool wss_pic32_socket_call(wss_pic32_stream_t *stream, const IP_MULTI_ADDRESS *address)
{
    IP_MULTI_ADDRESS copy = *address;

    stream->server = false;
    stream->mortal = true;
    stream->socket = TCPIP_TCP_ClientOpen(IP_ADDRESS_TYPE_IPV4, stream->peer_port, &copy);
    return prepare(stream);
}

wss_phase_t wss_pic32_socket_start(wss_pic32_stream_t *stream)
{
    stream->capacity = TCPIP_TCP_PutIsReady(stream->socket);
    return WSS_PHASE_UP;
}

wss_phase_t wss_pic32_socket_layer(wss_pic32_stream_t *stream)
{
    (void)stream;
    return WSS_PHASE_UP;
}

bool wss_pic32_socket_readable(wss_pic32_stream_t *stream)
{
    return TCPIP_TCP_GetIsReady(stream->socket) > 0;
}

uint16_t wss_pic32_socket_peek(wss_pic32_stream_t *stream, uint8_t *buffer, uint16_t capacity)
{
    return TCPIP_TCP_ArrayPeek(stream->socket, buffer, capacity, 0);
}

void wss_pic32_socket_discard(wss_pic32_stream_t *stream, uint16_t count)
{
    (void)TCPIP_TCP_ArrayGet(stream->socket, NULL, count);
}

uint16_t wss_pic32_socket_room(const wss_pic32_stream_t *stream)
{
    return TCPIP_TCP_PutIsReady(stream->socket);
}

uint16_t wss_pic32_socket_put(wss_pic32_stream_t *stream, const uint8_t *data, uint16_t length)
{
    uint16_t done = 0;
    uint16_t count = 1;

    while (done < length && count > 0) {
        count = TCPIP_TCP_ArrayPut(stream->socket, data + done, (uint16_t)(length - done));
        done = (uint16_t)(done + count);
    }
    return done;
}

void wss_pic32_socket_flush(wss_pic32_stream_t *stream)
{
    (void)TCPIP_TCP_Flush(stream->socket);
}

/* After an acknowledgement the rest would wait for the stack's timer. */
void wss_pic32_socket_drain(wss_pic32_stream_t *stream)
{
    const uint16_t room = TCPIP_TCP_PutIsReady(stream->socket);

    if (room > stream->room && room < stream->capacity)
        (void)TCPIP_TCP_Flush(stream->socket);
}

void wss_pic32_socket_finished(wss_pic32_stream_t *stream)
{
    (void)stream;
}

/* Its index may be another module's by now. */
void wss_pic32_socket_drop(wss_pic32_stream_t *stream)
{
    stream->socket = INVALID_SOCKET;
}

/* A client's is no more after the abort. A server's in TIME_WAIT would listen again. */
void wss_pic32_socket_close(wss_pic32_stream_t *stream, bool reset)
{
    if (reset)
        (void)TCPIP_TCP_Abort(stream->socket, !stream->server);
    if (!reset || stream->server)
        (void)TCPIP_TCP_Close(stream->socket);
    stream->socket = INVALID_SOCKET;
}

#endif
