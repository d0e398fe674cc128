/* SPDX-License-Identifier: MIT */
/*
 * The SYS_WSS service on POSIX: its sockets, its randomness, its lock, all in static memory.
 * The one place that chooses them.
 */
#include "sys_wss_port.h"
#include "sys_wss_posix_tls.h"
#include "wss_crypto_mbedtls.h"
#include "wss_posix.h"

#include <pthread.h>

enum {
    GATHERED = 4096,
    LOOKUPS = SYS_WSS_MODE == SYS_WSS_CLIENT ? 1 : 0 /* host names are a client's */
};

static wss_posix_stream_t streams[SYS_WSS_STREAMS];
static uint8_t to_send[SYS_WSS_STREAMS * SYS_WSS_SEND_ROOM];
static uint8_t held[SYS_WSS_STREAMS * SYS_WSS_READ_SIZE];
static uint8_t gathered[GATHERED];
static struct pollfd polls[SYS_WSS_STREAMS + WSS_POSIX_POLLS];
static wss_posix_lookup_t lookups[LOOKUPS + 1];

static wss_posix_t posix;
static wss_hal_t sockets, tls_streams;
static bool with_tls;
static wss_crypto_mbedtls_t generator;
static wss_crypto_t crypto;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static wss_result_t open_sockets(void)
{
    const wss_posix_config_t config = {.streams = streams,
                                       .stream_count = SYS_WSS_STREAMS,
                                       .send_memory = to_send,
                                       .send_room = SYS_WSS_SEND_ROOM,
                                       .hold_memory = held,
                                       .hold_size = SYS_WSS_READ_SIZE,
                                       .polls = polls,
                                       .lookups = lookups,
                                       .lookup_count = LOOKUPS,
                                       .threads = true};
    wss_result_t result = wss_posix_init(&posix, &config, &sockets);
    if (result != WSS_OK)
        return result;
    result = wss_crypto_mbedtls_init(&generator, &sockets, &crypto);
    if (result != WSS_OK)
        wss_posix_close(&posix);
    return result;
}

wss_result_t sys_wss_port_open(bool tls, const char *host, sys_wss_port_t *port)
{
    wss_result_t result = open_sockets();
    if (result != WSS_OK)
        return result;
    if (tls)
        result = sys_wss_posix_tls_open(&sockets, &crypto, host, &tls_streams);
    with_tls = tls && result == WSS_OK;
    *port = (sys_wss_port_t){.hal = tls ? &tls_streams : &sockets,
                             .crypto = &crypto,
                             .tx_buffer = gathered,
                             .tx_size = GATHERED};
    if (result != WSS_OK)
        sys_wss_port_close();
    return result;
}

bool sys_wss_port_ready(void)
{
    return true;
}

void sys_wss_port_close(void)
{
    wss_posix_close(&posix);
    if (with_tls)
        sys_wss_posix_tls_close();
    wss_crypto_mbedtls_free(&generator);
}

void sys_wss_port_lock(void)
{
    (void)pthread_mutex_lock(&mutex);
}

void sys_wss_port_unlock(void)
{
    (void)pthread_mutex_unlock(&mutex);
}
