/* SPDX-License-Identifier: MIT */
/*
 * Stands between an engine and a port: dials become tunnels, and reports about the streams
 * below become reports about the tunnels. All else is passed on. It must not know what a
 * tunnel does.
 */
#include "wss_proxy_hal.h"

static const wss_hal_t *below(void *context)
{
    const wss_proxy_hal_t *proxy = context;

    return proxy->config.below;
}

/* --------------------------------------------------------------------- passed on */

static uint32_t now(void *context)
{
    return below(context)->now(below(context)->context);
}

static wss_result_t entropy(void *context, uint8_t *buffer, size_t length)
{
    return below(context)->entropy(below(context)->context, buffer, length);
}

static uint32_t process(void *context)
{
    return below(context)->process(below(context)->context);
}

static void lock(void *context)
{
    below(context)->lock(below(context)->context);
}

static void unlock(void *context)
{
    below(context)->unlock(below(context)->context);
}

static uintptr_t task(void *context)
{
    return below(context)->task(below(context)->context);
}

static wss_result_t listen(void *context, const wss_endpoint_t *where, uint16_t *port)
{
    return below(context)->listen(below(context)->context, where, port);
}

static void unlisten(void *context)
{
    below(context)->unlisten(below(context)->context);
}

static void accepting(void *context, bool on)
{
    below(context)->accepting(below(context)->context, on);
}

static wss_stream_t *accept(void *context, void *owner)
{
    return below(context)->accept(below(context)->context, owner);
}

static void wake(void *context)
{
    below(context)->wake(below(context)->context);
}

static bool link_up(void *context)
{
    return below(context)->link_up(below(context)->context);
}

/* -------------------------------------------------------------------- connecting */

static wss_connect_stream_t *free_tunnel(wss_proxy_hal_t *proxy)
{
    for (uint32_t i = 0; i < proxy->config.tunnel_count; i++)
        if (proxy->config.tunnels[i].below == NULL)
            return &proxy->config.tunnels[i];
    return NULL;
}

static wss_stream_t *connect(void *context, const wss_dial_t *whom, void *owner)
{
    wss_proxy_hal_t *proxy = context;
    const wss_hal_t *hal = proxy->config.below;
    const wss_proxy_t *chosen = proxy->config.choose(proxy->config.context, whom);

    if (chosen == NULL)
        return hal->connect(hal->context, whom, owner);
    const wss_dial_t there = {.host = chosen->host, .port = chosen->port};
    wss_connect_stream_t *tunnel = free_tunnel(proxy);
    wss_stream_t *stream = tunnel == NULL ? NULL : hal->connect(hal->context, &there, tunnel);
    if (stream == NULL)
        return NULL;
    wss_connect_stream_init(tunnel, stream, whom, chosen->authorization, owner);
    proxy->restless = true;
    return &tunnel->base;
}

/* ----------------------------------------------------------------------- waiting */

static void hold(const wss_hal_t *hal, bool on)
{
    void (*const change)(void *context) = on ? hal->lock : hal->unlock;

    if (change != NULL)
        change(hal->context);
}

/* The tunnel that the stream below belongs to, or NULL. */
static wss_connect_stream_t *tunnel_of(const wss_proxy_hal_t *proxy, void *owner)
{
    const uintptr_t first = (uintptr_t)proxy->config.tunnels;
    const uintptr_t size = sizeof *proxy->config.tunnels * proxy->config.tunnel_count;

    return (uintptr_t)owner - first < size ? owner : NULL;
}

static bool report(wss_connect_stream_t *tunnel, unsigned what, wss_ready_t *ready)
{
    /* Another task may have released it since it was found. */
    if (tunnel->below == NULL)
        return false;
    ready->owner = tunnel->base.owner;
    ready->what = wss_connect_stream_ready(tunnel, what);
    tunnel->told = ready->what != 0;
    return tunnel->told;
}

/* Puts tunnels in the place of the streams below. Returns how many reports are left. */
static uint32_t translate(wss_proxy_hal_t *proxy, wss_ready_t *ready, uint32_t count)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < count; i++) {
        wss_connect_stream_t *tunnel = tunnel_of(proxy, ready[i].owner);
        const wss_ready_t one = ready[i];
        if (tunnel == NULL)
            ready[kept++] = one;
        else if (report(tunnel, one.what, &ready[kept]))
            kept++;
        if (tunnel != NULL && tunnel->phase == WSS_PHASE_FAILED)
            proxy->restless = true;
    }
    return kept;
}

/* Adds what tunnels report by themselves. */
static uint32_t add_own(wss_proxy_hal_t *proxy, wss_ready_t *ready, uint32_t at, uint32_t count)
{
    bool restless = false;

    for (uint32_t i = 0; i < proxy->config.tunnel_count; i++) {
        wss_connect_stream_t *tunnel = &proxy->config.tunnels[i];
        const bool owing = wss_connect_stream_owes(tunnel) && !tunnel->told;
        if (owing && at < count && report(tunnel, 0, &ready[at]))
            at++;
        restless = restless || (tunnel->below != NULL && tunnel->phase != WSS_PHASE_UP);
    }
    proxy->restless = restless;
    return at;
}

/* A new turn begins. Whether a tunnel has something to report at once. */
static bool owes(wss_proxy_hal_t *proxy)
{
    bool found = false;

    hold(proxy->config.below, true);
    for (uint32_t i = 0; i < proxy->config.tunnel_count; i++) {
        proxy->config.tunnels[i].told = false;
        found = found || wss_connect_stream_owes(&proxy->config.tunnels[i]);
    }
    hold(proxy->config.below, false);
    return found;
}

static int32_t wait(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count)
{
    wss_proxy_hal_t *proxy = context;
    const wss_hal_t *hal = proxy->config.below;
    const bool at_once = proxy->restless && owes(proxy);
    const int32_t found = hal->wait(hal->context, at_once ? 0 : timeout, ready, count);

    if (found < 0)
        return found;
    hold(hal, true);
    uint32_t reports = translate(proxy, ready, (uint32_t)found);
    if (proxy->restless)
        reports = add_own(proxy, ready, reports, count);
    hold(hal, false);
    return (int32_t)reports;
}

/* --------------------------------------------------------------------- the table */

static bool complete(const wss_proxy_hal_config_t *config)
{
    return config->below != NULL && config->below->connect != NULL && config->tunnels != NULL &&
           config->tunnel_count > 0 && config->choose != NULL;
}

wss_result_t wss_proxy_hal_init(wss_proxy_hal_t *proxy, const wss_proxy_hal_config_t *config,
                                wss_hal_t *hal)
{
    if (!complete(config))
        return WSS_ERR_CONFIG;
    *proxy = (wss_proxy_hal_t){.config = *config};
    for (uint32_t i = 0; i < config->tunnel_count; i++)
        config->tunnels[i] = (wss_connect_stream_t){.below = NULL};
    *hal = (wss_hal_t){
        .context = proxy,
        .send_room = config->below->send_room,
        .now = now,
        .entropy = entropy,
        .process = config->below->process != NULL ? process : NULL,
        .lock = config->below->lock != NULL ? lock : NULL,
        .unlock = config->below->unlock != NULL ? unlock : NULL,
        .task = config->below->task != NULL ? task : NULL,
        .listen = listen,
        .unlisten = unlisten,
        .accepting = accepting,
        .accept = accept,
        .connect = connect,
        .wait = wait,
        .wake = wake,
        .link_up = config->below->link_up != NULL ? link_up : NULL,
    };
    return WSS_OK;
}
