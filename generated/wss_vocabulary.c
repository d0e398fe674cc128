/* SPDX-License-Identifier: MIT */
/*
 * The data of the specification: names and sentences, answers to rejected requests,
 * Close codes, header fields, the UTF-8 automaton.
 *
 * Generated from spec/wss_states.yaml (SHA-256 begins 465917a219f57571): do not edit.
 * To regenerate: python3 -m generator
 */
#include "wss_vocabulary.h"

#include "wss_tables.h"

#define COUNT(array) ((unsigned)(sizeof(array) / sizeof((array)[0])))

/* The string number `index` of a list: strings one after the other, each with its end. */
static const char *string_at(const char *list, unsigned index)
{
    while (index > 0)
        if (*list++ == '\0')
            index--;
    return list;
}

const char *wss_name_in(const char *list, unsigned count, unsigned value)
{
    const char *name = value < count ? string_at(list, value) : "";
    return name[0] != '\0' ? name : "?";
}

static const char reason_names[] =
    "none\0" /* WSS_REASON_NONE */
    "local_close\0" /* WSS_REASON_LOCAL_CLOSE */
    "local_abort\0" /* WSS_REASON_LOCAL_ABORT */
    "peer_close\0" /* WSS_REASON_PEER_CLOSE */
    "shutting_down\0" /* WSS_REASON_SHUTTING_DOWN */
    "idle_timeout\0" /* WSS_REASON_IDLE_TIMEOUT */
    "pong_timeout\0" /* WSS_REASON_PONG_TIMEOUT */
    "handshake_timeout\0" /* WSS_REASON_HANDSHAKE_TIMEOUT */
    "peer_vanished\0" /* WSS_REASON_PEER_VANISHED */
    "connection_lost\0" /* WSS_REASON_CONNECTION_LOST */
    "connect_failed\0" /* WSS_REASON_CONNECT_FAILED */
    "tls_failed\0" /* WSS_REASON_TLS_FAILED */
    "handshake_refused\0" /* WSS_REASON_HANDSHAKE_REFUSED */
    "handshake_invalid\0" /* WSS_REASON_HANDSHAKE_INVALID */
    "answered\0" /* WSS_REASON_ANSWERED */
    "page_served\0" /* WSS_REASON_PAGE_SERVED */
    "entropy_failed\0" /* WSS_REASON_ENTROPY_FAILED */
    "reserved_bits\0" /* WSS_REASON_RESERVED_BITS */
    "reserved_opcode\0" /* WSS_REASON_RESERVED_OPCODE */
    "control_fragmented\0" /* WSS_REASON_CONTROL_FRAGMENTED */
    "control_too_long\0" /* WSS_REASON_CONTROL_TOO_LONG */
    "mask_missing\0" /* WSS_REASON_MASK_MISSING */
    "mask_unexpected\0" /* WSS_REASON_MASK_UNEXPECTED */
    "length_not_minimal\0" /* WSS_REASON_LENGTH_NOT_MINIMAL */
    "length_top_bit\0" /* WSS_REASON_LENGTH_TOP_BIT */
    "message_too_big\0" /* WSS_REASON_MESSAGE_TOO_BIG */
    "unexpected_continuation\0" /* WSS_REASON_UNEXPECTED_CONTINUATION */
    "message_interrupted\0" /* WSS_REASON_MESSAGE_INTERRUPTED */
    "text_not_utf8\0" /* WSS_REASON_TEXT_NOT_UTF8 */
    "close_too_short\0" /* WSS_REASON_CLOSE_TOO_SHORT */
    "close_code_invalid\0" /* WSS_REASON_CLOSE_CODE_INVALID */
    "close_not_utf8\0" /* WSS_REASON_CLOSE_NOT_UTF8 */
    ;

const char *wss_reason_name(unsigned value)
{
    return wss_name_in(reason_names, WSS_REASON_CLOSE_NOT_UTF8 + 1u, value);
}

