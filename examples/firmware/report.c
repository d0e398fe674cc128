/* SPDX-License-Identifier: MIT */
/* Asks everybody for figures. */
#include "report.h"
#include "console.h"
#include "echo.h"
#include "network.h"
#include "stack.h"
#include "timer.h"

#if SYS_WSS_WITH_TLS
#include "wss_tls_pool.h"
#endif

static unsigned long pool_used(void)
{
#if SYS_WSS_WITH_TLS
    return wss_tls_pool_marks().most;
#else
    return 0;
#endif
}

void report(void)
{
    console_print(
        "board: %lu s, connections %lu, opened %lu, closed %lu, messages %lu, refused %lu, ",
        (unsigned long)(timer_now() / 1000), (unsigned long)echo_counts.connections,
        (unsigned long)echo_counts.opened, (unsigned long)echo_counts.closed,
        (unsigned long)echo_counts.messages, (unsigned long)echo_counts.refused);
    console_print("stack %lu of %lu, pool %lu of %lu, buffers %u of %u\r\n",
                  (unsigned long)stack_used(), (unsigned long)stack_size(), pool_used(),
                  (unsigned long)SYS_WSS_TLS_POOL, network_buffers_used(), network_buffers());
}
