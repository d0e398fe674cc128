/* SPDX-License-Identifier: MIT */
/*
 * The way in: decrypted bytes as the contract of streams wants them. mbedTLS gives bytes
 * away when they are read; what the engine leaves is held here. It must not know records'
 * insides.
 */
#include "wss_tls_internal.h"

#include <string.h>

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* RFC 8446, 6.1: the end is what close_notify says; without it bytes may be missing. */
static void end(wss_tls_stream_t *stream, int code)
{
    if (code == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) {
        stream->end = WSS_ERR_EOF;
        return;
    }
    wss_tls_fail(stream, code);
}

/* What to do about a result that is no bytes. True: read on. */
static bool reads_on(wss_tls_stream_t *stream, int code, bool *again)
{
    const bool pending = mbedtls_ssl_check_pending(&stream->ssl) != 0;

    if (code == WSS_TLS_TICKET_CAME) {
        wss_tls_session_keep(stream);
        return true;
    }
    if (code == 0 && !stream->below_ended)
        return true; /* a record with nothing in it */
    if (code == MBEDTLS_ERR_SSL_WANT_READ && pending && !*again)
        return *again = true; /* 3.6 has a ticket at hand */
    if (code != MBEDTLS_ERR_SSL_WANT_READ && code != MBEDTLS_ERR_SSL_WANT_WRITE)
        end(stream, code);
    return false;
}

static uint32_t read_records(wss_tls_stream_t *stream, uint8_t *buffer, uint32_t capacity)
{
    uint32_t count = 0;
    bool again = false;

    wss_tls_input_begin(stream);
    while (count < capacity) {
        const int code = mbedtls_ssl_read(&stream->ssl, buffer + count, capacity - count);
        if (code > 0) {
            count += (uint32_t)code;
            again = false;
        } else if (!reads_on(stream, code, &again)) {
            break;
        }
    }
    wss_tls_input_end(stream);
    wss_tls_flush_below(stream);
    return count;
}

int32_t wss_tls_receive(wss_stream_t *base, uint8_t *buffer, uint32_t capacity)
{
    wss_tls_stream_t *stream = (wss_tls_stream_t *)base;

    if (stream->phase != WSS_PHASE_UP)
        return stream->phase == WSS_PHASE_FAILED ? WSS_ERR_NETWORK : 0;
    capacity = smaller(capacity, wss_tls_hal_of(stream)->config.hold_size);
    const uint32_t held = smaller(stream->held, capacity);
    if (held > 0)
        memcpy(buffer, wss_tls_hold_of(stream) + stream->hold_first, held);
    uint32_t count = 0;
    if (held < capacity && stream->end == 0)
        count = read_records(stream, buffer + held, capacity - held);
    stream->read_new = count > 0;
    stream->returned = held + count;
    if (stream->returned > 0)
        return (int32_t)stream->returned;
    wss_upper_owe(&stream->upper);
    return stream->end;
}

void wss_tls_consume(wss_stream_t *base, uint32_t count, const uint8_t *rest)
{
    wss_tls_stream_t *stream = (wss_tls_stream_t *)base;

    count = smaller(count, stream->returned);
    if (stream->read_new) {
        stream->hold_first = 0;
        stream->held = stream->returned - count;
        if (stream->held > 0)
            memcpy(wss_tls_hold_of(stream), rest, stream->held);
    } else {
        stream->hold_first += count;
        stream->held -= count;
    }
    stream->returned = 0;
    stream->read_new = false;
    wss_upper_owe(&stream->upper);
}

bool wss_tls_inside(const wss_tls_stream_t *stream)
{
    if (stream->held > 0 || stream->end != 0)
        return true;
    return mbedtls_ssl_get_bytes_avail(&stream->ssl) > 0 ||
           mbedtls_ssl_check_pending(&stream->ssl) != 0;
}
