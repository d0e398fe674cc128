/* SPDX-License-Identifier: MIT */
/* The 16450's registers. */
#include "uart.h"
#include "board.h"

enum {
    DATA = 0,
    LINE_STATUS = 5,
    RECEIVED = 0x01, /* of LINE_STATUS */
    EMPTY = 0x20
};

static uint8_t status(void)
{
    return *board_byte(BOARD_UART + LINE_STATUS);
}

void uart_put(char byte)
{
    while ((status() & EMPTY) == 0)
        continue;
    *board_byte(BOARD_UART + DATA) = (uint8_t)byte;
}

int uart_get(void)
{
    return (status() & RECEIVED) != 0 ? *board_byte(BOARD_UART + DATA) : -1;
}
