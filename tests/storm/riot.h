/* SPDX-License-Identifier: MIT */
/*
 * What a riot stands on: the simulator itself, or a layer over it.
 */
#ifndef RIOT_H
#define RIOT_H

#include "dice.h"
#include "wss/wss_hal.h"

enum { RIOT_CONNS = 6, RIOT_ROOM = 600 };

/* Whether connections are TLS. */
bool riot_is_secure(void);

/* Fills the port of the engine, over the one below. */
void riot_stand_on(const wss_hal_t *below, const wss_crypto_t *crypto, dice_t *dice,
                   wss_hal_t *hal);
void riot_stand_down(void);

#endif
