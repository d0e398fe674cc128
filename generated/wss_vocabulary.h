/* SPDX-License-Identifier: MIT */
/*
 * The words of the specification that applications see: why connections end, their
 * public states, opcodes, Close codes, rejections, header fields, timers.
 *
 * Generated from spec/wss_states.yaml (SHA-256 begins 465917a219f57571): do not edit.
 * To regenerate: python3 -m generator
 */
#ifndef WSS_VOCABULARY_H
#define WSS_VOCABULARY_H

#include <stdint.h>

#include "wss/wss_config.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The runtime refuses to be compiled with tables of another schema. */
#define WSS_SPEC_SCHEMA 1

/* From the beginning to the end of the opening handshake. In milliseconds. */
#ifndef WSS_CFG_HANDSHAKE_TIMEOUT_MS
#define WSS_CFG_HANDSHAKE_TIMEOUT_MS 10000
#endif

/* Without a byte of a frame from the peer, or of ours that it takes in. In milliseconds. */
#ifndef WSS_CFG_IDLE_TIMEOUT_MS
#define WSS_CFG_IDLE_TIMEOUT_MS 60000
#endif

/* From one Ping to the next. In milliseconds. */
#ifndef WSS_CFG_PING_INTERVAL_MS
#define WSS_CFG_PING_INTERVAL_MS 20000
#endif

/* From a Ping to its Pong. In milliseconds. */
#ifndef WSS_CFG_PONG_TIMEOUT_MS
#define WSS_CFG_PONG_TIMEOUT_MS 15000
#endif

/* From our wish to close to the peer's Close. In milliseconds. */
#ifndef WSS_CFG_CLOSE_TIMEOUT_MS
#define WSS_CFG_CLOSE_TIMEOUT_MS 5000
#endif

/* From the beginning of a response, or from our last frame, until all is sent. In milliseconds. */
#ifndef WSS_CFG_FLUSH_TIMEOUT_MS
#define WSS_CFG_FLUSH_TIMEOUT_MS 30000
#endif

/* From our end of TCP to the peer's. In milliseconds. */
#ifndef WSS_CFG_LINGER_TIMEOUT_MS
#define WSS_CFG_LINGER_TIMEOUT_MS 2000
#endif

/* Before the next round; the wait itself is drawn, and doubled each time. In milliseconds. */
#ifndef WSS_CFG_BACKOFF_MS
#define WSS_CFG_BACKOFF_MS 1000
#endif

/* Why a connection ended. */
typedef enum wss_reason {
    WSS_REASON_NONE,                    /* Nothing has ended the connection yet. */
    WSS_REASON_LOCAL_CLOSE,             /* The application closed the connection. */
    WSS_REASON_LOCAL_ABORT,             /* The application aborted the connection. */
    WSS_REASON_PEER_CLOSE,              /* The peer began the closing handshake. */
    WSS_REASON_SHUTTING_DOWN,           /* The loop is shutting down. */
    WSS_REASON_IDLE_TIMEOUT,            /* No byte of a frame came from the peer within the idle timeout. */
    WSS_REASON_PONG_TIMEOUT,            /* The peer did not answer a Ping within the pong timeout. */
    WSS_REASON_HANDSHAKE_TIMEOUT,       /* The opening handshake was not done within its timeout. */
    WSS_REASON_PEER_VANISHED,           /* TCP ended without a Close frame. */
    WSS_REASON_CONNECTION_LOST,         /* TCP was reset, timed out or could not be used. */
    WSS_REASON_CONNECT_FAILED,          /* No TCP connection could be made. */
    WSS_REASON_TLS_FAILED,              /* TLS, or the way through a proxy, failed. */
    WSS_REASON_HANDSHAKE_REFUSED,       /* The opening handshake was refused. */
    WSS_REASON_HANDSHAKE_INVALID,       /* The server's handshake response breaks RFC 6455 or HTTP. */
    WSS_REASON_ANSWERED,                /* The server answered without an upgrade. */
    WSS_REASON_PAGE_SERVED,             /* A plain HTTP request was answered. */
    WSS_REASON_ENTROPY_FAILED,          /* The random number generator failed. */
    WSS_REASON_RESERVED_BITS,           /* A reserved bit is set without an extension. */
    WSS_REASON_RESERVED_OPCODE,         /* The opcode is reserved. */
    WSS_REASON_CONTROL_FRAGMENTED,      /* A control frame is fragmented. */
    WSS_REASON_CONTROL_TOO_LONG,        /* A control frame has over 125 bytes of payload. */
    WSS_REASON_MASK_MISSING,            /* The client's frame is not masked. */
    WSS_REASON_MASK_UNEXPECTED,         /* The server's frame is masked. */
    WSS_REASON_LENGTH_NOT_MINIMAL,      /* The payload length is not in its shortest form. */
    WSS_REASON_LENGTH_TOP_BIT,          /* The 64-bit payload length has its top bit set. */
    WSS_REASON_MESSAGE_TOO_BIG,         /* The message exceeds the limit. */
    WSS_REASON_UNEXPECTED_CONTINUATION, /* A continuation frame continues no message. */
    WSS_REASON_MESSAGE_INTERRUPTED,     /* A new message began inside a fragmented one. */
    WSS_REASON_TEXT_NOT_UTF8,           /* A text message is not UTF-8. */
    WSS_REASON_CLOSE_TOO_SHORT,         /* A Close frame has a payload of one byte. */
    WSS_REASON_CLOSE_CODE_INVALID,      /* A Close frame carries a code that may not be sent. */
    WSS_REASON_CLOSE_NOT_UTF8,          /* The reason in a Close frame is not UTF-8. */
    WSS_REASON_COUNT
} wss_reason_t;

