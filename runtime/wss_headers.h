/* SPDX-License-Identifier: MIT */
/*
 * What an application may put into a head: its fields, and the texts of which a request
 * is made. Nothing that goes out unchecked can end a line.
 */
#ifndef WSS_HEADERS_H
#define WSS_HEADERS_H

#include "wss_tables.h"
#include "wss_writer.h"

/* Fields that the engine writes itself, as bits. A body is its business alone. */
enum {
    WSS_HEADERS_OF_RESPONSE =
        (1u << WSS_FIELD_CONNECTION) | (1u << WSS_FIELD_CONTENT_LENGTH) |
        (1u << WSS_FIELD_SEC_WEBSOCKET_ACCEPT) | (1u << WSS_FIELD_SEC_WEBSOCKET_EXTENSIONS) |
        (1u << WSS_FIELD_SEC_WEBSOCKET_PROTOCOL) | (1u << WSS_FIELD_SEC_WEBSOCKET_VERSION) |
        (1u << WSS_FIELD_TRANSFER_ENCODING) | (1u << WSS_FIELD_UPGRADE),
    WSS_HEADERS_OF_REQUEST =
        WSS_HEADERS_OF_RESPONSE | (1u << WSS_FIELD_HOST) | (1u << WSS_FIELD_SEC_WEBSOCKET_KEY)
};

bool wss_text_is_token(const char *text);
bool wss_text_is_value(const char *text);

/* WSS_OK, WSS_ERR_TEXT: a name or value holds what it may not, or WSS_ERR_ARGUMENT: the
 * field is one of `own`, or missing. */
wss_result_t wss_headers_check(const wss_header_t *headers, size_t count, unsigned own);

#endif
