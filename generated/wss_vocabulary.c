/* SPDX-License-Identifier: MIT */
/*
 * The data of the specification: names and sentences, answers to rejected requests,
 * Close codes, header fields, the UTF-8 automaton.
 *
 * Generated from spec/wss_states.yaml (SHA-256 begins 2c054a0cd07a9a76): do not edit.
 * To regenerate: python3 -m generator
 */
#include "wss_vocabulary.h"

#include "wss_tables.h"

#define COUNT(array) ((unsigned)(sizeof(array) / sizeof((array)[0])))

static const char *name_of(const char *const *names, unsigned count, unsigned value)
{
    return value < count && names[value] ? names[value] : "?";
}

static const char *const reason_names[] = {
    [WSS_REASON_NONE]                    = "none",
    [WSS_REASON_LOCAL_CLOSE]             = "local_close",
    [WSS_REASON_LOCAL_ABORT]             = "local_abort",
    [WSS_REASON_PEER_CLOSE]              = "peer_close",
    [WSS_REASON_SHUTTING_DOWN]           = "shutting_down",
    [WSS_REASON_IDLE_TIMEOUT]            = "idle_timeout",
    [WSS_REASON_PONG_TIMEOUT]            = "pong_timeout",
    [WSS_REASON_HANDSHAKE_TIMEOUT]       = "handshake_timeout",
    [WSS_REASON_PEER_VANISHED]           = "peer_vanished",
    [WSS_REASON_CONNECTION_LOST]         = "connection_lost",
    [WSS_REASON_CONNECT_FAILED]          = "connect_failed",
    [WSS_REASON_TLS_FAILED]              = "tls_failed",
    [WSS_REASON_HANDSHAKE_REFUSED]       = "handshake_refused",
    [WSS_REASON_HANDSHAKE_INVALID]       = "handshake_invalid",
    [WSS_REASON_ANSWERED]                = "answered",
    [WSS_REASON_PAGE_SERVED]             = "page_served",
    [WSS_REASON_ENTROPY_FAILED]          = "entropy_failed",
    [WSS_REASON_RESERVED_BITS]           = "reserved_bits",
    [WSS_REASON_RESERVED_OPCODE]         = "reserved_opcode",
    [WSS_REASON_CONTROL_FRAGMENTED]      = "control_fragmented",
    [WSS_REASON_CONTROL_TOO_LONG]        = "control_too_long",
    [WSS_REASON_MASK_MISSING]            = "mask_missing",
    [WSS_REASON_MASK_UNEXPECTED]         = "mask_unexpected",
    [WSS_REASON_LENGTH_NOT_MINIMAL]      = "length_not_minimal",
    [WSS_REASON_LENGTH_TOP_BIT]          = "length_top_bit",
    [WSS_REASON_MESSAGE_TOO_BIG]         = "message_too_big",
    [WSS_REASON_UNEXPECTED_CONTINUATION] = "unexpected_continuation",
    [WSS_REASON_MESSAGE_INTERRUPTED]     = "message_interrupted",
    [WSS_REASON_TEXT_NOT_UTF8]           = "text_not_utf8",
    [WSS_REASON_CLOSE_TOO_SHORT]         = "close_too_short",
    [WSS_REASON_CLOSE_CODE_INVALID]      = "close_code_invalid",
    [WSS_REASON_CLOSE_NOT_UTF8]          = "close_not_utf8",
};

const char *wss_reason_name(unsigned value)
{
    return name_of(reason_names, COUNT(reason_names), value);
}

