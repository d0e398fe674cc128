/* SPDX-License-Identifier: MIT */
#include "mishaps.h"

void mishaps_any(wss_sim_t *sim, wss_sim_host_t *host, dice_t *dice, uint32_t streams)
{
    wss_sim_end_t *end = wss_sim_held(sim, dice_roll(dice, sim->config.end_count));
    switch (dice_roll(dice, 5)) {
    case 0:
        if (end != NULL)
            wss_sim_tear(end);
        break;
    case 1:
        if (end != NULL)
            wss_sim_half_close(end);
        break;
    case 2: wss_sim_link(host, dice_one_in(dice, 2)); break;
    case 3:
        sim->dial = dice_one_in(dice, 2) ? WSS_SIM_DIAL_LISTENERS
                                         : (wss_sim_dial_t)dice_roll(dice, WSS_SIM_DIAL_SILENT + 1);
        break;
    default: host->stream_limit = dice_one_in(dice, 2) ? 0 : 1 + dice_roll(dice, streams);
    }
}

void mishaps_over(wss_sim_t *sim, wss_sim_host_t *host)
{
    sim->dial = WSS_SIM_DIAL_LISTENERS;
    sim->config.read_limit = sim->config.send_limit = 0;
    host->stream_limit = 0;
    wss_sim_link(host, true);
}

void mishaps_limits(wss_sim_t *sim, dice_t *dice)
{
    sim->config.read_limit = dice_roll(dice, 4) * 50;
    sim->config.send_limit = dice_roll(dice, 3) * 40;
}
