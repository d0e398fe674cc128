/* SPDX-License-Identifier: MIT */
/*
 * Waiting: with NO_SYS lwIP is run here; otherwise its thread ends the sleep. It must not know
 * how connections come about.
 */
#include "wss_lwip_internal.h"

#include "lwip/timeouts.h"

bool wss_lwip_link_up(void *context)
{
    const wss_lwip_t *lwip = context;
    const struct netif *netif = lwip->config.netif;

    return netif == NULL || (netif_is_up(netif) && netif_is_link_up(netif));
}

static unsigned platform_report(wss_lwip_t *lwip)
{
    const bool linked = wss_lwip_link_up(lwip);
    unsigned what = WSS_CFG_SERVER && wss_lwip_acceptable(lwip) ? WSS_READY_ACCEPT : 0u;

    if (linked != lwip->linked)
        what |= WSS_READY_LINK;
    lwip->linked = linked;
    return what;
}

/* Begins behind the stream that was looked at last, so that none is left out. */
static uint32_t collect(wss_lwip_t *lwip, wss_ready_t *ready, uint32_t count)
{
    const uint8_t streams = lwip->config.stream_count;
    const uint8_t first = lwip->cursor;
    const unsigned platform = count > 0 ? platform_report(lwip) : 0u;
    uint32_t reports = 0;

    if (platform != 0)
        ready[reports++] = (wss_ready_t){.owner = NULL, .what = platform};
    for (uint8_t i = 0; i < streams && reports < count; i++) {
        wss_lwip_stream_t *stream = &lwip->config.streams[(first + i) % streams];
        const unsigned what = wss_lwip_stream_poll(stream);
        if (what != 0)
            ready[reports++] = (wss_ready_t){.owner = stream->base.owner, .what = what};
        lwip->cursor = (uint8_t)((first + i + 1) % streams);
    }
    return reports;
}

/* Until a stream wants to be looked at though nothing happens. */
static uint32_t next_deadline(const wss_lwip_t *lwip)
{
    uint32_t nearest = WSS_FOREVER;

    for (uint8_t i = 0; i < lwip->config.stream_count; i++) {
        const uint32_t deadline = wss_lwip_stream_deadline(&lwip->config.streams[i]);
        nearest = deadline < nearest ? deadline : nearest;
    }
    return nearest;
}

#if NO_SYS

bool wss_lwip_woken(const wss_lwip_t *lwip)
{
    return lwip->woken;
}

void wss_lwip_wake(void *context)
{
    wss_lwip_t *lwip = context;

    lwip->woken = true;
}

void wss_lwip_signal(wss_lwip_t *lwip)
{
    (void)lwip;
}

static void run(wss_lwip_t *lwip)
{
    if (lwip->config.poll != NULL)
        lwip->config.poll(lwip->config.context);
#if LWIP_TIMERS
    sys_check_timeouts();
#endif
}

/* False: there is no way to let time pass. */
static bool sleep_for(wss_lwip_t *lwip, uint32_t time)
{
    if (lwip->config.pause == NULL)
        return false;
#if LWIP_TIMERS
    const uint32_t timers = sys_timeouts_sleeptime();
    time = timers < time ? timers : time;
#endif
    if (time > 0)
        lwip->config.pause(lwip->config.context, time);
    return true;
}

#else

bool wss_lwip_woken(const wss_lwip_t *lwip)
{
    return lwip->woken;
}

void wss_lwip_wake(void *context)
{
    wss_lwip_t *lwip = context;

    lwip->woken = true;
    sys_sem_signal(&lwip->sleep);
}

/* At most one signal between two looks. */
void wss_lwip_signal(wss_lwip_t *lwip)
{
    if (!lwip->signalled)
        sys_sem_signal(&lwip->sleep);
    lwip->signalled = true;
}

static void run(wss_lwip_t *lwip)
{
    lwip->signalled = false;
}

static bool sleep_for(wss_lwip_t *lwip, uint32_t time)
{
    if (time > 0)
        (void)sys_arch_sem_wait(&lwip->sleep, time == WSS_FOREVER ? 0 : time);
    return true;
}

#endif

static uint32_t time_left(uint32_t begin, uint32_t timeout)
{
    const uint32_t passed = sys_now() - begin;

    if (timeout == WSS_FOREVER)
        return timeout;
    return passed < timeout ? timeout - passed : 0;
}

int32_t wss_lwip_wait(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count)
{
    wss_lwip_t *lwip = context;
    const uint32_t begin = sys_now();

    for (;;) {
        wss_lwip_lock(lwip);
        run(lwip);
        const uint32_t reports = collect(lwip, ready, count);
        const uint32_t deadline = next_deadline(lwip);
        wss_lwip_unlock(lwip);
        const uint32_t left = time_left(begin, timeout);
        if (reports > 0 || lwip->woken || left == 0 ||
            !sleep_for(lwip, deadline < left ? deadline : left)) {
            lwip->woken = false;
            return (int32_t)reports;
        }
    }
}
