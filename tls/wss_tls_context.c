/* SPDX-License-Identifier: MIT */
/*
 * Contexts: reads certificates and keys and sets up what connections share. It must not
 * know streams, nor where the bytes come from.
 */
#include "wss_tls_internal.h"

#include <mbedtls/ssl_ciphersuites.h>
#include <string.h>

enum { LEAST_RSA = 1024, LEAST_CURVE = 224 }; /* bits of own keys */

/* RFC 8446, 9.1 and RFC 9325, 4.2: forward secrecy and AEAD. */
static const int strong_suites[] = {WSS_TLS_1_3_SUITES //
                                        MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                                    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                                    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                                    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                                    MBEDTLS_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
                                    MBEDTLS_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
                                    0};

_Static_assert(sizeof strong_suites / sizeof strong_suites[0] <= WSS_TLS_SUITES, "suites");

static wss_result_t refuse(wss_tls_context_t *context, const char *why)
{
    context->error = why;
    return WSS_ERR_CONFIG;
}

static wss_result_t refuse_input(wss_tls_context_t *context, int code, const char *why)
{
    context->error = wss_tls_input_sentence(code, why);
    if (wss_tls_is_random(code))
        return WSS_ERR_ENTROPY;
    return wss_tls_is_memory(code) ? WSS_ERR_FULL : WSS_ERR_CONFIG;
}

int wss_tls_random(void *crypto, unsigned char *bytes, size_t length)
{
    const wss_crypto_t *source = crypto;

    return source->random(source->context, bytes, length) == WSS_OK ? 0 : WSS_TLS_RANDOM_FAILED;
}

/* mbedTLS wants the pointer it hands back to wss_tls_random() without const. */
void *wss_tls_random_context(const wss_tls_context_t *context)
{
    union {
        const void *given;
        void *wanted;
    } pointer = {.given = context->config.crypto};

    return pointer.wanted;
}

/* ------------------------------------------------------------- certificates and keys */

/* Such a key cannot sign what TLS wants signed, or proves nothing. */
static bool is_too_short(const mbedtls_pk_context *key)
{
    const size_t least = mbedtls_pk_can_do(key, MBEDTLS_PK_RSA) ? LEAST_RSA : LEAST_CURVE;

    return mbedtls_pk_get_bitlen(key) < least;
}

static wss_result_t read_identity(wss_tls_context_t *context, wss_tls_identity_t *own)
{
    const unsigned char *password = (const unsigned char *)own->password;
    const size_t size = own->password == NULL ? 0 : strlen(own->password);
    void *random = wss_tls_random_context(context);
    int code;

    if (own->certificate.bytes == NULL || own->key.bytes == NULL)
        return refuse(context, "A certificate or its key is missing.");
    code = mbedtls_x509_crt_parse(&own->chain, own->certificate.bytes, own->certificate.length);
    if (code != 0)
        return refuse_input(context, code, "The certificate cannot be read.");
    code = wss_tls_parse_key(&own->private_key, own->key.bytes, own->key.length, password, size,
                             wss_tls_random, random);
    if (code != 0)
        return refuse_input(context, code,
                            password == NULL ? "The key cannot be read."
                                             : "The key cannot be read with its password.");
    if (is_too_short(&own->private_key))
        return refuse(context, "The key is too short.");
    code = wss_tls_check_pair(&own->chain.pk, &own->private_key, wss_tls_random, random);
    if (code != 0)
        return refuse_input(context, code, "The key does not belong to the certificate.");
    return WSS_OK;
}

/* What has a name is chosen by it; the rest is for all others. */
static wss_result_t read_identities(wss_tls_context_t *context)
{
    const wss_tls_config_t *config = &context->config;
    bool nameless = false;

    for (uint32_t i = 0; i < config->identity_count; i++) {
        wss_tls_identity_t *own = &config->identities[i];
        const wss_result_t result = read_identity(context, own);
        if (result != WSS_OK)
            return result;
        if (own->name != NULL && config->server)
            continue;
        if (mbedtls_ssl_conf_own_cert(&context->ssl, &own->chain, &own->private_key) != 0)
            return refuse_input(context, MBEDTLS_ERR_SSL_ALLOC_FAILED, "");
        nameless = true;
    }
    if (config->server && !nameless)
        return refuse(context, "A server needs a certificate without a name.");
    return WSS_OK;
}

