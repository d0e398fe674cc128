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

#include "wss/wss.h"
#include "wss_tables.h"

enum {
    WSS_FRAME_HEADER_MAX = 14, /* 2, 8 of length, 4 of mask */
    WSS_CONTROL_MAX = 125,     /* payload of a control frame */
    WSS_MASK_SIZE = 4,
    WSS_LENGTH_16 = 126, /* values of the 7-bit length that announce a longer one */
    WSS_LENGTH_64 = 127
};

/* Bytes of the longer length that a 7-bit length announces. */
static inline unsigned wss_frame_length_size(unsigned length)
{
    if (length < WSS_LENGTH_16)
        return 0;
    return length == WSS_LENGTH_16 ? 2 : 8;
}

/* Bytes of a header by its first two; 2 while there are fewer. */
static inline unsigned wss_frame_header_size(const uint8_t *header, unsigned have)
{
    if (have < 2)
        return 2;
    unsigned mask = (header[1] & WSS_FRAME_MASK_MASK) != 0 ? (unsigned)WSS_MASK_SIZE : 0u;
    return 2 + wss_frame_length_size(header[1] & WSS_FRAME_LENGTH_MASK) + mask;
}

/* The longer length of a complete header; WSS_LENGTH_MAX if it is beyond that. */
wss_length_t wss_frame_long_length(const uint8_t *header);

/* Payload length that a complete header announces. */
static inline wss_length_t wss_frame_length(const uint8_t *header)
{
    unsigned length = header[1] & WSS_FRAME_LENGTH_MASK;
    return length < WSS_LENGTH_16 ? length : wss_frame_long_length(header);
}

/* Whether the top bit of a complete header's 64-bit length is set (RFC 6455, 5.2). */
static inline bool wss_frame_length_top_bit(const uint8_t *header)
{
    return (header[1] & WSS_FRAME_LENGTH_MASK) == WSS_LENGTH_64 && header[2] >= 0x80;
}

/* Whether `length`, the one of this header, is in its shortest form. */
static inline bool wss_frame_length_minimal(const uint8_t *header, wss_length_t length)
{
    unsigned size = wss_frame_length_size(header[1] & WSS_FRAME_LENGTH_MASK);
    return size == 0 || (size == 2 ? length >= WSS_LENGTH_16 : length > UINT16_MAX);
}

/* Size of the header that announces `length`. */
unsigned wss_frame_encoded_size(wss_length_t length, bool masked);

/* Writes a header but for its first byte; `mask`: NULL, or the key. Returns its size. */
unsigned wss_frame_encode(uint8_t header[WSS_FRAME_HEADER_MAX], const uint8_t *mask,
                          wss_length_t length);

/* Masks or unmasks in place; the first byte with the first of the key. */
void wss_frame_xor(uint8_t *bytes, size_t length, const uint8_t key[WSS_MASK_SIZE]);

/* Turns the key to the byte that comes `by` bytes later. */
void wss_frame_turn_key(uint8_t key[WSS_MASK_SIZE], size_t by);

/* Masks or unmasks in place and turns the key to the byte that follows. */
void wss_frame_apply_mask(uint8_t *bytes, size_t length, uint8_t key[WSS_MASK_SIZE]);

#endif
