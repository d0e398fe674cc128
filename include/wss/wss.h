/* SPDX-License-Identifier: MIT */
/*
 * The native API: WebSocket servers and clients (RFC 6455).
 *
 * A program fills a wss_config_t with a HAL, cryptography, callbacks and memory,
 * calls wss_loop_init(), then wss_listen() or wss_connect() or both, and then
 * wss_loop_step() again and again. Everything else happens in the callbacks of
 * wss_handler_t, which may send, close and abort any connection of the loop.
 *
 *     static wss_result_t echo(wss_conn_t *conn, const wss_data_t *data)
 *     {
 *         return wss_send(conn, data->type, data->bytes, data->length,
 *                         data->last ? WSS_FINAL : WSS_MORE);
 *     }
 *
 * No function blocks but wss_loop_step(), for at most the time it is given. No
 * function allocates. One task steps a loop; where the HAL has a lock, what sends, closes
 * or changes something may be called from any task, else only from the stepping one. What
 * only asks, such as wss_state() or wss_peer(), is for the stepping task and for callbacks.
 */
#ifndef WSS_H
#define WSS_H

#include "wss_config.h"
#include "wss_hal.h"
#include "wss_vocabulary.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct wss_loop wss_loop_t;
typedef struct wss_conn wss_conn_t;
typedef struct wss_config wss_config_t;

/* -------------------------------------------------------------- what arrives */

/* A piece of a message (RFC 6455, 6.2), or a whole one: then first and last are
 * both set. Pieces depend on how the bytes arrived, not on the sender's frames. */
typedef struct wss_data {
    uint8_t *bytes;    /* may be changed; valid until the callback returns */
    size_t length;     /* may be 0 in the last piece, and in an empty message */
    wss_opcode_t type; /* WSS_OPCODE_TEXT or WSS_OPCODE_BINARY */
    bool first;
    bool last;
} wss_data_t;

/* What a piece of a request or response head belongs to. */
typedef enum wss_head_part {
    WSS_HEAD_PATH,  /* the path of the target, percent-encoded as it came */
    WSS_HEAD_QUERY, /* what follows the first '?' */
    WSS_HEAD_NAME,  /* a field's name, as it came */
    WSS_HEAD_VALUE, /* a field's value */
    WSS_HEAD_END    /* the part is complete; no bytes */
} wss_head_part_t;

/* Long parts come in several pieces; each field ends with one WSS_HEAD_END after
 * its value, path and query with one each. */
typedef struct wss_head {
    wss_head_part_t part;
    const char *bytes; /* not terminated; valid until the callback returns */
    size_t length;
} wss_head_t;

/* How a connection ends. */
typedef struct wss_closure {
    uint16_t code; /* the peer's; 1005: a Close without one; 1006: no Close (RFC 6455, 7.1.5) */
    uint16_t sent_code; /* ours, 0 if we sent none */
    bool clean;         /* both Close frames were exchanged (RFC 6455, 7.1.4) */
    bool by_peer;       /* the peer's Close came first */
    bool opened;        /* the opening handshake had been completed */
    wss_reason_t cause; /* why; wss_reason_text() is a sentence */
    const char *text;   /* the peer's reason in on_closing (UTF-8, not terminated), else NULL; not
                         * for the eyes of end users (RFC 6455, 5.5.1); valid as on_ping's bytes */
    size_t text_length;
    const char *network; /* the stream's own words where it failed, else "" */
    uint64_t offset;     /* bytes of frames read from the peer until then */
} wss_closure_t;

/* ------------------------------------------------------------------- callbacks */

/* Each may be NULL. All get the connection; wss_user() and wss_context() lead to
 * the application's own data. The HAL's lock is not held. */
