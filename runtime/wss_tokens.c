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
    h->step &= WSS_STEP_MALFORMED;
    h->position = 0;
    h->word_match = WSS_WORDS_ALL;
    return found;
}

uint32_t wss_tokens_part(wss_handshake_t *h, const wss_words_t *set, uint8_t c)
{
    if (c == ',')
        return end_element(h, set);
    if (c != ' ') {
        h->word_match = 0;
        h->step = WSS_STEP_MALFORMED | AFTER;
    } else if (h->position > 0) {
        h->step |= AFTER;
    }
    return 0;
}

uint32_t wss_tokens_read(wss_handshake_t *h, const wss_words_t *set, const uint8_t *bytes,
                         uint32_t length)
{
    uint32_t found = 0;
    while (length > 0) {
        uint32_t run = (uint32_t)(wss_skip_class(bytes, bytes + length, WSS_CHAR_TOKEN) - bytes);
        if (run > 0 && (h->step & AFTER) == 0)
            wss_words_read(h, set, bytes, run);
        else
            found |= wss_tokens_part(h, set, *bytes);
        run = run > 0 ? run : 1;
        bytes += run;
        length -= run;
    }
    return found;
}
