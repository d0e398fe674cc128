/* SPDX-License-Identifier: MIT */
/*
 * Tunnels through a proxy that is played here, on the simulated network: what is asked,
 * what each answer means at every split, what the proxy says first through the tunnel, and
 * how a dial fails.
 */
#include "wss_proxy_hal.h"
#include "wss_sim.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ENDS = 8, ROOM = 512, WINDOW = 16384, PROXY_PORT = 3128, TUNNELS = 2 };

static wss_sim_end_t ends[ENDS];
static uint8_t memory[ENDS * (ROOM + WINDOW)];
static wss_connect_stream_t tunnels[TUNNELS];
static wss_sim_t sim;
static wss_sim_host_t host;
static wss_hal_t lower;
static wss_hal_t hal;
static wss_proxy_hal_t proxy_hal;
static wss_proxy_t chosen;
static bool direct;
static wss_stream_t *stream;
static wss_sim_end_t *proxy; /* the proxy's end */
static int owner;

static const wss_proxy_t *choose(void *context, const wss_dial_t *whom)
{
    ck_assert_ptr_eq(context, &sim);
    ck_assert_str_ne(whom->host, chosen.host);
    return direct ? NULL : &chosen;
}

static wss_proxy_hal_config_t proxied(void)
{
    return (wss_proxy_hal_config_t){.below = &lower,
                                    .tunnels = tunnels,
                                    .tunnel_count = TUNNELS,
                                    .choose = choose,
                                    .context = &sim};
}

static void setup(void)
{
    const wss_sim_config_t config = {.ends = ends,
                                     .end_count = ENDS,
                                     .memory = memory,
                                     .send_room = ROOM,
                                     .window = WINDOW,
                                     .seed = 1};
    const wss_proxy_hal_config_t through = proxied();

    wss_sim_init(&sim, &config);
    wss_sim_host_init(&host, &sim, &lower);
    wss_sim_host_lock(&host, &lower);
    ck_assert_uint_eq(wss_sim_peer_listen(&sim, PROXY_PORT), PROXY_PORT);
    ck_assert_int_eq(wss_proxy_hal_init(&proxy_hal, &through, &hal), WSS_OK);
    chosen = (wss_proxy_t){.host = "proxy.example", .port = PROXY_PORT};
    direct = false;
    stream = NULL;
    proxy = NULL;
}

static void teardown(void)
{
    if (stream != NULL) {
        hal.lock(hal.context);
        stream->ops->release(stream, true);
        hal.unlock(hal.context);
    }
    ck_assert_uint_eq(host.streams, 0);
    ck_assert_uint_eq(wss_sim_faults(&sim), 0);
    ck_assert_uint_eq(sim.beyond_room, 0);
}

static wss_stream_t *dial(const char *name, uint16_t port)
{
    const wss_dial_t whom = {.host = name, .port = port};

    hal.lock(hal.context);
    wss_stream_t *dialled = hal.connect(hal.context, &whom, &owner);
    hal.unlock(hal.context);
    return dialled;
}

/* One look: what is reported of the stream, at most once. */
static unsigned look(void)
{
    wss_ready_t ready[4];
    const int32_t count = hal.wait(hal.context, 0, ready, 4);

    ck_assert_int_ge(count, 0);
    ck_assert_int_le(count, 1);
    if (count == 0)
        return 0;
    ck_assert_ptr_eq(ready[0].owner, &owner);
    return ready[0].what;
}

static wss_phase_t phase(void)
{
    hal.lock(hal.context);
    const wss_phase_t now = stream->ops->phase(stream);
    hal.unlock(hal.context);
    return now;
}

static const char *reason(void)
{
    hal.lock(hal.context);
    const char *text = stream->ops->reason(stream);
    hal.unlock(hal.context);
    return text;
}

static int32_t receive(uint8_t *bytes, uint32_t capacity)
{
    hal.lock(hal.context);
    const int32_t count = stream->ops->recv(stream, bytes, capacity);
    if (count > 0)
        stream->ops->consume(stream, (uint32_t)count, bytes + count);
    hal.unlock(hal.context);
    return count;
}

