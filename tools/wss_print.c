/* SPDX-License-Identifier: MIT */
/*
 * Escaping, byte by byte; of UTF-8 only the control characters U+0080 to U+009F are known.
 */
#include "wss_print.h"

#include <stdbool.h>
#include <string.h>

static const char named[] = "\a\b\t\n\v\f\r\\";
static const char letters[] = "abtnvfr\\";

static bool is_control(unsigned char byte)
{
    return byte < ' ' || byte == 0x7F;
}

/* Whether a control character of two bytes begins here. */
static bool is_long_control(const char *text, size_t left)
{
    return left > 1 && (unsigned char)text[0] == 0xC2 && ((unsigned char)text[1] & 0xE0) == 0x80;
}

static void print_byte(FILE *file, char byte)
{
    const char *name = byte != '\0' ? strchr(named, byte) : NULL;

    if (name != NULL)
        fprintf(file, "\\%c", letters[name - named]);
    else if (is_control((unsigned char)byte))
        fprintf(file, "\\x%02x", (unsigned)(unsigned char)byte);
    else
        fputc(byte, file);
}

void wss_print_text(FILE *file, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!is_long_control(text + i, length - i)) {
            print_byte(file, text[i]);
            continue;
        }
        fprintf(file, "\\xc2\\x%02x", (unsigned)(unsigned char)text[i + 1]);
        i++;
    }
}
