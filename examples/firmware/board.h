/* SPDX-License-Identifier: MIT */
/* Where QEMU's mipssim has its devices, and how they are accessed. */
#ifndef FIRMWARE_BOARD_H
#define FIRMWARE_BOARD_H

#include <stdint.h>

#define BOARD_UART    0xbfd003f8u
#define BOARD_NETWORK 0xbfd04200u

enum { BOARD_TICKS_PER_MS = 6000 }; /* of CP0's Count */

static inline volatile uint8_t *board_byte(uintptr_t address)
{
    return (volatile uint8_t *)address;
}

static inline volatile uint32_t *board_word(uintptr_t address)
{
    return (volatile uint32_t *)address;
}

#endif
