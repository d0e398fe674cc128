/* SPDX-License-Identifier: MIT */
/*
 * Public functions that no script of tests/engine reaches: broadcast, properties of a
 * connection, and what wss_loop_init() refuses. Three peers of a server in the simulator.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "wss/wss.h"
#include "wss_sim.h"

enum { PEERS = 3, ROOM = 1024 };

static wss_sim_t sim;
static wss_sim_host_t host;
static wss_sim_end_t ends[2 * PEERS];
static uint8_t memory[2 * PEERS * (ROOM + 65536)];
static wss_sim_crypto_t generator;
static wss_crypto_t crypto;
static wss_hal_t hal;
static wss_loop_t loop;
static wss_conn_t conns[PEERS];
static wss_control_t controls[PEERS];
static uint8_t rx[2048];
static wss_config_t config;
static wss_sim_end_t *peers[PEERS];
static int marker;

/* What the callbacks have seen. */
static wss_conn_t *opened[PEERS];
static unsigned open_count;
static uint8_t got[256];
static size_t got_length;
static bool got_whole;
static uint8_t own_buffer[64];
static void (*inside_data)(wss_conn_t *conn);

static void on_connecting(wss_conn_t *conn)
{
    ck_assert_ptr_null(wss_user(conn));
    wss_set_user(conn, &marker);
}

static void on_open(wss_conn_t *conn)
{
    opened[open_count++] = conn;
}

static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    if (inside_data != NULL)
        inside_data(conn);
    memcpy(got + got_length, data->bytes, data->length);
    got_length += data->length;
    got_whole = data->first && data->last;
    return WSS_OK;
}

static const wss_handler_t handler = {
    .on_connecting = on_connecting, .on_open = on_open, .on_data = on_data};

static void settle(void)
{
    for (int i = 0; i < 8; i++)
        ck_assert_int_eq(wss_loop_step(&loop, 0), WSS_OK);
}

static void upgrade(wss_sim_end_t *peer, const char *path, const char *protocol)
{
    char request[512];
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Protocol: %s\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                          "Sec-WebSocket-Version: 13\r\n\r\n",
                          path, protocol);
    ck_assert_uint_eq(wss_sim_peer_send(peer, request, (uint32_t)length), (uint32_t)length);
    settle();
}

/* Takes what has come and gives its last bytes: frames of a server are plain. */
static size_t take(wss_sim_end_t *peer, uint8_t *bytes, size_t capacity)
{
    size_t length = 0;
    int32_t count;
    while ((count = wss_sim_peer_read(peer, bytes + length, (uint32_t)(capacity - length))) > 0)
        length += (size_t)count;
    return length;
}

static void begin(void)
{
    static const char *const paths[] = {"/a", "/b"};
    static const char *const protocols[] = {"chat", "mqtt"};
    wss_sim_config_t sim_config = {.ends = ends,
                                   .end_count = 2 * PEERS,
                                   .memory = memory,
                                   .send_room = ROOM,
                                   .window = 65536,
                                   .seed = 1};
    open_count = 0;
    got_length = 0;
    inside_data = NULL;
    wss_sim_init(&sim, &sim_config);
    wss_sim_host_init(&host, &sim, &hal);
    wss_sim_crypto_init(&generator, 1, &crypto);
    config = (wss_config_t){.hal = &hal,
                            .crypto = &crypto,
                            .handler = &handler,
                            .context = &marker,
                            .conns = conns,
                            .conn_count = PEERS,
                            .rx_buffer = rx,
                            .rx_size = sizeof rx,
                            .controls = controls,
                            .control_count = PEERS,
                            .paths = paths,
                            .path_count = 2,
                            .protocols = protocols,
                            .protocol_count = 2};
}