static const char *const reason_texts[] = {
    [WSS_REASON_NONE]                    = "Nothing has ended the connection yet.",
    [WSS_REASON_LOCAL_CLOSE]             = "The application closed the connection.",
    [WSS_REASON_LOCAL_ABORT]             = "The application aborted the connection.",
    [WSS_REASON_PEER_CLOSE]              = "The peer began the closing handshake.",
    [WSS_REASON_SHUTTING_DOWN]           = "The loop is shutting down.",
    [WSS_REASON_IDLE_TIMEOUT]            = "No byte of a frame came from the peer within the idle timeout.",
    [WSS_REASON_PONG_TIMEOUT]            = "The peer did not answer a Ping within the pong timeout.",
    [WSS_REASON_HANDSHAKE_TIMEOUT]       = "The opening handshake was not done within its timeout.",
    [WSS_REASON_PEER_VANISHED]           = "TCP ended without a Close frame.",
    [WSS_REASON_CONNECTION_LOST]         = "TCP was reset, timed out or could not be used.",
    [WSS_REASON_CONNECT_FAILED]          = "No TCP connection could be made.",
    [WSS_REASON_TLS_FAILED]              = "The TLS handshake failed.",
    [WSS_REASON_HANDSHAKE_REFUSED]       = "The opening handshake was refused.",
    [WSS_REASON_HANDSHAKE_INVALID]       = "The server's handshake response breaks RFC 6455 or HTTP.",
    [WSS_REASON_ANSWERED]                = "The server answered without an upgrade.",
    [WSS_REASON_PAGE_SERVED]             = "A plain HTTP request was answered.",
    [WSS_REASON_ENTROPY_FAILED]          = "The random number generator failed.",
    [WSS_REASON_RESERVED_BITS]           = "A reserved bit is set without an extension.",
    [WSS_REASON_RESERVED_OPCODE]         = "The opcode is reserved.",
    [WSS_REASON_CONTROL_FRAGMENTED]      = "A control frame is fragmented.",
    [WSS_REASON_CONTROL_TOO_LONG]        = "A control frame has over 125 bytes of payload.",
    [WSS_REASON_MASK_MISSING]            = "The client's frame is not masked.",
    [WSS_REASON_MASK_UNEXPECTED]         = "The server's frame is masked.",
    [WSS_REASON_LENGTH_NOT_MINIMAL]      = "The payload length is not in its shortest form.",
    [WSS_REASON_LENGTH_TOP_BIT]          = "The 64-bit payload length has its top bit set.",
    [WSS_REASON_MESSAGE_TOO_BIG]         = "The message exceeds the limit.",
    [WSS_REASON_UNEXPECTED_CONTINUATION] = "A continuation frame continues no message.",
    [WSS_REASON_MESSAGE_INTERRUPTED]     = "A new message began inside a fragmented one.",
    [WSS_REASON_TEXT_NOT_UTF8]           = "A text message is not UTF-8.",
    [WSS_REASON_CLOSE_TOO_SHORT]         = "A Close frame has a payload of one byte.",
    [WSS_REASON_CLOSE_CODE_INVALID]      = "A Close frame carries a code that may not be sent.",
    [WSS_REASON_CLOSE_NOT_UTF8]          = "The reason in a Close frame is not UTF-8.",
};

const char *wss_reason_text(unsigned value)
{
    return name_of(reason_texts, COUNT(reason_texts), value);
}

static const char *const rejection_names[] = {
    [WSS_REJECT_MALFORMED]            = "malformed",
    [WSS_REJECT_HTTP_VERSION_OLD]     = "http_version_old",
    [WSS_REJECT_HOST_INVALID]         = "host_invalid",
    [WSS_REJECT_BODY_PRESENT]         = "body_present",
    [WSS_REJECT_CONNECTION_MISSING]   = "connection_missing",
    [WSS_REJECT_UPGRADE_MISSING]      = "upgrade_missing",
    [WSS_REJECT_KEY_INVALID]          = "key_invalid",
    [WSS_REJECT_VERSION_INVALID]      = "version_invalid",
    [WSS_REJECT_PROTOCOL_MALFORMED]   = "protocol_malformed",
    [WSS_REJECT_EXTENSIONS_MALFORMED] = "extensions_malformed",
    [WSS_REJECT_ORIGIN_FORBIDDEN]     = "origin_forbidden",
    [WSS_REJECT_NOT_FOUND]            = "not_found",
    [WSS_REJECT_METHOD_NOT_ALLOWED]   = "method_not_allowed",
    [WSS_REJECT_REQUEST_TIMEOUT]      = "request_timeout",
    [WSS_REJECT_TARGET_TOO_LONG]      = "target_too_long",
    [WSS_REJECT_FIELDS_TOO_LARGE]     = "fields_too_large",
    [WSS_REJECT_INTERNAL_ERROR]       = "internal_error",
    [WSS_REJECT_UNAVAILABLE]          = "unavailable",
    [WSS_REJECT_HTTP_VERSION_NEW]     = "http_version_new",
};

