/* SPDX-License-Identifier: MIT */
/*
 * The life of one TLS stream: its handshake, what it reports, its end. It must not know how
 * bytes become records.
 */
#include "wss_tls_internal.h"

#include <string.h>

enum { REST = 256, REST_READS = 64 };

static wss_tls_stream_t *self(wss_stream_t *base)
{
    return (wss_tls_stream_t *)base;
}

static bool is_up(const wss_tls_stream_t *stream)
{
    return stream->phase == WSS_PHASE_UP;
}

static bool has_failed(const wss_tls_stream_t *stream)
{
    return stream->phase == WSS_PHASE_FAILED;
}

/* ------------------------------------------------------------------------- watching */

/* What the stream below has to report so that this one goes on. */
void wss_tls_update_watch(wss_tls_stream_t *stream)
{
    wss_stream_t *below = wss_tls_below(stream);
    unsigned what = 0;

    if (is_up(stream)) {
        if (stream->end == 0)
            what |= stream->watched & WSS_READY_READ;
        if (stream->due || (stream->watched & WSS_READY_WRITE) != 0)
            what |= WSS_READY_WRITE;
    } else if (!has_failed(stream)) {
        /* Nothing is read before a flight is sent whole. */
        what = stream->unsent > 0 ? WSS_READY_WRITE : WSS_READY_READ;
    }
    below->ops->watch(below, what);
}

static void watch(wss_stream_t *base, unsigned what)
{
    wss_tls_stream_t *stream = self(base);

    stream->watched = (uint8_t)(what & (WSS_READY_READ | WSS_READY_WRITE));
    if (is_up(stream))
        wss_tls_update_watch(stream);
    wss_upper_owe(&stream->upper);
}

/* -------------------------------------------------------------------------- failing */

/* mbedTLS makes an alert of most failures. In TLS 1.3 it is not seen once it is encrypted: then
 * it is missing where no message of the peer is to blame. */
static void say_why(wss_tls_stream_t *stream, int code)
{
    const bool seen = !wss_tls_is_1_3(&stream->ssl) || wss_tls_is_new(&stream->ssl);
    const bool silent = stream->alert == WSS_TLS_NO_ALERT && (seen || wss_tls_is_internal(code));

    stream->refusing = !stream->below_failed && !stream->below_ended &&
                       code != MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE;
    wss_tls_assume_version(&stream->ssl);
    if (stream->refusing && silent && !is_up(stream))
        (void)mbedtls_ssl_send_alert_message(&stream->ssl, MBEDTLS_SSL_ALERT_LEVEL_FATAL,
                                             wss_tls_alert_for(stream, code));
}

/* Before the stream is up it never will be; after that nothing more comes or goes. */
void wss_tls_fail(wss_tls_stream_t *stream, int code)
{
    const bool up = is_up(stream);

    stream->reason = wss_tls_sentence(stream, code);
    say_why(stream, code);
    stream->broken = true;
    stream->staged = 0;
    stream->end = WSS_ERR_NETWORK;
    wss_tls_flush_below(stream);
    if (!up) {
        stream->phase = WSS_PHASE_FAILED;
        wss_tls_update_watch(stream);
    }
}

/* Without words of its own. */
static void fail_before(wss_tls_stream_t *stream, const char *reason)
{
    stream->phase = WSS_PHASE_FAILED;
    stream->reason = reason;
    wss_tls_update_watch(stream);
}

/* ------------------------------------------------------------------------ handshake */

/* How long records may be. */
static void measure(wss_tls_stream_t *stream)
{
    const wss_tls_hal_t *hal = wss_tls_hal_of(stream);
    const int expansion = mbedtls_ssl_get_record_expansion(&stream->ssl);
    const int most = mbedtls_ssl_get_max_out_record_payload(&stream->ssl);
    uint32_t record = hal->config.below->send_room;

    /* 3.6 counts neither the type nor the padding of TLS 1.3. */
    stream->overhead = (uint16_t)(expansion > 0 ? expansion + 17 : WSS_TLS_OVERHEAD);
    record -= stream->overhead;
    if (record > hal->config.send_room)
        record = hal->config.send_room;
    if (most > 0 && record > (uint32_t)most)
        record = (uint32_t)most;
    stream->record = (uint16_t)record;
}

