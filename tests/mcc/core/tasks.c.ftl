<#-- SPDX-License-Identifier: MIT -->
/* SPDX-License-Identifier: MIT */
/* In the place of Harmony's tasks.c. */
#include "configuration.h"
#include "definitions.h"

<#if HarmonyCore.SELECT_RTOS == "FreeRTOS">
static void _TCPIP_STACK_Task(void *pvParameters)
{
    (void)pvParameters;
    while (1)
        TCPIP_STACK_Task(sysObj.tcpip);
}

${core.LIST_SYSTEM_RTOS_TASKS_C_DEFINITIONS}
</#if>
void SYS_Tasks(void)
{
${core.LIST_SYSTEM_TASKS_C_CALL_DRIVER_TASKS}
<#if HarmonyCore.SELECT_RTOS == "FreeRTOS">
    (void)xTaskCreate(_TCPIP_STACK_Task, "TCPIP_STACK_Task", 1024, NULL, 1, NULL);
    vTaskStartScheduler();
<#else>
    TCPIP_STACK_Task(sysObj.tcpip);
</#if>
}
