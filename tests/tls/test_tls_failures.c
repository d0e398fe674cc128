/* SPDX-License-Identifier: MIT */
/*
 * What goes wrong in TLS, and what each side says about it: certificates by a table, then
 * peers that are not what they should be. The sentences are those of docs/TLS.md.
 */
#include "pair.h"

#include <check.h>
#include <mbedtls/version.h>
#include <stdlib.h>
#include <string.h>

#define ALTERED     "A record of the peer was altered on the way."
#define ALERT(name) "The peer sent the alert " name "."

/* In TLS 1.3 some alerts are others. */
#if MBEDTLS_VERSION_MAJOR >= 3
#define EITHER(v1_2, v1_3) v1_3
/* A server of mbedTLS 3.6 that refuses a client's certificate in TLS 1.3 encrypts its alert with
 * the keys of the handshake, which a client no longer has (Mbed-TLS/mbedtls issue 10877). */
#define LATE_ALERT(name) ALTERED
#else
#define EITHER(v1_2, v1_3) v1_2
#define LATE_ALERT(name)   ALERT(name)
#endif

/* -------------------------------------------------------------------- certificates */

static const struct {
    const char *name;
    const char *server;  /* its certificate */
    const char *demands; /* the CA of certificates that it demands, or NULL */
    const char *client;  /* its certificate, or NULL */
    const char *trusts;  /* the client's CA */
    const char *host;
    const char *client_says; /* NULL: it is up */
    const char *server_says;
} cases[] = {
    {"good", "ec", NULL, NULL, "ca", "localhost", NULL, NULL},
    {"good rsa", "rsa", NULL, NULL, "ca", "localhost", NULL, NULL},
    {"good chain", "chain", NULL, NULL, "ca", "localhost", NULL, NULL},
    {"good in capitals", "ec", NULL, NULL, "ca", "LocalHost", NULL, NULL},
    {"good with a dot", "ec", NULL, NULL, "ca", "localhost.", NULL, NULL},
    {"good address", "ec", NULL, NULL, "ca", "127.0.0.1", NULL, NULL},
    {"good v6 address", "ec", NULL, NULL, "ca", "0:0::0:1", NULL, NULL},
    {"good wildcard", "beta", NULL, NULL, "ca", "x.beta.example", NULL, NULL},
    {"mutual", "ec", "ca", "client", "ca", "localhost", NULL, NULL},
    {"mutual rsa", "rsa", "ca", "client-rsa", "ca", "localhost", NULL, NULL},
    {"client certificate that is not asked for", "ec", NULL, "client", "ca", "localhost", NULL,
     NULL},
    {"expired", "expired", NULL, NULL, "ca", "localhost", "The certificate has expired.",
     ALERT("certificate_expired")},
    {"not yet", "future", NULL, NULL, "ca", "localhost", "The certificate is not valid yet.",
     ALERT("certificate_unknown")},
    {"other name", "elsewhere", NULL, NULL, "ca", "localhost",
     "The certificate is for another host.", ALERT("bad_certificate")},
    {"other address", "elsewhere", NULL, NULL, "ca", "192.0.2.2",
     "The certificate is for another host.", ALERT("bad_certificate")},
    {"address of the other", "elsewhere", NULL, NULL, "ca", "192.0.2.1", NULL, NULL},
    {"deeper than the wildcard", "beta", NULL, NULL, "ca", "x.y.beta.example",
     "The certificate is for another host.", ALERT("bad_certificate")},
    {"unknown CA", "stranger", NULL, NULL, "ca", "localhost",
     "The certificate does not lead to a trusted CA.", ALERT("unknown_ca")},
    {"known to another", "stranger", NULL, NULL, "other-ca", "localhost", NULL, NULL},
    {"not for servers", "usage", NULL, NULL, "ca", "localhost", ALERT("handshake_failure"),
     "There is no common cipher that suits the certificate."},
    {"weak key", "weak", NULL, NULL, "ca", "localhost",
     "The certificate's key or signature is too weak or of a kind that is not taken.",
     ALERT("unsupported_certificate")},
#if defined(MBEDTLS_ECP_DP_SECP192R1_ENABLED)
    {"weak CA", "frail", NULL, NULL, "ca", "localhost",
     "The certificate's key or signature is too weak or of a kind that is not taken.",
     ALERT("unsupported_certificate")},
#endif
    {"large chain", "large", NULL, NULL, "ca", "localhost", ALERT("internal_error"),
     "The certificate chain is larger than the buffer for it."},
    {"no client certificate", "ec", "ca", NULL, "ca", "localhost", LATE_ALERT("handshake_failure"),
     "The client has no certificate."},
    {"expired client", "ec", "ca", "client-expired", "ca", "localhost",
     LATE_ALERT("certificate_expired"), "The certificate has expired."},
    {"client of another CA", "ec", "ca", "client-stranger", "ca", "localhost",
     LATE_ALERT("unknown_ca"), "The certificate does not lead to a trusted CA."},
    {"server as client", "ec", "ca", "ec", "ca", "localhost", LATE_ALERT("unsupported_certificate"),
     "The certificate is not for this use."},
};

