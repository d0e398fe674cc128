/* SPDX-License-Identifier: MIT */
/*
 * Writes a message head piece by piece: once to measure it, once to send it. Knows text
 * and the connection's stream, not what is said.
 */
#ifndef WSS_WRITER_H
#define WSS_WRITER_H

#include "wss_core.h"

typedef struct wss_writer {
    wss_conn_t *conn; /* NULL: only measures */
    uint32_t length;  /* of all that was written */
    bool failed;      /* the stream is broken */
#if !WSS_CFG_SMALL
    uint32_t used; /* of the buffer: collected, not yet sent */
    uint8_t buffer[128];
#endif
} wss_writer_t;

void wss_write_begin(wss_writer_t *writer, wss_conn_t *conn);
void wss_write_bytes(wss_writer_t *writer, const void *bytes, size_t length);
void wss_write_text(wss_writer_t *writer, const char *text);
void wss_write_number(wss_writer_t *writer, wss_length_t number);

/* A field line: `name` with its colon, the value, and the line's end. */
void wss_write_line(wss_writer_t *writer, const char *name, const char *value);

/* The application's fields and the empty line: a head's end. Sends what is left. False: the
 * stream is broken. */
bool wss_write_rest(wss_writer_t *writer, const wss_header_t *headers, size_t count);

#endif
