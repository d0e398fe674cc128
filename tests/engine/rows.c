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

static unsigned report(const wss_machine_t *machine)
{
    unsigned missing = 0;
    for (unsigned row = 0; row < machine->row_count; row++) {
        if (taken[machine->id][row])
            continue;
        missing++;
        printf("not taken: %s, spec/wss_states.yaml:%u, %s\n", wss_machine_name(machine->id),
               wss_row_line(machine->id, row),
               wss_event_name(machine->id, machine->rows[row].event));
    }
    printf("%s: %u of %u rows taken\n", wss_machine_name(machine->id), machine->row_count - missing,
           (unsigned)machine->row_count);
    return missing;
}

static bool wanted(const wss_machine_t *machine, int argc, char **argv)
{
    for (int i = 2; i < argc; i++)
        if (strcmp(argv[i], wss_machine_name(machine->id)) == 0)
            return true;
    return argc == 2 && machine != &wss_session_client;
}

int main(int argc, char **argv)
{
    static const wss_machine_t *const machines[] = {&wss_connection_server, &wss_connection_client,
                                                    &wss_message_receiver, &wss_message_sender,
                                                    &wss_session_client};
    unsigned missing = 0, reported = 0;
    if (argc < 2 || !read_rows(argv[1])) {
        fprintf(stderr, "usage: rows FILE [MACHINE...]\n");
        return 2;
    }
    for (unsigned i = 0; i < sizeof machines / sizeof machines[0]; i++)
        if (wanted(machines[i], argc, argv)) {
            missing += report(machines[i]);
            reported++;
        }
    return missing == 0 && reported > 0 ? 0 : 1;
}
