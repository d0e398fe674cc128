/* SPDX-License-Identifier: MIT */
/*
 * What sys_wss.h and its users take from Harmony: module objects and the console. Harmony's
 * own headers where SYS_WSS_HARMONY is defined; elsewhere stand-ins with the same names.
 */
#ifndef SYS_WSS_SYSTEM_H
#define SYS_WSS_SYSTEM_H

#ifdef SYS_WSS_HARMONY
#include "system/console/sys_console.h"
#include "system/system_module.h"
#else
#include <stdint.h>
#include <stdio.h>

typedef uintptr_t SYS_MODULE_OBJ;
#define SYS_MODULE_OBJ_INVALID ((SYS_MODULE_OBJ)-1)

#ifndef SYS_CONSOLE_PRINT
#define SYS_CONSOLE_PRINT(...) ((void)printf(__VA_ARGS__))
#endif
#ifndef SYS_CONSOLE_MESSAGE
#define SYS_CONSOLE_MESSAGE(message) SYS_CONSOLE_PRINT("%s", message)
#endif
#endif

/* Before what C allows and C++ does not. */
#ifdef __GNUC__
#define SYS_WSS_EXTENSION __extension__
#else
#define SYS_WSS_EXTENSION
#endif

#endif
