/* SPDX-License-Identifier: MIT */
/*
 * Header fields of the application on their way out: what would break the message or
 * contradict the handshake is refused.
 */
#include "wss_handshake.h"
#include "wss_reply.h"

/* Fields that the engine writes itself. */
enum {
    OWN_FIELDS =
        (1u << WSS_FIELD_CONNECTION) | (1u << WSS_FIELD_CONTENT_LENGTH) |
        (1u << WSS_FIELD_SEC_WEBSOCKET_ACCEPT) | (1u << WSS_FIELD_SEC_WEBSOCKET_EXTENSIONS) |
        (1u << WSS_FIELD_SEC_WEBSOCKET_PROTOCOL) | (1u << WSS_FIELD_SEC_WEBSOCKET_VERSION) |
        (1u << WSS_FIELD_TRANSFER_ENCODING) | (1u << WSS_FIELD_UPGRADE)
};

static bool is_token(const char *text)
{
    const uint8_t *start = (const uint8_t *)text;
    const uint8_t *end = start + strlen(text);
    return start != end && wss_skip_class(start, end, WSS_CHAR_TOKEN) == end;
}

static bool is_value(const char *text)
{
    for (const uint8_t *p = (const uint8_t *)text; *p != '\0'; p++)
        if ((*p < ' ' && *p != '\t') || *p == 0x7F)
            return false;
    return true;
}

static bool is_own(const char *name)
{
    unsigned field = wss_field_find((const uint8_t *)name, (uint32_t)strlen(name));
    return ((OWN_FIELDS >> field) & 1u) != 0;
}

wss_result_t wss_headers_check(const wss_header_t *headers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (headers[i].name == NULL || headers[i].value == NULL)
            return WSS_ERR_ARGUMENT;
        if (!is_token(headers[i].name) || !is_value(headers[i].value))
            return WSS_ERR_TEXT;
        if (is_own(headers[i].name))
            return WSS_ERR_ARGUMENT;
    }
    return WSS_OK;
}

void wss_write_headers(wss_writer_t *writer, const wss_header_t *headers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        wss_write_field(writer, headers[i].name, headers[i].value);
}
