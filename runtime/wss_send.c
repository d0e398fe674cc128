/* SPDX-License-Identifier: MIT */
/*
 * Sending (RFC 6455, 6.1): a frame is accepted whole or not at all. There is no buffer
 * here: what the stream is sure to accept is the room, and a frame that is larger than
 * the room waits at the application. A client masks while copying.
 */
#include <string.h>

#include "wss_frame.h"
#include "wss_output.h"
#include "wss_step_message.h"
#include "wss_utf8.h"

/* wss_frames_t.flags, as far as sending goes; wss_receive.h has the others */
enum {
    STREAM_FINAL = 1u << 4, /* FIN of the streamed frame */
    STREAM_TEXT = 1u << 5,  /* it belongs to a text message */
    STREAM_BLOCKS = 1u << 6 /* a send was refused because of it */
};

/* A message to be sent, as far as it concerns the frame. */
typedef struct outgoing {
    unsigned event; /* of the message machine */
    uint8_t first;  /* byte of the header */
    bool text;
    bool final;
} outgoing_t;

bool wss_guard_streaming(const wss_conn_t *conn)
{
    return conn->u.frames.send_left > 0;
}

/* ------------------------------------------------------------------- writing */

static void copy_masked(wss_conn_t *conn, uint8_t *place, const uint8_t *bytes, size_t length)
{
    memcpy(place, bytes, length);
    wss_frame_apply_mask(place, length, conn->u.frames.send_mask);
}

/* A client masks while it copies; what does not fill a copy goes first. */
static void put_masked(wss_conn_t *conn, const uint8_t *bytes, size_t length)
{
    uint8_t copy[WSS_CFG_SMALL ? 16 : 256];
    while (length > 0) {
        size_t count = (length - 1) % sizeof copy + 1;
        uint8_t *place = wss_put_in_place(conn, count);
        if (place != NULL) {
            copy_masked(conn, place, bytes, count);
        } else {
            copy_masked(conn, copy, bytes, count);
            (void)wss_put_through(conn, copy, (uint32_t)count);
        }
        bytes += count;
        length -= count;
    }
}

static inline void put_payload(wss_conn_t *conn, const void *bytes, size_t length)
{
    if (wss_is_client(conn))
        put_masked(conn, bytes, length);
    else if (wss_output_passes(conn, length))
        (void)wss_put_through(conn, bytes, (uint32_t)length);
    else if (length > 0)
        (void)wss_put(conn, bytes, length);
}

/* A fresh masking key for a client's next frame (RFC 6455, 5.3): the one before it is done. */
static wss_result_t make_key(wss_conn_t *conn)
{
    const wss_crypto_t *crypto = conn->loop->config->crypto;
    uint8_t *key = conn->u.frames.send_mask;
    return wss_is_client(conn) ? crypto->random(crypto->context, key, WSS_MASK_SIZE) : WSS_OK;
}

static void put_header(wss_conn_t *conn, uint8_t first, wss_length_t length)
{
    uint8_t header[WSS_FRAME_HEADER_MAX];
    unsigned size = wss_frame_encoded_size(length, wss_is_client(conn));
    uint8_t *gathered = wss_put_in_place(conn, size);
    uint8_t *place = gathered != NULL ? gathered : header;
    place[0] = first;
    size = wss_frame_encode(place, wss_is_client(conn) ? conn->u.frames.send_mask : NULL, length);
    if (gathered == NULL)
        (void)wss_put_through(conn, header, size);
}

static void put_frame(wss_conn_t *conn, uint8_t first, const void *bytes, size_t length)
{
    put_header(conn, first, (wss_length_t)length);
    put_payload(conn, bytes, length);
}

/* Without a mask nothing may be sent any more: the connection is lost. */
static wss_result_t lose(wss_conn_t *conn)
{
    wss_blame(conn, WSS_REASON_ENTROPY_FAILED);
    (void)wss_step(conn, WSS_EV_ABORT, NULL);
    return WSS_ERR_ENTROPY;
}

/* The same where a step is under way. */
static void mute(wss_conn_t *conn)
{
    wss_blame(conn, WSS_REASON_ENTROPY_FAILED);
    wss_conn_lose(conn);
}

/* A frame that the application sends. */
static wss_result_t put_own(wss_conn_t *conn, uint8_t first, const void *bytes, size_t length)
{
    if (make_key(conn) != WSS_OK)
        return lose(conn);
    put_frame(conn, first, bytes, length);
    return WSS_OK;
}

