/* SPDX-License-Identifier: MIT */
/*
 * The contract of wss_hal.h as a suite; it runs unchanged against each port. It must
 * not know the port but through port.h. Where it waits it waits for a condition; one that
 * never comes is named after PATIENCE, or ended by the time limit of the test runner.
 */
#include "port.h"

#include <stdlib.h>
#include <string.h>

enum { LOT = 64 * 1024, PATIENCE = 30000 /* ms */ };

static wss_hal_t *hal;
static uint16_t number;
static int owners[PORT_STREAMS + 2]; /* their addresses are owners */

/* ------------------------------------------------------------------ small steps */

static void setup(void)
{
    const wss_endpoint_t anywhere = {.address = NULL, .port = 0};

    hal = port.open();
    ck_assert_int_eq(hal->listen(hal->context, &anywhere, &number), WSS_OK);
    ck_assert_uint_ne(number, 0);
}

static void teardown(void)
{
    port.close();
}

static uint8_t pattern(uint32_t at)
{
    return (uint8_t)(at * 31 + at / 251);
}

static const char *name_of(unsigned what)
{
    if ((what & WSS_READY_ACCEPT) != 0)
        return "WSS_READY_ACCEPT although a peer has called";
    if ((what & WSS_READY_PHASE) != 0)
        return "WSS_READY_PHASE";
    return (what & WSS_READY_READ) != 0 ? "WSS_READY_READ" : "WSS_READY_WRITE";
}

/* Waits until `owner` has one of `what` to report. */
static unsigned await(const void *owner, unsigned what)
{
    wss_ready_t ready[8];
    const uint32_t begin = hal->now(hal->context);

    for (;;) {
        const int32_t count = hal->wait(hal->context, 1000, ready, 8);
        ck_assert_msg(hal->now(hal->context) - begin < PATIENCE, "wait() does not report %s",
                      name_of(what));
        ck_assert_int_ge(count, 0);
        for (int32_t i = 0; i < count; i++)
            if (ready[i].owner == owner && (ready[i].what & what) != 0)
                return ready[i].what;
    }
}

/* What one look says of `owner`. */
static unsigned look(const void *owner)
{
    wss_ready_t ready[8];
    const int32_t count = hal->wait(hal->context, 0, ready, 8);
    unsigned what = 0;

    ck_assert_int_ge(count, 0);
    for (int32_t i = 0; i < count; i++) {
        if (ready[i].owner != owner)
            continue;
        ck_assert_msg(what == 0, "an owner is reported twice");
        what = ready[i].what;
    }
    return what;
}

static wss_stream_t *accepted(int *owner)
{
    (void)await(NULL, WSS_READY_ACCEPT);
    wss_stream_t *stream = hal->accept(hal->context, owner);
    ck_assert_ptr_nonnull(stream);
    return stream;
}

static wss_stream_t *connected(int *peer, int *owner)
{
    *peer = port.call(number, false);
    ck_assert_int_ge(*peer, 0);
    return accepted(owner);
}

static void release(wss_stream_t *stream)
{
    stream->ops->release(stream, true);
}

static void give_all(int peer, const char *text)
{
    ck_assert_uint_eq(port.give(peer, text, (uint32_t)strlen(text)), strlen(text));
}

/* Receives once there is something, consuming `take` bytes of it. */
static int32_t receive(wss_stream_t *stream, char *text, uint32_t capacity, uint32_t take)
{
    uint8_t *bytes = (uint8_t *)text;
    int32_t count = stream->ops->recv(stream, bytes, capacity);

    while (count == 0) {
        (void)await(stream->owner, WSS_READY_READ);
        count = stream->ops->recv(stream, bytes, capacity);
    }
    if (count > 0)
        stream->ops->consume(stream, take < (uint32_t)count ? take : (uint32_t)count,
                             bytes + (take < (uint32_t)count ? take : (uint32_t)count));
    return count;
}

/* Reads `wanted` bytes of the pattern at the peer while the port goes on. */
static void peer_expects(int peer, uint32_t wanted)
{
    static uint8_t bytes[LOT];
    uint32_t at = 0;

    while (at < wanted) {
        wss_ready_t ready[8];
        const int32_t count = port.take(peer, bytes, LOT);
        uint32_t wrong = 0;
        ck_assert_int_ge(count, 0);
        for (int32_t i = 0; i < count; i++)
            wrong += bytes[i] != pattern(at++);
        ck_assert_uint_eq(wrong, 0);
        if (count == 0)
            (void)hal->wait(hal->context, 1, ready, 8);
    }
    ck_assert_uint_eq(at, wanted);
}