/* Dials and lets the proxy read the request. */
static void ask(const char *name, uint16_t port, char *request, uint32_t capacity)
{
    stream = dial(name, port);
    ck_assert_ptr_nonnull(stream);
    ck_assert_int_eq(phase(), WSS_PHASE_CONNECTING);
    ck_assert_uint_eq(look(), WSS_READY_PHASE);
    ck_assert_int_eq(phase(), WSS_PHASE_LAYERING);
    proxy = wss_sim_peer_accept(&sim, PROXY_PORT);
    ck_assert_ptr_nonnull(proxy);
    const int32_t count = wss_sim_peer_read(proxy, request, capacity - 1);
    ck_assert_int_gt(count, 0);
    request[count] = '\0';
}

static void ask_any(void)
{
    char request[256];

    ask("far.example", 443, request, sizeof request);
}

/* ------------------------------------------------------------------ the request */

static const struct {
    const char *host;
    uint16_t port;
    const char *authorization;
    const char *request;
} requests[] = {
    {"far.example", 443, NULL, "CONNECT far.example:443 HTTP/1.1\r\nHost: far.example:443\r\n\r\n"},
    {"192.0.2.1", 1, "", "CONNECT 192.0.2.1:1 HTTP/1.1\r\nHost: 192.0.2.1:1\r\n\r\n"},
    {"2001:db8::1", 65535, NULL,
     "CONNECT [2001:db8::1]:65535 HTTP/1.1\r\nHost: [2001:db8::1]:65535\r\n\r\n"},
    {"h", 10, "Basic dTpw",
     "CONNECT h:10 HTTP/1.1\r\nHost: h:10\r\nProxy-Authorization: Basic dTpw\r\n\r\n"},
};

START_TEST(the_request_names_the_far_end)
{
    char request[256];

    chosen.authorization = requests[_i].authorization;
    ask(requests[_i].host, requests[_i].port, request, sizeof request);
    ck_assert_str_eq(request, requests[_i].request);
}
END_TEST

/* Longer than the room, and the network takes few bytes at a time. */
START_TEST(a_long_request_is_sent_in_parts)
{
    static char authorization[2 * ROOM];
    char request[4 * ROOM];
    uint32_t length = 0;

    memset(authorization, 'x', sizeof authorization - 1);
    chosen.authorization = authorization;
    sim.config.send_limit = 100;
    stream = dial("far.example", 443);
    ck_assert_uint_eq(look(), WSS_READY_PHASE);
    proxy = wss_sim_peer_accept(&sim, PROXY_PORT);
    while (length < sizeof authorization || memcmp(request + length - 4, "\r\n\r\n", 4) != 0) {
        ck_assert_uint_eq(look(), 0);
        const int32_t count =
            wss_sim_peer_read(proxy, request + length, (uint32_t)sizeof request - length);
        ck_assert_int_ge(count, 0);
        length += (uint32_t)count;
    }
    ck_assert_uint_eq(length, strlen(requests[0].request) + strlen("\r\nProxy-Authorization: ") +
                                  strlen(authorization));
    (void)wss_sim_peer_send(proxy, "HTTP/1.1 200 \r\n\r\n", 17);
    ck_assert_uint_eq(look(), WSS_READY_PHASE);
    ck_assert_int_eq(phase(), WSS_PHASE_UP);
}
END_TEST

/* ------------------------------------------------------------------- the answer */

#define NOT_HTTP "The proxy's answer is not HTTP."