void wss_put_control(wss_conn_t *conn, wss_opcode_t opcode, const void *bytes, size_t length)
{
    if (make_key(conn) != WSS_OK)
        mute(conn);
    else
        put_frame(conn, (uint8_t)(WSS_FRAME_FIN_MASK | opcode), bytes, length);
}

/* All of a Close but the reason. */
static void put_close_begin(wss_conn_t *conn, uint16_t code, size_t length)
{
    const uint8_t number[2] = {(uint8_t)(code >> 8), (uint8_t)code};
    size_t size = code == 0 ? 0 : sizeof number;
    put_header(conn, WSS_FRAME_FIN_MASK | WSS_OPCODE_CLOSE, (uint32_t)(size + length));
    put_payload(conn, number, size);
}

void wss_put_close(wss_conn_t *conn, uint16_t code, const char *reason, size_t length)
{
    if (make_key(conn) != WSS_OK) {
        mute(conn);
        return;
    }
    conn->sent_code = code;
    conn->flags = (conn->flags | WSS_CONN_CLOSE_SENT) & ~(uint32_t)WSS_CONN_HELD;
    put_close_begin(conn, code, length);
    put_payload(conn, reason, length);
}

/* --------------------------------------------------------------- what may go out */

static wss_result_t not_open(const wss_conn_t *conn)
{
    return wss_state_now(conn) == WSS_CONNECTING ? WSS_ERR_STATE : WSS_ERR_CLOSED;
}

/* The events of the message machine stand in the order of types, FIN after more. */
_Static_assert(WSS_EV_MSG_SEND_TEXT == WSS_EV_MSG_SEND_CONTINUATION + 2 * WSS_OPCODE_TEXT &&
                   WSS_EV_MSG_SEND_BINARY == WSS_EV_MSG_SEND_CONTINUATION + 2 * WSS_OPCODE_BINARY &&
                   WSS_EV_MSG_SEND_BINARY_FIN == WSS_EV_MSG_SEND_BINARY + 1,
               "events of the message machine");

static bool describe(const wss_conn_t *conn, wss_opcode_t type, wss_part_t part, outgoing_t *out)
{
    unsigned sending = conn->u.frames.sending;
    if ((unsigned)type > WSS_OPCODE_BINARY)
        return false;
    bool inside = sending != WSS_ST_MSG_IDLE;
    out->final = part == WSS_FINAL;
    out->event = WSS_EV_MSG_SEND_CONTINUATION + 2 * (unsigned)type + (out->final ? 1u : 0u);
    out->first = (uint8_t)((inside ? WSS_OPCODE_CONTINUATION : (unsigned)type) |
                           (out->final ? WSS_FRAME_FIN_MASK : 0u));
    out->text = inside ? sending == WSS_ST_MSG_IN_TEXT : type == WSS_OPCODE_TEXT;
    return true;
}

/* Remembers how much room is missed; on_writable follows when it is there. */
static wss_result_t block(wss_conn_t *conn, uint32_t room)
{
    wss_frames_t *f = &conn->u.frames;
    if (room > f->wanted)
        f->wanted = room;
    wss_run_later(conn);
    return WSS_WOULD_BLOCK;
}

/* Why `need` bytes cannot go out now. */
static wss_result_t no_room(wss_conn_t *conn, uint32_t need)
{
    wss_frames_t *f = &conn->u.frames;
    if (f->send_left == 0)
        return block(conn, need);
    f->flags |= STREAM_BLOCKS;
    return WSS_WOULD_BLOCK;
}

/* Whether a header for `payload` and the first `length` bytes of it can go out now, besides
 * what is kept for control frames. */
static wss_result_t find_room(wss_conn_t *conn, wss_length_t payload, size_t length)
{
    const uint32_t most = conn->loop->config->hal->send_room;
    const uint32_t besides =
        WSS_ROOM_RESERVED + wss_frame_encoded_size(payload, wss_is_client(conn));
    if (besides > most || length > most - besides)
        return WSS_ERR_TOO_BIG;
    const uint32_t need = (uint32_t)length + besides;
    bool free = conn->u.frames.send_left == 0;
    return free && (wss_output_has(conn, need) || wss_room(conn) >= need) ? WSS_OK
                                                                          : no_room(conn, need);
}

