/* SPDX-License-Identifier: MIT */
/*
 * The HAL's lock: taken by every public call, given back while the application runs.
 * Without one only the task that steps the loop may come in.
 */
#include "wss_core.h"

void wss_enter(wss_loop_t *loop)
{
    const wss_hal_t *hal = loop->config->hal;
    if (hal->lock != NULL)
        hal->lock(hal->context);
}

void wss_leave(wss_loop_t *loop)
{
    const wss_hal_t *hal = loop->config->hal;
    if (hal->unlock != NULL)
        hal->unlock(hal->context);
}

wss_result_t wss_enter_public(wss_loop_t *loop)
{
    const wss_hal_t *hal = loop->config->hal;
    if (hal->lock != NULL)
        hal->lock(hal->context);
    else if (hal->task != NULL && hal->task(hal->context) != loop->task)
        return WSS_ERR_TASK;
    if ((loop->flags & WSS_LOOP_IN_STEP) == 0)
        loop->now = hal->now(hal->context);
    return WSS_OK;
}
