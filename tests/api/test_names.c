/* SPDX-License-Identifier: MIT */
/*
 * Everything has a name: results, and what the specification declares. The names are unique, and
 * what does not exist is "?".
 */
#include <check.h>
#include <string.h>

#include "peers.h"
#include "wss/wss_inspect.h"
#include "wss/wss_session.h"
#include "wss_machines.h"
#include "wss_names.h"

typedef const char *name_t(unsigned value);

static const char *result_name(unsigned value)
{
    return wss_result_name((wss_result_t)(WSS_WOULD_BLOCK - (int)value));
}

static const char *end_name(unsigned value)
{
    return wss_session_end_name((wss_session_end_t)value);
}

/* Consecutive values, of which the first one and the last one are known. */
static void check_names(name_t *name, unsigned count, const char *first, const char *last)
{
    ck_assert_str_eq(name(0), first);
    ck_assert_str_eq(name(count - 1), last);
    ck_assert_str_eq(name(count), "?");
    for (unsigned i = 0; i < count; i++) {
        ck_assert_str_ne(name(i), "?");
        ck_assert_str_ne(name(i), "");
        for (unsigned k = 0; k < i; k++)
            ck_assert_str_ne(name(i), name(k));
    }
}

START_TEST(lists_of_values)
{
    check_names(result_name, WSS_WOULD_BLOCK - WSS_ERR_UNSUPPORTED + 1, "WSS_WOULD_BLOCK",
                "WSS_ERR_UNSUPPORTED");
    check_names(wss_reason_name, WSS_REASON_COUNT, "none", "close_not_utf8");
    check_names(wss_reason_text, WSS_REASON_COUNT, "Nothing has ended the connection yet.",
                "The reason in a Close frame is not UTF-8.");
    check_names(wss_rejection_name, WSS_REJECT_HTTP_VERSION_NEW + 1, "malformed",
                "http_version_new");
    check_names(wss_rejection_text, WSS_REJECT_HTTP_VERSION_NEW + 1,
                "The request is not well-formed HTTP/1.1.", "Only HTTP/1.1 is supported.");
    check_names(wss_public_state_name, 4, "CLOSED", "CLOSING");
    check_names(wss_timer_name, WSS_TIMER_COUNT, "handshake", "linger");
    check_names(wss_session_timer_name, 1, "backoff", "backoff");
    check_names(end_name, WSS_SESSION_CHALLENGED + 1, "running", "challenged");
    ck_assert_str_eq(wss_result_name(WSS_OK), "WSS_OK");
    ck_assert_str_eq(wss_result_name((wss_result_t)7), "?");
}
END_TEST

START_TEST(opcodes_have_gaps)
{
    static const char *const names[] = {"continuation", "text", "binary", "?", "?", "?", "?", "?",
                                        "close",        "ping", "pong",   "?", "?"};
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++)
        ck_assert_str_eq(wss_opcode_name(i), names[i]);
}
END_TEST

START_TEST(close_codes_have_ranges)
{
    static const struct {
        unsigned code;
        const char *name;
    } cases[] = {{999, "?"},         {1000, "normal"},        {1004, "?"},
                 {1006, "abnormal"}, {1015, "tls_handshake"}, {1016, "?"},
                 {2999, "?"},        {3000, "registered"},    {3999, "registered"},
                 {4000, "private"},  {4999, "private"},       {5000, "?"}};
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_str_eq(wss_close_code_name(cases[i].code), cases[i].name);
}
END_TEST

