/* SPDX-License-Identifier: MIT */
/*
 * Who listens at which port, and how connections begin. It must not know how bytes
 * travel.
 */
#include "wss_sim_internal.h"

#include <string.h>

wss_sim_listener_t *wss_sim_listener(wss_sim_t *sim, uint16_t port)
{
    for (uint32_t i = 0; i < WSS_SIM_LISTENERS && port != 0; i++)
        if (sim->listeners[i].port == port)
            return &sim->listeners[i];
    return NULL;
}

static wss_sim_listener_t *free_listener(wss_sim_t *sim)
{
    for (uint32_t i = 0; i < WSS_SIM_LISTENERS; i++)
        if (sim->listeners[i].port == 0)
            return &sim->listeners[i];
    return NULL;
}

/* The port, or 0 when it is taken or there is no place. */
uint16_t wss_sim_listener_add(wss_sim_t *sim, wss_sim_host_t *host, uint16_t port)
{
    wss_sim_listener_t *listener = free_listener(sim);

    if (listener == NULL || wss_sim_listener(sim, port) != NULL)
        return 0;
    *listener = (wss_sim_listener_t){.host = host, .port = port == 0 ? sim->next_port++ : port};
    return listener->port;
}

wss_result_t wss_sim_listen(void *context, const wss_endpoint_t *where, uint16_t *port)
{
    wss_sim_host_t *host = context;
    const char *text = where->address == NULL ? "::" : where->address;

    if (text[strspn(text, "0123456789abcdefABCDEF.:")] != '\0' || text[0] == '\0')
        return WSS_ERR_ADDRESS;
    if (free_listener(host->sim) == NULL)
        return WSS_ERR_FULL;
    const uint16_t chosen = wss_sim_listener_add(host->sim, host, where->port);
    if (chosen == 0)
        return WSS_ERR_ADDRESS;
    *port = chosen;
    return WSS_OK;
}

void wss_sim_unlisten(void *context)
{
    wss_sim_host_t *host = context;

    for (uint32_t i = 0; i < WSS_SIM_LISTENERS; i++)
        if (host->sim->listeners[i].host == host)
            host->sim->listeners[i] = (wss_sim_listener_t){0};
    for (wss_sim_end_t *end; (end = wss_sim_queued(host->sim, host, 0)) != NULL;) {
        wss_sim_part(end, true);
        wss_sim_end_give(end);
    }
}

void wss_sim_accepting(void *context, bool on)
{
    wss_sim_host_t *host = context;

    host->accepting = on;
}

/* The connection that waits longest; `port` 0: at any port. */
wss_sim_end_t *wss_sim_queued(wss_sim_t *sim, const wss_sim_host_t *host, uint16_t port)
{
    wss_sim_end_t *first = NULL;

    for (uint32_t i = 0; i < sim->config.end_count; i++) {
        wss_sim_end_t *end = &sim->config.ends[i];
        if (end->state != WSS_SIM_QUEUED || end->host != host || (port != 0 && end->port != port))
            continue;
        if (first == NULL || first->order - end->order <= INT32_MAX)
            first = end;
    }
    return first;
}

static bool host_full(const wss_sim_host_t *host)
{
    return host->stream_limit > 0 && host->streams >= host->stream_limit;
}

wss_stream_t *wss_sim_accept(void *context, void *owner)
{
    wss_sim_host_t *host = context;
    wss_sim_end_t *end = wss_sim_queued(host->sim, host, 0);

    if (end == NULL || !host->accepting || host_full(host))
        return NULL;
    end->state = WSS_SIM_LIVE;
    end->base.owner = owner;
    host->streams++;
    return &end->base;
}

wss_stream_t *wss_sim_connect(void *context, const wss_dial_t *whom, void *owner)
{
    wss_sim_host_t *host = context;
    wss_sim_end_t *end = host_full(host) ? NULL : wss_sim_end_take(host->sim, host);

    if (end == NULL)
        return NULL;
    end->state = WSS_SIM_LIVE;
    end->base.owner = owner;
    end->phase = WSS_PHASE_CONNECTING;
    end->peer_port = whom->port;
    end->v6 = strchr(whom->host, ':') != NULL;
    end->on_the_way = true;
    end->due = host->sim->now + host->sim->config.latency;
    host->streams++;
    return &end->base;
}
