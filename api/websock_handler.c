/* SPDX-License-Identifier: MIT */
/*
 * The event handler of a connection: a thread that receives as anybody else, and calls the
 * handler without the monitor.
 */
#include "websock_core.h"

static void call(websock_t *self, websock_cb_event_t event, websock_msg_hdr_t *header,
                 char *payload, int len)
{
    websock_event_handler handler = self->handler;
    void *context = self->handler_context;
    websock_os_unlock(&self->monitor);
    handler(context, event, header, payload, len);
    websock_os_lock(&self->monitor);
}

/* Until the connection is over. */
static void report_data(websock_t *self)
{
    char piece[WEBSOCK_EVENT_SIZE];
    websock_msg_hdr_t header;
    int count = 0;
    while (count >= 0 && !self->closing) {
        websock_receiver_t receiver = {
            .header = &header, .buffer = piece, .capacity = sizeof piece};
        websock_no_frame(&header);
        count = websock_receive(self, &receiver, WEBSOCK_MAX_RECV_TIMEOUT);
        if (count >= 0 && header.opcode >= 0)
            call(self, WEBSOCK_CB_EVENT_DATA, &header, piece, count);
    }
}

/* Nobody else closes it: this thread does. */
static void close_by_itself(websock_t *self)
{
    self->closing = true;
    websock_finish(self);
    websock_wait_for_users(self);
    self->thread_releases = true;
}

static void run(void *context)
{
    websock_t *self = context;
    websock_msg_hdr_t none;
    websock_no_frame(&none);
    websock_os_lock(&self->monitor);
    report_data(self);
    if (!self->closing)
        call(self, WEBSOCK_CB_EVENT_ERROR, &none, NULL, 0);
    if (!self->closing)
        close_by_itself(self);
    if (self->thread_releases) {
        websock_os_detach(&self->thread);
        websock_release(self);
    } else {
        websock_os_unlock(&self->monitor);
    }
}

void websock_set_event_handler(websock_handle_t handle, websock_event_handler cb, void *cb_context)
{
    websock_t *self = cb == NULL ? NULL : websock_enter(handle);
    if (self == NULL)
        return;
    self->handler = cb;
    self->handler_context = cb_context;
    if (!self->thread_runs)
        self->thread_runs = websock_os_start(&self->thread, run, self);
    if (!self->thread_runs)
        websock_log("The event handler has no thread.", "");
    websock_leave(self);
}
