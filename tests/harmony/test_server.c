/* SPDX-License-Identifier: MIT */
/*
 * Sockets that become connections and listen again: who may see whose bytes, and when a socket
 * is free for the next client.
 */
#include "rig.h"

#include <string.h>

static int owners[4];
static uint16_t number;
static int newcomer;

static void run_stack(void)
{
    for (int i = 0; i < 4; i++)
        harmony_tasks(0);
}

static wss_stream_t *one_connected(int *peer)
{
    rig_open_one();
    number = rig_listen();
    *peer = port.call(number, false);
    return rig_accept(&owners[0]);
}

static void send_text(wss_stream_t *stream, const char *text)
{
    const uint32_t length = (uint32_t)strlen(text);

    ck_assert_int_eq(stream->ops->send(stream, (const uint8_t *)text, length), (int32_t)length);
    (void)stream->ops->flush(stream);
}

/* The socket has its next client before the port has looked. */
START_TEST(a_newcomer_in_a_reset_socket_is_nobody_else)
{
    char text[8];
    int peer = 0;
    wss_stream_t *stream = one_connected(&peer);

    ck_assert_uint_eq(port.give(peer, "old", 3), 3);
    run_stack();
    port.reset(peer);
    run_stack();
    newcomer = port.call(number, false);
    ck_assert_uint_eq(port.give(newcomer, "new", 3), 3);
    run_stack();
    ck_assert_int_eq(stream->ops->recv(stream, (uint8_t *)text, 8), WSS_ERR_NETWORK);
    ck_assert_uint_eq(stream->ops->room(stream), 0);
    ck_assert_int_lt(stream->ops->send(stream, (const uint8_t *)"secret", 6), 0);
    ck_assert_ptr_null(hal.accept(hal.context, &owners[1]));
    stream->ops->peer(stream, text, sizeof text);
    ck_assert_str_eq(text, "");
    stream->ops->release(stream, true);
    stream = rig_accept(&owners[1]);
    ck_assert_int_eq(rig_receive(stream, text, 8), 3);
    ck_assert_mem_eq(text, "new", 3);
    send_text(stream, "hi");
    ck_assert_int_eq(rig_peer_next(newcomer, text, 8), 2);
    rig_close();
}
END_TEST

static void replace_peer(void)
{
    port.reset(owners[3]);
    run_stack();
    newcomer = port.call(number, false);
    ck_assert_uint_eq(port.give(newcomer, "new", 3), 3);
    run_stack();
}

/* ... or even in the middle of a call: nobody may take the newcomer's connection for whole. */
START_TEST(a_newcomer_that_got_bytes_is_reset)
{
    char text[8];
    int peer = 0;
    wss_stream_t *stream = one_connected(&peer);

    owners[3] = peer;
    harmony.interrupt = replace_peer;
    (void)stream->ops->send(stream, (const uint8_t *)"x", 1);
    (void)stream->ops->flush(stream);
    ck_assert_uint_eq(stream->ops->room(stream), 0);
    stream->ops->release(stream, true);
    int32_t count = 1;
    while (count > 0)
        count = rig_peer_next(newcomer, text, 8);
    ck_assert_int_eq(count, WSS_ERR_NETWORK);
    rig_close();
}
END_TEST

START_TEST(a_newcomer_that_was_only_looked_at_is_served)
{
    char text[8];
    int peer = 0;
    wss_stream_t *stream = one_connected(&peer);

    owners[3] = peer;
    harmony.interrupt = replace_peer;
    ck_assert_int_eq(stream->ops->recv(stream, (uint8_t *)text, 8), WSS_ERR_NETWORK);
    stream->ops->release(stream, true);
    stream = rig_accept(&owners[1]);
    ck_assert_int_eq(rig_receive(stream, text, 8), 3);
    ck_assert_mem_eq(text, "new", 3);
    rig_close();
}
END_TEST

