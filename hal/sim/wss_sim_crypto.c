/* SPDX-License-Identifier: MIT */
/*
 * Cryptography for tests: what is computed is right, what is drawn can be foretold.
 * Nothing but a test may use it.
 */
#include "wss_crypto_mbedtls.h"
#include "wss_sim_internal.h"

static wss_result_t random_bytes(void *context, uint8_t *buffer, size_t length)
{
    wss_sim_crypto_t *generator = context;

    if (generator->fails)
        return WSS_ERR_ENTROPY;
    for (size_t i = 0; i < length; i++)
        buffer[i] = (uint8_t)wss_sim_random(&generator->random);
    return WSS_OK;
}

static wss_result_t make_key(void *context, char key[WSS_KEY_LENGTH])
{
    uint8_t nonce[WSS_CRYPTO_NONCE];
    const wss_result_t result = random_bytes(context, nonce, sizeof nonce);

    return result == WSS_OK ? wss_crypto_mbedtls_encode_key(nonce, key) : result;
}

void wss_sim_crypto_init(wss_sim_crypto_t *generator, uint64_t seed, wss_crypto_t *crypto)
{
    *generator = (wss_sim_crypto_t){.random = seed ^ UINT64_C(0xD1B54A32D192ED03)};
    if (generator->random == 0)
        generator->random = 1;
    *crypto = (wss_crypto_t){
        .context = generator,
        .accept_key = wss_crypto_mbedtls_accept_key,
        .valid_key = wss_crypto_mbedtls_valid_key,
        .make_key = make_key,
        .random = random_bytes,
    };
}
