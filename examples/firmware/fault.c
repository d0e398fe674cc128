/* SPDX-License-Identifier: MIT */
/* What is left to do when something must not be: say it and start again. */
#include "cpu.h"
#include "console.h"

#include <stdlib.h>

_Noreturn void fault(uint32_t cause, uint32_t where, uint32_t address)
{
    console_print("board: fault: cause %lx at %lx, address %lx; starts again\r\n",
                  (unsigned long)cause, (unsigned long)where, (unsigned long)address);
    start();
}

_Noreturn void give_up(const char *what)
{
    console_print("board: fault: %s; starts again\r\n", what);
    start();
}

/* mbedTLS calls it when something has written over the links of its pool. */
_Noreturn void exit(int status)
{
    (void)status;
    give_up("the pool is overwritten");
}