static void check_side(const pair_side_t *side, const char *says)
{
    if (says == NULL)
        pair_is_up(side);
    else
        pair_failed(side, says);
}

START_TEST(test_certificates)
{
    pair_start();
    certs_server(&pair.server.side, &pair.crypto, cases[_i].server, cases[_i].demands);
    certs_client(&pair.client.side, &pair.crypto, cases[_i].client, cases[_i].trusts);
    pair_connect(cases[_i].host);
    check_side(&pair.server, cases[_i].server_says);
    check_side(&pair.client, cases[_i].client_says);
    pair_stop();
}
END_TEST

START_TEST(test_insecure_takes_any)
{
    pair_start();
    certs_server(&pair.server.side, &pair.crypto, "stranger", NULL);
    certs_open(&pair.client.side, &(wss_tls_config_t){.crypto = &pair.crypto, .insecure = true},
               NULL, NULL);
    pair_connect("elsewhere.example");
    pair_is_up(&pair.client);
    pair_is_up(&pair.server);
    pair_stop();
}
END_TEST

START_TEST(test_expects_the_configured_name)
{
    pair_start();
    certs_server(&pair.server.side, &pair.crypto, "elsewhere", NULL);
    certs_open(&pair.client.side,
               &(wss_tls_config_t){.crypto = &pair.crypto, .host = "elsewhere.example"}, NULL,
               "ca");
    pair_connect("localhost");
    pair_is_up(&pair.client);
    pair_stop();
}
END_TEST

/* ---------------------------------------------------------------------- agreements */

START_TEST(test_no_common_cipher)
{
    static const int one[] = {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, 0};
    static const int other[] = {MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, 0};

    pair_start();
    certs_open(&pair.server.side,
               &(wss_tls_config_t){.crypto = &pair.crypto, .server = true, .suites = one}, "ec",
               NULL);
    certs_open(&pair.client.side, &(wss_tls_config_t){.crypto = &pair.crypto, .suites = other},
               NULL, "ca");
    pair_connect("localhost");
    pair_failed(&pair.server, "There is no common cipher that suits the certificate.");
    pair_failed(&pair.client, ALERT("handshake_failure"));
    pair_stop();
}
END_TEST

START_TEST(test_random_numbers_fail)
{
    pair_start();
    certs_server(&pair.server.side, &pair.crypto, "ec", NULL);
    certs_client(&pair.client.side, &pair.crypto, NULL, "ca");
    pair.random.fails = true;
    pair_connect("localhost");
    pair_failed(&pair.client, "The random number generator failed.");
    pair_stop();
}
END_TEST

/* ------------------------------------------------------------------------- no peers */

static void server_alone(void)
{
    pair_start();
    certs_server(&pair.server.side, &pair.crypto, "ec", NULL);
    pair_dial("localhost");
    pair_settle();
}

static void client_alone(void)
{
    pair_start();
    certs_client(&pair.client.side, &pair.crypto, NULL, "ca");
    pair_dial("localhost");
    pair_settle();
}

