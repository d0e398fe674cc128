/* SPDX-License-Identifier: MIT */
/*
 * An echo server on the SYS_WSS interface: prints every event and sends back text as text
 * and binary as binary. The port is the first argument, or SYS_WSS_PORT.
 */
#define _POSIX_C_SOURCE 200809L
#include "sys_wss.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void tell(int32_t client, const char *what)
{
    SYS_CONSOLE_PRINT("client %d: %s\r\n", (int)client, what);
}

static void echo(SYS_WSS_FRAME type, const SYS_WSS_RXDATA *message, int32_t client)
{
    size_t length = (size_t)message->datalen;
    SYS_CONSOLE_PRINT("client %d: %lu bytes\r\n", (int)client, (unsigned long)length);
    if (SYS_WSS_sendMessage(1, type, message->data, length, client) != SYS_WSS_SUCCESS)
        tell(client, "not echoed");
}

static void on_event(SYS_WSS_EVENTS event, void *data, int32_t client, void *cookie)
{
    (void)cookie;
    switch (event) {
    case SYS_WSS_EVENT_CLIENT_CONNECTING: tell(client, "connecting"); break;
    case SYS_WSS_EVENT_CLIENT_CONNECTED: tell(client, "connected"); break;
    case SYS_WSS_EVENT_CLIENT_TXT_DATA_RX: echo(SYS_WSS_FRAME_TEXT, data, client); break;
    case SYS_WSS_EVENT_CLIENT_BIN_DATA_RX: echo(SYS_WSS_FRAME_BINARY, data, client); break;
    case SYS_WSS_EVENT_CLIENT_PING_RX: tell(client, "ping"); break;
    case SYS_WSS_EVENT_CLIENT_PONG_RX: tell(client, "pong"); break;
    case SYS_WSS_EVENT_CLIENT_CLOSE_FRAME_RX: tell(client, "close frame"); break;
    case SYS_WSS_EVENT_CLIENT_CLOSING: tell(client, "closing"); break;
    case SYS_WSS_EVENT_CLIENT_CLOSED: tell(client, "closed"); break;
    case SYS_WSS_EVENT_ERR: tell(client, "error"); break;
    case SYS_WSS_EVENT_ERR_INVALID_FRAME: tell(client, "invalid frame"); break;
    case SYS_WSS_EVENT_CLIENT_TIMEOUT: tell(client, "timeout"); break;
    case SYS_WSS_EVENT_SSL_FAILED: tell(client, "TLS failed"); break;
    case SYS_WSS_EVENT_SOCK_OPEN_FAILED: tell(client, "no socket"); break;
    case SYS_WSS_EVENT_LL_INTF_DOWN: tell(client, "link down"); break;
    case SYS_WSS_EVENT_LL_INTF_UP: tell(client, "link up"); break;
    }
}

static int fail(const char *why)
{
    fprintf(stderr, "sys_wss_server: %s\n", why);
    return 1;
}

int main(int argc, char *argv[])
{
    static char lines[512]; /* else stdio would use the heap */
    const struct timespec pause = {.tv_nsec = SYS_WSS_RTOS_TASK_DELAY * 1000000L};
    SYS_WSS_CONFIG config = {.isTLSEnabled = SYS_WSS_ENABLE_TLS};
    unsigned long port = argc > 1 ? strtoul(argv[1], NULL, 10) : SYS_WSS_PORT;
    config.port = (unsigned)port;
    (void)setvbuf(stdout, lines, _IOLBF, sizeof lines);
    if (port < 1 || port > 65535)
        return fail("the port is a number from 1 to 65535");

    SYS_MODULE_OBJ service = SYS_WSS_Initialize(&config, NULL, NULL);
    if (service == SYS_MODULE_OBJ_INVALID || SYS_WSS_register_callback(on_event, NULL) != 0)
        return fail("the service does not start");
    for (;;) {
        (void)SYS_WSS_Task(service);
        (void)nanosleep(&pause, NULL);
    }
}