/* What the peer reads next: WSS_ERR_EOF, WSS_ERR_NETWORK or a count. */
static int32_t peer_next(int peer)
{
    uint8_t byte;
    int32_t result = 0;

    while (result == 0) {
        wss_ready_t ready[8];
        result = port.take(peer, &byte, 1);
        if (result == 0)
            (void)hal->wait(hal->context, 1, ready, 8);
    }
    return result;
}

static uint32_t send_pattern(wss_stream_t *stream, uint32_t at, uint32_t length)
{
    uint8_t bytes[PORT_ROOM];

    for (uint32_t i = 0; i < length; i++)
        bytes[i] = pattern(at + i);
    ck_assert_int_eq(stream->ops->send(stream, bytes, length), (int32_t)length);
    return at + length;
}

/* Sends all that is promised until nothing is: the peer does not read. */
static uint32_t fill(wss_stream_t *stream, uint32_t piece, bool flush)
{
    uint32_t at = 0;
    uint32_t room;

    while ((room = stream->ops->room(stream)) > 0) {
        at = send_pattern(stream, at, room < piece ? room : piece);
        if (flush)
            (void)stream->ops->flush(stream);
    }
    return at;
}

/* -------------------------------------------------------------------- listening */

START_TEST(listen_tells_bad_addresses)
{
    const wss_endpoint_t taken = {.address = NULL, .port = number};
    const wss_endpoint_t nonsense = {.address = "not an address", .port = 0};
    uint16_t other = 0;

    ck_assert_int_eq(hal->listen(hal->context, &taken, &other), WSS_ERR_ADDRESS);
    ck_assert_int_eq(hal->listen(hal->context, &nonsense, &other), WSS_ERR_ADDRESS);
}
END_TEST

START_TEST(listen_at_several_ports)
{
    const wss_endpoint_t local = {.address = "127.0.0.1", .port = 0};
    uint16_t other = 0;

    ck_assert_int_eq(hal->listen(hal->context, &local, &other), WSS_OK);
    ck_assert_uint_ne(other, number);
    const int second = port.call(other, false);
    release(accepted(&owners[0]));
    const int first = port.call(number, false);
    release(accepted(&owners[1]));
    port.drop(first);
    port.drop(second);
}
END_TEST

START_TEST(unlisten_leaves_connections)
{
    char text[8];
    int peer;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    hal->unlisten(hal->context);
    ck_assert_int_lt(port.call(number, false), 0);
    give_all(peer, "on");
    ck_assert_int_eq(receive(stream, text, 8, 2), 2);
    release(stream);
    port.drop(peer);
}
END_TEST

START_TEST(accepting_off_lets_connections_queue)
{
    wss_ready_t ready[2];

    hal->accepting(hal->context, false);
    const int peer = port.call(number, false);
    ck_assert_int_eq(hal->wait(hal->context, 0, ready, 2), 0);
    hal->accepting(hal->context, true);
    release(accepted(&owners[0]));
    port.drop(peer);
}
END_TEST

START_TEST(accept_without_a_connection)
{
    ck_assert_ptr_null(hal->accept(hal->context, &owners[0]));
}
END_TEST

START_TEST(streams_run_out_and_come_back)
{
    wss_stream_t *streams[PORT_STREAMS];
    int peers[PORT_STREAMS + 1];

    for (int i = 0; i < PORT_STREAMS; i++)
        streams[i] = connected(&peers[i], &owners[i]);
    peers[PORT_STREAMS] = port.call(number, false);
    ck_assert_uint_eq(look(NULL), 0);
    ck_assert_ptr_null(hal->accept(hal->context, &owners[PORT_STREAMS]));
    ck_assert_uint_eq(look(NULL), 0);
    release(streams[1]);
    streams[1] = accepted(&owners[PORT_STREAMS]);
    for (int i = 0; i < PORT_STREAMS; i++)
        release(streams[i]);
    for (int i = 0; i <= PORT_STREAMS; i++)
        port.drop(peers[i]);
}
END_TEST

START_TEST(a_reused_stream_is_fresh)
{
    char text[8];
    int peer;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    for (int i = 0; i < 3 * PORT_STREAMS; i++) {
        give_all(peer, "old");
        ck_assert_int_eq(receive(stream, text, 8, 1), 3);
        (void)fill(stream, 1000, true);
        stream->ops->watch(stream, WSS_READY_WRITE);
        release(stream);
        port.drop(peer);
        stream = connected(&peer, &owners[1]);
        ck_assert_int_eq(stream->ops->recv(stream, (uint8_t *)text, 8), 0);
        ck_assert_uint_eq(stream->ops->pending(stream), 0);
        ck_assert_uint_ge(stream->ops->room(stream), hal->send_room);
        ck_assert_uint_eq(look(&owners[1]), 0);
        ck_assert_uint_eq(look(&owners[0]), 0);
    }
    release(stream);
    port.drop(peer);
}
END_TEST

