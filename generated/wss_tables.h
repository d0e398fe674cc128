/* SPDX-License-Identifier: MIT */
/*
 * The specification's data as the runtime uses it. Not for applications.
 *
 * Generated from spec/wss_states.yaml (SHA-256 begins 465917a219f57571): do not edit.
 * To regenerate: python3 -m generator
 */
#ifndef WSS_TABLES_H
#define WSS_TABLES_H

#include <stdbool.h>
#include <stdint.h>

#include "wss_vocabulary.h"

/* The string `value` of `count` strings one after the other, each with its end; "?" where there is
 * none, or an empty one. */
const char *wss_name_in(const char *list, unsigned count, unsigned value);

/* The code of the Close frame that a reason calls for; 0: none is sent. */
extern const uint16_t wss_reason_close_code[WSS_REASON_COUNT];

/* The answer to a request that is not upgraded. */
typedef struct wss_rejection_info {
    uint16_t status;
    uint8_t flags; /* fields that the answer needs: WSS_REJECT_NEEDS_* */
} wss_rejection_info_t;

#define WSS_REJECT_NEEDS_UPGRADE 0x01u /* Upgrade: websocket, Connection: Upgrade */
#define WSS_REJECT_NEEDS_VERSION 0x02u /* Sec-WebSocket-Version: 13 */
#define WSS_REJECT_NEEDS_ALLOW 0x04u   /* Allow: GET */

extern const wss_rejection_info_t wss_rejections[WSS_REJECT_COUNT];

/* The reason phrase of a status; empty where there is none. */
const char *wss_status_phrase(unsigned status);

bool wss_close_code_may_send(unsigned code);
bool wss_close_code_may_receive(unsigned code);

/* Header fields by wss_field_t: the name in lower case (none for WSS_FIELD_UNKNOWN), its
 * length, and those with a meaning in each direction. */
extern const char *const wss_field_names[WSS_FIELD_COUNT];
extern const uint8_t wss_field_length[WSS_FIELD_COUNT];

#define WSS_FIELDS_REQUEST \
    ((1u << WSS_FIELD_CONNECTION) | \
     (1u << WSS_FIELD_CONTENT_LENGTH) | \
     (1u << WSS_FIELD_HOST) | \
     (1u << WSS_FIELD_ORIGIN) | \
     (1u << WSS_FIELD_SEC_WEBSOCKET_EXTENSIONS) | \
     (1u << WSS_FIELD_SEC_WEBSOCKET_KEY) | \
     (1u << WSS_FIELD_SEC_WEBSOCKET_PROTOCOL) | \
     (1u << WSS_FIELD_SEC_WEBSOCKET_VERSION) | \
     (1u << WSS_FIELD_TRANSFER_ENCODING) | \
     (1u << WSS_FIELD_UPGRADE))

#define WSS_FIELDS_RESPONSE \
    ((1u << WSS_FIELD_CONNECTION) | \
     (1u << WSS_FIELD_CONTENT_LENGTH) | \
     (1u << WSS_FIELD_SEC_WEBSOCKET_ACCEPT) | \
     (1u << WSS_FIELD_SEC_WEBSOCKET_EXTENSIONS) | \
     (1u << WSS_FIELD_SEC_WEBSOCKET_PROTOCOL) | \
     (1u << WSS_FIELD_SEC_WEBSOCKET_VERSION) | \
     (1u << WSS_FIELD_TRANSFER_ENCODING) | \
     (1u << WSS_FIELD_UPGRADE) | \
     (1u << WSS_FIELD_LOCATION) | \
     (1u << WSS_FIELD_WWW_AUTHENTICATE))

/* The first two bytes of a frame (RFC 6455, 5.2). */
#define WSS_FRAME_FIN_MASK    0x80u /* The last frame of a message. */
#define WSS_FRAME_RSV_MASK    0x70u /* Reserved for extensions. */
#define WSS_FRAME_OPCODE_MASK 0x0Fu /* What the payload is. */
#define WSS_FRAME_MASK_MASK   0x80u /* The payload is masked. */
#define WSS_FRAME_LENGTH_MASK 0x7Fu /* Payload length; 126 and 127 announce 16 and 64 bits. */

/* What kind of frame an opcode announces. */
enum { WSS_CLASS_RESERVED = 0, WSS_CLASS_DATA, WSS_CLASS_CONTROL };
extern const uint8_t wss_opcode_class[16];

/* UTF-8: state = wss_utf8_next[state + wss_utf8_class[byte]], from WSS_UTF8_ACCEPT on.
 * WSS_UTF8_ACCEPT: all characters are whole. WSS_UTF8_REJECT: not UTF-8, for good. */
#define WSS_UTF8_ACCEPT 0u
#define WSS_UTF8_REJECT 12u
#define WSS_UTF8_ENTRIES 108
extern const uint8_t wss_utf8_class[256];
extern const uint8_t wss_utf8_next[WSS_UTF8_ENTRIES];

#endif