/* A bundle may hold certificates that this build of mbedTLS cannot read: they are skipped. */
static wss_result_t read_ca(wss_tls_context_t *context)
{
    const wss_tls_bytes_t *ca = &context->config.ca;

    if (ca->bytes == NULL) {
        if (context->config.server || context->config.insecure)
            return WSS_OK;
        return refuse(context, "A client needs CA certificates.");
    }
    const int code = mbedtls_x509_crt_parse(&context->ca, ca->bytes, ca->length);
    if (code < 0 || context->ca.version == 0)
        return refuse_input(context, code, "The CA certificates cannot be read.");
    mbedtls_ssl_conf_ca_chain(&context->ssl, &context->ca, NULL);
    return WSS_OK;
}

/* --------------------------------------------------------------------- the settings */

static void set_verify(wss_tls_context_t *context)
{
    const wss_tls_config_t *config = &context->config;
    const bool demand = config->server ? config->ca.bytes != NULL : !config->insecure;

    mbedtls_ssl_conf_authmode(&context->ssl,
                              demand ? MBEDTLS_SSL_VERIFY_REQUIRED : MBEDTLS_SSL_VERIFY_NONE);
}

static bool knows(int suite)
{
    return mbedtls_ssl_ciphersuite_from_id(suite) != NULL;
}

/* A server of mbedTLS fails where a client wants a suite that is listed and not built in. */
static wss_result_t set_suites(wss_tls_context_t *context)
{
    const int *wanted = context->config.suites;
    size_t count = 0;

    for (size_t i = 0; wanted != NULL && wanted[i] != 0; i++)
        if (!knows(wanted[i]))
            return refuse(context, "This build of mbedTLS lacks one of the cipher suites.");
    for (size_t i = 0; strong_suites[i] != 0; i++)
        if (knows(strong_suites[i]))
            context->suites[count++] = strong_suites[i];
    mbedtls_ssl_conf_ciphersuites(&context->ssl, wanted != NULL ? wanted : context->suites);
    return WSS_OK;
}

/* RFC 8446, B.4 */
static bool has_1_3_suite(const int *suites)
{
    while (*suites != 0 && *suites >> 8 != 0x13)
        suites++;
    return *suites != 0;
}

/* Suites are of one version: 1.3 is not offered without one of its own. Nor is it with
 * max_fragment: mbedTLS then asks as for 1.2 and takes no answer of 1.3. */
static wss_result_t set_version(wss_tls_context_t *context)
{
    const wss_tls_version_t least = context->config.least_version;
    const bool fragment = context->config.max_fragment != 0;
    const int *suites = context->config.suites;

    if (fragment && least == WSS_TLS_VERSION_1_3)
        return refuse(context, "max_fragment is not for TLS 1.3.");
    if (fragment || (suites != NULL && !has_1_3_suite(suites)))
        wss_tls_only_1_2(&context->ssl);
    if (wss_tls_set_version(&context->ssl, least == WSS_TLS_VERSION_1_3))
        return WSS_OK;
    context->error = "This build of mbedTLS has no TLS 1.3.";
    return WSS_ERR_UNSUPPORTED;
}

static wss_result_t set_alpn(wss_tls_context_t *context)
{
#if defined(MBEDTLS_SSL_ALPN)
    static const char *protocols[] = {"http/1.1", NULL};

    if (mbedtls_ssl_conf_alpn_protocols(&context->ssl, protocols) != 0)
        return refuse(context, "ALPN cannot be set up.");
#else
    (void)context;
#endif
    return WSS_OK;
}

static wss_result_t set_fragment(wss_tls_context_t *context)
{
    static const uint16_t sizes[] = {0, 512, 1024, 2048, 4096};
    unsigned char code = 0;

    while (code < sizeof sizes / sizeof sizes[0] && sizes[code] != context->config.max_fragment)
        code++;
    if (code == sizeof sizes / sizeof sizes[0])
        return refuse(context, "max_fragment is not 0, 512, 1024, 2048 or 4096.");
#if defined(MBEDTLS_SSL_MAX_FRAGMENT_LENGTH)
    if (code > 0 && mbedtls_ssl_conf_max_frag_len(&context->ssl, code) == 0)
        return WSS_OK;
#endif
    return code == 0 ? WSS_OK : refuse(context, "mbedTLS cannot send records of max_fragment.");
}

