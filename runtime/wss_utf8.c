/* SPDX-License-Identifier: MIT */
/* Streaming UTF-8 validation: see wss_utf8.h. */
#include "wss_utf8.h"

#include "wss/wss.h"

#include <string.h>

#if !WSS_CFG_SMALL
/* The top bit of every byte in a word. */
#define NON_ASCII (SIZE_MAX / 255u * 128u)

/* How many bytes from the start are ASCII. */
static size_t skip_ascii(const uint8_t *bytes, size_t length)
{
    size_t at = 0;
    size_t words[8];
    for (; length - at >= sizeof words; at += sizeof words) {
        memcpy(words, bytes + at, sizeof words);
        size_t even = words[0] | words[2] | words[4] | words[6];
        size_t odd = words[1] | words[3] | words[5] | words[7];
        if (((even | odd) & NON_ASCII) != 0)
            break;
    }
    for (; length - at >= sizeof words[0]; at += sizeof words[0]) {
        memcpy(words, bytes + at, sizeof words[0]);
        if ((words[0] & NON_ASCII) != 0)
            break;
    }
    while (at < length && bytes[at] < 0x80)
        at++;
    return at;
}

static inline bool continues(uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Size of the whole character of three or four bytes that begins here (Unicode 15, table
 * 3-7), as the automaton would take it. 0: the automaton has to look. */
static inline unsigned long_character(const uint8_t *bytes)
{
    unsigned first = bytes[0];
    if (!continues(bytes[1]) || !continues(bytes[2]))
        return 0;
    if (first < 0xF0) {
        bool bad = (first == 0xE0 && bytes[1] < 0xA0) || (first == 0xED && bytes[1] >= 0xA0);
        return bad ? 0 : 3;
    }
    unsigned pair = first << 8 | bytes[1];
    return pair >= 0xF090 && pair < 0xF490 && continues(bytes[3]) ? 4 : 0;
}

/* A run of ASCII is worth the other loop. */
static inline bool begins_run(const uint8_t *bytes)
{
    return bytes[1] < 0x80 && ((bytes[2] | bytes[3]) & 0x80) == 0;
}

/* How many bytes from the start are whole characters: up to a run of ASCII; the last
 * ones are not looked at. */
static size_t skip_characters(const uint8_t *bytes, size_t length)
{
    const uint8_t *at = bytes;
    const uint8_t *last = length < 4 ? bytes : bytes + length - 3;
    while (at < last) {
        if (at[0] < 0x80) {
            if (begins_run(at))
                break;
            at++;
        } else if (at[0] < 0xE0) {
            if (at[0] < 0xC2 || !continues(at[1]))
                break;
            at += 2;
        } else {
            unsigned size = long_character(at);
            if (size == 0)
                break;
            at += size;
        }
    }
    return (size_t)(at - bytes);
}

/* How many bytes from the start are whole characters; the automaton reads on. */
static size_t skip_whole(const uint8_t *bytes, size_t length)
{
    size_t at = skip_ascii(bytes, length);
    return at + skip_characters(bytes + at, length - at);
}
#else
static size_t skip_whole(const uint8_t *bytes, size_t length)
{
    (void)bytes, (void)length;
    return 0;
}
#endif

size_t wss_utf8_scan(uint8_t *state, const uint8_t *bytes, size_t length)
{
    unsigned now = *state;
    size_t at = 0;
    while (at < length) {
        if (now == WSS_UTF8_ACCEPT) {
            at += skip_whole(bytes + at, length - at);
            if (at == length)
                break;
        }
        now = wss_utf8_next[now + wss_utf8_class[bytes[at]]];
        if (now == WSS_UTF8_REJECT)
            break;
        at++;
    }
    *state = (uint8_t)now;
    return at;
}

bool wss_utf8_valid(const void *bytes, size_t length)
{
    uint8_t state = WSS_UTF8_ACCEPT;
    return wss_utf8_scan(&state, bytes, length) == length && state == WSS_UTF8_ACCEPT;
}
