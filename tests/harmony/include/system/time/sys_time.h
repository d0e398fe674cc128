/* SPDX-License-Identifier: MIT */
/*
 * Of Harmony's header of this name, what the PIC32MZ W1 port uses.
 */
#ifndef HARMONY_SYS_TIME_H
#define HARMONY_SYS_TIME_H

#include <stdint.h>

uint64_t SYS_TIME_Counter64Get(void);
uint32_t SYS_TIME_FrequencyGet(void);

#endif
