/* SPDX-License-Identifier: MIT */
/*
 * Parses arguments by a table of options, and prints the table.
 */
#include "wss_options.h"

#include "wss_print.h"

#include <stdio.h>
#include <string.h>

/* --------------------------------------------------------------------------- values */

_Static_assert(WSS_OPTIONS_LIST == 32, "the most that help and messages name");

const char *wss_list_append(wss_list_t *list, const char *item)
{
    for (uint8_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i], item) == 0)
            return "is given twice";
    }
    if (list->count == WSS_OPTIONS_LIST)
        return "is one too many: 32 are the most";
    list->items[list->count++] = item;
    return NULL;
}

const char *wss_list_append_token(wss_list_t *list, const char *item)
{
    return wss_option_is_token(item) ? wss_list_append(list, item)
                                     : "is not a token (RFC 9110, 5.6.2)";
}

bool wss_option_consists_of(const char *text, const char *others)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    for (; *text != '\0'; text++) {
        if (strchr(letters, *text) == NULL && strchr(others, *text) == NULL)
            return false;
    }
    return true;
}

bool wss_option_is_token(const char *text)
{
    return text[0] != '\0' && wss_option_consists_of(text, "!#$%&'*+-.^_`|~");
}

/* --------------------------------------------------------------------------- parsing */

bool wss_options_refuse(const char *name, const char *value, const char *problem)
{
    fprintf(stderr, "wss: %s: \"", name);
    wss_print_text(stderr, value, strlen(value));
    fprintf(stderr, "\" %s\n", problem);
    return false;
}

/* The option of "--name" or "--name=value"; `*value` becomes what follows '=', or NULL. */
static const wss_option_t *find_option(const wss_command_t *command, char *argument, char **value)
{
    size_t length = strcspn(argument, "=");

    *value = argument[length] == '=' ? argument + length + 1 : NULL;
    for (size_t i = 0; i < command->option_count; i++) {
        const char *name = command->options[i].name;
        if (strlen(name) == length && memcmp(name, argument, length) == 0)
            return &command->options[i];
    }
    return NULL;
}

static bool parse_number(const char *text, uint64_t least, uint64_t most, uint64_t *number)
{
    uint64_t sum = 0;

    if (*text == '\0')
        return false;
    for (; *text >= '0' && *text <= '9'; text++) {
        uint64_t digit = (uint64_t)(*text - '0');
        if (sum > (most - digit) / 10 || digit > most)
            return false;
        sum = sum * 10 + digit;
    }
    *number = sum;
    return *text == '\0' && sum >= least;
}

static bool apply_number(const wss_option_t *option, void *values, const char *value)
{
    char problem[64];
    uint64_t number;

    if (parse_number(value, option->least, option->most, &number)) {
        option->number(values, number);
        return true;
    }
    (void)snprintf(problem, sizeof problem, "is not a number from %llu to %llu",
                   (unsigned long long)option->least, (unsigned long long)option->most);
    return wss_options_refuse(option->name, value, problem);
}

static bool apply_text(const wss_option_t *option, void *values, char *value)
{
    const char *problem = option->text(values, value);

    return problem == NULL || wss_options_refuse(option->name, value, problem);
}

static bool apply_flag(const wss_option_t *option, void *values, const char *value)
{
    if (value != NULL)
        return wss_options_refuse(option->name, value, "is too much: the option takes no value");
    option->flag(values);
    return true;
}

/* Takes the first of `count` arguments and, if it stands apart, its value. Returns how many
 * arguments that were; 0 for a wrong one. */
static int parse_option(const wss_command_t *command, void *values, int count,
                        char *const arguments[])
{
    char *value;
    const wss_option_t *option = find_option(command, arguments[0], &value);
    const bool apart = value == NULL && count > 1;

    if (option == NULL) {
        fputs("wss: \"", stderr);
        wss_print_text(stderr, arguments[0], strlen(arguments[0]));
        fprintf(stderr, "\" is not an option of %s (see wss %s --help)\n", command->name,
                command->name);
        return 0;
    }
    if (option->flag != NULL)
        return apply_flag(option, values, value) ? 1 : 0;
    if (value == NULL && !apart) {
        fprintf(stderr, "wss: %s: a value has to follow\n", option->name);
        return 0;
    }
    if (apart)
        value = arguments[1];
    if (!(option->number != NULL ? apply_number(option, values, value)
                                 : apply_text(option, values, value)))
        return 0;
    return apart ? 2 : 1;
}

static bool parse_operand(const wss_command_t *command, void *values, char *text)
{
    const char *problem = command->operand(values, text);

    return problem == NULL || wss_options_refuse(command->operand_name, text, problem);
}

/* As parse_option(). `*options` turns false at "--". */
static int parse_one(const wss_command_t *command, void *values, int count, char *const arguments[],
                     bool *options)
{
    const bool dash = *options && arguments[0][0] == '-';

    if (command->operand == NULL || (dash && strcmp(arguments[0], "--") != 0))
        return parse_option(command, values, count, arguments);
    if (!dash)
        return parse_operand(command, values, arguments[0]) ? 1 : 0;
    *options = false;
    return 1;
}

static bool asks_for_help(const char *argument)
{
    return strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0;
}

wss_parsed_t wss_options_parse(const wss_command_t *command, void *values, int count,
                               char *const arguments[])
{
    bool options = true;
    int taken = 1;

    for (int i = 0; i < count && taken > 0; i += taken) {
        if (options && asks_for_help(arguments[i]))
            return WSS_PARSED_HELP;
        taken = parse_one(command, values, count - i, arguments + i, &options);
    }
    return taken > 0 ? WSS_PARSED_GOOD : WSS_PARSED_WRONG;
}

/* -------------------------------------------------------------------------- printing */

void wss_options_print(const wss_command_t *command)
{
    for (size_t i = 0; i < command->option_count; i++) {
        const wss_option_t *option = &command->options[i];
        printf("  %s %-*s %s\n", option->name, (int)(25 - strlen(option->name)), option->value,
               option->help);
        if (option->number != NULL)
            printf("%28s %llu to %llu\n", "", (unsigned long long)option->least,
                   (unsigned long long)option->most);
    }
}
