/* SPDX-License-Identifier: MIT */
/* The words of a script: see words.h. */
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wss/wss.h"

void die(const char *what, const char *word)
{
    fprintf(stderr, "script: %s: %s\n", what, word);
    exit(2);
}

static unsigned hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (unsigned)(c - 'a') + 10;
    if (c >= 'A' && c <= 'F')
        return (unsigned)(c - 'A') + 10;
    die("not a hexadecimal digit", (char[]){c, '\0'});
    return 0;
}

words_t split(char *line)
{
    words_t words = {0};
    while (*line != '\0' && words.count < WORDS_MAX) {
        while (*line == ' ')
            *line++ = '\0';
        if (*line == '\0')
            break;
        words.word[words.count++] = line;
        bool quoted = *line == '"';
        while (*line != '\0' && (*line != ' ' || quoted)) {
            if (*line == '"' && line != words.word[words.count - 1])
                quoted = false;
            if (*line == '\\' && line[1] != '\0')
                line++;
            line++;
        }
    }
    return words;
}

/* "text with \x00 \r \n escapes", or NUMBERxCHAR ("300xa"): that many characters. */
size_t unquote(const char *word, uint8_t *out)
{
    size_t length = 0;
    if (*word != '"') {
        char *end;
        size_t count = strtoul(word, &end, 10);
        if (*end != 'x' || end[1] == '\0')
            die("not a text", word);
        memset(out, end[1], count);
        return count;
    }
    for (word++; *word != '\0' && *word != '"'; word++) {
        if (*word != '\\') {
            out[length++] = (uint8_t)*word;
        } else if (*++word == 'x') {
            out[length++] = (uint8_t)(hex_digit(word[1]) << 4 | hex_digit(word[2]));
            word += 2;
        } else {
            out[length++] = (uint8_t)(*word == 'r' ? '\r' : *word == 'n' ? '\n' : *word);
        }
    }
    return length;
}

unsigned opcode_of(const char *word)
{
    static const char *const names[] = {"cont", "text", "binary", "",     "",    "",
                                        "",     "",     "close",  "ping", "pong"};
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i][0] != '\0' && strcmp(names[i], word) == 0)
            return i;
    return (unsigned)strtoul(word, NULL, 0) & 15;
}

bool is(const words_t *words, unsigned index, const char *text)
{
    return index < words->count && strcmp(words->word[index], text) == 0;
}

const char *word_at(const words_t *words, unsigned index)
{
    return index < words->count ? words->word[index] : "";
}

uint32_t number(const words_t *words, unsigned index)
{
    const char *word = word_at(words, index);
    return strcmp(word, "off") == 0 ? WSS_OFF : (uint32_t)strtoul(word, NULL, 0);
}
