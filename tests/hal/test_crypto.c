/* SPDX-License-Identifier: MIT */
/*
 * The cryptography contract of wss_hal.h on mbedTLS. It must not know mbedTLS beyond
 * the size of the generator.
 */
#include "wss_crypto_mbedtls.h"

#include <check.h>
#include <string.h>

/* A platform whose entropy and process number the tests decide. */
static uint32_t process_number;
static bool entropy_fails;
static unsigned entropy_calls;

static wss_result_t entropy(void *context, uint8_t *buffer, size_t length)
{
    (void)context;
    if (entropy_fails)
        return WSS_ERR_ENTROPY;
    entropy_calls++;
    memset(buffer, 0x5A, length);
    return WSS_OK;
}

static uint32_t process(void *context)
{
    (void)context;
    return process_number;
}

static const wss_hal_t hal = {.entropy = entropy, .process = process};
static wss_crypto_mbedtls_t generator;
static wss_crypto_t crypto;

static void setup(void)
{
    process_number = 1;
    entropy_fails = false;
    entropy_calls = 0;
    ck_assert_int_eq(wss_crypto_mbedtls_init(&generator, &hal, &crypto), WSS_OK);
}

static void teardown(void)
{
    wss_crypto_mbedtls_free(&generator);
}

START_TEST(example_of_rfc_6455)
{
    char accept[WSS_ACCEPT_LENGTH];

    ck_assert_int_eq(crypto.accept_key(crypto.context, "dGhlIHNhbXBsZSBub25jZQ==", accept), WSS_OK);
    ck_assert_mem_eq(accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", WSS_ACCEPT_LENGTH);
}
END_TEST

START_TEST(keys_that_are_valid)
{
    static const char *const keys[] = {"dGhlIHNhbXBsZSBub25jZQ==", "AAAAAAAAAAAAAAAAAAAAAA==",
                                       "/////////////////////w==", "+/+/+/+/+/+/+/+/+/+/+w=="};

    ck_assert(crypto.valid_key(crypto.context, keys[_i]));
}
END_TEST

START_TEST(keys_that_are_not)
{
    static const char *const keys[] = {
        "dGhlIHNhbXBsZSBub25jZR==",   /* spare bits are set */
        "dGhlIHNhbXBsZSBub25jZQ=A",   /* data after padding */
        "dGhlIHNhbXBsZSBub25jZQ= ",   /* 23 characters and a space */
        "dGhlIHNhbXBsZSBub25jZWE=",   /* 17 bytes */
        "dGhlIHNhbXBsZSBub25jZWVl",   /* 18 bytes */
        "dGhlIHNhbXBsZSBub25j====",   /* too much padding */
        "dGhlIHNhbXBsZSBu\r\nbmNQ==", /* a line end, which mbedTLS skips */
        "dGhlIHNhbXBsZSBub25jZ-==",   /* the URL alphabet */
        "========================",
    };

    ck_assert_uint_eq(strlen(keys[_i]), WSS_KEY_LENGTH);
    ck_assert(!crypto.valid_key(crypto.context, keys[_i]));
}
END_TEST

START_TEST(made_keys_are_valid_and_differ)
{
    char keys[2][WSS_KEY_LENGTH];

    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(crypto.make_key(crypto.context, keys[i]), WSS_OK);
        ck_assert(crypto.valid_key(crypto.context, keys[i]));
    }
    ck_assert_mem_ne(keys[0], keys[1], WSS_KEY_LENGTH);
}
END_TEST

/* No four bytes come twice, whatever the sizes, also across batches. */
START_TEST(no_byte_is_given_twice)
{
    static uint8_t bytes[4096];
    size_t at = 0;

    for (size_t size = 1; at + size <= sizeof bytes; at += size++)
        ck_assert_int_eq(crypto.random(crypto.context, bytes + at, size), WSS_OK);
    unsigned repeated = 0;
    for (size_t i = 0; i + 8 < at; i++)
        for (size_t j = i + 1; j + 8 < at; j++)
            repeated += memcmp(bytes + i, bytes + j, 8) == 0;
    ck_assert_uint_eq(repeated, 0);
}
END_TEST

