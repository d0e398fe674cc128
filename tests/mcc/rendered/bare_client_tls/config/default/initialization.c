/* SPDX-License-Identifier: MIT */
/* In the place of Harmony's initialization.c: system services come before the TCP/IP stack. */
#include "configuration.h"
#include "definitions.h"

SYSTEM_OBJECTS sysObj;

void SYS_Initialize(void *data)
{
    (void)data;
    /* WebSocket service */
    APP_WSS_Initialize();
    sysObj.sysWSS = SYS_WSS_Initialize(NULL, NULL, NULL);

    sysObj.tcpip = TCPIP_STACK_Init();
}
