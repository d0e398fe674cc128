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

static void step(websock_t *self, uint32_t wait)
{
    self->stepping = true;
    self->unsettled = false;
    websock_os_unlock(&self->monitor);
    wss_result_t result = wss_loop_step(&self->loop, wait);
    websock_os_lock(&self->monitor);
    if (result < 0)
        self->over = self->closed = true;
    self->stepping = false;
    websock_os_notify(&self->monitor);
}

void websock_turn(websock_t *self, uint32_t wait)
{
    if (!self->stepping)
        step(self, wait);
    else
        websock_os_wait(&self->monitor, wait);
}

/* The step that another thread is in may be past the point where it sends: it takes one that
 * begins from now on, and the wake ends the one before it. */
void websock_settle(websock_t *self)
{
    self->unsettled = true;
    if (self->stepping)
        wss_loop_wake(&self->loop);
    while (self->unsettled && !self->closed) {
        if (self->stepping)
            websock_os_wait(&self->monitor, WEBSOCK_MAX_RECV_TIMEOUT);
        else
            step(self, 0);
    }
}