static void open_peers(void)
{
    wss_endpoint_t where = {.port = 80};
    uint8_t bytes[1024];
    ck_assert_int_eq(wss_loop_init(&loop, &config), WSS_OK);
    ck_assert_str_eq(wss_loop_error(&loop), "");
    ck_assert_int_eq(wss_listen(&loop, &where, NULL), WSS_OK);
    for (unsigned i = 0; i < PEERS; i++) {
        peers[i] = wss_sim_peer_connect(&sim, 80);
        settle();
        upgrade(peers[i], i == 0 ? "/a" : "/b", i == 1 ? "mqtt" : "other");
        ck_assert_uint_eq(open_count, i + 1);
        (void)take(peers[i], bytes, sizeof bytes);
    }
}

static void setup(void)
{
    begin();
    open_peers();
}

static void teardown(void)
{
    wss_loop_abort(&loop);
    ck_assert_uint_eq(wss_loop_count(&loop), 0);
    ck_assert_uint_eq(host.streams, 0);
    ck_assert_uint_eq(wss_sim_faults(&sim), 0);
}

/* ---------------------------------------------------------------- broadcast */

static bool is_on_b(wss_conn_t *conn, void *context)
{
    ck_assert_ptr_eq(context, &marker);
    return wss_path(conn) == 1;
}

START_TEST(broadcast_reaches_every_open_connection)
{
    uint8_t bytes[64];
    uint32_t refused = 99;
    ck_assert_uint_eq(wss_broadcast(&loop, WSS_OPCODE_TEXT, "news", 4, NULL, NULL, &refused), 3);
    ck_assert_uint_eq(refused, 0);
    settle();
    for (unsigned i = 0; i < PEERS; i++) {
        ck_assert_uint_eq(take(peers[i], bytes, sizeof bytes), 6);
        ck_assert_mem_eq(bytes, "\x81\x04news", 6);
    }
}
END_TEST

START_TEST(broadcast_reaches_those_that_are_selected)
{
    uint8_t bytes[64];
    ck_assert_uint_eq(wss_broadcast(&loop, WSS_OPCODE_BINARY, "x", 1, is_on_b, &marker, NULL), 2);
    settle();
    ck_assert_uint_eq(take(peers[0], bytes, sizeof bytes), 0);
    ck_assert_uint_eq(take(peers[1], bytes, sizeof bytes), 3);
    ck_assert_uint_eq(take(peers[2], bytes, sizeof bytes), 3);
}
END_TEST

/* One that has no room gets nothing at all, the others everything. */
START_TEST(broadcast_counts_those_without_room)
{
    static const uint8_t big[700];
    uint8_t bytes[4096];
    uint32_t refused = 0;
    wss_sim_peer_window(peers[1], 0);
    ck_assert_int_eq(wss_send(opened[1], WSS_OPCODE_BINARY, big, sizeof big, WSS_FINAL), WSS_OK);
    settle();
    ck_assert_uint_eq(
        wss_broadcast(&loop, WSS_OPCODE_BINARY, big, sizeof big, NULL, NULL, &refused), 2);
    ck_assert_uint_eq(refused, 1);
    settle();
    wss_sim_peer_window(peers[1], 65536);
    settle();
    ck_assert_uint_eq(take(peers[1], bytes, sizeof bytes), sizeof big + 4);
    ck_assert_uint_eq(take(peers[0], bytes, sizeof bytes), sizeof big + 4);
}
END_TEST

START_TEST(broadcast_leaves_out_a_closing_connection)
{
    ck_assert_int_eq(wss_close(opened[2], 1000, NULL, 0), WSS_OK);
    ck_assert_uint_eq(wss_broadcast(&loop, WSS_OPCODE_TEXT, "x", 1, NULL, NULL, NULL), 2);
}
END_TEST

/* --------------------------------------------------------------- properties */

