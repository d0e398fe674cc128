/* SPDX-License-Identifier: MIT */
/*
 * Receiving: bytes of the stream become events. Frames are parsed and unmasked in the
 * loop's buffer and handed on as pointers into it. Bytes that nobody can take now are
 * left in the stream, where the peer feels them.
 */
#include "wss_receive.h"

/* --------------------------------------------------------------- begin, end */

/* The longest payload that read_short_messages() takes. */
static void measure(wss_conn_t *conn)
{
    wss_length_t most = conn->loop->max_message;
    if (conn->buffer != NULL && conn->buffer_size < most)
        most = conn->buffer_size;
    conn->short_most = most < WSS_LENGTH_16 ? (uint8_t)most : WSS_LENGTH_16 - 1;
}

void wss_act_begin_frames(wss_conn_t *conn)
{
    wss_frames_t *f = &conn->u.frames;
    memset(f, 0, sizeof *f);
    f->control = f->pong = f->kept = WSS_NO_SLOT;
    wss_step_reset_messages(conn);
    measure(conn);
    conn->flags |= WSS_CONN_OPENED;
}

/* ------------------------------------------------------------------- reading */

#if !WSS_CFG_SMALL
/* Whether something of a frame was read. */
static inline bool begun(const wss_frames_t *f)
{
    return ((f->flags & WSS_RX_IN_PAYLOAD) | f->header_length) != 0;
}

/* Such a message leaves the message machine where it is: between two messages. */
_Static_assert((WSS_MESSAGE_RECEIVER_STAYS &
                1 << (WSS_EV_MSG_TEXT_FIN - WSS_MESSAGE_RECEIVER_FIRST)) != 0 &&
                   (WSS_MESSAGE_RECEIVER_STAYS &
                    1 << (WSS_EV_MSG_BINARY_FIN - WSS_MESSAGE_RECEIVER_FIRST)) != 0,
               "whole messages");

/* Whether all that a message asks for is that it is handed on. */
static inline bool goes_straight(const wss_conn_t *conn)
{
    const wss_frames_t *f = &conn->u.frames;
    return (conn->loop->traits & WSS_LOOP_STRAIGHT) != 0 && !begun(f) &&
           f->receiving == WSS_ST_MSG_IDLE && conn->state == WSS_ST_OPEN;
}

/* The application did not take a message: it becomes what it would be had it come another way. */
static uint32_t keep_short(wss_conn_t *conn, const wss_data_t *data, wss_result_t said)
{
    wss_frames_t *f = &conn->u.frames;
    const uint32_t length = (uint32_t)data->length;
    if (wss_rx_peer_masks(conn)) {
        memcpy(f->mask, data->bytes - WSS_MASK_SIZE, WSS_MASK_SIZE);
        wss_frame_turn_key(f->mask, length);
    }
    (void)wss_step_receiving(conn, wss_rx_message_event(data->type, true));
    if (!wss_rx_not_taken(conn, said))
        return wss_rx_keep_whole(conn, data->bytes, length);
    f->left = 0;
    wss_rx_end_frame(f);
    return length;
}

/* Hands on a message that ends a frame of `size` bytes. Returns where what is read for good ends;
 * NULL where the connection is gone. */
static inline uint8_t *hand_on(wss_conn_t *conn, const wss_data_t *data, uint32_t size)
{
    wss_frames_t *f = &conn->u.frames;
    const uint16_t life = conn->life;
    f->offset += size;
    f->opcode = (uint8_t)data->type;
    f->left = conn->buffer == NULL ? (wss_length_t)data->length : 0;
    f->flags |= WSS_RX_IN_PAYLOAD | WSS_RX_FINAL;
    conn->flags &= ~(uint32_t)WSS_CONN_RESUMED;
    wss_result_t said = wss_hand_on(conn, data);
    if (conn->life != life)
        return NULL;
    if (said != WSS_OK)
        return data->bytes + keep_short(conn, data, said);
    f->left = 0;
    f->flags &= (uint8_t)~WSS_RX_IN_PAYLOAD;
    return data->bytes + data->length;
}

/* What most messages are: one short frame, whole, with nothing wrong. They are delivered where
 * they lie. To be called where the first one goes_straight(), and reading is free. Returns where
 * it stopped: at the end of one, or at another frame, of which nothing was read; NULL where the
 * connection is gone. */
