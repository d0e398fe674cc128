/* SPDX-License-Identifier: MIT */
/*
 * TLS as a command line asks for it: files become a context. Says on stderr what is wrong
 * with them. Knows no connections.
 */
#ifndef WSS_CERTS_H
#define WSS_CERTS_H

#include "wss_tls.h"

#define WSS_CERTS_BUNDLE "/etc/ssl/certs/ca-certificates.crt"

/* Paths; NULL: not given. */
typedef struct wss_certs_options {
    const char *certificate; /* --cert */
    const char *key;         /* --key; NULL: it is in the file of the certificate */
    const char *ca;          /* --ca, --client-ca */
    bool insecure;           /* --insecure */
} wss_certs_options_t;

/* What a context stands on. It must not move. */
typedef struct wss_certs {
    wss_tls_context_t context;
    wss_tls_identity_t identity;
    wss_tls_session_t sessions[4]; /* a client's */
} wss_certs_t;

/* False: it was said why. */
bool wss_certs_open_server(wss_certs_t *certs, const wss_certs_options_t *options,
                           const wss_crypto_t *crypto);

/* Without a CA the system's bundle; where that is missing, too, no server is trusted and
 * `*usable` becomes false, which is an error for wss:// alone. */
bool wss_certs_open_client(wss_certs_t *certs, const wss_certs_options_t *options,
                           const wss_crypto_t *crypto, bool *usable);

/* Says on stderr why peers may refuse the certificate of --cert, if they may. */
void wss_certs_warn(const wss_certs_options_t *options);

void wss_certs_close(wss_certs_t *certs);

#endif
