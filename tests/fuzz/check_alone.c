/* SPDX-License-Identifier: MIT */
/* Check's assertions where no suite runs: one that fails aborts. */
#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void _mark_point(const char *file, int line)
{
    (void)file;
    (void)line;
}

void _ck_assert_failed(const char *file, int line, const char *expr, const char *msg, ...)
{
    va_list words;
    (void)fprintf(stderr, "%s:%d: %s ", file, line, expr);
    va_start(words, msg);
    if (msg != NULL)
        (void)vfprintf(stderr, msg, words);
    va_end(words);
    abort();
}
