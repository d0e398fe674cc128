/* SPDX-License-Identifier: MIT */
/*
 * TLS that goes well: any split of the wire, what goes into a record, resumption, the choice
 * of a certificate, the two ends of a connection; and what a context refuses.
 */
#include "pair.h"

#include <check.h>
#include <mbedtls/version.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------------- small steps */

static void contexts(void)
{
    pair_start();
    certs_server(&pair.server.side, &pair.crypto, "ec", NULL);
    certs_client(&pair.client.side, &pair.crypto, NULL, "ca");
}

static void both_up(void)
{
    contexts();
    pair_connect("localhost");
    pair_is_up(&pair.server);
    pair_is_up(&pair.client);
}

static void check_end(pair_side_t *side)
{
    char byte;

    ck_assert_int_eq(pair_read(side, &byte, 1), WSS_ERR_EOF);
    ck_assert_int_eq(pair_read(side, &byte, 1), WSS_ERR_EOF);
}

static void finish(pair_side_t *side)
{
    side->hal.lock(side->hal.context);
    side->stream->ops->finish(side->stream);
    side->hal.unlock(side->hal.context);
}

static void hold_back(pair_side_t *side, const char *text)
{
    wss_stream_t *stream = side->stream;
    const uint32_t length = (uint32_t)strlen(text);

    side->hal.lock(side->hal.context);
    ck_assert_int_eq(stream->ops->send(stream, (const uint8_t *)text, length), (int32_t)length);
    side->hal.unlock(side->hal.context);
}

/* Takes what is expected and leaves the rest. */
static void read_some(pair_side_t *side, const char *expected)
{
    wss_stream_t *stream = side->stream;
    const uint32_t length = (uint32_t)strlen(expected);
    uint8_t bytes[256];

    side->hal.lock(side->hal.context);
    const int32_t count = stream->ops->recv(stream, bytes, sizeof bytes);
    ck_assert_int_ge(count, (int32_t)length);
    ck_assert_mem_eq(bytes, expected, length);
    stream->ops->consume(stream, length, bytes + length);
    side->hal.unlock(side->hal.context);
}

static uint32_t pending(pair_side_t *side)
{
    side->hal.lock(side->hal.context);
    const uint32_t count = side->stream->ops->pending(side->stream);
    side->hal.unlock(side->hal.context);
    return count;
}

static void flush(pair_side_t *side)
{
    side->hal.lock(side->hal.context);
    ck_assert_int_ge(side->stream->ops->flush(side->stream), 0);
    side->hal.unlock(side->hal.context);
}

/* ---------------------------------------------------------------------------- strangers */

static uint8_t hello[1024];
static uint32_t hello_length;

static void keep_hello(bool to_server, uint32_t at, uint8_t *bytes, uint32_t length)
{
    if (!to_server || at != 0)
        return;
    ck_assert_uint_le(length, sizeof hello);
    memcpy(hello, bytes, length);
    hello_length = length;
}

/* A server with small room below, and somebody who has sent a ClientHello and takes in `window`
 * bytes without reading. */
static void greet(bool direct, uint32_t window)
{
    contexts();
    pair.alter = keep_hello;
    pair_connect("localhost");
    pair_stop();
    pair_start();
    pair.sim.config.send_room = 600;
    certs_server(&pair.server.side, &pair.crypto, "rsa", NULL);
    pair.server.direct = direct;
    pair_dial("localhost");
    wss_sim_peer_window(pair.to_server, window);
    pair_say(true, hello, hello_length);
    pair_settle();
}

static int32_t wait_once(void)
{
    wss_ready_t ready[4];

    return pair.server.hal.wait(pair.server.hal.context, 100, ready, 4);
}

/* mbedTLS reads on behind a warning; in TLS 1.3 it fails. */
START_TEST(test_warnings_without_end_hold_nobody_up)
{
    enum { WARNINGS = 2000 };

    greet(true, 20000);
    for (int i = 0; i < WARNINGS; i++)
        pair_say(true, "\x15\x03\x03\x00\x02\x01\x5a", 7);
    const uint32_t before = pair.server.host.reads;
    (void)wait_once();
    ck_assert_uint_lt(pair.server.host.reads - before, WARNINGS);
    pair_stop();
}
END_TEST

