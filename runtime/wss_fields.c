/* SPDX-License-Identifier: MIT */
/*
 * Recognises the names of fields that have a meaning, in pieces and without a buffer.
 * The specification lists names with a common beginning one after the other, so the
 * first name that fits so far says all there is to remember. A name that comes whole,
 * as nearly all do, is compared at once.
 *
 * Names hold letters and '-' only, and the scanner lets through no other character that
 * becomes one of these by setting the bit of lower case: it folds the case.
 */
#include "wss_handshake.h"

enum { LOWER_CASE = 0x20, LETTERS = sizeof wss_field_ranges / sizeof wss_field_ranges[0] };

const wss_field_range_t wss_field_ranges[32] = {
    ['c' % LETTERS] = {WSS_FIELD_CONNECTION, WSS_FIELD_CONTENT_LENGTH + 1},
    ['h' % LETTERS] = {WSS_FIELD_HOST, WSS_FIELD_HOST + 1},
    ['l' % LETTERS] = {WSS_FIELD_LOCATION, WSS_FIELD_LOCATION + 1},
    ['o' % LETTERS] = {WSS_FIELD_ORIGIN, WSS_FIELD_ORIGIN + 1},
    ['s' % LETTERS] = {WSS_FIELD_SEC_WEBSOCKET_ACCEPT, WSS_FIELD_SEC_WEBSOCKET_VERSION + 1},
    ['t' % LETTERS] = {WSS_FIELD_TRANSFER_ENCODING, WSS_FIELD_TRANSFER_ENCODING + 1},
    ['u' % LETTERS] = {WSS_FIELD_UPGRADE, WSS_FIELD_UPGRADE + 1},
    ['w' % LETTERS] = {WSS_FIELD_WWW_AUTHENTICATE, WSS_FIELD_WWW_AUTHENTICATE + 1},
};

_Static_assert(WSS_FIELD_CONTENT_LENGTH == WSS_FIELD_CONNECTION + 1, "names with c");
_Static_assert(WSS_FIELD_SEC_WEBSOCKET_VERSION == WSS_FIELD_SEC_WEBSOCKET_ACCEPT + 4,
               "names with s");
_Static_assert(WSS_FIELD_COUNT == 14, "each name is in a range");

void wss_field_begin(wss_handshake_t *h)
{
    h->field = WSS_FIELD_UNKNOWN + 1;
    h->position = 0;
}

/* How many characters of a piece a name has in common with it. */
static uint32_t common(const char *name, const uint8_t *bytes, uint32_t length)
{
    uint32_t i = 0;
    while (i < length && (uint8_t)name[i] == (bytes[i] | LOWER_CASE))
        i++;
    return i;
}

#if WSS_CFG_SMALL
static bool same(const char *name, const uint8_t *bytes, uint32_t length)
{
    return common(name, bytes, length) == length;
}
#else
static wss_word_t lower_word(const void *bytes)
{
    wss_word_t word;
    memcpy(&word, bytes, sizeof word);
    return word | ((wss_word_t)-1 / 0xFF * LOWER_CASE);
}

/* Compares by words, the last of which may overlap the one before. */
static bool same(const char *name, const uint8_t *bytes, uint32_t length)
{
    const uint32_t size = sizeof(wss_word_t);
    if (length < size)
        return common(name, bytes, length) == length;
    for (uint32_t i = 0; i < length - size; i += size)
        if (lower_word(name + i) != lower_word(bytes + i))
            return false;
    return lower_word(name + length - size) == lower_word(bytes + length - size);
}
#endif

uint8_t wss_field_find(const uint8_t *name, uint32_t length)
{
    wss_field_range_t range = wss_field_ranges[name[0] % LETTERS];
    for (unsigned field = range.first; field < range.end; field++)
        if (wss_field_length[field] == length &&
            same(wss_field_name((wss_field_t)field), name, length))
            return (uint8_t)field;
    return WSS_FIELD_UNKNOWN;
}

/* The next name that begins like this one and has `c` at `position`. */
static unsigned next_field(unsigned field, uint32_t position, uint8_t c)
{
    const char *start = wss_field_name((wss_field_t)field);
    while (++field < WSS_FIELD_COUNT) {
        const char *name = wss_field_name((wss_field_t)field);
        if (strncmp(name, start, position) != 0)
            break;
        if ((uint8_t)name[position] == c)
            return field;
    }
    return WSS_FIELD_UNKNOWN;
}

void wss_field_read(wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    unsigned field = h->position == 0 ? wss_field_ranges[bytes[0] % LETTERS].first : h->field;
    uint32_t i = 0;
    while (field != WSS_FIELD_UNKNOWN) {
        const char *name = wss_field_name((wss_field_t)field);
        i += common(name + h->position + i, bytes + i, length - i);
        if (i == length)
            break;
        field = next_field(field, h->position + i, bytes[i] | LOWER_CASE);
    }
    h->field = (uint8_t)field;
}

void wss_field_end(wss_handshake_t *h)
{
    if (h->position != wss_field_length[h->field])
        h->field = WSS_FIELD_UNKNOWN;
}
