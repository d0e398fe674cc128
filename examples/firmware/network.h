/* SPDX-License-Identifier: MIT */
/* lwIP on the board: one interface with a fixed address. */
#ifndef FIRMWARE_NETWORK_H
#define FIRMWARE_NETWORK_H

#include "lwip/netif.h"

#include <stdbool.h>

/* False: there is no network device. */
bool network_begin(void);

struct netif *network(void);

/* Frames that have arrived go to lwIP; for wss_lwip_config_t.poll. */
void network_poll(void *context);

/* lwIP's buffers for received frames: the most that were in use, and how many there are. */
unsigned network_buffers_used(void);
unsigned network_buffers(void);

#endif
