/* SPDX-License-Identifier: MIT */
/*
 * Connections that a load balancer, played here on the simulated network, begins with the
 * PROXY protocol: whom each header names at every split, what belongs to the client, what
 * is refused. The headers of version 2 are written out from its specification.
 */
#include "wss_proxied_hal.h"
#include "wss_sim.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { ENDS = 8, ROOM = 512, WINDOW = 16384, STREAMS = 2 };

static wss_sim_end_t ends[ENDS];
static uint8_t memory[ENDS * (ROOM + WINDOW)];
static wss_proxied_stream_t streams[STREAMS];
static wss_sim_t sim;
static wss_sim_host_t host;
static wss_hal_t lower;
static wss_hal_t hal;
static wss_proxied_hal_t proxied;
static wss_stream_t *stream;
static wss_sim_end_t *balancer;
static uint16_t port;
static int owner;

static void setup(void)
{
    const wss_sim_config_t config = {.ends = ends,
                                     .end_count = ENDS,
                                     .memory = memory,
                                     .send_room = ROOM,
                                     .window = WINDOW,
                                     .seed = 1};
    const wss_endpoint_t where = {.address = NULL, .port = 0};

    wss_sim_init(&sim, &config);
    wss_sim_host_init(&host, &sim, &lower);
    wss_sim_host_lock(&host, &lower);
    memset(streams, 0xA5, sizeof streams);
    ck_assert_int_eq(wss_proxied_hal_init(&proxied, &lower, streams, STREAMS, &hal), WSS_OK);
    ck_assert_int_eq(hal.listen(hal.context, &where, &port), WSS_OK);
    stream = NULL;
}

static void release(wss_stream_t *which)
{
    hal.lock(hal.context);
    which->ops->release(which, true);
    hal.unlock(hal.context);
}

static void teardown(void)
{
    if (stream != NULL)
        release(stream);
    ck_assert_uint_eq(host.streams, 0);
    ck_assert_uint_eq(wss_sim_faults(&sim), 0);
}

static unsigned look(void)
{
    wss_ready_t ready[4];
    const int32_t count = hal.wait(hal.context, 0, ready, 4);

    ck_assert_int_ge(count, 0);
    unsigned what = 0;
    for (int32_t i = 0; i < count; i++)
        what |= ready[i].what;
    return what;
}

static wss_stream_t *take(void)
{
    hal.lock(hal.context);
    wss_stream_t *taken = hal.accept(hal.context, &owner);
    hal.unlock(hal.context);
    return taken;
}

static wss_phase_t phase(void)
{
    hal.lock(hal.context);
    const wss_phase_t now = stream->ops->phase(stream);
    hal.unlock(hal.context);
    return now;
}

static void check_peer(const char *expected)
{
    char text[64];

    hal.lock(hal.context);
    stream->ops->peer(stream, text, sizeof text);
    hal.unlock(hal.context);
    ck_assert_str_eq(text, expected);
}

static void check_reason(const char *expected)
{
    hal.lock(hal.context);
    ck_assert_str_eq(stream->ops->reason(stream), expected);
    hal.unlock(hal.context);
}

static void check_bytes(const char *expected)
{
    uint8_t bytes[64];

    hal.lock(hal.context);
    const int32_t count = stream->ops->recv(stream, bytes, sizeof bytes);
    if (count > 0)
        stream->ops->consume(stream, (uint32_t)count, bytes + count);
    hal.unlock(hal.context);
    ck_assert_int_eq(count, (int32_t)strlen(expected));
    ck_assert_mem_eq(bytes, expected, strlen(expected));
}

static void call(void)
{
    balancer = wss_sim_peer_connect(&sim, port);
    ck_assert_ptr_nonnull(balancer);
    ck_assert_uint_ne(look() & WSS_READY_ACCEPT, 0);
}

/* ------------------------------------------------------------------- the headers */

