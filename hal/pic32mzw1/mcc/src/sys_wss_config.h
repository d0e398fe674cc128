/* SPDX-License-Identifier: MIT */
/*
 * The settings of the SYS_WSS service in a project of Harmony's configurator, which writes them to
 * configuration.h. sys_wss_config_defaults.h says what each means.
 */
#ifndef SYS_WSS_CONFIG_HARMONY_H
#define SYS_WSS_CONFIG_HARMONY_H

#define SYS_WSS_HARMONY 1

#include "configuration.h"

#include "sys_wss_config_defaults.h"

#endif