static inline uint8_t *read_short_messages(wss_conn_t *conn, uint8_t *bytes, const uint8_t *end)
{
    const unsigned mask = wss_rx_peer_masks(conn) ? WSS_FRAME_MASK_MASK : 0u;
    const unsigned size = 2 + mask / (WSS_FRAME_MASK_MASK / WSS_MASK_SIZE);
    while ((size_t)(end - bytes) >= size) {
        const unsigned opcode = bytes[0] ^ WSS_FRAME_FIN_MASK;
        const unsigned length = bytes[1] ^ mask;
        uint8_t *payload = bytes + size;
        if (opcode - WSS_OPCODE_TEXT > WSS_OPCODE_BINARY - WSS_OPCODE_TEXT ||
            length > conn->short_most || length > (size_t)(end - payload))
            break;
        if (mask != 0)
            wss_frame_xor(payload, length, payload - WSS_MASK_SIZE);
        if (opcode == WSS_OPCODE_TEXT && !wss_utf8_valid(payload, length)) {
            if (mask != 0)
                wss_frame_xor(payload, length, payload - WSS_MASK_SIZE);
            break;
        }
        const wss_data_t data = {.bytes = payload,
                                 .length = length,
                                 .type = (wss_opcode_t)opcode,
                                 .first = true,
                                 .last = true};
        bytes = hand_on(conn, &data, size + length);
        if (bytes == NULL || conn->state != WSS_ST_OPEN || !wss_rx_is_free(conn))
            break;
    }
    return bytes;
}
#endif

static inline uint32_t read_payload(wss_conn_t *conn, uint8_t *bytes, uint32_t length)
{
    wss_frames_t *f = &conn->u.frames;
    if (length > f->left)
        length = (uint32_t)f->left;
    return wss_rx_is_control(f->opcode) ? wss_rx_control(conn, bytes, length)
                                        : wss_rx_data(conn, bytes, length);
}

/* A frame without a further byte of payload is done although nothing more may come. */
static bool lacks_nothing(const wss_frames_t *f)
{
    return (f->flags & WSS_RX_IN_PAYLOAD) != 0 && f->left == 0;
}

/* Returns where it stopped: at the end, where the rest has to wait, or at a frame that may go the
 * straight way. */
static inline uint8_t *read_frames(wss_conn_t *conn, uint8_t *bytes, const uint8_t *end)
{
    wss_frames_t *f = &conn->u.frames;
    uint16_t life = conn->life;
    while ((bytes < end || lacks_nothing(f)) && wss_rx_reads_on(conn, life)) {
        uint32_t length = (uint32_t)(end - bytes);
        bytes += (f->flags & WSS_RX_IN_PAYLOAD) == 0 ? wss_rx_header(conn, bytes, length)
                                                     : read_payload(conn, bytes, length);
#if !WSS_CFG_SMALL
        if (conn->life == life && goes_straight(conn))
            break;
#endif
    }
    return bytes;
}

/* Returns where it stopped; the rest has to wait in the stream, or the connection does not read
 * frames any more. */
static uint8_t *read_and_conclude(wss_conn_t *conn, uint8_t *bytes, const uint8_t *end)
{
    uint16_t life = conn->life;
    wss_timer_touch(conn);
    for (;;) {
        bytes = read_frames(conn, bytes, end);
        if (conn->life != life || (conn->flags & WSS_CONN_CONCLUDES) == 0)
            return bytes;
        wss_rx_conclude(conn);
    }
}

/* The same of what arrived, which is at least a byte; NULL where the connection is gone. */
static inline uint8_t *read_arrived(wss_conn_t *conn, uint8_t *bytes, const uint8_t *end)
{
    const uint16_t life = conn->life;
#if !WSS_CFG_SMALL
    wss_timer_touch(conn);
    for (;;) {
        if (goes_straight(conn))
            bytes = read_short_messages(conn, bytes, end);
        if (bytes == NULL || (bytes == end && wss_rx_is_free(conn)))
            return bytes;
        bytes = read_and_conclude(conn, bytes, end);
        if (bytes == end || !wss_rx_reads_on(conn, life))
            break;
    }
#else
    bytes = read_and_conclude(conn, bytes, end);
#endif
    return conn->life == life ? bytes : NULL;
}