START_TEST(a_connection_knows_its_properties)
{
    char peer[64];
    ck_assert_ptr_eq(wss_user(opened[0]), &marker);
    ck_assert_ptr_eq(wss_context(opened[0]), &marker);
    ck_assert_ptr_eq(wss_loop_of(opened[0]), &loop);
    ck_assert_int_eq(wss_path(opened[0]), 0);
    ck_assert_int_eq(wss_path(opened[1]), 1);
    ck_assert_str_eq(wss_protocol(opened[1]), "mqtt");
    ck_assert_ptr_null(wss_protocol(opened[0]));
    ck_assert_int_eq(wss_state(opened[0]), WSS_CONNECTED);
    ck_assert_ptr_eq(wss_conn_at(&loop, wss_index(opened[2])), opened[2]);
    ck_assert_ptr_null(wss_conn_at(&loop, PEERS));
    wss_peer(opened[0], peer, sizeof peer);
    ck_assert_ptr_nonnull(strchr(peer, ':'));
    wss_peer(opened[0], peer, 4);
    ck_assert_uint_lt(strlen(peer), 4);
}
END_TEST

/* The largest payload that is said to fit does, and one byte more does not. */
START_TEST(send_room_is_exact)
{
    static const uint8_t bytes[ROOM];
    for (size_t before = 0; before < 700; before += 7) {
        teardown();
        setup();
        if (before > 0)
            ck_assert_int_eq(wss_send(opened[0], WSS_OPCODE_BINARY, bytes, before, WSS_FINAL),
                             WSS_OK);
        size_t room = wss_send_room(opened[0]);
        ck_assert_int_ne(wss_send(opened[0], WSS_OPCODE_BINARY, bytes, room + 1, WSS_FINAL),
                         WSS_OK);
        ck_assert_int_eq(wss_send(opened[0], WSS_OPCODE_BINARY, bytes, room, WSS_FINAL), WSS_OK);
    }
}
END_TEST

/* With its header such a length would be a short one again. */
START_TEST(no_length_is_taken_for_a_short_one)
{
    uint8_t bytes[64];
    for (size_t less = 0; less < 300; less++)
        ck_assert_int_eq(wss_send(opened[0], WSS_OPCODE_BINARY, bytes, SIZE_MAX - less, WSS_FINAL),
                         WSS_ERR_TOO_BIG);
    settle();
    ck_assert_uint_eq(take(peers[0], bytes, sizeof bytes), 0);
}
END_TEST

START_TEST(a_streamed_frame_says_what_it_lacks)
{
    size_t taken = 0;
    ck_assert_uint_eq(wss_send_left(opened[0]), 0);
    ck_assert_int_eq(wss_send_begin(opened[0], WSS_OPCODE_TEXT, 10, WSS_FINAL), WSS_OK);
    ck_assert_uint_eq(wss_send_left(opened[0]), 10);
    ck_assert_uint_eq(wss_send_room(opened[0]), 0);
    ck_assert_int_eq(wss_send_stream(opened[0], "1234", 4, &taken), WSS_OK);
    ck_assert_uint_eq(wss_send_left(opened[0]), 6);
}
END_TEST

/* ------------------------------------------------------- whole messages by choice */

static void send_masked(wss_sim_end_t *peer, uint8_t first, const char *text)
{
    uint8_t frame[256] = {first, (uint8_t)(0x80 | strlen(text))};
    memcpy(frame + 6, text, strlen(text));
    ck_assert_uint_gt(wss_sim_peer_send(peer, frame, (uint32_t)(6 + strlen(text))), 0);
    settle();
}

START_TEST(a_buffer_makes_messages_whole)
{
    ck_assert_int_eq(wss_set_buffer(opened[0], own_buffer, sizeof own_buffer), WSS_OK);
    send_masked(peers[0], 0x01, "Hel");
    ck_assert_uint_eq(got_length, 0);
    ck_assert_int_eq(wss_set_buffer(opened[0], NULL, 0), WSS_ERR_STATE);
    send_masked(peers[0], 0x80, "lo");
    ck_assert(got_whole);
    ck_assert_uint_eq(got_length, 5);
    ck_assert_mem_eq(got, "Hello", 5);
    ck_assert_int_eq(wss_set_buffer(opened[0], NULL, 0), WSS_OK);
    send_masked(peers[0], 0x01, "Hel");
    ck_assert_uint_eq(got_length, 8);
}
END_TEST

