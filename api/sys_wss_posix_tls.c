/* SPDX-License-Identifier: MIT */
/* TLS between the SYS_WSS service and the POSIX port: see sys_wss_posix_tls.h. */
#include "sys_wss_posix_tls.h"

#include "sys_wss_system.h"
#include "sys_wss_tls.h"

#if SYS_WSS_WITH_TLS

#include "wss_tls_files.h"

#include <errno.h>
#include <string.h>

static uint8_t output[4096];

/* True where there is no such file to be had. */
static bool load(const char *path, wss_tls_bytes_t *bytes)
{
    return path == NULL || wss_tls_file_load(path, bytes) ||
           sys_wss_tls_refuse(path, strerror(errno));
}

wss_result_t sys_wss_posix_tls_open(const wss_hal_t *below, const wss_crypto_t *crypto,
                                    const char *host, wss_hal_t *above)
{
    const wss_tls_bytes_t none = {NULL, 0};
    sys_wss_tls_setup_t files = {none, none, none, output, sizeof output};
    wss_result_t result = WSS_ERR_UNSUPPORTED;
    if (load(SYS_WSS_TLS_CERTIFICATE, &files.certificate) && load(SYS_WSS_TLS_KEY, &files.key) &&
        load(SYS_WSS_TLS_CA, &files.ca))
        result = sys_wss_tls_open(below, crypto, host, &files, above);
    wss_tls_file_free(&files.certificate);
    wss_tls_file_free(&files.key);
    wss_tls_file_free(&files.ca);
    return result;
}

void sys_wss_posix_tls_close(void)
{
    sys_wss_tls_close();
}

#else

wss_result_t sys_wss_posix_tls_open(const wss_hal_t *below, const wss_crypto_t *crypto,
                                    const char *host, wss_hal_t *above)
{
    (void)below, (void)crypto, (void)host, (void)above;
    SYS_CONSOLE_PRINT("SYS_WSS: TLS: not built in\r\n");
    return WSS_ERR_UNSUPPORTED;
}

void sys_wss_posix_tls_close(void)
{
}

#endif
