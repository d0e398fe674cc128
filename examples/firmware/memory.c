/* SPDX-License-Identifier: MIT */
/*
 * What the firmware uses of the C library. The compiler must not find these functions in
 * themselves: -fno-builtin, -fno-tree-loop-distribute-patterns.
 */
#include <stdint.h>
#include <string.h>

enum { WORD = sizeof(uint32_t) };

typedef uint32_t __attribute__((may_alias)) word_t;

static int aligned(const void *a, const void *b)
{
    return (((uintptr_t)a | (uintptr_t)b) & (WORD - 1)) == 0;
}

void *memcpy(void *restrict to, const void *restrict from, size_t length)
{
    uint8_t *out = to;
    const uint8_t *in = from;

    if (aligned(out, in))
        for (; length >= WORD; length -= WORD, out += WORD, in += WORD)
            *(word_t *)(void *)out = *(const word_t *)(const void *)in;
    for (; length > 0; length--)
        *out++ = *in++;
    return to;
}

void *memmove(void *to, const void *from, size_t length)
{
    uint8_t *out = to;
    const uint8_t *in = from;

    if ((uintptr_t)out - (uintptr_t)in >= length)
        return memcpy(to, from, length);
    while (length-- > 0)
        out[length] = in[length];
    return to;
}

void *memset(void *to, int value, size_t length)
{
    uint8_t *out = to;
    const uint32_t word = (uint8_t)value * 0x01010101u;

    for (; length > 0 && !aligned(out, out); length--)
        *out++ = (uint8_t)value;
    for (; length >= WORD; length -= WORD, out += WORD)
        *(word_t *)(void *)out = word;
    for (; length > 0; length--)
        *out++ = (uint8_t)value;
    return to;
}

int memcmp(const void *a, const void *b, size_t length)
{
    const uint8_t *left = a;
    const uint8_t *right = b;

    for (; length > 0; length--, left++, right++)
        if (*left != *right)
            return *left - *right;
    return 0;
}

size_t strlen(const char *text)
{
    const char *end = text;

    while (*end != '\0')
        end++;
    return (size_t)(end - text);
}

int strncmp(const char *a, const char *b, size_t most)
{
    for (; most > 0 && *a == *b && *a != '\0'; most--, a++, b++)
        continue;
    return most > 0 ? (unsigned char)*a - (unsigned char)*b : 0;
}

int strcmp(const char *a, const char *b)
{
    return strncmp(a, b, SIZE_MAX);
}

char *strchr(const char *text, int wanted)
{
    for (; *text != (char)wanted; text++)
        if (*text == '\0')
            return NULL;
    return (char *)(uintptr_t)text;
}

char *strstr(const char *text, const char *wanted)
{
    const size_t length = strlen(wanted);

    for (; strncmp(text, wanted, length) != 0; text++)
        if (*text == '\0')
            return NULL;
    return (char *)(uintptr_t)text;
}
