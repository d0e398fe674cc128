/* SPDX-License-Identifier: MIT */
/* The frame's bytes: see wss_frame.h. */
#include "wss_frame.h"

#include <string.h>

_Static_assert(SIZE_MAX >= UINT32_MAX, "words of 32 bits at least");

wss_length_t wss_frame_long_length(const uint8_t *header)
{
    unsigned size = wss_frame_length_size(header[1] & WSS_FRAME_LENGTH_MASK);
    wss_length_t length = 0;
    for (unsigned i = 0; i < size; i++)
        length = length > WSS_LENGTH_MAX >> 8 ? WSS_LENGTH_MAX : length << 8 | header[2 + i];
    return length;
}

unsigned wss_frame_encoded_size(wss_length_t length, bool masked)
{
    unsigned size = length < WSS_LENGTH_16 ? 2 : length <= UINT16_MAX ? 4 : 10;
    return size + (masked ? (unsigned)WSS_MASK_SIZE : 0u);
}

unsigned wss_frame_encode(uint8_t header[WSS_FRAME_HEADER_MAX], const uint8_t *mask,
                          wss_length_t length)
{
    unsigned size = wss_frame_encoded_size(length, false);
    header[1] = (uint8_t)(size == 2 ? length : size == 4 ? WSS_LENGTH_16 : WSS_LENGTH_64);
    for (unsigned i = size; i > 2; i--, length >>= 8)
        header[i - 1] = (uint8_t)length;
    if (mask == NULL)
        return size;
    header[1] |= WSS_FRAME_MASK_MASK;
    memcpy(header + size, mask, WSS_MASK_SIZE);
    return size + WSS_MASK_SIZE;
}

void wss_frame_turn_key(uint8_t key[WSS_MASK_SIZE], size_t by)
{
    for (; by % WSS_MASK_SIZE != 0; by--) {
        const uint8_t first = key[0];
        key[0] = key[1];
        key[1] = key[2];
        key[2] = key[3];
        key[3] = first;
    }
}

#if WSS_CFG_SMALL
/* With -Os a compiler reads words through a function: by four bytes is faster, and smaller. */
void wss_frame_xor(uint8_t *bytes, size_t length, const uint8_t key[WSS_MASK_SIZE])
{
    for (; length >= WSS_MASK_SIZE; length -= WSS_MASK_SIZE, bytes += WSS_MASK_SIZE) {
        bytes[0] ^= key[0];
        bytes[1] ^= key[1];
        bytes[2] ^= key[2];
        bytes[3] ^= key[3];
    }
    for (size_t i = 0; i < length; i++)
        bytes[i] ^= key[i];
}
#else
/* memcpy is how C reads a word anywhere. */
static inline void mask_word(uint8_t *bytes, size_t wide)
{
    size_t word;
    memcpy(&word, bytes, sizeof word);
    word ^= wide;
    memcpy(bytes, &word, sizeof word);
}

/* The key as often as a word holds it; the same bytes in memory on any machine. */
static size_t wide_key(const uint8_t key[WSS_MASK_SIZE])
{
    uint32_t word;
    memcpy(&word, key, sizeof word);
    return SIZE_MAX / UINT32_MAX * word;
}

/* Whole words, several at a time; what is left is less than one. */
void wss_frame_xor(uint8_t *bytes, size_t length, const uint8_t key[WSS_MASK_SIZE])
{
    const size_t wide = wide_key(key);
    for (; length >= 4 * sizeof wide; length -= 4 * sizeof wide, bytes += 4 * sizeof wide) {
        mask_word(bytes, wide);
        mask_word(bytes + sizeof wide, wide);
        mask_word(bytes + 2 * sizeof wide, wide);
        mask_word(bytes + 3 * sizeof wide, wide);
    }
    for (; length >= sizeof wide; length -= sizeof wide, bytes += sizeof wide)
        mask_word(bytes, wide);
    for (size_t i = 0; i < length; i++)
        bytes[i] ^= key[i % WSS_MASK_SIZE];
}
#endif

void wss_frame_apply_mask(uint8_t *bytes, size_t length, uint8_t key[WSS_MASK_SIZE])
{
    wss_frame_xor(bytes, length, key);
    wss_frame_turn_key(key, length);
}
