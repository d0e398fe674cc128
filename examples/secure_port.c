/* SPDX-License-Identifier: MIT */
/* Sockets, random numbers, trust, TLS: each stands on those before it. */
#include "secure_port.h"

#include <stdlib.h>
#include <wss_crypto_mbedtls.h>
#include <wss_tls_files.h>
#include <wss_tls_hal.h>

enum { SEND_ROOM = 4096, HOLD_SIZE = 2048, INPUT_SIZE = 32768 };

static const char system_ca[] = "/etc/ssl/certs/ca-certificates.crt";

static wss_tls_context_t context;

/* False: there is no file of CA certificates, so no server of wss:// can be trusted. */
static bool load_trust(wss_tls_bytes_t *ca)
{
    const char *path = getenv("WSS_CA");
    return wss_tls_file_load(path != NULL ? path : system_ca, ca);
}

static const char *open_context(const wss_crypto_t *crypto, wss_tls_bytes_t *ca)
{
    static wss_tls_session_t sessions[4];
    const wss_tls_config_t config = {
        .crypto = crypto, .ca = *ca, .sessions = sessions, .session_count = 4};
    wss_result_t result = wss_tls_context_init(&context, &config);
    wss_tls_file_free(ca);
    return result == WSS_OK ? NULL : wss_tls_context_error(&context);
}

static wss_result_t open_tls(const wss_hal_t *below, wss_hal_t *hal)
{
    static wss_tls_hal_t tls;
    static wss_tls_stream_t stream;
    static uint8_t memory[SEND_ROOM + HOLD_SIZE];
    static uint8_t input[INPUT_SIZE];
    static uint8_t output[4096];
    const wss_tls_hal_config_t config = {.below = below,
                                         .client = &context,
                                         .streams = &stream,
                                         .stream_count = 1,
                                         .memory = memory,
                                         .send_room = SEND_ROOM,
                                         .hold_size = HOLD_SIZE,
                                         .input = input,
                                         .input_size = sizeof input,
                                         .output = output,
                                         .output_size = sizeof output};
    return wss_tls_hal_init(&tls, &config, hal);
}

const char *secure_port_open(const wss_posix_config_t *sockets, wss_hal_t *hal,
                             wss_crypto_t *crypto)
{
    static wss_posix_t posix;
    static wss_posix_lookup_t lookup;
    static wss_hal_t below;
    static wss_crypto_mbedtls_t generator;
    wss_posix_config_t config = *sockets;
    wss_tls_bytes_t ca;
    config.lookups = &lookup;
    config.lookup_count = 1;
    if (wss_posix_init(&posix, &config, &below) != WSS_OK ||
        wss_crypto_mbedtls_init(&generator, &below, crypto) != WSS_OK)
        return "the system lacks sockets or random numbers";
    *hal = below;
    if (!load_trust(&ca))
        return getenv("WSS_CA") != NULL ? "the file that WSS_CA names cannot be read" : NULL;
    const char *wrong = open_context(crypto, &ca);
    if (wrong != NULL)
        return wrong;
    return open_tls(&below, hal) == WSS_OK ? NULL : "TLS cannot stand on the sockets";
}
