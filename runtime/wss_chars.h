/* SPDX-License-Identifier: MIT */
/*
 * Classes of characters in a message head, and skipping over runs of them. Knows bytes,
 * not messages.
 */
#ifndef WSS_CHARS_H
#define WSS_CHARS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "wss/wss_config.h"

enum {
    WSS_CHAR_TOKEN = 1u << 0, /* tchar (RFC 9110, 5.6.2) */
    WSS_CHAR_PATH = 1u << 1,  /* visible, without '?' and '#' */
    WSS_CHAR_QUERY = 1u << 2, /* visible, without '#' */
    WSS_CHAR_NAME = 1u << 3,  /* unreserved and sub-delims (RFC 3986, 2.2 and 2.3) */
    WSS_CHAR_HEX = 1u << 4,
    WSS_CHAR_DIGIT = 1u << 5,
    WSS_CHAR_AUTHORITY = 1u << 6, /* reg-name, and ":@[]%" */
    WSS_CHAR_TEXT = 1u << 7       /* visible, obs-text, and the space (RFC 9110, 5.5) */
};

/* The number of a class: no control has a meaning that is less than 8. */
enum { WSS_FITS_TOKEN, WSS_FITS_NAME = 3, WSS_FITS_HEX, WSS_FITS_DIGIT, WSS_FITS_COUNT = 8 };

extern const uint8_t wss_chars[256];

static inline bool wss_char_is(uint8_t c, unsigned class)
{
    return (wss_chars[c] & class) != 0;
}

/* Whether it is this character, or of the class with this number. */
static inline bool wss_char_fits(uint8_t c, uint8_t fits)
{
    return fits < WSS_FITS_COUNT ? ((wss_chars[c] >> fits) & 1u) != 0 : c == fits;
}

static inline uint8_t wss_lower(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c + ('a' - 'A')) : c;
}

/* Returns the first byte that is not of the class, or `end`. */
#if WSS_CFG_SMALL
const uint8_t *wss_skip_class(const uint8_t *p, const uint8_t *end, unsigned class);
#else
static inline const uint8_t *wss_skip_class(const uint8_t *p, const uint8_t *end, unsigned class)
{
    for (size_t fours = (size_t)(end - p) / 4; fours > 0; fours--, p += 4)
        if ((wss_chars[p[0]] & wss_chars[p[1]] & wss_chars[p[2]] & wss_chars[p[3]] & class) == 0)
            break;
    while (p != end && wss_char_is(*p, class))
        p++;
    return p;
}
#endif

/* As many bytes as a register holds. */
#if UINTPTR_MAX > UINT32_MAX
typedef uint64_t wss_word_t;
#else
typedef uint32_t wss_word_t;
#endif

/* Whether each byte of a word is 0x20..0x7E or 0x80..0xFF: those below 0x20 borrow into
 * their top bit, 0x7F does when it has become zero. */
static inline bool wss_word_is_text(wss_word_t word)
{
    const wss_word_t ones = (wss_word_t)-1 / 0xFF;
    wss_word_t low = word - ones * 0x20;
    wss_word_t del = (word ^ (ones * 0x7F)) - ones;
    return ((low | del) & ~word & (ones * 0x80)) == 0;
}

/* The same of WSS_CHAR_TEXT. */
static inline const uint8_t *wss_skip_text(const uint8_t *p, const uint8_t *end)
{
#if !WSS_CFG_SMALL
    wss_word_t word;
    while ((size_t)(end - p) >= sizeof word) {
        memcpy(&word, p, sizeof word);
        if (!wss_word_is_text(word))
            break;
        p += sizeof word;
    }
#endif
    while (p != end && wss_char_is(*p, WSS_CHAR_TEXT))
        p++;
    return p;
}

#endif