START_TEST(a_newcomer_that_lost_bytes_is_reset)
{
    char text[8];
    int peer = 0;
    wss_stream_t *stream = one_connected(&peer);

    ck_assert_uint_eq(port.give(peer, "old", 3), 3);
    rig_await(stream, WSS_READY_READ);
    ck_assert_int_eq(stream->ops->recv(stream, (uint8_t *)text, 8), 3);
    owners[3] = peer;
    harmony.interrupt = replace_peer;
    stream->ops->consume(stream, 3, (uint8_t *)text + 3);
    ck_assert_int_eq(stream->ops->recv(stream, (uint8_t *)text, 8), WSS_ERR_NETWORK);
    stream->ops->release(stream, true);
    ck_assert_int_eq(rig_peer_next(newcomer, text, 8), WSS_ERR_NETWORK);
    rig_close();
}
END_TEST

/* With one socket, taken, a SYN finds none; the client tries again. */
START_TEST(without_a_socket_in_listen_a_client_waits)
{
    char text[8];
    int peer = 0;
    wss_stream_t *stream = one_connected(&peer);
    const int second = port.call(number, false);

    ck_assert_uint_eq(port.give(second, "me", 2), 2);
    run_stack();
    ck_assert_ptr_null(hal.accept(hal.context, &owners[1]));
    port.end(peer);
    ck_assert_int_eq(rig_receive(stream, text, 8), WSS_ERR_EOF);
    stream->ops->release(stream, false);
    stream = rig_accept(&owners[1]);
    ck_assert_int_eq(rig_receive(stream, text, 8), 2);
    rig_close();
}
END_TEST

START_TEST(a_stack_that_takes_little_at_a_time)
{
    char text[256];
    int peer = 0;
    wss_stream_t *stream = one_connected(&peer);
    uint32_t got = 0;

    harmony.put_limit = 7;
    memset(text, 'x', sizeof text);
    ck_assert_int_eq(stream->ops->send(stream, (uint8_t *)text, 100), 100);
    (void)stream->ops->flush(stream);
    while (got < 100)
        got += (uint32_t)rig_peer_next(peer, text, sizeof text);
    rig_close();
}
END_TEST

START_TEST(bursts_are_flushed)
{
    static uint8_t bytes[PORT_ROOM];
    char text[512];
    int peer = 0;
    wss_stream_t *stream = one_connected(&peer);
    const uint32_t room = stream->ops->room(stream);

    send_text(stream, "one");
    ck_assert_uint_eq(harmony.flushes, 1);
    ck_assert_int_eq(rig_peer_next(peer, text, 8), 3);
    ck_assert_int_gt(stream->ops->send(stream, bytes, room), 0);
    (void)stream->ops->flush(stream);
    for (uint32_t got = 0; got < room;)
        got += (uint32_t)rig_peer_next(peer, text, sizeof text);
    ck_assert_uint_eq(harmony.late_sends, 0);
    rig_close();
}
END_TEST

START_TEST(a_disconnect_that_fails_is_tried_again)
{
    char text[8];
    int peer = 0;
    wss_stream_t *stream = one_connected(&peer);

    harmony.disconnects_off = 3;
    stream->ops->finish(stream);
    ck_assert_int_eq(rig_peer_next(peer, text, 8), WSS_ERR_EOF);
    ck_assert_uint_eq(harmony.disconnects_off, 0);
    rig_close();
}
END_TEST

static void reset_peer(void)
{
    port.reset(owners[3]);
    run_stack();
}

/* The stack says yes to FIN of a socket that listens again, as it does to that of a connection. */
START_TEST(a_reset_before_fin_is_no_end)
{
    char text[8];
    wss_stream_t *stream = one_connected(&owners[3]);

    harmony.interrupt = reset_peer;
    stream->ops->finish(stream);
    ck_assert_int_eq(stream->ops->recv(stream, (uint8_t *)text, 8), WSS_ERR_NETWORK);
    ck_assert_str_eq(stream->ops->reason(stream), "The connection was reset.");
    stream->ops->release(stream, true);
    (void)port.call(number, false);
    (void)rig_accept(&owners[1]);
    rig_close();
}
END_TEST

START_TEST(a_newcomer_that_got_a_fin_is_reset)
{
    char text[8];
    int32_t count = 1;
    wss_stream_t *stream = one_connected(&owners[3]);

    harmony.interrupt = replace_peer;
    stream->ops->finish(stream);
    ck_assert_int_eq(stream->ops->recv(stream, (uint8_t *)text, 8), WSS_ERR_NETWORK);
    stream->ops->release(stream, true);
    while (count > 0)
        count = rig_peer_next(newcomer, text, 8);
    ck_assert_int_eq(count, WSS_ERR_NETWORK);
    rig_close();
}
END_TEST

