<#-- SPDX-License-Identifier: MIT -->
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
<#if HarmonyCore.SELECT_RTOS == "FreeRTOS">
#include "FreeRTOS.h"
#include "task.h"
</#if>
${core.LIST_SYSTEM_DEFINITIONS_H_INCLUDES}

typedef struct {
    SYS_MODULE_OBJ  tcpip;
${core.LIST_SYSTEM_DEFINITIONS_H_OBJECTS}
} SYSTEM_OBJECTS;

extern SYSTEM_OBJECTS sysObj;

void SYS_Initialize(void *data);
void SYS_Tasks(void);

#endif
