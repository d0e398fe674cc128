/* SPDX-License-Identifier: MIT */
/* Commands from standard input: see wss_serve_console.h. */
#include "wss_serve_console.h"

#include "wss_input.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE = 256, WORDS = 8 };

static wss_console_t *console;
static wss_input_t input;
static char bytes[LINE];
static bool overlong; /* the line did not fit: it is no command */

static void print(void *context, const char *line)
{
    (void)context;
    (void)puts(line);
    (void)fflush(stdout);
}

static void wake(void *context)
{
    wss_loop_wake(context);
}

bool wss_serve_console_start(wss_console_t *given)
{
    console = given;
    console->name = "";
    console->print = print;
    input = (wss_input_t){.bytes = bytes,
                          .capacity = LINE,
                          .descriptor = STDIN_FILENO,
                          .wake = wake,
                          .context = console->loop};
    if (!wss_input_start(&input))
        return false;
    wss_input_ask(&input);
    return true;
}

/* The name that the command has on a device may stand before. */
static void perform(char *line)
{
    const char *words[WORDS];
    int count = 0;
    char *rest = line;

    for (char *word = strtok_r(line, " \t\r", &rest); word != NULL && count < WORDS;
         word = strtok_r(NULL, " \t\r", &rest))
        words[count++] = word;
    if (count == 0)
        return;
    const int name = strcmp(words[0], "syswss") == 0;
    (void)wss_console_run(console, count - name, words + name);
}

static void end_line(char *line)
{
    if (overlong)
        print(NULL, "the line is too long");
    else
        perform(line);
    overlong = false;
}

/* Takes the whole lines off the buffer, and what has come of one that does not fit. */
static void take_lines(void)
{
    size_t at = 0;
    char *end;

    while ((end = memchr(bytes + at, '\n', input.length - at)) != NULL) {
        *end = '\0';
        end_line(bytes + at);
        at = (size_t)(end - bytes) + 1;
    }
    if (at == 0 && input.length == LINE) {
        overlong = true;
        at = LINE;
    }
    memmove(bytes, bytes + at, input.length - at);
    input.length -= at;
}

void wss_serve_console_obey(void)
{
    if (console == NULL || !wss_input_ready(&input) || input.ended)
        return;
    take_lines();
    if (!input.ended)
        wss_input_ask(&input);
}

void wss_serve_console_trace(void *context, const wss_trace_t *entry)
{
    (void)context;
    wss_console_trace(console, entry);
}