const char *wss_rejection_name(unsigned value)
{
    return name_of(rejection_names, COUNT(rejection_names), value);
}

static const char *const opcode_names[] = {
    [WSS_OPCODE_CONTINUATION] = "continuation",
    [WSS_OPCODE_TEXT]         = "text",
    [WSS_OPCODE_BINARY]       = "binary",
    [WSS_OPCODE_CLOSE]        = "close",
    [WSS_OPCODE_PING]         = "ping",
    [WSS_OPCODE_PONG]         = "pong",
};

const char *wss_opcode_name(unsigned value)
{
    return name_of(opcode_names, COUNT(opcode_names), value);
}

static const char *const public_state_names[] = {
    [WSS_CLOSED]     = "CLOSED",
    [WSS_CONNECTING] = "CONNECTING",
    [WSS_CONNECTED]  = "CONNECTED",
    [WSS_CLOSING]    = "CLOSING",
};

const char *wss_public_state_name(unsigned value)
{
    return name_of(public_state_names, COUNT(public_state_names), value);
}

static const char *const timer_names[] = {
    [WSS_TIMER_HANDSHAKE] = "handshake",
    [WSS_TIMER_IDLE]      = "idle",
    [WSS_TIMER_PING]      = "ping",
    [WSS_TIMER_PONG]      = "pong",
    [WSS_TIMER_CLOSE]     = "close",
    [WSS_TIMER_FLUSH]     = "flush",
    [WSS_TIMER_LINGER]    = "linger",
};

const char *wss_timer_name(unsigned value)
{
    return name_of(timer_names, COUNT(timer_names), value);
}

static const char *const session_timer_names[] = {
    [WSS_TIMER_SESSION_BACKOFF] = "backoff",
};

const char *wss_session_timer_name(unsigned value)
{
    return name_of(session_timer_names, COUNT(session_timer_names), value);
}

const uint16_t wss_reason_close_code[WSS_REASON_COUNT] = {
    [WSS_REASON_NONE]                    = 0,
    [WSS_REASON_LOCAL_CLOSE]             = 0,
    [WSS_REASON_LOCAL_ABORT]             = 0,
    [WSS_REASON_PEER_CLOSE]              = 0,
    [WSS_REASON_SHUTTING_DOWN]           = 1001,
    [WSS_REASON_IDLE_TIMEOUT]            = 1001,
    [WSS_REASON_PONG_TIMEOUT]            = 0,
    [WSS_REASON_HANDSHAKE_TIMEOUT]       = 0,
    [WSS_REASON_PEER_VANISHED]           = 0,
    [WSS_REASON_CONNECTION_LOST]         = 0,
    [WSS_REASON_CONNECT_FAILED]          = 0,
    [WSS_REASON_TLS_FAILED]              = 0,
    [WSS_REASON_HANDSHAKE_REFUSED]       = 0,
    [WSS_REASON_HANDSHAKE_INVALID]       = 0,
    [WSS_REASON_ANSWERED]                = 0,
    [WSS_REASON_PAGE_SERVED]             = 0,
    [WSS_REASON_ENTROPY_FAILED]          = 0,
    [WSS_REASON_RESERVED_BITS]           = 1002,
    [WSS_REASON_RESERVED_OPCODE]         = 1002,
    [WSS_REASON_CONTROL_FRAGMENTED]      = 1002,
    [WSS_REASON_CONTROL_TOO_LONG]        = 1002,
    [WSS_REASON_MASK_MISSING]            = 1002,
    [WSS_REASON_MASK_UNEXPECTED]         = 1002,
    [WSS_REASON_LENGTH_NOT_MINIMAL]      = 1002,
    [WSS_REASON_LENGTH_TOP_BIT]          = 1002,
    [WSS_REASON_MESSAGE_TOO_BIG]         = 1009,
    [WSS_REASON_UNEXPECTED_CONTINUATION] = 1002,
    [WSS_REASON_MESSAGE_INTERRUPTED]     = 1002,
    [WSS_REASON_TEXT_NOT_UTF8]           = 1007,
    [WSS_REASON_CLOSE_TOO_SHORT]         = 1002,
    [WSS_REASON_CLOSE_CODE_INVALID]      = 1002,
    [WSS_REASON_CLOSE_NOT_UTF8]          = 1007,
};

