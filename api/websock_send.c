/* SPDX-License-Identifier: MIT */
/*
 * Sending by call: messages in fragments that fit the send room, one message after the
 * other; Pings and Pongs in between.
 */
#include "websock_core.h"

/* A frame, or a fragment of a message. */
typedef struct part {
    wss_opcode_t opcode;
    const char *bytes;
    size_t length;
    wss_part_t part;
} part_t;

static bool may_send(const websock_t *self)
{
    return self->opened && !self->over && !self->closing;
}

/* The engine is called without the monitor: it may call back. */
static wss_result_t try_part(websock_t *self, const part_t *part)
{
    wss_conn_t *conn = self->conn;
    wss_result_t result;
    websock_os_unlock(&self->monitor);
    if (part->opcode == WSS_OPCODE_PING)
        result = wss_ping(conn, part->bytes, part->length);
    else if (part->opcode == WSS_OPCODE_PONG)
        result = wss_pong(conn, part->bytes, part->length);
    else
        result = wss_send(conn, part->opcode, part->bytes, part->length, part->part);
    websock_os_lock(&self->monitor);
    return result;
}

/* WSS_WOULD_BLOCK: the peer took nothing in for too long. */
static wss_result_t send_part(websock_t *self, const part_t *part)
{
    uint32_t begin = websock_now(self);
    while (may_send(self)) {
        unsigned writable = self->writable;
        wss_result_t result = try_part(self, part);
        if (result != WSS_WOULD_BLOCK)
            return result;
        uint32_t left = websock_left(self, begin, WEBSOCK_SEND_TIMEOUT_MS);
        if (left == 0)
            return WSS_WOULD_BLOCK;
        if (self->writable == writable)
            websock_turn(self, left);
    }
    return WSS_ERR_CLOSED;
}

/* A message that cannot be completed ends the connection. */
static void give_up(websock_t *self)
{
    self->over = true;
    websock_os_unlock(&self->monitor);
    (void)wss_abort(self->conn);
    websock_os_lock(&self->monitor);
}

static wss_result_t send_parts(websock_t *self, wss_opcode_t opcode, const char *bytes,
                               size_t length)
{
    part_t part = {.opcode = opcode, .bytes = bytes};
    wss_result_t result;
    do {
        part.length = length < WEBSOCK_SEND_SIZE ? length : WEBSOCK_SEND_SIZE;
        length -= part.length;
        part.part = length > 0 ? WSS_MORE : WSS_FINAL;
        result = send_part(self, &part);
        if (part.length > 0)
            part.bytes += part.length;
        if (length > 0 && !self->stepping) /* Pings are answered between fragments */
            websock_turn(self, 0);
    } while (result == WSS_OK && length > 0);
    if (result == WSS_WOULD_BLOCK && part.bytes != bytes + part.length)
        give_up(self);
    return result;
}

/* Messages come one after the other. False: none can be sent any more. */
static bool wait_for_others(websock_t *self)
{
    while (self->sending && may_send(self))
        websock_os_wait(&self->monitor, WEBSOCK_SEND_TIMEOUT_MS);
    return may_send(self);
}

static bool is_control(wss_opcode_t opcode)
{
    return opcode == WSS_OPCODE_PING || opcode == WSS_OPCODE_PONG;
}

/* Control frames go between the fragments of messages. */
static wss_result_t send_whole(websock_t *self, wss_opcode_t opcode, const char *bytes,
                               size_t length)
{
    bool message = !is_control(opcode);
    bool asks = opcode == WSS_OPCODE_PING && length == 0;
    if (message && !wait_for_others(self))
        return WSS_ERR_CLOSED;
    if (message)
        self->sending = true;
    if (asks)
        self->empty_pings++;
    wss_result_t result = send_parts(self, opcode, bytes, length);
    if (message)
        self->sending = false;
    if (asks && result != WSS_OK && self->empty_pings > 0)
        self->empty_pings--;
    return result;
}

static bool is_good(wss_opcode_t opcode, const char *payload, int len)
{
    if (len < 0 || (len > 0 && payload == NULL))
        return false;
    if (opcode == WSS_OPCODE_TEXT)
        return wss_utf8_valid(payload, (size_t)len);
    return opcode == WSS_OPCODE_BINARY || len <= WEBSOCK_CONTROL;
}

/* Sees to it that what was sent leaves. The step that another thread is in may be past the point
 * where it sends: this takes one that begins from now on, and the wake ends the one before it. */
static void settle(websock_t *self)
{
    self->unsettled = true;
    if (self->stepping)
        wss_loop_wake(&self->loop);
    while (self->unsettled && !self->closed)
        websock_turn(self, self->stepping ? WEBSOCK_MAX_RECV_TIMEOUT : 0);
}

static int send_frames(websock_handle_t handle, wss_opcode_t opcode, const char *payload, int len)
{
    if (!is_good(opcode, payload, len))
        return -1;
    websock_t *self = websock_enter(handle);
    if (self == NULL)
        return -1;
    wss_result_t result = send_whole(self, opcode, payload, (size_t)len);
    settle(self);
    websock_leave(self);
    return result == WSS_OK ? 0 : -1;
}

int websock_send_text(websock_handle_t handle, char *payload, int len)
{
    return send_frames(handle, WSS_OPCODE_TEXT, payload, len);
}

int websock_send_binary(websock_handle_t handle, char *payload, int len)
{
    return send_frames(handle, WSS_OPCODE_BINARY, payload, len);
}

int websock_send_ping(websock_handle_t handle, char *payload, int len)
{
    return send_frames(handle, WSS_OPCODE_PING, payload, len);
}

int websock_send_pong(websock_handle_t handle, char *payload, int len)
{
    return send_frames(handle, WSS_OPCODE_PONG, payload, len);
}