static void check_peer_text(bool v6, const char *start)
{
    char text[64];
    char cut[4] = "xyz";
    const int peer = port.call(number, v6);
    ck_assert_msg(peer >= 0, "nobody listens to IPv%s", v6 ? "6" : "4");
    wss_stream_t *stream = accepted(&owners[0]);

    stream->ops->peer(stream, text, sizeof text);
    ck_assert_msg(strncmp(text, start, strlen(start)) == 0, "%s", text);
    ck_assert_int_gt(strtol(text + strlen(start), NULL, 10), 0);
    stream->ops->peer(stream, cut, sizeof cut);
    ck_assert_str_ne(cut, "xyz");
    ck_assert_ptr_nonnull(memchr(cut, 0, sizeof cut));
    release(stream);
    port.drop(peer);
}

START_TEST(peers_have_an_address)
{
    check_peer_text(false, port.v4_text);
    if (port.has_v6())
        check_peer_text(true, port.v6_text);
}
END_TEST

/* -------------------------------------------------------------------- receiving */

START_TEST(an_accepted_stream_is_up)
{
    char text[8];
    int peer;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    ck_assert_int_eq(stream->ops->phase(stream), WSS_PHASE_UP);
    ck_assert_ptr_eq(stream->owner, &owners[0]);
    ck_assert_str_eq(stream->ops->reason(stream), "");
    ck_assert_int_eq(stream->ops->recv(stream, (uint8_t *)text, 8), 0);
    give_all(peer, "hello");
    ck_assert_uint_eq(await(&owners[0], WSS_READY_READ), WSS_READY_READ);
    ck_assert_int_eq(receive(stream, text, 8, 8), 5);
    ck_assert_mem_eq(text, "hello", 5);
    ck_assert_uint_eq(look(&owners[0]), 0);
    release(stream);
    port.drop(peer);
}
END_TEST

START_TEST(bytes_come_again_until_consumed)
{
    char text[8];
    int peer;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    give_all(peer, "abcdef");
    for (uint32_t i = 0; i < 6; i++) {
        ck_assert_int_eq(receive(stream, text, 8, 0), (int32_t)(6 - i));
        ck_assert_mem_eq(text, &"abcdef"[i], 6 - i);
        ck_assert_uint_eq(look(&owners[0]), WSS_READY_READ);
        ck_assert_int_eq(receive(stream, text, 8, 1), (int32_t)(6 - i));
    }
    ck_assert_uint_eq(look(&owners[0]), 0);
    ck_assert_int_eq(stream->ops->recv(stream, (uint8_t *)text, 8), 0);
    release(stream);
    port.drop(peer);
}
END_TEST

/* Capacity and appetite in all small combinations. */
START_TEST(any_split_gives_the_same_bytes)
{
    const uint32_t capacity = (uint32_t)_i / 5 + 1;
    const uint32_t take = (uint32_t)_i % 5 + 1;
    char text[8];
    int peer;
    uint32_t at = 0;
    uint32_t given = 10;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    give_all(peer, "abcdefghij");
    while (at < 20) {
        const int32_t count = receive(stream, text, capacity, take);
        ck_assert_int_ge(count, 1);
        for (int32_t i = 0; i < count && i < (int32_t)take; i++, at++)
            ck_assert_int_eq(text[i], "abcdefghij"[at % 10]);
        if (at >= 5 && given == 10) {
            give_all(peer, "abcdefghij");
            given = 20;
        }
    }
    ck_assert_uint_eq(at, 20);
    ck_assert_int_eq(stream->ops->recv(stream, (uint8_t *)text, 8), 0);
    release(stream);
    port.drop(peer);
}
END_TEST

START_TEST(held_and_new_bytes_join)
{
    char text[16];
    int peer;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    give_all(peer, "abc");
    ck_assert_int_eq(receive(stream, text, 16, 1), 3);
    give_all(peer, "def");
    int32_t count = 2;
    while (count < 5) {
        (void)look(NULL);
        count = receive(stream, text, 16, 0);
    }
    ck_assert_mem_eq(text, "bcdef", 5);
    release(stream);
    port.drop(peer);
}
END_TEST

START_TEST(the_end_comes_after_every_byte)
{
    char text[8];
    int peer;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    give_all(peer, "abcd");
    port.end(peer);
    ck_assert_int_eq(receive(stream, text, 2, 0), 2);
    ck_assert_int_eq(receive(stream, text, 8, 3), 4);
    ck_assert_uint_eq(look(&owners[0]), WSS_READY_READ);
    ck_assert_int_eq(receive(stream, text, 8, 0), 1);
    ck_assert_int_eq(receive(stream, text, 8, 1), 1);
    ck_assert_int_eq(receive(stream, text, 8, 1), WSS_ERR_EOF);
    ck_assert_int_eq(receive(stream, text, 8, 1), WSS_ERR_EOF);
    send_pattern(stream, 0, 3);
    (void)stream->ops->flush(stream);
    peer_expects(peer, 3);
    release(stream);
    port.drop(peer);
}
END_TEST

