/* SPDX-License-Identifier: MIT */
/* Of FreeRTOS's header of this name, what generated projects use; tasks are threads. */
#ifndef TASK_H
#define TASK_H

#include "FreeRTOS.h"

typedef void (*TaskFunction_t)(void *pvParameters);
typedef void *TaskHandle_t;

BaseType_t xTaskCreate(TaskFunction_t pxTaskCode, const char *pcName, uint16_t usStackDepth,
                       void *pvParameters, UBaseType_t uxPriority, TaskHandle_t *pxCreatedTask);
void vTaskDelay(TickType_t xTicksToDelay);
void vTaskStartScheduler(void);

#endif
