/* SPDX-License-Identifier: MIT */
/*
 * Tickets (RFC 5077; RFC 8446, 4.6.1), by which servers let sessions be resumed. It must not know
 * streams.
 */
#include "wss_tls_internal.h"

#if defined(MBEDTLS_SSL_SRV_C)

/* mbedtls_ssl_ticket_parse, counting. */
static int take_ticket(void *pointer, mbedtls_ssl_session *session, unsigned char *bytes,
                       size_t length)
{
    wss_tls_context_t *context = pointer;
    const int code = mbedtls_ssl_ticket_parse(&context->tickets, session, bytes, length);

    if (code == 0)
        context->resumed++;
    return code;
}

static int give_ticket(void *pointer, const mbedtls_ssl_session *session, unsigned char *bytes,
                       const unsigned char *end, size_t *length, uint32_t *lifetime)
{
    wss_tls_context_t *context = pointer;

    return mbedtls_ssl_ticket_write(&context->tickets, session, bytes, end, length, lifetime);
}

void wss_tls_tickets_begin(wss_tls_context_t *context)
{
    mbedtls_ssl_ticket_init(&context->tickets);
}

int wss_tls_tickets_use(wss_tls_context_t *context)
{
    const uint32_t wanted = context->config.ticket_lifetime;
    const int code = mbedtls_ssl_ticket_setup(
        &context->tickets, wss_tls_random, wss_tls_random_context(context),
        MBEDTLS_CIPHER_AES_256_GCM, wanted == 0 ? WSS_TLS_TICKET_LIFETIME : wanted);

    if (code == 0)
        mbedtls_ssl_conf_session_tickets_cb(&context->ssl, give_ticket, take_ticket, context);
    return code;
}

void wss_tls_tickets_free(wss_tls_context_t *context)
{
    mbedtls_ssl_ticket_free(&context->tickets);
}

#else

void wss_tls_tickets_begin(wss_tls_context_t *context)
{
    (void)context;
}

int wss_tls_tickets_use(wss_tls_context_t *context)
{
    (void)context;
    return 0;
}

void wss_tls_tickets_free(wss_tls_context_t *context)
{
    (void)context;
}

#endif
