/* SPDX-License-Identifier: MIT */
/* TLS between the SYS_WSS service and the POSIX port, where SYS_WSS_WITH_TLS is 1. */
#ifndef SYS_WSS_POSIX_TLS_H
#define SYS_WSS_POSIX_TLS_H

#include "wss/wss_hal.h"

/* Puts TLS on `below`, with the files that the configuration names: `*above` becomes what the
 * engine runs on. `host` as for sys_wss_port_open(). Any failure is WSS_ERR_UNSUPPORTED; the
 * console says why. */
wss_result_t sys_wss_posix_tls_open(const wss_hal_t *below, const wss_crypto_t *crypto,
                                    const char *host, wss_hal_t *above);

void sys_wss_posix_tls_close(void);

#endif
