/* SPDX-License-Identifier: MIT */
/*
 * The certificates that scripts/make-certs made for the tests, and contexts of them. Where
 * something is wrong with them the program ends.
 */
#ifndef CERTS_H
#define CERTS_H

#include "wss_tls.h"

/* A context of its own and what it was made of. */
typedef struct certs_side {
    wss_tls_identity_t own;
    wss_tls_context_t context;
} certs_side_t;

/* "ec.pem" and the like; what is loaded stays until the process ends. */
wss_tls_bytes_t certs_load(const char *file);

/* An identity by the name of its files. */
wss_tls_identity_t certs_identity(const char *name);

/* Contexts. `own`, `ca`: names as above, or NULL for none. */
void certs_server(certs_side_t *side, const wss_crypto_t *crypto, const char *own, const char *ca);
void certs_client(certs_side_t *side, const wss_crypto_t *crypto, const char *own, const char *ca);

/* The same with settings of which the identities and the CA are yet to come. */
void certs_open(certs_side_t *side, const wss_tls_config_t *settings, const char *own,
                const char *ca);
void certs_close(certs_side_t *side);

#endif
