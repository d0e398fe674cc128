/* SPDX-License-Identifier: MIT */
/*
 * SYS_RANDOM, and whether a hardware generator is behind it: without one it falls back to a timer
 * and does not tell, so that the port would not compile.
 */
#ifndef WSS_PIC32_RANDOM_H
#define WSS_PIC32_RANDOM_H

#include "configuration.h"

#include "system/sys_random_h2_adapter.h"

/* As lib_wolfcrypt says it. */
#ifdef WOLFSSL_PIC32MZ_RNG
#define WSS_PIC32_HARDWARE_RNG
#endif

#endif
