/* SPDX-License-Identifier: MIT */
/*
 * Peers in the simulator who keep to nothing: they come and are called, say what HTTP and frames
 * may look like, whole and in parts, do not read, end and reset.
 */
#ifndef STRANGERS_H
#define STRANGERS_H

#include "dice.h"
#include "wss_sim.h"

enum { STRANGERS_MOST = 4, STRANGERS_WINDOW = 1500 };

/* They come to `our_port` and listen at `their_port`. */
void strangers_begin(wss_sim_t *world, dice_t *chance, uint16_t our_port, uint16_t their_port);

/* From now on they look at the answers to what they ask. */
void strangers_complain(void (*about)(const char *what));

void strangers_deed(void);

/* All leave. */
void strangers_go(void);

#endif
