/* SPDX-License-Identifier: MIT */
/*
 * Random bytes: CTR_DRBG seeded by the HAL, drawn in batches, wiped as they are
 * given out. It must not know what they are for, beyond making a key of them.
 */
#include "wss_crypto_mbedtls.h"

#include <mbedtls/platform_util.h>
#include <string.h>

static int entropy(void *context, unsigned char *buffer, size_t length)
{
    const wss_hal_t *hal = context;

    if (hal->entropy(hal->context, buffer, length) == WSS_OK)
        return 0;
    return MBEDTLS_ERR_CTR_DRBG_ENTROPY_SOURCE_FAILED;
}

static uint32_t process_of(const wss_hal_t *hal)
{
    return hal->process == NULL ? 0 : hal->process(hal->context);
}

/* mbedTLS wants the pointer it hands back to entropy() without const. */
static void *unqualified(const wss_hal_t *hal)
{
    union {
        const void *given;
        void *wanted;
    } pointer = {.given = hal};

    return pointer.wanted;
}

/* Seeds at first use, and again in a child: it shares no bytes with its parent. */
static wss_result_t seed(wss_crypto_mbedtls_t *generator)
{
    const uint32_t process = process_of(generator->hal);

    if (generator->seeded && generator->process == process)
        return WSS_OK;
    generator->seeded = false;
    generator->left = 0;
    mbedtls_platform_zeroize(generator->batch, sizeof generator->batch);
    mbedtls_ctr_drbg_free(&generator->drbg);
    mbedtls_ctr_drbg_init(&generator->drbg);
    if (mbedtls_ctr_drbg_seed(&generator->drbg, entropy, unqualified(generator->hal),
                              (const unsigned char *)&process, sizeof process) != 0)
        return WSS_ERR_ENTROPY;
    generator->process = process;
    generator->seeded = true;
    return WSS_OK;
}

static wss_result_t draw(wss_crypto_mbedtls_t *generator)
{
    if (mbedtls_ctr_drbg_random(&generator->drbg, generator->batch, WSS_CRYPTO_BATCH) != 0)
        return WSS_ERR_ENTROPY;
    generator->left = WSS_CRYPTO_BATCH;
    return WSS_OK;
}

/* Gives out bytes of the batch and forgets them. */
static size_t give(wss_crypto_mbedtls_t *generator, uint8_t *buffer, size_t length)
{
    const size_t count = length < generator->left ? length : generator->left;
    uint8_t *bytes = generator->batch + WSS_CRYPTO_BATCH - generator->left;

    memcpy(buffer, bytes, count);
    mbedtls_platform_zeroize(bytes, count);
    generator->left = (uint16_t)(generator->left - count);
    return count;
}

static wss_result_t random_bytes(void *context, uint8_t *buffer, size_t length)
{
    wss_crypto_mbedtls_t *generator = context;
    wss_result_t result = seed(generator);

    while (result == WSS_OK && length > 0) {
        if (generator->left == 0)
            result = draw(generator);
        const size_t count = give(generator, buffer, length);
        buffer += count;
        length -= count;
    }
    return result;
}

static wss_result_t make_key(void *context, char key[WSS_KEY_LENGTH])
{
    uint8_t nonce[WSS_CRYPTO_NONCE];
    wss_result_t result = random_bytes(context, nonce, sizeof nonce);

    if (result == WSS_OK)
        result = wss_crypto_mbedtls_encode_key(nonce, key);
    mbedtls_platform_zeroize(nonce, sizeof nonce);
    return result;
}

wss_result_t wss_crypto_mbedtls_init(wss_crypto_mbedtls_t *generator, const wss_hal_t *hal,
                                     wss_crypto_t *crypto)
{
    if (generator == NULL || crypto == NULL || hal == NULL || hal->entropy == NULL)
        return WSS_ERR_ARGUMENT;
    memset(generator, 0, sizeof *generator);
    mbedtls_ctr_drbg_init(&generator->drbg);
    generator->hal = hal;
    *crypto = (wss_crypto_t){
        .context = generator,
        .accept_key = wss_crypto_mbedtls_accept_key,
        .valid_key = wss_crypto_mbedtls_valid_key,
        .make_key = make_key,
        .random = random_bytes,
    };
    return WSS_OK;
}

void wss_crypto_mbedtls_free(wss_crypto_mbedtls_t *generator)
{
    mbedtls_ctr_drbg_free(&generator->drbg);
    mbedtls_platform_zeroize(generator, sizeof *generator);
}
