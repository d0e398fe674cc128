<#-- SPDX-License-Identifier: MIT -->
/* SPDX-License-Identifier: MIT */
/*
 * What the engine and its port are made of in this project, as Harmony's configurator was told.
 * All other settings have their defaults; wss_config_defaults.h says what each one means.
 */
#ifndef WSS_CONFIG_HARMONY_H
#define WSS_CONFIG_HARMONY_H

#define WSS_CFG_SERVER        ${(SYS_WSS_MODE == "SERVER")?string("1", "0")}
#define WSS_CFG_CLIENT        ${(SYS_WSS_MODE == "CLIENT")?string("1", "0")}
#define WSS_CFG_SMALL         1
#define WSS_CFG_NAMES         ${SYS_WSS_ENABLE_CONSOLE?string("1", "0")}
#define WSS_CFG_TRACE         ${SYS_WSS_ENABLE_CONSOLE?string("1", "0")}
#define WSS_CFG_TEXTS         ${SYS_WSS_TEXTS?string("1", "0")}
#define WSS_CFG_LONG_MESSAGES 0
#define WSS_CFG_TX_BUFFER     0

#define WSS_PIC32_RTOS          ${(HarmonyCore.SELECT_RTOS == "BareMetal")?string("0", "1")}
#define WSS_PIC32_NET_PRES      ${(SYS_WSS_SOCKETS == "NET_PRES")?string("1", "0")}
#define WSS_PIC32_DNS           ${(SYS_WSS_MODE == "CLIENT" && SYS_WSS_DNS)?string("1", "0")}
#define WSS_PIC32_LISTENERS     1
#define WSS_PIC32_RANDOM_HEADER "wss_pic32_random.h"

#include "wss_config_defaults.h"

#endif
