/* SPDX-License-Identifier: MIT */
/*
 * Reads the files and lets go of them when the context has what it needs.
 */
#include "wss_certs.h"

#include "wss_tls_files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static bool fail(const char *option, const char *why)
{
    fprintf(stderr, "wss: %s: %s\n", option, why);
    return false;
}

static bool load(const char *option, const char *path, wss_tls_bytes_t *bytes)
{
    if (path == NULL || wss_tls_file_load(path, bytes))
        return true;
    fprintf(stderr, "wss: %s: \"%s\": %s\n", option, path, strerror(errno));
    return false;
}

/* PEM files hold both as they like. */
static bool load_identity(const wss_certs_options_t *options, wss_tls_identity_t *identity)
{
    const char *key = options->key != NULL ? options->key : options->certificate;

    *identity = (wss_tls_identity_t){0};
    return load("--cert", options->certificate, &identity->certificate) &&
           load("--key", key, &identity->key);
}

static bool open_context(wss_certs_t *certs, wss_tls_config_t *config)
{
    if (certs->identity.certificate.bytes != NULL) {
        config->identities = &certs->identity;
        config->identity_count = 1;
    }
    tzset(); /* the C library allocates for dates now, and not when it first has to */
    if (wss_tls_context_init(&certs->context, config) == WSS_OK)
        return true;
    return fail("TLS", wss_tls_context_error(&certs->context));
}

/* Opens it and forgets the files. */
static bool open_once(wss_certs_t *certs, wss_tls_config_t *config, bool loaded)
{
    const bool opened = loaded && open_context(certs, config);

    wss_tls_file_free(&certs->identity.certificate);
    wss_tls_file_free(&certs->identity.key);
    wss_tls_file_free(&config->ca);
    return opened;
}

bool wss_certs_open_server(wss_certs_t *certs, const wss_certs_options_t *options,
                           const wss_crypto_t *crypto)
{
    wss_tls_config_t config = {.crypto = crypto, .server = true};
    const bool loaded =
        load_identity(options, &certs->identity) && load("--client-ca", options->ca, &config.ca);

    return open_once(certs, &config, loaded);
}

bool wss_certs_open_client(wss_certs_t *certs, const wss_certs_options_t *options,
                           const wss_crypto_t *crypto, bool *usable)
{
    wss_tls_config_t config = {.crypto = crypto,
                               .insecure = options->insecure,
                               .sessions = certs->sessions,
                               .session_count = sizeof certs->sessions / sizeof certs->sessions[0]};
    const bool own = options->ca != NULL || options->insecure;
    bool loaded = load_identity(options, &certs->identity) && load("--ca", options->ca, &config.ca);

    *usable = own || wss_tls_file_load(WSS_CERTS_BUNDLE, &config.ca);
    if (loaded && !*usable) {
        (void)open_once(certs, &config, false);
        return true;
    }
    return open_once(certs, &config, loaded);
}

void wss_certs_close(wss_certs_t *certs)
{
    wss_tls_context_free(&certs->context);
}
