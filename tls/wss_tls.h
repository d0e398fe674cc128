/* SPDX-License-Identifier: MIT */
/*
 * What TLS connections share (RFC 5246, RFC 8446), on mbedTLS 2.28 or 3.6: certificates,
 * keys, trust, tickets. wss_tls_hal.h makes streams of it. It must not know streams.
 *
 *     wss_tls_identity_t own = {.certificate = {pem, sizeof pem}, .key = {key, sizeof key}};
 *     const wss_tls_config_t config = {.crypto = &crypto, .server = true,
 *         .identities = &own, .identity_count = 1};
 *     static wss_tls_context_t context;
 *     if (wss_tls_context_init(&context, &config) < 0)
 *         puts(wss_tls_context_error(&context));
 *
 * Always so: TLS 1.2 or later, no renegotiation, ephemeral ECDH with AEAD ciphers, ALPN
 * "http/1.1" for peers that use ALPN. A context belongs to one loop, or to loops that share
 * a lock: random numbers, tickets and sessions are not guarded. mbedTLS allocates: by its
 * own means on hosts, from a static pool in firmware (see wss_tls_pool.h).
 */
#ifndef WSS_TLS_H
#define WSS_TLS_H

#include "wss/wss_hal.h"

#include <mbedtls/ssl.h>
#include <mbedtls/ssl_ticket.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    WSS_TLS_HOST = 64,               /* longest host name whose session is kept, and the zero */
    WSS_TLS_TICKET_LIFETIME = 86400, /* seconds: default of ticket_lifetime */
    WSS_TLS_NO_TICKETS = INT32_MAX,  /* value of ticket_lifetime */
    WSS_TLS_SUITES = 10              /* of `suites` when nothing else is said */
};

/* PEM, whose length counts the terminating zero, or DER. */
typedef struct wss_tls_bytes {
    const void *bytes;
    size_t length;
} wss_tls_bytes_t;

/* A certificate and its key. */
typedef struct wss_tls_identity {
    wss_tls_bytes_t certificate; /* the own one, then those that lead to a CA; read at init */
    wss_tls_bytes_t key;         /* RSA or elliptic curve; read at init */
    const char *password;        /* of the key; NULL: it has none; read at init */
    /* Server: for clients that ask for this name, "example.org" or "*.example.org" (RFC 6066,
     * 3); NULL: for all others. Several may have the same name, such as RSA and ECDSA.
     * Lives as long as the context. */
    const char *name;

    mbedtls_x509_crt chain; /* from here on its members belong to the context */
    mbedtls_pk_context private_key;
} wss_tls_identity_t;

/* A session that a client may resume. Its members belong to the context. */
typedef struct wss_tls_session {
    mbedtls_ssl_session session;
    char host[WSS_TLS_HOST];
    uint32_t used; /* when, in connections of the context */
    uint32_t life; /* counts what the place was used for */
    uint16_t port;
    bool saved;
} wss_tls_session_t;

typedef enum wss_tls_version {
    WSS_TLS_VERSION_DEFAULT, /* 1.2 */
    WSS_TLS_VERSION_1_2,
    WSS_TLS_VERSION_1_3 /* mbedTLS 3.6 alone: else WSS_ERR_UNSUPPORTED */
} wss_tls_version_t;

typedef struct wss_tls_config {
    const wss_crypto_t *crypto; /* random numbers; lives as long as the context */
    bool server;                /* else for clients */

    wss_tls_identity_t *identities; /* a server needs one without a name; a client has one
                                     * where servers ask for it. In use as long as the context */
    uint32_t identity_count;

    /* CA certificates, one or a bundle, that the peer's certificate must lead to. A client
     * needs them. A server that has them demands a certificate of each client. Read at init. */
    wss_tls_bytes_t ca;

    /* Client: any certificate will do. Whoever is on the way reads and changes everything. */
    bool insecure;

    /* Client: the name that is asked for and has to be in the certificate; NULL: the host
     * that is dialled. Lives as long as the context. */
    const char *host;

    wss_tls_version_t least_version;

    /* Client: asks the server for records of at most 512, 1024, 2048 or 4096 bytes (RFC 6066,
     * 4), where mbedTLS has smaller buffers than records may be. 0: does not ask. Servers
     * may ignore it. It makes the connection one of TLS 1.2: mbedTLS has no more. */
    uint16_t max_fragment;

    /* Server: seconds for which a ticket is good (RFC 5077); 0: WSS_TLS_TICKET_LIFETIME;
     * WSS_TLS_NO_TICKETS: none are given. */
    uint32_t ticket_lifetime;

    /* Client: room for sessions to resume, one per host and port; the oldest gives way. In
     * use as long as the context. NULL: none is kept. */
    wss_tls_session_t *sessions;
    uint32_t session_count;

    /* Cipher suites in order of preference, ended by 0: MBEDTLS_TLS_*, MBEDTLS_TLS1_3_*. Lives
     * as long as the context. NULL: as above, AES and ChaCha20, those that mbedTLS has. */
    const int *suites;
} wss_tls_config_t;

/* Its members belong to it; `resumed` may be read. It must not move. */
typedef struct wss_tls_context {
    mbedtls_ssl_config ssl;
    wss_tls_config_t config;
    mbedtls_x509_crt ca;
    mbedtls_ssl_ticket_context tickets;
    int suites[WSS_TLS_SUITES];
    const char *error;
    uint32_t connections;
    uint32_t resumed; /* server: tickets that were taken */
    bool started;
} wss_tls_context_t;

/* Reads certificates and keys. On failure wss_tls_context_error() says why, and the context
 * holds nothing: WSS_ERR_CONFIG for what was given, WSS_ERR_FULL when memory is short,
 * WSS_ERR_ENTROPY, WSS_ERR_UNSUPPORTED. */
wss_result_t wss_tls_context_init(wss_tls_context_t *context, const wss_tls_config_t *config);

/* A sentence, or "". */
const char *wss_tls_context_error(const wss_tls_context_t *context);

/* Wipes keys and sessions. No stream may use it any more. */
void wss_tls_context_free(wss_tls_context_t *context);

#ifdef __cplusplus
}
#endif
#endif
