/* SPDX-License-Identifier: MIT */
/* Time by CP0's Count, and its interrupt. */
#ifndef FIRMWARE_TIMER_H
#define FIRMWARE_TIMER_H

#include <stdint.h>

/* Milliseconds since the start; has to be asked within each 700 seconds. */
uint64_t timer_now(void);

/* The interrupt comes when so much time has passed; an earlier one is gone. */
void timer_alarm(uint32_t milliseconds);

#endif