START_TEST(a_reset_is_an_error_for_good)
{
    uint8_t bytes[8];
    int peer;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    port.reset(peer);
    ck_assert_uint_ne(await(&owners[0], WSS_READY_READ) & WSS_READY_READ, 0);
    ck_assert_int_eq(stream->ops->recv(stream, bytes, 8), WSS_ERR_NETWORK);
    ck_assert_int_eq(stream->ops->recv(stream, bytes, 8), WSS_ERR_NETWORK);
    ck_assert_int_lt(stream->ops->send(stream, bytes, 8), 0);
    ck_assert_int_lt(stream->ops->flush(stream), 0);
    ck_assert_uint_eq(stream->ops->room(stream), 0);
    ck_assert_uint_eq(stream->ops->pending(stream), 0);
    ck_assert_str_ne(stream->ops->reason(stream), "");
    release(stream);
}
END_TEST

START_TEST(a_reset_found_by_sending_is_reported)
{
    int peer;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    stream->ops->watch(stream, 0);
    port.reset(peer);
    while (stream->ops->room(stream) > 0) {
        wss_ready_t ready[2];
        (void)stream->ops->send(stream, (const uint8_t *)"x", 1);
        (void)stream->ops->flush(stream);
        (void)hal->wait(hal->context, 1, ready, 2);
    }
    stream->ops->watch(stream, WSS_READY_READ);
    ck_assert_uint_eq(look(&owners[0]), WSS_READY_READ);
    release(stream);
}
END_TEST

/* ---------------------------------------------------------------------- sending */

START_TEST(small_sends_arrive_in_order)
{
    int peer;
    uint32_t at = 0;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    ck_assert_uint_ge(stream->ops->room(stream), hal->send_room);
    ck_assert_int_eq(stream->ops->send(stream, NULL, 0), 0);
    for (uint32_t i = 1; i < 30; i++)
        at = send_pattern(stream, at, i);
    ck_assert_int_ge(stream->ops->flush(stream), 0);
    peer_expects(peer, at);
    ck_assert_int_eq(stream->ops->flush(stream), WSS_OK);
    ck_assert_uint_eq(stream->ops->pending(stream), 0);
    release(stream);
    port.drop(peer);
}
END_TEST

START_TEST(small_and_large_sends_keep_their_order)
{
    int peer;
    uint32_t at = 0;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    at = send_pattern(stream, at, 3);
    at = send_pattern(stream, at, 1500);
    at = send_pattern(stream, at, 5);
    ck_assert_int_ge(stream->ops->flush(stream), 0);
    peer_expects(peer, at);
    release(stream);
    port.drop(peer);
}
END_TEST

/* As two sends do; also where the peer does not read, and beyond the room. */
START_TEST(sends_from_two_places_keep_their_order)
{
    const uint32_t firsts[] = {1, 10, 300};
    uint8_t bytes[2 * PORT_ROOM];
    int peer;
    uint32_t at = 0;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    for (uint32_t i = 0; stream->ops->send_both != NULL && stream->ops->room(stream) > 0; i++) {
        const uint32_t first = firsts[i % 3];
        const uint32_t both = first + (i % 4 == 3 ? PORT_ROOM : 1 + i % 700);
        const uint32_t room = stream->ops->room(stream);
        for (uint32_t k = 0; k < both; k++)
            bytes[k] = pattern(at + k);
        const int32_t count =
            stream->ops->send_both(stream, bytes, first, bytes + first, both - first);
        ck_assert_int_le(count, (int32_t)both);
        ck_assert_int_ge(count, (int32_t)(both < room ? both : room));
        at += (uint32_t)count;
    }
    (void)stream->ops->flush(stream);
    peer_expects(peer, at);
    release(stream);
    port.drop(peer);
}
END_TEST

START_TEST(two_streams_send_in_turns)
{
    int peers[2];
    uint32_t at[2] = {0, 0};
    wss_stream_t *streams[2];

    for (int i = 0; i < 2; i++)
        streams[i] = connected(&peers[i], &owners[i]);
    for (uint32_t i = 0; i < 20; i++)
        at[i % 2] = send_pattern(streams[i % 2], at[i % 2], 10 + i * 4);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_ge(streams[i]->ops->flush(streams[i]), 0);
        peer_expects(peers[i], at[i]);
        release(streams[i]);
        port.drop(peers[i]);
    }
}
END_TEST

