/* SPDX-License-Identifier: MIT */
/* The frame's bytes: see wss_frame.h. */
#include "wss_frame.h"

#include <string.h>

#include "wss_tables.h"

/* Values of the 7-bit length that announce a longer one. */
enum { LENGTH_16 = 126, LENGTH_64 = 127 };

static unsigned length_of(const uint8_t *header)
{
    return header[1] & WSS_FRAME_LENGTH_MASK;
}

static unsigned length_size(unsigned length)
{
    if (length == LENGTH_16)
        return 2;
    return length == LENGTH_64 ? 8 : 0;
}

unsigned wss_frame_header_size(const uint8_t *header, unsigned have)
{
    if (have < 2)
        return 2;
    unsigned mask = (header[1] & WSS_FRAME_MASK_MASK) != 0 ? (unsigned)WSS_MASK_SIZE : 0u;
    return 2 + length_size(length_of(header)) + mask;
}

uint64_t wss_frame_length(const uint8_t *header)
{
    unsigned size = length_size(length_of(header));
    if (size == 0)
        return length_of(header);
    uint64_t length = 0;
    for (unsigned i = 0; i < size; i++)
        length = length << 8 | header[2 + i];
    return length;
}

bool wss_frame_length_minimal(const uint8_t *header)
{
    unsigned size = length_size(length_of(header));
    uint64_t length = wss_frame_length(header);
    return size == 0 || (size == 2 ? length >= LENGTH_16 : length > UINT16_MAX);
}

const uint8_t *wss_frame_mask(const uint8_t *header)
{
    return header + 2 + length_size(length_of(header));
}

unsigned wss_frame_encoded_size(uint64_t length, bool masked)
{
    unsigned size = length < LENGTH_16 ? 2 : length <= UINT16_MAX ? 4 : 10;
    return size + (masked ? (unsigned)WSS_MASK_SIZE : 0u);
}

unsigned wss_frame_encode(uint8_t header[WSS_FRAME_HEADER_MAX], uint8_t first, uint64_t length,
                          const uint8_t *mask)
{
    unsigned size = wss_frame_encoded_size(length, false);
    header[0] = first;
    header[1] = (uint8_t)(size == 2 ? length : size == 4 ? LENGTH_16 : LENGTH_64);
    for (unsigned i = size; i > 2; i--, length >>= 8)
        header[i - 1] = (uint8_t)length;
    if (mask == NULL)
        return size;
    header[1] |= WSS_FRAME_MASK_MASK;
    memcpy(header + size, mask, WSS_MASK_SIZE);
    return size + WSS_MASK_SIZE;
}

static void turn_key(uint8_t key[WSS_MASK_SIZE], size_t by)
{
    uint8_t old[WSS_MASK_SIZE];
    memcpy(old, key, sizeof old);
    for (size_t i = 0; i < WSS_MASK_SIZE; i++)
        key[i] = old[(i + by) % WSS_MASK_SIZE];
}

void wss_frame_rewind_mask(uint8_t key[WSS_MASK_SIZE], size_t length)
{
    turn_key(key, WSS_MASK_SIZE - length % WSS_MASK_SIZE);
}

/* Whole words first, several at a time; memcpy is how C reads a word anywhere. */
void wss_frame_apply_mask(uint8_t *bytes, size_t length, uint8_t key[WSS_MASK_SIZE])
{
    size_t wide[4];
    for (size_t i = 0; i < sizeof wide / WSS_MASK_SIZE; i++)
        memcpy((uint8_t *)wide + i * WSS_MASK_SIZE, key, WSS_MASK_SIZE);

    size_t at = 0;
    for (; length - at >= sizeof wide; at += sizeof wide) {
        size_t words[4];
        memcpy(words, bytes + at, sizeof words);
        words[0] ^= wide[0];
        words[1] ^= wide[1];
        words[2] ^= wide[2];
        words[3] ^= wide[3];
        memcpy(bytes + at, words, sizeof words);
    }
    for (; at < length; at++)
        bytes[at] ^= key[at % WSS_MASK_SIZE];
    turn_key(key, length);
}
