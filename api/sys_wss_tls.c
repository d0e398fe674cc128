/* SPDX-License-Identifier: MIT */
/* TLS between the SYS_WSS service and its port: see sys_wss_tls.h. */
#include "sys_wss_tls.h"

#include "sys_wss_port.h"
#include "sys_wss_system.h"

#if SYS_WSS_WITH_TLS

enum { SERVER = SYS_WSS_MODE == SYS_WSS_SERVER };

static wss_tls_stream_t streams[SYS_WSS_STREAMS];
static uint8_t memory[SYS_WSS_STREAMS * (SYS_WSS_SEND_ROOM + SYS_WSS_READ_SIZE)];
static wss_tls_context_t context;
static wss_tls_identity_t identity;
static wss_tls_hal_t tls;

bool sys_wss_tls_refuse(const char *what, const char *why)
{
    SYS_CONSOLE_PRINT("SYS_WSS: TLS: %s: %s\r\n", what, why);
    return false;
}

static bool prepare(const wss_crypto_t *crypto, const char *host, const sys_wss_tls_setup_t *setup)
{
    const bool own = setup->certificate.bytes != NULL;
    identity = (wss_tls_identity_t){.certificate = setup->certificate, .key = setup->key};
    const wss_tls_config_t config = {.crypto = crypto,
                                     .server = SERVER,
                                     .identities = own ? &identity : NULL,
                                     .identity_count = own ? 1 : 0,
                                     .ca = setup->ca,
                                     .host = host,
                                     .max_fragment = SYS_WSS_TLS_MAX_FRAGMENT};
    const wss_result_t result = wss_tls_context_init(&context, &config);
    identity.certificate = identity.key = (wss_tls_bytes_t){NULL, 0};
    return result == WSS_OK || sys_wss_tls_refuse("certificates", wss_tls_context_error(&context));
}

wss_result_t sys_wss_tls_open(const wss_hal_t *below, const wss_crypto_t *crypto, const char *host,
                              const sys_wss_tls_setup_t *setup, wss_hal_t *above)
{
    const wss_tls_hal_config_t config = {.below = below,
                                         .server = SERVER ? &context : NULL,
                                         .client = SERVER ? NULL : &context,
                                         .streams = streams,
                                         .stream_count = SYS_WSS_STREAMS,
                                         .memory = memory,
                                         .send_room = SYS_WSS_SEND_ROOM,
                                         .hold_size = SYS_WSS_READ_SIZE,
                                         .output = setup->output,
                                         .output_size = setup->output_size};
    if (!prepare(crypto, host, setup))
        return WSS_ERR_UNSUPPORTED;
    if (wss_tls_hal_init(&tls, &config, above) == WSS_OK)
        return WSS_OK;
    wss_tls_context_free(&context);
    return WSS_ERR_UNSUPPORTED;
}

void sys_wss_tls_close(void)
{
    wss_tls_context_free(&context);
}

#endif
