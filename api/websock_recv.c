/* SPDX-License-Identifier: MIT */
/* Receiving by call: registers what waits for bytes and lets the connection go on. */
#include "websock_core.h"

void websock_no_frame(websock_msg_hdr_t *header)
{
    *header = (websock_msg_hdr_t){.opcode = -1};
}

/* The engine delivers again what nobody took. */
static void ask_for_held(websock_t *self)
{
    if (!self->held)
        return;
    self->held = false;
    websock_os_unlock(&self->monitor);
    wss_resume(self->conn);
    websock_os_lock(&self->monitor);
}

/* A connection that is over is given the time to end in good order. */
static uint32_t time_left(const websock_t *self, uint32_t begin, uint32_t timeout)
{
    uint32_t left = websock_left(self, begin, timeout);
    uint32_t closing = WEBSOCK_CLOSE_TIMEOUT_MS;
    if (self->over)
        closing = websock_left(self, self->over_since, closing);
    return self->over && closing < left ? closing : left;
}

/* Receivers come one after the other. */
static bool wait_for_others(websock_t *self, websock_receiver_t *receiver, uint32_t timeout)
{
    receiver->begin = websock_now(self);
    receiver->timeout = timeout;
    uint32_t left = timeout;
    while (self->receiving && left > 0) {
        websock_os_wait(&self->monitor, left);
        left = websock_left(self, receiver->begin, timeout);
    }
    return !self->receiving;
}

bool websock_receive_begin(websock_t *self, websock_receiver_t *receiver, uint32_t timeout)
{
    if (!wait_for_others(self, receiver, timeout))
        return false;
    self->receiving = true;
    self->receiver = receiver;
    if (!websock_take_pong(self))
        ask_for_held(self);
    return true;
}

/* What is held comes back in the second step. */
bool websock_receive_waits(websock_t *self, websock_receiver_t *receiver)
{
    receiver->left = time_left(self, receiver->begin, receiver->timeout);
    receiver->turns++;
    return !receiver->done && !self->closed && !self->closing &&
           (receiver->left > 0 || receiver->turns <= 2);
}

int websock_receive_end(websock_t *self, const websock_receiver_t *receiver)
{
    self->receiver = NULL;
    self->receiving = false;
    websock_os_notify(&self->monitor);
    if (receiver->done)
        return (int)receiver->count;
    return self->over || self->closing ? -1 : 0;
}

static uint32_t patience(int timeout)
{
    bool longest = timeout < 0 || timeout > WEBSOCK_MAX_RECV_TIMEOUT;
    return longest ? WEBSOCK_MAX_RECV_TIMEOUT : (uint32_t)timeout;
}

static int receive(websock_handle_t handle, websock_receiver_t *receiver, int timeout)
{
    websock_t *self = websock_enter(handle);
    if (self == NULL)
        return -1;
    int count = self->thread_runs ? -1 : websock_receive(self, receiver, patience(timeout));
    websock_leave(self);
    return count;
}

int websock_recv(websock_handle_t handle, websock_msg_hdr_t *msg_hdr, char *buf, int *len,
                 int timeout)
{
    if (msg_hdr != NULL)
        websock_no_frame(msg_hdr);
    if (msg_hdr == NULL || buf == NULL || len == NULL || *len <= 0)
        return -1;
    websock_receiver_t receiver = {.header = msg_hdr, .buffer = buf, .capacity = (size_t)*len};
    int count = receive(handle, &receiver, timeout);
    if (count > 0)
        *len = count;
    return count;
}