/* ... although the old peer had ended. */
START_TEST(a_newcomer_after_an_end_that_got_a_fin_is_reset)
{
    char text[8];
    int32_t count = 1;
    wss_stream_t *stream = one_connected(&owners[3]);

    port.end(owners[3]);
    run_stack();
    harmony.interrupt = replace_peer;
    stream->ops->finish(stream);
    ck_assert_int_eq(stream->ops->recv(stream, (uint8_t *)text, 8), WSS_ERR_NETWORK);
    stream->ops->release(stream, false);
    while (count > 0)
        count = rig_peer_next(newcomer, text, 8);
    ck_assert_int_eq(count, WSS_ERR_NETWORK);
    rig_close();
}
END_TEST

START_TEST(an_end_after_the_peers_is_no_reset)
{
    char text[8];
    wss_stream_t *stream = one_connected(&owners[3]);

    port.end(owners[3]);
    run_stack();
    stream->ops->finish(stream);
    run_stack();
    ck_assert_int_eq(stream->ops->recv(stream, (uint8_t *)text, 8), WSS_ERR_EOF);
    ck_assert_str_eq(stream->ops->reason(stream), "");
    stream->ops->release(stream, false);
    (void)port.call(number, false);
    (void)rig_accept(&owners[1]);
    rig_close();
}
END_TEST

/* Nothing of the port stays behind. */
START_TEST(a_newcomer_is_reset_with_the_port)
{
    char text[8];
    int32_t count = 0;
    wss_stream_t *stream = one_connected(&owners[3]);

    replace_peer();
    ck_assert_int_eq(stream->ops->recv(stream, (uint8_t *)text, 8), WSS_ERR_NETWORK);
    wss_pic32_close(&pic32);
    ck_assert_uint_eq(harmony_count(), 0);
    while ((count = port.take(newcomer, text, 8)) == 0)
        harmony_tasks(1);
    ck_assert_int_eq(count, WSS_ERR_NETWORK);
    harmony_end();
}
END_TEST

/* Both sides have ended, and the socket listens again before the port has looked. */
START_TEST(an_end_is_no_reset)
{
    char text[8];
    int peer = 0;
    wss_stream_t *stream = one_connected(&peer);

    stream->ops->finish(stream);
    run_stack();
    port.end(peer);
    run_stack();
    ck_assert_int_eq(stream->ops->recv(stream, (uint8_t *)text, 8), WSS_ERR_EOF);
    ck_assert_str_eq(stream->ops->reason(stream), "");
    stream->ops->release(stream, false);
    peer = port.call(number, false);
    (void)rig_accept(&owners[1]);
    rig_close();
}
END_TEST

START_TEST(a_released_peer_that_does_not_read_is_reset)
{
    static uint8_t bytes[PORT_ROOM];
    char text[4096];
    int peer = 0;
    int32_t count = 1;
    wss_stream_t *stream = one_connected(&peer);

    ck_assert_int_gt(stream->ops->send(stream, bytes, PORT_ROOM), 0);
    stream->ops->release(stream, false);
    ck_assert_ptr_null(hal.accept(hal.context, &owners[1]));
    (void)port.call(number, false);
    (void)rig_accept(&owners[1]);
    while (count > 0)
        count = rig_peer_next(peer, text, sizeof text);
    ck_assert_int_eq(count, WSS_ERR_NETWORK);
    rig_close();
}
END_TEST

/* TCP holds a socket that closed first; we do not wait that long. */
START_TEST(time_wait_does_not_keep_a_socket)
{
    char text[8];
    int peer = 0;
    wss_stream_t *stream = one_connected(&peer);

    harmony.time_wait_ms = 60000;
    stream->ops->finish(stream);
    port.end(peer);
    ck_assert_int_eq(rig_receive(stream, text, 8), WSS_ERR_EOF);
    stream->ops->release(stream, false);
    (void)port.call(number, false);
    (void)rig_accept(&owners[1]);
    rig_close();
}
END_TEST

