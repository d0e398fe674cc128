/* SPDX-License-Identifier: MIT */
/*
 * Streaming UTF-8 validation (RFC 6455, 8.1) with the automaton that the specification
 * declares: it fails at the first byte that cannot belong to well-formed UTF-8. The function
 * for whole texts is public: wss_utf8_valid().
 */
#ifndef WSS_UTF8_H
#define WSS_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wss_tables.h"

/* Validates bytes that follow `*state` (WSS_UTF8_ACCEPT at the start). Returns how many
 * are good: all, or the index of the first bad one. */
size_t wss_utf8_scan(uint8_t *state, const uint8_t *bytes, size_t length);

#endif
