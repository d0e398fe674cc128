/* SPDX-License-Identifier: MIT */
/*
 * The port on the simulated stack: how the suite of the contract and the cases beyond it open
 * it.
 */
#ifndef TESTS_HARMONY_RIG_H
#define TESTS_HARMONY_RIG_H

#include "harmony.h"
#include "port.h"
#include "wss_pic32.h"

extern wss_pic32_t pic32;
extern wss_hal_t hal;

wss_pic32_config_t rig_config(void);
/* On the stack as it is; harmony_begin() comes before. */
void rig_open(const wss_pic32_config_t *config);
void rig_close(void);

/* test_habits.c */
TCase *rig_cases(void);

#endif