/* The states that applications see. */
typedef enum wss_public_state {
    WSS_CLOSED,     /* There is no connection. */
    WSS_CONNECTING, /* The opening handshake is under way. */
    WSS_CONNECTED,  /* Messages flow. */
    WSS_CLOSING     /* The closing handshake is under way. */
} wss_public_state_t;

/* What the payload of a frame is (RFC 6455, 5.2). */
typedef enum wss_opcode {
    WSS_OPCODE_CONTINUATION = 0x0, /* Continues a fragmented message. */
    WSS_OPCODE_TEXT = 0x1,         /* A text message, UTF-8. */
    WSS_OPCODE_BINARY = 0x2,       /* A binary message. */
    WSS_OPCODE_CLOSE = 0x8,        /* Begins or answers the closing handshake. */
    WSS_OPCODE_PING = 0x9,         /* Asks for a Pong with the same payload. */
    WSS_OPCODE_PONG = 0xA          /* Answers a Ping, or is sent unasked. */
} wss_opcode_t;

/* Why a Close frame was sent (RFC 6455, 7.4). */
typedef enum wss_close_code {
    WSS_CLOSE_NORMAL = 1000,              /* The purpose of the connection is fulfilled. */
    WSS_CLOSE_GOING_AWAY = 1001,          /* The endpoint is going away. */
    WSS_CLOSE_PROTOCOL_ERROR = 1002,      /* The peer broke the protocol. */
    WSS_CLOSE_UNSUPPORTED_DATA = 1003,    /* The endpoint cannot accept this type of data. */
    WSS_CLOSE_NO_STATUS = 1005,           /* A Close frame without a code was received. */
    WSS_CLOSE_ABNORMAL = 1006,            /* The connection ended without a Close frame. */
    WSS_CLOSE_INVALID_PAYLOAD = 1007,     /* A message is not consistent with its type. */
    WSS_CLOSE_POLICY_VIOLATION = 1008,    /* A message violates the endpoint's policy. */
    WSS_CLOSE_TOO_BIG = 1009,             /* A message is too big to process. */
    WSS_CLOSE_MANDATORY_EXTENSION = 1010, /* The client needs an extension that the server did not accept. */
    WSS_CLOSE_INTERNAL_ERROR = 1011,      /* The server met an unexpected condition. */
    WSS_CLOSE_SERVICE_RESTART = 1012,     /* The service restarts. */
    WSS_CLOSE_TRY_AGAIN_LATER = 1013,     /* The service is overloaded. */
    WSS_CLOSE_BAD_GATEWAY = 1014,         /* A gateway got an invalid answer. */
    WSS_CLOSE_TLS_HANDSHAKE = 1015,       /* The TLS handshake failed. */
    WSS_CLOSE_REGISTERED_FIRST = 3000,    /* Registered with IANA by libraries and frameworks. */
    WSS_CLOSE_REGISTERED_LAST = 3999,
    WSS_CLOSE_PRIVATE_FIRST = 4000,       /* Private agreement between applications. */
    WSS_CLOSE_PRIVATE_LAST = 4999
} wss_close_code_t;

