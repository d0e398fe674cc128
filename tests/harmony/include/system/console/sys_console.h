/* SPDX-License-Identifier: MIT */
/*
 * Of Harmony's header of this name, what the SYS_WSS service and its applications use: lines
 * go to the standard output.
 */
#ifndef HARMONY_SYS_CONSOLE_H
#define HARMONY_SYS_CONSOLE_H

#include <stdio.h>

#define SYS_CONSOLE_PRINT(...)       ((void)printf(__VA_ARGS__))
#define SYS_CONSOLE_MESSAGE(message) ((void)printf("%s", (message)))

#endif
