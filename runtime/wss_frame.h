/* SPDX-License-Identifier: MIT */
/*
 * The frame's bytes (RFC 6455, 5.2 and 5.3): header, length, mask. No connection, no
 * state.
 */
#ifndef WSS_FRAME_H
#define WSS_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    WSS_FRAME_HEADER_MAX = 14, /* 2, 8 of length, 4 of mask */
    WSS_CONTROL_MAX = 125,     /* payload of a control frame */
    WSS_MASK_SIZE = 4
};

/* Bytes of a header by its first two; 2 while there are fewer. */
unsigned wss_frame_header_size(const uint8_t *header, unsigned have);

/* Payload length that a complete header announces. */
uint64_t wss_frame_length(const uint8_t *header);

/* Whether the length is in its shortest form. */
bool wss_frame_length_minimal(const uint8_t *header);

/* The masking key of a complete header that has one. */
const uint8_t *wss_frame_mask(const uint8_t *header);

/* Writes a header: `first` is the first byte; `mask`: NULL, or the key. Returns its size. */
unsigned wss_frame_encode(uint8_t header[WSS_FRAME_HEADER_MAX], uint8_t first, uint64_t length,
                          const uint8_t *mask);

/* Size of the header that announces `length`. */
unsigned wss_frame_encoded_size(uint64_t length, bool masked);

/* Masks or unmasks in place and rotates the key to the byte that follows. */
void wss_frame_apply_mask(uint8_t *bytes, size_t length, uint8_t key[WSS_MASK_SIZE]);

/* Turns the key back by `length` bytes. */
void wss_frame_rewind_mask(uint8_t key[WSS_MASK_SIZE], size_t length);

#endif
