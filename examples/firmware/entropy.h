/* SPDX-License-Identifier: MIT */
/*
 * The emulated board has no source of random bytes: whoever boots it puts some into its memory
 * (scripts/firmware), each of which is given out once. On a device a hardware generator stands
 * here.
 */
#ifndef FIRMWARE_ENTROPY_H
#define FIRMWARE_ENTROPY_H

#include "wss/wss_hal.h"

/* As wss_hal_t.entropy: WSS_ERR_ENTROPY when there are not so many any more. */
wss_result_t entropy_take(void *context, uint8_t *buffer, size_t length);

#endif
