/* SPDX-License-Identifier: MIT */
/*
 * The HAL's lock: taken by every public call, given back while the application runs.
 * Without one only the task that steps the loop may come in.
 */
#include "wss_core.h"

#if WSS_CFG_SMALL
void wss_enter(const wss_loop_t *loop)
{
    const wss_hal_t *hal = loop->config->hal;
    if ((loop->traits & WSS_LOOP_LOCKS) != 0)
        hal->lock(hal->context);
}

void wss_leave(const wss_loop_t *loop)
{
    const wss_hal_t *hal = loop->config->hal;
    if ((loop->traits & WSS_LOOP_LOCKS) != 0)
        hal->unlock(hal->context);
}
#endif

wss_result_t wss_enter_public(wss_loop_t *loop)
{
    const wss_hal_t *hal = loop->config->hal;
    if ((loop->traits & WSS_LOOP_TASKS) != 0 && hal->task(hal->context) != loop->task)
        return WSS_ERR_TASK;
    wss_enter(loop);
    if ((loop->flags & WSS_LOOP_IN_STEP) == 0)
        loop->now = hal->now(hal->context);
    return WSS_OK;
}
