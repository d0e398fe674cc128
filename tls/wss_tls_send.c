/* SPDX-License-Identifier: MIT */
/*
 * The way out: gathers what a turn sends and makes records of it, each only when the stream
 * below takes it whole. It must not know what is sent.
 *
 * mbedTLS keeps one record that was not sent whole. Any later call first sends the rest of
 * that one and does nothing else, whatever it was called for: nothing new is begun before.
 *
 * Bytes gather in the stage that all streams share, where there is one, until another stream
 * needs it: then what one could not send waits in its own memory.
 */
#include "wss_tls_internal.h"

#include <string.h>

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t stage_size(const wss_tls_stream_t *stream)
{
    return wss_tls_hal_of(stream)->config.send_room;
}

static uint8_t *stage_of(const wss_tls_stream_t *stream)
{
    const wss_tls_hal_t *hal = wss_tls_hal_of(stream);

    return hal->stage_owner == stream ? hal->config.stage : wss_tls_own_stage_of(stream);
}

/* A stream without room that holds nothing back is broken. */
static bool below_is_broken(const wss_tls_stream_t *stream)
{
    wss_stream_t *below = wss_tls_below(stream);

    return below->ops->room(below) == 0 && below->ops->pending(below) == 0 &&
           wss_tls_hal_of(stream)->output_length == 0;
}

/* Whether what is sent can still arrive. */
static bool is_whole(wss_tls_stream_t *stream)
{
    if (!stream->broken && !stream->finished && below_is_broken(stream)) {
        stream->broken = true;
        stream->staged = 0;
    }
    return !stream->broken;
}

static bool has_work(const wss_tls_stream_t *stream)
{
    return stream->staged > 0 || stream->unsent > 0 || (stream->finishing && !stream->finished);
}

/* -------------------------------------------------------------------------- records */

/* What became of a call that sends. True: all of it is sent. */
static bool sent(wss_tls_stream_t *stream, int code)
{
    if (code >= 0)
        return true;
    if (code == WSS_TLS_TICKET_CAME)
        wss_tls_session_keep(stream);
    else if (code != MBEDTLS_ERR_SSL_WANT_WRITE && code != MBEDTLS_ERR_SSL_WANT_READ)
        wss_tls_fail(stream, code);
    return false;
}

/* The rest of an alert. False: it does not go yet. */
static bool send_rest(wss_tls_stream_t *stream)
{
    if (stream->unsent == 0 || stream->writing > 0)
        return true;
    return sent(stream, mbedtls_ssl_write(&stream->ssl, stage_of(stream), 0));
}

/* Makes a record of staged bytes. False: there are none, or it cannot go now. */
static bool write_record(wss_tls_stream_t *stream)
{
    const uint32_t length =
        stream->writing > 0 ? stream->writing : smaller(stream->staged, stream->record);

    if (length == 0 || stream->broken || !send_rest(stream))
        return false;
    if (stream->writing == 0 && wss_tls_room_below(stream) < length + stream->overhead)
        return false;
    stream->writing = length;
    const uint8_t *bytes = stage_of(stream) + stream->staged_first;
    const int code = mbedtls_ssl_write(&stream->ssl, bytes, length);
    if (!sent(stream, code))
        return false;
    stream->writing = 0;
    stream->staged_first += (uint32_t)code;
    stream->staged -= (uint32_t)code;
    if (stream->staged == 0)
        stream->staged_first = 0;
    return true;
}

/* Puts what the owner of the shared stage could not send into its own memory. Of a record that
 * is being written mbedTLS has a copy: it does not look at the bytes again. */
static void leave_stage(wss_tls_hal_t *hal)
{
    wss_tls_stream_t *owner = hal->stage_owner;

    if (owner->staged > 0)
        memcpy(wss_tls_own_stage_of(owner), hal->config.stage + owner->staged_first, owner->staged);
    owner->staged_first = 0;
    hal->stage_owner = NULL;
}

static void take_stage(wss_tls_stream_t *stream)
{
    wss_tls_hal_t *hal = wss_tls_hal_of(stream);

    if (hal->config.stage == NULL || hal->stage_owner == stream)
        return;
    if (hal->stage_owner != NULL)
        leave_stage(hal);
    hal->stage_owner = stream;
}

/* Adds what fits. */
static uint32_t stage(wss_tls_stream_t *stream, const uint8_t *data, uint32_t length)
{
    if (stream->staged == 0)
        take_stage(stream);
    uint8_t *bytes = stage_of(stream);
    const uint32_t count = smaller(length, stage_size(stream) - stream->staged);

    if (count == 0)
        return 0;
    if (stream->staged_first + stream->staged + count > stage_size(stream)) {
        memmove(bytes, bytes + stream->staged_first, stream->staged);
        stream->staged_first = 0;
    }
    memcpy(bytes + stream->staged_first + stream->staged, data, count);
    stream->staged += count;
    return count;
}

