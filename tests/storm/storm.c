/* SPDX-License-Identifier: MIT */
/*
 * A server and a client of ours in bad weather (weather.h), from seeds.
 *
 *     storm [--seed N | --seeds COUNT [FIRST] [--met]]
 *
 * What breaks a rule is printed with the command that shows it again. With --met it is an error
 * that something did not happen in a state where it can.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "met.h"
#include "sides.h"
#include "weather.h"

enum { ROUNDS = 3000, SEEDS = 30 };

static unsigned long long seed;

_Noreturn void storm_fail(const char *what, const char *more)
{
    fprintf(stderr, "storm: %s %s\nstorm: at step %llu; again by: storm --seed %llu\n", what, more,
            weather_steps(), seed);
    exit(1);
}

static void run(void)
{
    dice_t dice;
    dice_seed(&dice, seed);
    weather_begin(&dice);
    for (unsigned i = 0; i < ROUNDS; i++)
        (void)weather_round();
    weather_clear();
    weather_call_again();
    weather_end();
}

static void tell(unsigned long long many)
{
    const sides_figures_t *figures = sides_figures();
    printf("storm: %llu seeds, %llu steps, %llu connections (%llu opened, %llu ended clean), "
           "%llu messages of %llu bytes: no rule is broken\n",
           many, weather_steps(), (unsigned long long)figures->connections,
           (unsigned long long)figures->opened, (unsigned long long)figures->clean,
           (unsigned long long)figures->messages, (unsigned long long)figures->bytes);
}

static int usage(void)
{
    fputs("usage: storm [--seed N | --seeds COUNT [FIRST] [--met]]\n", stderr);
    return 2;
}

int main(int count, char **words)
{
    unsigned long long many = SEEDS, first = 1;
    bool all_met = count > 3 && strcmp(words[count - 1], "--met") == 0;
    count -= all_met;
    if (count == 3 && strcmp(words[1], "--seed") == 0)
        many = 1, first = strtoull(words[2], NULL, 10);
    else if ((count == 3 || count == 4) && strcmp(words[1], "--seeds") == 0)
        many = strtoull(words[2], NULL, 10), first = count == 4 ? strtoull(words[3], NULL, 10) : 1;
    else if (count != 1)
        return usage();
    for (seed = first; seed < first + many; seed++)
        run();
    tell(many);
    return met_tell() || !all_met ? 0 : 1;
}