/* Returns where it stopped; NULL where the connection is gone. */
static uint8_t *read_heads(wss_conn_t *conn, uint8_t *bytes, const uint8_t *end)
{
    uint16_t life = conn->life;
    while (bytes < end && wss_input(conn) == WSS_INPUT_HTTP) {
        unsigned event;
        bytes += wss_head_read(conn, bytes, (uint32_t)(end - bytes), &event);
        if (event < WSS_EV_COUNT)
            (void)wss_step(conn, event, NULL);
        if (conn->life != life)
            return NULL;
    }
    return bytes;
}

/* Gives received bytes to whoever reads them; what nobody took stays in the stream. */
static void feed(wss_conn_t *conn, uint8_t *bytes, uint8_t *end)
{
    bool more = true;
    if (wss_input(conn) == WSS_INPUT_HTTP) {
        bytes = read_heads(conn, bytes, end);
        if (bytes == NULL)
            return;
        more = bytes != end;
    }
    if (more && wss_rx_reads(conn)) {
        bytes = read_arrived(conn, bytes, end);
        if (bytes == NULL)
            return;
    }
    if (wss_input(conn) == WSS_INPUT_DISCARD)
        bytes = end;
    conn->stream->ops->consume(conn->stream, (uint32_t)(bytes - conn->loop->config->rx_buffer),
                               bytes);
}

void wss_conn_read(wss_conn_t *conn)
{
    const wss_config_t *config = conn->loop->config;
    if (wss_input(conn) == WSS_INPUT_NONE ||
        (conn->flags & (WSS_CONN_EOF | WSS_CONN_HELD | WSS_CONN_STARVED)) != 0)
        return;
    int32_t got = conn->stream->ops->recv(conn->stream, config->rx_buffer, config->rx_size);
    if (got > 0) {
        feed(conn, config->rx_buffer, config->rx_buffer + got);
    } else if (got == WSS_ERR_EOF) {
        conn->flags |= WSS_CONN_EOF;
        (void)wss_step(conn, WSS_EV_EOF, NULL);
    } else if (got < 0) {
        (void)wss_step(conn, WSS_EV_TCP_DOWN, NULL);
    }
}

/* ------------------------------------------------------------ going on after a stop */

/* What was refused although it was to come again comes once a turn, as others have theirs. */
void wss_conn_resume(wss_conn_t *conn)
{
    const uint32_t both = WSS_CONN_HELD | WSS_CONN_RESUMED;
    if ((conn->flags & both) == both)
        conn->flags &= ~(uint32_t)WSS_CONN_HELD;
    if (wss_input(conn) == WSS_INPUT_FRAMES && lacks_nothing(&conn->u.frames) &&
        (conn->flags & (WSS_CONN_HELD | WSS_CONN_STARVED)) == 0)
        (void)read_and_conclude(conn, conn->loop->config->rx_buffer, conn->loop->config->rx_buffer);
}

void wss_resume(wss_conn_t *conn)
{
    if (wss_enter_public(conn->loop) != WSS_OK)
        return;
    conn->flags = (conn->flags & ~(uint32_t)WSS_CONN_HELD) | WSS_CONN_RESUMED;
    wss_run_again(conn);
    wss_leave(conn->loop);
}

uint64_t wss_frame_left(const wss_conn_t *conn, bool *final)
{
    wss_enter(conn->loop);
    const bool opened = (conn->flags & WSS_CONN_OPENED) != 0;
    uint64_t left = opened ? conn->u.frames.left : 0;
    if (final != NULL)
        *final = opened && (conn->u.frames.flags & WSS_RX_FINAL) != 0;
    wss_leave(conn->loop);
    return left;
}

static bool is_inside_message(const wss_frames_t *f)
{
    bool data = (f->flags & WSS_RX_IN_PAYLOAD) != 0 && !wss_rx_is_control(f->opcode);
    return data || f->receiving != WSS_ST_MSG_IDLE;
}

wss_result_t wss_set_buffer(wss_conn_t *conn, uint8_t *buffer, uint32_t size)
{
    wss_result_t result = wss_enter_public(conn->loop);
    if (result != WSS_OK)
        return result;
    if ((conn->flags & WSS_CONN_OPENED) != 0 && is_inside_message(&conn->u.frames)) {
        result = WSS_ERR_STATE;
    } else {
        conn->buffer = size == 0 ? NULL : buffer;
        conn->buffer_size = buffer == NULL ? 0 : size;
        measure(conn);
    }
    wss_leave(conn->loop);
    return result;
}
