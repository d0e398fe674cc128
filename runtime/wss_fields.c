/* SPDX-License-Identifier: MIT */
/*
 * Recognises the names of fields that have a meaning, in pieces and without a buffer. Where
 * code need not be small, a name that comes whole, as nearly all do, is compared at once.
 *
 * Names hold letters and '-' only, and the scanner lets through no other character that
 * becomes one of these by setting the bit of lower case: it folds the case.
 */
#include "wss_handshake.h"

static const wss_words_t names = {wss_field_names + 1, WSS_FIELD_COUNT - 1, true};

_Static_assert(WSS_FIELD_UNKNOWN == 0, "the first word found is the field");

void wss_field_read(wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    wss_words_read(h, &names, bytes, length);
}

void wss_field_end(wss_handshake_t *h)
{
    h->field = wss_words_first(wss_words_found(h, &names));
}

uint8_t wss_field_of(const char *name)
{
    wss_handshake_t scratch;
    wss_shake_begin(&scratch);
    wss_field_read(&scratch, (const uint8_t *)name, (uint32_t)strlen(name));
    wss_field_end(&scratch);
    return scratch.field;
}

#if !WSS_CFG_SMALL
/* The known names that begin with a letter, by its place in the alphabet. */
typedef struct range {
    uint8_t first; /* wss_field_t */
    uint8_t end;
} range_t;

enum { LOWER_CASE = 0x20, LETTERS = 32 };

static const range_t ranges[LETTERS] = {
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
    uint32_t i = 0;
    if (length < size) {
        while (i < length && (uint8_t)name[i] == (bytes[i] | LOWER_CASE))
            i++;
        return i == length;
    }
    for (; i < length - size; i += size)
        if (lower_word(name + i) != lower_word(bytes + i))
            return false;
    return lower_word(name + length - size) == lower_word(bytes + length - size);
}

static uint8_t find(const uint8_t *name, uint32_t length)
{
    range_t range = ranges[name[0] % LETTERS];
    for (unsigned field = range.first; field < range.end; field++)
        if (wss_field_length[field] == length && same(wss_field_names[field], name, length))
            return (uint8_t)field;
    return WSS_FIELD_UNKNOWN;
}

void wss_field_read_last(wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    if (h->position == 0) {
        h->field = find(bytes, length);
    } else {
        wss_field_read(h, bytes, length);
        wss_field_end(h);
    }
}
#endif