/* The flight does not fit: until it is sent, what the peer has sent is of no use. */
START_TEST(test_who_does_not_read_the_flight_costs_no_time)
{
    greet(_i == 1, 100);
    pair_say(true, "\x16", 1);
    pair_settle();
    const uint32_t begin = pair.sim.now;
    for (int i = 0; i < 20; i++)
        ck_assert_int_eq(wait_once(), 0);
    ck_assert_uint_ge(pair.sim.now - begin, 1000);
    pair_stop();
}
END_TEST

START_TEST(test_a_host_name_that_is_too_long)
{
    char host[300] = {0};

    contexts();
    memset(host, 'a', sizeof host - 1);
    pair_dial(host);
    ck_assert_str_eq(pair.client.stream->ops->reason(pair.client.stream),
                     "The host name is too long.");
    pair_settle();
    pair_failed(&pair.client, "The host name is too long.");
    pair_hang_up();
    pair_stop();
}
END_TEST

/* Some take 010 for 8: it is no address. */
START_TEST(test_an_address_with_a_0_that_leads)
{
    contexts();
    pair_connect("127.0.0.01");
    pair_failed(&pair.client, "The certificate is for another host.");
    pair_stop();
}
END_TEST

/* ------------------------------------------------------------------------------- bytes */

static const uint32_t pieces[] = {0, 1, 2, 5, 6, 7, 100};

/* Handshake and data, whatever the wire carries at a time, with and without `input`. */
START_TEST(test_any_split)
{
    contexts();
    pair.piece = pieces[_i / 2];
    pair.server.direct = pair.client.direct = _i % 2 == 1;
    pair_connect("localhost");
    pair_is_up(&pair.client);
    pair_send(&pair.client, "from the client");
    pair_reads(&pair.server, "from the client");
    pair_send(&pair.server, "from");
    pair_send(&pair.server, " the ");
    pair_send(&pair.server, "server");
    pair_reads(&pair.client, "from the server");
    finish(&pair.server);
    check_end(&pair.client);
    finish(&pair.client);
    check_end(&pair.server);
    pair_release(&pair.server, false);
    pair_release(&pair.client, false);
    pair_stop();
}
END_TEST

static uint32_t records;

/* Counts the application data records to the server; the wire carries whole ones here. */
static void count_records(bool to_server, uint32_t at, uint8_t *bytes, uint32_t length)
{
    uint32_t next = 0;

    (void)at;
    while (to_server && next + 5 <= length) {
        records += bytes[next] == 23;
        next += 5 + bytes[next + 3] * 256u + bytes[next + 4];
    }
}

START_TEST(test_one_record_per_flush)
{
    both_up();
    records = 0;
    pair.alter = count_records;
    for (int i = 0; i < 20; i++)
        hold_back(&pair.client, "a frame");
    pair_settle();
    ck_assert_uint_eq(records, 0);
    ck_assert_uint_eq(pending(&pair.client), 20 * 7);
    flush(&pair.client);
    ck_assert_uint_eq(pending(&pair.client), 0);
    pair_settle();
    ck_assert_uint_eq(records, 1);
    for (int i = 0; i < 20; i++)
        read_some(&pair.server, "a frame");
    pair_stop();
}
END_TEST

/* Bytes that are decrypted but not read are reported although nothing more comes. */
START_TEST(test_decrypted_bytes_are_reported)
{
    char text[8];

    both_up();
    pair_send(&pair.client, "abcdefgh");
    for (int i = 0; i < 4; i++) {
        pair.server.ready = 0;
        pair_settle();
        ck_assert_uint_eq(pair.server.ready & WSS_READY_READ, WSS_READY_READ);
        ck_assert_int_eq(pair_read(&pair.server, text, 2), 2);
        ck_assert_mem_eq(text, &"abcdefgh"[2 * i], 2);
    }
    pair_settle();
    ck_assert_uint_eq(pair.server.ready, 0);
    pair_stop();
}
END_TEST

/* No more than can be held is read at once. */
START_TEST(test_hold_size_bounds_a_read)
{
    static char text[PAIR_HOLD + 100];
    static char bytes[sizeof text];

    both_up();
    memset(text, 'x', sizeof text - 1);
    pair_send(&pair.client, text);
    ck_assert_int_eq(pair_read(&pair.server, bytes, sizeof bytes), PAIR_HOLD);
    ck_assert_int_eq(pair_read(&pair.server, bytes, sizeof bytes), 99);
    pair_stop();
}
END_TEST

