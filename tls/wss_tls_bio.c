/* SPDX-License-Identifier: MIT */
/*
 * mbedTLS's way to the stream below: what one read brought is given out piece by piece, what
 * is written gathers and waits for a flush. It must not know what TLS is.
 */
#include "wss_tls_internal.h"

#include <string.h>

/* ------------------------------------------------------------------------ receiving */

/* What one turn may read of the stream below: `input` once, else bytes, and some for each read. A
 * peer that sends without end does not hold the others up: wait() reports what is left there. */
enum { MOST_STRAIGHT = 18 * 1024, EACH_READ = 16 };

static int translate(wss_tls_stream_t *stream, int32_t count)
{
    if (count == 0)
        return MBEDTLS_ERR_SSL_WANT_READ;
    if (count == WSS_ERR_EOF) {
        stream->below_ended = true;
        return 0;
    }
    stream->below_failed = true;
    return WSS_TLS_BELOW_FAILED;
}

static int read_straight(wss_tls_stream_t *stream, unsigned char *bytes, uint32_t length)
{
    wss_tls_hal_t *hal = wss_tls_hal_of(stream);
    wss_stream_t *below = wss_tls_below(stream);
    const int32_t count = below->ops->recv(below, bytes, length);

    if (count <= 0)
        return translate(stream, count);
    below->ops->consume(below, (uint32_t)count, bytes + count);
    const uint32_t cost = (uint32_t)count + EACH_READ;
    hal->input_budget -= cost < hal->input_budget ? cost : hal->input_budget;
    return count;
}

void wss_tls_input_begin(wss_tls_stream_t *stream)
{
    wss_tls_hal_t *hal = wss_tls_hal_of(stream);

    hal->input_at = 0;
    hal->input_length = 0;
    hal->input_budget = MOST_STRAIGHT;
}

void wss_tls_input_end(wss_tls_stream_t *stream)
{
    wss_tls_hal_t *hal = wss_tls_hal_of(stream);
    wss_stream_t *below = wss_tls_below(stream);

    if (hal->input_length > 0)
        below->ops->consume(below, hal->input_at, hal->config.input + hal->input_at);
    hal->input_length = 0;
    hal->input_at = 0;
    hal->input_budget = 0;
}

bool wss_tls_input_left(const wss_tls_stream_t *stream)
{
    return wss_tls_hal_of(stream)->input_at < wss_tls_hal_of(stream)->input_length;
}

static int read_input(wss_tls_stream_t *stream, wss_tls_hal_t *hal)
{
    wss_stream_t *below = wss_tls_below(stream);

    hal->input_budget = 0;
    const int32_t count = below->ops->recv(below, hal->config.input, hal->config.input_size);
    if (count <= 0)
        return translate(stream, count);
    hal->input_length = (uint32_t)count;
    return count;
}

static int receive(void *pointer, unsigned char *bytes, size_t length)
{
    wss_tls_stream_t *stream = pointer;
    wss_tls_hal_t *hal = wss_tls_hal_of(stream);
    const uint32_t wanted = length < INT32_MAX ? (uint32_t)length : INT32_MAX;

    if (!wss_tls_input_left(stream)) {
        if (hal->input_budget == 0)
            return MBEDTLS_ERR_SSL_WANT_READ;
        if (hal->config.input == NULL)
            return read_straight(stream, bytes, wanted);
        const int count = read_input(stream, hal);
        if (count <= 0)
            return count;
    }
    const uint32_t left = hal->input_length - hal->input_at;
    const uint32_t count = wanted < left ? wanted : left;
    memcpy(bytes, hal->config.input + hal->input_at, count);
    hal->input_at += count;
    return (int)count;
}

/* -------------------------------------------------------------------------- sending */

enum { ALERT_TYPE = 21, ALERT_RECORD = 7, LEVEL = 5, DESCRIPTION = 6, FATAL = 2 };

/* Alerts in plain are those of a handshake that fails; others cannot be read. */
static void note_alert(wss_tls_stream_t *stream, const unsigned char *record, size_t length)
{
    if (record[0] == ALERT_TYPE && length > ALERT_RECORD)
        stream->alert = WSS_TLS_SOME_ALERT;
    else if (record[0] == ALERT_TYPE && length == ALERT_RECORD && record[LEVEL] == FATAL)
        stream->alert = record[DESCRIPTION];
}

/* Gathers bytes where they fit; what is longer goes out behind those that were gathered. */
static int32_t put(wss_tls_stream_t *stream, const uint8_t *bytes, uint32_t length)
{
    wss_tls_hal_t *hal = wss_tls_hal_of(stream);
    wss_stream_t *below = wss_tls_below(stream);

    if (length > hal->config.output_size - hal->output_length)
        wss_tls_output_push(stream);
    if (length > hal->config.output_size)
        return below->ops->send(below, bytes, length);
    memcpy(hal->config.output + hal->output_length, bytes, length);
    hal->output_length += length;
    return (int32_t)length;
}

void wss_tls_output_push(wss_tls_stream_t *stream)
{
    wss_tls_hal_t *hal = wss_tls_hal_of(stream);
    wss_stream_t *below = wss_tls_below(stream);
    const uint32_t length = hal->output_length;

    hal->output_length = 0;
    if (length > 0 && below->ops->send(below, hal->config.output, length) < 0)
        stream->below_failed = true;
}

uint32_t wss_tls_room_below(const wss_tls_stream_t *stream)
{
    wss_stream_t *below = wss_tls_below(stream);
    const uint32_t room = below->ops->room(below);
    const uint32_t gathered = wss_tls_hal_of(stream)->output_length;

    return room > gathered ? room - gathered : 0;
}

static int transmit(void *pointer, const unsigned char *bytes, size_t length)
{
    wss_tls_stream_t *stream = pointer;
    const uint32_t room = wss_tls_room_below(stream);
    const uint32_t wanted = length < room ? (uint32_t)length : room;

    note_alert(stream, bytes, length);
    stream->unsent = (uint32_t)length;
    if (wanted == 0)
        return MBEDTLS_ERR_SSL_WANT_WRITE;
    const int32_t count = put(stream, bytes, wanted);
    if (count < 0) {
        stream->below_failed = true;
        return WSS_TLS_BELOW_FAILED;
    }
    stream->dirty = true;
    stream->unsent -= (uint32_t)count;
    return count > 0 ? count : MBEDTLS_ERR_SSL_WANT_WRITE;
}

void wss_tls_bio_set(wss_tls_stream_t *stream)
{
    mbedtls_ssl_set_bio(&stream->ssl, stream, transmit, receive, NULL);
}
