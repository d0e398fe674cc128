/* SPDX-License-Identifier: MIT */
/*
 * What comes in pieces: compares it with a set of words at once, or follows it by the rows of
 * an automaton. Knows no syntax.
 */
#include "wss_handshake.h"

void wss_shake_begin(wss_handshake_t *h)
{
    h->step = 0;
    h->position = 0;
    h->word_match = WSS_WORDS_ALL;
}

uint8_t wss_step_after(const wss_step_t *rows, uint8_t step, uint8_t c)
{
    while (rows->step != WSS_STEP_MALFORMED &&
           !(rows->step == step && wss_char_fits(c, rows->fits)))
        rows++;
    return rows->next;
}

static bool same(const char *word, const uint8_t *bytes, uint32_t length, bool fold)
{
    for (uint32_t i = 0; i < length; i++) {
        uint8_t have = (uint8_t)word[i];
        uint8_t want = bytes[i];
        if (have != want && !(fold && wss_lower(have) == wss_lower(want)))
            return false;
    }
    return true;
}

/* Of the candidates, those that go on with these bytes, of which only the last may be NUL. A word
 * is never read beyond its end: text has no NUL, so the word differs there. */
static uint32_t match(const wss_handshake_t *h, const wss_words_t *set, const uint8_t *bytes,
                      uint32_t length)
{
    uint32_t match = 0;
    for (unsigned i = 0; i < set->count; i++) {
        uint32_t bit = (uint32_t)1 << i;
        if ((h->word_match & bit) != 0 &&
            same(set->words[i] + h->position, bytes, length, set->fold))
            match |= bit;
    }
    return match;
}

void wss_words_read(wss_handshake_t *h, const wss_words_t *set, const uint8_t *bytes,
                    uint32_t length)
{
    h->word_match = match(h, set, bytes, length);
    h->position = (uint16_t)(h->position + length);
}

uint32_t wss_words_found(const wss_handshake_t *h, const wss_words_t *set)
{
    static const uint8_t end = '\0';
    return match(h, set, &end, 1);
}

uint8_t wss_words_first(uint32_t found)
{
    uint8_t first = 1;
    if (found == 0)
        return 0;
    for (; (found & 1u) == 0; found >>= 1)
        first++;
    return first;
}
