/* SPDX-License-Identifier: MIT */
/* Text comes back as text and binary as binary. */
#include "echo.h"

echo_counts_t echo_counts;

static void send_back(SYS_WSS_FRAME type, const SYS_WSS_RXDATA *message, int32_t client)
{
    if (SYS_WSS_sendMessage(1, type, message->data, (size_t)message->datalen, client) ==
        SYS_WSS_SUCCESS) {
        echo_counts.messages++;
        return;
    }
    echo_counts.refused++;
    (void)SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_INTERNAL_ERROR, NULL, 0, client);
}

void echo(SYS_WSS_EVENTS event, void *data, int32_t client, void *cookie)
{
    (void)cookie;
    switch (event) {
    case SYS_WSS_EVENT_CLIENT_CONNECTING: echo_counts.connections++; break;
    case SYS_WSS_EVENT_CLIENT_CONNECTED: echo_counts.opened++; break;
    case SYS_WSS_EVENT_CLIENT_CLOSED: echo_counts.closed++; break;
    case SYS_WSS_EVENT_CLIENT_TXT_DATA_RX: send_back(SYS_WSS_FRAME_TEXT, data, client); break;
    case SYS_WSS_EVENT_CLIENT_BIN_DATA_RX: send_back(SYS_WSS_FRAME_BINARY, data, client); break;
    default: break;
    }
}
