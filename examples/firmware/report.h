/* SPDX-License-Identifier: MIT */
/* What was used of the board, on the console. */
#ifndef FIRMWARE_REPORT_H
#define FIRMWARE_REPORT_H

/* One line for people and scripts. */
void report(void);

#endif
