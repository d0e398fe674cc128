/* SPDX-License-Identifier: MIT */
/*
 * What a port supplies: the platform, the byte stream, the cryptography.
 *
 * A port is three tables of functions. None of them ever blocks (wait() is the
 * one place where time passes), allocates, or calls back into the engine.
 * tests/hal/ holds this contract as a suite that every port has to pass.
 *
 * Counts are bytes unless a name says otherwise; times are milliseconds of a
 * 32-bit counter that may wrap.
 */
#ifndef WSS_HAL_H
#define WSS_HAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Negative: an error. Zero and above: no error. Values are never renumbered. */
typedef enum wss_result {
    WSS_OK = 0,
    WSS_WOULD_BLOCK = 1, /* nothing was done; it can be tried again later */

    WSS_ERR_ARGUMENT = -1,    /* an argument is out of range */
    WSS_ERR_STATE = -2,       /* not possible in the connection's present state */
    WSS_ERR_CLOSED = -3,      /* the connection is closing or closed */
    WSS_ERR_ORDER = -4,       /* the frame would break the order of a message (RFC 6455, 5.4) */
    WSS_ERR_TOO_BIG = -5,     /* it can never fit: the send room, a limit or a buffer is smaller */
    WSS_ERR_TEXT = -6,        /* the text is not UTF-8, or holds a byte that is not allowed there */
    WSS_ERR_EOF = -7,         /* the peer ended its side; every byte before that was read */
    WSS_ERR_NETWORK = -8,     /* reset, timed out, unreachable; the port's reason says more */
    WSS_ERR_ENTROPY = -9,     /* the random number generator failed */
    WSS_ERR_CONFIG = -10,     /* a configuration is refused; wss_loop_error() says what */
    WSS_ERR_FULL = -11,       /* no free slot, stream or socket */
    WSS_ERR_TASK = -12,       /* called from a task that does not own the loop, without a lock */
    WSS_ERR_ADDRESS = -13,    /* the address cannot be used, or is in use */
    WSS_ERR_UNSUPPORTED = -14 /* this port cannot do it */
} wss_result_t;

/* ------------------------------------------------------------ the byte stream */

/* How far a stream is open. */
typedef enum wss_phase {
    WSS_PHASE_CONNECTING, /* name resolution, TCP */
    WSS_PHASE_LAYERING,   /* upper layers negotiate: PROXY, CONNECT, TLS */
    WSS_PHASE_UP,         /* bytes flow */
    WSS_PHASE_FAILED      /* it will not come up; reason() says why */
} wss_phase_t;

/* What a stream is asked to report, and what wait() reports of it. */
enum {
    WSS_READY_READ = 1u << 0,   /* recv() has bytes, an end or an error */
    WSS_READY_WRITE = 1u << 1,  /* room() may have grown */
    WSS_READY_PHASE = 1u << 2,  /* phase() may have changed; always reported */
    WSS_READY_ACCEPT = 1u << 3, /* accept() may succeed; owner is NULL */
    WSS_READY_LINK = 1u << 4    /* link_up() may have changed; owner is NULL */
};

typedef struct wss_stream wss_stream_t;

/*
 * A bidirectional byte stream. Streams stack: one may stand on another.
 * After release() the stream must not be used any more.
 */
