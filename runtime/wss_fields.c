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

enum { LOWER_CASE = 0x20, LETTERS = 32 };

/* The first field whose name begins with a letter, by its place in the alphabet. */
static const uint8_t first_with[LETTERS] = {
    ['c' % LETTERS] = WSS_FIELD_CONNECTION,
    ['h' % LETTERS] = WSS_FIELD_HOST,
    ['l' % LETTERS] = WSS_FIELD_LOCATION,
    ['o' % LETTERS] = WSS_FIELD_ORIGIN,
    ['s' % LETTERS] = WSS_FIELD_SEC_WEBSOCKET_ACCEPT,
    ['t' % LETTERS] = WSS_FIELD_TRANSFER_ENCODING,
    ['u' % LETTERS] = WSS_FIELD_UPGRADE,
    ['w' % LETTERS] = WSS_FIELD_WWW_AUTHENTICATE,
};

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

/* The field whose whole name the piece is. */
static unsigned whole_name(unsigned first, const uint8_t *bytes, uint32_t length)
{
    for (unsigned field = first; field < WSS_FIELD_COUNT; field++)
        if (wss_field_length[field] == length &&
            same(wss_field_name((wss_field_t)field), bytes, length))
            return field;
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

static unsigned follow(unsigned field, uint32_t position, const uint8_t *bytes, uint32_t length)
{
    uint32_t i = 0;
    while (field != WSS_FIELD_UNKNOWN) {
        i += common(wss_field_name((wss_field_t)field) + position + i, bytes + i, length - i);
        if (i == length)
            break;
        field = next_field(field, position + i, bytes[i] | LOWER_CASE);
    }
    return field;
}

void wss_field_read(wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    unsigned field = h->field;
    if (h->position == 0 && length > 0) {
        unsigned first = first_with[bytes[0] % LETTERS];
        field = first == WSS_FIELD_UNKNOWN ? first : whole_name(first, bytes, length);
        if (field == WSS_FIELD_UNKNOWN)
            field = follow(first, 0, bytes, length);
    } else if (field != WSS_FIELD_UNKNOWN) {
        field = follow(field, h->position, bytes, length);
    }
    h->field = (uint8_t)field;
    h->position = (uint16_t)(h->position + length);
}

void wss_field_end(wss_handshake_t *h)
{
    if (h->position != wss_field_length[h->field])
        h->field = WSS_FIELD_UNKNOWN;
}