/* --------------------------------------------------------------------------- the end */

/* RFC 8446, 6.1: close_notify, then the end of TCP. */
static void say_goodbye(wss_tls_stream_t *stream)
{
    wss_stream_t *below = wss_tls_below(stream);

    if (stream->staged > 0 || stream->finished || !send_rest(stream))
        return;
    if (!stream->said_goodbye && !stream->broken) {
        stream->said_goodbye = true;
        if (!sent(stream, mbedtls_ssl_close_notify(&stream->ssl)) && !stream->broken)
            return;
    }
    stream->finished = true;
    wss_tls_output_push(stream);
    below->ops->finish(below);
}

/* -------------------------------------------------------------------------- the flow */

void wss_tls_flush_below(wss_tls_stream_t *stream)
{
    wss_stream_t *below = wss_tls_below(stream);

    wss_tls_output_push(stream);
    if (stream->dirty)
        (void)below->ops->flush(below);
    stream->dirty = false;
}

/* One round: what the stream below takes now. True: something was made of staged bytes. */
static bool send_some(wss_tls_stream_t *stream)
{
    bool made = false;

    while (write_record(stream))
        made = true;
    if (!made)
        (void)send_rest(stream);
    if (stream->finishing)
        say_goodbye(stream);
    return made;
}

wss_result_t wss_tls_go_on_sending(wss_tls_stream_t *stream)
{
    wss_stream_t *below = wss_tls_below(stream);
    wss_result_t result;
    bool made;

    do {
        made = send_some(stream);
        stream->dirty = false;
        wss_tls_output_push(stream);
        result = below->ops->flush(below);
    } while (made && has_work(stream) && result == WSS_OK);
    if (result < 0 || !is_whole(stream)) {
        stream->broken = true;
        stream->staged = 0;
        result = WSS_ERR_NETWORK;
    }
    stream->due = !stream->broken && has_work(stream);
    return stream->due ? WSS_WOULD_BLOCK : result;
}

/* ----------------------------------------------------------------------- operations */

/* The room to gather: what the stream below takes besides may be taken by an alert. */
uint32_t wss_tls_room(wss_stream_t *base)
{
    wss_tls_stream_t *stream = (wss_tls_stream_t *)base;

    if (stream->phase != WSS_PHASE_UP || stream->finishing || !is_whole(stream))
        return 0;
    return stage_size(stream) - stream->staged;
}

int32_t wss_tls_send(wss_stream_t *base, const uint8_t *data, uint32_t length)
{
    wss_tls_stream_t *stream = (wss_tls_stream_t *)base;
    uint32_t taken = 0;

    if (stream->phase == WSS_PHASE_FAILED || stream->broken)
        return WSS_ERR_NETWORK;
    if (stream->finishing)
        return WSS_ERR_CLOSED;
    if (stream->phase != WSS_PHASE_UP || length == 0)
        return 0;
    for (;;) {
        taken += stage(stream, data + taken, length - taken);
        if (taken == length || !write_record(stream))
            break;
    }
    wss_tls_output_push(stream);
    stream->told = wss_tls_room(base);
    return stream->broken ? WSS_ERR_NETWORK : (int32_t)taken;
}

wss_result_t wss_tls_flush(wss_stream_t *base)
{
    wss_tls_stream_t *stream = (wss_tls_stream_t *)base;

    if (stream->phase == WSS_PHASE_FAILED || stream->broken)
        return WSS_ERR_NETWORK;
    if (stream->phase != WSS_PHASE_UP)
        return WSS_OK;
    const wss_result_t result = wss_tls_go_on_sending(stream);
    wss_tls_update_watch(stream);
    return result;
}

uint32_t wss_tls_pending(wss_stream_t *base)
{
    wss_tls_stream_t *stream = (wss_tls_stream_t *)base;
    wss_stream_t *below = wss_tls_below(stream);

    if (stream->phase != WSS_PHASE_UP || !is_whole(stream))
        return 0;
    return stream->staged + stream->unsent + below->ops->pending(below);
}

void wss_tls_finish(wss_stream_t *base)
{
    wss_tls_stream_t *stream = (wss_tls_stream_t *)base;

    stream->finishing = true;
    if (stream->phase != WSS_PHASE_UP)
        return;
    (void)wss_tls_go_on_sending(stream);
    wss_tls_update_watch(stream);
}