/* Text goes on where the last fragment left it. Returns whether it is good; `*state`
 * becomes where it leaves it. */
static bool text_goes_on(const outgoing_t *out, uint8_t *state, const void *bytes, size_t length,
                         bool ends)
{
    if (!out->text)
        return true;
    return wss_utf8_scan(state, bytes, length) == length && (!ends || *state == WSS_UTF8_ACCEPT);
}

/* ---------------------------------------------------------------------- frames */

static wss_result_t send_frame(wss_conn_t *conn, wss_opcode_t type, const void *bytes,
                               size_t length, wss_part_t part)
{
    wss_frames_t *f = &conn->u.frames;
    outgoing_t out;
    if (!wss_allows(conn, WSS_ALLOW_SEND))
        return not_open(conn);
    if (!describe(conn, type, part, &out))
        return WSS_ERR_ARGUMENT;
    wss_result_t result = find_room(conn, (wss_length_t)length, length);
    if (result != WSS_OK)
        return result;
    uint8_t utf8 = f->send_utf8;
    bool good = text_goes_on(&out, &utf8, bytes, length, out.final);
    if (!good)
        return wss_may_send(conn, out.event) ? WSS_ERR_TEXT : WSS_ERR_ORDER;
    if (!wss_step_sending(conn, out.event))
        return WSS_ERR_ORDER;
    f->send_utf8 = utf8;
    return put_own(conn, out.first, bytes, length);
}

static wss_result_t send_any(wss_conn_t *conn, wss_opcode_t type, const void *bytes, size_t length,
                             wss_part_t part)
{
    wss_loop_t *loop = conn->loop;
    wss_result_t result = wss_enter_public(loop);
    if (result != WSS_OK)
        return result;
    result = send_frame(conn, type, bytes, length, part);
    wss_leave(loop);
    return result;
}

#if !WSS_CFG_SMALL && WSS_CFG_TX_BUFFER
/* Such a message leaves the message machine where it is: between two messages. */
_Static_assert((WSS_MESSAGE_SENDER_STAYS &
                1 << (WSS_EV_MSG_SEND_TEXT_FIN - WSS_MESSAGE_SENDER_FIRST)) != 0 &&
                   (WSS_MESSAGE_SENDER_STAYS &
                    1 << (WSS_EV_MSG_SEND_BINARY_FIN - WSS_MESSAGE_SENDER_FIRST)) != 0,
               "whole messages");

/* Whether it is what most messages of a server are: short, whole, between two others. */
static inline bool is_short(const wss_conn_t *conn, wss_opcode_t type, size_t length,
                            wss_part_t part)
{
    return length - 1 < WSS_CONTROL_MAX && part == WSS_FINAL &&
           (type == WSS_OPCODE_BINARY || type == WSS_OPCODE_TEXT) &&
           wss_allows(conn, WSS_ALLOW_SEND) && !wss_is_client(conn) &&
           conn->u.frames.sending == WSS_ST_MSG_IDLE && conn->u.frames.send_left == 0;
}

/* The straight way for these, where that has room. */
static inline wss_result_t send_short(wss_conn_t *conn, wss_opcode_t type, const void *bytes,
                                      size_t length)
{
    const bool good = type != WSS_OPCODE_TEXT || wss_utf8_valid(bytes, length);
    uint8_t *place = good ? wss_output_place(conn, 2 + length, WSS_ROOM_RESERVED) : NULL;
    if (place == NULL)
        return send_any(conn, type, bytes, length, WSS_FINAL);
    place[0] = (uint8_t)(WSS_FRAME_FIN_MASK | (unsigned)type);
    place[1] = (uint8_t)length;
    memcpy(place + 2, bytes, length);
    return WSS_OK;
}
#endif

wss_result_t wss_send(wss_conn_t *conn, wss_opcode_t type, const void *bytes, size_t length,
                      wss_part_t part)
{
#if !WSS_CFG_SMALL && WSS_CFG_TX_BUFFER
    if (wss_is_inside(conn->loop) && !wss_is_traced(conn->loop) &&
        is_short(conn, type, length, part))
        return send_short(conn, type, bytes, length);
#endif
    return send_any(conn, type, bytes, length, part);
}