const wss_rejection_info_t wss_rejections[WSS_REJECT_COUNT] = {
    [WSS_REJECT_MALFORMED] =
        {.status = 400, .flags = 0, .body = "The request is not well-formed HTTP/1.1."},
    [WSS_REJECT_HTTP_VERSION_OLD] =
        {.status = 400, .flags = 0, .body = "HTTP/1.1 is required."},
    [WSS_REJECT_HOST_INVALID] =
        {.status = 400, .flags = 0, .body = "Exactly one valid Host field is required."},
    [WSS_REJECT_BODY_PRESENT] =
        {.status = 400, .flags = 0, .body = "A request with a body is not accepted."},
    [WSS_REJECT_CONNECTION_MISSING] =
        {.status = 426, .flags = WSS_REJECT_NEEDS_UPGRADE, .body = "The Connection field must contain Upgrade."},
    [WSS_REJECT_UPGRADE_MISSING] =
        {.status = 426, .flags = WSS_REJECT_NEEDS_UPGRADE, .body = "This resource requires an upgrade to websocket."},
    [WSS_REJECT_KEY_INVALID] =
        {.status = 400, .flags = 0, .body = "Exactly one Sec-WebSocket-Key of 16 bytes in base64 is required."},
    [WSS_REJECT_VERSION_INVALID] =
        {.status = 426, .flags = WSS_REJECT_NEEDS_UPGRADE | WSS_REJECT_NEEDS_VERSION, .body = "Sec-WebSocket-Version must be 13."},
    [WSS_REJECT_PROTOCOL_MALFORMED] =
        {.status = 400, .flags = 0, .body = "Sec-WebSocket-Protocol is not a list of tokens."},
    [WSS_REJECT_EXTENSIONS_MALFORMED] =
        {.status = 400, .flags = 0, .body = "Sec-WebSocket-Extensions is malformed."},
    [WSS_REJECT_ORIGIN_FORBIDDEN] =
        {.status = 403, .flags = 0, .body = "Connections from this Origin are not allowed."},
    [WSS_REJECT_NOT_FOUND] =
        {.status = 404, .flags = 0, .body = "There is nothing at this path."},
    [WSS_REJECT_METHOD_NOT_ALLOWED] =
        {.status = 405, .flags = WSS_REJECT_NEEDS_ALLOW, .body = "Only GET is allowed here."},
    [WSS_REJECT_REQUEST_TIMEOUT] =
        {.status = 408, .flags = 0, .body = "The request took too long."},
    [WSS_REJECT_TARGET_TOO_LONG] =
        {.status = 414, .flags = 0, .body = "The request target is too long."},
    [WSS_REJECT_FIELDS_TOO_LARGE] =
        {.status = 431, .flags = 0, .body = "The request header fields are too large or too many."},
    [WSS_REJECT_INTERNAL_ERROR] =
        {.status = 500, .flags = 0, .body = "The server could not answer."},
    [WSS_REJECT_UNAVAILABLE] =
        {.status = 503, .flags = 0, .body = "The server cannot serve this now. Try again later."},
    [WSS_REJECT_HTTP_VERSION_NEW] =
        {.status = 505, .flags = 0, .body = "Only HTTP/1.1 is supported."},
};

