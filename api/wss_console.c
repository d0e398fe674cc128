/* SPDX-License-Identifier: MIT */
/* A console for a loop: see wss_console.h. */
#include "wss_console.h"

#include "wss/wss_inspect.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#if WSS_CFG_NAMES

/* clang-tidy 14 takes the va_list of vsnprintf() for uninitialised. */

/* A line that is being put together; what does not fit is left out. */
typedef struct line {
    char text[WSS_CONSOLE_LINE];
    size_t length;
} line_t;

#ifdef __GNUC__
__attribute__((format(printf, 2, 3)))
#endif
static void
add(line_t *line, const char *format, ...)
{
    size_t room = sizeof line->text - line->length;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line->text + line->length, room, format, arguments); /* NOLINT */
    va_end(arguments);
    if (length > 0)
        line->length += (size_t)length < room ? (size_t)length : room - 1;
}

void wss_console_print(wss_console_t *console, const char *format, ...)
{
    char text[WSS_CONSOLE_LINE];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments); /* NOLINT */
    va_end(arguments);
    console->print(console->context, text);
}

/* ---------------------------------------------------------------------------- state */

static void show_timers(wss_console_t *console, const wss_inspection_t *it)
{
    line_t line = {.length = 0};
    add(&line, "  timers:");
    for (unsigned timer = 0; timer < WSS_TIMER_COUNT; timer++)
        if (it->left[timer] != WSS_FOREVER)
            add(&line, " %s %lu ms", wss_timer_name(timer), (unsigned long)it->left[timer]);
    console->print(console->context, line.text);
}

/* The longest list fits a line. */
static void show_events(wss_console_t *console, const wss_inspection_t *it)
{
    line_t line = {.length = 0};
    add(&line, "  next:");
    for (unsigned i = 0; wss_inspect_event(it, i) != NULL; i++)
        add(&line, " %s", wss_inspect_event(it, i));
    console->print(console->context, line.text);
}

/* False: there is no connection. */
static bool show(wss_console_t *console, uint32_t index)
{
    wss_inspection_t it;
    if (!wss_inspect(console->loop, index, &it))
        return false;
    wss_console_print(console, "%lu: %s, %s in %s, peer %s, %llu bytes of frames received",
                      (unsigned long)index, wss_public_state_name(it.public_state), it.machine,
                      it.state, it.peer, (unsigned long long)it.received);
    if (it.cause != WSS_REASON_NONE)
        wss_console_print(console, "  ends: %s", wss_reason_name(it.cause));
    show_timers(console, &it);
    show_events(console, &it);
    return true;
}

static void show_all(wss_console_t *console)
{
    uint32_t free = 0;
    for (uint32_t i = 0; i < console->conn_count; i++)
        if (!show(console, i))
            free++;
    wss_console_print(console, "%lu of %lu free", (unsigned long)free,
                      (unsigned long)console->conn_count);
}

/* ------------------------------------------------------------------------- commands */

/* A slot's number; conn_count: it is none. */
static uint32_t index_of(const wss_console_t *console, const char *word)
{
    uint32_t index = 0;
    size_t length = strlen(word);
    if (length == 0 || length > 5 || strspn(word, "0123456789") != length)
        return console->conn_count;
    for (; *word != '\0'; word++)
        index = index * 10 + (uint32_t)(*word - '0');
    return index < console->conn_count ? index : console->conn_count;
}

static bool run_state(wss_console_t *console, int count, const char *const *words)
{
    if (count == 1) {
        show_all(console);
        return true;
    }
    uint32_t index = index_of(console, words[1]);
    if (count > 2 || index == console->conn_count)
        return false;
    if (!show(console, index))
        wss_console_print(console, "%lu: free", (unsigned long)index);
    return true;
}

static bool run_stats(wss_console_t *console, int count, const char *const *words)
{
    (void)words;
    if (count > 1 || console->stats == NULL)
        return false;
    console->stats(console);
    return true;
}

static bool run_close(wss_console_t *console, int count, const char *const *words)
{
    uint32_t index = count == 2 ? index_of(console, words[1]) : console->conn_count;
    if (index == console->conn_count)
        return false;
    if (!console->close(console, index))
        wss_console_print(console, "%lu: not open", (unsigned long)index);
    return true;
}

static bool run_trace(wss_console_t *console, int count, const char *const *words)
{
    bool on = count == 2 && strcmp(words[1], "on") == 0;
    if (!on && (count != 2 || strcmp(words[1], "off") != 0))
        return false;
    console->tracing = on;
    return true;
}

typedef struct command {
    const char *word;
    const char *arguments;
    bool (*run)(wss_console_t *console, int count, const char *const *words);
} command_t;

static const command_t commands[] = {
    {"state", " [INDEX]", run_state},
    {"stats", "", run_stats},
    {"close", " INDEX", run_close},
    {"trace", " on|off", run_trace},
};

enum { COMMANDS = sizeof commands / sizeof commands[0] };

bool wss_console_run(wss_console_t *console, int count, const char *const *words)
{
    for (unsigned i = 0; count > 0 && i < COMMANDS; i++)
        if (strcmp(words[0], commands[i].word) == 0 && commands[i].run(console, count, words))
            return true;
    for (unsigned i = 0; i < COMMANDS; i++)
        wss_console_print(console, "%s%s%s", console->name, commands[i].word,
                          commands[i].arguments);
    return false;
}

void wss_console_trace(wss_console_t *console, const wss_trace_t *entry)
{
    wss_trace_names_t names;
    if (!console->tracing)
        return;
    wss_trace_names(entry, &names);
    wss_console_print(console, "%lu %u: %s in %s: %s, then %s (line %u)", (unsigned long)entry->now,
                      (unsigned)entry->conn, names.machine, names.from, names.event, names.to,
                      names.line);
}

#endif
