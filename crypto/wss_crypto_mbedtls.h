/* SPDX-License-Identifier: MIT */
/*
 * The engine's cryptography on mbedTLS 2.28 and 3.x: SHA-1 and base64 for the
 * opening handshake, CTR_DRBG for masks and nonces. It must not know connections.
 *
 *     wss_crypto_mbedtls_t random;
 *     wss_crypto_t crypto;
 *     wss_result_t result = wss_crypto_mbedtls_init(&random, &hal, &crypto);
 */
#ifndef WSS_CRYPTO_MBEDTLS_H
#define WSS_CRYPTO_MBEDTLS_H

#include "wss/wss_hal.h"

#include <mbedtls/ctr_drbg.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    WSS_CRYPTO_BATCH = 256, /* random bytes drawn at a time: 64 masks */
    WSS_CRYPTO_NONCE = 16   /* bytes of a key before base64 (RFC 6455, 4.1) */
};

/* The generator. Its members belong to it. It must not move after init. */
typedef struct wss_crypto_mbedtls {
    mbedtls_ctr_drbg_context drbg;
    const wss_hal_t *hal;
    uint32_t process; /* where it was seeded */
    bool seeded;
    uint16_t left; /* bytes at the end of the batch that were not given out */
    uint8_t batch[WSS_CRYPTO_BATCH];
} wss_crypto_mbedtls_t;

/* Prepares the generator and fills `crypto`. Entropy is drawn from `hal`, which
 * must outlive the generator, when random bytes are first wanted, and again in a
 * forked child. WSS_ERR_ARGUMENT when `hal` has no entropy. */
wss_result_t wss_crypto_mbedtls_init(wss_crypto_mbedtls_t *generator, const wss_hal_t *hal,
                                     wss_crypto_t *crypto);

/* Wipes the generator. */
void wss_crypto_mbedtls_free(wss_crypto_mbedtls_t *generator);

/* The functions without randomness, for ports that bring their own. The context
 * is not used. */
wss_result_t wss_crypto_mbedtls_accept_key(void *context, const char key[WSS_KEY_LENGTH],
                                           char accept[WSS_ACCEPT_LENGTH]);
bool wss_crypto_mbedtls_valid_key(void *context, const char key[WSS_KEY_LENGTH]);
wss_result_t wss_crypto_mbedtls_encode_key(const uint8_t nonce[WSS_CRYPTO_NONCE],
                                           char key[WSS_KEY_LENGTH]);

#ifdef __cplusplus
}
#endif
#endif
