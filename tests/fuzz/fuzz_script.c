/* SPDX-License-Identifier: MIT */
/*
 * Whole connections as scripts: an input is what tests/storm draws from, a server and a client
 * of ours in bad weather. What has to hold there has to hold here.
 */
#include "fuzz.h"
#include "sides.h"
#include "weather.h"

enum { ROUNDS = 5000, MOST = 8192 };

_Noreturn void storm_fail(const char *what, const char *more)
{
    (void)fprintf(stderr, "%s %s\n", what, more);
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dice_t dice;
    if (size < 2 || size > MOST)
        return 0;
    dice_load(&dice, data, size);
    weather_begin(&dice);
    for (unsigned i = 0; i < ROUNDS && weather_round(); i++)
        continue;
    weather_clear();
    weather_end();
    return 0;
}
