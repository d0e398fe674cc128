/* SPDX-License-Identifier: MIT */
/*
 * The PIC32MZ W1 port as a whole: its beginning, its end, time, entropy, the lock. It must not
 * know how bytes move.
 */
#include "wss_pic32_internal.h"

#include "system/time/sys_time.h"
#ifndef WSS_PIC32_RANDOM_HEADER
#define WSS_PIC32_RANDOM_HEADER "system/sys_random_h2_adapter.h"
#endif
#include WSS_PIC32_RANDOM_HEADER

/* Without the hardware's generator SYS_RANDOM falls back to the time, and does not say so. */
#ifndef WSS_PIC32_HARDWARE_RNG
#error                                                                                             \
    "Switch the hardware random number generator on in the configurator, then define WSS_PIC32_HARDWARE_RNG"
#endif

uint32_t wss_pic32_now(void *context)
{
    const uint64_t count = SYS_TIME_Counter64Get();
    const uint32_t frequency = SYS_TIME_FrequencyGet();

    (void)context;
    if (frequency == 0)
        return 0;
    return (uint32_t)(count / frequency * 1000 + count % frequency * 1000 / frequency);
}

static wss_result_t entropy(void *context, uint8_t *buffer, size_t length)
{
    (void)context;
    return SYS_RANDOM_CryptoBlockGet(buffer, length) != 0 ? WSS_OK : WSS_ERR_ENTROPY;
}

#if WSS_PIC32_RTOS

/* OSAL's names for success and failure changed, their values 1 and 0 did not. */
static bool lock_open(wss_pic32_t *pic32)
{
    if ((int)OSAL_MUTEX_Create(&pic32->mutex) != 1)
        return false;
    if ((int)OSAL_SEM_Create(&pic32->sleep, OSAL_SEM_TYPE_BINARY, 1, 0) == 1)
        return true;
    (void)OSAL_MUTEX_Delete(&pic32->mutex);
    return false;
}

static void lock_close(wss_pic32_t *pic32)
{
    (void)OSAL_SEM_Delete(&pic32->sleep);
    (void)OSAL_MUTEX_Delete(&pic32->mutex);
}

void wss_pic32_lock(void *context)
{
    wss_pic32_t *pic32 = context;

    (void)OSAL_MUTEX_Lock(&pic32->mutex, OSAL_WAIT_FOREVER);
}

void wss_pic32_unlock(void *context)
{
    wss_pic32_t *pic32 = context;

    (void)OSAL_MUTEX_Unlock(&pic32->mutex);
}

#else

static bool lock_open(wss_pic32_t *pic32)
{
    (void)pic32;
    return true;
}

static void lock_close(wss_pic32_t *pic32)
{
    (void)pic32;
}

void wss_pic32_lock(void *context)
{
    (void)context;
}

void wss_pic32_unlock(void *context)
{
    (void)context;
}

#endif

static bool config_complete(const wss_pic32_config_t *config)
{
#if WSS_PIC32_NET_PRES
    if (config->send_memory == NULL)
        return false;
#endif
    return config->streams != NULL && config->stream_count > 0 && config->stream_count < 128 &&
           config->send_room > 0 && config->send_room < UINT16_MAX;
}

static void apply_defaults(wss_pic32_config_t *config)
{
    if (config->connect_ms == 0)
        config->connect_ms = WSS_PIC32_CONNECT_MS;
    if (config->linger_ms == 0)
        config->linger_ms = WSS_PIC32_LINGER_MS;
    if (config->poll_ms == 0)
        config->poll_ms = WSS_PIC32_POLL_MS;
}

static void fill_hal(wss_pic32_t *pic32, wss_hal_t *hal)
{
    *hal = (wss_hal_t)
    {
        .context = pic32, .send_room = pic32->config.send_room, .now = wss_pic32_now,
        .entropy = entropy, .lock = WSS_PIC32_RTOS ? wss_pic32_lock : NULL,
        .unlock = WSS_PIC32_RTOS ? wss_pic32_unlock : NULL,
#if WSS_CFG_SERVER
        .listen = wss_pic32_listen, .accepting = wss_pic32_accepting, .accept = wss_pic32_accept,
#endif
#if WSS_CFG_CLIENT
        .connect = wss_pic32_connect,
#endif
        .unlisten = wss_pic32_unlisten, .wait = wss_pic32_wait, .wake = wss_pic32_wake,
        .link_up = wss_pic32_link_up,
    };
}

wss_result_t wss_pic32_init(wss_pic32_t *pic32, const wss_pic32_config_t *config, wss_hal_t *hal)
{
    if (!config_complete(config))
        return WSS_ERR_CONFIG;
    *pic32 = (wss_pic32_t){.config = *config, .accepting = true};
    apply_defaults(&pic32->config);
    for (uint8_t i = 0; i < config->stream_count; i++)
        config->streams[i] = (wss_pic32_stream_t){.pic32 = pic32,
                                                  .socket = INVALID_SOCKET,
                                                  .listener = WSS_PIC32_LISTENERS,
                                                  .life = WSS_PIC32_CLOSED};
    if (!lock_open(pic32))
        return WSS_ERR_FULL;
    pic32->linked = wss_pic32_link_up(pic32);
    fill_hal(pic32, hal);
    return WSS_OK;
}

void wss_pic32_close(wss_pic32_t *pic32)
{
    wss_pic32_unlisten(pic32);
    for (uint8_t i = 0; i < pic32->config.stream_count; i++) {
        wss_pic32_stream_t *stream = &pic32->config.streams[i];
        if (stream->life == WSS_PIC32_USED)
            stream->base.ops->release(&stream->base, true);
        else if (stream->life == WSS_PIC32_LINGERS)
            wss_pic32_socket_close(stream, true);
        stream->life = WSS_PIC32_CLOSED;
    }
    lock_close(pic32);
}
