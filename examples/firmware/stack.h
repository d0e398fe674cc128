/* SPDX-License-Identifier: MIT */
/* How much of the stack was ever used: start.S has painted it. */
#ifndef FIRMWARE_STACK_H
#define FIRMWARE_STACK_H

#include <stdbool.h>
#include <stdint.h>

uint32_t stack_size(void);
uint32_t stack_used(void);

/* Its last word is as it was painted. */
bool stack_whole(void);

#endif
