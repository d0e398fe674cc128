/* SPDX-License-Identifier: MIT */
/* TLS with certificates from arrays: see sys_wss_array_tls.h. */
#include "sys_wss_array_tls.h"

#include "sys_wss_system.h"

#if SYS_WSS_WITH_TLS

#include "wss_tls_pool.h"

#ifndef SYS_WSS_TLS_CREDENTIALS
#error "SYS_WSS_TLS_CREDENTIALS has to name the header that declares certificate and key"
#endif
#include SYS_WSS_TLS_CREDENTIALS

_Static_assert((int)SYS_WSS_ARRAY_TLS_ROOM == (int)WSS_TLS_OVERHEAD, "what a record is longer");

static const wss_tls_bytes_t sys_wss_array_certificate = {SYS_WSS_TLS_CERTIFICATE,
                                                          sizeof(SYS_WSS_TLS_CERTIFICATE)};
static const wss_tls_bytes_t sys_wss_array_key = {SYS_WSS_TLS_KEY, sizeof(SYS_WSS_TLS_KEY)};
static const wss_tls_bytes_t sys_wss_array_ca = {SYS_WSS_TLS_CA, sizeof(SYS_WSS_TLS_CA)};

/* Once: others may have memory of it when TLS opens again. */
static void open_pool(void)
{
#if SYS_WSS_TLS_POOL > 0
    static uint64_t pool[(SYS_WSS_TLS_POOL + sizeof(uint64_t) - 1) / sizeof(uint64_t)];
    static bool opened;

    if (!opened)
        (void)wss_tls_pool_init(pool, sizeof pool);
    opened = true;
#endif
}

wss_result_t sys_wss_array_tls_open(const wss_hal_t *below, const wss_crypto_t *crypto,
                                    const char *host, wss_hal_t *above)
{
    const sys_wss_tls_setup_t setup = {
        .certificate = sys_wss_array_certificate, .key = sys_wss_array_key, .ca = sys_wss_array_ca};

    open_pool();
    return sys_wss_tls_open(below, crypto, host, &setup, above);
}

void sys_wss_array_tls_close(void)
{
    sys_wss_tls_close();
}

#else

wss_result_t sys_wss_array_tls_open(const wss_hal_t *below, const wss_crypto_t *crypto,
                                    const char *host, wss_hal_t *above)
{
    (void)below, (void)crypto, (void)host, (void)above;
    SYS_CONSOLE_PRINT("SYS_WSS: TLS: not built in\r\n");
    return WSS_ERR_UNSUPPORTED;
}

void sys_wss_array_tls_close(void)
{
}

#endif
