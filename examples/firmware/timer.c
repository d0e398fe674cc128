/* SPDX-License-Identifier: MIT */
/* CP0's Count made 64 bits of milliseconds. */
#include "timer.h"
#include "board.h"

#include "lwip/sys.h"

static uint64_t milliseconds;
static uint32_t counted; /* Count when they had passed */

static uint32_t count(void)
{
    uint32_t value;

    __asm__ volatile("mfc0 %0, $9" : "=r"(value));
    return value;
}

uint64_t timer_now(void)
{
    const uint32_t passed = (count() - counted) / BOARD_TICKS_PER_MS;

    counted += passed * BOARD_TICKS_PER_MS;
    milliseconds += passed;
    return milliseconds;
}

void timer_alarm(uint32_t time)
{
    const uint32_t compare = count() + time * BOARD_TICKS_PER_MS;

    __asm__ volatile("mtc0 %0, $11; ehb" : : "r"(compare));
}

u32_t sys_now(void)
{
    return (u32_t)timer_now();
}
