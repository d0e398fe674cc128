/* SPDX-License-Identifier: MIT */
/* What was put into the memory, once each. */
#include "entropy.h"

#include "arch/cc.h"

enum { SEED_SIZE = 16384 - 8, MARK = 0x64656573 };

/* A new start finds it as the last one left it. */
extern struct {
    uint32_t mark; /* MARK: something was put here */
    uint32_t used;
    uint8_t bytes[SEED_SIZE];
} entropy_seed; /* firmware.ld */

wss_result_t entropy_take(void *context, uint8_t *buffer, size_t length)
{
    (void)context;
    if (entropy_seed.mark != MARK || entropy_seed.used > SEED_SIZE ||
        length > SEED_SIZE - entropy_seed.used)
        return WSS_ERR_ENTROPY;
    for (size_t i = 0; i < length; i++) {
        buffer[i] = entropy_seed.bytes[entropy_seed.used];
        entropy_seed.bytes[entropy_seed.used++] = 0;
    }
    return WSS_OK;
}

/* lwIP's, for where a connection or a port begins: it may be guessed, but not easily. */
uint32_t random_number(void)
{
    static uint32_t state;

    if (state == 0 && entropy_take(NULL, (uint8_t *)&state, sizeof state) != WSS_OK)
        state = 1;
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}
