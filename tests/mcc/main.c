/* SPDX-License-Identifier: MIT */
/* In the place of the main.c that the configurator writes, and of an application that starts the
 * service where it does not start at boot. */
#include "definitions.h"

#include <stdio.h>
#ifdef POOL_MARKS
#include "wss_tls_pool.h"
#endif

/* Tells how much of the pool mbedTLS has used at most, where it counts. */
static void tell_pool(void)
{
#ifdef POOL_MARKS
    static size_t told;
    const size_t most = wss_tls_pool_marks().most;

    if (most > told)
        printf("pool %lu\n", (unsigned long)most);
    told = most;
#endif
}

int main(void)
{
    static char lines[512];

    (void)setvbuf(stdout, lines, _IOLBF, sizeof lines);
    SYS_Initialize(NULL);
    if (!SYS_WSS_START_AT_BOOT && sysObj.sysWSS == SYS_MODULE_OBJ_INVALID)
        sysObj.sysWSS = SYS_WSS_Initialize(NULL, NULL, NULL);
    for (;;) {
        SYS_Tasks();
        tell_pool();
    }
}