#define MALFORMED  "The header of the PROXY protocol is malformed."
#define NOT_SPOKEN "The connection does not begin with the PROXY protocol."
#define TOO_LONG   "The header of the PROXY protocol is too long."
#define TWO        "\r\n\r\n\0\r\nQUIT\n"
#define HEAD(text) text, sizeof(text) - 1

static const struct {
    const char *bytes;
    size_t length;
    const char *peer;   /* "": the load balancer's own */
    const char *reason; /* NULL: it stands */
} heads[] = {
    {HEAD("PROXY TCP4 192.0.2.1 198.51.100.7 5000 443\r\n"), "192.0.2.1:5000", NULL},
    {HEAD("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n"), "255.255.255.255:65535",
     NULL},
    {HEAD("PROXY TCP6 2001:db8::1 ::1 5000 443\r\n"), "[2001:db8::1]:5000", NULL},
    {HEAD("PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff "
          "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n"),
     "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535", NULL},
    {HEAD("PROXY UNKNOWN\r\n"), "", NULL},
    {HEAD("PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff "
          "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n"),
     "", NULL},
    {HEAD(TWO "\x21\x11\x00\x0C\xC0\x00\x02\x01\xC6\x33\x64\x07\x13\x88\x01\xBB"), "192.0.2.1:5000",
     NULL},
    {HEAD(TWO "\x21\x11\x00\x0C\x00\x00\x00\x00\xFF\xFF\xFF\xFF\x00\x00\xFF\xFF"), "0.0.0.0:0",
     NULL},
    /* A TLV behind the addresses: PP2_TYPE_NOOP of three bytes. */
    {HEAD(TWO "\x21\x11\x00\x12\x0A\x0B\x0C\x0D\x7F\x00\x00\x01\xFF\xFF\x01\xBB\x04\x00\x03xyz"),
     "10.11.12.13:65535", NULL},
    {HEAD(TWO "\x21\x21\x00\x24\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"
              "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x00\x50\x01\xBB"),
     "[2001:db8::1]:80", NULL},
    {HEAD(TWO "\x21\x21\x00\x24\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
              "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x00\x50\x01\xBB"),
     "[::]:80", NULL},
    {HEAD(TWO "\x21\x21\x00\x24\xfe\x80\0\0\0\0\0\x01\0\0\0\0\0\0\0\0"
              "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x00\x50\x01\xBB"),
     "[fe80:0:0:1::]:80", NULL},
    {HEAD(TWO "\x21\x21\x00\x24\0\x01\0\0\0\0\0\x01\0\x01\0\0\0\0\0\x10"
              "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x00\x50\x01\xBB"),
     "[1::1:1:0:0:10]:80", NULL},
    {HEAD(TWO "\x21\x21\x00\x24\0\x01\0\0\0\x01\0\x01\0\x01\0\x01\0\x01\x0a\xbc"
              "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x00\x50\x01\xBB"),
     "[1:0:1:1:1:1:1:abc]:80", NULL},
    {HEAD(TWO "\x20\x00\x00\x00"), "", NULL},
    {HEAD(TWO "\x20\x11\x00\x0C\xC0\x00\x02\x01\xC6\x33\x64\x07\x13\x88\x01\xBB"), "", NULL},
    {HEAD(TWO "\x21\x00\x00\x00"), "", NULL},
    {HEAD(TWO "\x21\x31\x00\x02/x"), "", NULL},
    {HEAD("GET /"), "", NOT_SPOKEN},
    {HEAD("PROXX"), "", NOT_SPOKEN},
    {HEAD("\x16"), "", NOT_SPOKEN},
    {HEAD("\r\n\r\n\0\r\nQUIX"), "", NOT_SPOKEN},
    {HEAD("PROXY \r\n"), "", MALFORMED},
    {HEAD("PROXY UNKNOWNS\r\n"), "", MALFORMED},
    {HEAD("PROXY TCP5 192.0.2.1 198.51.100.7 5000 443\r\n"), "", MALFORMED},
    {HEAD("PROXY tcp4 192.0.2.1 198.51.100.7 5000 443\r\n"), "", MALFORMED},
    {HEAD("PROXY TCP4 192.0.2.256 198.51.100.7 5000 443\r\n"), "", MALFORMED},
    {HEAD("PROXY TCP4 192.0.2.1 198.51.100 5000 443\r\n"), "", MALFORMED},
    {HEAD("PROXY TCP4 2001:db8::1 ::1 5000 443\r\n"), "", MALFORMED},
    {HEAD("PROXY TCP6 192.0.2.1 198.51.100.7 5000 443\r\n"), "", MALFORMED},
    {HEAD("PROXY TCP6 2001:db8::1] ::1 5000 443\r\n"), "", MALFORMED},
    {HEAD("PROXY TCP4 192.0.2.1 198.51.100.7 65536 443\r\n"), "", MALFORMED},
    {HEAD("PROXY TCP4 192.0.2.1 198.51.100.7 5000 -1\r\n"), "", MALFORMED},
    {HEAD("PROXY TCP4 192.0.2.1 198.51.100.7 5000\r\n"), "", MALFORMED},
    {HEAD("PROXY TCP4 192.0.2.1 198.51.100.7 5000 443 x\r\n"), "", MALFORMED},
    {HEAD("PROXY TCP4 192.0.2.1 198.51.100.7 5000 443 \r\n"), "", MALFORMED},
    {HEAD("PROXY TCP4  192.0.2.1 198.51.100.7 5000 443\r\n"), "", MALFORMED},
    {HEAD("PROXY TCP4 evil@192.0.2.1 198.51.100.7 5000 443\r\n"), "", MALFORMED},
    {HEAD("PROXY TCP4 192.0.2.1/x 198.51.100.7 5000 443\r\n"), "", MALFORMED},
    {HEAD("PROXY UNKNOWN\n"), "", MALFORMED},
    {HEAD("PROXY UNKNOWN\rx"), "", MALFORMED},
    {HEAD("PROXY UNKNOWN\x01"), "", MALFORMED},
    {HEAD("PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff "
          "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535x"),
     "", TOO_LONG},
    {HEAD(TWO "\x11"), "", "The version of the PROXY protocol is not known."},
    {HEAD(TWO "\x22"), "", "The version of the PROXY protocol is not known."},
    {HEAD(TWO "\x21\x11\xFF\xFF"), "", TOO_LONG},
    {HEAD(TWO "\x21\x11\x00\x04\xC0\x00\x02\x01"), "", MALFORMED},
    {HEAD(TWO "\x21\x21\x00\x0C\xC0\x00\x02\x01\xC6\x33\x64\x07\x13\x88\x01\xBB"), "", MALFORMED},
};

