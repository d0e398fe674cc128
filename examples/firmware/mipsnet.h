/* SPDX-License-Identifier: MIT */
/* QEMU's mipsnet as a network interface of lwIP. */
#ifndef FIRMWARE_MIPSNET_H
#define FIRMWARE_MIPSNET_H

#include "lwip/netif.h"

/* For netif_add(). ERR_IF: there is no such device. */
err_t mipsnet_init(struct netif *netif);

/* Gives the frames that have arrived to lwIP, a few at a time; while more wait, so does the
 * interrupt. */
void mipsnet_poll(struct netif *netif);

#endif
