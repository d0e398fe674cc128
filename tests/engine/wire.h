/* SPDX-License-Identifier: MIT */
/* The peer's eyes: bytes from the server become lines. An own decoder on purpose. */
#ifndef WIRE_H
#define WIRE_H

#include "world.h"

void wire_reset(void);
void wire_read(lines_t *lines, const uint8_t *bytes, size_t length);
void wire_end(lines_t *lines, const char *how);

#endif