static wss_result_t set_tickets(wss_tls_context_t *context)
{
    const wss_tls_config_t *config = &context->config;
    const bool wanted = config->server && config->ticket_lifetime != WSS_TLS_NO_TICKETS;
    const int code = wanted ? wss_tls_tickets_use(context) : 0;

    return code == 0 ? WSS_OK : refuse_input(context, code, "Tickets cannot be set up.");
}

static wss_result_t set_defaults(wss_tls_context_t *context)
{
    const wss_tls_config_t *config = &context->config;
    const int role = config->server ? MBEDTLS_SSL_IS_SERVER : MBEDTLS_SSL_IS_CLIENT;
    const int code = mbedtls_ssl_config_defaults(&context->ssl, role, MBEDTLS_SSL_TRANSPORT_STREAM,
                                                 MBEDTLS_SSL_PRESET_DEFAULT);

    if (code != 0)
        return refuse_input(context, code, "mbedTLS lacks what TLS needs.");
    mbedtls_ssl_conf_rng(&context->ssl, wss_tls_random, wss_tls_random_context(context));
#if defined(MBEDTLS_SSL_RENEGOTIATION)
    mbedtls_ssl_conf_renegotiation(&context->ssl, MBEDTLS_SSL_RENEGOTIATION_DISABLED);
#endif
    mbedtls_ssl_conf_cert_profile(&context->ssl, &mbedtls_x509_crt_profile_next);
    wss_tls_set_curves(&context->ssl);
    if (!config->server)
        wss_tls_want_tickets(&context->ssl);
    set_verify(context);
    return WSS_OK;
}

/* ------------------------------------------------------------------------ the whole */

typedef wss_result_t step_t(wss_tls_context_t *context);

static wss_result_t set_up(wss_tls_context_t *context)
{
    static step_t *const steps[] = {set_defaults, set_suites, set_version,     set_alpn,
                                    set_fragment, read_ca,    read_identities, set_tickets};

    if (wss_tls_start() != 0)
        return refuse(context, "mbedTLS cannot start.");
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        const wss_result_t result = steps[i](context);
        if (result != WSS_OK)
            return result;
    }
    if (context->config.server)
        wss_tls_names_use(context);
    return WSS_OK;
}

static void begin(wss_tls_context_t *context)
{
    mbedtls_ssl_config_init(&context->ssl);
    mbedtls_x509_crt_init(&context->ca);
    wss_tls_tickets_begin(context);
    for (uint32_t i = 0; i < context->config.identity_count; i++) {
        mbedtls_x509_crt_init(&context->config.identities[i].chain);
        mbedtls_pk_init(&context->config.identities[i].private_key);
    }
    wss_tls_sessions_begin(context);
    context->started = true;
}

wss_result_t wss_tls_context_init(wss_tls_context_t *context, const wss_tls_config_t *config)
{
    memset(context, 0, sizeof *context);
    context->error = "";
    context->config = *config;
    if (config->crypto == NULL || config->crypto->random == NULL)
        return refuse(context, "The random number generator is missing.");
    if ((config->identities == NULL && config->identity_count > 0) ||
        (config->sessions == NULL && config->session_count > 0))
        return refuse(context, "The identities or the sessions are missing.");
    if (!wss_tls_has_role(config->server))
        return refuse(context, "mbedTLS is built without this role.");
    begin(context);
    const wss_result_t result = set_up(context);
    if (result != WSS_OK)
        wss_tls_context_free(context);
    return result;
}

const char *wss_tls_context_error(const wss_tls_context_t *context)
{
    return context->error;
}

void wss_tls_context_free(wss_tls_context_t *context)
{
    if (!context->started)
        return;
    context->started = false;
    wss_tls_sessions_free(context);
    for (uint32_t i = 0; i < context->config.identity_count; i++) {
        mbedtls_x509_crt_free(&context->config.identities[i].chain);
        mbedtls_pk_free(&context->config.identities[i].private_key);
    }
    wss_tls_tickets_free(context);
    mbedtls_x509_crt_free(&context->ca);
    mbedtls_ssl_config_free(&context->ssl);
}