START_TEST(given_bytes_are_wiped)
{
    uint8_t bytes[16];

    ck_assert_int_eq(crypto.random(crypto.context, bytes, sizeof bytes), WSS_OK);
    for (size_t i = 0; i + sizeof bytes <= sizeof generator; i++)
        ck_assert_mem_ne((const uint8_t *)&generator + i, bytes, sizeof bytes);
}
END_TEST

START_TEST(failing_entropy_fails_and_may_recover)
{
    uint8_t bytes[4];
    char key[WSS_KEY_LENGTH];

    entropy_fails = true;
    ck_assert_int_eq(crypto.random(crypto.context, bytes, 4), WSS_ERR_ENTROPY);
    ck_assert_int_eq(crypto.make_key(crypto.context, key), WSS_ERR_ENTROPY);
    entropy_fails = false;
    ck_assert_int_eq(crypto.random(crypto.context, bytes, 4), WSS_OK);
}
END_TEST

START_TEST(entropy_is_drawn_once)
{
    uint8_t bytes[64];

    ck_assert_uint_eq(entropy_calls, 0);
    ck_assert_int_eq(crypto.random(crypto.context, bytes, 4), WSS_OK);
    const unsigned calls = entropy_calls;
    ck_assert_uint_gt(calls, 0);
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(crypto.random(crypto.context, bytes, sizeof bytes), WSS_OK);
    ck_assert_uint_eq(entropy_calls, calls);
}
END_TEST

/* Parent and child go on from the same memory. */
START_TEST(a_forked_child_seeds_anew)
{
    static wss_crypto_mbedtls_t before;
    uint8_t parent[32];
    uint8_t child[32];

    ck_assert_int_eq(crypto.random(crypto.context, parent, 4), WSS_OK);
    memcpy(&before, &generator, sizeof before);
    ck_assert_int_eq(crypto.random(crypto.context, parent, sizeof parent), WSS_OK);
    memcpy(&generator, &before, sizeof before);
    process_number = 2;
    const unsigned calls = entropy_calls;
    ck_assert_int_eq(crypto.random(crypto.context, child, sizeof child), WSS_OK);
    ck_assert_uint_gt(entropy_calls, calls);
    ck_assert_mem_ne(parent, child, sizeof parent);
    ck_assert_mem_ne(child, child + sizeof child / 2, sizeof child / 2);
}
END_TEST

START_TEST(a_child_without_entropy_fails)
{
    uint8_t bytes[4];

    ck_assert_int_eq(crypto.random(crypto.context, bytes, 4), WSS_OK);
    process_number = 2;
    entropy_fails = true;
    ck_assert_int_eq(crypto.random(crypto.context, bytes, 4), WSS_ERR_ENTROPY);
    ck_assert_int_eq(crypto.random(crypto.context, bytes, 4), WSS_ERR_ENTROPY);
}
END_TEST

START_TEST(init_needs_entropy)
{
    const wss_hal_t none = {.entropy = NULL};
    wss_crypto_mbedtls_t other;

    ck_assert_int_eq(wss_crypto_mbedtls_init(&other, &none, &crypto), WSS_ERR_ARGUMENT);
    ck_assert_int_eq(wss_crypto_mbedtls_init(&other, NULL, &crypto), WSS_ERR_ARGUMENT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("crypto");
    TCase *cases = tcase_create("mbedtls");

    suite_add_tcase(suite, cases);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, example_of_rfc_6455);
    tcase_add_loop_test(cases, keys_that_are_valid, 0, 4);
    tcase_add_loop_test(cases, keys_that_are_not, 0, 9);
    tcase_add_test(cases, made_keys_are_valid_and_differ);
    tcase_add_test(cases, no_byte_is_given_twice);
    tcase_add_test(cases, given_bytes_are_wiped);
    tcase_add_test(cases, failing_entropy_fails_and_may_recover);
    tcase_add_test(cases, entropy_is_drawn_once);
    tcase_add_test(cases, a_forked_child_seeds_anew);
    tcase_add_test(cases, a_child_without_entropy_fails);
    tcase_add_test(cases, init_needs_entropy);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