const char *wss_status_phrase(unsigned status)
{
    switch (status) {
    case 101: return "Switching Protocols";
    case 200: return "OK";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 414: return "URI Too Long";
    case 426: return "Upgrade Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "";
    }
}

static const struct {
    uint16_t first, last;
    bool may_send, may_receive;
    const char *name;
} close_codes[] = {
    {1000, 1000, true,  true,  "normal"},
    {1001, 1001, true,  true,  "going_away"},
    {1002, 1002, true,  true,  "protocol_error"},
    {1003, 1003, true,  true,  "unsupported_data"},
    {1005, 1005, false, false, "no_status"},
    {1006, 1006, false, false, "abnormal"},
    {1007, 1007, true,  true,  "invalid_payload"},
    {1008, 1008, true,  true,  "policy_violation"},
    {1009, 1009, true,  true,  "too_big"},
    {1010, 1010, true,  true,  "mandatory_extension"},
    {1011, 1011, true,  true,  "internal_error"},
    {1012, 1012, true,  true,  "service_restart"},
    {1013, 1013, true,  true,  "try_again_later"},
    {1014, 1014, true,  true,  "bad_gateway"},
    {1015, 1015, false, false, "tls_handshake"},
    {3000, 3999, true,  true,  "registered"},
    {4000, 4999, true,  true,  "private"},
};

static unsigned close_code_index(unsigned code)
{
    unsigned i = 0;
    while (i < COUNT(close_codes) && (code < close_codes[i].first || code > close_codes[i].last))
        i++;
    return i;
}

const char *wss_close_code_name(unsigned code)
{
    unsigned i = close_code_index(code);
    return i < COUNT(close_codes) ? close_codes[i].name : "?";
}

bool wss_close_code_may_send(unsigned code)
{
    unsigned i = close_code_index(code);
    return i < COUNT(close_codes) && close_codes[i].may_send;
}

bool wss_close_code_may_receive(unsigned code)
{
    unsigned i = close_code_index(code);
    return i < COUNT(close_codes) && close_codes[i].may_receive;
}

static const char *const field_names[WSS_FIELD_COUNT] = {
    [WSS_FIELD_CONNECTION]               = "connection",
    [WSS_FIELD_CONTENT_LENGTH]           = "content-length",
    [WSS_FIELD_HOST]                     = "host",
    [WSS_FIELD_ORIGIN]                   = "origin",
    [WSS_FIELD_SEC_WEBSOCKET_ACCEPT]     = "sec-websocket-accept",
    [WSS_FIELD_SEC_WEBSOCKET_EXTENSIONS] = "sec-websocket-extensions",
    [WSS_FIELD_SEC_WEBSOCKET_KEY]        = "sec-websocket-key",
    [WSS_FIELD_SEC_WEBSOCKET_PROTOCOL]   = "sec-websocket-protocol",
    [WSS_FIELD_SEC_WEBSOCKET_VERSION]    = "sec-websocket-version",
    [WSS_FIELD_TRANSFER_ENCODING]        = "transfer-encoding",
    [WSS_FIELD_UPGRADE]                  = "upgrade",
    [WSS_FIELD_LOCATION]                 = "location",
    [WSS_FIELD_WWW_AUTHENTICATE]         = "www-authenticate",
};

const char *wss_field_name(wss_field_t field)
{
    return name_of(field_names, WSS_FIELD_COUNT, (unsigned)field);
}

