/* SPDX-License-Identifier: MIT */
/*
 * What public functions refuse, and with which result: configurations, arguments, calls at a wrong
 * time or from another task. What was refused has left no trace.
 */
#include <check.h>
#include <string.h>

#include "peers.h"
#include "wss/wss_inspect.h"
#include "wss/wss_session.h"

/* ------------------------------------------------------------- configurations */

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
static void no_now(void)
{
    hal.now = NULL;
}
static void no_entropy(void)
{
    hal.entropy = NULL;
}
static void no_wait(void)
{
    hal.wait = NULL;
}
static void no_wake(void)
{
    hal.wake = NULL;
}
static void no_listen(void)
{
    hal.listen = NULL;
}
static void no_unlisten(void)
{
    hal.unlisten = NULL;
}
static void no_accepting(void)
{
    hal.accepting = NULL;
}
static void no_accept(void)
{
    hal.accept = NULL;
}
static void host_lock(void *context)
{
    (void)context;
}
static void no_lock(void)
{
    hal.unlock = host_lock;
}
static void no_unlock(void)
{
    hal.lock = host_lock;
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
static void huge_room(void)
{
    hal.send_room = (uint32_t)INT32_MAX + 1;
}
static void conns_without_count(void)
{
    config.conn_count = 0;
}
static void no_rx(void)
{
    config.rx_buffer = NULL;
}
static void huge_rx(void)
{
    config.rx_size = (uint32_t)INT32_MAX + 1;
}
static void no_tx(void)
{
    config.tx_size = 64;
}
static void huge_tx(void)
{
    config.tx_buffer = rx;
    config.tx_size = (uint32_t)INT32_MAX + 1;
}
static void controls_without_memory(void)
{
    config.controls = NULL;
}
static void too_many_controls(void)
{
    config.control_count = 65535;
}
static void long_request_line(void)
{
    config.max_request_line = 65536;
}
static void many_fields(void)
{
    config.max_fields = 65536;
}
static void null_in_a_list(void)
{
    static const char *const paths[] = {"/", NULL};
    config.paths = paths;
}
static void empty_text_in_a_list(void)
{
    static const char *const paths[] = {"/", ""};
    config.paths = paths;
}

START_TEST(a_bad_configuration_is_named)
{
    static const struct {
        void (*spoil)(void);
        const char *named;
    } cases[] = {{no_hal, "config.hal"},
                 {no_crypto, "config.crypto"},
                 {no_handler, "config.handler"},
                 {no_now, "now"},
                 {no_entropy, "entropy"},
                 {no_wait, "wait"},
                 {no_wake, "wake"},
                 {no_lock, "lock"},
                 {no_unlock, "unlock"},
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
                 {long_timeout, "timeout"},
                 {huge_room, "hal.send_room"},
                 {conns_without_count, "config.conns"},
                 {no_rx, "config.rx_buffer"},
                 {huge_rx, "config.rx_size"},
                 {no_tx, "config.tx_buffer"},
                 {huge_tx, "config.tx_size"},
                 {controls_without_memory, "config.controls"},
                 {too_many_controls, "config.control_count"},
                 {long_request_line, "config.max_request_line"},
                 {many_fields, "config.max_fields"},
                 {null_in_a_list, "config.paths"},
                 {empty_text_in_a_list, "config.paths"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        begin();
        cases[i].spoil();
        ck_assert_int_eq(wss_loop_init(&loop, &config), WSS_ERR_CONFIG);
        ck_assert_ptr_nonnull(strstr(wss_loop_error(&loop), cases[i].named));
    }
}
END_TEST

/* ----------------------------------------------------------------- other tasks */

static const wss_target_t target = {.host = "a"};
static const char *const servers[] = {"ws://a/"};
static wss_session_t session;
static wss_session_config_t session_config;

START_TEST(another_task_is_told_so)
{
    uint8_t bytes[8];
    size_t taken = 99;
    wss_inspection_t inspection;
    const wss_endpoint_t where = {.port = 81};
    const wss_reply_t reply = {.status = 404};
    wss_conn_t *conn = opened[0];
    host.task = 2;
    ck_assert_int_eq(wss_send(conn, WSS_OPCODE_TEXT, "x", 1, WSS_FINAL), WSS_ERR_TASK);
    ck_assert_int_eq(wss_send_begin(conn, WSS_OPCODE_TEXT, 1, WSS_FINAL), WSS_ERR_TASK);
    ck_assert_int_eq(wss_send_stream(conn, "x", 1, &taken), WSS_ERR_TASK);
    ck_assert_uint_eq(taken, 0);
    ck_assert_int_eq(wss_ping(conn, NULL, 0), WSS_ERR_TASK);
    ck_assert_int_eq(wss_pong(conn, NULL, 0), WSS_ERR_TASK);
    ck_assert_int_eq(wss_close(conn, 1000, NULL, 0), WSS_ERR_TASK);
    ck_assert_int_eq(wss_abort(conn), WSS_ERR_TASK);
    ck_assert_int_eq(wss_accept(conn, NULL, 0), WSS_ERR_TASK);
    ck_assert_int_eq(wss_reply(conn, &reply), WSS_ERR_TASK);
    ck_assert_int_eq(wss_set_buffer(conn, rx, sizeof rx), WSS_ERR_TASK);
    ck_assert_int_eq(wss_connect(&loop, &target, NULL, NULL), WSS_ERR_TASK);
    ck_assert_int_eq(wss_listen(&loop, &where, NULL), WSS_ERR_TASK);
    ck_assert_int_eq(wss_loop_step(&loop, 0), WSS_ERR_TASK);
    ck_assert_int_eq(wss_loop_close(&loop, 1001), WSS_ERR_TASK);
    ck_assert_int_eq(wss_session_start(&session, &session_config), WSS_ERR_TASK);
    ck_assert(!wss_inspect(&loop, 0, &inspection));
    wss_resume(conn);
    wss_loop_abort(&loop);
    host.task = 1;
    ck_assert_uint_eq(wss_loop_count(&loop), PEERS);
    settle();
    ck_assert_uint_eq(take(peers[0], bytes, sizeof bytes), 0);
    send_masked(peers[0], 0x82, "x");
    ck_assert_uint_eq(got_length, 1);
}
END_TEST

START_TEST(another_task_does_not_stop_a_session)
{
    ck_assert_int_eq(wss_abort(opened[2]), WSS_OK);
    settle();
    ck_assert_int_eq(wss_session_start(&session, &session_config), WSS_OK);
    host.task = 2;
    ck_assert_int_eq(wss_session_stop(&session), WSS_ERR_TASK);
    host.task = 1;
    ck_assert_int_eq(wss_session_stop(&session), WSS_OK);
    settle();
    ck_assert_int_eq(wss_session_stop(&session), WSS_ERR_STATE);
}
END_TEST

/* ------------------------------------------------------------------- arguments */

START_TEST(frames_that_are_none)
{
    static const uint8_t bytes[126];
    uint8_t read[8];
    wss_conn_t *conn = opened[0];
    ck_assert_int_eq(wss_ping(conn, bytes, sizeof bytes), WSS_ERR_ARGUMENT);
    ck_assert_int_eq(wss_pong(conn, bytes, sizeof bytes), WSS_ERR_ARGUMENT);
    ck_assert_int_eq(wss_send(conn, WSS_OPCODE_PING, bytes, 1, WSS_FINAL), WSS_ERR_ARGUMENT);
    ck_assert_int_eq(wss_send_begin(conn, WSS_OPCODE_CLOSE, 1, WSS_FINAL), WSS_ERR_ARGUMENT);
    ck_assert_int_eq(wss_send_begin(conn, WSS_OPCODE_BINARY, (uint64_t)1 << 63, WSS_FINAL),
                     WSS_ERR_ARGUMENT);
    ck_assert_int_eq(wss_send(conn, WSS_OPCODE_CONTINUATION, bytes, 1, WSS_FINAL), WSS_ERR_ORDER);
    ck_assert_int_eq(wss_send_begin(conn, WSS_OPCODE_CONTINUATION, 1, WSS_FINAL), WSS_ERR_ORDER);
    settle();
    ck_assert_uint_eq(take(peers[0], read, sizeof read), 0);
}
END_TEST

/* A character that a fragment has begun is to go on in the next one, however that is sent. */
START_TEST(text_that_is_none)
{
    uint8_t read[16];
    wss_conn_t *conn = opened[0];
    ck_assert_int_eq(wss_send(conn, WSS_OPCODE_TEXT, "\xFF", 1, WSS_FINAL), WSS_ERR_TEXT);
    ck_assert_int_eq(wss_send(conn, WSS_OPCODE_TEXT, "\xC3", 1, WSS_MORE), WSS_OK);
    ck_assert_int_eq(wss_send(conn, WSS_OPCODE_TEXT, "", 0, WSS_FINAL), WSS_ERR_TEXT);
    ck_assert_int_eq(wss_send(conn, WSS_OPCODE_BINARY, "\xFF", 1, WSS_FINAL), WSS_ERR_ORDER);
    ck_assert_int_eq(wss_send_begin(conn, WSS_OPCODE_TEXT, 0, WSS_FINAL), WSS_ERR_TEXT);
    ck_assert_int_eq(wss_send(conn, WSS_OPCODE_TEXT, "\xA4", 1, WSS_FINAL), WSS_OK);
    settle();
    ck_assert_uint_eq(take(peers[0], read, sizeof read), 6);
    ck_assert_mem_eq(read, "\x01\x01\xC3\x80\x01\xA4", 6);
}
END_TEST

static void send_what_is_none(wss_conn_t *conn)
{
    ck_assert_int_eq(wss_send(conn, WSS_OPCODE_CONTINUATION, "x", 1, WSS_FINAL), WSS_ERR_ORDER);
    ck_assert_int_eq(wss_send(conn, WSS_OPCODE_PING, "x", 1, WSS_FINAL), WSS_ERR_ARGUMENT);
    ck_assert_int_eq(wss_send(conn, WSS_OPCODE_TEXT, "\xFF", 1, WSS_FINAL), WSS_ERR_TEXT);
    ck_assert_int_eq(wss_send(conn, WSS_OPCODE_BINARY, "\xFF", 1, WSS_FINAL), WSS_OK);
    ck_assert_int_eq(wss_send(conn, WSS_OPCODE_TEXT, "ok", 2, WSS_FINAL), WSS_OK);
}

START_TEST(a_callback_is_refused_the_same)
{
    uint8_t read[16];
    inside_data = send_what_is_none;
    send_masked(peers[0], 0x82, "x");
    ck_assert_uint_eq(take(peers[0], read, sizeof read), 7);
    ck_assert_mem_eq(read, "\x82\x01\xFF\x81\x02ok", 7);
}
END_TEST

START_TEST(a_streamed_frame_takes_no_more_than_it_said)
{
    size_t taken = 99;
    wss_conn_t *conn = opened[0];
    ck_assert_int_eq(wss_send_stream(conn, "x", 1, &taken), WSS_ERR_STATE);
    ck_assert_uint_eq(taken, 0);
    ck_assert_int_eq(wss_send_begin(conn, WSS_OPCODE_BINARY, 2, WSS_FINAL), WSS_OK);
    ck_assert_int_eq(wss_send_stream(conn, "xyz", 3, &taken), WSS_ERR_STATE);
    ck_assert_uint_eq(taken, 0);
    ck_assert_int_eq(wss_send_stream(conn, "", 0, &taken), WSS_OK);
    ck_assert_int_eq(wss_send_stream(conn, "x", 1, &taken), WSS_OK);
    ck_assert_uint_eq(wss_send_room(conn), 0);
    ck_assert_int_eq(wss_send_stream(conn, "y", 1, &taken), WSS_OK);
    ck_assert_uint_eq(taken, 1);
    ck_assert_uint_gt(wss_send_room(conn), 0);
}
END_TEST

/* A streamed fragment may end in a character, a message may not. */
START_TEST(streamed_text_that_is_none)
{
    size_t taken;
    uint8_t read[16];
    wss_conn_t *conn = opened[0];
    ck_assert_int_eq(wss_send_begin(conn, WSS_OPCODE_TEXT, 1, WSS_MORE), WSS_OK);
    ck_assert_int_eq(wss_send_stream(conn, "\xFF", 1, &taken), WSS_ERR_TEXT);
    ck_assert_int_eq(wss_send_stream(conn, "\xC3", 1, &taken), WSS_OK);
    ck_assert_int_eq(wss_send_begin(conn, WSS_OPCODE_TEXT, 2, WSS_FINAL), WSS_OK);
    ck_assert_int_eq(wss_send_stream(conn, "\xA4\xC3", 2, &taken), WSS_ERR_TEXT);
    ck_assert_int_eq(wss_send_stream(conn, "\xA4x", 2, &taken), WSS_OK);
    settle();
    ck_assert_uint_eq(take(peers[0], read, sizeof read), 7);
    ck_assert_mem_eq(read, "\x01\x01\xC3\x80\x02\xA4x", 7);
}
END_TEST

/* What is streamed does not touch what is read at the same time. */
START_TEST(a_fragment_is_streamed_while_one_comes)
{
    static uint8_t whole[16];
    size_t taken;
    wss_conn_t *conn = opened[0];
    ck_assert_int_eq(wss_set_buffer(conn, whole, sizeof whole), WSS_OK);
    send_masked(peers[0], 0x02, "x");
    ck_assert_int_eq(wss_send_begin(conn, WSS_OPCODE_BINARY, 2, WSS_MORE), WSS_OK);
    send_masked(peers[0], 0x00, "y");
    ck_assert_uint_eq(got_length, 0);
    ck_assert_int_eq(wss_send_stream(conn, "ab", 2, &taken), WSS_OK);
    send_masked(peers[0], 0x80, "z");
    ck_assert(got_whole);
    ck_assert_mem_eq(got, "xyz", 3);
}
END_TEST

START_TEST(closes_that_are_none)
{
    static const char reason[124];
    wss_conn_t *conn = opened[0];
    ck_assert_int_eq(wss_close(conn, 1005, NULL, 0), WSS_ERR_ARGUMENT);
    ck_assert_int_eq(wss_close(conn, 999, NULL, 0), WSS_ERR_ARGUMENT);
    ck_assert_int_eq(wss_close(conn, 0, "x", 1), WSS_ERR_ARGUMENT);
    ck_assert_int_eq(wss_close(conn, 1000, reason, sizeof reason), WSS_ERR_ARGUMENT);
    ck_assert_int_eq(wss_close(conn, 1000, "\xFF", 1), WSS_ERR_TEXT);
    ck_assert_int_eq(wss_loop_close(&loop, 1006), WSS_ERR_ARGUMENT);
    ck_assert_int_eq(wss_state(conn), WSS_CONNECTED);
}
END_TEST

START_TEST(what_has_ended_takes_nothing)
{
    size_t taken;
    wss_conn_t *conn = opened[0];
    ck_assert_int_eq(wss_abort(conn), WSS_OK);
    settle();
    ck_assert_int_eq(wss_abort(conn), WSS_ERR_CLOSED);
    ck_assert_int_eq(wss_close(conn, 1000, NULL, 0), WSS_ERR_CLOSED);
    ck_assert_int_eq(wss_send(conn, WSS_OPCODE_TEXT, "x", 1, WSS_FINAL), WSS_ERR_CLOSED);
    ck_assert_int_eq(wss_send_begin(conn, WSS_OPCODE_TEXT, 1, WSS_FINAL), WSS_ERR_CLOSED);
    ck_assert_int_eq(wss_send_stream(conn, "x", 1, &taken), WSS_ERR_CLOSED);
    ck_assert_int_eq(wss_ping(conn, NULL, 0), WSS_ERR_CLOSED);
    ck_assert_ptr_null(wss_protocol(conn));
    ck_assert_uint_eq(wss_send_left(conn), 0);
    ck_assert_uint_eq(wss_send_room(conn), 0);
}
END_TEST

START_TEST(targets_that_are_none)
{
    static const char *const gap[] = {"a", NULL};
    static const wss_header_t unnamed = {NULL, "x"}, empty = {"X-A", NULL};
    const struct {
        wss_target_t target;
        wss_result_t result;
    } cases[] = {
        {{.host = NULL}, WSS_ERR_ARGUMENT},
        {{.host = ""}, WSS_ERR_ARGUMENT},
        {{.host = "a", .protocol_count = 33}, WSS_ERR_ARGUMENT},
        {{.host = "a", .protocol_count = 1}, WSS_ERR_ARGUMENT},
        {{.host = "a", .protocol_count = 2, .protocols = gap}, WSS_ERR_ARGUMENT},
        {{.host = "a", .header_count = 1}, WSS_ERR_ARGUMENT},
        {{.host = "a", .header_count = 1, .headers = &unnamed}, WSS_ERR_ARGUMENT},
        {{.host = "a", .header_count = 1, .headers = &empty}, WSS_ERR_ARGUMENT},
        {{.host = "a", .origin = "x\ny"}, WSS_ERR_TEXT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        wss_conn_t *conn = opened[0];
        ck_assert_int_eq(wss_connect(&loop, &cases[i].target, NULL, &conn), cases[i].result);
        ck_assert_ptr_null(conn);
    }
}
END_TEST

/* It serves with all four functions, or not at all; it comes and goes like others. */
START_TEST(a_port_for_clients_alone_does_not_listen)
{
    static void (*const spoils[])(void) = {no_listen, no_unlisten, no_accepting, no_accept};
    const wss_endpoint_t where = {.port = 80};
    for (size_t i = 0; i < sizeof spoils / sizeof spoils[0]; i++) {
        teardown();
        begin();
        spoils[i]();
        ck_assert_int_eq(wss_loop_init(&loop, &config), WSS_OK);
        ck_assert_int_eq(wss_listen(&loop, &where, NULL), WSS_ERR_UNSUPPORTED);
        ck_assert_int_eq(wss_loop_close(&loop, 1001), WSS_OK);
    }
}
END_TEST

START_TEST(a_port_for_servers_alone_does_not_connect)
{
    teardown();
    begin();
    hal.connect = NULL;
    open_peers();
    ck_assert_int_eq(wss_connect(&loop, &target, NULL, NULL), WSS_ERR_UNSUPPORTED);
}
END_TEST

START_TEST(sessions_that_are_none)
{
    static const char *const gap[] = {"ws://a/", NULL};
    const struct {
        wss_session_config_t config;
        const char *says;
    } cases[] = {
        {{.loop = &loop, .server_count = 1}, "There is no server to call."},
        {{.loop = &loop, .servers = servers}, "There is no server to call."},
        {{.loop = &loop, .servers = gap, .server_count = 2}, "A server is missing in the list."},
        {{.loop = &loop, .servers = servers, .server_count = 1, .header_count = 1},
         "The header fields are missing."},
        {{.loop = &loop, .servers = servers, .server_count = 1, .credential_count = 1},
         "The header fields are missing."},
    };
    ck_assert_int_eq(wss_session_stop(&session), WSS_ERR_STATE);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        memset(&session, 0, sizeof session);
        ck_assert_int_eq(wss_session_start(&session, &cases[i].config), WSS_ERR_ARGUMENT);
        ck_assert_str_eq(wss_session_error(&session)->reason, cases[i].says);
    }
}
END_TEST

/* ------------------------------------------------- answers of a server's application */

static wss_conn_t *asked;

static wss_result_t decide_later(wss_conn_t *conn)
{
    asked = conn;
    return WSS_WOULD_BLOCK;
}

/* A request that waits for an answer; the connection is not open. */
static void ask(void)
{
    const wss_endpoint_t where = {.port = 80};
    begin();
    handler.on_request = decide_later;
    ck_assert_int_eq(wss_loop_init(&loop, &config), WSS_OK);
    ck_assert_int_eq(wss_listen(&loop, &where, NULL), WSS_OK);
    peers[0] = wss_sim_peer_connect(&sim, 80);
    settle();
    upgrade(peers[0], "/a", "chat");
    ck_assert_ptr_nonnull(asked);
}

static void ask_no_more(void)
{
    handler.on_request = NULL;
    teardown();
}

static size_t give(void *context, uint64_t offset, uint8_t *buffer, size_t capacity)
{
    (void)context, (void)offset, (void)buffer;
    return capacity;
}

START_TEST(answers_that_are_none)
{
    static const wss_header_t unnamed = {NULL, "x"}, broken = {"X-A", "a\nb"};
    const struct {
        wss_reply_t reply;
        wss_result_t result;
    } cases[] = {
        {{.status = 101}, WSS_ERR_ARGUMENT},
        {{.status = 600}, WSS_ERR_ARGUMENT},
        {{.status = 404, .header_count = 1}, WSS_ERR_ARGUMENT},
        {{.status = 404, .header_count = 1, .headers = &unnamed}, WSS_ERR_ARGUMENT},
        {{.status = 404, .header_count = 1, .headers = &broken}, WSS_ERR_TEXT},
        {{.status = 404, .body_length = 1}, WSS_ERR_ARGUMENT},
        {{.status = 204, .body_length = 1, .body = "x"}, WSS_ERR_ARGUMENT},
        {{.status = 304, .body_length = 1, .read = give}, WSS_ERR_ARGUMENT},
        {{.status = 404, .type = "a\nb"}, WSS_ERR_TEXT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_int_eq(wss_reply(asked, &cases[i].reply), cases[i].result);
    ck_assert_int_eq(wss_accept(asked, NULL, 1), WSS_ERR_ARGUMENT);
    ck_assert_int_eq(wss_accept(asked, &unnamed, 1), WSS_ERR_ARGUMENT);
    ck_assert_int_eq(wss_accept(asked, &broken, 1), WSS_ERR_TEXT);
    ck_assert_int_eq(wss_accept(asked, NULL, 0), WSS_OK);
    ck_assert_int_eq(wss_state(asked), WSS_CONNECTED);
    ck_assert_int_eq(wss_accept(asked, NULL, 0), WSS_ERR_STATE);
    ck_assert_int_eq(wss_reply(asked, &cases[0].reply), WSS_ERR_STATE);
}
END_TEST

/* The largest that is not refused fills the room. */
START_TEST(an_answer_as_large_as_the_room_goes_out)
{
    static char value[ROOM + 1];
    static uint8_t bytes[2 * ROOM];
    const wss_header_t large = {"X-A", value};
    const wss_reply_t reply = {.status = 404, .headers = &large, .header_count = 1};
    size_t length = ROOM;
    memset(value, 'x', ROOM);
    do
        value[--length] = '\0';
    while (wss_reply(asked, &reply) == WSS_ERR_TOO_BIG);
    settle();
    ck_assert_uint_eq(take(peers[0], bytes, sizeof bytes), ROOM);
}
END_TEST

START_TEST(an_answer_larger_than_the_room_is_refused)
{
    static char value[ROOM + 1];
    const wss_header_t large = {"X-A", value};
    const wss_reply_t reply = {.status = 404, .headers = &large, .header_count = 1};
    memset(value, 'x', ROOM);
    ck_assert_int_eq(wss_reply(asked, &reply), WSS_ERR_TOO_BIG);
    ck_assert_int_eq(wss_accept(asked, &large, 1), WSS_ERR_TOO_BIG);
    ck_assert_int_eq(wss_state(asked), WSS_CONNECTING);
}
END_TEST

/* What is sent gathers; one task is known: short messages go straight. */
static void with_tx_buffer(void)
{
    static uint8_t tx[ROOM];
    begin();
    hal.task = NULL;
#if WSS_CFG_TX_BUFFER
    config.tx_buffer = tx;
    config.tx_size = sizeof tx;
#else
    (void)tx;
#endif
    open_peers();
}

static void add_frames(TCase *tests)
{
    tcase_add_test(tests, frames_that_are_none);
    tcase_add_test(tests, text_that_is_none);
    tcase_add_test(tests, a_callback_is_refused_the_same);
    tcase_add_test(tests, a_streamed_frame_takes_no_more_than_it_said);
    tcase_add_test(tests, streamed_text_that_is_none);
    tcase_add_test(tests, a_fragment_is_streamed_while_one_comes);
}

static void with_session(void)
{
    setup();
    memset(&session, 0, sizeof session);
    session_config = (wss_session_config_t){.loop = &loop, .servers = servers, .server_count = 1};
}

int main(void)
{
    Suite *suite = suite_create("refused");
    TCase *alone = tcase_create("alone");
    tcase_add_test(alone, a_bad_configuration_is_named);
    suite_add_tcase(suite, alone);
    TCase *open = tcase_create("open");
    tcase_add_checked_fixture(open, with_session, teardown);
    tcase_add_test(open, another_task_is_told_so);
    tcase_add_test(open, another_task_does_not_stop_a_session);
    add_frames(open);
    tcase_add_test(open, closes_that_are_none);
    tcase_add_test(open, what_has_ended_takes_nothing);
    tcase_add_test(open, targets_that_are_none);
    tcase_add_test(open, a_port_for_clients_alone_does_not_listen);
    tcase_add_test(open, a_port_for_servers_alone_does_not_connect);
    tcase_add_test(open, sessions_that_are_none);
    suite_add_tcase(suite, open);
    TCase *gathering = tcase_create("gathering");
    tcase_add_checked_fixture(gathering, with_tx_buffer, teardown);
    add_frames(gathering);
    suite_add_tcase(suite, gathering);
    TCase *deciding = tcase_create("deciding");
    tcase_add_checked_fixture(deciding, ask, ask_no_more);
    tcase_add_test(deciding, answers_that_are_none);
    tcase_add_test(deciding, an_answer_larger_than_the_room_is_refused);
    tcase_add_test(deciding, an_answer_as_large_as_the_room_goes_out);
    suite_add_tcase(suite, deciding);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
