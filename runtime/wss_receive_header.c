/* SPDX-License-Identifier: MIT */
/*
 * Frame headers (RFC 6455, 5.2), as they arrive: what is wrong with one is found at the first byte
 * that shows it, a bad length once all of it is there.
 */
#include "wss_receive.h"

/* ---------------------------------------------------- actions of the message machine */

static void begin_message(wss_conn_t *conn, wss_opcode_t type)
{
    wss_frames_t *f = &conn->u.frames;
    f->type = (uint8_t)type;
    f->utf8 = WSS_UTF8_ACCEPT;
    f->message = 0;
    f->collected = 0;
    f->flags = (uint8_t)((f->flags | WSS_RX_FIRST) & ~WSS_RX_SPILLED);
}

void wss_act_begin_text(wss_conn_t *conn)
{
    begin_message(conn, WSS_OPCODE_TEXT);
}

void wss_act_begin_binary(wss_conn_t *conn)
{
    begin_message(conn, WSS_OPCODE_BINARY);
}

void wss_act_reject_frame(wss_conn_t *conn)
{
    conn->flags |= WSS_CONN_BAD;
}

/* ------------------------------------------------------------------- reading */

/* Whether these two bytes begin a data frame with the shortest form of length, as most do:
 * then nothing in the header can be wrong. */
static bool is_short_data(const wss_conn_t *conn, const uint8_t *header)
{
    unsigned mask = wss_rx_peer_masks(conn) ? WSS_FRAME_MASK_MASK : 0u;
    return (header[0] & ~WSS_FRAME_FIN_MASK) <= WSS_OPCODE_BINARY &&
           (header[1] ^ mask) < WSS_LENGTH_16;
}

/* What is wrong with the first `have` bytes of a header, in the order of the bytes. */
static unsigned check_header(const wss_conn_t *conn, const uint8_t *header, unsigned have)
{
    bool client = wss_is_client(conn);
    if (!WSS_CFG_SMALL && have >= 2 && is_short_data(conn, header))
        return WSS_REASON_NONE;
    unsigned opcode = header[0] & WSS_FRAME_OPCODE_MASK;
    if ((header[0] & WSS_FRAME_RSV_MASK) != 0)
        return WSS_REASON_RESERVED_BITS;
    if (wss_opcode_class[opcode] == WSS_CLASS_RESERVED)
        return WSS_REASON_RESERVED_OPCODE;
    if (wss_rx_is_control(opcode) && (header[0] & WSS_FRAME_FIN_MASK) == 0)
        return WSS_REASON_CONTROL_FRAGMENTED;
    if (have < 2)
        return WSS_REASON_NONE;
    if (((header[1] & WSS_FRAME_MASK_MASK) != 0) == client)
        return client ? WSS_REASON_MASK_UNEXPECTED : WSS_REASON_MASK_MISSING;
    if (wss_rx_is_control(opcode) && (header[1] & WSS_FRAME_LENGTH_MASK) > WSS_CONTROL_MAX)
        return WSS_REASON_CONTROL_TOO_LONG;
    if (have < wss_frame_header_size(header, have))
        return WSS_REASON_NONE;
    if (wss_frame_length_top_bit(header))
        return WSS_REASON_LENGTH_TOP_BIT;
    return wss_frame_length_minimal(header, wss_frame_length(header))
               ? WSS_REASON_NONE
               : WSS_REASON_LENGTH_NOT_MINIMAL;
}

/* A message that outgrows its buffer comes in pieces from now on, or is refused. */
static bool too_big(wss_conn_t *conn)
{
    wss_frames_t *f = &conn->u.frames;
    if (f->left > conn->loop->max_message - f->message)
        return true;
    if (f->message + f->left <= conn->buffer_size || conn->buffer == NULL)
        return false;
    wss_rx_set_flags(f, WSS_RX_SPILLED, true);
    return !conn->loop->config->pieces_beyond;
}

/* A header of `size` bytes is complete and good. */
static void begin_frame(wss_conn_t *conn, const uint8_t *header, unsigned size)
{
    wss_frames_t *f = &conn->u.frames;
    bool final = (header[0] & WSS_FRAME_FIN_MASK) != 0;
    f->opcode = header[0] & WSS_FRAME_OPCODE_MASK;
    f->left = wss_frame_length(header);
    f->offset += size;
    if (wss_rx_peer_masks(conn))
        memcpy(f->mask, header + size - WSS_MASK_SIZE, WSS_MASK_SIZE);
    f->flags = (uint8_t)((f->flags & ~(unsigned)WSS_RX_FINAL) | WSS_RX_IN_PAYLOAD |
                         (final ? WSS_RX_FINAL : 0u));
    f->header_length = 0;

    if (wss_step_receiving(conn, wss_rx_message_event(f->opcode, final)) &&
        !wss_rx_is_control(f->opcode) && too_big(conn))
        wss_rx_fail(conn, WSS_REASON_MESSAGE_TOO_BIG);
}

/* Adds bytes to a header that a read cut. */
static uint32_t collect_header(wss_frames_t *f, const uint8_t *bytes, uint32_t length)
{
    uint32_t taken = 0;
    while (taken < length && f->header_length < wss_frame_header_size(f->header, f->header_length))
        f->header[f->header_length++] = bytes[taken++];
    return taken;
}

/* Reads a header, or a part of one, wherever its bytes are. Returns how many it took. */
uint32_t wss_rx_header(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    wss_frames_t *f = &conn->u.frames;
    unsigned have = length < WSS_FRAME_HEADER_MAX ? (unsigned)length : WSS_FRAME_HEADER_MAX;
    unsigned size = wss_frame_header_size(bytes, have);
    uint32_t taken = size;
    if (f->header_length != 0 || have < size) {
        taken = collect_header(f, bytes, length);
        bytes = f->header;
        have = f->header_length;
        size = wss_frame_header_size(bytes, have);
    }
    unsigned reason = check_header(conn, bytes, have);
    if (reason != WSS_REASON_NONE)
        wss_rx_fail(conn, reason);
    else if (have >= size)
        begin_frame(conn, bytes, size);
    return taken;
}
