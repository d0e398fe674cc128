/* SPDX-License-Identifier: MIT */
/*
 * The engine's callbacks of the websock API: what arrives goes to the call that waits for
 * it. Without one a data frame stays with the engine, so that the peer feels it; the last
 * Pong is kept.
 */
#include <string.h>

#include "websock_core.h"

static websock_t *of(const wss_conn_t *conn)
{
    return wss_context(conn);
}

static void lock(websock_t *self)
{
    websock_os_lock(&self->monitor);
}

/* Something changed. */
static void unlock(websock_t *self)
{
    websock_os_notify(&self->monitor);
    websock_os_unlock(&self->monitor);
}

/* ------------------------------------------------------------------------- data */

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The call has what it waited for, or as much as its buffer holds. Returns how much. */
static size_t fill(websock_t *self, const websock_msg_hdr_t *frame, const uint8_t *bytes,
                   size_t length)
{
    websock_receiver_t *receiver = self->receiver;
    receiver->count = smaller(length, receiver->capacity);
    if (receiver->count > 0)
        memcpy(receiver->buffer, bytes, receiver->count);
    *receiver->header = *frame;
    receiver->done = true;
    self->receiver = NULL;
    return receiver->count;
}

static void note_frame(websock_t *self, const wss_data_t *data, uint64_t left, bool final)
{
    if (self->frame.opcode >= 0)
        return;
    self->frame.opcode = data->first ? (int)data->type : WSS_OPCODE_CONTINUATION;
    self->frame.fin = final ? 1 : 0;
    self->frame.payload_len = (long long)left;
}

/* WSS_OK: the piece is done with. One that comes again begins with what was taken of it. */
static wss_result_t take(websock_t *self, const wss_conn_t *conn, const wss_data_t *data)
{
    bool final;
    uint64_t left = wss_frame_left(conn, &final);
    size_t known = smaller(self->taken_of_piece, data->length);
    size_t count = 0;
    bool fresh = known < data->length || data->length == 0;
    self->held = fresh && self->receiver == NULL;
    if (self->held)
        return WSS_WOULD_BLOCK;
    note_frame(self, data, left, final);
    if (fresh)
        count = fill(self, &self->frame, data->bytes + known, data->length - known);
    self->held = known + count < data->length;
    if (self->held) {
        self->taken_of_piece = known + count;
        return WSS_WOULD_BLOCK;
    }
    self->taken_of_piece -= known;
    if (left == data->length)
        websock_no_frame(&self->frame);
    return WSS_OK;
}

static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    websock_t *self = of(conn);
    lock(self);
    wss_result_t result = self->closing ? WSS_OK : take(self, conn, data);
    unlock(self);
    return result;
}

/* ------------------------------------------------------------------------ control */

/* The rest of the Pong goes to the call that waits. */
static void give_pong(websock_t *self)
{
    const websock_msg_hdr_t frame = {
        .fin = 1, .opcode = WSS_OPCODE_PONG, .payload_len = self->pong_length};
    size_t rest = (size_t)(self->pong_length - self->pong_taken);
    size_t count = fill(self, &frame, self->pong + self->pong_taken, rest);
    self->pong_taken = (uint8_t)(self->pong_taken + count);
    self->pong_waits = self->pong_taken < self->pong_length;
}

bool websock_take_pong(websock_t *self)
{
    if (!self->pong_waits)
        return false;
    give_pong(self);
    return true;
}

static void keep_pong(websock_t *self, const uint8_t *bytes, size_t length)
{
    bool half_taken = self->pong_waits && self->pong_taken > 0;
    if (half_taken || length > sizeof self->pong)
        return;
    if (length > 0)
        memcpy(self->pong, bytes, length);
    self->pong_length = (uint8_t)length;
    self->pong_taken = 0;
    self->pong_waits = true;
    if (self->receiver != NULL)
        give_pong(self);
}

/* The engine's own Pings are empty. */
static void on_pong(wss_conn_t *conn, const uint8_t *bytes, size_t length)
{
    websock_t *self = of(conn);
    lock(self);
    if (length > 0)
        keep_pong(self, bytes, length);
    else if (self->empty_pings > 0) {
        self->empty_pings--;
        keep_pong(self, bytes, length);
    }
    unlock(self);
}

/* ---------------------------------------------------------------------- life */

static void on_open(wss_conn_t *conn)
{
    websock_t *self = of(conn);
    lock(self);
    self->opened = true;
    unlock(self);
}

static void on_writable(wss_conn_t *conn)
{
    websock_t *self = of(conn);
    lock(self);
    self->writable++;
    unlock(self);
}

static void on_closing(wss_conn_t *conn, const wss_closure_t *closure)
{
    websock_t *self = of(conn);
    (void)closure;
    lock(self);
    self->over = true;
    self->over_since = websock_now(self);
    unlock(self);
}

static void log_end(const wss_conn_t *conn, const wss_closure_t *closure)
{
    int status = wss_status(conn) % 1000;
    const char digits[] = {(char)('0' + status / 100), (char)('0' + status / 10 % 10),
                           (char)('0' + status % 10), '\0'};
    switch (closure->cause) {
    case WSS_REASON_LOCAL_CLOSE:
    case WSS_REASON_LOCAL_ABORT:
    case WSS_REASON_PEER_CLOSE: break;
    case WSS_REASON_ANSWERED: websock_log(wss_reason_text(closure->cause), digits); break;
    default: websock_log(wss_reason_text(closure->cause), closure->network);
    }
}

/* It may come from a call of another thread than the one that waits in a step. */
static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    websock_t *self = of(conn);
    log_end(conn, closure);
    lock(self);
    self->over = self->closed = true;
    unlock(self);
    wss_loop_wake(&self->loop);
}

const wss_handler_t websock_callbacks = {.on_open = on_open,
                                         .on_data = on_data,
                                         .on_pong = on_pong,
                                         .on_writable = on_writable,
                                         .on_closing = on_closing,
                                         .on_closed = on_closed};
