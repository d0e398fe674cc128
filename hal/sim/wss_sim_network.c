/* SPDX-License-Identifier: MIT */
/*
 * How bytes, ends of stream and resets travel between two ends. It must not know
 * who owns them.
 */
#include "wss_sim_internal.h"

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static bool reached(const wss_sim_t *sim, uint32_t time)
{
    return sim->now - time <= INT32_MAX;
}

static bool link_up(const wss_sim_end_t *end)
{
    return !end->silent && (end->host == NULL || !end->host->link_down);
}

static bool path_up(const wss_sim_end_t *end)
{
    return link_up(end) && (end->other == NULL || link_up(end->other));
}

/* -------------------------------------------------------------------- arriving */

static bool arrive_end(wss_sim_end_t *end, bool allowed)
{
    if (!end->end_coming || end->end_arrived || end->in_arrived < end->in_length || !allowed)
        return false;
    end->end_arrived = true;
    return true;
}

static bool arrive_as_allowed(wss_sim_end_t *end)
{
    const uint32_t count = smaller(end->in_length - end->in_arrived, end->allowance);

    end->in_arrived += count;
    end->allowance -= count;
    return arrive_end(end, end->allowance > 0) || count > 0;
}

static bool arrive(wss_sim_end_t *end)
{
    const bool late = end->on_the_way && !reached(end->sim, end->due);

    if (end->broken || !path_up(end) || late)
        return false;
    end->on_the_way = false;
    if (end->on_request)
        return arrive_as_allowed(end);
    const bool moved = end->in_arrived < end->in_length;
    end->in_arrived = end->in_length;
    return arrive_end(end, true) || moved;
}

/* --------------------------------------------------------------------- sending */

static void set_out(wss_sim_end_t *to)
{
    if (to->on_the_way)
        return;
    to->on_the_way = true;
    to->due = to->sim->now + to->sim->config.latency;
}

/* What goes nowhere makes room, as if it went somewhere. */
static uint32_t lose(wss_sim_end_t *from)
{
    const uint32_t count = from->out_flushed;

    from->out_first = (from->out_first + count) % from->sim->config.send_room;
    from->out_length -= count;
    from->out_flushed = 0;
    return count;
}

static uint32_t move(wss_sim_end_t *from, wss_sim_end_t *to)
{
    const wss_sim_config_t *config = &from->sim->config;
    const uint32_t space = to->window > to->in_length ? to->window - to->in_length : 0;
    uint32_t count = smaller(from->out_flushed, space);

    if (count > 0)
        count = smaller(count, wss_sim_limit(from->sim, config->send_limit));
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t end = (to->in_first + to->in_length++) % config->window;
        wss_sim_in(to)[end] = wss_sim_out(from)[from->out_first];
        from->out_first = (from->out_first + 1) % config->send_room;
    }
    from->out_length -= count;
    from->out_flushed -= count;
    return count;
}

static bool send_end(wss_sim_end_t *from)
{
    if (!from->finishing || from->end_sent || from->out_length > 0)
        return false;
    from->end_sent = true;
    from->other->end_coming = true;
    set_out(from->other);
    return true;
}

bool wss_sim_push(wss_sim_end_t *from)
{
    if (from->phase != WSS_PHASE_UP || from->broken || !path_up(from))
        return false;
    if (from->other == NULL && from->out_flushed > 0) {
        wss_sim_end_break(from, "The peer no longer accepts data.");
        return true;
    }
    if (from->other == NULL)
        return false;
    const uint32_t count = from->lost ? lose(from) : move(from, from->other);
    if (count > 0) {
        from->grown = true;
        set_out(from->other);
    }
    const bool ended = send_end(from);
    return arrive(from->other) || count > 0 || ended;
}

/* --------------------------------------------------------- joining and parting */

