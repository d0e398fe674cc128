/* SPDX-License-Identifier: MIT */
/* TLS between the SYS_WSS service and the POSIX port: see sys_wss_posix_tls.h. */
#include "sys_wss_posix_tls.h"

#include "sys_wss_port.h"
#include "sys_wss_system.h"

#if SYS_WSS_WITH_TLS

#include "wss_tls_files.h"
#include "wss_tls_hal.h"

#include <errno.h>
#include <string.h>

enum { SERVER = SYS_WSS_MODE == SYS_WSS_SERVER };

static const char *const certificate = SYS_WSS_TLS_CERTIFICATE;

static wss_tls_stream_t streams[SYS_WSS_STREAMS];
static uint8_t memory[SYS_WSS_STREAMS * (SYS_WSS_SEND_ROOM + SYS_WSS_READ_SIZE)];
static wss_tls_context_t context;
static wss_tls_identity_t identity;
static wss_tls_hal_t tls;

static bool refuse(const char *what, const char *why)
{
    SYS_CONSOLE_PRINT("SYS_WSS: TLS: %s: %s\r\n", what, why);
    return false;
}

/* True where there is no such file to be had. */
static bool load(const char *path, wss_tls_bytes_t *bytes)
{
    return path == NULL || wss_tls_file_load(path, bytes) || refuse(path, strerror(errno));
}

static bool prepare(const wss_crypto_t *crypto, const char *host)
{
    wss_tls_bytes_t ca = {NULL, 0};
    const wss_tls_bytes_t none = {NULL, 0};
    const bool own = certificate != NULL;
    identity = (wss_tls_identity_t){.certificate = none, .key = none};
    bool good = load(certificate, &identity.certificate) && load(SYS_WSS_TLS_KEY, &identity.key) &&
                load(SYS_WSS_TLS_CA, &ca);
    const wss_tls_config_t config = {.crypto = crypto,
                                     .server = SERVER,
                                     .identities = own ? &identity : NULL,
                                     .identity_count = own ? 1 : 0,
                                     .ca = ca,
                                     .host = host};
    if (good && wss_tls_context_init(&context, &config) != WSS_OK)
        good = refuse("certificates", wss_tls_context_error(&context));
    wss_tls_file_free(&identity.certificate);
    wss_tls_file_free(&identity.key);
    wss_tls_file_free(&ca);
    return good;
}

wss_result_t sys_wss_posix_tls_open(const wss_hal_t *below, const wss_crypto_t *crypto,
                                    const char *host, wss_hal_t *above)
{
    const wss_tls_hal_config_t config = {.below = below,
                                         .server = SERVER ? &context : NULL,
                                         .client = SERVER ? NULL : &context,
                                         .streams = streams,
                                         .stream_count = SYS_WSS_STREAMS,
                                         .memory = memory,
                                         .send_room = SYS_WSS_SEND_ROOM,
                                         .hold_size = SYS_WSS_READ_SIZE};
    if (!prepare(crypto, host))
        return WSS_ERR_UNSUPPORTED;
    if (wss_tls_hal_init(&tls, &config, above) == WSS_OK)
        return WSS_OK;
    wss_tls_context_free(&context);
    return WSS_ERR_UNSUPPORTED;
}

void sys_wss_posix_tls_close(void)
{
    wss_tls_context_free(&context);
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
