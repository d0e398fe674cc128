/* SPDX-License-Identifier: MIT */
/*
 * A blocking WebSocket client with the names, types and values of InnoPhase's websock API.
 * docs/MIGRATING.md says where it differs.
 *
 *     websock_config_t config = {.hostname = "example.org", .port = 80, .uri = "/chat"};
 *     websock_handle_t socket = websock_open(&config);
 *     websock_send_text(socket, "hello", 5);
 *     for (;;) {
 *         char buffer[512];
 *         int length = sizeof buffer;
 *         websock_msg_hdr_t header;
 *         if (websock_recv(socket, &header, buffer, &length, 1000) < 0)
 *             break;
 *         if (header.opcode >= 0)
 *             use(&header, buffer, length);
 *     }
 *     websock_close(socket);
 *
 * Threads. Any function may be called from any thread: one may receive while others send.
 * There is no thread behind the API, unless an event handler is set: whoever waits in a
 * call makes the connection go on, so Pings and Close frames are answered while some call
 * of the connection waits. A program that has nothing to wait for waits in websock_recv().
 *
 * A handle that was closed is known as such: each call with it fails.
 */
#ifndef WEBSOCK_H
#define WEBSOCK_H

#include "ssl_wrap.h"

#ifdef __cplusplus
extern "C" {
#endif

#define WEBSOCK_MAX_RECV_TIMEOUT 4294967 /* ms: the longest wait of websock_recv() */
#define WEBSOCK_MAX_HNDSHK_HDRS  10

typedef void *websock_handle_t;

/* A header field of the upgrade request. */
typedef struct {
    char *name;
    char *val;
} websoc_hndshk_hdr_t;

/* Zeros mean the usual thing; only `hostname` is required. Everything is read during
 * websock_open() only. */
typedef struct {
    char *hostname; /* name or numeric address, IPv6 without brackets */
    int port;       /* 0: 80, or 443 where secured */
    char *uri;      /* path and query: "/chat?x=1"; a URL's are taken out of it; NULL: "/" */
    int secured;    /* not 0: TLS */
    ssl_wrap_cfg_t ssl_config;
    /* ms until the connection is open, opening handshake and all; 0: 10,000. On POSIX a lookup of
     * the host's name that lasts longer is waited for: the resolver cannot be called off. */
    int time_out;
    /* Further header fields. Host, Connection, Upgrade, Sec-WebSocket-Key, -Version and
     * -Extensions are refused: websock_open() sets them. Sec-WebSocket-Protocol is the list
     * of subprotocols that are offered. */
    websoc_hndshk_hdr_t hndshk_hdrs[WEBSOCK_MAX_HNDSHK_HDRS];
    int num_hndshk_hdrs;
} websock_config_t;

/* The frame that received bytes belong to (RFC 6455, 5.2). */
typedef struct {
    int fin;    /* 1: the last frame of its message */
    int opcode; /* 0 continues a message, 1 text, 2 binary, 10 a Pong; < 0: there is no frame,
                 * the other members say nothing */
    long long payload_len; /* of the whole frame */
} websock_msg_hdr_t;

typedef enum {
    WEBSOCK_CB_EVENT_DATA, /* bytes of a frame, as websock_recv() gives them */
    WEBSOCK_CB_EVENT_ERROR /* the connection is over */
} websock_cb_event_t;

/* Gets what arrives. `payload` may be changed and is valid until it returns; NULL with
 * WEBSOCK_CB_EVENT_ERROR, which is the last event. It may call any function but
 * websock_recv(), websock_close() included. */
typedef void (*websock_event_handler)(void *context, websock_cb_event_t event,
                                      websock_msg_hdr_t *msg_hdr, char *payload, int len);

/* Connects and does the opening handshake. NULL: it failed, which is logged, or
 * WEBSOCK_MAX_CONNECTIONS (websock_config.h) are open. */
websock_handle_t websock_open(websock_config_t *ws_cfg);

/* Does the closing handshake (Close 1000), for at most WEBSOCK_CLOSE_TIMEOUT_MS, and gives
 * the handle back, so that another connection can be opened. Calls that wait in other
 * threads return -1 before this returns; a message that one of them is sending may be cut
 * off by the Close. */
void websock_close(websock_handle_t h);

/* Each sends a message, or a Ping or Pong of at most 125 bytes, and returns 0 once it was
 * accepted as a whole: TCP has it, or takes it while some call of the connection waits.
 * Messages over WEBSOCK_SEND_SIZE go out in fragments. -1: nothing was sent, as an argument
 * is wrong, a text is not UTF-8, or the connection is not open; or for
 * WEBSOCK_SEND_TIMEOUT_MS the peer took nothing in, which ends the connection if a part was
 * sent. The payload is not changed. */
int websock_send_text(websock_handle_t handle, char *payload, int len);
int websock_send_binary(websock_handle_t handle, char *payload, int len);
int websock_send_ping(websock_handle_t handle, char *payload, int len);
int websock_send_pong(websock_handle_t handle, char *payload, int len);

/*
 * Receives bytes of one frame. `*len` says how many `buf` holds, more than 0, and becomes
 * how many came; if none did it stays.
 * Waits at most `timeout` ms (0: not at all; below 0, or beyond WEBSOCK_MAX_RECV_TIMEOUT:
 * that long). Returns
 *
 *   > 0   so many bytes of the frame that `*msg_hdr` describes: all, or a piece; the next
 *         pieces come with the same header, until they add up to its payload_len
 *     0   opcode >= 0: a frame without payload that ends a message
 *     0   opcode < 0: nothing within the timeout, or only a part of a frame's header
 *    -1   the connection is over, has an event handler, or an argument is wrong
 *
 * Pings and the Close are answered and do not show. A Pong shows, also between the frames of
 * a message, but for empty ones that websock_send_ping() has not asked for. What came before
 * the peer's Close is delivered; -1 comes when the timeout or TCP has ended, or
 * WEBSOCK_CLOSE_TIMEOUT_MS later.
 */
int websock_recv(websock_handle_t handle, websock_msg_hdr_t *msg_hdr, char *buf, int *len,
                 int timeout);

/* Instead of websock_recv(): the handler is called from a thread of its own, which ends with
 * WEBSOCK_CB_EVENT_ERROR, or with websock_close(). After WEBSOCK_CB_EVENT_ERROR the handle is
 * given back; websock_close() then waits for that, or does nothing. websock_close() from another
 * thread returns when the handler has. A further call changes handler and context. */
void websock_set_event_handler(websock_handle_t handle, websock_event_handler cb, void *cb_context);

#ifdef __cplusplus
}
#endif
#endif