/* Records with nothing in them are no end. */
START_TEST(test_empty_records)
{
    both_up();
    wss_tls_stream_t *stream = (wss_tls_stream_t *)pair.client.stream;
    pair.client.hal.lock(pair.client.hal.context);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(mbedtls_ssl_write(&stream->ssl, (const unsigned char *)"", 0), 0);
    pair.client.hal.unlock(pair.client.hal.context);
    pair_send(&pair.client, "x");
    pair_reads(&pair.server, "x");
    pair_stop();
}
END_TEST

/* The records become as short as the peer asks. */
START_TEST(test_max_fragment)
{
    static char text[1500];

    pair_start();
    certs_server(&pair.server.side, &pair.crypto, "ec", NULL);
    certs_open(&pair.client.side, &(wss_tls_config_t){.crypto = &pair.crypto, .max_fragment = 512},
               NULL, "ca");
    pair_connect("localhost");
    pair_is_up(&pair.client);
    records = 0;
    pair.alter = count_records;
    memset(text, 'x', sizeof text - 1);
    pair_send(&pair.client, text);
    pair_settle();
    ck_assert_uint_eq(records, 3);
    pair_stop();
}
END_TEST

/* -------------------------------------------------------------------------- two ends */

START_TEST(test_what_is_sent_before_the_end_arrives)
{
    both_up();
    hold_back(&pair.server, "last words");
    pair_release(&pair.server, false);
    pair_reads(&pair.client, "last words");
    check_end(&pair.client);
    pair_is_up(&pair.client);
    pair_stop();
}
END_TEST

START_TEST(test_each_end_on_its_own)
{
    both_up();
    finish(&pair.client);
    check_end(&pair.server);
    pair_send(&pair.server, "still here");
    pair_reads(&pair.client, "still here");
    finish(&pair.server);
    check_end(&pair.client);
    pair_stop();
}
END_TEST

START_TEST(test_reset)
{
    char byte;

    both_up();
    hold_back(&pair.client, "lost");
    pair_release(&pair.client, true);
    ck_assert_int_eq(pair_read(&pair.server, &byte, 1), WSS_ERR_NETWORK);
    pair_failed(&pair.server, "The peer reset the connection.");
    pair_stop();
}
END_TEST

/* ------------------------------------------------------------------------ resumption */

static void resumable(uint32_t session_count, uint32_t lifetime)
{
    pair_start();
    certs_open(
        &pair.server.side,
        &(wss_tls_config_t){.crypto = &pair.crypto, .server = true, .ticket_lifetime = lifetime},
        "ec", NULL);
    certs_open(&pair.client.side,
               &(wss_tls_config_t){.crypto = &pair.crypto,
                                   .sessions = pair.sessions,
                                   .session_count = session_count},
               NULL, "ca");
}

static void connect_once(const char *host)
{
    pair_connect(host);
    pair_is_up(&pair.client);
    pair_is_up(&pair.server);
    pair_send(&pair.server, "hello");
    pair_reads(&pair.client, "hello");
    pair_release(&pair.client, false);
    pair_settle();
    pair_release(&pair.server, false);
    pair_settle();
    pair_hang_up();
}

static uint32_t resumed(void)
{
    return pair.server.side.context.resumed;
}

START_TEST(test_resumption)
{
    resumable(2, 0);
    connect_once("localhost");
    ck_assert_uint_eq(resumed(), 0);
    for (uint32_t i = 1; i < 4; i++) {
        connect_once("localhost");
        ck_assert_uint_eq(resumed(), i);
    }
    pair_stop();
}
END_TEST

/* Sessions are of one host, and the oldest gives way. */
START_TEST(test_sessions_of_hosts)
{
    resumable(2, 0);
    connect_once("localhost");
    connect_once("127.0.0.1");
    ck_assert_uint_eq(resumed(), 0);
    connect_once("localhost");
    connect_once("::1");
    ck_assert_uint_eq(resumed(), 1);
    connect_once("127.0.0.1");
    ck_assert_uint_eq(resumed(), 1);
    connect_once("127.0.0.1");
    ck_assert_uint_eq(resumed(), 2);
    pair_stop();
}
END_TEST

