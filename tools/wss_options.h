/* SPDX-License-Identifier: MIT */
/*
 * Command lines: each command says its options in a table, which is parsed and printed
 * here. Knows no option by name.
 */
#ifndef WSS_OPTIONS_H
#define WSS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One option. `values` is what the command's table is about. */
typedef struct wss_option {
    const char *name;  /* "--port" */
    const char *value; /* what the value is called; "": the option takes none */
    const char *help;
    uint64_t least;
    uint64_t most;
    void (*number)(void *values, uint64_t number); /* one of the three */
    const char *(*text)(void *values, char *text); /* NULL or what is wrong; may change it */
    void (*flag)(void *values);
} wss_option_t;

typedef struct wss_command {
    const char *name; /* "serve" */
    const wss_option_t *options;
    size_t option_count;
    /* What is no option; as wss_option_t.text. NULL: the command takes nothing else. */
    const char *operand_name;
    const char *(*operand)(void *values, char *text);
} wss_command_t;

typedef enum wss_parsed {
    WSS_PARSED_GOOD,
    WSS_PARSED_HELP, /* --help or -h is there: what follows was not looked at */
    WSS_PARSED_WRONG /* one line on stderr has said what and why */
} wss_parsed_t;

/* Takes the arguments that follow the command's name: --name value, --name=value, and
 * operands, which are all that follows "--". */
wss_parsed_t wss_options_parse(const wss_command_t *command, void *values, int count,
                               char *const arguments[]);

/* Prints the options with their ranges to stdout. */
void wss_options_print(const wss_command_t *command);

/* Says on stderr what is wrong with a value: `wss: NAME: "VALUE" PROBLEM`. Returns false. */
bool wss_options_refuse(const char *name, const char *value, const char *problem);

/* --------------------------------------------------------------------------- values */

enum { WSS_OPTIONS_LIST = 32 /* most paths, protocols or origins */ };

typedef struct wss_list {
    const char *items[WSS_OPTIONS_LIST];
    uint8_t count;
} wss_list_t;

/* NULL or what is wrong. */
const char *wss_list_append(wss_list_t *list, const char *item);
const char *wss_list_append_token(wss_list_t *list, const char *item);

/* Letters, digits and `others` alone. */
bool wss_option_consists_of(const char *text, const char *others);

/* A token (RFC 9110, 5.6.2). */
bool wss_option_is_token(const char *text);

#endif
