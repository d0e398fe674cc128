/* SPDX-License-Identifier: MIT */
/*
 * Shows what others wrote so that it can neither break a line nor steer a terminal. Knows
 * no command.
 */
#ifndef WSS_PRINT_H
#define WSS_PRINT_H

#include <stddef.h>
#include <stdio.h>

/* Prints the text with control characters, backslashes and what is not UTF-8 escaped as
 * in C. */
void wss_print_text(FILE *file, const char *text, size_t length);

#endif
