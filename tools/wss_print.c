/* SPDX-License-Identifier: MIT */
/*
 * What is UTF-8 (RFC 3629) and no control character is shown as it is, all else escaped,
 * byte by byte.
 */
#include "wss_print.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static const char named[] = "\a\b\t\n\v\f\r\\";
static const char letters[] = "abtnvfr\\";

/* First bytes of characters, the least and the most that their second byte may be, and
 * their lengths. U+0080 to U+009F are controls and stand in no row. */
static const struct {
    uint8_t first, last, least, most, length;
} characters[] = {
    {0x20, 0x5B, 0x00, 0xFF, 1}, {0x5D, 0x7E, 0x00, 0xFF, 1}, {0xC2, 0xC2, 0xA0, 0xBF, 2},
    {0xC3, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3}, {0xE1, 0xEC, 0x80, 0xBF, 3},
    {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3}, {0xF0, 0xF0, 0x90, 0xBF, 4},
    {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
};

static bool matches(size_t row, const uint8_t *text, size_t left)
{
    const size_t length = characters[row].length;

    if (text[0] < characters[row].first || text[0] > characters[row].last || left < length)
        return false;
    if (length > 1 && (text[1] < characters[row].least || text[1] > characters[row].most))
        return false;
    for (size_t i = 2; i < length; i++) {
        if ((text[i] & 0xC0) != 0x80)
            return false;
    }
    return true;
}

/* Length of the character that can be shown; 0: none begins here. */
static size_t shown(const uint8_t *text, size_t left)
{
    for (size_t row = 0; row < sizeof characters / sizeof characters[0]; row++) {
        if (matches(row, text, left))
            return characters[row].length;
    }
    return 0;
}

static void escape(FILE *file, uint8_t byte)
{
    const char *name = byte != 0 ? strchr(named, byte) : NULL;

    if (name != NULL)
        fprintf(file, "\\%c", letters[name - named]);
    else
        fprintf(file, "\\x%02x", (unsigned)byte);
}

void wss_print_text(FILE *file, const char *text, size_t length)
{
    const uint8_t *bytes = (const uint8_t *)text;
    size_t at = 0;

    while (at < length) {
        const size_t count = shown(bytes + at, length - at);
        if (count == 0)
            escape(file, bytes[at]);
        else
            (void)fwrite(bytes + at, 1, count, file);
        at += count == 0 ? 1 : count;
    }
}
