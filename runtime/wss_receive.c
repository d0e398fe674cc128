/* SPDX-License-Identifier: MIT */
/*
 * Receiving: bytes of the stream become events. Frames are parsed and unmasked in the
 * loop's buffer and handed on as pointers into it. Bytes that nobody can take now are
 * left in the stream, where the peer feels them.
 */
#include "wss_receive.h"

/* --------------------------------------------------------------- begin, end */

/* The longest payload that read_short_message() takes. */
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

/* What most messages are: one short frame, whole, with nothing wrong. It is delivered where it
 * lies. `mask`: the bit that the peer sets. Returns 0 for any other: nothing of it was read. */
static inline unsigned read_short_message(wss_conn_t *conn, uint8_t *bytes, uint32_t length,
                                          unsigned mask)
{
    wss_frames_t *f = &conn->u.frames;
    const unsigned size = 2 + mask / (WSS_FRAME_MASK_MASK / WSS_MASK_SIZE);
    if (length < size || begun(f))
        return 0;
    const unsigned opcode = bytes[0] ^ WSS_FRAME_FIN_MASK;
    const unsigned payload = bytes[1] ^ mask;
    if (opcode - WSS_OPCODE_TEXT > WSS_OPCODE_BINARY - WSS_OPCODE_TEXT ||
        payload > conn->short_most || payload > length - size)
        return 0;
    if (mask != 0) {
        memcpy(f->mask, bytes + 2, WSS_MASK_SIZE);
        wss_frame_apply_mask(bytes + size, payload, f->mask);
    }
    if (opcode == WSS_OPCODE_TEXT && !wss_utf8_valid(bytes + size, payload)) {
        wss_rx_mask_again(conn, bytes + size, payload);
        return 0;
    }
    f->opcode = (uint8_t)opcode;
    f->offset += size;
    f->flags |= WSS_RX_IN_PAYLOAD | WSS_RX_FINAL;
    if (!wss_step_receiving(conn, wss_rx_message_event(opcode, true)))
        return size;
    return size + wss_rx_deliver_whole(conn, bytes + size, payload);
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

/* Returns where it stopped. */
static inline uint8_t *read_frames(wss_conn_t *conn, uint8_t *bytes, const uint8_t *end)
{
    wss_frames_t *f = &conn->u.frames;
    uint16_t life = conn->life;
#if !WSS_CFG_SMALL
    const unsigned mask = wss_rx_peer_masks(conn) ? WSS_FRAME_MASK_MASK : 0u;
#endif
    while ((bytes < end || lacks_nothing(f)) && wss_rx_reads_on(conn, life)) {
        uint32_t length = (uint32_t)(end - bytes);
#if !WSS_CFG_SMALL
        uint32_t straight = read_short_message(conn, bytes, length, mask);
        bytes += straight;
        if (straight > 0)
            continue;
#endif
        bytes += (f->flags & WSS_RX_IN_PAYLOAD) == 0 ? wss_rx_header(conn, bytes, length)
                                                     : read_payload(conn, bytes, length);
    }
    return bytes;
}

uint32_t wss_frames_read(wss_conn_t *conn, uint8_t *bytes, uint32_t length)
{
    uint16_t life = conn->life;
    uint8_t *at = bytes;
    wss_timer_touch(conn);
    do
        at = read_frames(conn, at, bytes + length);
    while (conn->life == life && wss_rx_conclude(conn));
    return (uint32_t)(at - bytes);
}

/* Returns where it stopped. */
static uint8_t *read_heads(wss_conn_t *conn, uint8_t *bytes, const uint8_t *end)
{
    uint16_t life = conn->life;
    while (bytes < end && conn->life == life && wss_input(conn) == WSS_INPUT_HTTP) {
        unsigned event;
        bytes += wss_head_read(conn, bytes, (uint32_t)(end - bytes), &event);
        if (event != WSS_EV_COUNT)
            (void)wss_step(conn, event, NULL);
    }
    return bytes;
}

/* Gives received bytes to whoever reads them; what nobody took stays in the stream. */
static void feed(wss_conn_t *conn, uint8_t *bytes, const uint8_t *end)
{
    uint16_t life = conn->life;
    bytes = read_heads(conn, bytes, end);
    if (bytes < end && wss_rx_reads_on(conn, life))
        bytes += wss_frames_read(conn, bytes, (uint32_t)(end - bytes));
    if (conn->life != life)
        return;
    uint8_t *from = conn->loop->config->rx_buffer;
    if (wss_input(conn) == WSS_INPUT_DISCARD)
        bytes = from + (end - from);
    conn->stream->ops->consume(conn->stream, (uint32_t)(bytes - from), bytes);
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
        (void)wss_frames_read(conn, conn->loop->config->rx_buffer, 0);
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
    uint64_t left = conn->u.frames.left;
    if (final != NULL)
        *final = (conn->u.frames.flags & WSS_RX_FINAL) != 0;
    wss_leave(conn->loop);
    return left;
}

wss_result_t wss_set_buffer(wss_conn_t *conn, uint8_t *buffer, uint32_t size)
{
    wss_result_t result = wss_enter_public(conn->loop);
    if (result != WSS_OK)
        return result;
    bool inside =
        (conn->flags & WSS_CONN_OPENED) != 0 && ((conn->u.frames.flags & WSS_RX_IN_PAYLOAD) != 0 ||
                                                 conn->u.frames.receiving != WSS_ST_MSG_IDLE);
    if (inside) {
        result = WSS_ERR_STATE;
    } else {
        conn->buffer = size == 0 ? NULL : buffer;
        conn->buffer_size = buffer == NULL ? 0 : size;
        measure(conn);
    }
    wss_leave(conn->loop);
    return result;
}