START_TEST(one_waits_while_another_sends)
{
    int slow, quick;
    wss_stream_t *waiting = connected(&slow, &owners[0]);
    wss_stream_t *other = connected(&quick, &owners[1]);
    const uint32_t sent = fill(waiting, 1000, _i % 2 == 0);
    const uint32_t at = send_pattern(other, 0, 500);

    ck_assert_int_eq(waiting->ops->flush(waiting), WSS_WOULD_BLOCK);
    ck_assert_int_ge(other->ops->flush(other), 0);
    peer_expects(quick, at);
    peer_expects(slow, sent);
    release(waiting);
    release(other);
    port.drop(slow);
    port.drop(quick);
}
END_TEST

START_TEST(what_room_promised_is_kept)
{
    const uint32_t pieces[] = {7, 100, 1000, PORT_ROOM};
    int peer;
    wss_stream_t *stream = connected(&peer, &owners[0]);
    const uint32_t sent = fill(stream, pieces[_i / 2], _i % 2 == 0);

    ck_assert_uint_gt(stream->ops->pending(stream), 0);
    ck_assert_int_eq(stream->ops->flush(stream), WSS_WOULD_BLOCK);
    if (stream->ops->room(stream) == 0)
        ck_assert_int_eq(stream->ops->send(stream, (const uint8_t *)"x", 1), 0);
    peer_expects(peer, sent);
    while (stream->ops->pending(stream) > 0)
        (void)look(NULL);
    ck_assert_uint_ge(stream->ops->room(stream), hal->send_room);
    release(stream);
    port.drop(peer);
}
END_TEST

START_TEST(sending_goes_on_while_the_peer_reads)
{
    static uint8_t bytes[LOT];
    int peer;
    uint32_t seen = 0;
    uint32_t wrong = 0;
    wss_stream_t *stream = connected(&peer, &owners[0]);
    uint32_t at = fill(stream, 1000, true);

    while (seen < 4 * PORT_ROOM) {
        (void)look(NULL);
        const int32_t count = port.take(peer, bytes, 3001);
        ck_assert_int_ge(count, 0);
        for (int32_t i = 0; i < count; i++)
            wrong += bytes[i] != pattern(seen++);
        for (uint32_t piece = 100; stream->ops->room(stream) >= piece; piece += 700)
            at = send_pattern(stream, at, piece);
        (void)stream->ops->flush(stream);
    }
    ck_assert_uint_eq(wrong, 0);
    release(stream);
    port.drop(peer);
}
END_TEST

START_TEST(room_is_reported_at_every_look_while_nothing_waits)
{
    int peer;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    stream->ops->watch(stream, WSS_READY_WRITE);
    ck_assert_uint_eq(look(&owners[0]), WSS_READY_WRITE);
    ck_assert_uint_eq(look(&owners[0]), WSS_READY_WRITE);
    stream->ops->watch(stream, WSS_READY_READ);
    ck_assert_uint_eq(look(&owners[0]), 0);
    release(stream);
    port.drop(peer);
}
END_TEST

/* While bytes wait a report means growth: a loop must not spin on a slow peer. */
START_TEST(room_is_reported_when_it_grows)
{
    static uint8_t bytes[LOT];
    int peer;
    unsigned grown = 0;
    uint32_t room = 0;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    (void)fill(stream, 1000, true);
    stream->ops->watch(stream, WSS_READY_WRITE);
    (void)look(&owners[0]);
    (void)fill(stream, 1000, true);
    for (unsigned turn = 0; stream->ops->pending(stream) > 0; turn++) {
        if (turn % 2 == 0)
            ck_assert_int_ge(port.take(peer, bytes, 1000), 0);
        const bool reported = look(&owners[0]) == WSS_READY_WRITE;
        const uint32_t now = stream->ops->room(stream);
        const bool waits = stream->ops->pending(stream) > 0;
        ck_assert(reported == (now > room || !waits));
        grown += reported && waits;
        room = now;
    }
    ck_assert_uint_gt(grown, 0);
    release(stream);
    port.drop(peer);
}
END_TEST

START_TEST(finish_comes_after_what_waits)
{
    char text[8];
    int peer;
    wss_stream_t *stream = connected(&peer, &owners[0]);
    const uint32_t sent = fill(stream, 500, true);

    stream->ops->finish(stream);
    ck_assert_uint_eq(stream->ops->room(stream), 0);
    peer_expects(peer, sent);
    ck_assert_int_eq(peer_next(peer), WSS_ERR_EOF);
    give_all(peer, "late");
    ck_assert_int_eq(receive(stream, text, 8, 4), 4);
    port.end(peer);
    ck_assert_int_eq(receive(stream, text, 8, 4), WSS_ERR_EOF);
    stream->ops->release(stream, false);
    port.drop(peer);
}
END_TEST