typedef struct wss_handler {
    /* A connection begins, before its handshake. The place to set the user pointer
     * and a message buffer. Each is followed by exactly one on_closed, after it; but where
     * another task ends all connections while it is being called, that may overtake it. */
    void (*on_connecting)(wss_conn_t *conn);

    /* A piece of the peer's request or response head, as it arrives. At a client
     * wss_status() is known by then. */
    void (*on_head)(wss_conn_t *conn, const wss_head_t *piece);

    /* Server: a valid upgrade request is complete. May call wss_accept() to add header
     * fields, or wss_reply() to refuse. If it does neither: WSS_OK admits the request,
     * WSS_WOULD_BLOCK leaves the decision to a later wss_accept() or wss_reply(), an
     * error answers 500. NULL admits. */
    wss_result_t (*on_request)(wss_conn_t *conn);

    /* Server: a plain GET is complete. Answers with wss_reply(), now or, when it
     * returns WSS_WOULD_BLOCK, later. NULL, or no reply, answers 404; where the path is one of
     * config->paths, 426. */
    wss_result_t (*on_page)(wss_conn_t *conn);

    /* The opening handshake is done (RFC 6455, 4.1 and 4.2.2). */
    void (*on_open)(wss_conn_t *conn);

    /* A piece of a message, or a whole one (see wss_set_buffer()). WSS_OK: taken.
     * WSS_WOULD_BLOCK: not taken; the same data comes again when a send that was
     * refused would fit, or after wss_resume(); until then the peer feels
     * backpressure, and the bytes must be left as they are. Any error closes the
     * connection with 1011. */
    wss_result_t (*on_data)(wss_conn_t *conn, const wss_data_t *data);

    /* A Ping came and was answered; a Pong came. At most 125 bytes, valid until the callback
     * returns or the connection ends. */
    void (*on_ping)(wss_conn_t *conn, const uint8_t *bytes, size_t length);
    void (*on_pong)(wss_conn_t *conn, const uint8_t *bytes, size_t length);

    /* What was refused with WSS_WOULD_BLOCK would fit now. */
    void (*on_writable)(wss_conn_t *conn);

    /* The closing handshake begins, by the peer or by us. */
    void (*on_closing)(wss_conn_t *conn, const wss_closure_t *closure);

    /* The connection is over; the handle is dead when this returns. */
    void (*on_closed)(wss_conn_t *conn, const wss_closure_t *closure);
} wss_handler_t;

/* --------------------------------------------------------------- configuration */

/* For timers: 0 means the default, WSS_OFF means none. For limits: 0 means the default. */
#define WSS_OFF UINT32_MAX

/* A control payload that waits: for its rest, or for room. 128 bytes. */
typedef struct wss_control {
    uint16_t next;
    uint8_t length;
    uint8_t bytes[125];
} wss_control_t;

/* What a transition was: the connection's number, the machine, the row in the
 * generated table, the states around it and the event. */
typedef struct wss_trace {
    uint32_t now;
    uint16_t conn; /* of a session: its connection's, or 65535 */
    uint8_t machine;
    uint8_t row;
    uint8_t from;
    uint8_t to;
    uint8_t event;
} wss_trace_t;

/* All pointers stay the application's and must outlive the loop. */
struct wss_config {
    const wss_hal_t *hal;
    const wss_crypto_t *crypto;
    const wss_handler_t *handler;
    void *context; /* returned by wss_context() */

    /* Memory. */
    wss_conn_t *conns;   /* one per connection, those being refused included */
    uint32_t conn_count; /* 1..65534 */
    uint8_t *rx_buffer;  /* what one read brings; shared by all connections */
    uint32_t rx_size;    /* at least 64 */
#if WSS_CFG_TX_BUFFER
    uint8_t *tx_buffer; /* where what a turn sends gathers, to leave in one send; shared */
    uint32_t tx_size;   /* 0: every piece goes to the port by itself; 16 KB suits hosts. A payload
                         * of over half of it is not copied where the port has send_both() */
#endif
    wss_control_t *controls; /* shared by all; one per four connections is enough */
    uint32_t control_count;  /* at least 1, at most 65534 */
    uint8_t *messages;       /* conn_count * message_size bytes, or NULL: pieces */
    uint32_t message_size;   /* whole messages up to this size; beyond it 1009, or */
    bool pieces_beyond;      /* longer messages come in pieces */

    /* Limits. 0: the default of wss_config.h. */
    uint32_t max_conns;        /* served at once; others get 503; 0: conn_count */
    uint64_t max_message;      /* payload bytes of a message; UINT64_MAX: no limit */
    uint32_t max_request_line; /* bytes, at most 65535 */
    uint32_t max_head;         /* bytes, at most 65535 */
    uint32_t max_fields;       /* at most 65535 */

    /* Timers in milliseconds, at most INT32_MAX; the specification says what each bounds. The
     * pong timeout has
     * to be longer than a slow peer needs to read what was sent to it before the Ping. */
    uint32_t handshake_timeout;
    uint32_t idle_timeout;
    uint32_t ping_interval;
    uint32_t pong_timeout;
    uint32_t close_timeout;
    uint32_t flush_timeout;
    uint32_t linger_timeout;