typedef struct wss_stream_ops {
    /* How far the stream is open. A stream that was accepted without upper
     * layers is WSS_PHASE_UP from the start. */
    wss_phase_t (*phase)(wss_stream_t *stream);

    /* Copies up to `capacity` of the received bytes to `buffer` without taking
     * them: the same bytes come again until consume(). Returns their count; 0 when
     * there is none yet; WSS_ERR_EOF only once every byte that arrived before the
     * peer's end was consumed; another negative result, for good, when the stream is
     * broken and the port has nothing left of what came before. */
    int32_t (*recv)(wss_stream_t *stream, uint8_t *buffer, uint32_t capacity);

    /* Takes the first `count` bytes that the last recv() returned; at most that
     * many. `rest` points to the bytes after them in the buffer of that recv(),
     * (unchanged by the engine): a port whose operating system has given the bytes
     * away keeps a copy. Called once after each recv() that returned bytes. */
    void (*consume)(wss_stream_t *stream, uint32_t count, const uint8_t *rest);

    /* Bytes that send() is sure to accept now, and later: only sending, finish() and a
     * failure take room away. A fresh stream offers at least wss_hal_t.send_room; one with
     * upper layers may offer nothing before it is up. 0 after finish() or a failure. */
    uint32_t (*room)(wss_stream_t *stream);

    /* Accepts bytes to be sent, copying them. Returns how many: all of them when
     * `length` <= room(), perhaps fewer beyond that; or a negative result when the
     * stream is broken. May hold them back until flush(). */
    int32_t (*send)(wss_stream_t *stream, const uint8_t *data, uint32_t length);

    /* The same for what lies in two places, `first` before `data`; returns how many of both.
     * May be NULL: send() is called for each, and always where code has to be small
     * (WSS_CFG_SMALL). For ports where one call costs less. */
    int32_t (*send_both)(wss_stream_t *stream, const uint8_t *first, uint32_t first_length,
                         const uint8_t *data, uint32_t length);

    /* Starts sending what was accepted, without waiting. WSS_OK when nothing is
     * held back any more, WSS_WOULD_BLOCK when the port goes on by itself, or an
     * error. */
    wss_result_t (*flush)(wss_stream_t *stream);

    /* Accepted bytes that the network has not taken yet. */
    uint32_t (*pending)(wss_stream_t *stream);

    /* What wait() shall report of this stream: WSS_READY_READ and/or
     * WSS_READY_WRITE. A fresh stream watches WSS_READY_READ. Bytes (also those that
     * were not consumed), an end and an error are reported at every wait() until they
     * are taken. Room is reported at every wait() while nothing is pending, else once
     * each time it has grown, so that a slow peer does not keep the loop busy. After
     * finish() WSS_READY_WRITE says that pending() has become 0. */
    void (*watch)(wss_stream_t *stream, unsigned what);

    /* Ends our side once everything accepted is sent (TCP FIN). The other side can
     * still be read. */
    void (*finish)(wss_stream_t *stream);

    /* Gives the stream back. `reset`: at once, with a TCP reset, dropping what was
     * not sent; otherwise both sides have ended, or nothing is left to lose. */
    void (*release)(wss_stream_t *stream, bool reset);

    /* Why the stream failed: a sentence that lives as long as the stream, or "". */
    const char *(*reason)(wss_stream_t *stream);

    /* Writes the peer's address and port as text ("192.0.2.1:80", "[2001:db8::1]:80"),
     * always terminated, cut to `capacity`. */
    void (*peer)(wss_stream_t *stream, char *buffer, size_t capacity);
} wss_stream_ops_t;

/* The head of every stream; a port puts its own members behind it. */
struct wss_stream {
    const wss_stream_ops_t *ops;
    void *owner; /* the engine's; reported by wait() */
};

/* -------------------------------------------------------------- the platform */

/* What wait() reports: the owner given to accept() or connect(), and what of it. */
typedef struct wss_ready {
    void *owner;
    unsigned what;
} wss_ready_t;

/* Where to listen. Strings are read during the call only. */
typedef struct wss_endpoint {
    const char *address; /* numeric, IPv4 or IPv6; NULL: every address of the host */
    uint16_t port;       /* 0: the port chooses one */
} wss_endpoint_t;

/* Whom to call. Strings live as long as the connecting phase. */
typedef struct wss_dial {
    const char *host; /* name or numeric address without brackets */
    uint16_t port;
    bool secure;    /* wss://; a port without TLS fails the stream */
    bool tls_above; /* wss://, but a TLS stream above does it: it asks with this in place of
                     * `secure`. For ports that choose by it, such as whether by a proxy */
} wss_dial_t;

/* Room that data frames leave free: a Pong and a Close with full payloads. */
#define WSS_ROOM_RESERVED 262u

/* Longest wait. */
#define WSS_FOREVER UINT32_MAX

