/* SPDX-License-Identifier: MIT */
/*
 * The `wss` command: chooses what to do.
 */
#include "wss_client.h"
#include "wss_serve.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_USAGE = 2 };

/* Without them a socket would take their place. */
static bool hold_standard_streams(void)
{
    static const int modes[] = {O_RDONLY, O_RDONLY, O_WRONLY};

    for (int i = 0; i <= STDERR_FILENO; i++) {
        if (fcntl(i, F_GETFD) >= 0 || open("/dev/null", modes[i]) == i)
            continue;
        fprintf(stderr, "wss: /dev/null: %s\n", strerror(errno));
        return false;
    }
    return true;
}

static int serve(int count, char *const arguments[])
{
    wss_serve_options_t options;

    switch (wss_serve_options_parse(&options, count, arguments)) {
    case WSS_PARSED_GOOD: return wss_serve(&options);
    case WSS_PARSED_HELP: wss_serve_usage(); return 0;
    case WSS_PARSED_WRONG: break;
    }
    return EXIT_USAGE;
}

static int connect(int count, char *const arguments[])
{
    static wss_client_options_t options;

    switch (wss_client_options_parse(&options, count, arguments)) {
    case WSS_PARSED_GOOD: return wss_client(&options);
    case WSS_PARSED_HELP: wss_client_usage(); return 0;
    case WSS_PARSED_WRONG: break;
    }
    return EXIT_USAGE;
}

static int usage(void)
{
    printf("usage: wss serve [option]...\n"
           "       wss connect URL... [option]...\n\n"
           "  serve            an echo server with a page to try it\n"
           "  connect          a client between a server and the standard streams\n\n"
           "  wss --help       this text; wss serve --help, wss connect --help: the options\n"
           "  wss --version    the version\n");
    return 0;
}

int main(int argc, char *argv[])
{
    const char *command = argc < 2 ? "" : argv[1];

    if (!hold_standard_streams())
        return 1;
    if (strcmp(command, "serve") == 0)
        return serve(argc - 2, argv + 2);
    if (strcmp(command, "connect") == 0)
        return connect(argc - 2, argv + 2);
    if (strcmp(command, "--help") == 0 || strcmp(command, "-h") == 0)
        return usage();
    if (argc == 2 && strcmp(command, "--version") == 0) {
        printf("wss %s\n", WSS_TOOL_VERSION);
        return 0;
    }
    if (argc < 2)
        fputs("wss: a command is missing (see wss --help)\n", stderr);
    else
        fprintf(stderr, "wss: \"%s\" is not a command (see wss --help)\n", command);
    return EXIT_USAGE;
}
