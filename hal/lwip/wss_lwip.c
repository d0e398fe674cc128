/* SPDX-License-Identifier: MIT */
/*
 * The lwIP port as a whole: its beginning, its end, time, entropy, the lock. It must not know
 * how bytes move.
 */
#include "wss_lwip_internal.h"

#if !NO_SYS
#include "lwip/tcpip.h"
#endif

static uint32_t now(void *context)
{
    (void)context;
    return sys_now();
}

static wss_result_t entropy(void *context, uint8_t *buffer, size_t length)
{
    const wss_lwip_t *lwip = context;

    return lwip->config.entropy(lwip->config.context, buffer, length);
}

#if NO_SYS

void wss_lwip_lock(void *context)
{
    (void)context;
}

void wss_lwip_unlock(void *context)
{
    (void)context;
}

static bool sleep_open(wss_lwip_t *lwip)
{
    (void)lwip;
    return true;
}

static void sleep_close(wss_lwip_t *lwip)
{
    (void)lwip;
}

#else

void wss_lwip_lock(void *context)
{
    (void)context;
    LOCK_TCPIP_CORE();
}

void wss_lwip_unlock(void *context)
{
    (void)context;
    UNLOCK_TCPIP_CORE();
}

static bool sleep_open(wss_lwip_t *lwip)
{
    return sys_sem_new(&lwip->sleep, 0) == ERR_OK;
}

static void sleep_close(wss_lwip_t *lwip)
{
    sys_sem_free(&lwip->sleep);
}

#endif

static bool config_complete(const wss_lwip_config_t *config)
{
    return config->streams != NULL && config->stream_count > 0 && config->send_memory != NULL &&
           config->send_room > 0 && config->entropy != NULL;
}

static void apply_defaults(wss_lwip_config_t *config)
{
    if (config->connect_ms == 0)
        config->connect_ms = WSS_LWIP_CONNECT_MS;
    if (config->linger_ms == 0)
        config->linger_ms = WSS_LWIP_LINGER_MS;
}

static void fill_hal(wss_lwip_t *lwip, wss_hal_t *hal)
{
    *hal = (wss_hal_t)
    {
        .context = lwip, .send_room = lwip->config.send_room, .now = now, .entropy = entropy,
        .lock = NO_SYS ? NULL : wss_lwip_lock, .unlock = NO_SYS ? NULL : wss_lwip_unlock,
#if WSS_CFG_SERVER
        .listen = wss_lwip_listen, .accepting = wss_lwip_accepting, .accept = wss_lwip_accept,
#endif
#if WSS_CFG_CLIENT
        .connect = wss_lwip_connect,
#endif
        .unlisten = wss_lwip_unlisten, .wait = wss_lwip_wait, .wake = wss_lwip_wake,
        .link_up = wss_lwip_link_up,
    };
}

wss_result_t wss_lwip_init(wss_lwip_t *lwip, const wss_lwip_config_t *config, wss_hal_t *hal)
{
    if (!config_complete(config))
        return WSS_ERR_CONFIG;
    *lwip = (wss_lwip_t){.config = *config, .accepting = true};
    if (!sleep_open(lwip))
        return WSS_ERR_FULL;
    apply_defaults(&lwip->config);
    for (uint8_t i = 0; i < config->stream_count; i++) {
        wss_lwip_stream_t *stream = &config->streams[i];
        *stream = (wss_lwip_stream_t){.ring = config->send_memory + i * (size_t)config->send_room};
        wss_lwip_socket_begin(&stream->socket, lwip, stream);
    }
    for (unsigned i = 0; i < sizeof lwip->queue / sizeof lwip->queue[0]; i++)
        wss_lwip_socket_begin(&lwip->queue[i], lwip, NULL);
    lwip->linked = wss_lwip_link_up(lwip);
    fill_hal(lwip, hal);
    return WSS_OK;
}

void wss_lwip_close(wss_lwip_t *lwip)
{
    wss_lwip_lock(lwip);
    wss_lwip_unlisten(lwip);
    for (uint8_t i = 0; i < lwip->config.stream_count; i++) {
        wss_lwip_stream_t *stream = &lwip->config.streams[i];
        wss_lwip_socket_abort(&stream->socket);
        stream->life = WSS_LWIP_FREE;
    }
    wss_lwip_unlock(lwip);
    sleep_close(lwip);
}
