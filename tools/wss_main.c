/* SPDX-License-Identifier: MIT */
/*
 * The `wss` command: chooses what to do.
 */
#include "wss_options.h"
#include "wss_serve.h"

#include <stdio.h>
#include <string.h>

enum { EXIT_USAGE = 2 };

static bool asks_for_help(int count, char *const arguments[])
{
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--help") == 0 || strcmp(arguments[i], "-h") == 0)
            return true;
    }
    return false;
}

int main(int argc, char *argv[])
{
    wss_options_t options;

    if (asks_for_help(argc, argv)) {
        wss_options_usage();
        return 0;
    }
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        printf("wss %s\n", WSS_TOOL_VERSION);
        return 0;
    }
    if (argc < 2 || strcmp(argv[1], "serve") != 0) {
        fprintf(stderr, "wss: \"%s\" is not a command (see wss --help)\n", argc < 2 ? "" : argv[1]);
        return EXIT_USAGE;
    }
    if (!wss_options_parse(&options, argc - 2, argv + 2))
        return EXIT_USAGE;
    return wss_serve(&options);
}
