/* SPDX-License-Identifier: MIT */
/*
 * Who is inside the SYS_WSS service: any task may call it, one at a time has the turn of
 * SYS_WSS_Task(), and the last to leave a service that ends closes its port.
 */
#include "sys_wss_service.h"

bool sys_wss_enter(void)
{
    sys_wss_port_lock();
    bool runs = sys_wss.life == SYS_WSS_RUNNING;
    if (runs)
        sys_wss.users++;
    sys_wss_port_unlock();
    return runs;
}

void sys_wss_leave(void)
{
    sys_wss_port_lock();
    bool last = --sys_wss.users == 0 && sys_wss.life == SYS_WSS_ENDING;
    sys_wss_port_unlock();
    if (!last)
        return;
    wss_loop_abort(&sys_wss.loop); /* what came in while SYS_WSS_Deinitialize() was called */
    sys_wss_port_close();
    (void)sys_wss_set(&sys_wss.life, SYS_WSS_OFF);
}

uint8_t sys_wss_set(uint8_t *byte, uint8_t value)
{
    sys_wss_port_lock();
    uint8_t before = *byte;
    *byte = value;
    sys_wss_port_unlock();
    return before;
}
