/* SPDX-License-Identifier: MIT */
/* In the place of Harmony's tasks.c. */
#include "configuration.h"
#include "definitions.h"

static void _TCPIP_STACK_Task(void *pvParameters)
{
    (void)pvParameters;
    while (1)
        TCPIP_STACK_Task(sysObj.tcpip);
}

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


void SYS_Tasks(void)
{
    (void)xTaskCreate(_SYS_WSS_Task, "SYS_WSS_Task", SYS_WSS_RTOS_STACK_SIZE, NULL,
                      SYS_WSS_RTOS_TASK_PRIORITY, NULL);

    (void)xTaskCreate(_TCPIP_STACK_Task, "TCPIP_STACK_Task", 1024, NULL, 1, NULL);
    vTaskStartScheduler();
}