/* ------------------------------------------------------------- frames of pieces */

/* The frame that each piece was of. */
static uint64_t frame_left[8];
static bool frame_final[8];
static unsigned frame_count;

static void note_frame(wss_conn_t *conn)
{
    frame_left[frame_count] = wss_frame_left(conn, &frame_final[frame_count]);
    ck_assert_uint_eq(wss_frame_left(conn, NULL), frame_left[frame_count]);
    frame_count++;
}

static void peer_sends(wss_sim_end_t *peer, const void *bytes, size_t length)
{
    ck_assert_uint_eq(wss_sim_peer_send(peer, bytes, (uint32_t)length), length);
    settle();
}

START_TEST(a_piece_knows_what_is_left_of_its_frame)
{
    static const uint64_t left[] = {5, 3, 2, 0};
    static const bool final[] = {false, false, false, true};
    inside_data = note_frame;
    frame_count = 0;
    peer_sends(peers[0], "\x01\x85\0\0\0\0He", 8);
    peer_sends(peers[0], "llo", 3);
    peer_sends(peers[0], "\x00\x80\0\0\0\0", 6); /* nothing to deliver */
    peer_sends(peers[0], "\x00\x82\0\0\0\0, ", 8);
    peer_sends(peers[0], "\x80\x80\0\0\0\0", 6);
    ck_assert_uint_eq(frame_count, 4);
    for (unsigned i = 0; i < frame_count; i++) {
        ck_assert_uint_eq(frame_left[i], left[i]);
        ck_assert_int_eq(frame_final[i], final[i]);
    }
}
END_TEST

START_TEST(a_frame_may_be_longer_than_32_bits_count)
{
    static const char frame[] = "\x82\xFF\0\0\0\x01\0\0\0\x02\0\0\0\0x";
    teardown();
    begin();
    config.max_message = UINT64_MAX;
    open_peers();
    inside_data = note_frame;
    frame_count = 0;
    peer_sends(peers[0], frame, sizeof frame - 1);
    ck_assert_uint_eq(frame_count, 1);
    ck_assert_uint_eq(frame_left[0], ((uint64_t)1 << 32) + 2);
    ck_assert(frame_final[0]);
}
END_TEST

START_TEST(text_is_told_from_other_bytes)
{
    ck_assert(wss_utf8_valid(NULL, 0));
    ck_assert(wss_utf8_valid("\xE2\x82\xAC", 3));
    ck_assert(!wss_utf8_valid("\xE2\x82", 2));
    ck_assert(!wss_utf8_valid("\xED\xA0\x80", 3));
}
END_TEST

/* -------------------------------------------------- what a callback may do */

static void close_it(wss_conn_t *conn)
{
    ck_assert_int_eq(wss_close(conn, 4000, "inside", 6), WSS_OK);
}

static void abort_it(wss_conn_t *conn)
{
    ck_assert_int_eq(wss_abort(conn), WSS_OK);
}

static void close_all(wss_conn_t *conn)
{
    ck_assert_int_eq(wss_loop_close(wss_loop_of(conn), 1001), WSS_OK);
}

static void abort_all(wss_conn_t *conn)
{
    wss_loop_abort(wss_loop_of(conn));
}

static void step_inside(wss_conn_t *conn)
{
    ck_assert_int_eq(wss_loop_step(wss_loop_of(conn), 0), WSS_ERR_STATE);
}

START_TEST(a_callback_may_end_connections)
{
    static void (*const deeds[])(wss_conn_t *) = {close_it, abort_it, close_all, abort_all,
                                                  step_inside};
    static const uint32_t left[] = {3, 2, 3, 0, 3};
    inside_data = deeds[_i];
    send_masked(peers[1], 0x82, "x");
    inside_data = NULL;
    ck_assert_uint_eq(wss_loop_count(&loop), left[_i]);
}
END_TEST

