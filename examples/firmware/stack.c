/* SPDX-License-Identifier: MIT */
/* Looks for paint. */
#include "stack.h"

extern const uint32_t stack_end[], stack_begin[]; /* firmware.ld; it grows down to its end */

uint32_t stack_size(void)
{
    return (uint32_t)((uintptr_t)stack_begin - (uintptr_t)stack_end);
}

uint32_t stack_used(void)
{
    const uint32_t *word = stack_end;

    while (word < stack_begin && *word == STACK_PAINT)
        word++;
    return (uint32_t)((uintptr_t)stack_begin - (uintptr_t)word);
}

bool stack_whole(void)
{
    return *stack_end == STACK_PAINT;
}
