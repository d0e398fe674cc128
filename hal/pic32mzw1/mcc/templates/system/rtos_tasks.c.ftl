<#-- SPDX-License-Identifier: MIT -->
<#if HarmonyCore.SELECT_RTOS == "FreeRTOS">
_Static_assert(SYS_WSS_RTOS_TASK_PRIORITY < configMAX_PRIORITIES,
               "SYS_WSS_RTOS_TASK_PRIORITY has to be below configMAX_PRIORITIES");

static void _SYS_WSS_Task(void *pvParameters)
{
    (void)pvParameters;
    while (1) {
        (void)SYS_WSS_Task(sysObj.sysWSS);
        vTaskDelay((SYS_WSS_RTOS_TASK_DELAY + portTICK_PERIOD_MS - 1U) / portTICK_PERIOD_MS);
    }
}

</#if>
