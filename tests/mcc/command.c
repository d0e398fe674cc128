/* SPDX-License-Identifier: MIT */
/* Harmony's command processor: commands are lines of the standard input. */
#define _POSIX_C_SOURCE 200809L
#include "system/command/sys_command.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 128, WORDS = 8 };

static const SYS_CMD_DESCRIPTOR *commands;
static int command_count;

static void print(const void *parameter, const char *format, ...)
{
    va_list arguments;

    (void)parameter;
    va_start(arguments, format);
    (void)vprintf(format, arguments);
    va_end(arguments);
}

static void perform(char *line)
{
    static const SYS_CMD_API api = {print};
    SYS_CMD_DEVICE_NODE node = {&api, NULL};
    char *words[WORDS];
    char *rest = NULL;
    int count = 0;

    for (char *word = strtok_r(line, " \n", &rest); word != NULL && count < WORDS;
         word = strtok_r(NULL, " \n", &rest))
        words[count++] = word;
    for (int i = 0; i < command_count && count > 0; i++)
        if (strcmp(commands[i].word, words[0]) == 0)
            commands[i].function(&node, count, words);
}

static void *run(void *unused)
{
    char line[LINE];

    while (fgets(line, sizeof line, stdin) != NULL)
        perform(line);
    return unused;
}

bool SYS_CMD_ADDGRP(const SYS_CMD_DESCRIPTOR *table, int count, const char *group, const char *help)
{
    pthread_t task;

    (void)help;
    if (commands != NULL || group == NULL)
        abort();
    commands = table;
    command_count = count;
    return pthread_create(&task, NULL, run, NULL) == 0;
}
