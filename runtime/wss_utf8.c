/* SPDX-License-Identifier: MIT */
/* Streaming UTF-8 validation: see wss_utf8.h. */
#include "wss_utf8.h"

#include <string.h>

/* The top bit of every byte in a word. */
#define NON_ASCII (SIZE_MAX / 255u * 128u)

/* How many bytes from the start are ASCII, counted in whole groups of words. */
static size_t skip_ascii(const uint8_t *bytes, size_t length)
{
    size_t at = 0;
    size_t words[4];
    for (; length - at >= sizeof words; at += sizeof words) {
        memcpy(words, bytes + at, sizeof words);
        if (((words[0] | words[1] | words[2] | words[3]) & NON_ASCII) != 0)
            break;
    }
    return at;
}

size_t wss_utf8_scan(uint8_t *state, const uint8_t *bytes, size_t length)
{
    unsigned now = *state;
    size_t at = 0;
    while (at < length) {
        if (now == WSS_UTF8_ACCEPT && bytes[at] < 0x80) {
            at += skip_ascii(bytes + at, length - at);
            while (at < length && bytes[at] < 0x80)
                at++;
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
