/* SPDX-License-Identifier: MIT */
/* In the place of Harmony's definitions.h: headers of all components, and their objects. */
#ifndef DEFINITIONS_H
#define DEFINITIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "system/system_module.h"
#include "system/console/sys_console.h"
#include "tcpip/tcpip.h"
#include "FreeRTOS.h"
#include "task.h"
#include "system/wss/sys_wss.h"
#include "app_wss.h"


typedef struct {
    SYS_MODULE_OBJ  tcpip;
    SYS_MODULE_OBJ  sysWSS;

} SYSTEM_OBJECTS;

extern SYSTEM_OBJECTS sysObj;

void SYS_Initialize(void *data);
void SYS_Tasks(void);

#endif
