/* SPDX-License-Identifier: MIT */
/*
 * One control payload for three connections whose peers read nothing and ask for Pongs: who gets
 * none waits, with whatever came behind, and goes on as soon as a payload comes free or there is
 * room again.
 */
#include <check.h>
#include <string.h>

#include "peers.h"

enum {
    FULL = ROOM - 262 - 4, /* the largest message that the room takes */
    LONGEST = 125,         /* of control frames (RFC 6455, 5.5) */
    PONG = 2 + LONGEST
};

static uint8_t ping[6 + LONGEST];

static void few_controls(void)
{
    begin();
    config.control_count = 1;
    open_peers();
    memset(ping, 0, sizeof ping);
    ping[0] = 0x89;
    ping[1] = 0x80 | LONGEST;
}

/* The peer reads nothing, and the room is used up but for one Pong. */
static void fill(unsigned index)
{
    static const uint8_t bytes[FULL];
    wss_sim_peer_window(peers[index], 0);
    ck_assert_int_eq(wss_send(opened[index], WSS_OPCODE_BINARY, bytes, FULL, WSS_FINAL), WSS_OK);
    settle();
    peer_sends(peers[index], ping, sizeof ping);
}

/* The next Ping needs the payload. */
static void ask(unsigned index, char mark)
{
    ping[sizeof ping - 1] = (uint8_t)mark;
    peer_sends(peers[index], ping, sizeof ping);
    ping[sizeof ping - 1] = 0;
}

/* What comes when the peer reads again: the message, and two Pongs, the last one with the mark. */
static void read_on(unsigned index, char mark)
{
    uint8_t bytes[2048];
    wss_sim_peer_window(peers[index], 65536);
    settle();
    ck_assert_uint_eq(take(peers[index], bytes, sizeof bytes), 4 + FULL + 2 * PONG);
    ck_assert_uint_eq(bytes[4 + FULL], 0x8A);
    ck_assert_uint_eq(bytes[4 + FULL + PONG], 0x8A);
    ck_assert_uint_eq(bytes[4 + FULL + 2 * PONG - 1], (uint8_t)mark);
}

START_TEST(room_ends_the_wait)
{
    fill(0);
    ask(0, 'a');
    fill(1);
    ask(1, 'b');
    peer_sends(peers[1], "\x82\x81\0\0\0\0x", 7);
    ck_assert_uint_eq(got_length, 0);
    read_on(1, 'b');
    ck_assert_uint_eq(got_length, 1);
    read_on(0, 'a');
}
END_TEST

START_TEST(a_payload_that_comes_free_ends_the_wait)
{
    fill(0);
    ask(0, 'a');
    fill(1);
    ask(1, 'b');
    peer_sends(peers[1], "\x82\x81\0\0\0\0x", 7);
    ck_assert_uint_eq(got_length, 0);
    read_on(0, 'a');
    ck_assert_uint_eq(got_length, 1);
    read_on(1, 'b');
}
END_TEST

/* Two wait; who was first is no matter, both go on. */
START_TEST(all_that_wait_go_on)
{
    for (unsigned i = 0; i < PEERS; i++) {
        fill(i);
        ask(i, (char)('a' + i));
    }
    for (unsigned i = 0; i < PEERS; i++)
        read_on(i, (char)('a' + i));
}
END_TEST

/* Its payload goes back when it ends, and at once, although nobody steps the loop. */
START_TEST(an_end_ends_the_wait)
{
    fill(0);
    ask(0, 'a');
    fill(1);
    ask(1, 'b');
    host.woken = false;
    ck_assert_int_eq(wss_abort(opened[0]), WSS_OK);
    ck_assert(host.woken);
    ck_assert_uint_eq(wss_loop_next_deadline(&loop), 0);
    settle();
    read_on(1, 'b');
}
END_TEST

/* A Ping in two pieces is collected in the payload. */
START_TEST(half_a_ping_waits_for_its_payload)
{
    uint8_t bytes[64];
    fill(0);
    ask(0, 'a');
    wss_sim_peer_window(peers[1], 65536);
    peer_sends(peers[1], "\x89\x82\0\0\0\0x", 7);
    read_on(0, 'a');
    peer_sends(peers[1], "y", 1);
    ck_assert_uint_eq(take(peers[1], bytes, sizeof bytes), 4);
    ck_assert_mem_eq(bytes, "\x8A\x02xy", 4);
}
END_TEST

static void few_controls_locked(void)
{
    locks = true;
    few_controls();
}

static void add(Suite *suite, const char *name, void (*begins)(void))
{
    TCase *open = tcase_create(name);
    tcase_add_checked_fixture(open, begins, teardown);
    tcase_add_test(open, room_ends_the_wait);
    tcase_add_test(open, a_payload_that_comes_free_ends_the_wait);
    tcase_add_test(open, all_that_wait_go_on);
    tcase_add_test(open, an_end_ends_the_wait);
    tcase_add_test(open, half_a_ping_waits_for_its_payload);
    suite_add_tcase(suite, open);
}

int main(void)
{
    Suite *suite = suite_create("starved");
    add(suite, "open", few_controls);
    add(suite, "with a lock", few_controls_locked);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
