/* SPDX-License-Identifier: MIT */
/*
 * Reads what a NATS server says (docs.nats.io, "Client Protocol") from a stream of bytes
 * that may be cut anywhere. It knows neither WebSocket nor what the messages mean.
 *
 *     for (; length > 0; bytes += used, length -= used) {
 *         used = nats_parse(&parser, bytes, length, &said);
 *         if (said.verb == NATS_MSG)
 *             printf("%s: %s\n", said.subject, said.text);
 *     }
 */
#ifndef NATS_PARSER_H
#define NATS_PARSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is kept, in bytes. */
enum {
    NATS_LINE = 256,   /* of a line; a longer MSG or HMSG breaks the stream */
    NATS_HEADER = 256, /* of a message's header */
    NATS_TEXT = 1024   /* of its payload */
};

typedef enum nats_verb {
    NATS_NOTHING, /* the bytes end within an operation */
    NATS_BROKEN,  /* they are no NATS: the connection is of no use any more */
    NATS_INFO,
    NATS_MSG, /* MSG or HMSG */
    NATS_PING,
    NATS_PONG,
    NATS_OK,
    NATS_ERR
} nats_verb_t;

/* One operation. Texts are terminated, and valid until the next call. */
typedef struct nats_said {
    nats_verb_t verb;
    const char *subject;
    const char *header; /* "NATS/1.0" and all that follows, or "" */
    const char *text;   /* the payload; of INFO and -ERR the rest of the line */
} nats_said_t;

/* Zeroed at the start of every connection. Members are private. */
typedef struct nats_parser {
    size_t line_length;
    size_t header_length; /* as HMSG announces it */
    size_t total_length;  /* header and payload */
    size_t got;           /* of them and the line's end after them */
    const char *subject;
    bool in_message;
    bool broken;
    char line[NATS_LINE + 1];
    char header[NATS_HEADER + 1];
    char text[NATS_TEXT + 1];
} nats_parser_t;

/* Reads up to the end of the next operation, and returns the number of bytes that took:
 * all of them where the verb is NATS_NOTHING or NATS_BROKEN. */
size_t nats_parse(nats_parser_t *parser, const uint8_t *bytes, size_t length, nats_said_t *said);

#endif
