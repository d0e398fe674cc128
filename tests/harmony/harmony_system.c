/* SPDX-License-Identifier: MIT */
/*
 * The rest of Harmony: time, randomness, OSAL, DNS. A task that pends on a semaphore
 * lets the stack's task run.
 */
#define _GNU_SOURCE
#include "harmony.h"
#include "osal/osal.h"
#include "system/sys_random_h2_adapter.h"
#include "system/time/sys_time.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

harmony_t harmony;

static pthread_mutex_t stack_mutex = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

void harmony_enter(void)
{
    (void)pthread_mutex_lock(&stack_mutex);
}

void harmony_leave(void)
{
    (void)pthread_mutex_unlock(&stack_mutex);
}

static uint64_t nanoseconds(void)
{
    struct timespec time;

    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

uint64_t harmony_clock(void)
{
    return nanoseconds() / 1000000;
}

uint64_t SYS_TIME_Counter64Get(void)
{
    return nanoseconds() / (1000000000 / HARMONY_FREQUENCY) + harmony.count_offset;
}

uint32_t SYS_TIME_FrequencyGet(void)
{
    return HARMONY_FREQUENCY;
}

size_t SYS_RANDOM_CryptoBlockGet(void *buffer, size_t bufferSize)
{
    return !harmony.random_fails && getentropy(buffer, bufferSize) == 0 ? bufferSize : 0;
}

/* ------------------------------------------------------------------------ OSAL */

static OSAL_RESULT result(int good)
{
    return (OSAL_RESULT)(good ? 1 : 0);
}

OSAL_RESULT OSAL_MUTEX_Create(OSAL_MUTEX_HANDLE_TYPE *mutexID)
{
    return result(!harmony.no_mutex && pthread_mutex_init(mutexID, NULL) == 0);
}

OSAL_RESULT OSAL_MUTEX_Delete(OSAL_MUTEX_HANDLE_TYPE *mutexID)
{
    return result(pthread_mutex_destroy(mutexID) == 0);
}

OSAL_RESULT OSAL_MUTEX_Lock(OSAL_MUTEX_HANDLE_TYPE *mutexID, uint16_t waitMS)
{
    (void)waitMS;
    return result(pthread_mutex_lock(mutexID) == 0);
}

OSAL_RESULT OSAL_MUTEX_Unlock(OSAL_MUTEX_HANDLE_TYPE *mutexID)
{
    return result(pthread_mutex_unlock(mutexID) == 0);
}

OSAL_RESULT OSAL_SEM_Create(OSAL_SEM_HANDLE_TYPE *semID, OSAL_SEM_TYPE type, uint8_t maxCount,
                            uint8_t initialCount)
{
    (void)type;
    (void)maxCount;
    *semID = initialCount;
    return result(1);
}

OSAL_RESULT OSAL_SEM_Delete(OSAL_SEM_HANDLE_TYPE *semID)
{
    *semID = -1;
    return result(1);
}

#ifndef portTICK_PERIOD_MS
#define portTICK_PERIOD_MS 1
#endif

/* Nobody posts. */
OSAL_RESULT OSAL_SEM_Pend(OSAL_SEM_HANDLE_TYPE *semID, uint16_t waitMS)
{
    (void)semID;
    if (waitMS < portTICK_PERIOD_MS)
        harmony.idle_pends++;
    harmony_tasks(waitMS);
    return result(0);
}

/* Other tasks do not run. What the status says has to come back. */
static pthread_mutex_t critical = PTHREAD_MUTEX_INITIALIZER;
static OSAL_CRITSECT_DATA_TYPE entered;

OSAL_CRITSECT_DATA_TYPE OSAL_CRIT_Enter(OSAL_CRIT_TYPE severity)
{
    (void)severity;
    (void)pthread_mutex_lock(&critical);
    return ++entered;
}

void OSAL_CRIT_Leave(OSAL_CRIT_TYPE severity, OSAL_CRITSECT_DATA_TYPE status)
{
    (void)severity;
    if (status != entered)
        abort();
    (void)pthread_mutex_unlock(&critical);
}

/* ------------------------------------------------------------------------- DNS */

enum { POLLS = 3 }; /* an answer takes so many questions */

typedef struct name {
    const char *text;
    TCPIP_DNS_RESULT result; /* PENDING: for ever */
    unsigned polls;
    bool asked;
} name_t;

static name_t names[] = {
    {.text = "peer.test", .result = TCPIP_DNS_RES_OK},
    {.text = "unknown.test", .result = TCPIP_DNS_RES_NO_NAME_ENTRY},
    {.text = "timeout.test", .result = TCPIP_DNS_RES_SERVER_TMO},
    {.text = "silent.test", .result = TCPIP_DNS_RES_PENDING},
};

enum { NAMES = sizeof names / sizeof names[0] };

void harmony_dns_begin(void)
{
    for (unsigned i = 0; i < NAMES; i++) {
        names[i].polls = 0;
        names[i].asked = false;
    }
}

static name_t *find(const char *text)
{
    for (unsigned i = 0; i < NAMES; i++)
        if (strcmp(names[i].text, text) == 0)
            return &names[i];
    return NULL;
}

/* An answer stays, that there was none in time, too. */
static TCPIP_DNS_RESULT state_of(const name_t *name)
{
    return name->polls < POLLS ? TCPIP_DNS_RES_PENDING : name->result;
}

TCPIP_DNS_RESULT TCPIP_DNS_Resolve(const char *hostName, TCPIP_DNS_RESOLVE_TYPE type)
{
    name_t *name = find(hostName);

    (void)type;
    if (strchr(hostName, ':') != NULL)
        return TCPIP_DNS_RES_NAME_IS_IPADDRESS;
    if (name == NULL)
        return TCPIP_DNS_RES_NO_NAME_ENTRY;
    name->asked = true;
    return state_of(name);
}

TCPIP_DNS_RESULT TCPIP_DNS_IsResolved(const char *hostName, IP_MULTI_ADDRESS *hostIP,
                                      IP_ADDRESS_TYPE type)
{
    static const uint8_t loopback[4] = {127, 0, 0, 1};
    name_t *name = find(hostName);

    (void)type;
    if (name == NULL || !name->asked)
        return TCPIP_DNS_RES_NO_NAME_ENTRY;
    name->polls++;
    memcpy(hostIP, loopback, sizeof loopback);
    return state_of(name);
}

TCPIP_DNS_RESULT TCPIP_DNS_RemoveEntry(const char *hostName)
{
    name_t *name = find(hostName);

    harmony.dns_removed++;
    if (name == NULL)
        return TCPIP_DNS_RES_NO_NAME_ENTRY;
    name->asked = false;
    name->polls = 0;
    return TCPIP_DNS_RES_OK;
}
