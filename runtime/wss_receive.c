/* SPDX-License-Identifier: MIT */
/*
 * Receiving: bytes of the stream become events. Frames are parsed and unmasked in the
 * loop's buffer and handed on as pointers into it. Bytes that nobody can take now are
 * left in the stream, where the peer feels them; a refused piece is masked again, so
 * that it comes back as it came.
 */
#include <string.h>

#include "wss_core.h"
#include "wss_frame.h"
#include "wss_step_message.h"
#include "wss_utf8.h"

/* wss_frames_t.flags, as far as receiving goes; wss_send.c has the others */
enum {
    IN_PAYLOAD = 1u << 0, /* the header is read, the frame is not done */
    FINAL = 1u << 1,      /* FIN of the frame being read */
    FIRST = 1u << 3,      /* nothing of the message was delivered yet */
    SPILLED = 1u << 7     /* the message outgrew its buffer: it comes in pieces */
};

static void set_flags(wss_frames_t *f, unsigned which, bool on)
{
    f->flags = (uint8_t)(on ? f->flags | which : f->flags & ~which);
}

/* Whether the connection still is the one that we read for, and reads on. */
static bool reads_on(const wss_conn_t *conn, uint16_t life)
{
    return conn->life == life && wss_input(conn) == WSS_INPUT_FRAMES &&
           (conn->flags & (WSS_CONN_HELD | WSS_CONN_STARVED | WSS_CONN_FAILED | WSS_CONN_BAD)) == 0;
}

/* The frame fails the connection, once the reader has returned to where it began. */
static void fail(wss_conn_t *conn, unsigned reason)
{
    wss_blame(conn, reason);
    conn->flags |= WSS_CONN_BAD;
}

/* RFC 6455, 5.5: control frames are the opcodes with the top bit set. */
static bool is_control(unsigned opcode)
{
    return opcode >= WSS_OPCODE_CLOSE;
}

/* RFC 6455, 5.1: a client masks all that it sends, a server nothing. */
static bool peer_masks(const wss_conn_t *conn)
{
    return !wss_is_client(conn);
}

/* -------------------------------------------------- messages: begin, deliver */