START_TEST(test_no_tickets)
{
    resumable(1, WSS_TLS_NO_TICKETS);
    connect_once("localhost");
    connect_once("localhost");
    ck_assert_uint_eq(resumed(), 0);
    pair_stop();
}
END_TEST

START_TEST(test_no_room_for_sessions)
{
    resumable(0, 0);
    connect_once("localhost");
    connect_once("localhost");
    ck_assert_uint_eq(resumed(), 0);
    pair_stop();
}
END_TEST

/* A server that was restarted does not know the ticket: the handshake is a full one. */
START_TEST(test_a_ticket_of_another_server)
{
    resumable(1, 0);
    connect_once("localhost");
    certs_close(&pair.server.side);
    certs_server(&pair.server.side, &pair.crypto, "ec", NULL);
    connect_once("localhost");
    ck_assert_uint_eq(resumed(), 0);
    connect_once("localhost");
    ck_assert_uint_eq(resumed(), 1);
    pair_stop();
}
END_TEST

/* -------------------------------------------------------------------- certificates */

static const struct {
    const char *host;
    bool good; /* the certificate fits */
} names[] = {
    {"localhost", true},      {"alpha.example", true}, {"ALPHA.example", true},
    {"a.beta.example", true}, {"beta.example", false}, {"xalpha.example", false},
};

START_TEST(test_certificate_by_name)
{
    wss_tls_identity_t own[] = {certs_identity("alpha"), certs_identity("ec"),
                                certs_identity("beta")};

    own[0].name = "alpha.example";
    own[2].name = "*.beta.example";
    pair_start();
    certs_open(&pair.server.side,
               &(wss_tls_config_t){
                   .crypto = &pair.crypto, .server = true, .identities = own, .identity_count = 3},
               NULL, NULL);
    certs_client(&pair.client.side, &pair.crypto, NULL, "ca");
    pair_connect(names[_i].host);
    if (names[_i].good)
        pair_is_up(&pair.client);
    else
        pair_failed(&pair.client, "The certificate is for another host.");
    pair_stop();
}
END_TEST

/* RSA and ECDSA side by side: each client gets what it can use. */
START_TEST(test_two_kinds_of_key)
{
    static const int suites[2][2] = {{MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, 0},
                                     {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, 0}};
    wss_tls_identity_t own[] = {certs_identity("rsa"), certs_identity("ec")};

    pair_start();
    certs_open(&pair.server.side,
               &(wss_tls_config_t){
                   .crypto = &pair.crypto, .server = true, .identities = own, .identity_count = 2},
               NULL, NULL);
    certs_open(&pair.client.side, &(wss_tls_config_t){.crypto = &pair.crypto, .suites = suites[_i]},
               NULL, "ca");
    pair_connect("localhost");
    pair_is_up(&pair.client);
    pair_stop();
}
END_TEST

/* --------------------------------------------------------------------------- contexts */

static wss_tls_bytes_t literal(const char *text)
{
    return (wss_tls_bytes_t){.bytes = text, .length = strlen(text) + 1};
}

static void refused(const wss_tls_config_t *config, wss_result_t result, const char *sentence)
{
    wss_tls_context_t context;

    ck_assert_int_eq(wss_tls_context_init(&context, config), result);
    ck_assert_str_eq(wss_tls_context_error(&context), sentence);
    wss_tls_context_free(&context);
}

static void refused_identity(wss_tls_identity_t own, const char *sentence)
{
    const wss_tls_config_t config = {
        .crypto = &pair.crypto, .server = true, .identities = &own, .identity_count = 1};

    refused(&config, WSS_ERR_CONFIG, sentence);
}

