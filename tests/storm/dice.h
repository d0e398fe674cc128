/* SPDX-License-Identifier: MIT */
/* Chance that can be had again: whatever is drawn follows from the seed. */
#ifndef DICE_H
#define DICE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct dice {
    uint64_t state;
} dice_t;

void dice_seed(dice_t *dice, uint64_t seed);

/* 0..sides - 1 */
uint32_t dice_roll(dice_t *dice, uint32_t sides);

/* Once in `sides` times. */
bool dice_one_in(dice_t *dice, uint32_t sides);

/* The same number for the same two, always: what needs no state. */
uint64_t dice_mix(uint64_t a, uint64_t b);

#endif
