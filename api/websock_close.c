/* SPDX-License-Identifier: MIT */
/*
 * Closing: the handshake, then every call inside has to leave, then the handle is given
 * back; by the event handler's thread itself where that is the one that closes.
 */
#include "websock_core.h"

void websock_wait_for_users(websock_t *self, unsigned users)
{
    while (self->users > users)
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

/* The handle is dead at once, the connection free again at the end. */
void websock_release(websock_t *self)
{
    self->handle = 0;
    self->thread_runs = false;
    websock_os_unlock(&self->monitor);
    websock_port_close(&self->port);
    websock_give(self);
}

void websock_close(websock_handle_t h)
{
    websock_t *self = websock_enter(h);
    if (self == NULL)
        return;
    self->closing = true;
    bool own_thread = self->thread_runs && websock_os_is_self(&self->thread);
    bool joins = self->thread_runs && !own_thread;
    websock_finish(self);
    websock_wait_for_users(self, 1);
    if (own_thread) {
        self->thread_releases = true;
        websock_leave(self);
        return;
    }
    self->users--;
    websock_os_unlock(&self->monitor);
    if (joins)
        websock_os_join(&self->thread);
    websock_os_lock(&self->monitor);
    websock_release(self);
}
