/* SPDX-License-Identifier: MIT */
/* What differs between mbedTLS 2.28 and 3.6, and with the roles that it was built with. */
#ifndef WSS_TLS_MBEDTLS_H
#define WSS_TLS_MBEDTLS_H

#include <mbedtls/ssl.h>
#include <mbedtls/version.h>
#include <stdbool.h>

#if MBEDTLS_VERSION_MAJOR >= 3

#include <psa/crypto.h>

#define WSS_TLS_FIELD(field)     MBEDTLS_PRIVATE(field)
#define WSS_TLS_NO_CIPHER        MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE
#define WSS_TLS_NO_CIPHER_USABLE MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE
#define WSS_TLS_BAD_HELLO        MBEDTLS_ERR_SSL_DECODE_ERROR
#define WSS_TLS_BAD_CERTIFICATE  MBEDTLS_ERR_SSL_BAD_CERTIFICATE
#define WSS_TLS_BAD_VERSION      MBEDTLS_ERR_SSL_BAD_PROTOCOL_VERSION
#define WSS_TLS_CHAIN_TOO_BIG    MBEDTLS_ERR_SSL_BUFFER_TOO_SMALL

/* TLS 1.3 in 3.6 stands on PSA, whatever MBEDTLS_USE_PSA_CRYPTO says. */
static inline int wss_tls_start(void)
{
#if defined(MBEDTLS_SSL_PROTO_TLS1_3) || defined(MBEDTLS_USE_PSA_CRYPTO)
    return psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
#else
    return 0;
#endif
}

static inline int wss_tls_parse_key(mbedtls_pk_context *key, const unsigned char *bytes,
                                    size_t length, const unsigned char *password, size_t size,
                                    int (*random)(void *, unsigned char *, size_t), void *context)
{
    return mbedtls_pk_parse_key(key, bytes, length, password, size, random, context);
}

static inline int wss_tls_check_pair(const mbedtls_pk_context *public_key,
                                     const mbedtls_pk_context *key,
                                     int (*random)(void *, unsigned char *, size_t), void *context)
{
    return mbedtls_pk_check_pair(public_key, key, random, context);
}

/* False: this version is not there. */
static inline bool wss_tls_set_version(mbedtls_ssl_config *config, bool v1_3)
{
#if !defined(MBEDTLS_SSL_PROTO_TLS1_3)
    if (v1_3)
        return false;
#endif
    mbedtls_ssl_conf_min_tls_version(config, v1_3 ? MBEDTLS_SSL_VERSION_TLS1_3
                                                  : MBEDTLS_SSL_VERSION_TLS1_2);
    return true;
}

/* Those of 3.6 are good: 128 bits of security at least, the fastest first. */
static inline void wss_tls_set_curves(mbedtls_ssl_config *config)
{
    (void)config;
}

static inline void wss_tls_only_1_2(mbedtls_ssl_config *config)
{
    mbedtls_ssl_conf_max_tls_version(config, MBEDTLS_SSL_VERSION_TLS1_2);
}

static inline void wss_tls_want_tickets(mbedtls_ssl_config *config)
{
#if defined(MBEDTLS_SSL_PROTO_TLS1_3) && MBEDTLS_VERSION_NUMBER >= 0x03060100
    mbedtls_ssl_conf_tls13_enable_signal_new_session_tickets(
        config, MBEDTLS_SSL_TLS1_3_SIGNAL_NEW_SESSION_TICKETS_ENABLED);
#else
    (void)config;
#endif
}

static inline int wss_tls_is_1_3(const mbedtls_ssl_context *ssl)
{
    return mbedtls_ssl_get_version_number(ssl) >= MBEDTLS_SSL_VERSION_TLS1_3;
}

/* So that an alert names a version where none was agreed on. */
static inline void wss_tls_assume_version(mbedtls_ssl_context *ssl)
{
    (void)ssl;
}

#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
#define WSS_TLS_TICKET_CAME MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET
#define WSS_TLS_1_3_SUITES                                                                         \
    MBEDTLS_TLS1_3_AES_128_GCM_SHA256, MBEDTLS_TLS1_3_AES_256_GCM_SHA384,                          \
        MBEDTLS_TLS1_3_CHACHA20_POLY1305_SHA256,
#else
#define WSS_TLS_TICKET_CAME 1
#define WSS_TLS_1_3_SUITES
#endif

#else

#define WSS_TLS_FIELD(field)     field
#define WSS_TLS_NO_CIPHER        MBEDTLS_ERR_SSL_NO_CIPHER_CHOSEN
#define WSS_TLS_NO_CIPHER_USABLE MBEDTLS_ERR_SSL_NO_USABLE_CIPHERSUITE
#define WSS_TLS_BAD_HELLO        MBEDTLS_ERR_SSL_BAD_HS_CLIENT_HELLO
#define WSS_TLS_BAD_CERTIFICATE  MBEDTLS_ERR_SSL_BAD_HS_CERTIFICATE
#define WSS_TLS_BAD_VERSION      MBEDTLS_ERR_SSL_BAD_HS_PROTOCOL_VERSION
#define WSS_TLS_CHAIN_TOO_BIG    MBEDTLS_ERR_SSL_CERTIFICATE_TOO_LARGE
#define WSS_TLS_TICKET_CAME      1 /* no error code */
#define WSS_TLS_1_3_SUITES

