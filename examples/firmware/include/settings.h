/* SPDX-License-Identifier: MIT */
/* What this firmware is made of: the settings of the SYS_WSS service (SYS_WSS_CONFIG_FILE). */
#ifndef FIRMWARE_SETTINGS_H
#define FIRMWARE_SETTINGS_H

#include "console.h"

#ifndef SYS_WSS_MAX_NUM_CLIENTS
#define SYS_WSS_MAX_NUM_CLIENTS 8
#endif
#define SYS_WSS_INTF      SYS_WSS_ETHERNET
#define SYS_WSS_PAGE      firmware_page
#define SYS_CONSOLE_PRINT console_print

#endif
