/* SPDX-License-Identifier: MIT */
/* The simulated world and its weather: see weather.h. */
#include "weather.h"

#include "met.h"
#include "sides.h"
#include "wss_sim.h"

enum { ENDS = 4 * SIDES_CONNS, ROOM = 600, WINDOW = 2048, CALM_MS = 60000, REST_MS = 20000 };

static wss_sim_t sim;
static wss_sim_host_t hosts[SIDES];
static wss_sim_end_t ends[ENDS];
static uint8_t memory[ENDS * (ROOM + WINDOW)];
static wss_sim_crypto_t generator;
static dice_t dice;
static unsigned long long steps;

/* ------------------------------------------------------------------------- weather */

static uint32_t any_limit(void)
{
    static const uint32_t most[] = {0, 1, 7, 64, 500};
    return most[dice_roll(&dice, sizeof most / sizeof *most)];
}

static void change_limits(void)
{
    sim.config.read_limit = any_limit();
    sim.config.send_limit = any_limit();
    sim.config.latency = dice_one_in(&dice, 3) ? dice_roll(&dice, 200) : dice_roll(&dice, 4);
}

static unsigned side_of(const wss_sim_end_t *end)
{
    return end->host == &hosts[SIDES_SERVER] ? SIDES_SERVER : SIDES_CLIENT;
}

/* An end that a host holds, rather one in a state that lasts for a short time. */
static wss_sim_end_t *any_end(void)
{
    wss_sim_end_t *end = NULL;
    for (unsigned tries = 0; tries < ENDS; tries++) {
        wss_sim_end_t *other = wss_sim_held(&sim, dice_roll(&dice, ENDS));
        end = other != NULL ? other : end;
        if (other != NULL && sides_in_passing(other->base.owner))
            break;
    }
    return end;
}

static void mishap(void)
{
    static void (*const deeds[])(wss_sim_end_t *) = {[MET_RESET] = wss_sim_tear,
                                                     [MET_HALF_CLOSE] = wss_sim_half_close,
                                                     [MET_SILENCE] = wss_sim_silence};
    wss_sim_end_t *end = any_end();
    met_t what = dice_roll(&dice, sizeof deeds / sizeof *deeds);
    if (end == NULL)
        return;
    met_note(what, side_of(end), sides_state(end->base.owner));
    deeds[what](end);
}

/* What concerns all connections of a side. */
static void met_by_all(met_t what, const wss_sim_host_t *host)
{
    for (uint32_t i = 0; i < ENDS; i++) {
        const wss_sim_end_t *end = wss_sim_held(&sim, i);
        if (end != NULL && end->host == host)
            met_note(what, side_of(end), sides_state(end->base.owner));
    }
}

static void clear_sky(void)
{
    for (unsigned i = 0; i < SIDES; i++) {
        wss_sim_link(&hosts[i], true);
        hosts[i].stream_limit = 0;
    }
    sim.dial = WSS_SIM_DIAL_LISTENERS;
    generator.fails = false;
}

/* Something fails, and is good again the next time that it is looked at. */
static void change_platform(void)
{
    wss_sim_host_t *host = &hosts[dice_roll(&dice, SIDES)];
    switch (dice_roll(&dice, 8)) {
    case 0:
        if (!host->link_down)
            met_by_all(MET_LINK_DOWN, host);
        wss_sim_link(host, host->link_down);
        break;
    case 1:
        met_by_all(MET_NO_RANDOM, &hosts[SIDES_CLIENT]);
        generator.fails = true;
        break;
    case 2: host->stream_limit = host->stream_limit == 0 ? 1 + dice_roll(&dice, 2) : 0; break;
    case 3: sim.dial = sim.dial == WSS_SIM_DIAL_LISTENERS ? 1 + dice_roll(&dice, 2) : 0; break;
    default: clear_sky();
    }
}

static void pass_time(void)
{
    uint32_t mood = dice_roll(&dice, 300);
    if (mood == 0) {
        met_by_all(MET_JUMP, &hosts[SIDES_SERVER]);
        met_by_all(MET_JUMP, &hosts[SIDES_CLIENT]);
        sim.now += 1u << (10 + dice_roll(&dice, 20)); /* the clock jumps */
    } else
        wss_sim_advance(&sim, dice_roll(&dice, mood < 4 ? 5000 : 10));
}

