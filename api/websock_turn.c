/* SPDX-License-Identifier: MIT */
/*
 * How a connection of the websock API goes on: the threads that wait for it take turns in
 * stepping its loop. Knows nothing of what they wait for.
 */
#include "websock_core.h"

uint32_t websock_now(const websock_t *self)
{
    return self->carrier.hal.now(self->carrier.hal.context);
}

uint32_t websock_left(const websock_t *self, uint32_t begin, uint32_t span)
{
    uint32_t passed = websock_now(self) - begin;
    return passed < span ? span - passed : 0;
}

void websock_turn(websock_t *self, uint32_t wait)
{
    if (self->stepping) {
        websock_os_wait(&self->monitor, wait);
        return;
    }
    self->stepping = true;
    self->unsettled = false;
    websock_os_unlock(&self->monitor);
    bool failed = wss_loop_step(&self->loop, wait) < 0;
    websock_os_lock(&self->monitor);
    self->over = self->over || failed;
    self->closed = self->closed || failed;
    self->stepping = false;
    websock_os_notify(&self->monitor);
}
