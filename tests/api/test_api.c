/* SPDX-License-Identifier: MIT */
/*
 * Public functions that no script of tests/engine reaches: broadcast, properties of a
 * connection. Three peers of a server in the simulator.
 */
#include <check.h>
#include <string.h>

#include "peers.h"

static uint8_t own_buffer[64];

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

/* A port may have more room than it promises: what fits then always does. */
START_TEST(send_room_is_what_the_port_promises)
{
    static const uint8_t bytes[ROOM];
    const size_t most = 512 - 262 - 4;
    hal.send_room = 512;
    ck_assert_uint_eq(wss_send_room(opened[0]), most);
    ck_assert_int_eq(wss_send(opened[0], WSS_OPCODE_BINARY, bytes, most + 1, WSS_FINAL),
                     WSS_ERR_TOO_BIG);
    while (wss_send(opened[0], WSS_OPCODE_BINARY, bytes, most, WSS_FINAL) == WSS_OK)
        continue;
    ck_assert_int_eq(wss_send(opened[0], WSS_OPCODE_BINARY, bytes, most + 1, WSS_FINAL),
                     WSS_ERR_TOO_BIG);
    ck_assert_int_eq(wss_send(opened[0], WSS_OPCODE_BINARY, bytes, most, WSS_FINAL),
                     WSS_WOULD_BLOCK);
}
END_TEST

static unsigned writable_count;

static void count_writable(wss_conn_t *conn)
{
    (void)conn;
    writable_count++;
}

/* There is room again for the Pong that waits, and not for what was refused. */
START_TEST(room_for_a_pong_is_not_room_for_all)
{
    static const uint8_t bytes[ROOM];
    const size_t filled = ROOM - 262 - 4;
    char ping[126];
    memset(ping, 'p', 125);
    ping[125] = '\0';
    writable_count = 0;
    handler.on_writable = count_writable;
    wss_sim_peer_window(peers[0], 0);
    ck_assert_int_eq(wss_send(opened[0], WSS_OPCODE_BINARY, bytes, filled, WSS_FINAL), WSS_OK);
    ck_assert_int_eq(wss_send(opened[0], WSS_OPCODE_BINARY, bytes, 500, WSS_FINAL),
                     WSS_WOULD_BLOCK);
    send_masked(peers[0], 0x89, ping);
    send_masked(peers[0], 0x89, ping);
    wss_sim_peer_window(peers[0], 200);
    settle();
    ck_assert_uint_eq(writable_count, 0);
    wss_sim_peer_window(peers[0], 65536);
    settle();
    ck_assert_uint_eq(writable_count, 1);
    ck_assert_int_eq(wss_send(opened[0], WSS_OPCODE_BINARY, bytes, 500, WSS_FINAL), WSS_OK);
    handler.on_writable = NULL;
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

/* Not each stream sends from two places: what has gathered goes before what is too long for it, and
 * before what goes uncopied. */
START_TEST(pieces_leave_in_order)
{
    static uint8_t tx[64], bytes[200], read[ROOM];
    wss_stream_ops_t ops;
    teardown();
    begin();
    config.tx_buffer = tx;
    config.tx_size = sizeof tx;
    open_peers();
    ops = *opened[0]->stream->ops;
    if (_i == 1)
        ops.send_both = NULL;
    opened[0]->stream->ops = &ops;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)i;
    for (size_t length = 0; length < sizeof bytes; length += 3) {
        const size_t size = length < 126 ? 2 : 4;
        ck_assert_int_eq(wss_send(opened[0], WSS_OPCODE_BINARY, "x", 1, WSS_FINAL), WSS_OK);
        ck_assert_int_eq(wss_send(opened[0], WSS_OPCODE_BINARY, bytes, length, WSS_FINAL), WSS_OK);
        ck_assert_int_eq(wss_send(opened[0], WSS_OPCODE_BINARY, "y", 1, WSS_FINAL), WSS_OK);
        settle();
        ck_assert_uint_eq(take(peers[0], read, sizeof read), 3 + size + length + 3);
        ck_assert_mem_eq(read, "\x82\1x\x82", 4);
        ck_assert_mem_eq(read + 3 + size, bytes, length);
        ck_assert_mem_eq(read + 3 + size + length, "\x82\1y", 3);
    }
    teardown();
    setup();
}
END_TEST

/* ------------------------------------------------------- whole messages by choice */

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

