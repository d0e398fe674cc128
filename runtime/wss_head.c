/* SPDX-License-Identifier: MIT */
/*
 * What the heads of requests and responses have in common: their limits, and the way of
 * their pieces to the application. What a head means is not known here.
 */
#include "wss_head.h"

const char *const wss_head_words[] = {
    [WSS_HEAD_UPGRADE] = "upgrade", [WSS_HEAD_WEBSOCKET] = "websocket", [WSS_HEAD_VERSION] = "13"};

static uint16_t limit(uint32_t value, uint32_t standard)
{
    uint32_t chosen = value == 0 ? standard : value;
    return (uint16_t)(chosen < UINT16_MAX ? chosen : UINT16_MAX);
}

/* The limit on the request line does not count the CRLF that ends it. */
wss_scan_limits_t wss_head_limits(const wss_config_t *config)
{
    wss_scan_limits_t limits = {
        .line = limit(config->max_request_line, WSS_CFG_MAX_REQUEST_LINE),
        .head = limit(config->max_head, WSS_CFG_MAX_HEAD),
        .fields = limit(config->max_fields, WSS_CFG_MAX_FIELDS),
    };
    limits.line = limit((uint32_t)limits.line + 2, 0);
    return limits;
}

bool wss_head_tell_now(wss_conn_t *conn, wss_head_part_t part, const uint8_t *bytes,
                       uint32_t length)
{
    wss_loop_t *loop = conn->loop;
    uint16_t life = conn->life;
    wss_head_t piece = {.part = part, .bytes = (const char *)bytes, .length = length};
    wss_leave(loop);
    wss_handler_of(conn)->on_head(conn, &piece);
    wss_enter(loop);
    return conn->life == life && wss_input(conn) == WSS_INPUT_HTTP;
}

uint32_t wss_head_read(wss_conn_t *conn, const uint8_t *bytes, uint32_t length, unsigned *event)
{
    *event = WSS_EV_COUNT;
#if WSS_CFG_CLIENT
    if (wss_is_client(conn))
        return wss_response_read(conn, bytes, length, event);
#endif
#if WSS_CFG_SERVER
    return wss_request_read(conn, bytes, length, event);
#else
    (void)bytes;
    return length;
#endif
}
