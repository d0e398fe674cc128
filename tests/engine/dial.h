/* SPDX-License-Identifier: MIT */
/* What a script lets the engine ask of a server: the words of `dial` become a target. */
#ifndef DIAL_H
#define DIAL_H

#include "words.h"
#include "wss/wss.h"

/* dial [host H] [port N] [secure] [resource R] [host_header H] [origin O] [protocol P]...
 * [header NAME VALUE]... The target lives until the next call. */
const wss_target_t *dial_target(const words_t *words);

#endif
