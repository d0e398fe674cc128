/* SPDX-License-Identifier: MIT */
/*
 * Waiting: a look at each stream, and a sleep between looks. The stack's signals come in
 * another context and tell little, so it is polled. A look costs what there are streams.
 */
#include "wss_pic32_internal.h"

bool wss_pic32_link_up(void *context)
{
    const wss_pic32_t *pic32 = context;

    return pic32->config.net == NULL || TCPIP_STACK_NetIsLinked(pic32->config.net);
}

void wss_pic32_wake(void *context)
{
    wss_pic32_t *pic32 = context;

    pic32->woken = true;
}

static unsigned platform_report(wss_pic32_t *pic32)
{
    const bool linked = wss_pic32_link_up(pic32);
    unsigned what = WSS_CFG_SERVER && wss_pic32_acceptable(pic32) ? WSS_READY_ACCEPT : 0u;

    if (linked != pic32->linked)
        what |= WSS_READY_LINK;
    pic32->linked = linked;
    return what;
}

/* Begins behind the stream that was looked at last, so that none is left out. */
static uint32_t collect(wss_pic32_t *pic32, wss_ready_t *ready, uint32_t count)
{
    const uint8_t streams = pic32->config.stream_count;
    const uint8_t first = pic32->cursor;
    uint32_t reports = 0;

    if (WSS_CFG_SERVER)
        wss_pic32_tend(pic32);
    const unsigned platform = count > 0 ? platform_report(pic32) : 0u;
    if (platform != 0)
        ready[reports++] = (wss_ready_t){.owner = NULL, .what = platform};
    for (uint8_t i = 0; i < streams && reports < count; i++) {
        wss_pic32_stream_t *stream = &pic32->config.streams[(first + i) % streams];
        const unsigned what = wss_pic32_stream_poll(stream);
        if (what != 0)
            ready[reports++] = (wss_ready_t){.owner = stream->base.owner, .what = what};
        pic32->cursor = (uint8_t)((first + i + 1) % streams);
    }
    return reports;
}

/* OSAL rounds to whole ticks of FreeRTOS, and down. Below one nobody else would run. */
#if WSS_PIC32_RTOS && defined portTICK_PERIOD_MS
static const uint16_t shortest = portTICK_PERIOD_MS;
#else
static const uint16_t shortest = 1;
#endif

static uint16_t between_looks(const wss_pic32_t *pic32, uint32_t left)
{
    const uint16_t longest = pic32->config.poll_ms;
    const uint16_t time = left < longest ? (uint16_t)left : longest;

    return time < shortest ? shortest : time;
}

/* False: there is no way to let time pass. */
static bool sleep_for(wss_pic32_t *pic32, uint32_t left)
{
    const uint16_t time = between_looks(pic32, left);

    if (pic32->config.pause != NULL) {
        pic32->config.pause(pic32->config.pause_context, time);
        return true;
    }
#if WSS_PIC32_RTOS
    (void)OSAL_SEM_Pend(&pic32->sleep, time);
    return true;
#else
    return false;
#endif
}

static uint32_t time_left(wss_pic32_t *pic32, uint32_t begin, uint32_t timeout)
{
    const uint32_t passed = wss_pic32_now(pic32) - begin;

    if (timeout == WSS_FOREVER)
        return timeout;
    return passed < timeout ? timeout - passed : 0;
}

int32_t wss_pic32_wait(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count)
{
    wss_pic32_t *pic32 = context;
    const uint32_t begin = wss_pic32_now(pic32);

    for (;;) {
        wss_pic32_lock(pic32);
        const uint32_t reports = collect(pic32, ready, count);
        wss_pic32_unlock(pic32);
        const uint32_t left = time_left(pic32, begin, timeout);
        if (reports > 0 || pic32->woken || left == 0 || !sleep_for(pic32, left)) {
            pic32->woken = false;
            return (int32_t)reports;
        }
    }
}
