/* SPDX-License-Identifier: MIT */
/*
 * The payload of data frames (RFC 6455, 5.6): unmasked where it lies, checked where it is text,
 * and delivered by piece or collected for a whole message. A piece that the application refused
 * is masked again, so that it comes back as it came.
 */
#include "wss_receive.h"

void wss_rx_mask_again(wss_conn_t *conn, uint8_t *bytes, size_t length)
{
    wss_frames_t *f = &conn->u.frames;
    if (!wss_rx_peer_masks(conn))
        return;
    wss_frame_turn_key(f->mask, WSS_MASK_SIZE - length % WSS_MASK_SIZE);
    wss_frame_xor(bytes, length, f->mask);
}

bool wss_rx_not_taken(wss_conn_t *conn, wss_result_t result)
{
    if (result == WSS_WOULD_BLOCK) {
        conn->flags |= WSS_CONN_HELD;
        if ((conn->flags & WSS_CONN_RESUMED) != 0)
            wss_run_again(conn);
        return false;
    }
    wss_rx_set_flags(&conn->u.frames, WSS_RX_FIRST, false);
    if (result < 0)
        conn->flags |= WSS_CONN_FAILED;
    return true;
}

/* How many bytes of the payload are good; text may not end inside a character. */
static size_t check_text(wss_frames_t *f, const uint8_t *bytes, size_t length, bool *bad)
{
    *bad = false;
    if (f->type != WSS_OPCODE_TEXT)
        return length;
    size_t good = wss_utf8_scan(&f->utf8, bytes, length);
    bool ends = length == f->left && (f->flags & WSS_RX_FINAL) != 0;
    *bad = good < length || (ends && f->utf8 != WSS_UTF8_ACCEPT);
    return good;
}

/* Unmasks what has come, and counts what of it is good as read: on_data may end the connection.
 * Returns as check_text(). */
static size_t read_good(wss_conn_t *conn, uint8_t *bytes, uint32_t length, bool *bad)
{
    wss_frames_t *f = &conn->u.frames;
    wss_rx_unmask(conn, bytes, length);
    size_t good = check_text(f, bytes, length, bad);
    f->offset += (uint32_t)good;
    return good;
}

static void count_payload(wss_frames_t *f, size_t count)
{
    uint32_t length = (uint32_t)count;
    f->left -= length;
    f->message += length;
}

/* Delivery by piece. What is good before a bad byte is delivered, however it was cut. */
static uint32_t read_piece(wss_conn_t *conn, uint8_t *bytes, uint32_t length)
{
    wss_frames_t *f = &conn->u.frames;
    uint16_t life = conn->life;
    uint8_t utf8 = f->utf8;
    bool bad;
    size_t good = read_good(conn, bytes, length, &bad);
    bool last = !bad && length == f->left && (f->flags & WSS_RX_FINAL) != 0;
    if ((good > 0 || last) && !wss_rx_deliver(conn, bytes, good, last)) {
        f->utf8 = utf8;
        f->offset -= (uint32_t)good;
        wss_rx_mask_again(conn, bytes, length);
        return 0;
    }
    if (conn->life != life)
        return length;
    count_payload(f, good);
    if (bad)
        wss_rx_fail(conn, WSS_REASON_TEXT_NOT_UTF8);
    else
        wss_rx_end_frame(f);
    return length;
}

/* Delivery by message, collected in the connection's buffer. */
static uint32_t read_part(wss_conn_t *conn, uint8_t *bytes, uint32_t length)
{
    wss_frames_t *f = &conn->u.frames;
    uint16_t life = conn->life;
    bool bad;
    bool complete = length == f->left && (f->flags & WSS_RX_FINAL) != 0;
    size_t good = read_good(conn, bytes, length, &bad);
    if (good > 0)
        memcpy(conn->buffer + f->collected, bytes, good);
    count_payload(f, good);
    f->collected = (uint32_t)(f->collected + good);
    if (bad)
        wss_rx_fail(conn, WSS_REASON_TEXT_NOT_UTF8);
    else if ((!complete || wss_rx_deliver(conn, conn->buffer, f->collected, true)) &&
             conn->life == life)
        wss_rx_end_frame(f);
    return length;
}

#if !WSS_CFG_SMALL
uint32_t wss_rx_keep_whole(wss_conn_t *conn, uint8_t *bytes, uint32_t length)
{
    wss_frames_t *f = &conn->u.frames;
    if (conn->buffer == NULL) {
        wss_rx_mask_again(conn, bytes, length);
        f->offset -= length;
        return 0;
    }
    if (length > 0)
        memcpy(conn->buffer, bytes, length);
    f->message = f->collected = length;
    return length;
}

/* One read brought all of the message: it is delivered where it lies. */
static uint32_t deliver_whole(wss_conn_t *conn, uint8_t *bytes, uint32_t length)
{
    wss_frames_t *f = &conn->u.frames;
    uint16_t life = conn->life;
    f->left = conn->buffer == NULL ? length : 0;
    if (!wss_rx_deliver(conn, bytes, length, true))
        return wss_rx_keep_whole(conn, bytes, length);
    if (conn->life == life) {
        f->left = 0;
        wss_rx_set_flags(f, WSS_RX_IN_PAYLOAD, false);
    }
    return length;
}

/* The same for delivery by message, before it is looked at. */
static uint32_t read_whole(wss_conn_t *conn, uint8_t *bytes, uint32_t length)
{
    bool bad;
    size_t good = read_good(conn, bytes, length, &bad);
    if (!bad)
        return deliver_whole(conn, bytes, length);
    count_payload(&conn->u.frames, good);
    wss_rx_fail(conn, WSS_REASON_TEXT_NOT_UTF8);
    return length;
}
#endif

/* What was collected before the message outgrew its buffer is its first piece. */
static bool spill(wss_conn_t *conn)
{
    wss_frames_t *f = &conn->u.frames;
    uint16_t life = conn->life;
    if (f->collected == 0)
        return true;
    if (!wss_rx_deliver(conn, conn->buffer, f->collected, false))
        return false;
    if (conn->life == life)
        f->collected = 0;
    return wss_rx_reads_on(conn, life);
}

uint32_t wss_rx_data(wss_conn_t *conn, uint8_t *bytes, uint32_t length)
{
    const wss_frames_t *f = &conn->u.frames;
    if (conn->buffer == NULL)
        return read_piece(conn, bytes, length);
    if ((f->flags & WSS_RX_SPILLED) != 0)
        return spill(conn) ? read_piece(conn, bytes, length) : 0;
#if !WSS_CFG_SMALL
    if (length == f->left && (f->flags & WSS_RX_FINAL) != 0 && f->collected == 0)
        return read_whole(conn, bytes, length);
#endif
    return read_part(conn, bytes, length);
}
