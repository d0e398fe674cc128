/* SPDX-License-Identifier: MIT */
/*
 * A host of the simulated world as a platform: time, entropy, lock, waiting. It
 * must not know how bytes travel.
 */
#include "wss_sim_internal.h"

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t now(void *context)
{
    const wss_sim_host_t *host = context;

    return host->sim->now;
}

static wss_result_t entropy(void *context, uint8_t *buffer, size_t length)
{
    wss_sim_host_t *host = context;

    if (host->entropy_fails)
        return WSS_ERR_ENTROPY;
    for (size_t i = 0; i < length; i++)
        buffer[i] = (uint8_t)wss_sim_random(&host->sim->random);
    return WSS_OK;
}

static uint32_t process(void *context)
{
    const wss_sim_host_t *host = context;

    return host->process;
}

static uintptr_t task(void *context)
{
    const wss_sim_host_t *host = context;

    return host->task;
}

static void lock(void *context)
{
    wss_sim_host_t *host = context;

    if (host->locked)
        wss_sim_note(host->sim, WSS_SIM_FAULT_LOCK_TWICE);
    host->locked = true;
}

static void unlock(void *context)
{
    wss_sim_host_t *host = context;

    if (!host->locked)
        wss_sim_note(host->sim, WSS_SIM_FAULT_UNLOCK_WITHOUT_LOCK);
    host->locked = false;
}

static void wake(void *context)
{
    wss_sim_host_t *host = context;

    host->woken = true;
}

static bool link_up(void *context)
{
    const wss_sim_host_t *host = context;

    return !host->link_down;
}

void wss_sim_link(wss_sim_host_t *host, bool up)
{
    if (host->link_down != up)
        return;
    host->link_down = !up;
    host->link_changed = true;
}

/* --------------------------------------------------------------------- waiting */

static unsigned platform_report(wss_sim_host_t *host)
{
    const bool full = host->stream_limit > 0 && host->streams >= host->stream_limit;
    unsigned what = 0;

    if (host->accepting && !full && wss_sim_queued(host->sim, host, 0) != NULL)
        what |= WSS_READY_ACCEPT;
    if (host->link_changed)
        what |= WSS_READY_LINK;
    host->link_changed = false;
    return what;
}

static bool report(const wss_sim_host_t *host, wss_sim_end_t *end, wss_ready_t *ready)
{
    if (end->state != WSS_SIM_LIVE || end->host != host)
        return false;
    *ready = (wss_ready_t){.owner = end->base.owner, .what = wss_sim_end_report(end)};
    if (ready->what == 0)
        return false;
    end->grown = false;
    end->phase_changed = false;
    return true;
}

/* Begins behind the end that was looked at last, so that none is left out. */
static uint32_t collect(wss_sim_host_t *host, wss_ready_t *ready, uint32_t count)
{
    const wss_sim_config_t *config = &host->sim->config;
    const uint32_t begin = host->cursor;
    uint32_t reports = 0;

    const unsigned what = count > 0 ? platform_report(host) : 0;
    if (what != 0)
        ready[reports++] = (wss_ready_t){.owner = NULL, .what = what};
    for (uint32_t i = 0; i < config->end_count && reports < count; i++) {
        const uint32_t index = (begin + i) % config->end_count;
        if (report(host, &config->ends[index], &ready[reports]))
            reports++;
        host->cursor = (index + 1) % config->end_count;
    }
    return reports;
}

/* Lets time jump. False: the wait is over. */
static bool pass_time(wss_sim_t *sim, uint32_t begin, uint32_t timeout)
{
    const uint32_t passed = sim->now - begin;
    const uint32_t next = wss_sim_next(sim);
    uint32_t left = timeout;

    if (timeout == WSS_FOREVER && next == UINT32_MAX) {
        sim->stalls++;
        return false;
    }
    if (timeout != WSS_FOREVER)
        left = passed < timeout ? timeout - passed : 0;
    sim->now += smaller(left, next);
    return left > 0;
}

static int32_t wait(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count)
{
    wss_sim_host_t *host = context;
    const uint32_t begin = host->sim->now;
    uint32_t reports = 0;
    bool again = true;

    if (host->locked)
        wss_sim_note(host->sim, WSS_SIM_FAULT_WAIT_LOCKED);
    while (again) {
        const bool moved = wss_sim_step(host->sim);
        reports = collect(host, ready, count);
        again = reports == 0 && !host->woken && (moved || pass_time(host->sim, begin, timeout));
    }
    host->woken = false;
    return (int32_t)reports;
}

/* ------------------------------------------------------------------- the table */

void wss_sim_host_init(wss_sim_host_t *host, wss_sim_t *sim, wss_hal_t *hal)
{
    *host = (wss_sim_host_t){.sim = sim, .process = 1, .task = 1, .accepting = true};
    *hal = (wss_hal_t){
        .context = host,
        .send_room = sim->config.send_room,
        .now = now,
        .entropy = entropy,
        .process = process,
        .task = task,
        .listen = wss_sim_listen,
        .unlisten = wss_sim_unlisten,
        .accepting = wss_sim_accepting,
        .accept = wss_sim_accept,
        .connect = wss_sim_connect,
        .wait = wait,
        .wake = wake,
        .link_up = link_up,
    };
}

void wss_sim_host_lock(wss_sim_host_t *host, wss_hal_t *hal)
{
    host->locking = true;
    hal->lock = lock;
    hal->unlock = unlock;
}