static const struct {
    const char *answer;
    const char *reason; /* NULL: the tunnel stands */
} answers[] = {
    {"HTTP/1.1 200 OK\r\n\r\n", NULL},
    {"HTTP/1.0 200 Connection established\r\n\r\n", NULL},
    {"HTTP/1.1 200\r\n\r\n", NULL},
    {"HTTP/1.1 200 \r\n\r\n", NULL},
    {"HTTP/1.1 204 No \xC3\xA4\tContent\r\nVia: 1.1 p\r\nX:\r\n\r\n", NULL},
    {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", NULL},
    {"HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\tc\r\n\r\n", NULL},
    {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
     NULL},
    {"HTTP/1.1 407 Proxy Authentication Required\r\n",
     "The proxy answered 407 Proxy Authentication Required."},
    {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 403 Forbidden\r\n",
     "The proxy answered 403 Forbidden."},
    {"HTTP/1.1 502\r\n", "The proxy answered 502."},
    {"HTTP/1.1 503 \r\n", "The proxy answered 503."},
    {"HTTP/1.1 500 Done. . \r\n", "The proxy answered 500 Done."},
    {"HTTP/1.1 101 Switching Protocols\r\n", "The proxy answered 101 Switching Protocols."},
    {"HTTP/1.1 302 Found\r\n", "The proxy answered 302 Found."},
    {"HTTP/1.1 400 \xC3\xA4\tb\r\n", "The proxy answered 400 ???b."},
    {"HTTP/1.1 404 123456789 123456789 123456789 123456789 123456789 123456789 123456789 "
     "123456789 123456789 123456789 123456789\r\n",
     "The proxy answered 404 123456789 123456789 123456789 123456789 123456789 123456789 123456789 "
     "123456789 123456789 123456789 123."},
    {"HTTP/2", NOT_HTTP},
    {"h", NOT_HTTP},
    {"\r", NOT_HTTP},
    {"\x16", NOT_HTTP},
    {"HTTP/1.x", NOT_HTTP},
    {"HTTP/1.1\t", NOT_HTTP},
    {"HTTP/1.1  ", NOT_HTTP},
    {"HTTP/1.1 0", NOT_HTTP},
    {"HTTP/1.1 6", NOT_HTTP},
    {"HTTP/1.1 20x", NOT_HTTP},
    {"HTTP/1.1 2000", NOT_HTTP},
    {"HTTP/1.1 200 OK\n", NOT_HTTP},
    {"HTTP/1.1 200 OK\r\r", NOT_HTTP},
    {"HTTP/1.1 200 OK\r\n\n", NOT_HTTP},
    {"HTTP/1.1 200 OK\r\nX\r", NOT_HTTP},
    {"HTTP/1.1 200 OK\r\n:", NOT_HTTP},
    {"HTTP/1.1 200 OK\r\nX ", NOT_HTTP},
    {"HTTP/1.1 200 OK\r\nX: \x01", NOT_HTTP},
    {"HTTP/1.1 200 OK\r\nX: a\n", NOT_HTTP},
    {"HTTP/1.1 200 OK\r\nX: a\r\r", NOT_HTTP},
    {"HTTP/1.1 200 OK\r\n\rX", NOT_HTTP},
};

static void check_outcome(const char *why)
{
    if (why != NULL) {
        ck_assert_int_eq(phase(), WSS_PHASE_FAILED);
        ck_assert_str_eq(reason(), why);
        return;
    }
    ck_assert_msg(phase() == WSS_PHASE_UP, "%s", reason());
    ck_assert_str_eq(reason(), "");
}

/* The answer comes in two parts, whose second one has `glued` behind it. */
static void answer_in_parts(const char *answer, size_t cut, const char *glued, const char *why)
{
    uint8_t bytes[16];
    const uint32_t length = (uint32_t)strlen(answer);
    unsigned reported = 0;

    setup();
    ask_any();
    wss_sim_peer_hold(proxy, true);
    ck_assert_uint_eq(wss_sim_peer_send(proxy, answer, length), length);
    (void)wss_sim_peer_send(proxy, glued, (uint32_t)strlen(glued));
    wss_sim_peer_deliver(proxy, (uint32_t)cut);
    ck_assert_uint_eq(look(), 0);
    ck_assert_uint_eq(look(), 0);
    ck_assert_int_eq(phase(), WSS_PHASE_LAYERING);
    wss_sim_peer_deliver(proxy, (uint32_t)WSS_SIM_ALL);
    for (int i = 0; i < 4 && reported == 0; i++)
        reported = look();
    ck_assert_uint_ne(reported & WSS_READY_PHASE, 0);
    check_outcome(why);
    if (why == NULL && glued[0] != '\0') {
        ck_assert_uint_eq(look(), WSS_READY_READ);
        ck_assert_int_eq(receive(bytes, sizeof bytes), (int32_t)strlen(glued));
        ck_assert_mem_eq(bytes, glued, strlen(glued));
    }
    ck_assert_uint_eq(look() & WSS_READY_PHASE, 0);
    teardown();
}

START_TEST(answers_at_every_split)
{
    for (size_t cut = 0; cut < strlen(answers[_i].answer); cut++) {
        answer_in_parts(answers[_i].answer, cut, "", answers[_i].reason);
        answer_in_parts(answers[_i].answer, cut, "HTTP/1.1 101", answers[_i].reason);
    }
}
END_TEST

START_TEST(answers_byte_by_byte)
{
    const char *text = answers[_i].answer;

    ask_any();
    for (size_t at = 0; text[at] != '\0'; at++) {
        ck_assert_int_eq(phase(), WSS_PHASE_LAYERING);
        ck_assert_uint_eq(wss_sim_peer_send(proxy, text + at, 1), 1);
        ck_assert_uint_eq(look() & WSS_READY_PHASE, text[at + 1] == '\0' ? WSS_READY_PHASE : 0);
    }
    check_outcome(answers[_i].reason);
}
END_TEST

START_TEST(an_answer_has_a_largest_size)
{
    static char field[WSS_CONNECT_HEAD];
    static const char begin[] = "HTTP/1.1 200 OK\r\nX: ";
    const uint32_t rest = WSS_CONNECT_HEAD - (uint32_t)strlen(begin) - 4 + (uint32_t)_i;

    ask_any();
    (void)wss_sim_peer_send(proxy, begin, (uint32_t)strlen(begin));
    memset(field, 'x', sizeof field);
    for (uint32_t at = 0; at < rest;) {
        at += wss_sim_peer_send(proxy, field, rest - at);
        (void)look();
    }
    (void)wss_sim_peer_send(proxy, "\r\n\r\n", 4);
    while (phase() == WSS_PHASE_LAYERING)
        (void)look();
    check_outcome(_i == 0 ? NULL : "The proxy's answer is too long.");
}
END_TEST

/* ---------------------------------------------------------------------- failures */

START_TEST(the_proxy_ends_first)
{
    ask_any();
    (void)wss_sim_peer_send(proxy, "HTTP/1.1 2", 10);
    wss_sim_peer_finish(proxy);
    while (phase() == WSS_PHASE_LAYERING)
        (void)look();
    check_outcome("The proxy closed the connection before it answered.");
}
END_TEST

START_TEST(the_proxy_resets)
{
    ask_any();
    wss_sim_peer_reset(proxy);
    ck_assert_uint_ne(look() & WSS_READY_PHASE, 0);
    ck_assert_int_eq(phase(), WSS_PHASE_FAILED);
    ck_assert_int_eq(strncmp(reason(), "The way to the proxy failed: ", 29), 0);
}
END_TEST

START_TEST(the_proxy_is_not_there)
{
    chosen.port = 1;
    stream = dial("far.example", 443);
    ck_assert_uint_eq(look(), WSS_READY_PHASE | WSS_READY_READ);
    ck_assert_int_eq(phase(), WSS_PHASE_FAILED);
    ck_assert_int_eq(strncmp(reason(), "The way to the proxy failed: ", 29), 0);
}
END_TEST

static const char *const unsound[] = {"",         "a b", "a\r\nX: y", "a/b",  "u@h",  "[::1]",
                                      "\xC3\xA4", "a?b", "a#b",       "a\\b", "a\x7F"};

START_TEST(a_host_that_breaks_the_request_fails)
{
    wss_ready_t ready[1];

    stream = dial(unsound[_i], 443);
    ck_assert_ptr_nonnull(stream);
    ck_assert_uint_eq(look(), WSS_READY_PHASE | WSS_READY_READ);
    check_outcome("The host cannot be named to a proxy.");
    ck_assert_uint_eq(look(), WSS_READY_READ);
    const uint32_t before = sim.now;
    ck_assert_int_eq(hal.wait(hal.context, 1000, ready, 1), 1);
    ck_assert_uint_eq(sim.now, before);
    proxy = wss_sim_peer_accept(&sim, PROXY_PORT);
    ck_assert(proxy == NULL || wss_sim_peer_read(proxy, memory, 1) == 0);
}
END_TEST

START_TEST(released_before_it_stands)
{
    for (int i = 0; i < 3 * TUNNELS; i++) {
        stream = dial("far.example", 443);
        ck_assert_ptr_nonnull(stream);
        for (int looks = 0; looks < i % 3; looks++)
            (void)look();
        hal.lock(hal.context);
        stream->ops->release(stream, i % 2 == 0);
        hal.unlock(hal.context);
        ck_assert_uint_eq(look(), 0);
        proxy = wss_sim_peer_accept(&sim, PROXY_PORT);
        if (proxy != NULL)
            wss_sim_peer_release(proxy);
    }
    stream = NULL;
}
END_TEST

/* -------------------------------------------------------------- before it stands */

START_TEST(nothing_early_reaches_the_proxy)
{
    char text[64];
    uint8_t byte = 'x';

    ask_any();
    hal.lock(hal.context);
    ck_assert_uint_eq(stream->ops->room(stream), 0);
    ck_assert_int_eq(stream->ops->send(stream, &byte, 1), 0);
    ck_assert_int_eq(stream->ops->flush(stream), WSS_OK);
    ck_assert_int_eq(stream->ops->recv(stream, &byte, 1), 0);
    stream->ops->watch(stream, WSS_READY_WRITE);
    stream->ops->finish(stream);
    ck_assert_int_eq(stream->ops->send(stream, &byte, 1), WSS_ERR_CLOSED);
    hal.unlock(hal.context);
    ck_assert_uint_eq(look(), 0);
    ck_assert_int_eq(wss_sim_peer_read(proxy, text, sizeof text), 0);
    (void)wss_sim_peer_send(proxy, "HTTP/1.1 200 \r\n\r\n", 17);
    ck_assert_uint_eq(look(), WSS_READY_PHASE);
    ck_assert_uint_eq(look(), WSS_READY_WRITE);
    ck_assert_int_eq(wss_sim_peer_read(proxy, text, sizeof text), WSS_ERR_EOF);
}
END_TEST

/* ----------------------------------------------------------------------- the port */

START_TEST(a_direct_dial_is_the_port_belows)
{
    direct = true;
    ck_assert_uint_eq(wss_sim_peer_listen(&sim, 80), 80);
    stream = dial("far.example", 80);
    ck_assert_uint_eq(look(), WSS_READY_PHASE);
    ck_assert_int_eq(phase(), WSS_PHASE_UP);
    ck_assert_ptr_nonnull(wss_sim_peer_accept(&sim, 80));
}
END_TEST

static wss_dial_t noted;

static wss_stream_t *note_dial(void *context, const wss_dial_t *whom, void *of)
{
    (void)context;
    (void)of;
    noted = *whom;
    return NULL;
}

/* Or what was to be secret would go out in plain. */
START_TEST(a_secure_dial_is_secure_below)
{
    const wss_dial_t whom = {.host = "far.example", .port = 443, .secure = true};

    lower.connect = note_dial;
    ck_assert_ptr_null(hal.connect(hal.context, &whom, &owner));
    ck_assert_str_eq(noted.host, "proxy.example");
    ck_assert(noted.secure);
}
END_TEST

START_TEST(tunnels_run_out_and_come_back)
{
    wss_stream_t *first = dial("far.example", 1);

    ck_assert_ptr_nonnull(first);
    stream = dial("far.example", 2);
    ck_assert_ptr_nonnull(stream);
    ck_assert_ptr_null(dial("far.example", 3));
    hal.lock(hal.context);
    first->ops->release(first, true);
    hal.unlock(hal.context);
    first = dial("far.example", 4);
    ck_assert_ptr_nonnull(first);
    hal.lock(hal.context);
    first->ops->release(first, true);
    hal.unlock(hal.context);
}
END_TEST

/* Two fail at once, but there is place for one report at a time. */
START_TEST(no_report_is_lost)
{
    const wss_dial_t whom = {.host = "", .port = 1};
    int owners[TUNNELS];
    bool seen[TUNNELS] = {false, false};
    wss_stream_t *streams[TUNNELS];
    wss_ready_t ready[1];

    hal.lock(hal.context);
    for (int i = 0; i < TUNNELS; i++) {
        streams[i] = hal.connect(hal.context, &whom, &owners[i]);
        streams[i]->ops->watch(streams[i], 0);
    }
    hal.unlock(hal.context);
    while (hal.wait(hal.context, WSS_FOREVER, ready, 1) == 1)
        for (int i = 0; i < TUNNELS; i++)
            seen[i] = seen[i] || ready[0].owner == &owners[i];
    ck_assert(seen[0] && seen[1]);
    hal.lock(hal.context);
    for (int i = 0; i < TUNNELS; i++)
        streams[i]->ops->release(streams[i], true);
    hal.unlock(hal.context);
}
END_TEST

/* As many streams of the port below as there are places have something to report at every look. */
START_TEST(nobody_is_crowded_out)
{
    const wss_dial_t near = {.host = "near.example", .port = 80};
    wss_stream_t *busy[2];
    int other = 0;
    int reports[2] = {0, 0};

    ck_assert_uint_eq(wss_sim_peer_listen(&sim, 80), 80);
    hal.lock(hal.context);
    direct = true;
    for (int i = 0; i < _i; i++)
        busy[i] = hal.connect(hal.context, &near, &other);
    direct = false;
    hal.unlock(hal.context);
    for (int i = 0; i < _i; i++)
        (void)wss_sim_peer_send(wss_sim_peer_accept(&sim, 80), "x", 1);
    stream = dial("", 443);
    for (int looks = 0; looks < 10; looks++) {
        wss_ready_t ready[2];
        const int32_t count = hal.wait(hal.context, 0, ready, (uint32_t)_i);
        ck_assert_int_le(count, _i);
        for (int32_t i = 0; i < count; i++)
            reports[ready[i].owner == &owner]++;
    }
    ck_assert_int_ge(reports[0], 4);
    ck_assert_int_ge(reports[1], 4);
    hal.lock(hal.context);
    for (int i = 0; i < _i; i++)
        busy[i]->ops->release(busy[i], true);
    hal.unlock(hal.context);
}
END_TEST

START_TEST(the_config_is_checked)
{
    wss_proxy_hal_t other;
    wss_hal_t unused;
    wss_proxy_hal_config_t config = proxied();
    wss_hal_t server_only = lower;

    config.choose = NULL;
    ck_assert_int_eq(wss_proxy_hal_init(&other, &config, &unused), WSS_ERR_CONFIG);
    config = proxied();
    config.tunnel_count = 0;
    ck_assert_int_eq(wss_proxy_hal_init(&other, &config, &unused), WSS_ERR_CONFIG);
    config = proxied();
    server_only.connect = NULL;
    config.below = &server_only;
    ck_assert_int_eq(wss_proxy_hal_init(&other, &config, &unused), WSS_ERR_CONFIG);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("connect_stream");
    TCase *cases = tcase_create("connect_stream");
    TCase *splits = tcase_create("splits");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 60);
    tcase_set_timeout(splits, 120);
    tcase_add_loop_test(cases, the_request_names_the_far_end, 0, COUNT(requests));
    tcase_add_test(cases, a_long_request_is_sent_in_parts);
    tcase_add_loop_test(splits, answers_at_every_split, 0, COUNT(answers));
    tcase_add_loop_test(cases, answers_byte_by_byte, 0, COUNT(answers));
    tcase_add_loop_test(cases, an_answer_has_a_largest_size, 0, 2);
    tcase_add_test(cases, the_proxy_ends_first);
    tcase_add_test(cases, the_proxy_resets);
    tcase_add_test(cases, the_proxy_is_not_there);
    tcase_add_loop_test(cases, a_host_that_breaks_the_request_fails, 0, COUNT(unsound));
    tcase_add_test(cases, released_before_it_stands);
    tcase_add_test(cases, nothing_early_reaches_the_proxy);
    tcase_add_test(cases, a_direct_dial_is_the_port_belows);
    tcase_add_test(cases, a_secure_dial_is_secure_below);
    tcase_add_test(cases, tunnels_run_out_and_come_back);
    tcase_add_test(cases, no_report_is_lost);
    tcase_add_loop_test(cases, nobody_is_crowded_out, 1, 3);
    tcase_add_test(cases, the_config_is_checked);
    suite_add_tcase(suite, cases);
    suite_add_tcase(suite, splits);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