const uint8_t wss_field_length[WSS_FIELD_COUNT] = {
    [WSS_FIELD_CONNECTION]               = 10,
    [WSS_FIELD_CONTENT_LENGTH]           = 14,
    [WSS_FIELD_HOST]                     = 4,
    [WSS_FIELD_ORIGIN]                   = 6,
    [WSS_FIELD_SEC_WEBSOCKET_ACCEPT]     = 20,
    [WSS_FIELD_SEC_WEBSOCKET_EXTENSIONS] = 24,
    [WSS_FIELD_SEC_WEBSOCKET_KEY]        = 17,
    [WSS_FIELD_SEC_WEBSOCKET_PROTOCOL]   = 22,
    [WSS_FIELD_SEC_WEBSOCKET_VERSION]    = 21,
    [WSS_FIELD_TRANSFER_ENCODING]        = 17,
    [WSS_FIELD_UPGRADE]                  = 7,
    [WSS_FIELD_LOCATION]                 = 8,
    [WSS_FIELD_WWW_AUTHENTICATE]         = 16,
};

const uint8_t wss_opcode_class[16] = {
    [WSS_OPCODE_CONTINUATION] = WSS_CLASS_DATA,
    [WSS_OPCODE_TEXT] = WSS_CLASS_DATA,
    [WSS_OPCODE_BINARY] = WSS_CLASS_DATA,
    [WSS_OPCODE_CLOSE] = WSS_CLASS_CONTROL,
    [WSS_OPCODE_PING] = WSS_CLASS_CONTROL,
    [WSS_OPCODE_PONG] = WSS_CLASS_CONTROL,
};

const uint8_t wss_utf8_class[256] = {
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, /* 00 */
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, /* 10 */
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, /* 20 */
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, /* 30 */
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, /* 40 */
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, /* 50 */
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, /* 60 */
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, /* 70 */
     1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1, /* 80 */
     2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2, /* 90 */
     3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3, /* A0 */
     3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3, /* B0 */
     4,  4,  5,  5,  5,  5,  5,  5,  5,  5,  5,  5,  5,  5,  5,  5, /* C0 */
     5,  5,  5,  5,  5,  5,  5,  5,  5,  5,  5,  5,  5,  5,  5,  5, /* D0 */
     6,  7,  7,  7,  7,  7,  7,  7,  7,  7,  7,  7,  7,  8,  7,  7, /* E0 */
     9, 10, 10, 10, 11,  4,  4,  4,  4,  4,  4,  4,  4,  4,  4,  4, /* F0 */
};

const uint8_t wss_utf8_next[WSS_UTF8_ENTRIES] = {
      0,  12,  12,  12,  12,  24,  36,  48,  60,  72,  84,  96, /* 0 */
     12,  12,  12,  12,  12,  12,  12,  12,  12,  12,  12,  12, /* 12 */
     12,   0,   0,   0,  12,  12,  12,  12,  12,  12,  12,  12, /* 24 */
     12,  12,  12,  24,  12,  12,  12,  12,  12,  12,  12,  12, /* 36 */
     12,  24,  24,  24,  12,  12,  12,  12,  12,  12,  12,  12, /* 48 */
     12,  24,  24,  12,  12,  12,  12,  12,  12,  12,  12,  12, /* 60 */
     12,  12,  48,  48,  12,  12,  12,  12,  12,  12,  12,  12, /* 72 */
     12,  48,  48,  48,  12,  12,  12,  12,  12,  12,  12,  12, /* 84 */
     12,  48,  12,  12,  12,  12,  12,  12,  12,  12,  12,  12, /* 96 */
};

_Static_assert(COUNT(reason_names) == WSS_REASON_COUNT, "a reason has no name");
_Static_assert(COUNT(reason_texts) == WSS_REASON_COUNT, "a reason has no text");
_Static_assert(COUNT(rejection_names) == WSS_REJECT_COUNT, "a rejection has no name");
_Static_assert(COUNT(close_codes) == 17, "a Close code is missing");
_Static_assert(WSS_UTF8_ENTRIES <= 256, "a UTF-8 state does not fit a byte");
_Static_assert(WSS_FIELD_COUNT <= 32, "a header field does not fit a mask");