START_TEST(test_a_context_refuses)
{
    wss_tls_identity_t own = certs_identity("ec");
    wss_tls_config_t config = {.crypto = &pair.crypto, .ca = certs_load("ca.pem")};

    pair_start();
    refused(&(wss_tls_config_t){.server = true}, WSS_ERR_CONFIG,
            "The random number generator is missing.");
    refused(&(wss_tls_config_t){.crypto = &pair.crypto, .server = true}, WSS_ERR_CONFIG,
            "A server needs a certificate without a name.");
    refused(&(wss_tls_config_t){.crypto = &pair.crypto, .identity_count = 1}, WSS_ERR_CONFIG,
            "The identities or the sessions are missing.");
    refused(&(wss_tls_config_t){.crypto = &pair.crypto}, WSS_ERR_CONFIG,
            "A client needs CA certificates.");
    config.ca = literal("no certificate");
    refused(&config, WSS_ERR_CONFIG, "The CA certificates cannot be read.");
    config.ca = certs_load("ca.pem");
    config.max_fragment = 513;
    refused(&config, WSS_ERR_CONFIG, "max_fragment is not 0, 512, 1024, 2048 or 4096.");
    config.max_fragment = 512;
    config.least_version = WSS_TLS_VERSION_1_3;
    refused(&config, WSS_ERR_CONFIG, "max_fragment is not for TLS 1.3.");
    own.name = "localhost";
    refused_identity(own, "A server needs a certificate without a name.");
    own.name = NULL;
    own.certificate = literal("-----BEGIN CERTIFICATE-----");
    refused_identity(own, "The certificate cannot be read.");
    own.certificate = (wss_tls_bytes_t){0};
    refused_identity(own, "A certificate or its key is missing.");
    own = certs_identity("ec");
    own.key = certs_load("rsa.key");
    refused_identity(own, "The key does not belong to the certificate.");
    own.key = certs_load("ca.pem");
    refused_identity(own, "The key cannot be read.");
    own = certs_identity("short");
    refused_identity(own, "The key is too short.");
}
END_TEST

START_TEST(test_version_1_3_where_it_is)
{
    const wss_tls_config_t config = {
        .crypto = &pair.crypto, .ca = certs_load("ca.pem"), .least_version = WSS_TLS_VERSION_1_3};
    pair_start();
    if (MBEDTLS_VERSION_MAJOR < 3)
        refused(&config, WSS_ERR_UNSUPPORTED, "This build of mbedTLS has no TLS 1.3.");
}
END_TEST

START_TEST(test_tickets_need_random_numbers)
{
    wss_tls_identity_t own = certs_identity("ec");
    pair_start();
    const wss_tls_config_t config = {
        .crypto = &pair.crypto, .server = true, .identities = &own, .identity_count = 1};
    pair.random.fails = true;
    refused(&config, WSS_ERR_ENTROPY, "The random number generator failed.");
}
END_TEST

START_TEST(test_der)
{
    wss_tls_identity_t own = {.certificate = certs_load("ec.der"), .key = certs_load("ec-key.der")};

    pair_start();
    certs_open(&pair.server.side,
               &(wss_tls_config_t){
                   .crypto = &pair.crypto, .server = true, .identities = &own, .identity_count = 1},
               NULL, NULL);
    certs_client(&pair.client.side, &pair.crypto, NULL, "ca");
    pair_connect("localhost");
    pair_is_up(&pair.client);
    pair_stop();
}
END_TEST

#if defined(MBEDTLS_MD5_C) && defined(MBEDTLS_CIPHER_MODE_CBC)
START_TEST(test_passwords)
{
    wss_tls_identity_t own = certs_identity("ec");

    pair_start();
    own.key = certs_load("locked.key");
    refused_identity(own, "The key needs a password.");
    /* What a wrong password leaves looks like a key once in some hundred: it is told alike. */
    own.password = "open barley";
    refused_identity(own, "The key cannot be read with its password.");
    own.password = "open sesame";
    certs_open(&pair.server.side,
               &(wss_tls_config_t){
                   .crypto = &pair.crypto, .server = true, .identities = &own, .identity_count = 1},
               NULL, NULL);
    pair_stop();
}
END_TEST
#else
START_TEST(test_passwords)
{
    /* This build of mbedTLS reads no keys with passwords. */
}
END_TEST
#endif

