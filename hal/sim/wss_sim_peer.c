/* SPDX-License-Identifier: MIT */
/*
 * The test as a participant of the simulated network: ends that no host owns. It
 * must not know engines.
 */
#include "wss_sim_internal.h"

wss_sim_end_t *wss_sim_peer_connect(wss_sim_t *sim, uint16_t port)
{
    wss_sim_end_t *peer = wss_sim_end_take(sim, NULL);

    if (peer == NULL)
        return NULL;
    peer->state = WSS_SIM_LIVE;
    if (wss_sim_join(peer, port))
        return peer;
    wss_sim_end_give(peer);
    return NULL;
}

uint16_t wss_sim_peer_listen(wss_sim_t *sim, uint16_t port)
{
    return wss_sim_listener_add(sim, NULL, port);
}

wss_sim_end_t *wss_sim_peer_accept(wss_sim_t *sim, uint16_t port)
{
    wss_sim_settle(sim);
    wss_sim_end_t *peer = wss_sim_queued(sim, NULL, port);
    if (peer != NULL)
        peer->state = WSS_SIM_LIVE;
    return peer;
}

uint32_t wss_sim_peer_send(wss_sim_end_t *peer, const void *data, uint32_t length)
{
    wss_stream_t *base = &peer->base;
    const uint32_t room = base->ops->room(base);
    const int32_t count = base->ops->send(base, data, length < room ? length : room);

    (void)base->ops->flush(base);
    return count > 0 ? (uint32_t)count : 0;
}

int32_t wss_sim_peer_read(wss_sim_end_t *peer, void *buffer, uint32_t capacity)
{
    wss_stream_t *base = &peer->base;

    wss_sim_settle(peer->sim);
    const int32_t count = base->ops->recv(base, buffer, capacity);
    if (count > 0)
        base->ops->consume(base, (uint32_t)count, (const uint8_t *)buffer + count);
    return count;
}

void wss_sim_peer_finish(wss_sim_end_t *peer)
{
    peer->base.ops->finish(&peer->base);
}

void wss_sim_peer_reset(wss_sim_end_t *peer)
{
    peer->base.ops->release(&peer->base, true);
}

void wss_sim_peer_release(wss_sim_end_t *peer)
{
    peer->base.ops->release(&peer->base, false);
}

void wss_sim_peer_hold(wss_sim_end_t *peer, bool on)
{
    if (peer->other == NULL)
        return;
    peer->other->on_request = on;
    peer->other->allowance = 0;
    wss_sim_settle(peer->sim);
}

void wss_sim_peer_deliver(wss_sim_end_t *peer, uint32_t count)
{
    if (peer->other == NULL)
        return;
    peer->other->allowance += count;
    wss_sim_settle(peer->sim);
}

void wss_sim_peer_window(wss_sim_end_t *peer, uint32_t window)
{
    const uint32_t most = peer->sim->config.window;

    peer->window = window < most ? window : most;
}
