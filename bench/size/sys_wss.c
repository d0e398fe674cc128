/* SPDX-License-Identifier: MIT */
/*
 * A small program on the SYS_WSS interface, which calls each of its functions, as measure/ links
 * it: text comes back as text, an empty message closes. The service's port is left open.
 */
#include "sys_wss.h"

static void on_event(SYS_WSS_EVENTS event, void *data, int32_t client, void *cookie)
{
    const SYS_WSS_RXDATA *message = data;
    (void)cookie;
    if (event == SYS_WSS_EVENT_CLIENT_CONNECTED)
        (void)SYS_WSS_PingClient(NULL, 0, client);
    if (event != SYS_WSS_EVENT_CLIENT_TXT_DATA_RX)
        return;
    if (message->datalen > 0)
        (void)SYS_WSS_sendMessage(1, SYS_WSS_FRAME_TEXT, message->data, (size_t)message->datalen,
                                  client);
    else
        (void)SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_NORMAL_CLOSURE, NULL, 0, client);
}

int run_sys_wss(void);

int run_sys_wss(void)
{
    SYS_MODULE_OBJ service = SYS_WSS_Initialize(NULL, NULL, NULL);
    if (service == SYS_MODULE_OBJ_INVALID ||
        SYS_WSS_register_callback(on_event, NULL) != SYS_WSS_SUCCESS)
        return 1;
    while (SYS_WSS_Task(service) == SYS_WSS_SUCCESS)
        continue;
    SYS_WSS_Deinitialize();
    return 0;
}