START_TEST(machines_and_what_they_have)
{
    const unsigned server = WSS_MACHINE_CONNECTION_SERVER, none = WSS_MACHINE_COUNT;
    ck_assert_str_eq(wss_machine_name(WSS_MACHINE_CONNECTION_CLIENT), "connection.client");
    ck_assert_str_eq(wss_machine_name(none), "?");
    ck_assert_str_eq(wss_state_name(server, WSS_ST_OPEN), "open");
    ck_assert_str_eq(wss_state_name(server, 99), "?");
    ck_assert_str_eq(wss_state_name(none, 0), "?");
    ck_assert_str_eq(wss_event_name(server, WSS_EV_RX_PING), "rx_ping");
    ck_assert_str_eq(wss_event_name(server, 99), "?");
    ck_assert_str_eq(wss_event_name(none, 0), "?");
    ck_assert_str_eq(wss_guard_name(server, WSS_GUARD_STREAMING), "streaming");
    ck_assert_str_eq(wss_guard_name(server, 99), "?");
    ck_assert_str_eq(wss_guard_name(none, 0), "?");
    ck_assert_str_eq(wss_action_name(server, WSS_ACT_DELIVER), "deliver");
    ck_assert_str_eq(wss_action_name(server, 99), "?");
    ck_assert_str_eq(wss_action_name(none, 0), "?");
    ck_assert_uint_gt(wss_row_line(server, 0), 100);
    ck_assert_uint_eq(wss_row_line(server, 9999), 0);
    ck_assert_uint_eq(wss_row_line(none, 0), 0);
}
END_TEST

/* ------------------------------------------------------------------ connections */

static bool handles(const wss_inspection_t *it, const char *event)
{
    for (unsigned i = 0; wss_inspect_event(it, i) != NULL; i++)
        if (strcmp(wss_inspect_event(it, i), event) == 0)
            return true;
    return false;
}

START_TEST(a_connection_is_looked_at)
{
    wss_inspection_t it;
    send_masked(peers[1], 0x82, "x");
    ck_assert(wss_inspect(&loop, wss_index(opened[1]), &it));
    ck_assert_str_eq(it.machine, "connection.server");
    ck_assert_str_eq(it.state, "open");
    ck_assert_int_eq(it.public_state, WSS_CONNECTED);
    ck_assert_int_eq(it.cause, WSS_REASON_NONE);
    ck_assert_uint_eq(it.received, 7);
    send_masked(peers[1], 0x89, "ping");
    ck_assert(wss_inspect(&loop, wss_index(opened[1]), &it));
    ck_assert_uint_eq(it.received, 7 + 10);
    ck_assert_uint_eq(it.left[WSS_TIMER_CLOSE], WSS_FOREVER);
    ck_assert_uint_eq(it.left[WSS_TIMER_IDLE], 60000);
    ck_assert(handles(&it, "rx_close"));
    ck_assert(!handles(&it, "tcp_up"));
    ck_assert(!wss_inspect(&loop, PEERS, &it));
    it.machine_number = WSS_MACHINE_SESSION_CLIENT;
    ck_assert_ptr_null(wss_inspect_event(&it, 0));
}
END_TEST

/* No two of the events of a state are the same, although rows share them. */
START_TEST(events_are_named_once)
{
    wss_inspection_t it;
    ck_assert(wss_inspect(&loop, 0, &it));
    for (unsigned i = 0; wss_inspect_event(&it, i) != NULL; i++)
        for (unsigned k = 0; k < i; k++)
            ck_assert_str_ne(wss_inspect_event(&it, i), wss_inspect_event(&it, k));
}
END_TEST

START_TEST(a_client_is_looked_at)
{
    static const wss_target_t target = {.host = "a"};
    wss_inspection_t it;
    wss_conn_t *conn;
    ck_assert_int_eq(wss_abort(opened[0]), WSS_OK);
    settle();
    ck_assert_int_eq(wss_connect(&loop, &target, NULL, &conn), WSS_OK);
    ck_assert(wss_inspect(&loop, wss_index(conn), &it));
    ck_assert_str_eq(it.machine, "connection.client");
    ck_assert_str_eq(it.state, "connecting");
    ck_assert(handles(&it, "tcp_up"));
    ck_assert(!handles(&it, "rx_close"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("names");
    TCase *alone = tcase_create("alone");
    tcase_add_test(alone, lists_of_values);
    tcase_add_test(alone, opcodes_have_gaps);
    tcase_add_test(alone, close_codes_have_ranges);
    tcase_add_test(alone, machines_and_what_they_have);
    suite_add_tcase(suite, alone);
    TCase *open = tcase_create("open");
    tcase_add_checked_fixture(open, setup, teardown);
    tcase_add_test(open, a_connection_is_looked_at);
    tcase_add_test(open, events_are_named_once);
    tcase_add_test(open, a_client_is_looked_at);
    suite_add_tcase(suite, open);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
