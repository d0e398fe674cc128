/* SPDX-License-Identifier: MIT */
/*
 * The SYS_WSS service on Harmony 3: the PIC32MZ W1 port, its randomness, its lock, all in static
 * memory. The one place that chooses them, and that knows the project's system objects.
 */
#include "sys_wss_port.h"
#include "sys_wss_array_tls.h"
#include "wss_crypto_mbedtls.h"
#include "wss_pic32.h"

#include "definitions.h"

#if SYS_WSS_NET_PRES_TLS && !WSS_PIC32_NET_PRES
#error "SYS_WSS_NET_PRES_TLS needs WSS_PIC32_NET_PRES"
#endif
#if SYS_WSS_NET_PRES_TLS && SYS_WSS_WITH_TLS
#error "SYS_WSS_NET_PRES_TLS and SYS_WSS_WITH_TLS are both 1: one of them does TLS"
#endif

enum { ROOM = SYS_WSS_SEND_ROOM + SYS_WSS_ARRAY_TLS_ROOM };

_Static_assert(ROOM < UINT16_MAX, "SYS_WSS_MAX_TX_BUFFER is more than a socket's buffer holds");

static wss_pic32_stream_t streams[SYS_WSS_STREAMS];
#if WSS_PIC32_NET_PRES
static uint8_t to_send[SYS_WSS_STREAMS * ROOM];
#endif

static wss_pic32_t pic32;
static wss_hal_t sockets, tls_streams;
static bool above; /* TLS by mbedTLS is there */
static TCPIP_NET_HANDLE net;
static wss_crypto_mbedtls_t generator;
static wss_crypto_t crypto;

/* -------------------------------------------------------------------- the network */

static bool stack_stands(void)
{
    return TCPIP_STACK_Status(sysObj.tcpip) == SYS_STATUS_READY;
}

/* NULL: the stack is not there yet, or does not know the name. */
static TCPIP_NET_HANDLE find_net(void)
{
    if (net == NULL && stack_stands())
        net = TCPIP_STACK_NetHandleGet(SYS_WSS_INTF_NAME);
    return net;
}

/* No event tells of an interface that was never there. */
static bool link_up(void *context)
{
    const TCPIP_NET_HANDLE found = find_net();

    (void)context;
    return found == NULL || TCPIP_STACK_NetIsLinked(found);
}

/* A server can listen before there is an address. */
bool sys_wss_port_ready(void)
{
    const bool needs_address = SYS_WSS_MODE == SYS_WSS_CLIENT && find_net() != NULL;

    return needs_address ? TCPIP_STACK_NetIsReady(net) : stack_stands();
}

/* ------------------------------------------------------------------ beginning, end */

static wss_result_t open_sockets(bool tls)
{
    const wss_pic32_config_t config = {
        .streams = streams,
        .stream_count = SYS_WSS_STREAMS,
        .send_room = ROOM,
        .receive_room = SYS_WSS_RX_FIFO,
#if WSS_PIC32_NET_PRES
        .send_memory = to_send,
        .tls = tls && SYS_WSS_NET_PRES_TLS,
#endif
    };
    wss_result_t result = wss_pic32_init(&pic32, &config, &sockets);

    (void)tls;
    if (result != WSS_OK)
        return result;
    net = NULL;
    sockets.link_up = link_up;
    result = wss_crypto_mbedtls_init(&generator, &sockets, &crypto);
    if (result != WSS_OK)
        wss_pic32_close(&pic32);
    return result;
}

wss_result_t sys_wss_port_open(bool tls, const char *host, sys_wss_port_t *port)
{
    wss_result_t result = open_sockets(tls);

    if (result != WSS_OK)
        return result;
    const bool wanted = tls && !SYS_WSS_NET_PRES_TLS;
    if (wanted)
        result = sys_wss_array_tls_open(&sockets, &crypto, host, &tls_streams);
    above = wanted && result == WSS_OK;
    *port = (sys_wss_port_t){.hal = wanted ? &tls_streams : &sockets, .crypto = &crypto};
    if (result != WSS_OK)
        sys_wss_port_close();
    return result;
}

void sys_wss_port_close(void)
{
    wss_pic32_close(&pic32);
    if (above)
        sys_wss_array_tls_close();
    wss_crypto_mbedtls_free(&generator);
}

/* ------------------------------------------------------------------------ the lock */

#if WSS_PIC32_RTOS

static OSAL_CRITSECT_DATA_TYPE section; /* of whoever is inside */

/* Other tasks do not run; interrupts do. Needs no preparation. */
void sys_wss_port_lock(void)
{
    const OSAL_CRITSECT_DATA_TYPE entered = OSAL_CRIT_Enter(OSAL_CRIT_TYPE_LOW);

    section = entered;
}

void sys_wss_port_unlock(void)
{
    OSAL_CRIT_Leave(OSAL_CRIT_TYPE_LOW, section);
}

#else

void sys_wss_port_lock(void)
{
}

void sys_wss_port_unlock(void)
{
}

#endif