/* The header comes in two parts, whose second one has the client's first bytes behind it. */
static void in_parts(const char *bytes, uint32_t length, uint32_t cut, const char *peer,
                     const char *reason)
{
    char own[64];

    setup();
    call();
    wss_sim_peer_hold(balancer, true);
    ck_assert_uint_eq(wss_sim_peer_send(balancer, bytes, length), length);
    ck_assert_uint_eq(wss_sim_peer_send(balancer, "GET", 3), 3);
    wss_sim_peer_deliver(balancer, cut);
    stream = take();
    hal.lock(hal.context);
    stream->ops->peer(stream, own, sizeof own);
    hal.unlock(hal.context);
    unsigned reported = look();
    if (reason == NULL)
        ck_assert_int_eq(phase(), WSS_PHASE_LAYERING);
    wss_sim_peer_deliver(balancer, (uint32_t)WSS_SIM_ALL);
    for (int i = 0; i < 4 && phase() == WSS_PHASE_LAYERING; i++)
        reported = look();
    ck_assert_uint_ne(reported & WSS_READY_PHASE, 0);
    ck_assert_int_eq(phase(), reason == NULL ? WSS_PHASE_UP : WSS_PHASE_FAILED);
    check_reason(reason == NULL ? "" : reason);
    check_peer(peer[0] == '\0' ? own : peer);
    if (reason == NULL)
        check_bytes("GET");
    teardown();
    wss_sim_peer_release(balancer);
    stream = NULL;
}