/* Why a request is not upgraded; the text is the body of the answer. */
typedef enum wss_rejection {
    WSS_REJECT_MALFORMED,            /* The request is not well-formed HTTP/1.1. */
    WSS_REJECT_HTTP_VERSION_OLD,     /* HTTP/1.1 is required. */
    WSS_REJECT_HOST_INVALID,         /* Exactly one valid Host field is required. */
    WSS_REJECT_BODY_PRESENT,         /* A request with a body is not accepted. */
    WSS_REJECT_CONNECTION_MISSING,   /* The Connection field must contain Upgrade. */
    WSS_REJECT_UPGRADE_MISSING,      /* This resource requires an upgrade to websocket. */
    WSS_REJECT_KEY_INVALID,          /* Exactly one Sec-WebSocket-Key of 16 bytes in base64 is required. */
    WSS_REJECT_VERSION_INVALID,      /* Sec-WebSocket-Version must be 13. */
    WSS_REJECT_PROTOCOL_MALFORMED,   /* Sec-WebSocket-Protocol is not a list of tokens. */
    WSS_REJECT_EXTENSIONS_MALFORMED, /* Sec-WebSocket-Extensions is malformed. */
    WSS_REJECT_ORIGIN_FORBIDDEN,     /* Connections from this Origin are not allowed. */
    WSS_REJECT_NOT_FOUND,            /* There is nothing at this path. */
    WSS_REJECT_METHOD_NOT_ALLOWED,   /* Only GET is allowed here. */
    WSS_REJECT_REQUEST_TIMEOUT,      /* The request took too long. */
    WSS_REJECT_TARGET_TOO_LONG,      /* The request target is too long. */
    WSS_REJECT_FIELDS_TOO_LARGE,     /* The request header fields are too large or too many. */
    WSS_REJECT_INTERNAL_ERROR,       /* The server could not answer. */
    WSS_REJECT_UNAVAILABLE,          /* The server cannot serve this now. Try again later. */
    WSS_REJECT_HTTP_VERSION_NEW,     /* Only HTTP/1.1 is supported. */
    WSS_REJECT_COUNT
} wss_rejection_t;

/* Header fields with a meaning in the opening handshake. */
typedef enum wss_field {
    WSS_FIELD_UNKNOWN,                  /* Any other field. */
    WSS_FIELD_CONNECTION,               /* A list of tokens; must contain Upgrade. */
    WSS_FIELD_CONTENT_LENGTH,           /* The length of a body. */
    WSS_FIELD_HOST,                     /* The authority that the client means. */
    WSS_FIELD_ORIGIN,                   /* The page that opens the connection. */
    WSS_FIELD_SEC_WEBSOCKET_ACCEPT,     /* The server's proof that it read the key. */
    WSS_FIELD_SEC_WEBSOCKET_EXTENSIONS, /* Extensions offered or chosen. */
    WSS_FIELD_SEC_WEBSOCKET_KEY,        /* 16 random bytes in base64. */
    WSS_FIELD_SEC_WEBSOCKET_PROTOCOL,   /* Subprotocols offered or chosen. */
    WSS_FIELD_SEC_WEBSOCKET_VERSION,    /* The protocol version, 13. */
    WSS_FIELD_TRANSFER_ENCODING,        /* How a body is coded. */
    WSS_FIELD_UPGRADE,                  /* A list of protocols; must contain websocket. */
    WSS_FIELD_LOCATION,                 /* Where a redirect leads. */
    WSS_FIELD_WWW_AUTHENTICATE,         /* The challenge of a 401 answer. */
    WSS_FIELD_COUNT
} wss_field_t;

/* The timers of a connection. */
typedef enum wss_timer {
    WSS_TIMER_HANDSHAKE, /* From the beginning to the end of the opening handshake. */
    WSS_TIMER_IDLE,      /* Without a byte of a frame from the peer, or of ours that it takes in. */
    WSS_TIMER_PING,      /* From one Ping to the next. */
    WSS_TIMER_PONG,      /* From a Ping to its Pong. */
    WSS_TIMER_CLOSE,     /* From our wish to close to the peer's Close. */
    WSS_TIMER_FLUSH,     /* From the beginning of a response, or from our last frame, until all is sent. */
    WSS_TIMER_LINGER,    /* From our end of TCP to the peer's. */
    WSS_TIMER_COUNT
} wss_timer_t;

/* The timers of a session. */
typedef enum wss_session_timer {
    WSS_TIMER_SESSION_BACKOFF, /* Before the next round; the wait itself is drawn, and doubled each time. */
    WSS_TIMER_SESSION_COUNT
} wss_session_timer_t;

/* Names for people and traces; "?" for a value that is none. */
const char *wss_reason_name(unsigned value); /* wss_reason_t, such as reserved_bits */
const char *wss_reason_text(unsigned value); /* wss_reason_t, as a sentence */
const char *wss_rejection_name(unsigned value); /* wss_rejection_t, such as key_invalid */
const char *wss_rejection_text(unsigned value); /* wss_rejection_t, as a sentence: the body of the answer */
const char *wss_opcode_name(unsigned value); /* wss_opcode_t, such as ping */
const char *wss_public_state_name(unsigned value); /* wss_public_state_t, such as CLOSING */
const char *wss_timer_name(unsigned value); /* wss_timer_t, such as linger */
const char *wss_session_timer_name(unsigned value); /* wss_session_timer_t, such as backoff */
const char *wss_close_code_name(unsigned code); /* also of codes within a range */

#ifdef __cplusplus
}
#endif

#endif
