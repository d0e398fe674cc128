/* SPDX-License-Identifier: MIT */
/*
 * One end as a byte stream, watching that its user keeps the contract. It must not
 * know how bytes travel.
 */
#include "wss_sim_internal.h"

#include <stdio.h>

enum { SPOILT = 16 }; /* bytes behind those that were received */

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The end, or NULL when it must not be used any more. */
static wss_sim_end_t *use(wss_stream_t *base)
{
    wss_sim_end_t *end = (wss_sim_end_t *)base;

    if (end->state != WSS_SIM_LIVE) {
        wss_sim_note(end->sim, WSS_SIM_FAULT_USE_AFTER_RELEASE);
        return NULL;
    }
    if (end->host != NULL && end->host->locking && !end->host->locked)
        wss_sim_note(end->sim, WSS_SIM_FAULT_NOT_LOCKED);
    return end;
}

void wss_sim_end_break(wss_sim_end_t *end, const char *reason)
{
    end->broken = true;
    end->reason = reason;
    end->in_length = 0;
    end->in_arrived = 0;
    end->out_length = 0;
    end->out_flushed = 0;
    end->on_the_way = false;
    if (end->phase == WSS_PHASE_CONNECTING)
        end->phase = WSS_PHASE_FAILED;
}

unsigned wss_sim_end_report(const wss_sim_end_t *end)
{
    const bool grown = end->grown && !end->finishing;
    const bool up = end->phase == WSS_PHASE_UP;
    unsigned what = 0;

    if (end->in_arrived > 0 || end->end_arrived || end->broken)
        what |= WSS_READY_READ;
    if (end->broken || (up && (grown || end->out_length == 0)))
        what |= WSS_READY_WRITE;
    what &= end->watched;
    return end->phase_changed ? what | WSS_READY_PHASE : what;
}

/* ------------------------------------------------------------------- receiving */

static wss_phase_t phase(wss_stream_t *base)
{
    const wss_sim_end_t *end = use(base);

    return end == NULL ? WSS_PHASE_FAILED : (wss_phase_t)end->phase;
}

static int32_t nothing_to_recv(const wss_sim_end_t *end)
{
    if (end->broken)
        return WSS_ERR_NETWORK;
    return end->end_arrived && end->in_arrived == 0 ? WSS_ERR_EOF : 0;
}

static uint8_t in_at(const wss_sim_end_t *end, uint32_t offset)
{
    return wss_sim_in(end)[(end->in_first + offset) % end->sim->config.window];
}

/* What lies behind the bytes is nobody's: whoever reads it finds what goes on well. */
static void spoil(uint8_t *rest, uint32_t length)
{
    for (uint32_t i = 0; i < length && i < SPOILT; i++)
        rest[i] = 'a';
}

static int32_t receive(wss_stream_t *base, uint8_t *buffer, uint32_t capacity)
{
    wss_sim_end_t *end = use(base);

    if (end == NULL)
        return WSS_ERR_NETWORK;
    if (end->host != NULL)
        end->host->reads++;
    if (end->returned > 0)
        wss_sim_note(end->sim, WSS_SIM_FAULT_RECV_WITHOUT_CONSUME);
    end->returned = smaller(end->in_arrived, capacity);
    end->recv_buffer = buffer;
    if (end->returned == 0)
        return capacity == 0 ? 0 : nothing_to_recv(end);
    end->returned = smaller(end->returned, wss_sim_limit(end->sim, end->sim->config.read_limit));
    for (uint32_t i = 0; i < end->returned; i++)
        buffer[i] = in_at(end, i);
    spoil(buffer + end->returned, capacity - end->returned);
    return (int32_t)end->returned;
}

static bool rest_intact(const wss_sim_end_t *end, uint32_t count, const uint8_t *rest)
{
    if (count == end->returned || end->broken)
        return true;
    if (rest != end->recv_buffer + count)
        return false;
    for (uint32_t i = count; i < end->returned; i++)
        if (rest[i - count] != in_at(end, i))
            return false;
    return true;
}

