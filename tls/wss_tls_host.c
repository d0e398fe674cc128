/* SPDX-License-Identifier: MIT */
/*
 * Whom a client expects: a name, which mbedTLS compares and asks for, or an address, which
 * is looked for here: mbedTLS 2.28 does not, and an address is never asked for (RFC 6066,
 * 3). It must not know what comes of it.
 */
#include "wss_tls_internal.h"

#include <string.h>

enum {
    V4 = 4,
    V6 = 16,
    GROUP = 2,                                     /* bytes between colons */
    IP_ADDRESS = MBEDTLS_ASN1_CONTEXT_SPECIFIC | 7 /* of a GeneralName (RFC 5280, 4.2.1.6) */
};

/* ------------------------------------------------------------------ numeric addresses */

static int digit_of(char letter)
{
    if (letter >= '0' && letter <= '9')
        return letter - '0';
    if (letter >= 'a' && letter <= 'f')
        return letter - 'a' + 10;
    return letter >= 'A' && letter <= 'F' ? letter - 'A' + 10 : 16;
}

/* A number of at most `most` in `base`; where it ends, or NULL for none. In a decimal one a 0 that
 * leads would be octal to some. */
static const char *read_number(const char *text, int base, int most, int *number)
{
    const char *p = text;

    *number = 0;
    while (digit_of(*p) < base && *number <= most)
        *number = *number * base + digit_of(*p++);
    if (base == 10 && *text == '0' && p - text > 1)
        return NULL;
    return p == text || *number > most || p - text > V4 ? NULL : p;
}

static bool read_v4(const char *text, uint8_t bytes[V4])
{
    for (int i = 0; i < V4; i++) {
        int number;
        text = read_number(text, 10, 255, &number);
        if (text == NULL || *text != (i < V4 - 1 ? '.' : '\0'))
            return false;
        bytes[i] = (uint8_t)number;
        text++;
    }
    return true;
}

/* The groups after `text`, from `bytes[at]` on; `*gap` becomes where "::" stands. Returns
 * where they end, or -1. */
static int read_groups(const char *text, uint8_t bytes[V6], int *gap)
{
    int at = 0;

    while (*text != '\0' && *text != '%') {
        int number;
        if (text[0] == ':' && text[1] == ':' && *gap < 0) {
            *gap = at;
            text += 2;
            continue;
        }
        if (*text == ':' && at > 0 && *gap != at)
            text++;
        if (at <= V6 - V4 && read_v4(text, bytes + at))
            return at + V4;
        text = read_number(text, 16, 0xFFFF, &number);
        if (text == NULL || at > V6 - GROUP || (*text != ':' && *text != '\0' && *text != '%'))
            return -1;
        bytes[at++] = (uint8_t)(number >> 8);
        bytes[at++] = (uint8_t)number;
    }
    return at;
}

static bool read_v6(const char *text, uint8_t bytes[V6])
{
    int gap = -1;
    const int end = read_groups(text, bytes, &gap);

    if (end < 0 || (gap < 0 && end != V6) || (gap >= 0 && end >= V6))
        return false;
    if (gap >= 0) {
        memmove(bytes + V6 - (end - gap), bytes + gap, (size_t)(end - gap));
        memset(bytes + gap, 0, (size_t)(V6 - end));
    }
    return true;
}

/* The bytes of a numeric address without its zone: 4, 16; or 0. */
static uint8_t read_address(const char *host, uint8_t bytes[WSS_TLS_ADDRESS])
{
    if (read_v4(host, bytes))
        return V4;
    return strchr(host, ':') != NULL && read_v6(host, bytes) ? V6 : 0;
}

/* ---------------------------------------------------------------------- expectations */

static bool names_address(const wss_tls_stream_t *stream, const mbedtls_x509_crt *certificate)
{
    const mbedtls_x509_sequence *name = &certificate->subject_alt_names;

    for (; name != NULL; name = name->next)
        if (name->buf.tag == IP_ADDRESS && name->buf.len == stream->address_size &&
            memcmp(name->buf.p, stream->address, stream->address_size) == 0)
            return true;
    return false;
}

/* mbedTLS's f_vrfy: 0, as what is wrong goes into the flags. */
static int check_address(void *pointer, mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
    const wss_tls_stream_t *stream = pointer;

    if (depth == 0 && !names_address(stream, certificate))
        *flags |= MBEDTLS_X509_BADCERT_CN_MISMATCH;
    return 0;
}

/* RFC 6066, 3: without the dot that may end it (RFC 3986, 3.2.2). */
static int expect_name(wss_tls_stream_t *stream, const char *name)
{
    char bare[MBEDTLS_SSL_MAX_HOST_NAME_LEN + 1];
    const size_t length = strlen(name);

    if (length < 2 || length > sizeof bare || name[length - 1] != '.')
        return mbedtls_ssl_set_hostname(&stream->ssl, name);
    memcpy(bare, name, length - 1);
    bare[length - 1] = '\0';
    return mbedtls_ssl_set_hostname(&stream->ssl, bare);
}

int wss_tls_expect(wss_tls_stream_t *stream)
{
    const char *own = stream->context->config.host;
    const char *name = own != NULL ? own : stream->host;

    stream->address_size = read_address(name, stream->address);
    if (stream->address_size == 0)
        return expect_name(stream, name);
    mbedtls_ssl_set_verify(&stream->ssl, check_address, stream);
    return mbedtls_ssl_set_hostname(&stream->ssl, NULL);
}
