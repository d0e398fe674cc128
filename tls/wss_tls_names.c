/* SPDX-License-Identifier: MIT */
/*
 * The server's choice of a certificate by the name that a client asks for (RFC 6066, 3). It
 * must not know what is in certificates.
 */
#include "wss_tls_internal.h"

static unsigned lower(char letter)
{
    const unsigned code = (unsigned char)letter;

    return letter >= 'A' && letter <= 'Z' ? code + ('a' - 'A') : code;
}

static bool is_same(const char *own, const char *asked, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (own[i] == '\0' || lower(own[i]) != lower(asked[i]))
            return false;
    return own[length] == '\0';
}

/* RFC 6125, 6.4.3: "*." stands for one label. */
static bool is_asked(const char *own, const char *asked, size_t length)
{
    size_t label = 0;

    if (own[0] != '*' || own[1] != '.')
        return is_same(own, asked, length);
    while (label < length && asked[label] != '.')
        label++;
    return label > 0 && label < length && is_same(own + 1, asked + label, length - label);
}

/* A name that nobody has is answered with the certificates without one. */
static int choose(void *pointer, mbedtls_ssl_context *ssl, const unsigned char *name, size_t length)
{
    const wss_tls_context_t *context = pointer;
    int code = 0;

    for (uint32_t i = 0; i < context->config.identity_count && code == 0; i++) {
        wss_tls_identity_t *own = &context->config.identities[i];
        if (own->name != NULL && is_asked(own->name, (const char *)name, length))
            code = mbedtls_ssl_set_hs_own_cert(ssl, &own->chain, &own->private_key);
    }
    return code;
}

void wss_tls_names_use(wss_tls_context_t *context)
{
    mbedtls_ssl_conf_sni(&context->ssl, choose, context);
}
