/* SPDX-License-Identifier: MIT */
/* As much of FreeRTOS as generated projects use. Tasks begin with the scheduler. */
#define _POSIX_C_SOURCE 200809L
#include "task.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { TASKS = 4, STACK_WORDS = 512 };

static struct {
    TaskFunction_t code;
    void *parameters;
    pthread_t thread;
} tasks[TASKS];

static unsigned count;

BaseType_t xTaskCreate(TaskFunction_t pxTaskCode, const char *pcName, uint16_t usStackDepth,
                       void *pvParameters, UBaseType_t uxPriority, TaskHandle_t *pxCreatedTask)
{
    (void)pcName;
    if (count == TASKS || usStackDepth < STACK_WORDS || uxPriority >= configMAX_PRIORITIES ||
        pxCreatedTask != NULL)
        abort();
    tasks[count].code = pxTaskCode;
    tasks[count].parameters = pvParameters;
    count++;
    return 1;
}

void vTaskDelay(TickType_t xTicksToDelay)
{
    const struct timespec time = {.tv_sec = xTicksToDelay / 1000,
                                  .tv_nsec = (long)(xTicksToDelay % 1000) * 1000000};

    (void)nanosleep(&time, NULL);
}

static void *run(void *task)
{
    const unsigned index = (unsigned)(uintptr_t)task;

    tasks[index].code(tasks[index].parameters);
    return NULL;
}

void vTaskStartScheduler(void)
{
    for (unsigned i = 0; i < count; i++)
        if (pthread_create(&tasks[i].thread, NULL, run, (void *)(uintptr_t)i) != 0)
            abort();
    for (unsigned i = 0; i < count; i++)
        (void)pthread_join(tasks[i].thread, NULL);
}
