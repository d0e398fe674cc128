/* SPDX-License-Identifier: MIT */
/*
 * What the files of the PIC32MZ W1 port know of each other. Nobody else includes it.
 */
#ifndef WSS_PIC32_INTERNAL_H
#define WSS_PIC32_INTERNAL_H

#include "wss_pic32.h"

/* What a stream's socket is for (wss_pic32_stream_t.life). */
enum {
    WSS_PIC32_CLOSED, /* there is none */
    WSS_PIC32_IDLE,   /* it listens, or has a connection that waits to be accepted */
    WSS_PIC32_USED,   /* the engine has the stream */
    WSS_PIC32_LINGERS /* the engine has released it, its connection ends */
};

/* wss_pic32_socket.c: the state of a stream's TCP socket. */
/* The connection that was last seen has ended: its socket listens again, which is told once, or
 * is no more. */
bool wss_pic32_socket_was_reset(wss_pic32_stream_t *stream);
bool wss_pic32_socket_connected(const wss_pic32_stream_t *stream);
/* The peer's FIN has come. */
bool wss_pic32_socket_ended(const wss_pic32_stream_t *stream);
/* FIN. False: not yet, ask again. */
bool wss_pic32_socket_finish(const wss_pic32_stream_t *stream);
/* Resets a server's connection. Whether the socket listens again. */
bool wss_pic32_socket_reset(const wss_pic32_stream_t *stream);
bool wss_pic32_socket_info(const wss_pic32_stream_t *stream, TCP_SOCKET_INFO *info);
/* Gives a fresh socket its FIFOs. False: the stack has no memory for them. */
bool wss_pic32_socket_resize(const wss_pic32_stream_t *stream);

/* wss_pic32_tcp.c or wss_pic32_pres.c: its life and its bytes. False: there is no socket. */
bool wss_pic32_socket_serve(wss_pic32_stream_t *stream, const wss_pic32_listener_t *listener);
bool wss_pic32_socket_call(wss_pic32_stream_t *stream, const IP_MULTI_ADDRESS *address);
/* Connected: begins the upper layer, if there is one; goes on with it. The phase is returned. */
wss_phase_t wss_pic32_socket_start(wss_pic32_stream_t *stream);
wss_phase_t wss_pic32_socket_layer(wss_pic32_stream_t *stream);
bool wss_pic32_socket_readable(wss_pic32_stream_t *stream);
uint16_t wss_pic32_socket_peek(wss_pic32_stream_t *stream, uint8_t *buffer, uint16_t capacity);
void wss_pic32_socket_discard(wss_pic32_stream_t *stream, uint16_t count);
/* Room and put as in wss_stream_ops_t. */
uint16_t wss_pic32_socket_room(const wss_pic32_stream_t *stream);
uint16_t wss_pic32_socket_put(wss_pic32_stream_t *stream, const uint8_t *data, uint16_t length);
void wss_pic32_socket_flush(wss_pic32_stream_t *stream);
/* Goes on sending where nobody asked. */
void wss_pic32_socket_drain(wss_pic32_stream_t *stream);
/* FIN is handed over. */
void wss_pic32_socket_finished(wss_pic32_stream_t *stream);
/* The socket is no more. */
void wss_pic32_socket_drop(wss_pic32_stream_t *stream);
/* Ends the socket: with RST, or gracefully. */
void wss_pic32_socket_close(wss_pic32_stream_t *stream, bool reset);

/* wss_pic32_text.c */
bool wss_pic32_address_parse(const char *text, IP_MULTI_ADDRESS *address);
void wss_pic32_address_write(const TCP_SOCKET_INFO *info, char *buffer, size_t capacity);

/* wss_pic32.c */
uint32_t wss_pic32_now(void *context);
void wss_pic32_lock(void *context);
void wss_pic32_unlock(void *context);

/* wss_pic32_wait.c */
int32_t wss_pic32_wait(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count);
void wss_pic32_wake(void *context);
bool wss_pic32_link_up(void *context);

/* wss_pic32_listen.c */
wss_result_t wss_pic32_listen(void *context, const wss_endpoint_t *where, uint16_t *port);
void wss_pic32_unlisten(void *context);
void wss_pic32_accepting(void *context, bool on);
wss_stream_t *wss_pic32_accept(void *context, void *owner);
/* Whether accept() would succeed. */
bool wss_pic32_acceptable(wss_pic32_t *pic32);
/* Opens sockets for listeners that have too few. */
void wss_pic32_tend(wss_pic32_t *pic32);
/* The stream's connection is over, or is reset: its socket listens, or is closed. */
void wss_pic32_idle(wss_pic32_stream_t *stream, bool reset);

/* wss_pic32_dial.c */
wss_stream_t *wss_pic32_connect(void *context, const wss_dial_t *whom, void *owner);
/* Goes on with a stream that is not up yet. */
void wss_pic32_dial_poll(wss_pic32_stream_t *stream);

/* wss_pic32_stream.c */
void wss_pic32_stream_use(wss_pic32_stream_t *stream, void *owner, wss_phase_t phase);
void wss_pic32_stream_up(wss_pic32_stream_t *stream);
void wss_pic32_stream_fail(wss_pic32_stream_t *stream, const char *reason);
/* Whether the connection has ended. Asked around each use of the socket: a server's socket may
 * have another client at once. */
bool wss_pic32_stream_lost(wss_pic32_stream_t *stream);
/* One look at a stream; what wait() reports of it. */
unsigned wss_pic32_stream_poll(wss_pic32_stream_t *stream);

#endif