    /* Server. Lists of up to 32 strings; NULL: any path, any origin, no protocol. */
    const char *const *paths;     /* exact, percent-encoded, without query: "/chat" */
    const char *const *protocols; /* in order of preference (RFC 6455, 4.2.2) */
    const char *const *origins;   /* compared without case: "https://example.org" */
    uint8_t path_count;
    uint8_t protocol_count;
    uint8_t origin_count;

#if WSS_CFG_TRACE
    /* Called for each transition, with the lock held; must not call the engine. */
    void (*trace)(void *context, const wss_trace_t *entry);
#endif
};

/* ---------------------------------------------------------------------- the loop */

/* A library and an application that differ in an ABI setting do not link. */
#define WSS_LOOP_JOIN_(client, trace, longs, tx) wss_loop_init_##client##_##trace##_##longs##_##tx
#define WSS_LOOP_NAME_(client, trace, longs, tx) WSS_LOOP_JOIN_(client, trace, longs, tx)
#define wss_loop_init                                                                              \
    WSS_LOOP_NAME_(WSS_CFG_CLIENT, WSS_CFG_TRACE, WSS_CFG_LONG_MESSAGES, WSS_CFG_TX_BUFFER)

/* Checks the configuration and prepares the loop. WSS_ERR_CONFIG: it is refused, and
 * wss_loop_error() says why. The loop keeps the pointer to the configuration. */
wss_result_t wss_loop_init(wss_loop_t *loop, const wss_config_t *config);

/* Why wss_loop_init() refused: a sentence, or "". */
const char *wss_loop_error(const wss_loop_t *loop);

/* Serves an address. `*port`, if not NULL, becomes the port that was taken. WSS_ERR_ADDRESS: the
 * address cannot be used. WSS_ERR_UNSUPPORTED: the HAL is for clients alone. */
wss_result_t wss_listen(wss_loop_t *loop, const wss_endpoint_t *where, uint16_t *port);

/* Waits at most `max_wait` ms (0: not at all, WSS_FOREVER: until something happens),
 * then does what is due: at most WSS_CFG_EVENTS_PER_STEP streams, one read each.
 * Returns WSS_OK, or the HAL's error. Not to be called from a callback. */
wss_result_t wss_loop_step(wss_loop_t *loop, uint32_t max_wait);

/* Milliseconds until the loop has to be stepped if nothing arrives; WSS_FOREVER: no
 * deadline. */
uint32_t wss_loop_next_deadline(wss_loop_t *loop);

/* Ends the wait of wss_loop_step(). Safe from any task and from a signal handler. */
void wss_loop_wake(wss_loop_t *loop);

/* Stops listening and closes every connection with `code` (a code that may be sent),
 * as wss_close() does; handshakes are answered with 503. */
wss_result_t wss_loop_close(wss_loop_t *loop, uint16_t code);

/* Stops listening and aborts every connection: each gets its on_closed now. */
void wss_loop_abort(wss_loop_t *loop);

/* Connections that are not closed, those in a handshake included. */
uint32_t wss_loop_count(const wss_loop_t *loop);

/* ------------------------------------------------------------- the opening handshake */

/* A header field to send; strings are read during the call only. */
typedef struct wss_header {
    const char *name;  /* a token (RFC 9110, 5.6.2) */
    const char *value; /* visible characters, spaces and tabs; no CR, LF or NUL */
} wss_header_t;

/* Supplies a response body from `offset` on: fills `buffer`, returns how many bytes,
 * 1..capacity; 0 gives up and resets the connection. */
typedef size_t (*wss_body_t)(void *context, uint64_t offset, uint8_t *buffer, size_t capacity);

/* An HTTP response without an upgrade. */
typedef struct wss_reply {
    uint16_t status;             /* 200..599 */
    const char *type;            /* Content-Type; NULL: text/plain; charset=utf-8 */
    const wss_header_t *headers; /* read during the call only */
    size_t header_count;
    const void *body;     /* must stay valid until on_closed: a constant, as a rule */
    uint64_t body_length; /* bytes */
    wss_body_t read;      /* or: the body is asked for as it can be sent */
    void *read_context;
} wss_reply_t;

/* Server, in or after on_request: admits the request, with further response header
 * fields. WSS_ERR_TOO_BIG: they do not fit the send room. WSS_ERR_TEXT: a name or
 * value holds what it may not. WSS_ERR_ARGUMENT: the field is one that the engine writes.
 * WSS_ERR_STATE: there is no request to decide.
 * WSS_ERR_NETWORK: the stream is broken; on_closed follows. */
