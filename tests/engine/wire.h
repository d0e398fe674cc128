/* SPDX-License-Identifier: MIT */
/* The peer's eyes: bytes from the engine become lines. An own decoder on purpose. */
#ifndef WIRE_H
#define WIRE_H

#include "world.h"

/* Begins anew, `client`: at the bytes of one. Its masks are taken off and checked. */
void wire_reset(bool client);
void wire_read(lines_t *lines, const uint8_t *bytes, size_t length);
void wire_end(lines_t *lines, const char *how);

bool wire_saw_close(void);

/* Sec-WebSocket-Key of the last request, "" without one. */
const char *wire_key(void);

#endif
