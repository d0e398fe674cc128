/* SPDX-License-Identifier: MIT */
/*
 * Shows what others wrote so that it can neither break a line nor steer a terminal. Knows
 * no command.
 */
#ifndef WSS_PRINT_H
#define WSS_PRINT_H

#include <stddef.h>
#include <stdio.h>

/* Prints the text with control characters and backslashes escaped as in C; other bytes stay
 * as they are. */
void wss_print_text(FILE *file, const char *text, size_t length);

#endif
