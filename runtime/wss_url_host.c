/* SPDX-License-Identifier: MIT */
/*
 * Numeric addresses as text: which hosts are IPv4 or IPv6 addresses (RFC 3986, 3.2.2).
 * Knows nothing else of URLs.
 */
#include "wss_url_host.h"
#include "wss_chars.h"

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

static bool is_number(const char *p, const char *end)
{
    const char *start = p;
    const bool hex = end - p >= 2 && p[0] == '0' && (p[1] == 'x' || p[1] == 'X');

    if (hex)
        p += 2;
    while (p != end && wss_char_is((uint8_t)*p, hex ? WSS_CHAR_HEX : WSS_CHAR_DIGIT))
        p++;
    return p == end && p != start;
}

bool wss_url_ends_in_number(const char *p, const char *end)
{
    if (p != end && end[-1] == '.')
        end--;
    const char *label = end;
    while (label != p && label[-1] != '.')
        label--;
    return is_number(label, end);
}