START_TEST(after_finish_writable_means_all_is_sent)
{
    static uint8_t bytes[LOT];
    int peer;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    (void)fill(stream, 1000, true);
    stream->ops->watch(stream, WSS_READY_WRITE);
    stream->ops->finish(stream);
    while (stream->ops->pending(stream) > 0) {
        ck_assert_int_ge(port.take(peer, bytes, 1000), 0);
        const unsigned what = look(&owners[0]);
        ck_assert_uint_eq(what, stream->ops->pending(stream) == 0 ? WSS_READY_WRITE : 0);
    }
    release(stream);
    port.drop(peer);
}
END_TEST

START_TEST(finish_sends_what_was_held_back)
{
    int peer;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    (void)send_pattern(stream, 0, 5);
    stream->ops->finish(stream);
    ck_assert_uint_eq(stream->ops->room(stream), 0);
    peer_expects(peer, 5);
    ck_assert_int_eq(peer_next(peer), WSS_ERR_EOF);
    release(stream);
    port.drop(peer);
}
END_TEST

START_TEST(release_with_reset)
{
    int peer;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    stream->ops->release(stream, true);
    ck_assert_int_eq(peer_next(peer), WSS_ERR_NETWORK);
    port.drop(peer);
}
END_TEST

START_TEST(a_reset_drops_what_was_held_back)
{
    int peers[2];
    wss_stream_t *stream = connected(&peers[0], &owners[0]);

    ck_assert_int_eq(stream->ops->send(stream, (const uint8_t *)"old", 3), 3);
    stream->ops->release(stream, true);
    stream = connected(&peers[1], &owners[1]);
    (void)send_pattern(stream, 0, 20);
    (void)stream->ops->flush(stream);
    peer_expects(peers[1], 20);
    release(stream);
    port.drop(peers[0]);
    port.drop(peers[1]);
}
END_TEST

START_TEST(release_without_reset)
{
    int peer;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    (void)send_pattern(stream, 0, 5);
    (void)stream->ops->flush(stream);
    stream->ops->release(stream, false);
    peer_expects(peer, 5);
    ck_assert_int_eq(peer_next(peer), WSS_ERR_EOF);
    port.drop(peer);
}
END_TEST

/* ------------------------------------------------------------------- connecting */

/* Waits until a dialled stream is up or has failed. */
static wss_phase_t outcome(wss_stream_t *stream)
{
    wss_phase_t phase = stream->ops->phase(stream);

    while (phase == WSS_PHASE_CONNECTING || phase == WSS_PHASE_LAYERING) {
        (void)await(stream->owner, WSS_READY_PHASE);
        const wss_phase_t before = phase;
        phase = stream->ops->phase(stream);
        ck_assert_int_gt(phase, before);
    }
    return phase;
}

/* Before the connection stands, or as soon as it does. */
static void send_early(wss_stream_t *stream)
{
    if (stream->ops->room(stream) == 0) {
        ck_assert_int_eq(stream->ops->send(stream, (const uint8_t *)"early", 5), 0);
        ck_assert_int_eq(outcome(stream), WSS_PHASE_UP);
    }
    ck_assert_uint_ge(stream->ops->room(stream), hal->send_room);
    ck_assert_int_eq(stream->ops->send(stream, (const uint8_t *)"early", 5), 5);
    (void)stream->ops->flush(stream);
}

START_TEST(connect_reaches_a_listener)
{
    const wss_dial_t whom = {.host = "127.0.0.1", .port = number};
    char text[8];
    wss_stream_t *near = hal->connect(hal->context, &whom, &owners[0]);

    ck_assert_ptr_nonnull(near);
    ck_assert_int_ne(near->ops->phase(near), WSS_PHASE_FAILED);
    send_early(near);
    ck_assert_int_eq(outcome(near), WSS_PHASE_UP);
    (void)near->ops->flush(near);
    wss_stream_t *far = accepted(&owners[1]);
    ck_assert_int_eq(receive(far, text, 8, 5), 5);
    ck_assert_mem_eq(text, "early", 5);
    release(near);
    release(far);
}
END_TEST

START_TEST(finish_before_the_connection_stands)
{
    const wss_dial_t whom = {.host = "127.0.0.1", .port = number};
    char text[8];
    wss_stream_t *near = hal->connect(hal->context, &whom, &owners[0]);

    near->ops->finish(near);
    wss_stream_t *far = accepted(&owners[1]);
    ck_assert_int_eq(receive(far, text, 8, 8), WSS_ERR_EOF);
    release(near);
    release(far);
}
END_TEST

/* A call to a port that was ours. It is an accident if another process has it by now, or if the
 * call came from it and has reached itself: then with the next one. */