static inline int wss_tls_start(void)
{
    return 0;
}

static inline int wss_tls_parse_key(mbedtls_pk_context *key, const unsigned char *bytes,
                                    size_t length, const unsigned char *password, size_t size,
                                    int (*random)(void *, unsigned char *, size_t), void *context)
{
    (void)random;
    (void)context;
    return mbedtls_pk_parse_key(key, bytes, length, password, size);
}

static inline int wss_tls_check_pair(const mbedtls_pk_context *public_key,
                                     const mbedtls_pk_context *key,
                                     int (*random)(void *, unsigned char *, size_t), void *context)
{
    (void)random;
    (void)context;
    return mbedtls_pk_check_pair(public_key, key);
}

static inline bool wss_tls_set_version(mbedtls_ssl_config *config, bool v1_3)
{
    if (v1_3)
        return false;
    mbedtls_ssl_conf_min_version(config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
    return true;
}

/* 2.28 begins with the slowest and ends with those of 96 bits of security. */
static inline void wss_tls_set_curves(mbedtls_ssl_config *config)
{
    static const mbedtls_ecp_group_id curves[] = {
#if defined(MBEDTLS_ECP_DP_CURVE25519_ENABLED)
        MBEDTLS_ECP_DP_CURVE25519,
#endif
#if defined(MBEDTLS_ECP_DP_SECP256R1_ENABLED)
        MBEDTLS_ECP_DP_SECP256R1,
#endif
#if defined(MBEDTLS_ECP_DP_SECP384R1_ENABLED)
        MBEDTLS_ECP_DP_SECP384R1,
#endif
#if defined(MBEDTLS_ECP_DP_SECP521R1_ENABLED)
        MBEDTLS_ECP_DP_SECP521R1,
#endif
#if defined(MBEDTLS_ECP_DP_BP256R1_ENABLED)
        MBEDTLS_ECP_DP_BP256R1,
#endif
#if defined(MBEDTLS_ECP_DP_BP384R1_ENABLED)
        MBEDTLS_ECP_DP_BP384R1,
#endif
#if defined(MBEDTLS_ECP_DP_BP512R1_ENABLED)
        MBEDTLS_ECP_DP_BP512R1,
#endif
        MBEDTLS_ECP_DP_NONE
    };

    mbedtls_ssl_conf_curves(config, curves);
}

static inline void wss_tls_only_1_2(mbedtls_ssl_config *config)
{
    (void)config;
}

static inline void wss_tls_want_tickets(mbedtls_ssl_config *config)
{
    (void)config;
}

static inline int wss_tls_is_1_3(const mbedtls_ssl_context *ssl)
{
    (void)ssl;
    return 0;
}

static inline void wss_tls_assume_version(mbedtls_ssl_context *ssl)
{
    if (ssl->major_ver != 0)
        return;
    ssl->major_ver = MBEDTLS_SSL_MAJOR_VERSION_3;
    ssl->minor_ver = MBEDTLS_SSL_MINOR_VERSION_3;
}

#endif

/* There was no ServerHello yet: what was sent so far, was in plain. */
static inline int wss_tls_is_new(const mbedtls_ssl_context *ssl)
{
    return ssl->WSS_TLS_FIELD(state) <= MBEDTLS_SSL_SERVER_HELLO;
}

/* The alert that just came, after MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE (RFC 8446, 6). */
static inline unsigned wss_tls_alert_of(const mbedtls_ssl_context *ssl)
{
    return ssl->WSS_TLS_FIELD(in_msg)[1];
}

/* How long the handshake message is that came last, if it was one. */
static inline size_t wss_tls_message_size(const mbedtls_ssl_context *ssl)
{
    return ssl->WSS_TLS_FIELD(in_hslen);
}

/* The header of the record that was read last (RFC 8446, 5.1): five bytes. */
static inline const unsigned char *wss_tls_header_of(const mbedtls_ssl_context *ssl)
{
    return ssl->WSS_TLS_FIELD(in_hdr);
}

static inline bool wss_tls_has_role(bool server)
{
#if !defined(MBEDTLS_SSL_SRV_C)
    if (server)
        return false;
#endif
#if !defined(MBEDTLS_SSL_CLI_C)
    if (!server)
        return false;
#endif
    (void)server;
    return true;
}

#if defined(MBEDTLS_SSL_CLI_C)

static inline int wss_tls_offer_session(mbedtls_ssl_context *ssl,
                                        const mbedtls_ssl_session *session)
{
    return mbedtls_ssl_set_session(ssl, session);
}

static inline int wss_tls_copy_session(const mbedtls_ssl_context *ssl, mbedtls_ssl_session *session)
{
    return mbedtls_ssl_get_session(ssl, session);
}

#else

static inline int wss_tls_offer_session(mbedtls_ssl_context *ssl,
                                        const mbedtls_ssl_session *session)
{
    (void)ssl;
    (void)session;
    return MBEDTLS_ERR_SSL_FEATURE_UNAVAILABLE;
}

static inline int wss_tls_copy_session(const mbedtls_ssl_context *ssl, mbedtls_ssl_session *session)
{
    (void)ssl;
    (void)session;
    return MBEDTLS_ERR_SSL_FEATURE_UNAVAILABLE;
}

#endif

#endif
