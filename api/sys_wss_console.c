/* SPDX-License-Identifier: MIT */
/* The console of the SYS_WSS service: see sys_wss_console.h. */
#include "sys_wss_console.h"

#include "sys_wss_service.h"

#if SYS_WSS_ENABLE_CONSOLE

#include "wss_console.h"

#include <string.h>

#if !WSS_CFG_NAMES
#error "SYS_WSS_ENABLE_CONSOLE needs WSS_CFG_NAMES"
#endif

/* Under the port's lock. */
static wss_console_t tracer; /* the console that said `trace on` */
static uint32_t counters[SYS_WSS_STATS];

/* Comes with the engine's lock held. */
void sys_wss_trace(void *context, const wss_trace_t *entry)
{
    (void)context;
    sys_wss_port_lock();
    wss_console_t console = tracer;
    sys_wss_port_unlock();
    wss_console_trace(&console, entry);
}

static bool is_traced(void)
{
    sys_wss_port_lock();
    bool traced = tracer.tracing;
    sys_wss_port_unlock();
    return traced;
}

static void set_tracer(const wss_console_t *console)
{
    sys_wss_port_lock();
    tracer = *console;
    sys_wss_port_unlock();
}

void sys_wss_count(sys_wss_stat_t stat, uint32_t more)
{
    sys_wss_port_lock();
    counters[stat] += more;
    sys_wss_port_unlock();
}

void sys_wss_count_anew(void)
{
    sys_wss_port_lock();
    memset(counters, 0, sizeof counters);
    sys_wss_port_unlock();
}

static void show_stats(wss_console_t *console)
{
    unsigned long count[SYS_WSS_STATS];
    sys_wss_port_lock();
    for (unsigned i = 0; i < SYS_WSS_STATS; i++)
        count[i] = counters[i];
    sys_wss_port_unlock();
    wss_console_print(console, "connections %lu, opened %lu, closed %lu, errors %lu",
                      count[SYS_WSS_STAT_CONNECTIONS], count[SYS_WSS_STAT_OPENED],
                      count[SYS_WSS_STAT_CLOSED], count[SYS_WSS_STAT_ERRORS]);
    wss_console_print(console, "received %lu messages of %lu bytes, %lu pings",
                      count[SYS_WSS_STAT_RECEIVED], count[SYS_WSS_STAT_RECEIVED_BYTES],
                      count[SYS_WSS_STAT_PINGS]);
    wss_console_print(console, "sent %lu frames of %lu bytes, %lu calls refused",
                      count[SYS_WSS_STAT_SENT], count[SYS_WSS_STAT_SENT_BYTES],
                      count[SYS_WSS_STAT_REFUSED]);
}

static bool close_client(wss_console_t *console, uint32_t index)
{
    (void)console;
    return SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_NORMAL_CLOSURE, NULL, 0, (int32_t)index) ==
           SYS_WSS_SUCCESS;
}

bool sys_wss_console(int count, const char *const *words,
                     void (*print)(void *context, const char *line), void *context)
{
    wss_console_t console = {.name = "syswss ",
                             .loop = &sys_wss.loop,
                             .conn_count = SYS_WSS_STREAMS,
                             .print = print,
                             .stats = show_stats,
                             .close = close_client,
                             .context = context,
                             .tracing = is_traced()};
    if (!sys_wss_enter())
        return false;
    bool done = wss_console_run(&console, count, words);
    if (console.tracing != is_traced())
        set_tracer(&console);
    sys_wss_leave();
    return done;
}

#endif
