/* SPDX-License-Identifier: MIT */
/* What main() asks of the SYS_WSS service's port beside sys_wss_port.h. */
#ifndef FIRMWARE_PORT_H
#define FIRMWARE_PORT_H

#include <stdbool.h>

/* At its last look the service found something to do: there may be more. */
bool port_busy(void);

#endif
