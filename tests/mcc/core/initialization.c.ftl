<#-- SPDX-License-Identifier: MIT -->
/* SPDX-License-Identifier: MIT */
/* In the place of Harmony's initialization.c: system services come before the TCP/IP stack. */
#include "configuration.h"
#include "definitions.h"

SYSTEM_OBJECTS sysObj;

void SYS_Initialize(void *data)
{
    (void)data;
${core.LIST_SYSTEM_INIT_C_INITIALIZE_SYSTEM_SERVICES}
    sysObj.tcpip = TCPIP_STACK_Init();
}
