<#-- SPDX-License-Identifier: MIT -->
/* SPDX-License-Identifier: MIT */
/*
 * An application to begin with: says hello and sends back what comes. This file is written once;
 * your changes to it stay.
 */
#include "app_wss.h"

#include "definitions.h"

static void say(int32_t client, SYS_WSS_FRAME type, uint8_t *data, size_t length)
{
    if (SYS_WSS_sendMessage(true, type, data, length, client) != SYS_WSS_SUCCESS)
        SYS_CONSOLE_PRINT("WSS %d: not sent\r\n", (int)client);
}

/* Called by SYS_WSS_Task(). `data` is valid until it returns. */
static void on_event(SYS_WSS_EVENTS event, void *data, int32_t client, void *cookie)
{
    const SYS_WSS_RXDATA *message = (const SYS_WSS_RXDATA *)data;
<#if SYS_WSS_MODE == "CLIENT">
    static uint8_t hello[] = "hello";
</#if>

    (void)cookie;
    switch (event) {
    case SYS_WSS_EVENT_CLIENT_CONNECTED:
        SYS_CONSOLE_PRINT("WSS %d: connected\r\n", (int)client);
<#if SYS_WSS_MODE == "CLIENT">
        say(client, SYS_WSS_FRAME_TEXT, hello, sizeof hello - 1);
</#if>
        break;
    case SYS_WSS_EVENT_CLIENT_TXT_DATA_RX:
        say(client, SYS_WSS_FRAME_TEXT, message->data, (size_t)message->datalen);
        break;
    case SYS_WSS_EVENT_CLIENT_BIN_DATA_RX:
        say(client, SYS_WSS_FRAME_BINARY, message->data, (size_t)message->datalen);
        break;
    case SYS_WSS_EVENT_CLIENT_CLOSED:
        SYS_CONSOLE_PRINT("WSS %d: closed\r\n", (int)client);
        break;
    case SYS_WSS_EVENT_CLIENT_TIMEOUT:
        SYS_CONSOLE_PRINT("WSS %d: timeout\r\n", (int)client);
        break;
    case SYS_WSS_EVENT_ERR_INVALID_FRAME:
    case SYS_WSS_EVENT_ERR:
        SYS_CONSOLE_PRINT("WSS %d: error\r\n", (int)client);
        break;
    case SYS_WSS_EVENT_SSL_FAILED:
        SYS_CONSOLE_PRINT("WSS %d: TLS failed\r\n", (int)client);
        break;
    case SYS_WSS_EVENT_SOCK_OPEN_FAILED:
        SYS_CONSOLE_PRINT("WSS %d: no socket\r\n", (int)client);
        break;
    case SYS_WSS_EVENT_CLIENT_CONNECTING:
    case SYS_WSS_EVENT_CLIENT_PING_RX:
    case SYS_WSS_EVENT_CLIENT_PONG_RX:
    case SYS_WSS_EVENT_CLIENT_CLOSE_FRAME_RX:
    case SYS_WSS_EVENT_CLIENT_CLOSING:
    case SYS_WSS_EVENT_LL_INTF_DOWN:
    case SYS_WSS_EVENT_LL_INTF_UP:
        break;
    }
}

void APP_WSS_Initialize(void)
{
    (void)SYS_WSS_register_callback(on_event, NULL);
}
