/* SPDX-License-Identifier: MIT */
/*
 * The body of a response without an upgrade: goes out as there is room, from memory or as
 * the application supplies it.
 */
#include "wss_reply.h"

#if WSS_CFG_SERVER

/* The application's piece of a body. False: the connection is gone, or will be. */
static bool send_asked(wss_conn_t *conn, uint32_t most)
{
    wss_response_t *response = &conn->u.response;
    wss_loop_t *loop = conn->loop;
    uint16_t life = conn->life;
    uint8_t buffer[WSS_CFG_SMALL ? 32 : 128];
    size_t capacity = most < sizeof buffer ? most : sizeof buffer;

    wss_leave(loop);
    size_t count = response->read(response->read_context, response->offset, buffer, capacity);
    wss_enter(loop);
    if (conn->life != life)
        return false;
    if (count == 0 || count > capacity) {
        wss_conn_lose(conn);
        return false;
    }
    response->offset += (uint32_t)count;
    return wss_put(conn, buffer, count);
}

static bool send_given(wss_conn_t *conn, uint32_t count)
{
    wss_response_t *response = &conn->u.response;
    const uint8_t *from = response->body + response->offset;
    response->offset += count;
    return wss_put(conn, from, count);
}

void wss_body_continue(wss_conn_t *conn)
{
    wss_response_t *response = &conn->u.response;
    const wss_length_t before = response->offset;
    const uint32_t budget = conn->loop->config->hal->send_room;
    while (response->offset < response->length) {
        uint32_t room = wss_room(conn);
        wss_length_t left = response->length - response->offset;
        uint32_t most = left < room ? (uint32_t)left : room;
        if (room == 0 || response->offset - before >= budget) {
            wss_want_write(conn, true);
            return;
        }
        if (!(response->read != NULL ? send_asked(conn, most) : send_given(conn, most)))
            return;
    }
    wss_want_write(conn, false);
    (void)wss_step(conn, WSS_EV_RESPONSE_SENT, NULL);
}
#endif
