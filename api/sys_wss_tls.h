/* SPDX-License-Identifier: MIT */
/*
 * TLS between the SYS_WSS service and its port, where SYS_WSS_WITH_TLS is 1. It must not know
 * where certificates come from.
 */
#ifndef SYS_WSS_TLS_H
#define SYS_WSS_TLS_H

#include "sys_wss_config.h"
#include "wss/wss_hal.h"

#if SYS_WSS_WITH_TLS

#include "wss_tls_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* PEM or DER, as in wss_tls.h; NULL bytes: there is none. Read while opening only. */
typedef struct sys_wss_tls_setup {
    wss_tls_bytes_t certificate; /* a server's, with what leads to its CA; a client's */
    wss_tls_bytes_t key;
    wss_tls_bytes_t ca; /* what the peer's certificate must lead to */
    uint8_t *output;    /* as in wss_tls_hal.h; stays in use */
    uint32_t output_size;
} sys_wss_tls_setup_t;

/* Puts TLS on `below`: `*above` becomes what the engine runs on. `host` as for
 * sys_wss_port_open(). Any failure is WSS_ERR_UNSUPPORTED; the console says why. */
wss_result_t sys_wss_tls_open(const wss_hal_t *below, const wss_crypto_t *crypto, const char *host,
                              const sys_wss_tls_setup_t *setup, wss_hal_t *above);

void sys_wss_tls_close(void);

/* Says on the console why there is no TLS. Always false. */
bool sys_wss_tls_refuse(const char *what, const char *why);

#ifdef __cplusplus
}
#endif

#endif
#endif
