/* SPDX-License-Identifier: MIT */
/*
 * A hostile wire: at each byte of a connection, either way, it ends or is reset, a byte is
 * changed, or a record that was never sent comes in between. Whatever comes of it, each side is
 * up or says why not, and nobody reads what was not sent. Some places by turns; with WSS_EFFORT
 * in the environment more of them, from 512 on all.
 */
#include "converse.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STRIDE = 512 };

static uint32_t stride(void)
{
    const char *effort = getenv("WSS_EFFORT");
    const unsigned long wanted = effort == NULL ? 1 : strtoul(effort, NULL, 10);

    return wanted == 0 || wanted >= STRIDE ? 1 : (uint32_t)(STRIDE / wanted);
}

/* How many bytes go each way when nothing is wrong. */
static uint32_t lengths[2];

static void measure(void)
{
    converse_begin("client");
    ck_assert(converse());
    for (int way = 0; way < 2; way++)
        lengths[way] = pair.carried[way];
    pair_stop();
}

/* ------------------------------------------------------------------------- the faults */

#define RECORD(bytes) (bytes), sizeof(bytes) - 1

static const pair_fault_t kinds[] = {
    {.kind = PAIR_ENDS},
    {.kind = PAIR_RESETS},
    {PAIR_SAYS, false, 0, RECORD("\x15\x03\x03\x00\x02\x02\x28")}, /* handshake_failure */
    {PAIR_SAYS, false, 0, RECORD("\x15\x03\x03\x00\x02\x01\x5a")}, /* a warning */
    {PAIR_SAYS, false, 0, RECORD("\x15\x03\x03\x00\x02\x01\x00")}, /* close_notify in plain */
    {PAIR_SAYS, false, 0, RECORD("\x15\x03\x03\x00\x00")},         /* an empty alert */
    {PAIR_SAYS, false, 0, RECORD("\x14\x03\x03\x00\x01\x01")},     /* change_cipher_spec */
    {PAIR_SAYS, false, 0, RECORD("\x16\x03\x03\x00\x04\x00\x00\x00\x00")}, /* HelloRequest */
    {PAIR_SAYS, false, 0, RECORD("\x16\x03\x03\x00\x04\x10\xff\xff\xff")}, /* a huge message */
    {PAIR_SAYS, false, 0, RECORD("\x17\x03\x03\x00\x00")},                 /* nothing */
    {PAIR_SAYS, false, 0,
     RECORD("\x17\x03\x03\x00\x04"
            "data")},                                      /* in plain */
    {PAIR_SAYS, false, 0, RECORD("\x17\x03\x03\x48\x00")}, /* too large */
    {PAIR_SAYS, false, 0, RECORD("GET / HTTP/1.1\r\n\r\n")},
    {PAIR_SAYS, false, 0, RECORD("\x00")},
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

START_TEST(test_at_each_byte)
{
    const bool to_server = _i % 2 == 0;
    const uint32_t step = stride();

    measure();
    for (uint32_t at = (uint32_t)_i % step; at <= lengths[to_server]; at += step) {
        converse_begin("client");
        pair.fault = kinds[_i / 2];
        pair.fault.to_server = to_server;
        pair.fault.at = at;
        (void)converse();
        pair_stop();
    }
}
END_TEST

static uint32_t damaged_at;
static bool damaged_way;
static uint8_t damage_by;

static void damage(bool to_server, uint32_t at, uint8_t *bytes, uint32_t length)
{
    if (to_server == damaged_way && damaged_at >= at && damaged_at - at < length)
        bytes[damaged_at - at] ^= damage_by;
}

static const uint8_t bits[] = {0x01, 0x80, 0xff, 0x10};

START_TEST(test_damage_at_each_byte)
{
    const uint32_t step = stride();

    measure();
    damaged_way = _i % 2 == 0;
    damage_by = bits[_i / 2];
    for (damaged_at = (uint32_t)_i % step; damaged_at < lengths[damaged_way]; damaged_at += step) {
        converse_begin("client");
        pair.alter = damage;
        (void)converse();
        pair_stop();
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tls_hostile");
    TCase *tests = tcase_create("hostile");

    tcase_add_loop_test(tests, test_at_each_byte, 0, 2 * KINDS);
    tcase_add_loop_test(tests, test_damage_at_each_byte, 0, 2 * (int)sizeof bits);
    tcase_set_timeout(tests, 0);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