#define NOT_TLS   "The peer does not speak TLS."
#define TOO_LARGE "A record of the peer is larger than the buffer for it."
#define MALFORMED "A record of the peer is malformed."
#define BAD_HELLO "The ClientHello is malformed."
#define CUT_SHORT "The peer ended TCP in the TLS handshake."

/* ClientHello of TLS 1.0, with one suite and no extensions. */
#define HELLO_1_0                                                                                  \
    "\x16\x03\x01\x00\x2d\x01\x00\x00\x29\x03\x01"                                                 \
    "0123456789abcdef0123456789abcdef\x00\x00\x02\xc0\x2b\x01\x00"

/* The first record of a handshake message of 65535 bytes, and the header of the second. */
#define HELLO_LARGE                                                                                \
    "\x16\x03\x03\x00\x08\x02\x00\xff\xff\x03\x03"                                                 \
    "ab\x16\x03\x03\x41\xff"
#define MESSAGE "A handshake message of the peer is larger than the buffer for it."

static const struct {
    const char *bytes;
    size_t length;
    const char *server_says;
    const char *client_says;
} strangers[] = {
    {"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", 35, NOT_TLS, NOT_TLS},
    {"HTTP/1.1 400 Bad Request\r\n\r\n", 28, NOT_TLS, NOT_TLS},
    {"SSH-2.0-OpenSSH_9.2\r\n", 21, NOT_TLS, NOT_TLS},
    {"\x80\x2e\x01\x03\x01\x00\x15\x00\x00\x00\x10", 11, NOT_TLS, NOT_TLS},
    {"\x16\x03\x01\xff\xff\x01\x00", 7, TOO_LARGE, TOO_LARGE},
    {"\x16\x03\x03\x00\x00", 5, EITHER(BAD_HELLO, MALFORMED), MALFORMED},
    {"\x15\x03\x03\x00\x02\x02\x46", 7, EITHER(BAD_HELLO, ALERT("protocol_version")),
     ALERT("protocol_version")},
    {"\x15\x03\x03\x00\x02\x02\xfe", 7, EITHER(BAD_HELLO, ALERT("unknown")), ALERT("unknown")},
    {HELLO_LARGE, sizeof HELLO_LARGE - 1, EITHER(BAD_HELLO, MESSAGE), MESSAGE},
    {HELLO_1_0, sizeof HELLO_1_0 - 1, "There is no common version of TLS.",
     EITHER("TLS failed: decode_error.", "The peer sent a message out of order.")},
};

/* Whoever is told no alert hears a fatal one, as a record of TLS 1.0 to 1.2 in plain. */
static void hears_an_alert(bool from_server, const char *said)
{
    uint8_t bytes[2048];
    uint32_t length = pair_hear(from_server, bytes, sizeof bytes);
    const uint8_t *last = bytes + length - 7;

    if (strncmp(said, "The peer sent the alert", 23) == 0)
        return;
    ck_assert_uint_ge(length, 7);
    ck_assert_mem_eq(last, "\x15\x03", 2);
    ck_assert(last[2] >= 1 && last[2] <= 3);
    ck_assert_mem_eq(last + 3, "\x00\x02\x02", 3);
}

START_TEST(test_strangers_to_the_server)
{
    server_alone();
    pair_say(true, strangers[_i].bytes, (uint32_t)strangers[_i].length);
    pair_settle();
    pair_failed(&pair.server, strangers[_i].server_says);
    hears_an_alert(true, strangers[_i].server_says);
    pair_stop();
}
END_TEST

START_TEST(test_strangers_to_the_client)
{
    client_alone();
    pair_say(false, strangers[_i].bytes, (uint32_t)strangers[_i].length);
    pair_settle();
    pair_failed(&pair.client, strangers[_i].client_says);
    hears_an_alert(false, strangers[_i].client_says);
    pair_stop();
}
END_TEST