static wss_result_t send_control(wss_conn_t *conn, wss_opcode_t opcode, const void *bytes,
                                 size_t length)
{
    if (length > WSS_CONTROL_MAX)
        return WSS_ERR_ARGUMENT;
    wss_loop_t *loop = conn->loop;
    wss_result_t result = wss_enter_public(loop);
    if (result != WSS_OK)
        return result;
    result = wss_allows(conn, WSS_ALLOW_SEND) ? find_room(conn, (wss_length_t)length, length)
                                              : not_open(conn);
    if (result == WSS_OK)
        result = put_own(conn, (uint8_t)(WSS_FRAME_FIN_MASK | opcode), bytes, length);
    wss_leave(loop);
    return result;
}

wss_result_t wss_ping(wss_conn_t *conn, const void *bytes, size_t length)
{
    return send_control(conn, WSS_OPCODE_PING, bytes, length);
}

wss_result_t wss_pong(wss_conn_t *conn, const void *bytes, size_t length)
{
    return send_control(conn, WSS_OPCODE_PONG, bytes, length);
}

/* --------------------------------------------------------------- streamed frames */

static void end_stream(wss_conn_t *conn)
{
    wss_frames_t *f = &conn->u.frames;
    bool blocked = (f->flags & STREAM_BLOCKS) != 0;
    f->flags = (uint8_t)(f->flags & ~(STREAM_FINAL | STREAM_TEXT | STREAM_BLOCKS));
    if (blocked)
        (void)block(conn, WSS_ROOM_RESERVED + 1);
    wss_run_later(conn);
    (void)wss_step(conn, WSS_EV_FRAME_SENT, NULL);
}

static wss_result_t begin_stream(wss_conn_t *conn, wss_opcode_t type, uint64_t payload,
                                 wss_part_t part)
{
    wss_frames_t *f = &conn->u.frames;
    outgoing_t out;
    if (!wss_allows(conn, WSS_ALLOW_SEND))
        return not_open(conn);
    if (payload >> 63 != 0 || !describe(conn, type, part, &out))
        return WSS_ERR_ARGUMENT;
    if (payload > WSS_LENGTH_MAX)
        return WSS_ERR_TOO_BIG;
    const wss_length_t length = (wss_length_t)payload;
    wss_result_t result = find_room(conn, length, 0);
    if (result != WSS_OK)
        return result;
    if (!wss_may_send(conn, out.event))
        return WSS_ERR_ORDER;
    uint8_t utf8 = f->send_utf8;
    if (length == 0 && !text_goes_on(&out, &utf8, NULL, 0, out.final))
        return WSS_ERR_TEXT;
    if (make_key(conn) != WSS_OK)
        return lose(conn);
    (void)wss_step_sending(conn, out.event);
    put_header(conn, out.first, length);
    f->send_left = length;
    f->flags =
        (uint8_t)(f->flags | (out.final ? STREAM_FINAL : 0u) | (out.text ? STREAM_TEXT : 0u));
    if (length == 0)
        end_stream(conn);
    return WSS_OK;
}

wss_result_t wss_send_begin(wss_conn_t *conn, wss_opcode_t type, uint64_t length, wss_part_t part)
{
    wss_loop_t *loop = conn->loop;
    wss_result_t result = wss_enter_public(loop);
    if (result != WSS_OK)
        return result;
    result = begin_stream(conn, type, length, part);
    wss_leave(loop);
    return result;
}

static wss_result_t continue_stream(wss_conn_t *conn, const void *bytes, size_t length,
                                    size_t *taken)
{
    wss_frames_t *f = &conn->u.frames;
    if (!wss_allows(conn, WSS_ALLOW_STREAM))
        return not_open(conn);
    if (length > f->send_left || f->send_left == 0)
        return WSS_ERR_STATE;
    uint32_t room = wss_room(conn);
    size_t free_now = room > WSS_ROOM_RESERVED ? room - WSS_ROOM_RESERVED : 0;
    size_t count = length < free_now ? length : free_now;
    outgoing_t out = {.text = (f->flags & STREAM_TEXT) != 0};
    bool ends = count == f->send_left && (f->flags & STREAM_FINAL) != 0;
    uint8_t utf8 = f->send_utf8;
    if (!text_goes_on(&out, &utf8, bytes, count, ends))
        return WSS_ERR_TEXT;
    f->send_utf8 = utf8;

    put_payload(conn, bytes, count);
    f->send_left -= (wss_length_t)count;
    *taken = count;
    if (count < length)
        (void)block(conn, WSS_ROOM_RESERVED + 1);
    if (f->send_left == 0)
        end_stream(conn);
    return count == 0 && length > 0 ? WSS_WOULD_BLOCK : WSS_OK;
}

