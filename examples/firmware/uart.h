/* SPDX-License-Identifier: MIT */
/* The 16450, as QEMU has it: no rate needs to be set. */
#ifndef FIRMWARE_UART_H
#define FIRMWARE_UART_H

/* Waits until there is room. */
void uart_put(char byte);

/* The next byte that has come; -1: none. */
int uart_get(void);

#endif
