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

static wss_console_t tracer; /* the console that said `trace on`; under the port's lock */

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

/* A console that said `trace on` or `trace off` traces, or nobody does. */
static void trace_to(const wss_console_t *console)
{
    sys_wss_port_lock();
    if (console->tracing != tracer.tracing)
        tracer = *console;
    sys_wss_port_unlock();
}

/* ----------------------------------------------------------------- what is counted */

static uint32_t counts[SYS_WSS_COUNTERS]; /* under the port's lock */

void sys_wss_count(sys_wss_counter_t counter, uint32_t more)
{
    sys_wss_port_lock();
    counts[counter] += more;
    sys_wss_port_unlock();
}

void sys_wss_count_anew(void)
{
    sys_wss_port_lock();
    memset(counts, 0, sizeof counts);
    sys_wss_port_unlock();
}

static void show_stats(wss_console_t *console)
{
    unsigned long now[SYS_WSS_COUNTERS];
    sys_wss_port_lock();
    for (unsigned i = 0; i < SYS_WSS_COUNTERS; i++)
        now[i] = counts[i];
    sys_wss_port_unlock();
    wss_console_print(console, "connections %lu, opened %lu, closed %lu, errors %lu",
                      now[SYS_WSS_COUNT_CONNECTIONS], now[SYS_WSS_COUNT_OPENED],
                      now[SYS_WSS_COUNT_CLOSED], now[SYS_WSS_COUNT_ERRORS]);
    wss_console_print(console, "received %lu messages of %lu bytes, %lu pings",
                      now[SYS_WSS_COUNT_RECEIVED], now[SYS_WSS_COUNT_RECEIVED_BYTES],
                      now[SYS_WSS_COUNT_PINGS]);
    wss_console_print(console, "sent %lu frames of %lu bytes, %lu calls refused",
                      now[SYS_WSS_COUNT_SENT], now[SYS_WSS_COUNT_SENT_BYTES],
                      now[SYS_WSS_COUNT_REFUSED]);
}

/* -------------------------------------------------------------------- commands */

static bool close_client(wss_console_t *console, uint32_t index)
{
    (void)console;
    bool closes = sys_wss_is_connected((int32_t)index) &&
                  wss_close(&sys_wss.config.conns[index], WSS_CLOSE_NORMAL, NULL, 0) == WSS_OK;
    if (!closes)
        sys_wss_count(SYS_WSS_COUNT_REFUSED, 1);
    return closes;
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
                             .context = context};
    console.tracing = is_traced();
    if (!sys_wss_enter())
        return false;
    bool done = wss_console_run(&console, count, words);
    trace_to(&console);
    sys_wss_leave();
    return done;
}

#endif
