/* SPDX-License-Identifier: MIT */
/*
 * A process that waits once and then calls the function that its argument names, to
 * show that nomalloc.c notices.
 */
#include <poll.h>
#include <stdlib.h>
#include <string.h>

static void *volatile kept;

int main(int argc, char *argv[])
{
    const char *function = argc > 1 ? argv[1] : "";

    kept = malloc(16);
    (void)poll(NULL, 0, 0);
    if (strcmp(function, "malloc") == 0)
        kept = malloc(32);
    else if (strcmp(function, "calloc") == 0)
        kept = calloc(2, 32);
    else if (strcmp(function, "realloc") == 0)
        kept = realloc(kept, 32);
    else if (strcmp(function, "free") == 0)
        free(kept);
    return 0;
}