START_TEST(a_header_means_the_same_at_every_split)
{
    for (uint32_t cut = 0; cut < heads[_i].length; cut++)
        in_parts(heads[_i].bytes, (uint32_t)heads[_i].length, cut, heads[_i].peer,
                 heads[_i].reason);
}
END_TEST

START_TEST(a_header_that_is_there_already_is_read_at_once)
{
    setup();
    call();
    (void)wss_sim_peer_send(balancer, "PROXY UNKNOWN\r\nGET", 18);
    (void)look();
    stream = take();
    ck_assert_int_eq(phase(), WSS_PHASE_UP);
    ck_assert_uint_eq(look(), WSS_READY_PHASE | WSS_READY_READ);
    check_bytes("GET");
    teardown();
}
END_TEST

START_TEST(an_end_in_the_header_is_a_failure)
{
    setup();
    call();
    stream = take();
    (void)wss_sim_peer_send(balancer, "PROXY", 5);
    wss_sim_peer_finish(balancer);
    for (int i = 0; i < 4 && phase() != WSS_PHASE_FAILED; i++)
        (void)look();
    check_reason("The connection ended in the header of the PROXY protocol.");
    teardown();
}
END_TEST

/* The third connection waits below until one of the two streams is free. */
START_TEST(connections_wait_for_a_stream)
{
    setup();
    call();
    wss_stream_t *first = take();
    call();
    stream = take();
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_nonnull(stream);
    ck_assert_ptr_nonnull(wss_sim_peer_connect(&sim, port));
    ck_assert_uint_eq(look() & WSS_READY_ACCEPT, 0);
    ck_assert_ptr_null(take());
    release(first);
    ck_assert_uint_eq(look() & WSS_READY_ACCEPT, WSS_READY_ACCEPT);
    first = take();
    ck_assert_ptr_nonnull(first);
    release(first);
    teardown();
}
END_TEST

START_TEST(the_engines_wish_not_to_accept_stands)
{
    setup();
    hal.accepting(hal.context, false);
    ck_assert_ptr_nonnull(wss_sim_peer_connect(&sim, port));
    ck_assert_uint_eq(look(), 0);
    hal.accepting(hal.context, true);
    ck_assert_uint_eq(look(), WSS_READY_ACCEPT);
    teardown();
}
END_TEST

/* A layer has what the port below it has. */
START_TEST(on_a_port_for_clients_nobody_serves)
{
    wss_proxied_hal_t other;
    wss_hal_t above;

    setup();
    wss_hal_t clients = lower;
    clients.listen = NULL;
    ck_assert_int_eq(wss_proxied_hal_init(&other, &clients, streams, STREAMS, &above), WSS_OK);
    ck_assert(!wss_hal_serves(&above));
    ck_assert(above.listen == NULL);
    ck_assert(wss_hal_serves(&hal));
}
END_TEST

START_TEST(a_missing_member_is_refused)
{
    setup();
    ck_assert_int_eq(wss_proxied_hal_init(&proxied, NULL, streams, 1, &hal), WSS_ERR_CONFIG);
    ck_assert_int_eq(wss_proxied_hal_init(&proxied, &lower, NULL, 1, &hal), WSS_ERR_CONFIG);
    ck_assert_int_eq(wss_proxied_hal_init(&proxied, &lower, streams, 0, &hal), WSS_ERR_CONFIG);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("proxied");
    TCase *cases = tcase_create("proxied");

    tcase_add_loop_test(cases, a_header_means_the_same_at_every_split, 0,
                        (int)(sizeof heads / sizeof heads[0]));
    tcase_add_test(cases, a_header_that_is_there_already_is_read_at_once);
    tcase_add_test(cases, an_end_in_the_header_is_a_failure);
    tcase_add_test(cases, connections_wait_for_a_stream);
    tcase_add_test(cases, the_engines_wish_not_to_accept_stands);
    tcase_add_test(cases, on_a_port_for_clients_nobody_serves);
    tcase_add_test(cases, a_missing_member_is_refused);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
