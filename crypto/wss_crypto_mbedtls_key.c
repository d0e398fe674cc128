/* SPDX-License-Identifier: MIT */
/*
 * Keys of the opening handshake: SHA-1 and base64. It must not know randomness.
 */
#include "wss_crypto_mbedtls.h"

#include <mbedtls/base64.h>
#include <mbedtls/sha1.h>
#include <mbedtls/version.h>
#include <string.h>

#if MBEDTLS_VERSION_MAJOR < 3
#define sha1 mbedtls_sha1_ret
#else
#define sha1 mbedtls_sha1
#endif

enum { DIGEST = 20 };

static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/* base64 of `length` bytes, `size` characters, without the terminator that mbedTLS adds. */
static wss_result_t encode(const uint8_t *bytes, size_t length, char *text, size_t size)
{
    unsigned char encoded[WSS_ACCEPT_LENGTH + 1];
    size_t written = 0;

    if (mbedtls_base64_encode(encoded, sizeof encoded, &written, bytes, length) != 0 ||
        written != size)
        return WSS_ERR_UNSUPPORTED;
    memcpy(text, encoded, size);
    return WSS_OK;
}

wss_result_t wss_crypto_mbedtls_accept_key(void *context, const char key[WSS_KEY_LENGTH],
                                           char accept[WSS_ACCEPT_LENGTH])
{
    uint8_t text[WSS_KEY_LENGTH + sizeof guid - 1];
    uint8_t digest[DIGEST];

    (void)context;
    memcpy(text, key, WSS_KEY_LENGTH);
    memcpy(text + WSS_KEY_LENGTH, guid, sizeof guid - 1);
    if (sha1(text, sizeof text, digest) != 0)
        return WSS_ERR_UNSUPPORTED;
    return encode(digest, sizeof digest, accept, WSS_ACCEPT_LENGTH);
}

wss_result_t wss_crypto_mbedtls_encode_key(const uint8_t nonce[WSS_CRYPTO_NONCE],
                                           char key[WSS_KEY_LENGTH])
{
    return encode(nonce, WSS_CRYPTO_NONCE, key, WSS_KEY_LENGTH);
}

/* mbedTLS accepts spare bits in the last character and line ends; only a text that
 * encodes back to itself is canonical. */
bool wss_crypto_mbedtls_valid_key(void *context, const char key[WSS_KEY_LENGTH])
{
    uint8_t text[WSS_KEY_LENGTH];
    uint8_t nonce[WSS_KEY_LENGTH];
    char again[WSS_KEY_LENGTH];
    size_t length = 0;

    (void)context;
    memcpy(text, key, sizeof text);
    return mbedtls_base64_decode(nonce, sizeof nonce, &length, text, sizeof text) == 0 &&
           length == WSS_CRYPTO_NONCE && wss_crypto_mbedtls_encode_key(nonce, again) == WSS_OK &&
           memcmp(again, key, sizeof again) == 0;
}