/* ----------------------------------------------------------- what is refused */

static void no_hal(void)
{
    config.hal = NULL;
}
static void no_crypto(void)
{
    config.crypto = NULL;
}
static void no_handler(void)
{
    config.handler = NULL;
}
static void small_room(void)
{
    hal.send_room = 511;
}
static void no_conns(void)
{
    config.conns = NULL;
}
static void too_many_conns(void)
{
    config.conn_count = 65535;
}
static void small_rx(void)
{
    config.rx_size = 63;
}
static void no_controls(void)
{
    config.control_count = 0;
}
static void empty_messages(void)
{
    config.messages = rx;
}
static void big_head(void)
{
    config.max_head = 65536;
}
static void more_served(void)
{
    config.max_conns = PEERS + 1;
}
static void long_list(void)
{
    config.path_count = 33;
}
static void list_of_nothing(void)
{
    config.protocols = NULL;
}
static void long_timeout(void)
{
    config.idle_timeout = (uint32_t)INT32_MAX + 1;
}

START_TEST(a_bad_configuration_is_named)
{
    static const struct {
        void (*spoil)(void);
        const char *named;
    } cases[] = {{no_hal, "config.hal"},
                 {no_crypto, "config.crypto"},
                 {no_handler, "config.handler"},
                 {small_room, "hal.send_room"},
                 {no_conns, "config.conns"},
                 {too_many_conns, "config.conn_count"},
                 {small_rx, "config.rx_buffer"},
                 {no_controls, "config.controls"},
                 {empty_messages, "config.message_size"},
                 {big_head, "config.max_head"},
                 {more_served, "config.max_conns"},
                 {long_list, "config.paths"},
                 {list_of_nothing, "config.protocols"},
                 {long_timeout, "timeout"}};
    if ((size_t)_i >= sizeof cases / sizeof cases[0])
        return;
    begin();
    cases[_i].spoil();
    ck_assert_int_eq(wss_loop_init(&loop, &config), WSS_ERR_CONFIG);
    ck_assert_ptr_nonnull(strstr(wss_loop_error(&loop), cases[_i].named));
}
END_TEST

START_TEST(results_and_names_have_words)
{
    ck_assert_str_eq(wss_result_name(WSS_WOULD_BLOCK), "WSS_WOULD_BLOCK");
    ck_assert_str_eq(wss_result_name((wss_result_t)-99), "?");
    ck_assert_str_eq(wss_reason_name(WSS_REASON_RESERVED_BITS), "reserved_bits");
    ck_assert_str_eq(wss_reason_name(WSS_REASON_COUNT), "?");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api");
    TCase *open = tcase_create("open");
    tcase_add_checked_fixture(open, setup, teardown);
    tcase_add_test(open, broadcast_reaches_every_open_connection);
    tcase_add_test(open, broadcast_reaches_those_that_are_selected);
    tcase_add_test(open, broadcast_counts_those_without_room);
    tcase_add_test(open, broadcast_leaves_out_a_closing_connection);
    tcase_add_test(open, a_connection_knows_its_properties);
    tcase_add_test(open, send_room_is_exact);
    tcase_add_test(open, no_length_is_taken_for_a_short_one);
    tcase_add_test(open, a_streamed_frame_says_what_it_lacks);
    tcase_add_test(open, a_buffer_makes_messages_whole);
    tcase_add_test(open, a_piece_knows_what_is_left_of_its_frame);
    tcase_add_test(open, a_frame_may_be_longer_than_32_bits_count);
    tcase_add_test(open, text_is_told_from_other_bytes);
    tcase_add_loop_test(open, a_callback_may_end_connections, 0, 5);
    suite_add_tcase(suite, open);
    TCase *refused = tcase_create("refused");
    tcase_add_loop_test(refused, a_bad_configuration_is_named, 0, 14);
    tcase_add_test(refused, results_and_names_have_words);
    suite_add_tcase(suite, refused);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
