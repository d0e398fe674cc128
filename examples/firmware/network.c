/* SPDX-License-Identifier: MIT */
/* Starts lwIP with the addresses that QEMU's user network has for its guest. */
#include "network.h"
#include "mipsnet.h"

#include "lwip/init.h"
#include "lwip/stats.h"
#include "netif/ethernet.h"

static struct netif board;

bool network_begin(void)
{
    const ip4_addr_t address = IPADDR4_INIT_BYTES(10, 0, 2, 15);
    const ip4_addr_t mask = IPADDR4_INIT_BYTES(255, 255, 255, 0);
    const ip4_addr_t gateway = IPADDR4_INIT_BYTES(10, 0, 2, 2);

    lwip_init();
    if (netif_add(&board, &address, &mask, &gateway, NULL, mipsnet_init, ethernet_input) == NULL)
        return false;
    netif_set_default(&board);
    netif_set_up(&board);
    return true;
}

struct netif *network(void)
{
    return &board;
}

void network_poll(void *context)
{
    (void)context;
    mipsnet_poll(&board);
}

unsigned network_buffers_used(void)
{
    return (unsigned)lwip_stats.memp[MEMP_PBUF_POOL]->max;
}

unsigned network_buffers(void)
{
    return (unsigned)lwip_stats.memp[MEMP_PBUF_POOL]->avail;
}
