/* SPDX-License-Identifier: MIT */
/* Linked to every program of a build that counts lines: what a test ends by SIGTERM has counted. */
#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <unistd.h>

void __gcov_dump(void);

static void dump(int number)
{
    __gcov_dump();
    _exit(128 + number);
}

__attribute__((constructor)) static void prepare(void)
{
    (void)signal(SIGTERM, dump);
}
