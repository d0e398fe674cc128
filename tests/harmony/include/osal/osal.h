/* SPDX-License-Identifier: MIT */
/*
 * Of Harmony's header of this name, what the PIC32MZ W1 port uses.
 */
#ifndef HARMONY_OSAL_H
#define HARMONY_OSAL_H

#include <pthread.h>
#include <stdint.h>

#define OSAL_WAIT_FOREVER ((uint16_t)0xFFFF)

#ifdef HARMONY_2025
typedef enum { OSAL_RESULT_FAIL = 0, OSAL_RESULT_SUCCESS = 1 } OSAL_RESULT;
#else
typedef enum { OSAL_RESULT_FALSE = 0, OSAL_RESULT_TRUE = 1 } OSAL_RESULT;
#endif

typedef enum { OSAL_SEM_TYPE_BINARY, OSAL_SEM_TYPE_COUNTING } OSAL_SEM_TYPE;

typedef enum { OSAL_CRIT_TYPE_LOW, OSAL_CRIT_TYPE_HIGH } OSAL_CRIT_TYPE;

typedef uint32_t OSAL_CRITSECT_DATA_TYPE;
typedef pthread_mutex_t OSAL_MUTEX_HANDLE_TYPE;
typedef int OSAL_SEM_HANDLE_TYPE;

OSAL_RESULT OSAL_MUTEX_Create(OSAL_MUTEX_HANDLE_TYPE *mutexID);
OSAL_RESULT OSAL_MUTEX_Delete(OSAL_MUTEX_HANDLE_TYPE *mutexID);
OSAL_RESULT OSAL_MUTEX_Lock(OSAL_MUTEX_HANDLE_TYPE *mutexID, uint16_t waitMS);
OSAL_RESULT OSAL_MUTEX_Unlock(OSAL_MUTEX_HANDLE_TYPE *mutexID);
OSAL_RESULT OSAL_SEM_Create(OSAL_SEM_HANDLE_TYPE *semID, OSAL_SEM_TYPE type, uint8_t maxCount,
                            uint8_t initialCount);
OSAL_RESULT OSAL_SEM_Delete(OSAL_SEM_HANDLE_TYPE *semID);
OSAL_RESULT OSAL_SEM_Pend(OSAL_SEM_HANDLE_TYPE *semID, uint16_t waitMS);

OSAL_CRITSECT_DATA_TYPE OSAL_CRIT_Enter(OSAL_CRIT_TYPE severity);
void OSAL_CRIT_Leave(OSAL_CRIT_TYPE severity, OSAL_CRITSECT_DATA_TYPE status);

#endif
