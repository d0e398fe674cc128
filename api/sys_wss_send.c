/* SPDX-License-Identifier: MIT */
/*
 * What the application asks of clients: one client, or with a negative index all that are
 * connected. Each request is tried for each client on its own.
 */
#include "sys_wss_service.h"

/* A request, whichever it is. */
typedef struct request {
    wss_result_t (*perform)(wss_conn_t *conn, const struct request *request);
    const void *data;
    size_t length;
    wss_opcode_t type;
    wss_part_t part;
    uint16_t code;
} request_t;

static SYS_WSS_RESULT result_of(wss_result_t result)
{
    switch (result) {
    case WSS_OK: return SYS_WSS_SUCCESS;
    case WSS_ERR_ARGUMENT:
    case WSS_ERR_ORDER:
    case WSS_ERR_TEXT: return SYS_WSS_ERROR_INVALID_FRAME;
    default: return SYS_WSS_FAILURE;
    }
}

/* The client that is asked, or all that are connected. */
static SYS_WSS_RESULT ask_clients(const request_t *request, int32_t client)
{
    bool all = client < 0;
    SYS_WSS_RESULT result = all ? SYS_WSS_SUCCESS : SYS_WSS_FAILURE;
    for (int32_t i = 0; i < SYS_WSS_STREAMS; i++) {
        if ((!all && i != client) || !sys_wss_is_connected(i))
            continue;
        wss_result_t answer = request->perform(&sys_wss.config.conns[i], request);
        if (!all)
            return result_of(answer);
        if (answer != WSS_OK)
            result = SYS_WSS_FAILURE;
    }
    return result;
}

static SYS_WSS_RESULT ask(const request_t *request, int32_t client)
{
    if ((request->data == NULL && request->length > 0) || !sys_wss_enter())
        return SYS_WSS_FAILURE;
    SYS_WSS_RESULT result = ask_clients(request, client);
    if (result != SYS_WSS_SUCCESS)
        sys_wss_count(SYS_WSS_COUNT_REFUSED, 1);
    sys_wss_leave();
    return result;
}

/* ------------------------------------------------------------------------ requests */

static wss_result_t send_frame(wss_conn_t *conn, const request_t *request)
{
    wss_result_t result =
        wss_send(conn, request->type, request->data, request->length, request->part);
    if (result == WSS_OK) {
        sys_wss_count(SYS_WSS_COUNT_SENT, 1);
        sys_wss_count(SYS_WSS_COUNT_SENT_BYTES, (uint32_t)request->length);
    }
    return result;
}

static bool is_data(SYS_WSS_FRAME type)
{
    return type == SYS_WSS_FRAME_CONTINUATION || type == SYS_WSS_FRAME_TEXT ||
           type == SYS_WSS_FRAME_BINARY;
}

SYS_WSS_RESULT SYS_WSS_sendMessage(bool fin, SYS_WSS_FRAME type, uint8_t *data, size_t dataLen,
                                   int32_t clientIndex)
{
    const request_t request = {.perform = send_frame,
                               .data = data,
                               .length = dataLen,
                               .type = (wss_opcode_t)type,
                               .part = fin ? WSS_FINAL : WSS_MORE};
    if (!is_data(type))
        return SYS_WSS_ERROR_INVALID_FRAME;
    return dataLen <= SYS_WSS_MAX_TX_BUFFER ? ask(&request, clientIndex) : SYS_WSS_FAILURE;
}

static wss_result_t close_one(wss_conn_t *conn, const request_t *request)
{
    return wss_close(conn, request->code, request->data, request->length);
}

SYS_WSS_RESULT SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE code, uint8_t *data, size_t dataLen,
                                       int32_t clientIndex)
{
    const request_t request = {
        .perform = close_one, .data = data, .length = dataLen, .code = (uint16_t)code};
    bool possible = (int)code > 0 && (int)code <= UINT16_MAX;
    return possible ? ask(&request, clientIndex) : SYS_WSS_ERROR_INVALID_FRAME;
}

static wss_result_t ping_one(wss_conn_t *conn, const request_t *request)
{
    return wss_ping(conn, request->data, request->length);
}

SYS_WSS_RESULT SYS_WSS_PingClient(uint8_t *data, size_t dataLen, int32_t clientIndex)
{
    const request_t request = {.perform = ping_one, .data = data, .length = dataLen};
    return ask(&request, clientIndex);
}
