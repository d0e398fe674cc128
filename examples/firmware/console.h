/* SPDX-License-Identifier: MIT */
/* Text for people, to the UART. */
#ifndef FIRMWARE_CONSOLE_H
#define FIRMWARE_CONSOLE_H

/* A small printf: %s, %c, %%, and %d, %u, %x, each with or without one `l`. */
__attribute__((format(printf, 1, 2))) void console_print(const char *format, ...);

#endif
