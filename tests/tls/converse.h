/* SPDX-License-Identifier: MIT */
/*
 * A conversation of the pair (pair.h) over a wire that may be hostile: both shake hands, say
 * something, and end. Whatever comes of it, each side is up or says why not, and nobody reads
 * what was not sent; else the test fails.
 */
#ifndef CONVERSE_H
#define CONVERSE_H

#include "pair.h"

/* The world and both contexts. `client`: the name of its certificate, which the server then
 * demands, or NULL. The wire's faults may be set before converse(), pair_stop() ends it. */
void converse_begin(const char *client);

/* True: whole, with all that was said. */
bool converse(void);

#endif
