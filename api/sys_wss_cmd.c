/* SPDX-License-Identifier: MIT */
/* The console of the SYS_WSS service as a command of Harmony's command processor. */
#include "sys_wss_console.h"

#include "system/command/sys_command.h"

static void print(void *context, const char *line)
{
    SYS_CMD_DEVICE_NODE *node = context;
    node->pCmdApi->print(node->cmdIoParam, "%s\r\n", line);
}

static void run(SYS_CMD_DEVICE_NODE *node, int argc, char **argv)
{
    if (!sys_wss_console(argc - 1, (const char *const *)(argv + 1), print, node) && argc > 1)
        print(node, "syswss: not done");
}

/* Older generations of Harmony want a result. */
typedef int run_with_result_t(SYS_CMD_DEVICE_NODE *node, int argc, char **argv);

static int run_with_result(SYS_CMD_DEVICE_NODE *node, int argc, char **argv)
{
    run(node, argc, argv);
    return 0;
}

#define RUN _Generic((SYS_CMD_FNC)0, run_with_result_t * : run_with_result, default : run)

static const SYS_CMD_DESCRIPTOR commands[] = {
    {"syswss", RUN, ": state [INDEX], stats, close INDEX, trace on|off"},
};

bool sys_wss_cmd_register(void)
{
    return SYS_CMD_ADDGRP(commands, 1, "syswss", ": WebSocket service");
}
