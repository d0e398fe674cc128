/* SPDX-License-Identifier: MIT */
/* See log.h. */
#include "log.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static void put(event_log_t *log, const char *text, size_t length)
{
    if (log->length + length >= sizeof log->text)
        return;
    memcpy(log->text + log->length, text, length);
    log->length += length;
    log->text[log->length] = '\0';
}

static void put_text(event_log_t *log, const char *text)
{
    put(log, text, strlen(text));
}

static void put_escaped(event_log_t *log, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char escaped[8];
        bool plain = bytes[i] >= 0x20 && bytes[i] < 0x7F && bytes[i] != '"' && bytes[i] != '\\';
        int count = snprintf(escaped, sizeof escaped, plain ? "%c" : "\\x%02X", bytes[i]);
        put(log, escaped, (size_t)count);
    }
}

static void close_line(event_log_t *log)
{
    if (log->open != NULL)
        put_text(log, "\"\n");
    log->open = NULL;
}

void log_clear(event_log_t *log)
{
    log->length = 0;
    log->text[0] = '\0';
    log->open = NULL;
}

void log_line(event_log_t *log, const char *text, const char *detail)
{
    close_line(log);
    put_text(log, text);
    if (detail[0] != '\0')
        put_text(log, " ");
    put_text(log, detail);
    put_text(log, "\n");
}

void log_piece(event_log_t *log, const char *part, const void *bytes, size_t length)
{
    if (log->open == NULL || strcmp(log->open, part) != 0) {
        close_line(log);
        put_text(log, part);
        put_text(log, " \"");
        log->open = part;
    }
    put_escaped(log, bytes, length);
}

void log_end(event_log_t *log, const char *part)
{
    log_piece(log, part, "", 0);
    close_line(log);
}

bool log_same(const event_log_t *a, const event_log_t *b, const char *how, size_t where)
{
    if (strcmp(a->text, b->text) == 0)
        return true;
    printf("DIFFERS %s %zu\n%s", how, where, b->text);
    return false;
}
