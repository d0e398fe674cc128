/* SPDX-License-Identifier: MIT */
/*
 * Which rows of the specification the cases have taken: reads the file that a player
 * wrote, prints the share per machine, and fails when a row is missing. Without names of
 * machines it means those of a connection.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "wss_machines.h"
#include "wss_names.h"

static bool taken[16][256];

static bool read_rows(const char *file)
{
    unsigned machine, row;
    FILE *in = fopen(file, "r");
    if (in == NULL)
        return false;
    while (fscanf(in, "%u %u", &machine, &row) == 2)
        if (machine < 16 && row < 256)
            taken[machine][row] = true;
    fclose(in);
    return true;
}

static unsigned report(unsigned machine)
{
    unsigned missing = 0, rows = 0;
    for (unsigned line; (line = wss_row_line(machine, rows)) != 0; rows++) {
        if (taken[machine][rows])
            continue;
        missing++;
        printf("not taken: %s, spec/wss_states.yaml:%u\n", wss_machine_name(machine), line);
    }
    printf("%s: %u of %u rows taken\n", wss_machine_name(machine), rows - missing, rows);
    return missing;
}

static bool wanted(unsigned machine, int argc, char **argv)
{
    for (int i = 2; i < argc; i++)
        if (strcmp(argv[i], wss_machine_name(machine)) == 0)
            return true;
    return argc == 2 && machine != WSS_MACHINE_SESSION_CLIENT;
}

int main(int argc, char **argv)
{
    unsigned missing = 0, reported = 0;
    if (argc < 2 || !read_rows(argv[1])) {
        fprintf(stderr, "usage: rows FILE [MACHINE...]\n");
        return 2;
    }
    for (unsigned machine = 0; machine < WSS_MACHINE_COUNT; machine++)
        if (wanted(machine, argc, argv)) {
            missing += report(machine);
            reported++;
        }
    return missing == 0 && reported > 0 ? 0 : 1;
}
