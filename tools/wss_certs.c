/* SPDX-License-Identifier: MIT */
/*
 * Reads the files and lets go of them when the context has what it needs.
 */
#include "wss_certs.h"

#include "wss_tls_files.h"

#include <errno.h>
#include <mbedtls/x509_crt.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { LEAST_RSA = 2048 }; /* bits that peers ask for: docs/TLS.md */
_Static_assert(LEAST_RSA == 2048, "the number that the warning names");

static void say(const char *option, const char *path, const char *what)
{
    fprintf(stderr, "wss: %s: \"%s\": %s\n", option, path, what);
}

static bool load(const char *option, const char *path, wss_tls_bytes_t *bytes)
{
    if (path == NULL || wss_tls_file_load(path, bytes))
        return true;
    say(option, path, strerror(errno));
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

/* The file that a sentence of the context is about is named with it. */
static bool fail(const wss_certs_options_t *options, bool server, const char *why)
{
    const char *bundle = options->ca != NULL ? options->ca : WSS_CERTS_BUNDLE;

    if (strncmp(why, "The CA ", 7) == 0)
        say(server ? "--client-ca" : "--ca", bundle, why);
    else if (strncmp(why, "The certificate ", 16) == 0)
        say("--cert", options->certificate, why);
    else if (strncmp(why, "The key ", 8) != 0)
        fprintf(stderr, "wss: TLS: %s\n", why);
    else if (options->key != NULL)
        say("--key", options->key, why);
    else
        fprintf(stderr, "wss: --cert: \"%s\": %s It is looked for there, as --key is missing.\n",
                options->certificate, why);
    return false;
}

static bool open_context(wss_certs_t *certs, const wss_certs_options_t *options,
                         wss_tls_config_t *config)
{
    if (certs->identity.certificate.bytes != NULL) {
        config->identities = &certs->identity;
        config->identity_count = 1;
    }
    tzset(); /* the C library allocates for dates now, and not when it first has to */
    if (wss_tls_context_init(&certs->context, config) == WSS_OK)
        return true;
    return fail(options, config->server, wss_tls_context_error(&certs->context));
}

/* Opens it and forgets the files. */
static bool open_once(wss_certs_t *certs, const wss_certs_options_t *options,
                      wss_tls_config_t *config, bool loaded)
{
    const bool opened = loaded && open_context(certs, options, config);

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

    return open_once(certs, options, &config, loaded);
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
        (void)open_once(certs, options, &config, false);
        return true;
    }
    return open_once(certs, options, &config, loaded);
}

/* A sentence; NULL: there is nothing to say of it. */
static const char *weakness(const mbedtls_x509_crt *certificate)
{
    if (mbedtls_x509_time_is_past(&certificate->valid_to) != 0)
        return "The certificate has expired.";
    if (mbedtls_x509_time_is_future(&certificate->valid_from) != 0)
        return "The certificate is not valid yet.";
    if (mbedtls_pk_can_do(&certificate->pk, MBEDTLS_PK_RSA) != 0 &&
        mbedtls_pk_get_bitlen(&certificate->pk) < LEAST_RSA)
        return "The certificate's RSA key has less than 2048 bits, which most peers refuse.";
    return NULL;
}

void wss_certs_warn(const wss_certs_options_t *options)
{
    wss_tls_bytes_t bytes = {0};
    mbedtls_x509_crt chain;
    const char *what = NULL;

    if (options->certificate == NULL || !wss_tls_file_load(options->certificate, &bytes))
        return;
    mbedtls_x509_crt_init(&chain);
    if (mbedtls_x509_crt_parse(&chain, bytes.bytes, bytes.length) == 0)
        for (const mbedtls_x509_crt *it = &chain; it != NULL && what == NULL; it = it->next)
            what = weakness(it);
    if (what != NULL)
        say("--cert", options->certificate, what);
    mbedtls_x509_crt_free(&chain);
    wss_tls_file_free(&bytes);
}

void wss_certs_close(wss_certs_t *certs)
{
    wss_tls_context_free(&certs->context);
}
