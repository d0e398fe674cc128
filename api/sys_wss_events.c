/* SPDX-License-Identifier: MIT */
/*
 * The engine's callbacks become events of SYS_WSS. Which report shows as which events, and
 * which event says why a connection ends, is declared in spec/wss_states.yaml under `faces`.
 */
#include "sys_wss_service.h"
#include "sys_wss_page.h"
#include "wss_faces.h"

#include <string.h>

/* -------------------------------------------------------------- to the application */

#if SYS_WSS_ENABLE_DEBUG
static void debug(int32_t client, SYS_WSS_EVENTS event)
{
    static const char *const names[] = {
        [SYS_WSS_EVENT_ERR] = "ERR",
        [SYS_WSS_EVENT_CLIENT_CONNECTING] = "CONNECTING",
        [SYS_WSS_EVENT_CLIENT_CONNECTED] = "CONNECTED",
        [SYS_WSS_EVENT_CLIENT_BIN_DATA_RX] = "BIN_DATA_RX",
        [SYS_WSS_EVENT_CLIENT_TXT_DATA_RX] = "TXT_DATA_RX",
        [SYS_WSS_EVENT_CLIENT_PING_RX] = "PING_RX",
        [SYS_WSS_EVENT_CLIENT_PONG_RX] = "PONG_RX",
        [SYS_WSS_EVENT_CLIENT_CLOSE_FRAME_RX] = "CLOSE_FRAME_RX",
        [SYS_WSS_EVENT_CLIENT_CLOSING] = "CLOSING",
        [SYS_WSS_EVENT_CLIENT_CLOSED] = "CLOSED",
        [SYS_WSS_EVENT_ERR_INVALID_FRAME] = "ERR_INVALID_FRAME",
        [SYS_WSS_EVENT_CLIENT_TIMEOUT] = "TIMEOUT",
        [SYS_WSS_EVENT_SSL_FAILED] = "SSL_FAILED",
        [SYS_WSS_EVENT_SOCK_OPEN_FAILED] = "SOCK_OPEN_FAILED",
        [SYS_WSS_EVENT_LL_INTF_DOWN] = "LL_INTF_DOWN",
        [SYS_WSS_EVENT_LL_INTF_UP] = "LL_INTF_UP",
    };
    SYS_CONSOLE_PRINT("SYS_WSS(%d): %s\r\n", (int)client, names[event]);
}
#else
static void debug(int32_t client, SYS_WSS_EVENTS event)
{
    (void)client, (void)event;
}
#endif

void sys_wss_raise(int32_t client, SYS_WSS_EVENTS event, void *data)
{
    sys_wss_port_lock();
    SYS_WSS_CALLBACK callback = sys_wss.callback;
    void *cookie = sys_wss.cookie;
    sys_wss_port_unlock();
    debug(client, event);
    if (callback != NULL)
        callback(event, data, client, cookie);
}

static int32_t client_of(const wss_conn_t *conn)
{
    return (int32_t)wss_index(conn);
}

bool sys_wss_is_connected(int32_t client)
{
    sys_wss_port_lock();
    bool connected = g_wssSrvcObj[client].wssState == SYS_WSS_STATE_CONNECTED;
    sys_wss_port_unlock();
    return connected;
}

/* False: within a callback, or by another task, the connection has ended meanwhile. */
static bool follows(SYS_WSS_STATE state, SYS_WSS_STATE before)
{
    switch (state) {
    case SYS_WSS_STATE_CONNECTED: return before == SYS_WSS_STATE_CONNECTING;
    case SYS_WSS_STATE_CLOSING: return before == SYS_WSS_STATE_CONNECTED;
    default: return true;
    }
}

static void raise_state(wss_conn_t *conn, SYS_WSS_STATE state, SYS_WSS_EVENTS event)
{
    int32_t client = client_of(conn);
    sys_wss_port_lock();
    bool comes = follows(state, g_wssSrvcObj[client].wssState);
    if (comes)
        g_wssSrvcObj[client].wssState = state;
    if (state == SYS_WSS_STATE_CONNECTING)
        sys_wss.told[client] = false;
    sys_wss_port_unlock();
    if (comes)
        sys_wss_raise(client, event, NULL);
}

static void raise_bytes(wss_conn_t *conn, SYS_WSS_EVENTS event, uint8_t *bytes, size_t length)
{
    SYS_WSS_RXDATA data = {.data = bytes, .datalen = (int64_t)length};
    sys_wss_raise(client_of(conn), event, &data);
}