/* --------------------------------------------------------------------------- steps */

static void check(const wss_sim_host_t *host, uint32_t reads)
{
    if (host->reads - reads > WSS_CFG_EVENTS_PER_STEP)
        storm_fail("a step reads more than it may", "");
    for (unsigned i = 0; i < WSS_SIM_FAULT_COUNT; i++)
        if (sim.faults[i] > 0)
            storm_fail("the contract of the HAL is broken:",
                       wss_sim_fault_name((wss_sim_fault_t)i));
    if (sim.beyond_room > 0)
        storm_fail("more is sent than there is room for", "");
}

static void step(uint32_t max_wait)
{
    unsigned side = dice_roll(&dice, SIDES);
    uint32_t reads = hosts[side].reads;
    steps++;
    sides_step(side, max_wait);
    check(&hosts[side], reads);
}

static void bad_weather(void)
{
    uint32_t drawn = dice_roll(&dice, 1000);
    if (drawn < 640)
        step(drawn < 600 ? 0 : dice_roll(&dice, 40));
    else if (drawn < 880)
        sides_act();
    else if (drawn < 970)
        pass_time();
    else if (drawn < 990)
        change_limits();
    else if (drawn < 994)
        mishap();
    else
        change_platform();
}

/* Steps both until it is so; a minute has to be enough. */
static void await(bool (*so)(void), const char *otherwise)
{
    for (uint32_t begin = sim.now; !so();) {
        if (sim.now - begin > CALM_MS)
            storm_fail(otherwise, "");
        for (unsigned i = 0; i < 8; i++)
            step(0);
        wss_sim_advance(&sim, 1 + dice_roll(&dice, 20));
    }
}

static bool all_closed(void)
{
    return sides_count() == 0;
}

/* Until each has noticed what became of its peer: longer than all timers. */
static void rest(void)
{
    for (uint32_t begin = sim.now; sim.now - begin < REST_MS; wss_sim_advance(&sim, 250))
        for (unsigned i = 0; i < 8; i++)
            step(0);
}

/* ----------------------------------------------------------------------------- runs */

void weather_begin(const dice_t *with)
{
    static wss_crypto_t crypto;
    static wss_hal_t hals[SIDES];
    const wss_hal_t *both[SIDES];
    dice = *with;
    const wss_sim_config_t config = {.ends = ends,
                                     .end_count = ENDS,
                                     .memory = memory,
                                     .send_room = ROOM,
                                     .window = dice_one_in(&dice, 4) ? 7 : WINDOW,
                                     .seed = dice_roll(&dice, UINT32_MAX),
                                     .start = 0u - dice_roll(&dice, 20000),
                                     .random_limits = true};
    wss_sim_init(&sim, &config);
    change_limits();
    wss_sim_crypto_init(&generator, config.seed, &crypto);
    for (unsigned i = 0; i < SIDES; i++) {
        wss_sim_host_init(&hosts[i], &sim, &hals[i]);
        wss_sim_host_lock(&hosts[i], &hals[i]);
        both[i] = &hals[i];
    }
    sides_begin(&dice, both, &crypto);
}

bool weather_round(void)
{
    bad_weather();
    return !dice_used_up(&dice);
}

void weather_clear(void)
{
    clear_sky();
    sim.config.read_limit = sim.config.send_limit = 0;
    sim.config.latency = 1;
    sides_calm();
    await(sides_quiet, "what was sent does not come, or a sender is not woken");
    rest();
}

void weather_call_again(void)
{
    if (!dice_one_in(&dice, 3))
        return;
    sides_hang_up();
    await(all_closed, "connections do not end");
    sides_call();
    await(sides_open, "a call does not come through");
}

void weather_end(void)
{
    if (!dice_one_in(&dice, 3)) {
        sides_close();
        await(all_closed, "connections do not end");
    }
    sides_abort();
    sides_check_ends();
    if (hosts[0].streams + hosts[1].streams > 0)
        storm_fail("a stream is not given back", "");
}

unsigned long long weather_steps(void)
{
    return steps;
}