START_TEST(a_smaller_buffer_holds_less)
{
    uint8_t bytes[256];
    ck_assert_int_eq(wss_set_buffer(opened[0], own_buffer, 4), WSS_OK);
    send_masked(peers[0], 0x82, "four");
    ck_assert_uint_eq(got_length, 4);
    send_masked(peers[0], 0x82, "fives");
    ck_assert_uint_eq(got_length, 4);
    ck_assert_uint_gt(take(peers[0], bytes, sizeof bytes), 4);
    ck_assert_mem_eq(bytes + 2, "\x03\xF1", 2); /* 1009 */
}
END_TEST

/* The next connection in the slot has the buffer of the configuration again. */
START_TEST(a_buffer_is_for_one_connection)
{
    static uint8_t small[PEERS * 8];
    uint8_t bytes[256];
    teardown();
    begin();
    config.messages = small;
    config.message_size = 8;
    open_peers();
    ck_assert_int_eq(wss_set_buffer(opened[0], own_buffer, sizeof own_buffer), WSS_OK);
    send_masked(peers[0], 0x82, "longer than 8");
    ck_assert_uint_eq(got_length, 13);
    ck_assert_int_eq(wss_abort(opened[0]), WSS_OK);
    settle();
    const wss_conn_t *slot = opened[0];
    peers[0] = wss_sim_peer_connect(&sim, 80);
    open_count = 0;
    settle();
    upgrade(peers[0], "/a", "other");
    ck_assert_ptr_eq(opened[0], slot);
    (void)take(peers[0], bytes, sizeof bytes);
    send_masked(peers[0], 0x82, "longer than 8");
    ck_assert_uint_eq(got_length, 13);
    ck_assert_uint_gt(take(peers[0], bytes, sizeof bytes), 4);
    ck_assert_mem_eq(bytes + 2, "\x03\xF1", 2); /* 1009 */
}
END_TEST

static wss_result_t set_within;

static void set_at_control(wss_conn_t *conn, const uint8_t *bytes, size_t length)
{
    (void)bytes, (void)length;
    set_within = wss_set_buffer(conn, own_buffer, sizeof own_buffer);
}

static void set_at_data(wss_conn_t *conn)
{
    set_within = wss_set_buffer(conn, own_buffer, sizeof own_buffer);
}