wss_result_t wss_accept(wss_conn_t *conn, const wss_header_t *headers, size_t count);

/* Server, in or after on_request or on_page: answers without an upgrade. The
 * connection then ends. Errors as wss_accept(); WSS_ERR_ARGUMENT also: a status outside 200..599,
 * or a body where the status has none (204, 304). */
wss_result_t wss_reply(wss_conn_t *conn, const wss_reply_t *reply);

/* The subprotocol in use (an element of config->protocols, or of the target's), or NULL.
 * At a client from on_open on. */
const char *wss_protocol(const wss_conn_t *conn);

/* The path that was asked for: its index in config->paths; -1 without such a list. */
int wss_path(const wss_conn_t *conn);

/* ------------------------------------------------------------------------ connecting */

/*
 * Whom a client calls, and what it asks for (RFC 6455, 4.1). Zeros mean the usual thing:
 * only `host` is required.
 *
 * The structure and all that it points to must stay as they are until on_open or
 * on_closed; the strings of `protocols` until on_closed, as wss_protocol() returns one.
 */
typedef struct wss_target {
    const char *host;             /* name or numeric address, IPv6 without brackets */
    uint16_t port;                /* 0: 80, or 443 if secure */
    bool secure;                  /* wss:// */
    uint8_t protocol_count;       /* at most 32 */
    const char *resource;         /* path and query, percent-encoded: "/chat?x=1"; NULL: "/" */
    const char *host_header;      /* NULL: from host and port, as RFC 9110, 7.2 has it */
    const char *origin;           /* NULL: none, as is usual outside a browser */
    const char *const *protocols; /* offered, in order of preference; each is a token */
    const wss_header_t *headers;  /* further fields: credentials, cookies */
    size_t header_count;
} wss_target_t;

/*
 * Begins to connect. Callbacks tell the rest: on_connecting comes before this returns (the
 * user pointer is set by then), on_open or on_closed later. `*conn`, if not NULL, becomes
 * the connection. Where the result is not WSS_OK no callback comes.
 *
 * WSS_ERR_ARGUMENT     no host, a list with NULL in it, over 32 protocols or one twice, or
 *                      a header field that is the engine's own (Host, Connection, Upgrade,
 *                      Sec-WebSocket-*, Origin where `origin` is given, Content-Length,
 *                      Transfer-Encoding)
 * WSS_ERR_TEXT         a host, resource, protocol, field name or value holds what it may
 *                      not: line breaks and other control characters above all
 * WSS_ERR_TOO_BIG      the request does not fit the send room
 * WSS_ERR_FULL         no free connection, or no free stream
 * WSS_ERR_UNSUPPORTED  the HAL is for servers only
 */
wss_result_t wss_connect(wss_loop_t *loop, const wss_target_t *target, void *user,
                         wss_conn_t **conn);

/* Client: the status of the server's answer (RFC 9110, 15), 0 before it came. Where the
 * cause of on_closed is WSS_REASON_ANSWERED it says what kind of answer it was: a redirect
 * and its Location, a 401 and its WWW-Authenticate (both come to on_head), another. */
int wss_status(const wss_conn_t *conn);

/* ----------------------------------------------------------------------- sending */

typedef enum wss_part {
    WSS_FINAL = 0, /* a whole message, or the last fragment of one */
    WSS_MORE = 1   /* more fragments of this message follow */
} wss_part_t;

/*
 * Sends one frame (RFC 6455, 6.1), whole or not at all; the bytes are copied and
 * never changed. While a fragmented message is under way a send of the same type, or
 * of WSS_OPCODE_CONTINUATION, continues it; the other type is refused.
 *
 * WSS_OK               accepted
 * WSS_WOULD_BLOCK      no room now: nothing was sent, on_writable follows
 * WSS_ERR_STATE        the opening handshake is not done
 * WSS_ERR_CLOSED       the connection closes, or is closed
 * WSS_ERR_ORDER        it would interrupt a fragmented message
 * WSS_ERR_TOO_BIG      the frame can never fit the send room: use fragments or a stream
 * WSS_ERR_TEXT         a text message would not be UTF-8
 * WSS_ERR_ARGUMENT     no such type of a message
 * WSS_ERR_ENTROPY      a client without a mask for it: the connection is lost
 */
wss_result_t wss_send(wss_conn_t *conn, wss_opcode_t type, const void *bytes, size_t length,
                      wss_part_t part);

/* Whether the bytes are UTF-8 as a whole, as a text message has to be. */
bool wss_utf8_valid(const void *bytes, size_t length);

