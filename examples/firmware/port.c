/* SPDX-License-Identifier: MIT */
/*
 * The SYS_WSS service on this board: lwIP, the entropy of the board, TLS if it is built in, all in
 * static memory. The one place that chooses them.
 */
#include "port.h"
#include "entropy.h"
#include "network.h"

#include "sys_wss_array_tls.h"
#include "sys_wss_port.h"
#include "wss_crypto_mbedtls.h"
#include "wss_lwip.h"

enum { ROOM = SYS_WSS_SEND_ROOM + SYS_WSS_ARRAY_TLS_ROOM };

static wss_lwip_stream_t streams[SYS_WSS_STREAMS];
static uint8_t to_send[SYS_WSS_STREAMS * ROOM];
static wss_lwip_t lwip;
static wss_hal_t sockets, used;
static wss_crypto_mbedtls_t generator;
static wss_crypto_t crypto;
static int32_t (*look)(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count);
static bool busy;

static int32_t wait(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count)
{
    const int32_t reports = look(context, timeout, ready, count);

    busy = reports > 0;
    return reports;
}

bool port_busy(void)
{
    return busy;
}

static wss_result_t open_tls(bool tls)
{
    used = sockets;
    return tls ? sys_wss_array_tls_open(&sockets, &crypto, NULL, &used) : WSS_OK;
}

wss_result_t sys_wss_port_open(bool tls, const char *host, sys_wss_port_t *port)
{
    const wss_lwip_config_t config = {.streams = streams,
                                      .stream_count = SYS_WSS_STREAMS,
                                      .send_memory = to_send,
                                      .send_room = ROOM,
                                      .entropy = entropy_take,
                                      .poll = network_poll,
                                      .netif = network()};
    wss_result_t result = wss_lwip_init(&lwip, &config, &sockets);

    (void)host;
    if (result == WSS_OK)
        result = wss_crypto_mbedtls_init(&generator, &sockets, &crypto);
    if (result == WSS_OK)
        result = open_tls(tls);
    look = used.wait;
    used.wait = wait;
    *port = (sys_wss_port_t){.hal = &used, .crypto = &crypto};
    return result;
}

bool sys_wss_port_ready(void)
{
    return true;
}

/* Never: the service runs as long as the board. */
void sys_wss_port_close(void)
{
}

void sys_wss_port_lock(void)
{
}

void sys_wss_port_unlock(void)
{
}