bool wss_sim_join(wss_sim_end_t *end, uint16_t port)
{
    const wss_sim_listener_t *listener = wss_sim_listener(end->sim, port);
    wss_sim_end_t *far = NULL;

    if (listener == NULL || (listener->host != NULL && listener->host->link_down))
        return false;
    far = wss_sim_end_take(end->sim, listener->host);
    if (far == NULL)
        return false;
    far->port = port;
    far->peer_port = end->sim->next_port++;
    far->v6 = end->v6;
    far->other = end;
    end->other = far;
    end->port = far->peer_port;
    end->peer_port = port;
    return true;
}

void wss_sim_part(wss_sim_end_t *end, bool reset)
{
    wss_sim_end_t *other = end->other;

    end->other = NULL;
    if (other == NULL)
        return;
    other->other = NULL;
    if (!path_up(end) || !link_up(other))
        return;
    if (reset)
        wss_sim_end_break(other, "The peer reset the connection.");
    else if (!end->end_sent) {
        other->end_coming = true;
        set_out(other);
        (void)arrive(other);
    }
}

/* -------------------------------------------------------------------- mishaps */

wss_sim_end_t *wss_sim_held(wss_sim_t *sim, uint32_t index)
{
    wss_sim_end_t *end = &sim->config.ends[index];

    return end->state == WSS_SIM_LIVE && end->host != NULL ? end : NULL;
}

void wss_sim_tear(wss_sim_end_t *end)
{
    wss_sim_end_t *other = end->other;

    if (end->phase != WSS_PHASE_UP)
        return;
    wss_sim_end_break(end, "The network reset the connection.");
    end->other = NULL;
    if (other == NULL)
        return;
    wss_sim_end_break(other, "The network reset the connection.");
    other->other = NULL;
}

void wss_sim_half_close(wss_sim_end_t *end)
{
    if (end->other == NULL || end->broken)
        return;
    end->lost = true;
    end->other->end_coming = true;
    set_out(end->other);
}

void wss_sim_silence(wss_sim_end_t *end)
{
    end->silent = true;
    if (end->other != NULL)
        end->other->silent = true;
}

/* --------------------------------------------------------------------- dialling */

static bool dial(wss_sim_end_t *end)
{
    wss_sim_t *sim = end->sim;
    const bool silent = sim->dial == WSS_SIM_DIAL_SILENT || !path_up(end);

    if (end->phase != WSS_PHASE_CONNECTING || end->broken || !reached(sim, end->due) || silent)
        return false;
    end->on_the_way = false;
    if (sim->dial == WSS_SIM_DIAL_REFUSED || !wss_sim_join(end, end->peer_port))
        wss_sim_end_break(end, "The peer refused the connection.");
    else
        end->phase = WSS_PHASE_UP;
    end->phase_changed = true;
    return true;
}

/* ---------------------------------------------------------------------- a turn */

bool wss_sim_step(wss_sim_t *sim)
{
    bool moved = false;

    for (uint32_t i = 0; i < sim->config.end_count; i++) {
        wss_sim_end_t *end = &sim->config.ends[i];
        if (end->state == WSS_SIM_FREE)
            continue;
        if (dial(end))
            moved = true;
        if (wss_sim_push(end))
            moved = true;
        if (end->phase == WSS_PHASE_UP && arrive(end))
            moved = true;
    }
    return moved;
}

uint32_t wss_sim_next(const wss_sim_t *sim)
{
    uint32_t next = UINT32_MAX;

    for (uint32_t i = 0; i < sim->config.end_count; i++) {
        const wss_sim_end_t *end = &sim->config.ends[i];
        if (end->state != WSS_SIM_FREE && end->on_the_way && !reached(sim, end->due))
            next = smaller(next, end->due - sim->now);
    }
    return next;
}

void wss_sim_settle(wss_sim_t *sim)
{
    while (wss_sim_step(sim)) {
    }
}

void wss_sim_advance(wss_sim_t *sim, uint32_t milliseconds)
{
    wss_sim_settle(sim);
    while (milliseconds > 0) {
        const uint32_t jump = smaller(milliseconds, wss_sim_next(sim));
        sim->now += jump;
        milliseconds -= jump;
        wss_sim_settle(sim);
    }
}
