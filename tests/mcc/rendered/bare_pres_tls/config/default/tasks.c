/* SPDX-License-Identifier: MIT */
/* In the place of Harmony's tasks.c. */
#include "configuration.h"
#include "definitions.h"

void SYS_Tasks(void)
{
    (void)SYS_WSS_Task(sysObj.sysWSS);

    TCPIP_STACK_Task(sysObj.tcpip);
}