/* For ports: what wake() leaves to wait(), in whatever task or interrupt it is called. */
#if defined __cplusplus || defined __STDC_NO_ATOMICS__ ||                                          \
    (defined __GNUC__ && __GNUC__ < 5 && !defined __clang__)
typedef volatile bool wss_flag_t; /* of the same size, for who has no such word */
#else
typedef _Atomic bool wss_flag_t;
#endif

typedef struct wss_hal {
    void *context; /* given to each function below */

    /* Least room() of a fresh stream. Must hold one maximal frame of the
     * application and WSS_ROOM_RESERVED bytes for control frames; at least 512. */
    uint32_t send_room;

    /* Milliseconds; monotonic; wraps. */
    uint32_t (*now)(void *context);

    /* Fills `buffer` with `length` bytes fit to seed a cryptographic generator. */
    wss_result_t (*entropy)(void *context, uint8_t *buffer, size_t length);

    /* A number that differs between a process and its forked children; NULL where
     * processes do not fork. */
    uint32_t (*process)(void *context);

    /* A lock that the same task does not take twice, both functions or neither, and the number
     * of the calling task. NULL: the loop belongs to one task. */
    void (*lock)(void *context);
    void (*unlock)(void *context);
    uintptr_t (*task)(void *context);

    /* These four are for servers. NULL, all four: this port is for clients only.
     *
     * Starts to listen; `*port` becomes the real port. May be called for several
     * addresses. WSS_ERR_ADDRESS when the address cannot be used. */
    wss_result_t (*listen)(void *context, const wss_endpoint_t *where, uint16_t *port);

    /* Stops listening; connections go on. */
    void (*unlisten)(void *context);

    /* Whether new connections shall be reported: on from the start. While off they queue. */
    void (*accepting)(void *context, bool on);

    /* The next connection, or NULL when there is none (or nothing to hold it: it is
     * accepted later). `owner` is what wait() will report for it. */
    wss_stream_t *(*accept)(void *context, void *owner);

    /* Begins to connect: the stream's phase tells how it goes. NULL when there is
     * no free stream. NULL pointer: this port is for servers only. */
    wss_stream_t *(*connect)(void *context, const wss_dial_t *whom, void *owner);

    /* Waits until a stream or listener has something to report, wake() is called or
     * `timeout` has passed (0: only looks), and fills at most `count` reports, at
     * most one per owner. Returns their number, 0 for none, or a negative result.
     * Called without the lock; the port takes it where it touches streams. */
    int32_t (*wait)(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count);

    /* Ends a wait() in progress, or the next one. Safe from any task and from a
     * signal handler. */
    void (*wake)(void *context);

    /* Whether the network link stands. NULL: always. */
    bool (*link_up)(void *context);
} wss_hal_t;

/* Whether the port has what servers need. */
static inline bool wss_hal_serves(const wss_hal_t *hal)
{
    return hal->listen != NULL && hal->unlisten != NULL && hal->accepting != NULL &&
           hal->accept != NULL;
}

/* ------------------------------------------------------------ the cryptography */

enum {
    WSS_KEY_LENGTH = 24,   /* Sec-WebSocket-Key: 16 bytes in base64 */
    WSS_ACCEPT_LENGTH = 28 /* Sec-WebSocket-Accept: a SHA-1 digest in base64 */
};

typedef struct wss_crypto {
    void *context;

    /* RFC 6455, 4.2.2: base64(SHA-1(key + GUID)), not terminated. */
    wss_result_t (*accept_key)(void *context, const char key[WSS_KEY_LENGTH],
                               char accept[WSS_ACCEPT_LENGTH]);

    /* RFC 6455, 4.2.1: whether the key is the canonical base64 of 16 bytes. */
    bool (*valid_key)(void *context, const char key[WSS_KEY_LENGTH]);

    /* RFC 6455, 4.1: a fresh key from 16 random bytes, not terminated. */
    wss_result_t (*make_key)(void *context, char key[WSS_KEY_LENGTH]);

    /* Random bytes from a CSPRNG seeded by the HAL's entropy. */
    wss_result_t (*random)(void *context, uint8_t *buffer, size_t length);
} wss_crypto_t;

#ifdef __cplusplus
}
#endif
#endif
