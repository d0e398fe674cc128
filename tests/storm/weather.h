/* SPDX-License-Identifier: MIT */
/*
 * A simulated world in which a server and a client of ours talk (sides.h), and its weather:
 * reads and writes of any length, delays, resets, half-closes, cables that are cut, links that
 * go down, random numbers that fail, clocks that wrap and jump. After it the sky clears, and
 * whatever still stands has to go on as if nothing had been. What does not hold is told to
 * storm_fail().
 */
#ifndef WEATHER_H
#define WEATHER_H

#include "dice.h"

/* Begins anew; the dice are copied. */
void weather_begin(const dice_t *dice);

/* Something happens. False: the dice are used up. */
bool weather_round(void);

/* The sky clears: all that was sent on what still stands comes; then all rest for a while. */
void weather_clear(void);

/* Perhaps all is ended, and called once more. */
void weather_call_again(void);

/* Everything ends. */
void weather_end(void);

/* Steps of loops so far. */
unsigned long long weather_steps(void);

#endif
