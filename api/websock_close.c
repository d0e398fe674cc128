/* SPDX-License-Identifier: MIT */
/*
 * Closing: the handshake, then every call inside has to leave, then the handle is given
 * back; by the event handler's thread itself where that is the one that closes.
 */
#include "websock_core.h"

void websock_wait_for_users(websock_t *self)
{
    while (self->users > 0)
        websock_os_wait(&self->monitor, WEBSOCK_MAX_RECV_TIMEOUT);
}

/* What the engine holds is dropped from now on, so that the peer's Close comes through. */
static void begin_closing(websock_t *self)
{
    websock_os_unlock(&self->monitor);
    (void)wss_close(self->conn, WSS_CLOSE_NORMAL, NULL, 0);
    wss_resume(self->conn);
    websock_os_lock(&self->monitor);
}

void websock_finish(websock_t *self)
{
    uint32_t begin = websock_now(self);
    uint32_t left = WEBSOCK_CLOSE_TIMEOUT_MS;
    websock_os_notify(&self->monitor);
    if (!self->closed)
        begin_closing(self);
    while (!self->closed && left > 0) {
        websock_turn(self, left);
        left = websock_left(self, begin, WEBSOCK_CLOSE_TIMEOUT_MS);
    }
    if (self->closed)
        return;
    websock_os_unlock(&self->monitor);
    (void)wss_abort(self->conn);
    websock_os_lock(&self->monitor);
}

void websock_release(websock_t *self)
{
    websock_os_unlock(&self->monitor);
    wss_loop_abort(&self->loop);
    websock_port_close(&self->port);
    websock_os_lock(&self->monitor);
    self->handle = 0;
    self->thread_runs = false;
    websock_give(self);
    websock_os_notify(&self->monitor);
    websock_os_unlock(&self->monitor);
}

/* Another thread is at it. */
static void wait_until_released(websock_t *self, uintptr_t handle)
{
    while (self->handle == handle)
        websock_os_wait(&self->monitor, WEBSOCK_MAX_RECV_TIMEOUT);
}

static void close_now(websock_t *self, bool own_thread)
{
    bool joins = self->thread_runs && !own_thread;
    self->closing = true;
    websock_finish(self);
    websock_wait_for_users(self);
    self->thread_releases = own_thread;
    if (joins) {
        websock_os_unlock(&self->monitor);
        websock_os_join(&self->thread);
        websock_os_lock(&self->monitor);
    }
}

void websock_close(websock_handle_t h)
{
    websock_t *self = websock_find(h);
    if (self == NULL)
        return;
    bool own_thread = self->thread_runs && websock_os_is_self(&self->thread);
    bool first = !self->closing;
    if (first)
        close_now(self, own_thread);
    else if (!own_thread)
        wait_until_released(self, (uintptr_t)h);
    if (first && !own_thread)
        websock_release(self);
    else
        websock_os_unlock(&self->monitor);
}
