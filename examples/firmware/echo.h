/* SPDX-License-Identifier: MIT */
/* What this firmware is for: an echo server on the SYS_WSS interface. */
#ifndef FIRMWARE_ECHO_H
#define FIRMWARE_ECHO_H

#include "sys_wss.h"

#include <stdbool.h>

/* Counted since the start; they wrap. */
typedef struct echo_counts {
    uint32_t connections;
    uint32_t opened;
    uint32_t closed;
    uint32_t messages; /* echoed */
    uint32_t refused;  /* that could not be sent back; their connections are closed */
} echo_counts_t;

extern echo_counts_t echo_counts;

/* A SYS_WSS_CALLBACK. */
void echo(SYS_WSS_EVENTS event, void *data, int32_t client, void *cookie);

#endif