START_TEST(test_a_port_refuses)
{
    static wss_tls_stream_t streams[1];
    static uint8_t memory[1024];
    wss_tls_hal_t tls;
    wss_hal_t hal;

    both_up();
    wss_tls_hal_config_t config = {.below = &pair.client.below,
                                   .client = &pair.client.side.context,
                                   .streams = streams,
                                   .stream_count = 1,
                                   .memory = memory,
                                   .send_room = 512,
                                   .hold_size = 512};
    ck_assert_int_eq(wss_tls_hal_init(&tls, &config, &hal), WSS_OK);
    ck_assert_uint_eq(hal.send_room, 512);
    config.send_room = 511;
    ck_assert_int_eq(wss_tls_hal_init(&tls, &config, &hal), WSS_ERR_CONFIG);
    config.send_room = 512;
    config.hold_size = 0;
    ck_assert_int_eq(wss_tls_hal_init(&tls, &config, &hal), WSS_ERR_CONFIG);
    config.hold_size = 512;
    config.client = &pair.server.side.context;
    ck_assert_int_eq(wss_tls_hal_init(&tls, &config, &hal), WSS_ERR_CONFIG);
    config.client = NULL;
    ck_assert_int_eq(wss_tls_hal_init(&tls, &config, &hal), WSS_ERR_CONFIG);
    config.client = &pair.client.side.context;
    config.memory = NULL;
    ck_assert_int_eq(wss_tls_hal_init(&tls, &config, &hal), WSS_ERR_CONFIG);
    pair_stop();
}
END_TEST

/* What is not secure is passed on. */
START_TEST(test_plain_dials_stay_plain)
{
    const wss_dial_t whom = {.host = "localhost", .port = 7};
    uint8_t bytes[8];
    int owner;

    both_up();
    wss_sim_peer_release(pair.to_client);
    pair.to_client = NULL;
    pair.client.hal.lock(pair.client.hal.context);
    wss_stream_t *plain = pair.client.hal.connect(pair.client.hal.context, &whom, &owner);
    ck_assert_ptr_nonnull(plain);
    ck_assert_int_eq(plain->ops->send(plain, (const uint8_t *)"plain", 5), 5);
    pair.client.hal.unlock(pair.client.hal.context);
    wss_sim_peer_release(pair.to_server);
    pair.to_server = NULL;
    pair_settle();
    pair.client.hal.lock(pair.client.hal.context);
    ck_assert_int_eq(plain->ops->flush(plain), WSS_OK);
    pair.client.hal.unlock(pair.client.hal.context);
    ck_assert_uint_eq(pair_hear(false, bytes, sizeof bytes), 5);
    ck_assert_mem_eq(bytes, "plain", 5);
    pair.client.hal.lock(pair.client.hal.context);
    plain->ops->release(plain, true);
    pair.client.hal.unlock(pair.client.hal.context);
    pair_stop();
}
END_TEST

int main(void)
{
    const int piece_count = sizeof pieces / sizeof pieces[0];
    const int name_count = sizeof names / sizeof names[0];
    Suite *suite = suite_create("tls");
    TCase *tests = tcase_create("tls");

    tcase_add_test(tests, test_warnings_without_end_hold_nobody_up);
    tcase_add_loop_test(tests, test_who_does_not_read_the_flight_costs_no_time, 0, 2);
    tcase_add_test(tests, test_a_host_name_that_is_too_long);
    tcase_add_test(tests, test_an_address_with_a_0_that_leads);
    tcase_add_loop_test(tests, test_any_split, 0, 2 * piece_count);
    tcase_add_test(tests, test_one_record_per_flush);
    tcase_add_test(tests, test_decrypted_bytes_are_reported);
    tcase_add_test(tests, test_hold_size_bounds_a_read);
    tcase_add_test(tests, test_empty_records);
    tcase_add_test(tests, test_max_fragment);
    tcase_add_test(tests, test_what_is_sent_before_the_end_arrives);
    tcase_add_test(tests, test_each_end_on_its_own);
    tcase_add_test(tests, test_reset);
    tcase_add_test(tests, test_resumption);
    tcase_add_test(tests, test_sessions_of_hosts);
    tcase_add_test(tests, test_no_tickets);
    tcase_add_test(tests, test_no_room_for_sessions);
    tcase_add_test(tests, test_a_ticket_of_another_server);
    tcase_add_loop_test(tests, test_certificate_by_name, 0, name_count);
    tcase_add_loop_test(tests, test_two_kinds_of_key, 0, 2);
    tcase_add_test(tests, test_a_context_refuses);
    tcase_add_test(tests, test_version_1_3_where_it_is);
    tcase_add_test(tests, test_tickets_need_random_numbers);
    tcase_add_test(tests, test_der);
    tcase_add_test(tests, test_passwords);
    tcase_add_test(tests, test_a_port_refuses);
    tcase_add_test(tests, test_plain_dials_stay_plain);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