static void begin_message(wss_conn_t *conn, wss_opcode_t type)
{
    wss_frames_t *f = &conn->u.frames;
    f->type = (uint8_t)type;
    f->utf8 = WSS_UTF8_ACCEPT;
    f->message = 0;
    f->collected = 0;
    f->flags = (uint8_t)((f->flags | FIRST) & ~SPILLED);
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

/* What becomes of data that the application did not take; false: it is to come again. */
static bool not_taken(wss_conn_t *conn, wss_result_t result)
{
    if (result == WSS_WOULD_BLOCK) {
        if ((conn->flags & WSS_CONN_RESUMED) == 0)
            conn->flags |= WSS_CONN_HELD;
        else
            wss_run_again(conn);
        return false;
    }
    set_flags(&conn->u.frames, FIRST, false);
    if (result < 0)
        conn->flags |= WSS_CONN_FAILED;
    return true;
}

/* What frames have led to, or the application's word on them. False: nothing. */
static bool conclude(wss_conn_t *conn, uint16_t life)
{
    wss_close_args_t args = {.code = WSS_CLOSE_INTERNAL_ERROR};
    const uint32_t both = WSS_CONN_FAILED | WSS_CONN_BAD;
    if (conn->life != life || (conn->flags & both) == 0)
        return false;
    bool bad = (conn->flags & WSS_CONN_BAD) != 0;
    conn->flags &= ~both;
    (void)wss_step(conn, bad ? WSS_EV_RX_BAD : WSS_EV_CLOSE, bad ? NULL : &args);
    return conn->life == life;
}

/* False: the application did not take it; it is to come again. */
static inline bool deliver(wss_conn_t *conn, uint8_t *bytes, size_t length, bool last)
{
    wss_frames_t *f = &conn->u.frames;
    uint16_t life = conn->life;
    wss_delivery_t delivery = {.data = {.bytes = bytes,
                                        .length = length,
                                        .type = (wss_opcode_t)f->type,
                                        .first = (f->flags & FIRST) != 0,
                                        .last = last},
                               .result = WSS_OK};
    conn->flags &= ~(uint32_t)WSS_CONN_RESUMED;
    wss_raise(conn, WSS_EV_RX_DATA, &delivery);
    if (conn->life != life)
        return true;
    if (delivery.result != WSS_OK)
        return not_taken(conn, delivery.result);
    set_flags(f, FIRST, false);
    return true;
}

/* ------------------------------------------------------------------ headers */

/* Whether these two bytes begin a data frame with the shortest form of length, as most do:
 * then nothing in the header can be wrong. */
static bool is_short_data(const wss_conn_t *conn, const uint8_t *header)
{
    unsigned mask = peer_masks(conn) ? WSS_FRAME_MASK_MASK : 0u;
    return (header[0] & ~WSS_FRAME_FIN_MASK) <= WSS_OPCODE_BINARY &&
           (header[1] ^ mask) < WSS_LENGTH_16;
}

/* What is wrong with the first `have` bytes of a header, in the order of the bytes. */
static unsigned check_header(const wss_conn_t *conn, const uint8_t *header, unsigned have)
{
    bool client = wss_is_client(conn);
    if (have >= 2 && is_short_data(conn, header))
        return WSS_REASON_NONE;
    unsigned opcode = header[0] & WSS_FRAME_OPCODE_MASK;
    if ((header[0] & WSS_FRAME_RSV_MASK) != 0)
        return WSS_REASON_RESERVED_BITS;
    if (wss_opcode_class[opcode] == WSS_CLASS_RESERVED)
        return WSS_REASON_RESERVED_OPCODE;
    if (is_control(opcode) && (header[0] & WSS_FRAME_FIN_MASK) == 0)
        return WSS_REASON_CONTROL_FRAGMENTED;
    if (have < 2)
        return WSS_REASON_NONE;
    if (((header[1] & WSS_FRAME_MASK_MASK) != 0) == client)
        return client ? WSS_REASON_MASK_UNEXPECTED : WSS_REASON_MASK_MISSING;
    if (is_control(opcode) && (header[1] & WSS_FRAME_LENGTH_MASK) > WSS_CONTROL_MAX)
        return WSS_REASON_CONTROL_TOO_LONG;
    if (have < wss_frame_header_size(header, have))
        return WSS_REASON_NONE;
    if (wss_frame_length_top_bit(header))
        return WSS_REASON_LENGTH_TOP_BIT;
    return wss_frame_length_minimal(header, wss_frame_length(header))
               ? WSS_REASON_NONE
               : WSS_REASON_LENGTH_NOT_MINIMAL;
}

/* The events of the message machine stand in the order of types, FIN after more. */
_Static_assert(WSS_EV_MSG_TEXT == WSS_EV_MSG_CONTINUATION + 2 * WSS_OPCODE_TEXT &&
                   WSS_EV_MSG_BINARY == WSS_EV_MSG_CONTINUATION + 2 * WSS_OPCODE_BINARY &&
                   WSS_EV_MSG_BINARY_FIN == WSS_EV_MSG_BINARY + 1,
               "events of the message machine");

static unsigned message_event(unsigned opcode, bool final)
{
    return is_control(opcode) ? WSS_EV_MSG_CONTROL
                              : WSS_EV_MSG_CONTINUATION + 2 * opcode + (final ? 1u : 0u);
}

/* A message that outgrows its buffer comes in pieces from now on, or is refused. */
static bool too_big(wss_conn_t *conn)
{
    wss_frames_t *f = &conn->u.frames;
    if (f->left > conn->loop->max_message - f->message)
        return true;
    if (f->message + f->left <= conn->buffer_size || conn->buffer == NULL)
        return false;
    set_flags(f, SPILLED, true);
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
    if (peer_masks(conn))
        memcpy(f->mask, header + size - WSS_MASK_SIZE, WSS_MASK_SIZE);
    f->flags = (uint8_t)((f->flags & ~(unsigned)FINAL) | IN_PAYLOAD | (final ? FINAL : 0u));
    f->header_length = 0;

    if (wss_step_receiving(conn, message_event(f->opcode, final)) && !is_control(f->opcode) &&
        too_big(conn))
        fail(conn, WSS_REASON_MESSAGE_TOO_BIG);
}

/* Adds bytes to a header that a read cut. */
static uint32_t collect_header(wss_frames_t *f, const uint8_t *bytes, uint32_t length)
{
    uint32_t taken = 0;
    while (taken < length &&
           (f->header_length < 2 ||
            f->header_length < wss_frame_header_size(f->header, f->header_length)))
        f->header[f->header_length++] = bytes[taken++];
    return taken;
}

/* Reads a header, or a part of one, wherever its bytes are. Returns how many it took. */
static uint32_t read_header(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
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
        fail(conn, reason);
    else if (have >= size)
        begin_frame(conn, bytes, size);
    return taken;
}

/* ------------------------------------------------------------------- payload */

static void end_frame(wss_frames_t *f)
{
    if (f->left == 0)
        set_flags(f, IN_PAYLOAD, false);
}

static void unmask(wss_conn_t *conn, uint8_t *bytes, size_t length)
{
    if (peer_masks(conn))
        wss_frame_apply_mask(bytes, length, conn->u.frames.mask);
}

/* Masks what was unmasked, and turns the key back. */
static void mask_again(wss_conn_t *conn, uint8_t *bytes, size_t length)
{
    wss_frames_t *f = &conn->u.frames;
    if (!peer_masks(conn))
        return;
    wss_frame_rewind_mask(f->mask, length);
    wss_frame_apply_mask(bytes, length, f->mask);
    wss_frame_rewind_mask(f->mask, length);
}

/* How many bytes of the payload are good; text may not end inside a character. */
static size_t check_text(wss_frames_t *f, const uint8_t *bytes, size_t length, bool *bad)
{
    *bad = false;
    if (f->type != WSS_OPCODE_TEXT)
        return length;
    size_t good = wss_utf8_scan(&f->utf8, bytes, length);
    bool ends = length == f->left && (f->flags & FINAL) != 0;
    *bad = good < length || (ends && f->utf8 != WSS_UTF8_ACCEPT);
    return good;
}

static void count_payload(wss_frames_t *f, size_t count)
{
    uint32_t length = (uint32_t)count;
    f->left -= length;
    f->message += length;
    f->offset += length;
}

/* Delivery by piece. What is good before a bad byte is delivered, however it was cut. */
static uint32_t read_piece(wss_conn_t *conn, uint8_t *bytes, uint32_t length)
{
    wss_frames_t *f = &conn->u.frames;
    uint16_t life = conn->life;
    uint8_t utf8 = f->utf8;
    bool bad;
    unmask(conn, bytes, length);
    size_t good = check_text(f, bytes, length, &bad);
    bool last = !bad && length == f->left && (f->flags & FINAL) != 0;
    if ((good > 0 || last) && !deliver(conn, bytes, good, last)) {
        f->utf8 = utf8;
        mask_again(conn, bytes, length);
        return 0;
    }
    if (conn->life != life)
        return length;
    count_payload(f, good);
    if (bad)
        fail(conn, WSS_REASON_TEXT_NOT_UTF8);
    else
        end_frame(f);
    return length;
}

/* Delivery by message, collected in the connection's buffer. */
static uint32_t read_part(wss_conn_t *conn, uint8_t *bytes, uint32_t length)
{
    wss_frames_t *f = &conn->u.frames;
    uint16_t life = conn->life;
    bool bad;
    unmask(conn, bytes, length);
    bool complete = length == f->left && (f->flags & FINAL) != 0;
    size_t good = check_text(f, bytes, length, &bad);
    if (good > 0)
        memcpy(conn->buffer + f->collected, bytes, good);
    count_payload(f, good);
    f->collected = (uint32_t)(f->collected + good);
    if (bad)
        fail(conn, WSS_REASON_TEXT_NOT_UTF8);
    else if ((!complete || deliver(conn, conn->buffer, f->collected, true)) && conn->life == life)
        end_frame(f);
    return length;
}

#if !WSS_CFG_SMALL
/* The application did not take the message: it comes again, from the buffer, or as the payload
 * that it was. Returns how much of that is read for good. */
static uint32_t keep_whole(wss_conn_t *conn, uint8_t *bytes, uint32_t length)
{
    wss_frames_t *f = &conn->u.frames;
    if (conn->buffer == NULL) {
        mask_again(conn, bytes, length);
        f->offset -= length;
        return 0;
    }
    if (length > 0)
        memcpy(conn->buffer, bytes, length);
    f->message = f->collected = length;
    return length;
}

/* One read brought all of the message: it is delivered where it lies. */
static inline uint32_t deliver_whole(wss_conn_t *conn, uint8_t *bytes, uint32_t length)
{
    wss_frames_t *f = &conn->u.frames;
    uint16_t life = conn->life;
    f->offset += length;
    f->left = conn->buffer == NULL ? length : 0;
    if (!deliver(conn, bytes, length, true))
        return keep_whole(conn, bytes, length);
    if (conn->life == life) {
        f->left = 0;
        set_flags(f, IN_PAYLOAD, false);
    }
    return length;
}

/* The same for delivery by message, before it is looked at. */
static uint32_t read_whole(wss_conn_t *conn, uint8_t *bytes, uint32_t length)
{
    bool bad;
    unmask(conn, bytes, length);
    size_t good = check_text(&conn->u.frames, bytes, length, &bad);
    if (!bad)
        return deliver_whole(conn, bytes, length);
    count_payload(&conn->u.frames, good);
    fail(conn, WSS_REASON_TEXT_NOT_UTF8);
    return length;
}
#endif

/* ------------------------------------------------------------ control frames */

/* What has come waits in the stream: for a control payload, or for `room` as well. */
static void starve(wss_conn_t *conn, bool room)
{
    conn->flags |= WSS_CONN_STARVED | (room ? WSS_CONN_THIRSTY : 0u);
    conn->loop->flags |= WSS_LOOP_STARVED;
}

static void take_close(wss_conn_t *conn, const uint8_t *bytes, size_t length)
{
    wss_close_args_t args = {0};
    if (length == 1) {
        fail(conn, WSS_REASON_CLOSE_TOO_SHORT);
        return;
    }
    if (length >= 2) {
        args.code = (uint16_t)(bytes[0] << 8 | bytes[1]);
        args.reason = (const char *)bytes + 2;
        args.length = length - 2;
        if (!wss_close_code_may_receive(args.code)) {
            fail(conn, WSS_REASON_CLOSE_CODE_INVALID);
            return;
        }
    }
    if (!wss_utf8_valid(args.reason, args.length))
        fail(conn, WSS_REASON_CLOSE_NOT_UTF8);
    else
        (void)wss_step(conn, WSS_EV_RX_CLOSE, &args);
}

static void take_control(wss_conn_t *conn, const uint8_t *bytes, size_t length)
{
    wss_frames_t *f = &conn->u.frames;
    uint16_t life = conn->life;
    wss_span_t span = {.bytes = bytes, .length = length};
    if (f->opcode == WSS_OPCODE_CLOSE)
        take_close(conn, bytes, length);
    else
        (void)wss_step(conn, f->opcode == WSS_OPCODE_PING ? WSS_EV_RX_PING : WSS_EV_RX_PONG, &span);
    if (conn->life != life)
        return;
    f->left = 0;
    f->offset += (uint32_t)length;
    wss_control_give(conn, &f->control);
    end_frame(f);
}

/* A payload that a read cut is collected in the pool; where nothing is free, in the place of
 * the Pong that waits: a newer Ping takes that over, a Close needs no Pong before it. */
static uint32_t collect_control(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    wss_frames_t *f = &conn->u.frames;
    if (f->control == WSS_NO_SLOT)
        f->control = wss_control_take(conn);
    if (f->control == WSS_NO_SLOT && f->opcode != WSS_OPCODE_PONG)
        f->control = wss_pong_drop(conn);
    if (f->control == WSS_NO_SLOT) {
        starve(conn, false);
        return 0;
    }
    wss_control_t *slot = wss_control_at(conn, f->control);
    if (length > 0)
        memcpy(slot->bytes + slot->length, bytes, length);
    unmask(conn, slot->bytes + slot->length, length);
    slot->length = (uint8_t)(slot->length + length);
    f->left -= length;
    if (f->left == 0)
        take_control(conn, slot->bytes, slot->length);
    return length;
}

/* Whether what a control frame asks for can be done now: only a Ping asks for anything,
 * and only where it is answered. */
static bool can_take_control(wss_conn_t *conn, size_t length)
{
    return conn->u.frames.opcode != WSS_OPCODE_PING || !wss_allows(conn, WSS_ALLOW_PONG) ||
           wss_pong_possible(conn, length);
}

static uint32_t read_control(wss_conn_t *conn, uint8_t *bytes, uint32_t length)
{
    wss_frames_t *f = &conn->u.frames;
    if (f->control != WSS_NO_SLOT || length < f->left)
        return collect_control(conn, bytes, length);
    if (!can_take_control(conn, length)) {
        starve(conn, true);
        return 0;
    }
    unmask(conn, bytes, length);
    take_control(conn, bytes, length);
    return length;
}

/* What was collected before the message outgrew its buffer is its first piece. */
static bool spill(wss_conn_t *conn)
{
    wss_frames_t *f = &conn->u.frames;
    uint16_t life = conn->life;
    if (f->collected == 0)
        return true;
    if (!deliver(conn, conn->buffer, f->collected, false))
        return false;
    if (conn->life == life)
        f->collected = 0;
    return reads_on(conn, life);
}

static inline uint32_t read_data(wss_conn_t *conn, uint8_t *bytes, uint32_t length)
{
    const wss_frames_t *f = &conn->u.frames;
    if (conn->buffer == NULL)
        return read_piece(conn, bytes, length);
    if ((f->flags & SPILLED) != 0)
        return spill(conn) ? read_piece(conn, bytes, length) : 0;
#if !WSS_CFG_SMALL
    if (length == f->left && (f->flags & FINAL) != 0 && f->collected == 0)
        return read_whole(conn, bytes, length);
#endif
    return read_part(conn, bytes, length);
}

static inline uint32_t read_payload(wss_conn_t *conn, uint8_t *bytes, uint32_t length)
{
    wss_frames_t *f = &conn->u.frames;
    if (length > f->left)
        length = (uint32_t)f->left;
    return is_control(f->opcode) ? read_control(conn, bytes, length)
                                 : read_data(conn, bytes, length);
}

/* ------------------------------------------------------------------- reading */

#if !WSS_CFG_SMALL
/* Whether something of a frame was read. */
static inline bool begun(const wss_frames_t *f)
{
    return ((f->flags & IN_PAYLOAD) | f->header_length) != 0;
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
        mask_again(conn, bytes + size, payload);
        return 0;
    }
    f->opcode = (uint8_t)opcode;
    f->offset += size;
    f->flags |= IN_PAYLOAD | FINAL;
    if (!wss_step_receiving(conn, message_event(opcode, true)))
        return size;
    return size + deliver_whole(conn, bytes + size, payload);
}
#endif