static wss_stream_t *call_nobody(unsigned accidents)
{
    const wss_endpoint_t anywhere = {.address = NULL, .port = 0};
    wss_dial_t whom = {.host = "127.0.0.1"};

    for (;; accidents--) {
        whom.port = number;
        hal->unlisten(hal->context);
        wss_stream_t *stream = hal->connect(hal->context, &whom, &owners[0]);
        ck_assert_ptr_nonnull(stream);
        stream->ops->watch(stream, 0);
        if (outcome(stream) != WSS_PHASE_UP || accidents == 0)
            return stream;
        release(stream);
        ck_assert_int_eq(hal->listen(hal->context, &anywhere, &number), WSS_OK);
    }
}

START_TEST(connect_is_refused)
{
    uint8_t bytes[8];
    wss_stream_t *stream = call_nobody(3);

    ck_assert_int_eq(outcome(stream), WSS_PHASE_FAILED);
    ck_assert_str_ne(stream->ops->reason(stream), "");
    ck_assert_int_lt(stream->ops->recv(stream, bytes, 8), 0);
    ck_assert_uint_eq(stream->ops->room(stream), 0);
    ck_assert_uint_eq(look(&owners[0]), 0);
    stream->ops->watch(stream, WSS_READY_READ);
    ck_assert_uint_eq(look(&owners[0]), WSS_READY_READ);
    release(stream);
}
END_TEST

START_TEST(connect_without_a_free_stream)
{
    const wss_dial_t whom = {.host = "127.0.0.1", .port = number};
    wss_stream_t *streams[PORT_STREAMS];

    for (int i = 0; i < PORT_STREAMS; i++)
        streams[i] = hal->connect(hal->context, &whom, &owners[i]);
    ck_assert_ptr_null(hal->connect(hal->context, &whom, &owners[PORT_STREAMS]));
    for (int i = 0; i < PORT_STREAMS; i++)
        release(streams[i]);
}
END_TEST

/* ---------------------------------------------------------------------- waiting */

START_TEST(a_wait_ends_with_its_timeout)
{
    wss_ready_t ready[1];
    const uint32_t begin = hal->now(hal->context);

    ck_assert_int_eq(hal->wait(hal->context, 0, ready, 1), 0);
    ck_assert_int_eq(hal->wait(hal->context, 30, ready, 1), 0);
    ck_assert_uint_ge(hal->now(hal->context) - begin, 30);
}
END_TEST

START_TEST(wake_ends_one_wait)
{
    wss_ready_t ready[1];
    const uint32_t begin = hal->now(hal->context);

    hal->wake(hal->context);
    hal->wake(hal->context);
    ck_assert_int_eq(hal->wait(hal->context, WSS_FOREVER, ready, 1), 0);
    ck_assert_int_eq(hal->wait(hal->context, 20, ready, 1), 0);
    ck_assert_uint_ge(hal->now(hal->context) - begin, 20);
}
END_TEST

START_TEST(only_what_is_watched_is_reported)
{
    char text[8];
    int peer;
    wss_stream_t *stream = connected(&peer, &owners[0]);

    give_all(peer, "abc");
    ck_assert_int_eq(receive(stream, text, 8, 1), 3);
    stream->ops->watch(stream, 0);
    ck_assert_uint_eq(look(&owners[0]), 0);
    stream->ops->watch(stream, WSS_READY_READ);
    ck_assert_uint_eq(look(&owners[0]), WSS_READY_READ);
    stream->ops->watch(stream, WSS_READY_READ | WSS_READY_WRITE);
    ck_assert_uint_eq(look(&owners[0]), WSS_READY_READ | WSS_READY_WRITE);
    ck_assert_uint_eq(look(&owners[0]), WSS_READY_READ | WSS_READY_WRITE);
    stream->ops->watch(stream, 0);
    port.end(peer);
    ck_assert_uint_eq(look(&owners[0]), 0);
    release(stream);
    port.drop(peer);
}
END_TEST

START_TEST(few_reports_at_a_time_leave_none_out)
{
    int peers[3];
    wss_stream_t *streams[3];
    bool seen[3] = {false, false, false};

    for (int i = 0; i < 3; i++) {
        streams[i] = connected(&peers[i], &owners[i]);
        give_all(peers[i], "x");
    }
    while (!seen[0] || !seen[1] || !seen[2]) {
        wss_ready_t ready[1];
        ck_assert_int_eq(hal->wait(hal->context, 1000, ready, 1), 1);
        for (int i = 0; i < 3; i++)
            if (ready[0].owner == &owners[i])
                seen[i] = true;
    }
    for (int i = 0; i < 3; i++) {
        release(streams[i]);
        port.drop(peers[i]);
    }
}
END_TEST

