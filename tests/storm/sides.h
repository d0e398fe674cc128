/* SPDX-License-Identifier: MIT */
/*
 * Two engines of ours, a server and a client, and what their applications do: they send in
 * every way, refuse what comes and take it later, decide requests now or later, ping, close
 * and abort, from callbacks and between steps. What has to hold is checked in each callback;
 * what does not is told to storm_fail().
 */
#ifndef SIDES_H
#define SIDES_H

#include "dice.h"
#include "wss/wss.h"

enum { SIDES = 2, SIDES_SERVER = 0, SIDES_CLIENT = 1, SIDES_CONNS = 3 };

/* What is wrong; does not return. */
_Noreturn void storm_fail(const char *what, const char *more);

/* Begins anew. The HALs and the cryptography must live until the next time. */
void sides_begin(dice_t *dice, const wss_hal_t *hals[SIDES], const wss_crypto_t *crypto);

/* A step of one loop. */
void sides_step(unsigned side, uint32_t max_wait);

/* One deed of an application. */
void sides_act(void);

/* From now on nothing new is begun, and nothing is refused any more. */
void sides_calm(void);

/* Nothing of what was sent on a connection that stands is still to come, and nobody waits. */
bool sides_quiet(void);

/* The client ends all that it has; it calls once more; that call is open at both sides. */
void sides_hang_up(void);
void sides_call(void);
bool sides_open(void);

/* Both loops close, and what is open ends clean; what is still there then is aborted. */
void sides_close(void);
void sides_abort(void);

uint32_t sides_count(void);

/* The state's number in the specification. */
unsigned sides_state(wss_conn_t *conn);

/* Whether it is neither waiting for a handshake nor open. */
bool sides_in_passing(wss_conn_t *conn);

/* Every connection that began has ended, once. */
void sides_check_ends(void);

/* What was done, in all seeds. */
typedef struct sides_figures {
    uint64_t connections, opened, clean, messages, bytes;
} sides_figures_t;

const sides_figures_t *sides_figures(void);

#endif