#if WSS_CFG_TEXTS
static const char reason_texts[] =
    "Nothing has ended the connection yet.\0" /* WSS_REASON_NONE */
    "The application closed the connection.\0" /* WSS_REASON_LOCAL_CLOSE */
    "The application aborted the connection.\0" /* WSS_REASON_LOCAL_ABORT */
    "The peer began the closing handshake.\0" /* WSS_REASON_PEER_CLOSE */
    "The loop is shutting down.\0" /* WSS_REASON_SHUTTING_DOWN */
    "No byte of a frame came from the peer within the idle timeout.\0" /* WSS_REASON_IDLE_TIMEOUT */
    "The peer did not answer a Ping within the pong timeout.\0" /* WSS_REASON_PONG_TIMEOUT */
    "The opening handshake was not done within its timeout.\0" /* WSS_REASON_HANDSHAKE_TIMEOUT */
    "TCP ended without a Close frame.\0" /* WSS_REASON_PEER_VANISHED */
    "TCP was reset, timed out or could not be used.\0" /* WSS_REASON_CONNECTION_LOST */
    "No TCP connection could be made.\0" /* WSS_REASON_CONNECT_FAILED */
    "TLS, or the way through a proxy, failed.\0" /* WSS_REASON_TLS_FAILED */
    "The opening handshake was refused.\0" /* WSS_REASON_HANDSHAKE_REFUSED */
    "The server's handshake response breaks RFC 6455 or HTTP.\0" /* WSS_REASON_HANDSHAKE_INVALID */
    "The server answered without an upgrade.\0" /* WSS_REASON_ANSWERED */
    "A plain HTTP request was answered.\0" /* WSS_REASON_PAGE_SERVED */
    "The random number generator failed.\0" /* WSS_REASON_ENTROPY_FAILED */
    "A reserved bit is set without an extension.\0" /* WSS_REASON_RESERVED_BITS */
    "The opcode is reserved.\0" /* WSS_REASON_RESERVED_OPCODE */
    "A control frame is fragmented.\0" /* WSS_REASON_CONTROL_FRAGMENTED */
    "A control frame has over 125 bytes of payload.\0" /* WSS_REASON_CONTROL_TOO_LONG */
    "The client's frame is not masked.\0" /* WSS_REASON_MASK_MISSING */
    "The server's frame is masked.\0" /* WSS_REASON_MASK_UNEXPECTED */
    "The payload length is not in its shortest form.\0" /* WSS_REASON_LENGTH_NOT_MINIMAL */
    "The 64-bit payload length has its top bit set.\0" /* WSS_REASON_LENGTH_TOP_BIT */
    "The message exceeds the limit.\0" /* WSS_REASON_MESSAGE_TOO_BIG */
    "A continuation frame continues no message.\0" /* WSS_REASON_UNEXPECTED_CONTINUATION */
    "A new message began inside a fragmented one.\0" /* WSS_REASON_MESSAGE_INTERRUPTED */
    "A text message is not UTF-8.\0" /* WSS_REASON_TEXT_NOT_UTF8 */
    "A Close frame has a payload of one byte.\0" /* WSS_REASON_CLOSE_TOO_SHORT */
    "A Close frame carries a code that may not be sent.\0" /* WSS_REASON_CLOSE_CODE_INVALID */
    "The reason in a Close frame is not UTF-8.\0" /* WSS_REASON_CLOSE_NOT_UTF8 */
    ;

const char *wss_reason_text(unsigned value)
{
    return wss_name_in(reason_texts, WSS_REASON_CLOSE_NOT_UTF8 + 1u, value);
}
#else
const char *wss_reason_text(unsigned value)
{
    (void)value;
    return "";
}
#endif

static const char rejection_names[] =
    "malformed\0" /* WSS_REJECT_MALFORMED */
    "http_version_old\0" /* WSS_REJECT_HTTP_VERSION_OLD */
    "host_invalid\0" /* WSS_REJECT_HOST_INVALID */
    "body_present\0" /* WSS_REJECT_BODY_PRESENT */
    "connection_missing\0" /* WSS_REJECT_CONNECTION_MISSING */
    "upgrade_missing\0" /* WSS_REJECT_UPGRADE_MISSING */
    "key_invalid\0" /* WSS_REJECT_KEY_INVALID */
    "version_invalid\0" /* WSS_REJECT_VERSION_INVALID */
    "protocol_malformed\0" /* WSS_REJECT_PROTOCOL_MALFORMED */
    "extensions_malformed\0" /* WSS_REJECT_EXTENSIONS_MALFORMED */
    "origin_forbidden\0" /* WSS_REJECT_ORIGIN_FORBIDDEN */
    "not_found\0" /* WSS_REJECT_NOT_FOUND */
    "method_not_allowed\0" /* WSS_REJECT_METHOD_NOT_ALLOWED */
    "request_timeout\0" /* WSS_REJECT_REQUEST_TIMEOUT */
    "target_too_long\0" /* WSS_REJECT_TARGET_TOO_LONG */
    "fields_too_large\0" /* WSS_REJECT_FIELDS_TOO_LARGE */
    "internal_error\0" /* WSS_REJECT_INTERNAL_ERROR */
    "unavailable\0" /* WSS_REJECT_UNAVAILABLE */
    "http_version_new\0" /* WSS_REJECT_HTTP_VERSION_NEW */
    ;

const char *wss_rejection_name(unsigned value)
{
    return wss_name_in(rejection_names, WSS_REJECT_HTTP_VERSION_NEW + 1u, value);
}

