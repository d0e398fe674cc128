/* SPDX-License-Identifier: MIT */
/*
 * Under a program that was written for a host: Harmony's stack, in a task of its own. It is begun
 * before main(), as the program knows nothing of it.
 */
#include "definitions.h"
#include "tcpip/tcpip.h"

#include <pthread.h>

SYSTEM_OBJECTS sysObj;

static void *run(void *unused)
{
    for (;;)
        TCPIP_STACK_Task(sysObj.tcpip);
    return unused;
}

__attribute__((constructor)) static void boot(void)
{
    pthread_t task;

    sysObj.tcpip = TCPIP_STACK_Init();
    (void)pthread_create(&task, NULL, run, NULL);
}
