/* SPDX-License-Identifier: MIT */
/* Of FreeRTOS's header of this name, what generated projects use. */
#ifndef FREERTOS_H
#define FREERTOS_H

#include <stdint.h>

typedef uint32_t TickType_t;
typedef uint32_t UBaseType_t;
typedef int32_t BaseType_t;

#ifndef configMAX_PRIORITIES
#define configMAX_PRIORITIES (10UL)
#endif
#define configTICK_RATE_HZ ((TickType_t)1000)
#define portTICK_PERIOD_MS ((TickType_t)1000 / configTICK_RATE_HZ)

#endif
