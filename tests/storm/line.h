/* SPDX-License-Identifier: MIT */
/*
 * What one side of a connection sends, message after message, and what the other side has of
 * it. The n-th message of a line follows from the line's seed, so that the reader knows what
 * has to come without being told.
 */
#ifndef LINE_H
#define LINE_H

#include "wss/wss.h"

typedef struct line_message {
    wss_opcode_t type;
    uint32_t length;
    bool streamed; /* sent as one frame, piece by piece */
} line_message_t;

/* A place in a line. */
typedef struct line_place {
    uint32_t number; /* messages that are done */
    uint32_t done;   /* bytes of the next one */
} line_place_t;

typedef struct line {
    uint64_t seed;
    line_place_t sent;
    line_place_t got;
    bool begun; /* of the message being sent, the first frame is out */
} line_t;

void line_begin(line_t *line, uint64_t seed);

/* The message being sent. */
line_message_t line_next(const line_t *line);

/* Its next `length` bytes. */
void line_fill(const line_t *line, uint8_t *bytes, uint32_t length);

/* So many of its bytes were accepted; `whole`: all of the message was. */
void line_sent(line_t *line, uint32_t length, bool whole);

/* Compares what has come with what was sent. Returns what is wrong, or NULL. */
const char *line_got(line_t *line, const wss_data_t *data);

#endif
