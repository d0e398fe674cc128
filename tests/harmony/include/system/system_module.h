/* SPDX-License-Identifier: MIT */
/*
 * Of Harmony's header of this name, what the SYS_WSS service and its port use.
 */
#ifndef HARMONY_SYSTEM_MODULE_H
#define HARMONY_SYSTEM_MODULE_H

#include <stdint.h>

typedef uintptr_t SYS_MODULE_OBJ;

#define SYS_MODULE_OBJ_INVALID ((SYS_MODULE_OBJ)-1)

typedef enum {
    SYS_STATUS_ERROR = -1,
    SYS_STATUS_UNINITIALIZED = 0,
    SYS_STATUS_BUSY = 1,
    SYS_STATUS_READY = 2
} SYS_STATUS;

#endif