/* Tells why the connection ends, unless somebody was told already. */
static void raise_cause(wss_conn_t *conn, wss_reason_t cause)
{
    static const uint8_t events[WSS_REASON_COUNT] = {WSS_SYS_WSS_CAUSES};
    int32_t client = client_of(conn);
    if (sys_wss_set(&sys_wss.told[client], true) != 0 || events[cause] == 0)
        return;
    sys_wss_count(SYS_WSS_COUNT_ERRORS, 1);
    sys_wss_raise(client, (SYS_WSS_EVENTS)(events[cause] - 1), NULL);
}

/* ----------------------------------------------------------- the engine's callbacks */

static void on_connecting(wss_conn_t *conn)
{
#ifdef SYS_WSS_PAGE
    sys_wss_page_begin(conn);
#endif
    sys_wss_count(SYS_WSS_COUNT_CONNECTIONS, 1);
    raise_state(conn, SYS_WSS_STATE_CONNECTING, SYS_WSS_EVENT_CLIENT_CONNECTING);
}

static void on_open(wss_conn_t *conn)
{
    sys_wss_count(SYS_WSS_COUNT_OPENED, 1);
    raise_state(conn, SYS_WSS_STATE_CONNECTED, SYS_WSS_EVENT_CLIENT_CONNECTED);
}

static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    bool text = data->type == WSS_OPCODE_TEXT;
    sys_wss_count(SYS_WSS_COUNT_RECEIVED, 1);
    sys_wss_count(SYS_WSS_COUNT_RECEIVED_BYTES, (uint32_t)data->length);
    raise_bytes(conn, text ? SYS_WSS_EVENT_CLIENT_TXT_DATA_RX : SYS_WSS_EVENT_CLIENT_BIN_DATA_RX,
                data->bytes, data->length);
    return WSS_OK;
}

/* A copy, which the application may change. Control frames are read by one task alone, and
 * none within the callback for another. */
static void raise_control(wss_conn_t *conn, SYS_WSS_EVENTS event, const uint8_t *bytes,
                          size_t length)
{
    if (length > 0)
        memcpy(sys_wss.control, bytes, length);
    raise_bytes(conn, event, sys_wss.control, length);
}

static void on_ping(wss_conn_t *conn, const uint8_t *bytes, size_t length)
{
    sys_wss_count(SYS_WSS_COUNT_PINGS, 1);
    raise_control(conn, SYS_WSS_EVENT_CLIENT_PING_RX, bytes, length);
}

static void on_pong(wss_conn_t *conn, const uint8_t *bytes, size_t length)
{
    raise_control(conn, SYS_WSS_EVENT_CLIENT_PONG_RX, bytes, length);
}

/* The payload of the peer's Close frame (RFC 6455, 5.5.1). */
static void raise_close_frame(wss_conn_t *conn, const wss_closure_t *closure)
{
    uint8_t *payload = sys_wss.control;
    size_t length = closure->code == WSS_CLOSE_NO_STATUS ? 0 : SYS_WSS_STATUS_CODE_LEN;
    payload[0] = (uint8_t)(closure->code >> 8);
    payload[1] = (uint8_t)closure->code;
    if (closure->text_length > 0)
        memcpy(payload + SYS_WSS_STATUS_CODE_LEN, closure->text, closure->text_length);
    raise_bytes(conn, SYS_WSS_EVENT_CLIENT_CLOSE_FRAME_RX, payload, length + closure->text_length);
}

static void on_closing(wss_conn_t *conn, const wss_closure_t *closure)
{
    raise_cause(conn, closure->cause);
    if (closure->by_peer && sys_wss_is_connected(client_of(conn)))
        raise_close_frame(conn, closure);
    raise_state(conn, SYS_WSS_STATE_CLOSING, SYS_WSS_EVENT_CLIENT_CLOSING);
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    raise_cause(conn, closure->cause);
    sys_wss_count(SYS_WSS_COUNT_CLOSED, 1);
    sys_wss_network_lost(closure);
    raise_state(conn, SYS_WSS_STATE_CLOSED, SYS_WSS_EVENT_CLIENT_CLOSED);
}

const wss_handler_t sys_wss_handler = {
    .on_connecting = on_connecting,
#ifdef SYS_WSS_PAGE
    .on_head = sys_wss_page_head,
    .on_page = sys_wss_page_show,
#endif
    .on_open = on_open,
    .on_data = on_data,
    .on_ping = on_ping,
    .on_pong = on_pong,
    .on_closing = on_closing,
    .on_closed = on_closed,
};
