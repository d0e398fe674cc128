/* SPDX-License-Identifier: MIT */
/* websock_tls.h by wss_tls. Certificates and keys are read once, and are copies meanwhile. */
#include "websock_port.h"

#if WEBSOCK_TLS

#include <stdlib.h>
#include <string.h>
#include <wss_tls_files.h>

enum { FRAGMENT_CODES = 4 };

/* ----------------------------------------------------------------- what was given */

/* PEM ends with a zero that counts. */
static bool copy(const char *from, int length, wss_tls_bytes_t *bytes)
{
    bool terminated = length > 0 && from[length - 1] == '\0';
    bool der = length > 0 && from[0] == 0x30;
    char *memory = length > 0 ? malloc((size_t)length + 1) : NULL;
    if (memory == NULL)
        return false;
    memcpy(memory, from, (size_t)length);
    memory[length] = '\0';
    bytes->bytes = memory;
    bytes->length = (size_t)length + (der || terminated ? 0u : 1u);
    return true;
}

/* False: it cannot be read. Without bytes and path there is nothing to read. */
static bool load(const ssl_wrap_cert_t *given, wss_tls_bytes_t *bytes)
{
    *bytes = (wss_tls_bytes_t){0};
    if (given->buf != NULL)
        return copy(given->buf, given->len, bytes);
    return given->path == NULL || wss_tls_file_load(given->path, bytes);
}

static bool is_given(const ssl_wrap_cert_t *given)
{
    return given->buf != NULL || given->path != NULL;
}

/* The system's bundle where no CA is named. */
static bool load_ca(const ssl_wrap_cfg_t *config, wss_tls_bytes_t *bytes)
{
    char bundle[] = WEBSOCK_CA_FILE;
    const ssl_wrap_cert_t usual = {.path = bundle};
    *bytes = (wss_tls_bytes_t){0};
    if (config->auth_mode != SSL_WRAP_VERIFY_REQUIRED)
        return true;
    return load(is_given(&config->ca_cert) ? &config->ca_cert : &usual, bytes);
}

/* -------------------------------------------------------------------- context */

static wss_result_t read_all(websock_tls_t *tls, const ssl_wrap_cfg_t *config, wss_tls_bytes_t *ca,
                             const char **why)
{
    tls->identity = (wss_tls_identity_t){0};
    *why = "max_frag_len is to be 0..4.";
    if (config->max_frag_len < 0 || config->max_frag_len > FRAGMENT_CODES)
        return WSS_ERR_ARGUMENT;
    *why = "ca_cert cannot be read.";
    if (!load_ca(config, ca))
        return WSS_ERR_ARGUMENT;
    *why = "client_cert cannot be read.";
    if (!load(&config->client_cert, &tls->identity.certificate))
        return WSS_ERR_ARGUMENT;
    *why = "client_key cannot be read.";
    return load(&config->client_key, &tls->identity.key) ? WSS_OK : WSS_ERR_ARGUMENT;
}

static wss_result_t open_context(websock_tls_t *tls, const ssl_wrap_cfg_t *config,
                                 const wss_crypto_t *crypto, wss_tls_bytes_t ca, const char **why)
{
    bool named = is_given(&config->client_cert) || is_given(&config->client_key);
    static const uint16_t fragments[] = {0, 512, 1024, 2048, 4096}; /* RFC 6066, 4 */
    const wss_tls_config_t settings = {.crypto = crypto,
                                       .identities = &tls->identity,
                                       .identity_count = named ? 1 : 0,
                                       .ca = ca,
                                       .insecure = config->auth_mode != SSL_WRAP_VERIFY_REQUIRED,
                                       .max_fragment = fragments[config->max_frag_len]};
    wss_result_t result = wss_tls_context_init(&tls->context, &settings);
    *why = wss_tls_context_error(&tls->context);
    return result;
}

static wss_result_t open_layer(websock_tls_t *tls, const wss_hal_t *below, wss_hal_t *hal,
                               const char **why)
{
    const wss_tls_hal_config_t settings = {.below = below,
                                           .client = &tls->context,
                                           .streams = &tls->stream,
                                           .stream_count = 1,
                                           .memory = tls->memory,
                                           .send_room = WEBSOCK_ROOM,
                                           .hold_size = WEBSOCK_READ_SIZE,
                                           .output = tls->output,
                                           .output_size = sizeof tls->output};
    wss_result_t result = wss_tls_hal_init(&tls->layer, &settings, hal);
    *why = "The port below is too small for TLS.";
    if (result != WSS_OK)
        wss_tls_context_free(&tls->context);
    return result;
}

wss_result_t websock_tls_open(websock_tls_t *tls, const ssl_wrap_cfg_t *config,
                              const wss_hal_t *below, const wss_crypto_t *crypto, wss_hal_t *hal,
                              const char **why)
{
    wss_tls_bytes_t ca = {0};
    wss_result_t result = read_all(tls, config, &ca, why);
    if (result == WSS_OK)
        result = open_context(tls, config, crypto, ca, why);
    wss_tls_file_free(&ca);
    wss_tls_file_free(&tls->identity.certificate);
    wss_tls_file_free(&tls->identity.key);
    return result == WSS_OK ? open_layer(tls, below, hal, why) : result;
}

void websock_tls_close(websock_tls_t *tls)
{
    wss_tls_context_free(&tls->context);
}

#endif
