<#-- SPDX-License-Identifier: MIT -->
<#if HarmonyCore.SELECT_RTOS == "BareMetal">
    (void)SYS_WSS_Task(sysObj.sysWSS);
<#elseif HarmonyCore.SELECT_RTOS == "FreeRTOS">
    (void)xTaskCreate(_SYS_WSS_Task, "SYS_WSS_Task", SYS_WSS_RTOS_STACK_SIZE, NULL,
                      SYS_WSS_RTOS_TASK_PRIORITY, NULL);
</#if>
