/* SPDX-License-Identifier: MIT */
/* What the files of this room know of each other. Nobody else includes it. */
#ifndef WSS_TLS_INTERNAL_H
#define WSS_TLS_INTERNAL_H

#include "wss_tls_hal.h"
#include "wss_tls_mbedtls.h"

enum { WSS_TLS_NO_ALERT = 255, WSS_TLS_SOME_ALERT = 254 };

/* What mbedTLS is told: no error code of its own. */
enum {
    WSS_TLS_BELOW_FAILED = -0x004E, /* its NET_SEND_FAILED, whose module may be absent */
    WSS_TLS_RANDOM_FAILED = -0x0034 /* its CTR_DRBG_ENTROPY_SOURCE_FAILED */
};

/* wss_tls_context.c: mbedTLS's f_rng on a wss_crypto_t. */
int wss_tls_random(void *crypto, unsigned char *bytes, size_t length);
/* The pointer that mbedTLS hands back to it. */
void *wss_tls_random_context(const wss_tls_context_t *context);

/* wss_tls_names.c: certificates by name, on the server. */
void wss_tls_names_use(wss_tls_context_t *context);

/* wss_tls_host.c */
/* Whom the certificate has to name. 0 or an error of mbedTLS. */
int wss_tls_expect(wss_tls_stream_t *stream);

/* wss_tls_tickets.c; 0 or an error of mbedTLS. */
void wss_tls_tickets_begin(wss_tls_context_t *context);
int wss_tls_tickets_use(wss_tls_context_t *context);
void wss_tls_tickets_free(wss_tls_context_t *context);

/* wss_tls_session.c */
void wss_tls_sessions_begin(wss_tls_context_t *context);
void wss_tls_sessions_free(wss_tls_context_t *context);
/* A client offers what it has, keeps what the handshake and later tickets bring, and gives
 * up what did not help. */
void wss_tls_session_offer(wss_tls_stream_t *stream);
void wss_tls_session_place(wss_tls_stream_t *stream);
void wss_tls_session_keep(wss_tls_stream_t *stream);
void wss_tls_session_forget(const wss_tls_stream_t *stream);

/* wss_tls_error.c: a sentence; for a stream it may lie in its `text`. */
const char *wss_tls_sentence(wss_tls_stream_t *stream, int code);
/* What to tell the peer where mbedTLS told it nothing. */
unsigned char wss_tls_alert_for(const wss_tls_stream_t *stream, int code);
const char *wss_tls_input_sentence(int code, const char *otherwise);
bool wss_tls_is_memory(int code);
bool wss_tls_is_random(int code);
/* It is no fault of the peer. */
bool wss_tls_is_internal(int code);

/* wss_tls_bio.c: mbedTLS's way to the stream below. */
void wss_tls_bio_set(wss_tls_stream_t *stream);
void wss_tls_input_begin(wss_tls_stream_t *stream);
void wss_tls_input_end(wss_tls_stream_t *stream);
bool wss_tls_input_left(const wss_tls_stream_t *stream);

/* Hands what has gathered to the stream below: before the room of another stream is asked for. */
void wss_tls_output_push(wss_tls_stream_t *stream);
/* What the stream below takes besides. */
uint32_t wss_tls_room_below(const wss_tls_stream_t *stream);

/* wss_tls_stream.c */
extern const wss_upper_ops_t wss_tls_upper_ops;
void wss_tls_stream_begin(wss_tls_stream_t *stream, wss_tls_context_t *context,
                          const wss_dial_t *whom);
void wss_tls_fail(wss_tls_stream_t *stream, int code);
void wss_tls_update_watch(wss_tls_stream_t *stream);

/* wss_tls_receive.c */
int32_t wss_tls_receive(wss_stream_t *base, uint8_t *buffer, uint32_t capacity);
void wss_tls_consume(wss_stream_t *base, uint32_t count, const uint8_t *rest);
/* Whether recv() has something without a report from below. */
bool wss_tls_inside(const wss_tls_stream_t *stream);

/* wss_tls_send.c */
uint32_t wss_tls_room(wss_stream_t *base);
int32_t wss_tls_send(wss_stream_t *base, const uint8_t *data, uint32_t length);
wss_result_t wss_tls_flush(wss_stream_t *base);
uint32_t wss_tls_pending(wss_stream_t *base);
void wss_tls_finish(wss_stream_t *base);
/* Goes on with what flush() and finish() left undone. */
wss_result_t wss_tls_go_on_sending(wss_tls_stream_t *stream);
/* The alerts and the like that mbedTLS made beside. */
void wss_tls_flush_below(wss_tls_stream_t *stream);

static inline wss_tls_hal_t *wss_tls_hal_of(const wss_tls_stream_t *stream)
{
    return (wss_tls_hal_t *)stream->upper.layer;
}

static inline wss_stream_t *wss_tls_below(const wss_tls_stream_t *stream)
{
    return stream->upper.below;
}

/* The stream's part of the memory: room to gather, then room to hold. */
static inline uint8_t *wss_tls_own_stage_of(const wss_tls_stream_t *stream)
{
    const wss_tls_hal_config_t *config = &wss_tls_hal_of(stream)->config;

    return config->memory +
           (size_t)(stream - config->streams) * (config->send_room + config->hold_size);
}

static inline uint8_t *wss_tls_hold_of(const wss_tls_stream_t *stream)
{
    return wss_tls_own_stage_of(stream) + wss_tls_hal_of(stream)->config.send_room;
}

#endif
