/* SPDX-License-Identifier: MIT */
/* Chance that can be had again: see dice.h. The mixing is that of SplitMix64. */
#include "dice.h"

static const uint64_t step = UINT64_C(0x9E3779B97F4A7C15);

static uint64_t scatter(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

void dice_seed(dice_t *dice, uint64_t seed)
{
    *dice = (dice_t){.state = scatter(seed + step)};
}

void dice_load(dice_t *dice, const uint8_t *bytes, size_t length)
{
    *dice = (dice_t){.bytes = bytes, .left = length};
}

bool dice_used_up(const dice_t *dice)
{
    return dice->left < 2;
}

uint32_t dice_roll(dice_t *dice, uint32_t sides)
{
    if (!dice_used_up(dice)) {
        uint32_t drawn = (uint32_t)dice->bytes[0] << 8 | dice->bytes[1];
        dice->bytes += 2;
        dice->left -= 2;
        return (uint32_t)((uint64_t)drawn * sides >> 16);
    }
    dice->state += step;
    return (uint32_t)((scatter(dice->state) >> 32) * sides >> 32);
}

bool dice_one_in(dice_t *dice, uint32_t sides)
{
    return dice_roll(dice, sides) == 0;
}

uint64_t dice_mix(uint64_t a, uint64_t b)
{
    return scatter(scatter(a + step) + b);
}