static void stand(wss_tls_stream_t *stream)
{
    stream->phase = WSS_PHASE_UP;
    measure(stream);
    if (!stream->context->config.server) {
        wss_tls_session_place(stream);
        if (!wss_tls_is_1_3(&stream->ssl)) /* there tickets come later */
            wss_tls_session_keep(stream);
    }
    stream->host = NULL;
    if (stream->finishing)
        (void)wss_tls_go_on_sending(stream);
    stream->told = wss_tls_room(&stream->upper.base);
    wss_tls_update_watch(stream);
}

static void shake_hands(wss_tls_stream_t *stream)
{
    int code;

    wss_tls_input_begin(stream);
    do {
        code = mbedtls_ssl_handshake(&stream->ssl);
    } while (code == MBEDTLS_ERR_SSL_WANT_READ && wss_tls_input_left(stream));
    wss_tls_input_end(stream);
    wss_tls_flush_below(stream);
    if (code == 0) {
        stand(stream);
    } else if (code == MBEDTLS_ERR_SSL_WANT_READ || code == MBEDTLS_ERR_SSL_WANT_WRITE) {
        wss_tls_update_watch(stream);
    } else {
        if (!stream->context->config.server)
            wss_tls_session_forget(stream);
        wss_tls_fail(stream, code);
    }
}

static void go_on(wss_tls_stream_t *stream)
{
    wss_stream_t *below = wss_tls_below(stream);
    const wss_phase_t phase = below->ops->phase(below);

    if (phase == WSS_PHASE_FAILED) {
        fail_before(stream, below->ops->reason(below));
    } else if (phase != WSS_PHASE_CONNECTING) {
        stream->phase = WSS_PHASE_LAYERING;
        if (phase == WSS_PHASE_UP)
            shake_hands(stream);
    }
}

/* -------------------------------------------------------------------------- reports */

/* After finish() writable means that all is sent, before it that there is more room. */
static unsigned writable(wss_tls_stream_t *stream)
{
    wss_stream_t *base = &stream->upper.base;
    const uint32_t room = wss_tls_room(base);
    const bool grown = room > stream->told && !stream->finishing;

    stream->told = room;
    return grown || wss_tls_pending(base) == 0 ? WSS_READY_WRITE : 0u;
}

static unsigned report_up(wss_tls_stream_t *stream, unsigned what)
{
    unsigned report = what & WSS_READY_READ;

    if ((what & WSS_READY_WRITE) != 0 && !stream->broken) {
        if (stream->due)
            (void)wss_tls_go_on_sending(stream);
        report |= writable(stream);
        wss_tls_update_watch(stream);
    }
    if (wss_tls_inside(stream))
        report |= WSS_READY_READ;
    if (stream->broken)
        report |= WSS_READY_WRITE;
    return report & stream->watched;
}

static unsigned ready(wss_upper_t *upper, unsigned what)
{
    wss_tls_stream_t *stream = (wss_tls_stream_t *)upper;
    const uint8_t before = stream->phase;
    unsigned report = 0;

    if (is_up(stream))
        report = report_up(stream, what);
    else if (!has_failed(stream) && what != 0)
        go_on(stream);
    if (stream->phase != before || stream->announce)
        report |= WSS_READY_PHASE;
    stream->announce = false;
    return has_failed(stream) ? report | stream->watched : report;
}

static bool owes(const wss_upper_t *upper)
{
    const wss_tls_stream_t *stream = (const wss_tls_stream_t *)upper;

    if (stream->announce)
        return true;
    if (has_failed(stream))
        return stream->watched != 0;
    if (!is_up(stream))
        return false;
    if (stream->end < 0 && stream->broken)
        return stream->watched != 0;
    return (stream->watched & WSS_READY_READ) != 0 && wss_tls_inside(stream);
}

