/* SPDX-License-Identifier: MIT */
/*
 * The POSIX port as a whole: its beginning, its end, its table of functions. It
 * must not know how bytes move.
 */
#define _GNU_SOURCE
#include "wss_posix_internal.h"

#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

/* Process identifiers cost a system call; this one is refreshed in each child. */
static atomic_uint process_number;
static pthread_once_t process_once = PTHREAD_ONCE_INIT;

static void process_note(void)
{
    atomic_store(&process_number, (unsigned)getpid());
}

static void process_begin(void)
{
    process_note();
    (void)pthread_atfork(NULL, NULL, process_note);
}

static uint32_t process(void *context)
{
    (void)context;
    return atomic_load(&process_number);
}

static uintptr_t task(void *context)
{
    (void)context;
    static _Thread_local char here;

    return (uintptr_t)&here;
}

void wss_posix_lock(void *context)
{
    wss_posix_t *posix = context;

    if (posix->config.threads)
        (void)pthread_mutex_lock(&posix->mutex);
}

void wss_posix_unlock(void *context)
{
    wss_posix_t *posix = context;

    if (posix->config.threads)
        (void)pthread_mutex_unlock(&posix->mutex);
}

static bool config_complete(const wss_posix_config_t *config)
{
#ifdef WSS_POSIX_USE_POLL
    if (config->polls == NULL)
        return false;
#endif
    return config->streams != NULL && config->stream_count > 0 &&
           config->stream_count < UINT32_MAX / 2 && config->send_memory != NULL &&
           config->send_room > 0 && config->send_room <= INT32_MAX && config->hold_memory != NULL &&
           config->hold_size > 0 && (config->lookups != NULL || config->lookup_count == 0) &&
           config->hold_size <= INT32_MAX;
}

static void fill_hal(wss_posix_t *posix, wss_hal_t *hal)
{
    *hal = (wss_hal_t){
        .context = posix,
        .send_room = posix->config.send_room,
        .now = wss_posix_now,
        .entropy = wss_posix_entropy,
        .process = process,
        .lock = posix->config.threads ? wss_posix_lock : NULL,
        .unlock = posix->config.threads ? wss_posix_unlock : NULL,
        .task = task,
        .listen = wss_posix_listen,
        .unlisten = wss_posix_unlisten,
        .accepting = wss_posix_accepting,
        .accept = wss_posix_accept,
        .connect = wss_posix_connect,
        .wait = wss_posix_wait,
        .wake = wss_posix_wake,
    };
}

wss_result_t wss_posix_init(wss_posix_t *posix, const wss_posix_config_t *config, wss_hal_t *hal)
{
    if (!config_complete(config))
        return WSS_ERR_CONFIG;
    *posix = (wss_posix_t){.config = *config,
                           .poller = -1,
                           .wake_read = -1,
                           .wake_write = -1,
                           .streams_free = WSS_POSIX_NONE,
                           .ready_first = WSS_POSIX_NONE,
                           .ready_last = WSS_POSIX_NONE,
                           .accepting = true};
    if (posix->config.attempt_ms == 0)
        posix->config.attempt_ms = WSS_POSIX_ATTEMPT_MS;
    if (pthread_mutex_init(&posix->mutex, NULL) != 0)
        return WSS_ERR_FULL;
    if (!wss_posix_wake_open(posix) || !wss_posix_poller_open(posix)) {
        wss_posix_close(posix);
        return WSS_ERR_FULL;
    }
    (void)pthread_once(&process_once, process_begin);
    fill_hal(posix, hal);
    return WSS_OK;
}

void wss_posix_close(wss_posix_t *posix)
{
    wss_posix_unlisten(posix);
    for (uint32_t i = 0; i < posix->streams_touched; i++) {
        wss_posix_stream_t *stream = &posix->config.streams[i];
        if (stream->posix != NULL)
            stream->base.ops->release(&stream->base, true);
    }
    wss_posix_lookups_close(posix);
    wss_posix_poller_close(posix);
    wss_posix_wake_close(posix);
    (void)pthread_mutex_destroy(&posix->mutex);
}
