/* SPDX-License-Identifier: MIT */
/*
 * What the stack says of a TCP socket. It must not know what the socket is used for.
 */
#include "wss_pic32_internal.h"

/* A socket that ends with its connection: another module may get its index. */
static bool is_ours(const wss_pic32_stream_t *stream)
{
    TCP_SOCKET_INFO info;

    return wss_pic32_socket_info(stream, &info) && info.localPort == stream->local_port &&
           info.remotePort == stream->peer_port;
}

bool wss_pic32_socket_was_reset(wss_pic32_stream_t *stream)
{
    return TCPIP_TCP_WasReset(stream->socket) ||
           (stream->mortal && stream->phase != WSS_PHASE_CONNECTING && !is_ours(stream));
}

bool wss_pic32_socket_connected(const wss_pic32_stream_t *stream)
{
    return TCPIP_TCP_IsConnected(stream->socket);
}

bool wss_pic32_socket_ended(const wss_pic32_stream_t *stream)
{
    return TCPIP_TCP_WasDisconnected(stream->socket);
}

/* NET_PRES's own would free the session, which its Close then frees once more. */
bool wss_pic32_socket_finish(const wss_pic32_stream_t *stream)
{
    return TCPIP_TCP_Disconnect(stream->socket);
}

/* In TIME_WAIT the stack of 2025 aborts nothing. */
bool wss_pic32_socket_reset(const wss_pic32_stream_t *stream)
{
    (void)TCPIP_TCP_Abort(stream->socket, false);
    return TCPIP_TCP_WasReset(stream->socket);
}

bool wss_pic32_socket_info(const wss_pic32_stream_t *stream, TCP_SOCKET_INFO *info)
{
    return TCPIP_TCP_SocketInfoGet(stream->socket, info);
}

static void set_size(const wss_pic32_stream_t *stream, TCP_SOCKET_OPTION option, uint32_t size)
{
    (void)TCPIP_TCP_OptionsSet(stream->socket, option, (void *)(uintptr_t)size);
}

/* A FIFO may hold a byte less than its size. What became of it the stack's own figure says. With
 * NET_PRES the room to send is not there, and the stack's sizes stay unless others are asked for.
 */
bool wss_pic32_socket_resize(const wss_pic32_stream_t *stream)
{
    const wss_pic32_config_t *config = &stream->pic32->config;
    TCP_SOCKET_INFO info;

    if (config->receive_room > 0)
        set_size(stream, TCP_OPTION_RX_BUFF, config->receive_room);
#if WSS_PIC32_NET_PRES
    (void)info;
    return true;
#else
    set_size(stream, TCP_OPTION_TX_BUFF, config->send_room + 1u);
    return wss_pic32_socket_info(stream, &info) && info.txSize > config->send_room;
#endif
}