/* Begins a frame of `length` bytes that are supplied by wss_send_stream(): larger than
 * any buffer. Until its end only wss_send_stream() sends; Pongs wait. Results as
 * wss_send(). A client that passes on what strangers supply sends fragments instead: they
 * could learn the mask before they choose the rest of the frame (RFC 6455, 10.3). */
wss_result_t wss_send_begin(wss_conn_t *conn, wss_opcode_t type, uint64_t length, wss_part_t part);

/* Supplies the next bytes of the frame begun. `*taken` becomes how many were accepted,
 * perhaps not all: on_writable follows then. WSS_OK: some, or there were none to take;
 * WSS_WOULD_BLOCK: none. WSS_ERR_STATE: no frame is begun, or the bytes are more than it lacks.
 * WSS_ERR_TEXT: a text message would not be UTF-8. WSS_ERR_CLOSED: the connection is closed. */
wss_result_t wss_send_stream(wss_conn_t *conn, const void *bytes, size_t length, size_t *taken);

/* Bytes that the frame begun still lacks; 0: none is begun. */
uint64_t wss_send_left(const wss_conn_t *conn);

/* Largest payload that wss_send() would accept now. */
size_t wss_send_room(const wss_conn_t *conn);

/* Sends a Ping, or a Pong unasked (RFC 6455, 5.5.2 and 5.5.3), of at most 125 bytes. */
wss_result_t wss_ping(wss_conn_t *conn, const void *bytes, size_t length);
wss_result_t wss_pong(wss_conn_t *conn, const void *bytes, size_t length);

/* Sends a message to every open connection for which `select` is true (NULL: all). Each
 * gets all or nothing. Returns how many accepted; `*refused`, if not NULL, counts those
 * that did not. */
uint32_t wss_broadcast(wss_loop_t *loop, wss_opcode_t type, const void *bytes, size_t length,
                       bool (*select)(wss_conn_t *conn, void *context), void *context,
                       uint32_t *refused);

/* ----------------------------------------------------------------------- closing */

/* Begins the closing handshake (RFC 6455, 7.1.2). `code`: one that may be sent, or 0
 * for a Close without one; `reason`: at most 123 bytes of UTF-8. In a handshake it ends
 * the connection. WSS_ERR_CLOSED: closing already. */
wss_result_t wss_close(wss_conn_t *conn, uint16_t code, const char *reason, size_t length);

/* Ends the connection at once with a TCP reset; on_closed comes before this returns. */
wss_result_t wss_abort(wss_conn_t *conn);

/* ----------------------------------------------------------------- the connection */

/* Gives a buffer for whole messages, or takes it away (NULL, 0): pieces then. It stays
 * the application's and must live until on_closed or the next call. WSS_ERR_STATE: in
 * the middle of a message. */
wss_result_t wss_set_buffer(wss_conn_t *conn, uint8_t *buffer, uint32_t size);

/* In on_data of a connection without a buffer: how many bytes of the frame's payload are
 * left (RFC 6455, 5.2), those of the piece included. A piece is of one frame, and comes with
 * at least a byte or the end of its message. `*final`, if not NULL, becomes FIN. */
uint64_t wss_frame_left(const wss_conn_t *conn, bool *final);

/* Delivers again what on_data did not take. Safe from any task with a lock. */
void wss_resume(wss_conn_t *conn);

/* CLOSED, CONNECTING, CONNECTED or CLOSING. */
wss_public_state_t wss_state(const wss_conn_t *conn);

/* 0..conn_count - 1; the same slot serves many connections, one after the other. */
uint32_t wss_index(const wss_conn_t *conn);

/* The connection in slot `index`, or NULL if the slot is free. */
wss_conn_t *wss_conn_at(wss_loop_t *loop, uint32_t index);

/* A pointer of the application's per connection; NULL when the connection begins. */
void wss_set_user(wss_conn_t *conn, void *user);
void *wss_user(const wss_conn_t *conn);

/* config->context. */
void *wss_context(const wss_conn_t *conn);

wss_loop_t *wss_loop_of(const wss_conn_t *conn);

/* The peer's address and port as text; always terminated, cut to `capacity`. */
void wss_peer(const wss_conn_t *conn, char *buffer, size_t capacity);

/* The name of a result: "WSS_WOULD_BLOCK". */
const char *wss_result_name(wss_result_t result);

#ifdef __cplusplus
}
#endif

#include "wss_layout.h"

#endif
