/* SPDX-License-Identifier: MIT */
/*
 * An echo server, with a page to try it, on a board without an operating system. A key on the
 * console asks for a report.
 */
#include "console.h"
#include "cpu.h"
#include "echo.h"
#include "network.h"
#include "port.h"
#include "report.h"
#include "stack.h"
#include "timer.h"
#include "uart.h"

enum { NAP_MS = 10 /* lwIP and the service have timers; theirs may be late by so much */ };

static void begin(void)
{
    SYS_WSS_CONFIG config = {.port = SYS_WSS_PORT, .isTLSEnabled = SYS_WSS_WITH_TLS};

    if (!network_begin())
        give_up("no network device");
    if (SYS_WSS_Initialize(&config, echo, NULL) == SYS_MODULE_OBJ_INVALID)
        give_up("the service does not start");
    console_print("board: listening on port %d%s\r\n", SYS_WSS_PORT,
                  SYS_WSS_WITH_TLS ? ", TLS" : "");
}

/* One turn, and sleep where it left nothing to do. */
void turn(void);

void turn(void)
{
    if (SYS_WSS_Task(0) != SYS_WSS_SUCCESS)
        give_up("the service has failed");
    if (!stack_whole())
        give_up("the stack has overflowed");
    if (uart_get() >= 0)
        report();
    if (port_busy())
        return;
    timer_alarm(NAP_MS);
    cpu_sleep();
}

int main(void)
{
    begin();
    for (;;)
        turn();
}
