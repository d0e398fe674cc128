/* SPDX-License-Identifier: MIT */
/* Of the header of this name that Harmony's configurator generates, what the service uses. */
#ifndef DEFINITIONS_H
#define DEFINITIONS_H

#include "system/system_module.h"

typedef struct {
    SYS_MODULE_OBJ tcpip;
} SYSTEM_OBJECTS;

extern SYSTEM_OBJECTS sysObj;

#endif