static void consume(wss_stream_t *base, uint32_t count, const uint8_t *rest)
{
    wss_sim_end_t *end = use(base);

    if (end == NULL)
        return;
    if (end->returned == 0)
        wss_sim_note(end->sim, WSS_SIM_FAULT_CONSUME_WITHOUT_RECV);
    else if (count > end->returned)
        wss_sim_note(end->sim, WSS_SIM_FAULT_CONSUME_TOO_MUCH);
    else if (!rest_intact(end, count, rest))
        wss_sim_note(end->sim, WSS_SIM_FAULT_CONSUME_WRONG_REST);
    count = smaller(smaller(count, end->returned), end->in_arrived);
    end->in_first = (end->in_first + count) % end->sim->config.window;
    end->in_length -= count;
    end->in_arrived -= count;
    end->returned = 0;
}

/* --------------------------------------------------------------------- sending */

static uint32_t room_of(const wss_sim_end_t *end)
{
    if (end->broken || end->finishing)
        return 0;
    return end->sim->config.send_room - end->out_length;
}

static uint32_t room(wss_stream_t *base)
{
    const wss_sim_end_t *end = use(base);

    return end == NULL ? 0 : room_of(end);
}

static int32_t refuse(wss_sim_end_t *end)
{
    if (end == NULL || end->broken)
        return WSS_ERR_NETWORK;
    wss_sim_note(end->sim, WSS_SIM_FAULT_SEND_AFTER_FINISH);
    return WSS_ERR_CLOSED;
}

static int32_t transmit(wss_stream_t *base, const uint8_t *data, uint32_t length)
{
    wss_sim_end_t *end = use(base);

    if (end == NULL || end->broken || end->finishing)
        return refuse(end);
    const uint32_t count = smaller(length, room_of(end));
    if (count < length)
        end->sim->beyond_room++;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t at = (end->out_first + end->out_length++) % end->sim->config.send_room;
        wss_sim_out(end)[at] = data[i];
    }
    return (int32_t)count;
}

static int32_t transmit_both(wss_stream_t *base, const uint8_t *first, uint32_t first_length,
                             const uint8_t *data, uint32_t length)
{
    const int32_t begun = transmit(base, first, first_length);
    const int32_t rest =
        begun < 0 || (uint32_t)begun < first_length ? 0 : transmit(base, data, length);

    return rest < 0 ? rest : begun + rest;
}

static wss_result_t flush_end(wss_sim_end_t *end)
{
    end->out_flushed = end->out_length;
    (void)wss_sim_push(end);
    if (end->broken)
        return WSS_ERR_NETWORK;
    return end->out_length > 0 ? WSS_WOULD_BLOCK : WSS_OK;
}

static wss_result_t flush(wss_stream_t *base)
{
    wss_sim_end_t *end = use(base);

    return end == NULL ? WSS_ERR_NETWORK : flush_end(end);
}

static uint32_t pending(wss_stream_t *base)
{
    const wss_sim_end_t *end = use(base);

    return end == NULL ? 0 : end->out_length;
}

static void watch(wss_stream_t *base, unsigned what)
{
    wss_sim_end_t *end = use(base);

    if (end != NULL)
        end->watched = (uint8_t)(what & (WSS_READY_READ | WSS_READY_WRITE));
}

static void finish(wss_stream_t *base)
{
    wss_sim_end_t *end = use(base);

    if (end == NULL)
        return;
    end->finishing = true;
    (void)flush_end(end);
}

static void release(wss_stream_t *base, bool reset)
{
    wss_sim_end_t *end = use(base);

    if (end == NULL)
        return;
    if (!reset)
        (void)flush_end(end);
    /* TCP resets when a socket is closed with bytes that nobody read. */
    wss_sim_part(end, reset || end->in_length > 0 || end->broken);
    if (end->host != NULL)
        end->host->streams--;
    wss_sim_end_give(end);
}

/* --------------------------------------------------------------------- telling */

static const char *reason(wss_stream_t *base)
{
    const wss_sim_end_t *end = use(base);

    return end == NULL ? "" : end->reason;
}

static void peer(wss_stream_t *base, char *buffer, size_t capacity)
{
    const wss_sim_end_t *end = use(base);

    if (end != NULL)
        (void)snprintf(buffer, capacity, end->v6 ? "[2001:db8::1]:%u" : "192.0.2.1:%u",
                       (unsigned)end->peer_port);
}

const wss_stream_ops_t wss_sim_operations = {
    .phase = phase,
    .recv = receive,
    .consume = consume,
    .room = room,
    .send = transmit,
    .send_both = transmit_both,
    .flush = flush,
    .pending = pending,
    .watch = watch,
    .finish = finish,
    .release = release,
    .reason = reason,
    .peer = peer,
};
