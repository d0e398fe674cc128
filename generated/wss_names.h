/* SPDX-License-Identifier: MIT */
/*
 * Names of machines, states, events, guards and actions, for traces. Not there where
 * WSS_CFG_NAMES is 0.
 *
 * Generated from spec/wss_states.yaml (SHA-256 begins 465917a219f57571): do not edit.
 * To regenerate: python3 -m generator
 */
#ifndef WSS_NAMES_H
#define WSS_NAMES_H

#include "wss/wss_config.h"

#if WSS_CFG_NAMES

#ifdef __cplusplus
extern "C" {
#endif

/* `machine` is a wss_machine_id_t. "?" for a value that is none. */
const char *wss_machine_name(unsigned machine); /* such as connection.server */
const char *wss_state_name(unsigned machine, unsigned state);
const char *wss_event_name(unsigned machine, unsigned event);
const char *wss_guard_name(unsigned machine, unsigned guard);
const char *wss_action_name(unsigned machine, unsigned action);

/* The line of spec/wss_states.yaml that holds a row; 0 where there is none. */
unsigned wss_row_line(unsigned machine, unsigned row);

#ifdef __cplusplus
}
#endif

#endif
#endif