START_TEST(test_tcp_ends_in_the_handshake)
{
    server_alone();
    pair_say(true, "\x16\x03\x01\x00\x2d\x01", 6);
    pair_end(true);
    pair_settle();
    pair_failed(&pair.server, CUT_SHORT);
    pair_stop();
    client_alone();
    pair_end(false);
    pair_settle();
    pair_failed(&pair.client, CUT_SHORT);
    pair_stop();
}
END_TEST

START_TEST(test_tcp_is_reset_in_the_handshake)
{
    server_alone();
    wss_sim_peer_reset(pair.to_server);
    pair_settle();
    pair_failed(&pair.server, "The peer reset the connection.");
    pair_stop();
}
END_TEST

START_TEST(test_tcp_does_not_come_up)
{
    pair_start();
    certs_client(&pair.client.side, &pair.crypto, NULL, "ca");
    pair.sim.dial = WSS_SIM_DIAL_REFUSED;
    pair_connect("localhost");
    pair_failed(&pair.client, "The peer refused the connection.");
    pair_stop();
}
END_TEST

/* --------------------------------------------------------------------- once it is up */

static void both_up(void)
{
    pair_start();
    certs_server(&pair.server.side, &pair.crypto, "ec", NULL);
    certs_client(&pair.client.side, &pair.crypto, NULL, "ca");
    pair_connect("localhost");
    pair_is_up(&pair.server);
    pair_is_up(&pair.client);
}

/* What came before is still read. */
START_TEST(test_end_without_close_notify)
{
    char byte;

    both_up();
    pair_send(&pair.client, "last words");
    pair_settle();
    pair_end(true);
    pair_reads(&pair.server, "last words");
    ck_assert_int_eq(pair_read(&pair.server, &byte, 1), WSS_ERR_NETWORK);
    pair_failed(&pair.server, "The peer ended TCP without close_notify.");
    pair_stop();
}
END_TEST

static void damage(bool to_server, uint32_t at, uint8_t *bytes, uint32_t length)
{
    (void)at;
    if (to_server)
        bytes[length - 1] ^= 1;
}

START_TEST(test_altered_record)
{
    char byte;

    both_up();
    pair.alter = damage;
    pair_send(&pair.client, "hello");
    ck_assert_int_eq(pair_read(&pair.server, &byte, 1), WSS_ERR_NETWORK);
    pair_failed(&pair.server, ALTERED);
    ck_assert_int_eq(pair_read(&pair.client, &byte, 1), WSS_ERR_NETWORK);
    pair_failed(&pair.client, ALERT("bad_record_mac"));
    pair_stop();
}
END_TEST

/* The alert of a failing server arrives although the engine resets. */
START_TEST(test_reset_after_an_alert_lets_it_through)
{
    pair_start();
    certs_server(&pair.server.side, &pair.crypto, "ec", "ca");
    certs_client(&pair.client.side, &pair.crypto, NULL, "ca");
    pair.server.hasty = true;
    pair_connect("localhost");
    ck_assert_ptr_null(pair.server.stream);
    pair_failed(&pair.client, LATE_ALERT("handshake_failure"));
    pair_stop();
}
END_TEST

int main(void)
{
    const int stranger_count = sizeof strangers / sizeof strangers[0];
    Suite *suite = suite_create("tls_failures");
    TCase *tests = tcase_create("failures");

    tcase_add_loop_test(tests, test_certificates, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tests, test_insecure_takes_any);
    tcase_add_test(tests, test_expects_the_configured_name);
    tcase_add_test(tests, test_no_common_cipher);
    tcase_add_test(tests, test_random_numbers_fail);
    tcase_add_loop_test(tests, test_strangers_to_the_server, 0, stranger_count);
    tcase_add_loop_test(tests, test_strangers_to_the_client, 0, stranger_count);
    tcase_add_test(tests, test_tcp_ends_in_the_handshake);
    tcase_add_test(tests, test_tcp_is_reset_in_the_handshake);
    tcase_add_test(tests, test_tcp_does_not_come_up);
    tcase_add_test(tests, test_end_without_close_notify);
    tcase_add_test(tests, test_altered_record);
    tcase_add_test(tests, test_reset_after_an_alert_lets_it_through);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
