/* SPDX-License-Identifier: MIT */
/*
 * TLS by mbedTLS between the SYS_WSS service and a port without a file system, where
 * SYS_WSS_WITH_TLS is 1; otherwise there is none. It must not know sockets.
 */
#ifndef SYS_WSS_ARRAY_TLS_H
#define SYS_WSS_ARRAY_TLS_H

#include "sys_wss_tls.h"

enum {
    /* Beside its room to send, what the port below has to hold of a record. */
    SYS_WSS_ARRAY_TLS_ROOM = SYS_WSS_WITH_TLS ? 64 : 0
};

/* Puts TLS on `below`, with the credentials that the configuration names: `*above` becomes what
 * the engine runs on. `host` as for sys_wss_port_open(). Any failure is WSS_ERR_UNSUPPORTED;
 * the console says why. */
wss_result_t sys_wss_array_tls_open(const wss_hal_t *below, const wss_crypto_t *crypto,
                                    const char *host, wss_hal_t *above);

void sys_wss_array_tls_close(void);

#endif