START_TEST(after_unlisten_a_socket_ends_with_its_connection)
{
    char text[8];
    int peer = 0;
    wss_stream_t *stream = one_connected(&peer);

    hal.unlisten(hal.context);
    ck_assert_uint_eq(harmony_count(), 1);
    send_text(stream, "bye");
    ck_assert_int_eq(rig_peer_next(peer, text, 8), 3);
    stream->ops->release(stream, true);
    ck_assert_uint_eq(harmony_count(), 0);
    rig_close();
}
END_TEST

START_TEST(sockets_follow_the_ports)
{
    const wss_pic32_config_t config = rig_config();

    harmony_begin();
    rig_open(&config);
    number = rig_listen();
    const uint16_t second = rig_listen();
    ck_assert_uint_ne(number, second);
    ck_assert_uint_eq(harmony_count(), PORT_STREAMS);
    for (int i = 0; i < 3; i++) {
        (void)port.call(second, false);
        (void)rig_accept(&owners[i]);
    }
    (void)port.call(number, false);
    (void)rig_accept(&owners[3]);
    rig_close();
}
END_TEST

#if !WSS_PIC32_NET_PRES
START_TEST(a_refused_size_is_found_out)
{
    const wss_endpoint_t anywhere = {.address = NULL, .port = 0};
    wss_stream_t *stream = NULL;

    rig_open_one();
    harmony.largest_fifo = PORT_ROOM;
    ck_assert_int_eq(hal.listen(hal.context, &anywhere, &number), WSS_ERR_FULL);
    rig_dial("127.0.0.1", 80, false, &owners[0], &stream);
    ck_assert_int_eq(stream->ops->phase(stream), WSS_PHASE_FAILED);
    ck_assert_str_eq(stream->ops->reason(stream),
                     "The TCP/IP stack has no socket, or no memory for it.");
    ck_assert_uint_eq(harmony_count(), 0);
    rig_close();
}
END_TEST

START_TEST(any_kind_of_fifo_holds_the_room)
{
    int peer = 0;

    for (int whole = 0; whole < 2; whole++) {
        wss_stream_t *stream = one_connected(&peer);
        ck_assert_uint_ge(stream->ops->room(stream), PORT_ROOM);
        ck_assert_uint_eq(stream->ops->pending(stream), 0);
        harmony.whole_fifo = whole == 0;
        rig_close();
    }
}
END_TEST
#endif

void server_cases(TCase *cases)
{
    tcase_add_test(cases, a_newcomer_in_a_reset_socket_is_nobody_else);
    tcase_add_test(cases, without_a_socket_in_listen_a_client_waits);
    tcase_add_test(cases, a_stack_that_takes_little_at_a_time);
    tcase_add_test(cases, bursts_are_flushed);
    tcase_add_test(cases, a_disconnect_that_fails_is_tried_again);
    tcase_add_test(cases, a_reset_before_fin_is_no_end);
    tcase_add_test(cases, a_newcomer_that_got_a_fin_is_reset);
    tcase_add_test(cases, a_newcomer_after_an_end_that_got_a_fin_is_reset);
    tcase_add_test(cases, a_newcomer_is_reset_with_the_port);
    tcase_add_test(cases, an_end_after_the_peers_is_no_reset);
    tcase_add_test(cases, an_end_is_no_reset);
    tcase_add_test(cases, a_released_peer_that_does_not_read_is_reset);
    tcase_add_test(cases, time_wait_does_not_keep_a_socket);
    tcase_add_test(cases, after_unlisten_a_socket_ends_with_its_connection);
    tcase_add_test(cases, sockets_follow_the_ports);
    tcase_add_test(cases, a_newcomer_that_was_only_looked_at_is_served);
    tcase_add_test(cases, a_newcomer_that_lost_bytes_is_reset);
    tcase_add_test(cases, a_newcomer_that_got_bytes_is_reset);
#if !WSS_PIC32_NET_PRES
    tcase_add_test(cases, a_refused_size_is_found_out);
    tcase_add_test(cases, any_kind_of_fifo_holds_the_room);
#endif
}
