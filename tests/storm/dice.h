/* SPDX-License-Identifier: MIT */
/* Chance that can be had again: whatever is drawn follows from the seed, or from bytes. */
#ifndef DICE_H
#define DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct dice {
    uint64_t state;
    const uint8_t *bytes; /* drawn before the state is */
    size_t left;
} dice_t;

void dice_seed(dice_t *dice, uint64_t seed);

/* Draws from these bytes first, two at a time; they must live as long as the dice. */
void dice_load(dice_t *dice, const uint8_t *bytes, size_t length);
bool dice_used_up(const dice_t *dice);

/* 0..sides - 1 */
uint32_t dice_roll(dice_t *dice, uint32_t sides);

/* Once in `sides` times. */
bool dice_one_in(dice_t *dice, uint32_t sides);

/* The same number for the same two, always: what needs no state. */
uint64_t dice_mix(uint64_t a, uint64_t b);

#endif
