/* SPDX-License-Identifier: MIT */
/*
 * Reads comma-separated lists of tokens in pieces, and tells which known words they
 * hold. Empty elements count for nothing (RFC 9110, 5.6.1.2).
 */
#include "wss_handshake.h"

/* wss_handshake_t.step: a blank has ended the element, or it is no token. */
enum { AFTER = 1 };

static uint32_t end_element(wss_handshake_t *h, const wss_words_t *set)
{
    uint32_t found = wss_words_found(h, set);
    uint8_t malformed = h->step & WSS_STEP_MALFORMED;
    wss_shake_begin(h);
    h->step = malformed;
    return found;
}

uint32_t wss_tokens_read(wss_handshake_t *h, const wss_words_t *set, const uint8_t *bytes,
                         uint32_t length)
{
    const uint8_t *p = bytes;
    const uint8_t *end = bytes + length;
    uint32_t found = 0;
    while (p != end) {
        const uint8_t *start = p;
        p = wss_skip_class(start, end, WSS_CHAR_TOKEN);
        if (p != start && (h->step & AFTER) == 0) {
            wss_words_read(h, set, start, (uint32_t)(p - start));
            continue;
        }
        if (*start == ',') {
            found |= end_element(h, set);
        } else if (*start != ' ') {
            h->word_match = 0;
            h->step = WSS_STEP_MALFORMED | AFTER;
        } else if (h->position > 0) {
            h->step |= AFTER;
        }
        if (p == start)
            p++;
    }
    return found;
}
