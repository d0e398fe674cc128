/* SPDX-License-Identifier: MIT */
/*
 * Parts of a URL as text for others: the host, the request target, credentials. It must
 * not know how URLs are read.
 */
#include "wss_chars.h"
#include "wss_url_read.h"

static uint8_t hex_value(char c)
{
    const uint8_t lower = wss_lower((uint8_t)c);

    return (uint8_t)(lower <= '9' ? lower - '0' : lower - 'a' + 10);
}

uint8_t wss_url_decoded(const char *p)
{
    return (uint8_t)(hex_value(p[1]) * 16 + hex_value(p[2]));
}

uint8_t wss_url_next(const char **p)
{
    const char *at = *p;

    *p += *at == '%' ? 3 : 1;
    return *at == '%' ? wss_url_decoded(at) : (uint8_t)*at;
}

wss_result_t wss_url_host(const wss_url_t *url, char *buffer, size_t capacity)
{
    const char *p = url->host.start;
    const char *end = p + url->host.length;
    size_t count = 0;

    while (p != end && count < capacity)
        buffer[count++] = (char)wss_lower(wss_url_next(&p));
    if (count >= capacity)
        return WSS_ERR_TOO_BIG;
    buffer[count] = '\0';
    return WSS_OK;
}

wss_result_t wss_url_target(const wss_url_t *url, char *buffer, size_t capacity)
{
    const bool query = url->query.start != NULL;

    if (url->path.length + query + url->query.length >= capacity)
        return WSS_ERR_TOO_BIG;
    memcpy(buffer, url->path.start, url->path.length);
    buffer += url->path.length;
    if (query) {
        *buffer++ = '?';
        memcpy(buffer, url->query.start, url->query.length);
        buffer += url->query.length;
    }
    *buffer = '\0';
    return WSS_OK;
}

/* ----------------------------------------------------------------- credentials */

/* Decodes a part behind what the buffer holds; false at a byte that no credentials hold. */
static bool decode(wss_url_part_t part, uint8_t refused, uint8_t *bytes, size_t *count)
{
    const char *p = part.start;

    while (part.start != NULL && p != part.start + part.length) {
        const uint8_t byte = wss_url_next(&p);
        if (byte < 0x20 || byte == 0x7F || byte == refused)
            return false;
        bytes[(*count)++] = byte;
    }
    return true;
}

/* base64 of up to three bytes (RFC 4648, 4): four characters. */
static void encode(const uint8_t *bytes, size_t count, char *text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const uint32_t bits = (uint32_t)bytes[0] << 16 | (count > 1 ? (uint32_t)bytes[1] << 8 : 0) |
                          (count > 2 ? bytes[2] : 0);

    for (size_t i = 0; i < 4; i++)
        text[i] = (char)(i <= count ? digits[bits >> (18 - 6 * i) & 63] : '=');
}

wss_result_t wss_url_basic(const wss_url_t *url, char *buffer, size_t capacity)
{
    uint8_t bytes[WSS_URL_USERINFO + 1];
    size_t count = 0;

    if (capacity == 0)
        return WSS_ERR_TOO_BIG;
    buffer[0] = '\0';
    if (url->user.start == NULL)
        return WSS_OK;
    if (!decode(url->user, ':', bytes, &count))
        return WSS_ERR_TEXT;
    bytes[count++] = ':';
    if (!decode(url->password, 0, bytes, &count))
        return WSS_ERR_TEXT;
    if (6 + (count + 2) / 3 * 4 >= capacity)
        return WSS_ERR_TOO_BIG;
    memcpy(buffer, "Basic ", 6);
    buffer += 6;
    for (size_t i = 0; i < count; i += 3, buffer += 4)
        encode(bytes + i, count - i < 3 ? count - i : 3, buffer);
    *buffer = '\0';
    return WSS_OK;
}
