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

/* Bytes become base64 (RFC 4648, 4), three at a time four characters. */
typedef struct base64 {
    char *at;  /* the next characters */
    char *end; /* the last place, for the NUL */
    uint32_t bits;
    uint32_t count; /* of bytes in `bits`: 0..2 */
} base64_t;

static bool encode(base64_t *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    if (out->end - out->at < 4)
        return false;
    out->bits <<= 8 * (3 - out->count);
    for (uint32_t i = 0; i < 4; i++)
        *out->at++ = (char)(i <= out->count ? digits[out->bits >> (18 - 6 * i) & 63] : '=');
    out->bits = out->count = 0;
    return true;
}

static bool put(base64_t *out, uint8_t byte)
{
    out->bits = out->bits << 8 | byte;
    return ++out->count < 3 || encode(out);
}

/* A part, decoded. WSS_ERR_TEXT: it has a byte that no credentials hold. */
static wss_result_t put_decoded(base64_t *out, wss_url_part_t part, uint8_t refused)
{
    const char *p = part.start;

    while (part.start != NULL && p != part.start + part.length) {
        const uint8_t byte = wss_url_next(&p);
        if (byte < 0x20 || byte == 0x7F || byte == refused)
            return WSS_ERR_TEXT;
        if (!put(out, byte))
            return WSS_ERR_TOO_BIG;
    }
    return WSS_OK;
}

static wss_result_t put_credentials(base64_t *out, const wss_url_t *url)
{
    wss_result_t result = put_decoded(out, url->user, ':');

    if (result == WSS_OK && !put(out, ':'))
        result = WSS_ERR_TOO_BIG;
    if (result == WSS_OK)
        result = put_decoded(out, url->password, 0);
    return result == WSS_OK && out->count > 0 && !encode(out) ? WSS_ERR_TOO_BIG : result;
}

wss_result_t wss_url_basic(const wss_url_t *url, char *buffer, size_t capacity)
{
    static const char scheme[] = "Basic ";
    const size_t length = sizeof scheme - 1;

    if (capacity == 0)
        return WSS_ERR_TOO_BIG;
    buffer[0] = '\0';
    if (url->user.start == NULL)
        return WSS_OK;
    if (capacity <= length)
        return WSS_ERR_TOO_BIG;
    base64_t out = {.at = buffer + length, .end = buffer + capacity - 1};
    const wss_result_t result = put_credentials(&out, url);
    if (result != WSS_OK)
        return result;
    memcpy(buffer, scheme, length);
    *out.at = '\0';
    return WSS_OK;
}