#if WSS_CFG_TEXTS
static const char rejection_texts[] =
    "The request is not well-formed HTTP/1.1.\0" /* WSS_REJECT_MALFORMED */
    "HTTP/1.1 is required.\0" /* WSS_REJECT_HTTP_VERSION_OLD */
    "Exactly one valid Host field is required.\0" /* WSS_REJECT_HOST_INVALID */
    "A request with a body is not accepted.\0" /* WSS_REJECT_BODY_PRESENT */
    "The Connection field must contain Upgrade.\0" /* WSS_REJECT_CONNECTION_MISSING */
    "This resource requires an upgrade to websocket.\0" /* WSS_REJECT_UPGRADE_MISSING */
    "Exactly one Sec-WebSocket-Key of 16 bytes in base64 is required.\0" /* WSS_REJECT_KEY_INVALID */
    "Sec-WebSocket-Version must be 13.\0" /* WSS_REJECT_VERSION_INVALID */
    "Sec-WebSocket-Protocol is not a list of tokens.\0" /* WSS_REJECT_PROTOCOL_MALFORMED */
    "Sec-WebSocket-Extensions is malformed.\0" /* WSS_REJECT_EXTENSIONS_MALFORMED */
    "Connections from this Origin are not allowed.\0" /* WSS_REJECT_ORIGIN_FORBIDDEN */
    "There is nothing at this path.\0" /* WSS_REJECT_NOT_FOUND */
    "Only GET is allowed here.\0" /* WSS_REJECT_METHOD_NOT_ALLOWED */
    "The request took too long.\0" /* WSS_REJECT_REQUEST_TIMEOUT */
    "The request target is too long.\0" /* WSS_REJECT_TARGET_TOO_LONG */
    "The request header fields are too large or too many.\0" /* WSS_REJECT_FIELDS_TOO_LARGE */
    "The server could not answer.\0" /* WSS_REJECT_INTERNAL_ERROR */
    "The server cannot serve this now. Try again later.\0" /* WSS_REJECT_UNAVAILABLE */
    "Only HTTP/1.1 is supported.\0" /* WSS_REJECT_HTTP_VERSION_NEW */
    ;

const char *wss_rejection_text(unsigned value)
{
    return wss_name_in(rejection_texts, WSS_REJECT_HTTP_VERSION_NEW + 1u, value);
}
#else
const char *wss_rejection_text(unsigned value)
{
    (void)value;
    return "";
}
#endif

static const char opcode_names[] =
    "continuation\0" /* WSS_OPCODE_CONTINUATION */
    "text\0" /* WSS_OPCODE_TEXT */
    "binary\0" /* WSS_OPCODE_BINARY */
    "\0" /* reserved */
    "\0" /* reserved */
    "\0" /* reserved */
    "\0" /* reserved */
    "\0" /* reserved */
    "close\0" /* WSS_OPCODE_CLOSE */
    "ping\0" /* WSS_OPCODE_PING */
    "pong\0" /* WSS_OPCODE_PONG */
    ;

const char *wss_opcode_name(unsigned value)
{
    return wss_name_in(opcode_names, WSS_OPCODE_PONG + 1u, value);
}

static const char public_state_names[] =
    "CLOSED\0" /* WSS_CLOSED */
    "CONNECTING\0" /* WSS_CONNECTING */
    "CONNECTED\0" /* WSS_CONNECTED */
    "CLOSING\0" /* WSS_CLOSING */
    ;

const char *wss_public_state_name(unsigned value)
{
    return wss_name_in(public_state_names, WSS_CLOSING + 1u, value);
}

static const char timer_names[] =
    "handshake\0" /* WSS_TIMER_HANDSHAKE */
    "idle\0" /* WSS_TIMER_IDLE */
    "ping\0" /* WSS_TIMER_PING */
    "pong\0" /* WSS_TIMER_PONG */
    "close\0" /* WSS_TIMER_CLOSE */
    "flush\0" /* WSS_TIMER_FLUSH */
    "linger\0" /* WSS_TIMER_LINGER */
    ;

const char *wss_timer_name(unsigned value)
{
    return wss_name_in(timer_names, WSS_TIMER_LINGER + 1u, value);
}

static const char session_timer_names[] =
    "backoff\0" /* WSS_TIMER_SESSION_BACKOFF */
    ;

