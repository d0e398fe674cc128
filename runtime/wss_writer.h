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
void wss_write_number(wss_writer_t *writer, uint64_t number);

/* A header field; its line's end included. */
void wss_write_field(wss_writer_t *writer, const char *name, const char *value);

/* The empty line that ends a head; sends what is left. False: the stream is broken. */
bool wss_write_end(wss_writer_t *writer);

#endif
