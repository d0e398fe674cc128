/* SPDX-License-Identifier: MIT */
/* A console for a loop: see wss_console.h. */
#include "wss_console.h"

#include "wss/wss_inspect.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#if WSS_CFG_NAMES

void wss_console_print(wss_console_t *console, const char *format, ...)
{
    char text[WSS_CONSOLE_LINE];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments); /* NOLINT: va_list, to clang-tidy 14 */
    va_end(arguments);
    console->print(console->context, text);
}

/* ---------------------------------------------------------------------------- state */

/* A list that is being put together; what does not fit is left out. */
typedef struct list {
    char text[WSS_CONSOLE_LINE];
    size_t length;
} list_t;

/* The end of a list, and the room that it has. */
static char *end_of(list_t *list)
{
    return list->text + list->length;
}

static size_t room_of(const list_t *list)
{
    return sizeof list->text - list->length;
}

static void grow(list_t *list, int written)
{
    size_t room = room_of(list);
    if (written > 0)
        list->length += (size_t)written < room ? (size_t)written : room - 1;
}

/* Where `left` are given, the name of a timer; otherwise that of an event. NULL: no more. */
static const char *item(const wss_inspection_t *it, const uint32_t *left, unsigned number)
{
    if (left == NULL)
        return wss_inspect_event(it, number);
    return number < WSS_TIMER_COUNT ? wss_timer_name(number) : NULL;
}

/* The longest one fits a line. */
static void show_list(wss_console_t *console, const char *head, const wss_inspection_t *it,
                      const uint32_t *left)
{
    const char *name;
    list_t list = {.length = 0};
    grow(&list, snprintf(list.text, sizeof list.text, "  %s:", head));
    for (unsigned i = 0; (name = item(it, left, i)) != NULL; i++)
        if (left == NULL)
            grow(&list, snprintf(end_of(&list), room_of(&list), " %s", name));
        else if (left[i] != WSS_FOREVER)
            grow(&list, snprintf(end_of(&list), room_of(&list), " %s %lu ms", name,
                                 (unsigned long)left[i]));
    console->print(console->context, list.text);
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
    show_list(console, "timers", &it, it.left);
    show_list(console, "next", &it, NULL);
    return true;
}

/* ------------------------------------------------------------------------- commands */

/* Lists them. Returns false: what was asked for is not among them. */
static bool list_commands(wss_console_t *console);

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
    uint32_t index = word == NULL ? 0 : asked_index(console, word);
    const uint32_t end = word == NULL ? console->conn_count : index + 1;
    uint32_t free = 0;
    if (end > console->conn_count)
        return list_commands(console);
    for (; index < end; index++)
        if (!show(console, index))
            free++;
    if (word == NULL)
        wss_console_print(console, "%lu of %lu free", (unsigned long)free, (unsigned long)end);
    else if (free > 0)
        wss_console_print(console, "%lu: free", (unsigned long)(end - 1));
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
        return list_commands(console);
    if (!console->close(console, index))
        wss_console_print(console, "%lu: not open", (unsigned long)index);
    return true;
}

static bool run_trace(wss_console_t *console, const char *word)
{
    bool on = strcmp(word, "on") == 0;
    if (!on && strcmp(word, "off") != 0) {
        wss_console_print(console, "\"%.40s\" is neither on nor off", word);
        return list_commands(console);
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

static bool list_commands(wss_console_t *console)
{
    for (unsigned i = 0; i < COMMANDS; i++)
        wss_console_print(console, "%s%s %-7s  %s", console->name, commands[i].word,
                          commands[i].argument, commands[i].help);
    return false;
}

static bool run(wss_console_t *console, const command_t *command, int count,
                const char *const *words)
{
    int most = command->argument[0] != '\0' ? 2 : 1;
    if (count > most)
        wss_console_print(console, "\"%.40s\" is too much", words[most]);
    else if (count < most && !command->optional)
        wss_console_print(console, "%s: %s has to follow", command->word, command->argument);
    else
        return command->run(console, count > 1 ? words[1] : NULL);
    return list_commands(console);
}

bool wss_console_run(wss_console_t *console, int count, const char *const *words)
{
    for (unsigned i = 0; i < COMMANDS && count > 0; i++)
        if (strcmp(words[0], commands[i].word) == 0)
            return run(console, &commands[i], count, words);
    if (count > 0 && strcmp(words[0], "help") != 0)
        wss_console_print(console, "\"%.40s\" is not a command", words[0]);
    return list_commands(console);
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
