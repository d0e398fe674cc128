/* SPDX-License-Identifier: MIT */
/*
 * Header fields of the application on their way out: what would break the message or
 * contradict the handshake is refused.
 */
#include "wss_headers.h"

#include "wss_handshake.h"

bool wss_text_is_token(const char *text)
{
    const uint8_t *start = (const uint8_t *)text;
    const uint8_t *end = start + strlen(text);
    return start != end && wss_skip_class(start, end, WSS_CHAR_TOKEN) == end;
}

bool wss_text_is_value(const char *text)
{
    for (const uint8_t *p = (const uint8_t *)text; *p != '\0'; p++)
        if ((*p < ' ' && *p != '\t') || *p == 0x7F)
            return false;
    return true;
}

wss_result_t wss_headers_check(const wss_header_t *headers, size_t count, unsigned own)
{
    for (size_t i = 0; i < count; i++) {
        if (headers[i].name == NULL || headers[i].value == NULL)
            return WSS_ERR_ARGUMENT;
        if (!wss_text_is_token(headers[i].name) || !wss_text_is_value(headers[i].value))
            return WSS_ERR_TEXT;
        if (((own >> wss_field_of(headers[i].name)) & 1u) != 0)
            return WSS_ERR_ARGUMENT;
    }
    return WSS_OK;
}