/* A frame without a further byte of payload is done although nothing more may come. */
static bool lacks_nothing(const wss_frames_t *f)
{
    return (f->flags & IN_PAYLOAD) != 0 && f->left == 0;
}

/* Returns where it stopped. */
static inline uint8_t *read_frames(wss_conn_t *conn, uint8_t *bytes, const uint8_t *end)
{
    wss_frames_t *f = &conn->u.frames;
    uint16_t life = conn->life;
#if !WSS_CFG_SMALL
    const unsigned mask = peer_masks(conn) ? WSS_FRAME_MASK_MASK : 0u;
#endif
    while ((bytes < end || lacks_nothing(f)) && reads_on(conn, life)) {
        uint32_t length = (uint32_t)(end - bytes);
#if !WSS_CFG_SMALL
        uint32_t straight = read_short_message(conn, bytes, length, mask);
        bytes += straight;
        if (straight > 0)
            continue;
#endif
        bytes += (f->flags & IN_PAYLOAD) == 0 ? read_header(conn, bytes, length)
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
    while (conclude(conn, life));
    return (uint32_t)(at - bytes);
}

static uint32_t read_head(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    unsigned event = WSS_EV_COUNT;
    uint32_t used = wss_head_read(conn, bytes, length, &event);
    if (event != WSS_EV_COUNT)
        (void)wss_step(conn, event, NULL);
    return used;
}

/* Gives received bytes to whoever reads them; what nobody took stays in the stream. */
static void feed(wss_conn_t *conn, uint8_t *bytes, const uint8_t *end)
{
    uint16_t life = conn->life;
    while (bytes < end && conn->life == life && wss_input(conn) == WSS_INPUT_HTTP)
        bytes += read_head(conn, bytes, (uint32_t)(end - bytes));
    if (bytes < end && reads_on(conn, life))
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

void wss_conn_resume(wss_conn_t *conn)
{
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
        *final = (conn->u.frames.flags & FINAL) != 0;
    wss_leave(conn->loop);
    return left;
}

wss_result_t wss_set_buffer(wss_conn_t *conn, uint8_t *buffer, uint32_t size)
{
    wss_result_t result = wss_enter_public(conn->loop);
    if (result != WSS_OK)
        return result;
    bool inside =
        (conn->flags & WSS_CONN_OPENED) != 0 &&
        ((conn->u.frames.flags & IN_PAYLOAD) != 0 || conn->u.frames.receiving != WSS_ST_MSG_IDLE);
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
