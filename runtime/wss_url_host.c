/* SPDX-License-Identifier: MIT */
/*
 * Numeric addresses as text: which hosts are IPv4 or IPv6 addresses (RFC 3986, 3.2.2).
 * Knows nothing else of URLs.
 */
#include "wss_url_host.h"
#include "wss_chars.h"
#include "wss_url_read.h"

static bool digit(char c)
{
    return wss_char_is((uint8_t)c, WSS_CHAR_DIGIT);
}

/* dec-octet: 0..255 without leading zeros. NULL: it is none. */
static const char *skip_octet(const char *p, const char *end)
{
    const char *start = p;
    unsigned value = 0;

    while (p != end && digit(*p) && p - start < 3)
        value = value * 10 + (unsigned)(*p++ - '0');
    const bool zero_first = p - start > 1 && *start == '0';
    return p == start || zero_first || value > 255 ? NULL : p;
}

bool wss_url_is_ipv4(const char *p, const char *end)
{
    for (int octet = 0; octet < 4; octet++) {
        if (octet > 0 && (p == end || *p++ != '.'))
            return false;
        p = skip_octet(p, end);
        if (p == NULL)
            return false;
    }
    return p == end;
}

static const char *skip_group(const char *p, const char *end)
{
    const char *start = p;

    while (p != end && p - start < 4 && wss_char_is((uint8_t)*p, WSS_CHAR_HEX))
        p++;
    return p;
}

/* Reads past one ':' or '::' between groups. False: none is there, or one too many. */
static bool skip_colons(const char **p, const char *end, bool *gap)
{
    if (end - *p < 2 || **p != ':')
        return false;
    ++*p;
    if (**p != ':')
        return true;
    ++*p;
    const bool first = !*gap;
    *gap = true;
    return first;
}

bool wss_url_is_ipv6(const char *p, const char *end)
{
    unsigned groups = 0;
    bool gap = false;

    if (p != end && *p == ':' && (!skip_colons(&p, end, &gap) || !gap))
        return false;
    while (p != end && groups < 8) {
        const char *next = skip_group(p, end);
        if (next != end && *next == '.')
            return wss_url_is_ipv4(p, end) && (gap ? groups <= 5 : groups == 6);
        if (next == p)
            return false;
        groups++;
        p = next;
        if (p != end && !skip_colons(&p, end, &gap))
            return false;
    }
    return p == end && (gap ? groups <= 7 : groups == 8);
}

/* A label: decimal, or 0x and what is hexadecimal; a dot at its end is not looked at. */
static bool is_number(const char *p, const char *end)
{
    unsigned digits = WSS_CHAR_DIGIT;
    uint8_t before = 0;
    size_t count = 0;

    while (p != end) {
        const uint8_t byte = wss_url_next(&p);
        if (byte == '.' && p == end)
            break;
        if (count == 1 && before == '0' && wss_lower(byte) == 'x')
            digits = WSS_CHAR_HEX;
        else if (!wss_char_is(byte, digits))
            return false;
        before = byte;
        count++;
    }
    return count > 0;
}

bool wss_url_ends_in_number(const char *p, const char *end)
{
    const char *label = p;

    while (p != end)
        if (wss_url_next(&p) == '.' && p != end)
            label = p;
    return is_number(label, end);
}
