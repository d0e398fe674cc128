/* SPDX-License-Identifier: MIT */
/* The words of a script's line, and what they stand for. Knows no connections. */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORDS_MAX = 100 };

typedef struct words {
    unsigned count;
    char *word[WORDS_MAX];
} words_t;

/* Ends the player: the script is wrong. */
void die(const char *what, const char *word);

words_t split(char *line);

/* "text with \x00 \r \n escapes", or NUMBERxCHAR ("300xa"): that many characters. */
size_t unquote(const char *word, uint8_t *out);

unsigned opcode_of(const char *word);
bool is(const words_t *words, unsigned index, const char *text);
const char *word_at(const words_t *words, unsigned index);
uint32_t number(const words_t *words, unsigned index);

#endif
