/* SPDX-License-Identifier: MIT */
/* What befalls a host in the simulator: its connections, its link, its calls. */
#ifndef MISHAPS_H
#define MISHAPS_H

#include "dice.h"
#include "wss_sim.h"

/* One of them; of `streams` the host may have fewer. */
void mishaps_any(wss_sim_t *sim, wss_sim_host_t *host, dice_t *dice, uint32_t streams);

/* All that lasts is over. */
void mishaps_over(wss_sim_t *sim, wss_sim_host_t *host);

/* How many bytes come at a time, and go, from now on. */
void mishaps_limits(wss_sim_t *sim, dice_t *dice);

#endif
