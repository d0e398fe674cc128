/* SPDX-License-Identifier: MIT */
/*
 * wss_utf8_scan() against the plain automaton: the same count of good bytes and the same
 * state for every start of two bytes, and for text made of the bytes at which ranges
 * begin and end, cut anywhere. It knows nothing of frames.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wss_utf8.h"

enum { ROUNDS = 100000, LONGEST = 100 };

static size_t plain_scan(uint8_t *state, const uint8_t *bytes, size_t length)
{
    for (size_t at = 0; at < length; at++) {
        *state = wss_utf8_next[*state + wss_utf8_class[bytes[at]]];
        if (*state == WSS_UTF8_REJECT)
            return at;
    }
    return length;
}

static void compare(const uint8_t *bytes, size_t length, size_t cut)
{
    uint8_t state = WSS_UTF8_ACCEPT;
    uint8_t expected_state = WSS_UTF8_ACCEPT;
    size_t expected = plain_scan(&expected_state, bytes, length);
    size_t good = wss_utf8_scan(&state, bytes, cut);
    if (good == cut)
        good += wss_utf8_scan(&state, bytes + cut, length - cut);
    if (good == expected && state == expected_state)
        return;
    fprintf(stderr, "%zu bytes cut at %zu: %zu good instead of %zu:", length, cut, good, expected);
    for (size_t i = 0; i < length; i++)
        fprintf(stderr, " %02X", (unsigned)bytes[i]);
    fprintf(stderr, "\n");
    exit(EXIT_FAILURE);
}

static uint32_t draw(uint32_t below)
{
    static uint64_t seed = 6455;
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % below;
}

/* A sequence of `table 3-7` or near it: mostly good, so that text grows long. */
static size_t make_character(uint8_t *bytes)
{
    static const uint8_t leads[] = {'a',  'z',  0x7F, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
                                    0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4};
    static const uint8_t edges[] = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F,
                                    0xA0, 0xBF, 0xC0, 0xC1, 0xF5, 0xFF};
    uint8_t lead = leads[draw(sizeof leads)];
    size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    bytes[0] = lead;
    for (size_t i = 1; i < size; i++)
        bytes[i] = edges[draw(16) == 0 ? draw(sizeof edges) : 2 + draw(6)];
    return size;
}

static void try_text(void)
{
    uint8_t bytes[LONGEST + 4];
    size_t length = 0;
    size_t wanted = draw(LONGEST);
    bool ascii = draw(4) == 0;
    while (length < wanted && ascii)
        bytes[length++] = (uint8_t)('a' + draw(26));
    length = ascii ? length - draw((uint32_t)length + 1) / 2 : length;
    while (length < wanted)
        length += make_character(bytes + length);
    compare(bytes, length, length == 0 ? 0 : draw((uint32_t)length));
}

int main(void)
{
    for (unsigned pair = 0; pair < 0x10000; pair++) {
        uint8_t bytes[] = {(uint8_t)(pair >> 8), (uint8_t)pair, 0x80, 0x80, 'a', 'b'};
        for (size_t length = 1; length <= sizeof bytes; length++)
            compare(bytes, length, 0);
    }
    for (unsigned round = 0; round < ROUNDS; round++)
        try_text();
    return EXIT_SUCCESS;
}