const char *wss_session_timer_name(unsigned value)
{
    return wss_name_in(session_timer_names, WSS_TIMER_SESSION_BACKOFF + 1u, value);
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
    [WSS_REJECT_MALFORMED]            = {400, 0},
    [WSS_REJECT_HTTP_VERSION_OLD]     = {400, 0},
    [WSS_REJECT_HOST_INVALID]         = {400, 0},
    [WSS_REJECT_BODY_PRESENT]         = {400, 0},
    [WSS_REJECT_CONNECTION_MISSING]   = {426, WSS_REJECT_NEEDS_UPGRADE},
    [WSS_REJECT_UPGRADE_MISSING]      = {426, WSS_REJECT_NEEDS_UPGRADE},
    [WSS_REJECT_KEY_INVALID]          = {400, 0},
    [WSS_REJECT_VERSION_INVALID]      = {426, WSS_REJECT_NEEDS_UPGRADE | WSS_REJECT_NEEDS_VERSION},
    [WSS_REJECT_PROTOCOL_MALFORMED]   = {400, 0},
    [WSS_REJECT_EXTENSIONS_MALFORMED] = {400, 0},
    [WSS_REJECT_ORIGIN_FORBIDDEN]     = {403, 0},
    [WSS_REJECT_NOT_FOUND]            = {404, 0},
    [WSS_REJECT_METHOD_NOT_ALLOWED]   = {405, WSS_REJECT_NEEDS_ALLOW},
    [WSS_REJECT_REQUEST_TIMEOUT]      = {408, 0},
    [WSS_REJECT_TARGET_TOO_LONG]      = {414, 0},
    [WSS_REJECT_FIELDS_TOO_LARGE]     = {431, 0},
    [WSS_REJECT_INTERNAL_ERROR]       = {500, 0},
    [WSS_REJECT_UNAVAILABLE]          = {503, 0},
    [WSS_REJECT_HTTP_VERSION_NEW]     = {505, 0},
};

#if WSS_CFG_TEXTS
static const uint16_t statuses[] = {
    101, 200, 204, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 408, 414, 426, 429, 431, 500,
    502, 503, 505
};

static const char status_phrases[] =
    "Switching Protocols\0" /* 101 */
    "OK\0" /* 200 */
    "No Content\0" /* 204 */
    "Moved Permanently\0" /* 301 */
    "Found\0" /* 302 */
    "See Other\0" /* 303 */
    "Temporary Redirect\0" /* 307 */
    "Permanent Redirect\0" /* 308 */
    "Bad Request\0" /* 400 */
    "Unauthorized\0" /* 401 */
    "Forbidden\0" /* 403 */
    "Not Found\0" /* 404 */
    "Method Not Allowed\0" /* 405 */
    "Request Timeout\0" /* 408 */
    "URI Too Long\0" /* 414 */
    "Upgrade Required\0" /* 426 */
    "Too Many Requests\0" /* 429 */
    "Request Header Fields Too Large\0" /* 431 */
    "Internal Server Error\0" /* 500 */
    "Bad Gateway\0" /* 502 */
    "Service Unavailable\0" /* 503 */
    "HTTP Version Not Supported\0" /* 505 */
    ;

const char *wss_status_phrase(unsigned status)
{
    for (unsigned i = 0; i < COUNT(statuses); i++)
        if (statuses[i] == status)
            return string_at(status_phrases, i);
    return "";
}
#else
const char *wss_status_phrase(unsigned status)
{
    (void)status;
    return "";
}
#endif

static const struct {
    uint16_t first, last;
    bool may_send, may_receive;
} close_codes[] = {
    {1000, 1000, true,  true},
    {1001, 1001, true,  true},
    {1002, 1002, true,  true},
    {1003, 1003, true,  true},
    {1005, 1005, false, false},
    {1006, 1006, false, false},
    {1007, 1007, true,  true},
    {1008, 1008, true,  true},
    {1009, 1009, true,  true},
    {1010, 1010, true,  true},
    {1011, 1011, true,  true},
    {1012, 1012, true,  true},
    {1013, 1013, true,  true},
    {1014, 1014, true,  true},
    {1015, 1015, false, false},
    {3000, 3999, true,  true},
    {4000, 4999, true,  true},
};

static const char close_code_names[] =
    "normal\0" /* 1000 */
    "going_away\0" /* 1001 */
    "protocol_error\0" /* 1002 */
    "unsupported_data\0" /* 1003 */
    "no_status\0" /* 1005 */
    "abnormal\0" /* 1006 */
    "invalid_payload\0" /* 1007 */
    "policy_violation\0" /* 1008 */
    "too_big\0" /* 1009 */
    "mandatory_extension\0" /* 1010 */
    "internal_error\0" /* 1011 */
    "service_restart\0" /* 1012 */
    "try_again_later\0" /* 1013 */
    "bad_gateway\0" /* 1014 */
    "tls_handshake\0" /* 1015 */
    "registered\0" /* 3000 */
    "private\0" /* 4000 */
    ;

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
    return wss_name_in(close_code_names, COUNT(close_codes), i);
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

const char *const wss_field_names[WSS_FIELD_COUNT] = {
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

_Static_assert(COUNT(close_codes) == 17, "a Close code is missing");
_Static_assert(WSS_UTF8_ENTRIES <= 256, "a UTF-8 state does not fit a byte");
_Static_assert(WSS_FIELD_COUNT <= 32, "a header field does not fit a mask");