START_TEST(a_released_stream_is_not_reported)
{
    int peers[2];
    wss_stream_t *streams[2];
    wss_ready_t ready[4];

    for (int i = 0; i < 2; i++) {
        streams[i] = connected(&peers[i], &owners[i]);
        streams[i]->ops->watch(streams[i], WSS_READY_WRITE);
    }
    ck_assert_int_eq(hal->wait(hal->context, 0, ready, 4), 2);
    release(streams[0]);
    ck_assert_int_eq(hal->wait(hal->context, 0, ready, 4), 1);
    ck_assert_ptr_eq(ready[0].owner, &owners[1]);
    release(streams[1]);
    ck_assert_int_eq(hal->wait(hal->context, 0, ready, 4), 0);
    port.drop(peers[0]);
    port.drop(peers[1]);
}
END_TEST

/* ---------------------------------------------------------------- the platform */

START_TEST(entropy_differs)
{
    uint8_t first[32] = {0};
    uint8_t second[32] = {0};

    ck_assert_int_eq(hal->entropy(hal->context, first, sizeof first), WSS_OK);
    ck_assert_int_eq(hal->entropy(hal->context, second, sizeof second), WSS_OK);
    ck_assert_mem_ne(first, second, sizeof first);
}
END_TEST

START_TEST(the_link_stands)
{
    ck_assert(hal->link_up == NULL || hal->link_up(hal->context));
}
END_TEST

START_TEST(lock_and_unlock_come_together)
{
    ck_assert((hal->lock == NULL) == (hal->unlock == NULL));
    if (hal->lock == NULL)
        return;
    hal->lock(hal->context);
    hal->unlock(hal->context);
    hal->lock(hal->context);
    hal->unlock(hal->context);
}
END_TEST

/* -------------------------------------------------------------------- the suite */

static TCase *contract(void)
{
    TCase *cases = tcase_create("contract");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, listen_tells_bad_addresses);
    tcase_add_test(cases, listen_at_several_ports);
    tcase_add_test(cases, unlisten_leaves_connections);
    tcase_add_test(cases, accepting_off_lets_connections_queue);
    tcase_add_test(cases, accept_without_a_connection);
    tcase_add_test(cases, streams_run_out_and_come_back);
    tcase_add_test(cases, a_reused_stream_is_fresh);
    tcase_add_test(cases, peers_have_an_address);
    tcase_add_test(cases, an_accepted_stream_is_up);
    tcase_add_test(cases, bytes_come_again_until_consumed);
    tcase_add_loop_test(cases, any_split_gives_the_same_bytes, 0, 25);
    tcase_add_test(cases, held_and_new_bytes_join);
    tcase_add_test(cases, the_end_comes_after_every_byte);
    tcase_add_test(cases, a_reset_is_an_error_for_good);
    tcase_add_test(cases, a_reset_found_by_sending_is_reported);
    tcase_add_test(cases, small_sends_arrive_in_order);
    tcase_add_test(cases, small_and_large_sends_keep_their_order);
    tcase_add_test(cases, sends_from_two_places_keep_their_order);
    tcase_add_test(cases, two_streams_send_in_turns);
    tcase_add_loop_test(cases, one_waits_while_another_sends, 0, 2);
    tcase_add_loop_test(cases, what_room_promised_is_kept, 0, 8);
    tcase_add_test(cases, sending_goes_on_while_the_peer_reads);
    tcase_add_test(cases, room_is_reported_at_every_look_while_nothing_waits);
    tcase_add_test(cases, room_is_reported_when_it_grows);
    tcase_add_test(cases, finish_comes_after_what_waits);
    tcase_add_test(cases, after_finish_writable_means_all_is_sent);
    tcase_add_test(cases, finish_sends_what_was_held_back);
    tcase_add_test(cases, release_with_reset);
    tcase_add_test(cases, a_reset_drops_what_was_held_back);
    tcase_add_test(cases, release_without_reset);
    tcase_add_test(cases, connect_reaches_a_listener);
    tcase_add_test(cases, finish_before_the_connection_stands);
    tcase_add_test(cases, connect_is_refused);
    tcase_add_test(cases, connect_without_a_free_stream);
    tcase_add_test(cases, a_wait_ends_with_its_timeout);
    tcase_add_test(cases, wake_ends_one_wait);
    tcase_add_test(cases, only_what_is_watched_is_reported);
    tcase_add_test(cases, few_reports_at_a_time_leave_none_out);
    tcase_add_test(cases, a_released_stream_is_not_reported);
    tcase_add_test(cases, entropy_differs);
    tcase_add_test(cases, the_link_stands);
    tcase_add_test(cases, lock_and_unlock_come_together);
    return cases;
}

int main(void)
{
    Suite *suite = suite_create("hal");
    TCase *special = port_cases();

    suite_add_tcase(suite, contract());
    if (special != NULL)
        suite_add_tcase(suite, special);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
