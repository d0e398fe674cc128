/* SPDX-License-Identifier: MIT */
/*
 * What the engine and its port are made of in this project, as Harmony's configurator was told.
 * All other settings have their defaults; wss_config_defaults.h says what each one means.
 */
#ifndef WSS_CONFIG_HARMONY_H
#define WSS_CONFIG_HARMONY_H

#define WSS_CFG_SERVER        1
#define WSS_CFG_CLIENT        0
#define WSS_CFG_SMALL         1
#define WSS_CFG_NAMES         0
#define WSS_CFG_TRACE         0
#define WSS_CFG_TEXTS         1
#define WSS_CFG_LONG_MESSAGES 0
#define WSS_CFG_TX_BUFFER     0

#define WSS_PIC32_RTOS          0
#define WSS_PIC32_NET_PRES      0
#define WSS_PIC32_DNS           0
#define WSS_PIC32_LISTENERS     1
#define WSS_PIC32_RANDOM_HEADER "wss_pic32_random.h"

#include "wss_config_defaults.h"

#endif
