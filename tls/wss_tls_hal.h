/* SPDX-License-Identifier: MIT */
/*
 * TLS as streams on streams: a port that stands on another and is used in its place.
 * Connections that it accepts, and dials that are `secure`, are TLS. It must not know which
 * port is below, nor what flows through.
 *
 *     static wss_tls_stream_t streams[64];
 *     static uint8_t memory[64 * (4096 + 2048)], input[8192], output[4096];
 *     const wss_tls_hal_config_t config = {.below = &hal, .server = &context,
 *         .streams = streams, .stream_count = 64, .memory = memory,
 *         .send_room = 4096, .hold_size = 2048, .input = input, .input_size = 8192,
 *         .output = output, .output_size = 4096};
 *     wss_tls_hal_t tls;
 *     wss_hal_t secure;
 *     wss_result_t result = wss_tls_hal_init(&tls, &config, &secure);
 *
 * The engine's handshake timeout bounds the TLS handshake, too. What one turn sends leaves
 * in one record, as far as it fits. A TLS handshake is computed in wait(), with the lock
 * held: signatures and key agreement take milliseconds on hosts and longer elsewhere.
 */
#ifndef WSS_TLS_HAL_H
#define WSS_TLS_HAL_H

#include "wss_tls.h"
#include "wss_upper_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    WSS_TLS_TEXT = 96,    /* for the reason of a failure */
    WSS_TLS_ADDRESS = 16, /* bytes of an IPv6 address */
    WSS_TLS_OVERHEAD = 64 /* a record is at most so much longer than what is in it */
};

/* One connection. Its members belong to it. mbedTLS allocates for it from its beginning to
 * its release: docs/TLS.md says how much. */
typedef struct wss_tls_stream {
    wss_upper_t upper;
    mbedtls_ssl_context ssl;
    wss_tls_context_t *context;
    wss_tls_session_t *session; /* where a ticket that comes later belongs */
    uint32_t session_life;
    const char *host; /* while connecting */
    const char *reason;
    uint32_t staged_first; /* accepted bytes that are in no record yet */
    uint32_t staged;
    uint32_t writing;    /* of these, given to mbedTLS, which has to get them again */
    uint32_t unsent;     /* bytes of a record that the stream below did not take */
    uint32_t told;       /* room when it was last known to the engine */
    uint32_t hold_first; /* decrypted bytes that the engine did not consume */
    uint32_t held;
    uint32_t returned; /* by the last recv() */
    uint16_t record;   /* most bytes in a record */
    uint16_t overhead; /* how much longer it becomes */
    uint16_t port;
    int8_t end; /* what recv() returns for good: 0: nothing yet */
    uint8_t phase;
    uint8_t watched;
    uint8_t alert;        /* that was made in the handshake; 255: none */
    uint8_t address_size; /* of the host's address; 0: it is a name */
    uint8_t address[WSS_TLS_ADDRESS];
    bool announce;     /* the phase changed without a report from below */
    bool read_new;     /* the last recv() took bytes from records */
    bool dirty;        /* bytes for the stream below wait for its flush() */
    bool due;          /* flush() could not do all */
    bool below_ended;  /* EOF came from below */
    bool below_failed; /* an error came from below */
    bool finishing;
    bool said_goodbye; /* close_notify is made */
    bool finished;     /* and handed over: the stream below is finished */
    bool broken;       /* nothing can be sent any more */
    bool refusing;     /* a fatal alert was made */
    char text[WSS_TLS_TEXT];
} wss_tls_stream_t;

typedef struct wss_tls_hal_config {
    const wss_hal_t *below;
    wss_tls_context_t *server; /* for connections that come in; NULL: they are those below */
    wss_tls_context_t *client; /* for dials that are secure; NULL: they are those below */
    wss_tls_stream_t *streams; /* one per TLS connection */
    uint32_t stream_count;     /* at least 1 */
    uint8_t *memory;           /* stream_count * (send_room + hold_size) bytes */
    uint32_t send_room;        /* see wss_hal_t.send_room; gathers what goes into a record: more
                                * than 16 KB gives no longer ones. At least 512 */
    uint8_t *stage;            /* send_room bytes, shared by all streams: where they gather, so
                                * that their own `memory` is only touched for peers that are slow.
                                * NULL: each gathers in its own */
    uint32_t hold_size;        /* most bytes that one recv() returns; at least 1 */
    uint8_t *input;            /* what one read of the stream below brings; shared by all
                                * streams. NULL: each record is read in two */
    uint32_t input_size;       /* a record of 16 KB and its neighbours: 32 KB suits hosts */
    uint8_t *output;           /* where the records of a turn gather, to leave in one send; shared
                                * by all streams */
    uint32_t output_size;      /* 0: each record is sent by itself; 4 KB holds a handshake's */
} wss_tls_hal_config_t;

/* Its members belong to it. It must not move while the port is used. */
typedef struct wss_tls_hal {
    wss_upper_hal_t layer;
    wss_tls_hal_config_t config;
    wss_tls_stream_t *stage_owner; /* whose bytes are in `stage`; NULL: nobody's */
    uint32_t input_at;             /* what mbedTLS has taken of `input` */
    uint32_t input_length;         /* what the stream below returned */
    uint32_t input_budget;         /* what this turn may still read of the stream below */
    uint32_t output_length;
} wss_tls_hal_t;

/* Fills `hal`. WSS_ERR_CONFIG when a member of `config` is missing, a context is for the
 * other role, or the port below cannot hold a record of 512 bytes. The memory that `config`
 * names stays in use as long as the port. */
wss_result_t wss_tls_hal_init(wss_tls_hal_t *tls, const wss_tls_hal_config_t *config,
                              wss_hal_t *hal);

#ifdef __cplusplus
}
#endif
#endif
