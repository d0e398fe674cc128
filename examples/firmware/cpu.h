/* SPDX-License-Identifier: MIT */
/* The processor: sleep, and what it does when it can go on no more. See start.S. */
#ifndef FIRMWARE_CPU_H
#define FIRMWARE_CPU_H

#include <stdint.h>

/* Returns at an interrupt, at once if one waits. What it is about is left to be asked. */
void cpu_sleep(void);

/* From reset on again. */
_Noreturn void start(void);

/* An exception: says what is known of it, and starts again. */
_Noreturn void fault(uint32_t cause, uint32_t where, uint32_t address);

/* Something that must not be: says so, and starts again. */
_Noreturn void give_up(const char *what);

#endif
