/* SPDX-License-Identifier: MIT */
/*
 * The stack as a module of Harmony's: it is begun, has a task of its own, and takes some turns of
 * it until it can be used. A firmware's ports are constants: HARMONY_SERVED_PORT and
 * HARMONY_CALLED_PORT of the environment say which ones of this machine they are.
 */
#include "harmony.h"

#include <stdlib.h>
#include <string.h>

enum { TURNS = 3, OBJECT = 1 };

static unsigned turns;

static uint16_t port_of(const char *variable)
{
    const char *text = getenv(variable);

    return text != NULL ? (uint16_t)strtoul(text, NULL, 10) : 0;
}

SYS_MODULE_OBJ TCPIP_STACK_Init(void)
{
    harmony_begin();
    turns = 0;
    harmony.booting = true;
    harmony.served_port = port_of("HARMONY_SERVED_PORT");
    harmony.called_port = port_of("HARMONY_CALLED_PORT");
    return OBJECT;
}

void TCPIP_STACK_Task(SYS_MODULE_OBJ object)
{
    if (object != OBJECT)
        return;
    harmony_tasks(1);
    harmony_enter();
    if (turns < TURNS)
        turns++;
    harmony.booting = turns < TURNS;
    harmony_leave();
}

static bool is_ready(void)
{
    harmony_enter();
    const bool ready = !harmony.booting;
    harmony_leave();
    return ready;
}

SYS_STATUS TCPIP_STACK_Status(SYS_MODULE_OBJ object)
{
    return object == OBJECT && is_ready() ? SYS_STATUS_READY : SYS_STATUS_BUSY;
}

TCPIP_NET_HANDLE TCPIP_STACK_NetHandleGet(const char *interface)
{
    const bool known = strcmp(interface, "PIC32MZW1") == 0 || strcmp(interface, "PIC32INT") == 0;

    return known && is_ready() ? &harmony : NULL;
}

bool TCPIP_STACK_NetIsLinked(TCPIP_NET_HANDLE hNet)
{
    return hNet != NULL && !harmony.link_down;
}

bool TCPIP_STACK_NetIsReady(TCPIP_NET_HANDLE hNet)
{
    return TCPIP_STACK_NetIsLinked(hNet) && !harmony.no_address;
}
