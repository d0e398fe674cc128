/* SPDX-License-Identifier: MIT */
/* What lwIP wants of the compiler and the board. */
#ifndef ARCH_CC_H
#define ARCH_CC_H

#include <stdint.h>

uint32_t random_number(void);             /* entropy.c */
_Noreturn void give_up(const char *what); /* fault.c */

#define LWIP_RAND()             random_number()
#define LWIP_PLATFORM_ASSERT(x) give_up(x)
#define LWIP_PLATFORM_DIAG(x)   ((void)0)
#define LWIP_NO_CTYPE_H         1

#endif