wss_result_t wss_send_stream(wss_conn_t *conn, const void *bytes, size_t length, size_t *taken)
{
    wss_loop_t *loop = conn->loop;
    wss_result_t result = wss_enter_public(loop);
    *taken = 0;
    if (result != WSS_OK)
        return result;
    result = continue_stream(conn, bytes, length, taken);
    wss_leave(loop);
    return result;
}

/* ---------------------------------------------------------------------- queries */

bool wss_send_waits(const wss_conn_t *conn)
{
    const wss_frames_t *f = &conn->u.frames;
    if (wss_allows(conn, WSS_ALLOW_SEND | WSS_ALLOW_STREAM) && f->wanted != 0)
        return true;
    return wss_allows(conn, WSS_ALLOW_PONG) && f->send_left == 0 &&
           (f->pong != WSS_NO_SLOT || (conn->flags & WSS_CONN_THIRSTY) != 0);
}

bool wss_send_fits(const wss_conn_t *conn)
{
    const uint32_t wanted = conn->u.frames.wanted;
    return wanted != 0 && wss_room(conn) >= wanted;
}

bool wss_send_ready(const wss_conn_t *conn)
{
    const wss_frames_t *f = &conn->u.frames;
    if (wss_allows(conn, WSS_ALLOW_PONG) && f->pong != WSS_NO_SLOT && f->send_left == 0 &&
        wss_room(conn) >= WSS_ROOM_RESERVED)
        return true;
    return wss_allows(conn, WSS_ALLOW_SEND | WSS_ALLOW_STREAM) && wss_send_fits(conn);
}

uint64_t wss_send_left(const wss_conn_t *conn)
{
    wss_enter(conn->loop);
    uint64_t left = (conn->flags & WSS_CONN_OPENED) != 0 ? conn->u.frames.send_left : 0;
    wss_leave(conn->loop);
    return left;
}

/* The largest payload whose frame takes at most `size` bytes: near the limits of the
 * length a shorter header leaves room for a little more. */
static size_t payload_within(uint32_t size, bool masked)
{
    unsigned header = wss_frame_encoded_size(size, masked);
    size_t payload = size > header ? size - header : 0;
    while (payload + 1 + wss_frame_encoded_size((wss_length_t)payload + 1, masked) <= size)
        payload++;
    return payload;
}

static size_t send_room(const wss_conn_t *conn)
{
    if (!wss_allows(conn, WSS_ALLOW_SEND) || conn->u.frames.send_left > 0)
        return 0;
    const uint32_t most = conn->loop->config->hal->send_room;
    uint32_t room = wss_room(conn);
    if (room > most)
        room = most;
    return room > WSS_ROOM_RESERVED ? payload_within(room - WSS_ROOM_RESERVED, wss_is_client(conn))
                                    : 0;
}

size_t wss_send_room(const wss_conn_t *conn)
{
    wss_enter(conn->loop);
    size_t room = send_room(conn);
    wss_leave(conn->loop);
    return room;
}

/* The connection in this slot, if it is open. */
static wss_conn_t *open_at(wss_loop_t *loop, uint32_t index)
{
    wss_enter(loop);
    wss_conn_t *conn = wss_conn_at_now(loop, index);
    if (conn != NULL && wss_state_now(conn) != WSS_CONNECTED)
        conn = NULL;
    wss_leave(loop);
    return conn;
}

uint32_t wss_broadcast(wss_loop_t *loop, wss_opcode_t type, const void *bytes, size_t length,
                       bool (*select)(wss_conn_t *conn, void *context), void *context,
                       uint32_t *refused)
{
    uint32_t accepted = 0;
    uint32_t others = 0;
    for (uint32_t i = 0; i < loop->config->conn_count; i++) {
        wss_conn_t *conn = open_at(loop, i);
        if (conn == NULL || (select != NULL && !select(conn, context)))
            continue;
        if (send_any(conn, type, bytes, length, WSS_FINAL) == WSS_OK)
            accepted++;
        else
            others++;
    }
    if (refused != NULL)
        *refused = others;
    return accepted;
}
