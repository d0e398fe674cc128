/* SPDX-License-Identifier: MIT */
/*
 * Which rows of the specification the cases have taken: reads the file that the
 * player wrote, prints the share per machine, and fails when a row is missing.
 */
#include <stdbool.h>
#include <stdio.h>

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
    printf("%s: %u of %u rows taken\n", wss_machine_name(machine->id),
           machine->row_count - missing, (unsigned)machine->row_count);
    return missing;
}

int main(int argc, char **argv)
{
    if (argc != 2 || !read_rows(argv[1])) {
        fprintf(stderr, "usage: rows FILE\n");
        return 2;
    }
    unsigned missing = report(&wss_connection_server);
    missing += report(&wss_connection_client);
    missing += report(&wss_message_receiver);
    missing += report(&wss_message_sender);
    return missing == 0 ? 0 : 1;
}
