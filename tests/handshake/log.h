/* SPDX-License-Identifier: MIT */
/*
 * A log of what happened, as text: pieces of one part that follow each other become one
 * line, so that two logs are equal however the bytes came.
 */
#ifndef LOG_H
#define LOG_H

#include <stdbool.h>
#include <stddef.h>

typedef struct event_log {
    char text[1 << 18];
    size_t length;
    const char *open; /* the part whose line is not ended, or NULL */
} event_log_t;

void log_clear(event_log_t *log);

/* A line of its own. */
void log_line(event_log_t *log, const char *text, const char *detail);

/* Adds to the line of `part`, or begins it; log_end() ends it, even one without bytes. */
void log_piece(event_log_t *log, const char *part, const void *bytes, size_t length);
void log_end(event_log_t *log, const char *part);

/* Prints `b` beside `a` and fails if they differ. */
bool log_same(const event_log_t *a, const event_log_t *b, const char *how, size_t where);

#endif
