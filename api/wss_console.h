/* SPDX-License-Identifier: MIT */
/*
 * A console for a loop: text commands that show what its connections do. It must not know
 * where the words come from nor where the lines go.
 *
 *     state [INDEX]    state, role, peer, timers and the next events of connections
 *     stats            the user's own numbers
 *     close INDEX      begins the closing handshake
 *     trace on|off     prints every transition
 */
#ifndef WSS_CONSOLE_H
#define WSS_CONSOLE_H

#include "wss/wss.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { WSS_CONSOLE_LINE = 160 }; /* longest line, with its end */

typedef struct wss_console wss_console_t;

/* The members down to `context` are the user's. */
struct wss_console {
    const char *name; /* before the commands where they are listed: "syswss ", or "" */
    wss_loop_t *loop;
    uint32_t conn_count; /* config->conn_count */
    /* Takes one line, without an end of line. */
    void (*print)(void *context, const char *line);
    /* Prints what the user counts; NULL: nothing is counted. */
    void (*stats)(wss_console_t *console);
    /* Closes a connection; false: it is not open. */
    bool (*close)(wss_console_t *console, uint32_t index);
    void *context;
    bool tracing;
};

/* Performs a command. False: it is none, and the commands were listed. */
bool wss_console_run(wss_console_t *console, int count, const char *const *words);

/* Prints one line, as printf(). */
void wss_console_print(wss_console_t *console, const char *format, ...)
#ifdef __GNUC__
    __attribute__((format(printf, 2, 3)))
#endif
    ;

/* To be called by wss_config_t.trace: prints the transition if tracing is on. */
void wss_console_trace(wss_console_t *console, const wss_trace_t *entry);

#ifdef __cplusplus
}
#endif
#endif
