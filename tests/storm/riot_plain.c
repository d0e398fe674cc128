/* SPDX-License-Identifier: MIT */
/* A riot on the simulator itself. */
#include "riot.h"

bool riot_is_secure(void)
{
    return false;
}

void riot_stand_on(const wss_hal_t *below, const wss_crypto_t *crypto, dice_t *dice, wss_hal_t *hal)
{
    (void)crypto, (void)dice;
    *hal = *below;
}

void riot_stand_down(void)
{
}
