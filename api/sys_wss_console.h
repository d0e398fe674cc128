/* SPDX-License-Identifier: MIT */
/*
 * The console of the SYS_WSS service (see wss_console.h), where SYS_WSS_ENABLE_CONSOLE is 1.
 * sys_wss_cmd.c makes it the command `syswss` of Harmony's command processor.
 */
#ifndef SYS_WSS_CONSOLE_H
#define SYS_WSS_CONSOLE_H

#include "sys_wss_config.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Performs a command, whose words follow `syswss`. `print` takes one line, without its end;
 * from `trace on` to `trace off` it is called, too, by whatever moves a connection (in the task of
 * SYS_WSS_Task(), SYS_WSS_CloseConnection(), SYS_WSS_Deinitialize()), and must not call the service
 * then. False: it is no command, or the service does not run. */
bool sys_wss_console(int count, const char *const *words,
                     void (*print)(void *context, const char *line), void *context);

/* Adds the command to Harmony's command processor (sys_wss_cmd.c). */
bool sys_wss_cmd_register(void);

#ifdef __cplusplus
}
#endif
#endif
