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

/* As index_of(); says what is none. */
static uint32_t asked_index(wss_console_t *console, const char *word)
{
    uint32_t last = console->conn_count - 1u;
    uint32_t index = index_of(console, word);
    if (index > last)
        wss_console_print(console, "\"%.40s\" is not an index: they are 0 to %lu", word,
                          (unsigned long)last);
    return index;
}

static bool run_state(wss_console_t *console, const char *word)
{
    if (word == NULL) {
        show_all(console);
        return true;
    }
    uint32_t index = asked_index(console, word);
    if (index == console->conn_count)
        return false;
    if (!show(console, index))
        wss_console_print(console, "%lu: free", (unsigned long)index);
    return true;
}

static bool run_stats(wss_console_t *console, const char *word)
{
    (void)word;
    if (console->stats == NULL)
        wss_console_print(console, "nothing is counted");
    else
        console->stats(console);
    return true;
}

static bool run_close(wss_console_t *console, const char *word)
{
    uint32_t index = asked_index(console, word);
    if (index == console->conn_count)
        return false;
    if (!console->close(console, index))
        wss_console_print(console, "%lu: not open", (unsigned long)index);
    return true;
}

static bool run_trace(wss_console_t *console, const char *word)
{
    bool on = strcmp(word, "on") == 0;
    if (!on && strcmp(word, "off") != 0) {
        wss_console_print(console, "\"%.40s\" is neither on nor off", word);
        return false;
    }
    console->tracing = on;
    return true;
}

typedef struct command {
    const char *word;
    const char *argument; /* or "" */
    const char *help;
    bool optional; /* the argument may be missing: then run() gets NULL */
    bool (*run)(wss_console_t *console, const char *word);
} command_t;

static const command_t commands[] = {
    {"state", "[INDEX]", "connections: state, peer, timers, next events", true, run_state},
    {"stats", "", "what was counted", true, run_stats},
    {"close", "INDEX", "begins the closing handshake", false, run_close},
    {"trace", "on|off", "prints every transition", false, run_trace},
};

enum { COMMANDS = sizeof commands / sizeof commands[0] };

static bool run(wss_console_t *console, const command_t *command, int count,
                const char *const *words)
{
    int most = command->argument[0] != '\0' ? 2 : 1;
    if (count > most) {
        wss_console_print(console, "\"%.40s\" is too much", words[most]);
        return false;
    }
    if (count < most && !command->optional) {
        wss_console_print(console, "%s: %s has to follow", command->word, command->argument);
        return false;
    }
    return command->run(console, count > 1 ? words[1] : NULL);
}

static bool run_named(wss_console_t *console, int count, const char *const *words)
{
    for (unsigned i = 0; i < COMMANDS; i++)
        if (strcmp(words[0], commands[i].word) == 0)
            return run(console, &commands[i], count, words);
    if (strcmp(words[0], "help") != 0)
        wss_console_print(console, "\"%.40s\" is not a command", words[0]);
    return false;
}

bool wss_console_run(wss_console_t *console, int count, const char *const *words)
{
    if (count > 0 && run_named(console, count, words))
        return true;
    for (unsigned i = 0; i < COMMANDS; i++)
        wss_console_print(console, "%s%s %-7s  %s", console->name, commands[i].word,
                          commands[i].argument, commands[i].help);
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