/* A control frame is no part of a message, wherever it comes: between two, or in one. */
START_TEST(a_buffer_is_set_between_messages)
{
    handler.on_ping = set_at_control;
    handler.on_pong = set_at_control;
    for (unsigned opcode = 0x89; opcode <= 0x8A; opcode++) {
        set_within = WSS_ERR_FULL;
        send_masked(peers[0], (uint8_t)opcode, "p");
        ck_assert_int_eq(set_within, WSS_OK);
    }
    peer_sends(peers[0], "\x89\x81\0\0\0\0", 6); /* its payload has not come */
    ck_assert_int_eq(wss_set_buffer(opened[0], own_buffer, 8), WSS_OK);
    peer_sends(peers[0], "p", 1);
    inside_data = set_at_data;
    send_masked(peers[0], 0x82, "x");
    ck_assert_int_eq(set_within, WSS_ERR_STATE);
    send_masked(peers[0], 0x02, "x");
    send_masked(peers[0], 0x89, "p");
    ck_assert_int_eq(set_within, WSS_ERR_STATE);
    handler.on_ping = handler.on_pong = NULL;
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

static void abort_another(wss_conn_t *conn)
{
    ck_assert_int_eq(wss_abort(opened[conn == opened[1] ? 2 : 1]), WSS_OK);
    inside_data = NULL;
}

/* Both have bytes in the same step. */
START_TEST(a_callback_may_end_another_connection)
{
    inside_data = abort_another;
    for (unsigned i = 1; i < PEERS; i++)
        ck_assert_uint_gt(wss_sim_peer_send(peers[i], "\x82\x81\0\0\0\0x", 7), 0);
    settle();
    ck_assert_uint_eq(wss_loop_count(&loop), 2);
    ck_assert_uint_eq(got_length, 1);
}
END_TEST

static unsigned refusals;

static wss_result_t resume_and_refuse(wss_conn_t *conn, const wss_data_t *data)
{
    ck_assert_uint_eq(data->length, 1);
    wss_resume(conn);
    return refusals++ < 3 ? WSS_WOULD_BLOCK : WSS_OK;
}

/* Whoever resumes before the refusal is asked again. */
START_TEST(a_callback_may_resume_what_it_refuses)
{
    wss_result_t (*before)(wss_conn_t *, const wss_data_t *) = handler.on_data;
    handler.on_data = resume_and_refuse;
    refusals = 0;
    send_masked(peers[0], 0x82, "x");
    settle();
    handler.on_data = before;
    ck_assert_uint_eq(refusals, 4);
}
END_TEST

static unsigned patience;

static wss_result_t resume_and_refuse_on(wss_conn_t *conn, const wss_data_t *data)
{
    (void)data;
    wss_resume(conn);
    return ++refusals < patience ? WSS_WOULD_BLOCK : WSS_OK;
}

/* The turn ends all the same: others have theirs. */
START_TEST(a_callback_that_goes_on_resuming_does_not_keep_the_loop)
{
    wss_result_t (*before)(wss_conn_t *, const wss_data_t *) = handler.on_data;
    handler.on_data = resume_and_refuse_on;
    patience = 1000;
    refusals = 0;
    (void)wss_sim_peer_send(peers[0], "\x82\x81\0\0\0\0x", 7);
    for (unsigned steps = 0; refusals < patience; steps++) {
        const unsigned seen = refusals;
        ck_assert_uint_lt(steps, patience);
        ck_assert_int_eq(wss_loop_step(&loop, 10), WSS_OK);
        ck_assert_uint_le(refusals - seen, WSS_CFG_EVENTS_PER_STEP + 2);
    }
    handler.on_data = before;
}
END_TEST

START_TEST(nobody_has_to_want_data)
{
    uint8_t bytes[16];
    wss_result_t (*before)(wss_conn_t *, const wss_data_t *) = handler.on_data;
    handler.on_data = NULL;
    send_masked(peers[0], 0x82, "x");
    send_masked(peers[0], 0x89, "p");
    handler.on_data = before;
    ck_assert_uint_eq(take(peers[0], bytes, sizeof bytes), 3);
    ck_assert_int_eq(wss_state(opened[0]), WSS_CONNECTED);
}
END_TEST

static unsigned heads, last_head;

static void abort_at_head(wss_conn_t *conn, const wss_head_t *piece)
{
    (void)piece;
    if (++heads == last_head)
        ck_assert_int_eq(wss_abort(conn), WSS_OK);
}

/* At every piece of its head. The path of a resource without one is "/" (RFC 9112, 3.2.2). */
START_TEST(a_callback_may_end_a_request)
{
    static const char begin[] = "GET http://a HTTP/1.1\r\nHost: a\r\nX-Y: a ";
    static const char end[] = " b\r\n\r\n";
    ck_assert_int_eq(wss_abort(opened[2]), WSS_OK);
    settle();
    handler.on_head = abort_at_head;
    last_head = 0;
    do {
        wss_sim_end_t *peer = wss_sim_peer_connect(&sim, 80);
        heads = 0;
        last_head++;
        settle();
        peer_sends(peer, begin, sizeof begin - 1);
        if (heads < last_head)
            peer_sends(peer, end, sizeof end - 1);
        ck_assert_uint_eq(wss_loop_count(&loop), heads == last_head ? 2 : 3);
        wss_sim_peer_reset(peer);
        settle();
    } while (heads == last_head);
    ck_assert_uint_gt(last_head, 8);
    handler.on_head = NULL;
}
END_TEST

static void close_at_head(wss_conn_t *conn, const wss_head_t *piece)
{
    (void)piece;
    if (++heads == last_head)
        ck_assert_int_eq(wss_close(conn, 1001, NULL, 0), WSS_OK);
}

/* At every piece as well: the answer is on its way by the end of the turn. */
START_TEST(a_callback_may_refuse_a_request_before_it_is_read)
{
    static const char request[] = "GET http://a HTTP/1.1\r\nHost: a\r\nX-Y: a b\r\n\r\n";
    ck_assert_int_eq(wss_abort(opened[2]), WSS_OK);
    settle();
    handler.on_head = close_at_head;
    last_head = 0;
    do {
        uint8_t bytes[ROOM];
        wss_sim_end_t *peer = wss_sim_peer_connect(&sim, 80);
        heads = 0;
        last_head++;
        settle();
        peer_sends(peer, request, sizeof request - 1);
        ck_assert_uint_gt(take(peer, bytes, sizeof bytes), 12);
        ck_assert_mem_eq(bytes, heads == last_head ? "HTTP/1.1 503" : "HTTP/1.1 404", 12);
        wss_sim_peer_reset(peer);
        settle();
        ck_assert_uint_eq(wss_loop_count(&loop), 2);
    } while (heads == last_head);
    ck_assert_uint_gt(last_head, 8);
    handler.on_head = NULL;
}
END_TEST

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

static wss_sim_end_t *asking;

static void step_once(wss_conn_t *conn, const wss_closure_t *closure)
{
    uint8_t bytes[ROOM];
    (void)conn, (void)closure;
    ck_assert_int_eq(wss_loop_step(&loop, 0), WSS_OK);
    ck_assert_uint_eq(take(asking, bytes, sizeof bytes), 0);
}

static wss_result_t decide_later(wss_conn_t *conn)
{
    opened[0] = conn;
    return WSS_WOULD_BLOCK;
}

/* Another task steps the loop while the application hears of the end: what was to be answered is
 * not answered any more. */
START_TEST(who_has_ended_gets_no_answer)
{
    ck_assert_int_eq(wss_abort(opened[0]), WSS_OK);
    settle();
    handler.on_request = decide_later;
    asking = wss_sim_peer_connect(&sim, 80);
    settle();
    upgrade(asking, "/a", "other");
    ck_assert_int_eq(wss_close(opened[0], 1001, NULL, 0), WSS_OK); /* 503 */
    handler.on_closed = step_once;
    ck_assert_int_eq(wss_abort(opened[0]), WSS_OK);
    handler.on_closed = NULL;
    handler.on_request = NULL;
}
END_TEST

static void wake_by_send(wss_conn_t *conn)
{
    ck_assert_int_eq(wss_send(conn, WSS_OPCODE_TEXT, "x", 1, WSS_FINAL), WSS_OK);
}

/* The task that steps the loop may be waiting. */
START_TEST(calls_from_outside_end_a_wait)
{
    static void (*const deeds[])(wss_conn_t *) = {wake_by_send, wss_resume};
    for (unsigned i = 0; i < sizeof deeds / sizeof deeds[0]; i++) {
        host.woken = false;
        deeds[i](opened[i]);
        ck_assert(host.woken);
        settle();
    }
}
END_TEST

static void add(Suite *suite, const char *name, void (*begins)(void))
{
    TCase *open = tcase_create(name);
    tcase_add_checked_fixture(open, begins, teardown);
    tcase_add_test(open, broadcast_reaches_every_open_connection);
    tcase_add_test(open, broadcast_reaches_those_that_are_selected);
    tcase_add_test(open, broadcast_counts_those_without_room);
    tcase_add_test(open, broadcast_leaves_out_a_closing_connection);
    tcase_add_test(open, a_connection_knows_its_properties);
    tcase_add_test(open, send_room_is_exact);
    tcase_add_test(open, send_room_is_what_the_port_promises);
    tcase_add_test(open, room_for_a_pong_is_not_room_for_all);
    tcase_add_test(open, no_length_is_taken_for_a_short_one);
    tcase_add_test(open, a_streamed_frame_says_what_it_lacks);
    tcase_add_loop_test(open, pieces_leave_in_order, 0, 2);
    tcase_add_test(open, a_buffer_makes_messages_whole);
    tcase_add_test(open, a_smaller_buffer_holds_less);
    tcase_add_test(open, a_buffer_is_for_one_connection);
    tcase_add_test(open, a_buffer_is_set_between_messages);
    tcase_add_test(open, a_piece_knows_what_is_left_of_its_frame);
    tcase_add_test(open, a_frame_may_be_longer_than_32_bits_count);
    tcase_add_test(open, text_is_told_from_other_bytes);
    tcase_add_loop_test(open, a_callback_may_end_connections, 0, 5);
    tcase_add_test(open, a_callback_may_end_another_connection);
    tcase_add_test(open, a_callback_may_resume_what_it_refuses);
    tcase_add_test(open, a_callback_that_goes_on_resuming_does_not_keep_the_loop);
    tcase_add_test(open, nobody_has_to_want_data);
    tcase_add_test(open, a_callback_may_end_a_request);
    tcase_add_test(open, a_callback_may_refuse_a_request_before_it_is_read);
    tcase_add_test(open, who_has_ended_gets_no_answer);
    tcase_add_test(open, calls_from_outside_end_a_wait);
    suite_add_tcase(suite, open);
}

int main(void)
{
    Suite *suite = suite_create("api");
    add(suite, "open", setup);
    add(suite, "with a lock", setup_locked);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
