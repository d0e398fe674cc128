/* SPDX-License-Identifier: MIT */
/*
 * Reads comma-separated lists of tokens in pieces, and tells which known words they
 * hold. Empty elements count for nothing (RFC 9110, 5.6.1.2).
 */
#include "wss_handshake.h"

/* wss_handshake_t.step: where in an element, before the first one at the beginning; and
 * whether an element was no token. */
enum { BEFORE, WITHIN, AFTER, SPOILED, MALFORMED = 0x80 };

static void next_element(wss_handshake_t *h)
{
    h->step = (uint8_t)((h->step & MALFORMED) | BEFORE);
    h->position = 0;
    h->word_match = WSS_WORDS_ALL;
}

bool wss_tokens_malformed(const wss_handshake_t *h)
{
    return (h->step & MALFORMED) != 0;
}

uint32_t wss_tokens_end(wss_handshake_t *h, const wss_words_t *set)
{
    unsigned where = h->step & ~(unsigned)MALFORMED;
    uint32_t found = 0;
    if (where == WITHIN || where == AFTER)
        found = wss_words_found(h, set);
    next_element(h);
    return found;
}

/* A run of token characters. */
static void read_token(wss_handshake_t *h, const wss_words_t *set, const uint8_t *bytes,
                       uint32_t length)
{
    unsigned where = h->step & ~(unsigned)MALFORMED;
    if (where == AFTER)
        h->step = MALFORMED | SPOILED;
    if (where == AFTER || where == SPOILED)
        return;
    wss_words_read(h, set, bytes, length);
    h->step = (uint8_t)((h->step & MALFORMED) | WITHIN);
}

uint32_t wss_tokens_read(wss_handshake_t *h, const wss_words_t *set, const uint8_t *bytes,
                         uint32_t length)
{
    const uint8_t *p = bytes;
    const uint8_t *end = bytes + length;
    uint32_t found = 0;
    while (p != end) {
        const uint8_t *stop = wss_skip_class(p, end, WSS_CHAR_TOKEN);
        if (stop != p)
            read_token(h, set, p, (uint32_t)(stop - p));
        p = stop;
        if (p == end)
            break;
        unsigned where = h->step & ~(unsigned)MALFORMED;
        if (*p == ',')
            found |= wss_tokens_end(h, set);
        else if (*p != ' ')
            h->step = MALFORMED | SPOILED;
        else if (where == WITHIN)
            h->step++;
        p++;
    }
    return found;
}
