/* SPDX-License-Identifier: MIT */
/*
 * The simulated world: its ends, its chance, its notes about misuse. It must not
 * know how bytes move.
 */
#include "wss_sim_internal.h"

/* xorshift64*: enough for sizes and for test data, not for secrets. */
uint32_t wss_sim_random(uint64_t *state)
{
    uint64_t x = *state;

    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    return (uint32_t)((x * UINT64_C(0x2545F4914F6CDD1D)) >> 32);
}

uint32_t wss_sim_limit(wss_sim_t *sim, uint32_t limit)
{
    if (limit == 0)
        return UINT32_MAX;
    if (!sim->config.random_limits)
        return limit;
    return 1 + wss_sim_random(&sim->random) % limit;
}

/* ---------------------------------------------------------------------- faults */

void wss_sim_note(wss_sim_t *sim, wss_sim_fault_t fault)
{
    sim->faults[fault]++;
}

uint32_t wss_sim_faults(const wss_sim_t *sim)
{
    uint32_t total = 0;

    for (unsigned i = 0; i < WSS_SIM_FAULT_COUNT; i++)
        total += sim->faults[i];
    return total;
}

const char *wss_sim_fault_name(wss_sim_fault_t fault)
{
    static const char *const names[] = {
        [WSS_SIM_FAULT_CONSUME_WITHOUT_RECV] = "consume() without recv()",
        [WSS_SIM_FAULT_CONSUME_TOO_MUCH] = "consume() of more than recv() returned",
        [WSS_SIM_FAULT_CONSUME_WRONG_REST] = "consume() with a wrong or changed rest",
        [WSS_SIM_FAULT_RECV_WITHOUT_CONSUME] = "recv() again without consume()",
        [WSS_SIM_FAULT_USE_AFTER_RELEASE] = "use of a stream after release()",
        [WSS_SIM_FAULT_SEND_AFTER_FINISH] = "send() after finish()",
        [WSS_SIM_FAULT_LOCK_TWICE] = "lock() while it is taken",
        [WSS_SIM_FAULT_UNLOCK_WITHOUT_LOCK] = "unlock() while it is free",
        [WSS_SIM_FAULT_WAIT_LOCKED] = "wait() with the lock taken",
        [WSS_SIM_FAULT_NOT_LOCKED] = "use of a stream without the lock",
    };

    return (unsigned)fault < WSS_SIM_FAULT_COUNT ? names[fault] : "";
}

/* ------------------------------------------------------------------------ ends */

void wss_sim_init(wss_sim_t *sim, const wss_sim_config_t *config)
{
    *sim = (wss_sim_t){
        .config = *config,
        .random = config->seed ^ UINT64_C(0x9E3779B97F4A7C15),
        .now = config->start,
        .next_port = 49152,
    };
    if (sim->random == 0)
        sim->random = 1;
    for (uint32_t i = 0; i < config->end_count; i++) {
        config->ends[i] = (wss_sim_end_t){.base = {.ops = &wss_sim_operations}, .sim = sim};
        wss_sim_end_give(&config->ends[i]);
    }
}

wss_sim_end_t *wss_sim_end_take(wss_sim_t *sim, wss_sim_host_t *host)
{
    wss_sim_end_t *end = sim->free_first;

    if (end == NULL)
        return NULL;
    sim->free_first = end->next_free;
    if (sim->free_first == NULL)
        sim->free_last = NULL;
    *end = (wss_sim_end_t){
        .base = {.ops = &wss_sim_operations},
        .sim = sim,
        .host = host,
        .reason = "",
        .window = sim->config.window,
        .order = sim->orders,
        .state = WSS_SIM_QUEUED,
        .phase = WSS_PHASE_UP,
        .watched = WSS_READY_READ,
    };
    sim->orders++;
    return end;
}

void wss_sim_end_give(wss_sim_end_t *end)
{
    wss_sim_t *sim = end->sim;

    end->state = WSS_SIM_FREE;
    end->next_free = NULL;
    if (sim->free_last == NULL)
        sim->free_first = end;
    else
        sim->free_last->next_free = end;
    sim->free_last = end;
}

uint8_t *wss_sim_out(const wss_sim_end_t *end)
{
    const wss_sim_config_t *config = &end->sim->config;
    const size_t index = (size_t)(end - config->ends);

    return config->memory + index * ((size_t)config->send_room + config->window);
}

uint8_t *wss_sim_in(const wss_sim_end_t *end)
{
    return wss_sim_out(end) + end->sim->config.send_room;
}
