/* SPDX-License-Identifier: MIT */
/* A stand-in for Harmony's command processor: as much as sys_wss_cmd.c uses. */
#ifndef SYS_COMMAND_H
#define SYS_COMMAND_H

#include <stdbool.h>

typedef struct {
    void (*print)(const void *parameter, const char *format, ...);
} SYS_CMD_API;

typedef struct {
    const SYS_CMD_API *pCmdApi;
    const void *cmdIoParam;
} SYS_CMD_DEVICE_NODE;

#ifndef HARMONY_COMMAND_RESULT
#define HARMONY_COMMAND_RESULT void /* int in older generations of Harmony */
#endif

typedef HARMONY_COMMAND_RESULT (*SYS_CMD_FNC)(SYS_CMD_DEVICE_NODE *node, int argc, char **argv);

typedef struct {
    const char *word;
    SYS_CMD_FNC function;
    const char *help;
} SYS_CMD_DESCRIPTOR;

bool SYS_CMD_ADDGRP(const SYS_CMD_DESCRIPTOR *table, int count, const char *group,
                    const char *help);

#endif