const wss_upper_ops_t wss_tls_upper_ops = {.ready = ready, .owes = owes};

/* ----------------------------------------------------------------------- operations */

static wss_phase_t phase(wss_stream_t *base)
{
    return (wss_phase_t)self(base)->phase;
}

/* TCP resets where bytes are left unread. Takes what has come, within reason. */
static void take_rest(wss_tls_stream_t *stream)
{
    wss_stream_t *below = wss_tls_below(stream);
    uint8_t bytes[REST];
    int32_t count = 1;

    for (unsigned reads = 0; reads < REST_READS && count > 0; reads++) {
        count = below->ops->recv(below, bytes, sizeof bytes);
        if (count > 0)
            below->ops->consume(below, (uint32_t)count, bytes + count);
    }
}

/* After a failure of ours TCP ends in order, so that the alert arrives. */
static void release(wss_stream_t *base, bool reset)
{
    wss_tls_stream_t *stream = self(base);

    if (!reset && is_up(stream) && !stream->broken && !stream->finished) {
        stream->finishing = true;
        (void)wss_tls_go_on_sending(stream);
    }
    if (stream->refusing)
        take_rest(stream);
    stream->staged = 0;
    mbedtls_ssl_free(&stream->ssl);
    wss_upper_release(&stream->upper, reset && !stream->refusing);
}

static const char *reason(wss_stream_t *base)
{
    wss_stream_t *below = wss_tls_below(self(base));
    const char *own = self(base)->reason;

    return own[0] != '\0' ? own : below->ops->reason(below);
}

static void peer(wss_stream_t *base, char *buffer, size_t capacity)
{
    wss_stream_t *below = wss_tls_below(self(base));

    below->ops->peer(below, buffer, capacity);
}

static const wss_stream_ops_t operations = {
    .phase = phase,
    .recv = wss_tls_receive,
    .consume = wss_tls_consume,
    .room = wss_tls_room,
    .send = wss_tls_send,
    .flush = wss_tls_flush,
    .pending = wss_tls_pending,
    .watch = watch,
    .finish = wss_tls_finish,
    .release = release,
    .reason = reason,
    .peer = peer,
};

/* ---------------------------------------------------------------------------- birth */

static void clear(wss_tls_stream_t *stream)
{
    const wss_upper_t upper = stream->upper;

    *stream = (wss_tls_stream_t){.upper = upper,
                                 .reason = "",
                                 .watched = WSS_READY_READ,
                                 .phase = WSS_PHASE_CONNECTING,
                                 .alert = WSS_TLS_NO_ALERT};
    stream->upper.base.ops = &operations;
}

static int set_up(wss_tls_stream_t *stream, const wss_dial_t *whom)
{
    int code = mbedtls_ssl_setup(&stream->ssl, &stream->context->ssl);

    wss_tls_bio_set(stream);
    if (code != 0 || whom == NULL)
        return code;
    stream->host = whom->host;
    stream->port = whom->port;
    code = wss_tls_expect(stream);
    wss_tls_session_offer(stream);
    return code;
}

void wss_tls_stream_begin(wss_tls_stream_t *stream, wss_tls_context_t *context,
                          const wss_dial_t *whom)
{
    clear(stream);
    stream->context = context;
    mbedtls_ssl_init(&stream->ssl);
    const bool fits = whom == NULL || strlen(whom->host) <= MBEDTLS_SSL_MAX_HOST_NAME_LEN;
    const int code = fits ? set_up(stream, whom) : 0;
    if (!fits)
        fail_before(stream, "The host name is too long.");
    else if (code != 0)
        fail_before(stream, wss_tls_sentence(stream, code));
    else
        go_on(stream);
    stream->announce = stream->phase != (whom == NULL ? WSS_PHASE_LAYERING : WSS_PHASE_CONNECTING);
    wss_upper_owe(&stream->upper);
}
