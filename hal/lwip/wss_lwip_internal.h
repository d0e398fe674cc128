/* SPDX-License-Identifier: MIT */
/*
 * What the files of the lwIP port know of each other. Nobody else includes it.
 */
#ifndef WSS_LWIP_INTERNAL_H
#define WSS_LWIP_INTERNAL_H

#include "wss_lwip.h"

#include "lwip/init.h"

#if LWIP_VERSION_MAJOR < 2 || (LWIP_VERSION_MAJOR == 2 && LWIP_VERSION_MINOR < 1)
#error "hal/lwip needs lwIP 2.1 or later"
#endif
#if !LWIP_CALLBACK_API
#error "hal/lwip needs LWIP_CALLBACK_API 1"
#endif
#if !NO_SYS && !LWIP_TCPIP_CORE_LOCKING
#error "hal/lwip needs NO_SYS 1, or LWIP_TCPIP_CORE_LOCKING 1"
#endif
#if WSS_CFG_SERVER && !TCP_LISTEN_BACKLOG
#error "hal/lwip needs TCP_LISTEN_BACKLOG 1: lwIP would reset peers that have to wait"
#endif

/* What a stream is used for (wss_lwip_stream_t.life). */
enum {
    WSS_LWIP_FREE,
    WSS_LWIP_USED,   /* the engine has it */
    WSS_LWIP_LINGERS /* the engine has released it; lwIP still points into its ring */
};

/* wss_lwip_socket.c: lwIP's callbacks, and received bytes. */
void wss_lwip_socket_begin(wss_lwip_socket_t *socket, wss_lwip_t *lwip, wss_lwip_stream_t *stream);
/* lwIP reports about `pcb` to the socket from now on, or to nobody. */
void wss_lwip_socket_attach(wss_lwip_socket_t *socket, struct tcp_pcb *pcb);
struct tcp_pcb *wss_lwip_socket_detach(wss_lwip_socket_t *socket);
/* `from` becomes `to`; it has no connection afterwards. */
void wss_lwip_socket_move(wss_lwip_socket_t *from, wss_lwip_socket_t *to);
uint16_t wss_lwip_socket_peek(const wss_lwip_socket_t *socket, uint8_t *buffer, uint32_t capacity);
/* Takes so many bytes and opens the window by them. */
void wss_lwip_socket_discard(wss_lwip_socket_t *socket, uint16_t count);
void wss_lwip_socket_discard_all(wss_lwip_socket_t *socket);
/* Reset. */
void wss_lwip_socket_abort(wss_lwip_socket_t *socket);

/* wss_lwip_send.c: the ring. */
uint16_t wss_lwip_send_room(const wss_lwip_stream_t *stream);
uint16_t wss_lwip_send_put(wss_lwip_stream_t *stream, const uint8_t *data, uint32_t length);
/* Hands what waits to lwIP, as far as it takes it. */
void wss_lwip_send_push(wss_lwip_stream_t *stream);
/* The peer has acknowledged so many. */
void wss_lwip_send_acknowledged(wss_lwip_stream_t *stream, uint16_t count);
void wss_lwip_send_forget(wss_lwip_stream_t *stream);

/* wss_lwip_stream.c */
/* A stream without a connection; NULL: all are in use. */
wss_lwip_stream_t *wss_lwip_stream_find(const wss_lwip_t *lwip);
void wss_lwip_stream_use(wss_lwip_stream_t *stream, void *owner, wss_phase_t phase);
void wss_lwip_stream_up(wss_lwip_stream_t *stream);
void wss_lwip_stream_fail(wss_lwip_stream_t *stream, const char *reason);
/* Its socket has changed: goes on with sending and with the end. */
void wss_lwip_stream_event(wss_lwip_stream_t *stream);
/* One look; what wait() reports of it. */
unsigned wss_lwip_stream_poll(wss_lwip_stream_t *stream);
/* Milliseconds until a look is due without an event; WSS_FOREVER: never. */
uint32_t wss_lwip_stream_deadline(const wss_lwip_stream_t *stream);

/* wss_lwip_listen.c */
wss_result_t wss_lwip_listen(void *context, const wss_endpoint_t *where, uint16_t *port);
void wss_lwip_unlisten(void *context);
void wss_lwip_accepting(void *context, bool on);
wss_stream_t *wss_lwip_accept(void *context, void *owner);
/* Whether accept() would succeed. */
bool wss_lwip_acceptable(const wss_lwip_t *lwip);

/* wss_lwip_dial.c */
wss_stream_t *wss_lwip_connect(void *context, const wss_dial_t *whom, void *owner);
/* Why lwIP dropped a connection before it stood. */
const char *wss_lwip_dial_failure(int8_t lost);

/* wss_lwip_wait.c */
int32_t wss_lwip_wait(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count);
void wss_lwip_wake(void *context);
bool wss_lwip_link_up(void *context);
/* A callback of lwIP has changed something: ends the sleep of wait(). */
void wss_lwip_signal(wss_lwip_t *lwip);

/* wss_lwip.c */
void wss_lwip_lock(void *context);
void wss_lwip_unlock(void *context);

#endif
