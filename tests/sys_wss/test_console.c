/* SPDX-License-Identifier: MIT */
/* The console of SYS_WSS, by Harmony's command processor: what each command prints. */
#include "rig.h"
#include "sys_wss_console.h"
#include "wss_console.h"
#include "system/command/sys_command.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const SYS_CMD_DESCRIPTOR *group;
static char printed[1 << 14];

bool SYS_CMD_ADDGRP(const SYS_CMD_DESCRIPTOR *table, int count, const char *name, const char *help)
{
    ck_assert_int_eq(count, 1);
    ck_assert_str_eq(name, "syswss");
    ck_assert_ptr_nonnull(help);
    group = table;
    return true;
}

static void print(const void *parameter, const char *format, ...)
{
    size_t length = strlen(printed);
    va_list arguments;
    ck_assert_ptr_eq(parameter, &group);
    va_start(arguments, format);
    (void)vsnprintf(printed + length, sizeof printed - length, format, arguments);
    va_end(arguments);
}

/* Types a line; what is printed, with \n as the end of lines. */
static const char *type(const char *line)
{
    static const SYS_CMD_API api = {print};
    static SYS_CMD_DEVICE_NODE node = {&api, &group};
    static char words[64];
    char *argv[8];
    int argc = 0;
    printed[0] = '\0';
    snprintf(words, sizeof words, "%s", line);
    for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " "))
        argv[argc++] = word;
    group->function(&node, argc, argv);
    char *to = printed;
    for (const char *from = printed; *from != '\0'; from++)
        if (*from != '\r')
            *to++ = *from;
    *to = '\0';
    return printed;
}

static void setup(void)
{
    ck_assert(sys_wss_cmd_register());
    ck_assert_str_eq(group->word, "syswss");
    rig_start(NULL);
}

START_TEST(state)
{
    ck_assert_str_eq(type("syswss state"), "2 of 2 free\n");
    ck_assert_str_eq(type("syswss state 1"), "1: free\n");
    (void)rig_connect();
    wss_sim_end_t *peer = rig_open();
    ck_assert_str_eq(
        type("syswss state 0"),
        "0: CONNECTING, connection.server in upgrading, peer 192.0.2.1:49152, 0 bytes of frames "
        "received\n"
        "  timers: handshake 10000 ms\n"
        "  next: request page bad_request eof tcp_down t_handshake close abort\n");
    rig_frame(peer, 0x81, "abc", 3);
    ck_assert_str_eq(
        type("syswss state 1"),
        "1: CONNECTED, connection.server in open, peer 192.0.2.1:49153, 9 bytes of frames "
        "received\n"
        "  timers: idle 30000 ms\n"
        "  next: rx_data rx_ping rx_pong rx_close rx_bad close abort writable frame_sent eof "
        "tcp_down t_ping t_pong t_idle\n");
    rig_close_frame(peer, 1000, "");
    ck_assert_ptr_nonnull(strstr(type("syswss state 1"), "\n  ends: peer_close\n"));
    ck_assert_ptr_nonnull(strstr(type("syswss state"), "\n0 of 2 free\n"));
}
END_TEST

START_TEST(stats)
{
    uint8_t text[] = "abcde";
    wss_sim_end_t *peer = rig_open();
    rig_frame(peer, 0x81, "abc", 3);
    rig_frame(peer, 0x89, "", 0);
    (void)SYS_WSS_sendMessage(true, SYS_WSS_FRAME_TEXT, text, 5, 0);
    (void)SYS_WSS_sendMessage(true, SYS_WSS_FRAME_TEXT, text, 5, 1);
    wss_sim_peer_reset(peer);
    rig_settle();
    ck_assert_str_eq(type("syswss stats"), "connections 1, opened 1, closed 1, errors 1\n"
                                           "received 1 messages of 3 bytes, 1 pings\n"
                                           "sent 1 frames of 5 bytes, 1 calls refused\n");
}
END_TEST

START_TEST(close)
{
    ck_assert_str_eq(type("syswss close 0"), "0: not open\n");
    wss_sim_end_t *peer = rig_open();
    rig_told();
    ck_assert_str_eq(type("syswss close 0"), "");
    rig_expect("CLOSING(0) ");
    rig_settle();
    ck_assert_str_eq(rig_wire(peer), "88:\\x03\\xe8 ");
}
END_TEST

START_TEST(trace)
{
    (void)type("syswss trace on");
    (void)rig_connect();
    const char *line =
        strstr(printed, "0 0: connection.server in idle: accept, then upgrading (line ");
    ck_assert_msg(line != NULL, "%s", printed);
    (void)type("syswss stats");
    ck_assert_str_eq(type("syswss trace off"), "");
    (void)rig_connect();
    ck_assert_str_eq(printed, "");
}
END_TEST

static const struct {
    const char *line;
    const char *says;
} no_commands[] = {
    {"syswss", ""},
    {"syswss help", ""},
    {"syswss bogus", "\"bogus\" is not a command\n"},
    {"syswss state 2", "\"2\" is not an index: they are 0 to 1\n"},
    {"syswss state x", "\"x\" is not an index: they are 0 to 1\n"},
    {"syswss state -1", "\"-1\" is not an index: they are 0 to 1\n"},
    {"syswss state 0 0", "\"0\" is too much\n"},
    {"syswss stats 1", "\"1\" is too much\n"},
    {"syswss close", "close: INDEX has to follow\n"},
    {"syswss close 2", "\"2\" is not an index: they are 0 to 1\n"},
    {"syswss trace", "trace: on|off has to follow\n"},
    {"syswss trace up", "\"up\" is neither on nor off\n"},
    {"syswss close 99999999", "\"99999999\" is not an index: they are 0 to 1\n"},
};

START_TEST(what_is_no_command)
{
    const char *all = type(no_commands[_i].line);
    const char *list = strstr(all, "syswss state [INDEX]  ");
    ck_assert_ptr_nonnull(list);
    ck_assert_uint_eq((size_t)(list - all), strlen(no_commands[_i].says));
    ck_assert_int_eq(strncmp(all, no_commands[_i].says, (size_t)(list - all)), 0);
    ck_assert_ptr_nonnull(strstr(list, "\nsyswss stats "));
    ck_assert_ptr_nonnull(strstr(list, "\nsyswss close INDEX "));
    ck_assert_ptr_nonnull(strstr(list, "\nsyswss trace on|off "));
}
END_TEST

static void keep(void *context, const char *line)
{
    snprintf(context, sizeof printed, "%s", line);
}

START_TEST(nothing_is_counted)
{
    static const char *const words[] = {"stats"};
    wss_console_t console = {.name = "", .print = keep, .context = printed};
    ck_assert(wss_console_run(&console, 1, words));
    ck_assert_str_eq(printed, "nothing is counted");
}
END_TEST

START_TEST(without_a_service)
{
    rig_end();
    ck_assert_str_eq(type("syswss state"), "syswss: not done\n");
}
END_TEST

Suite *rig_suite(void)
{
    Suite *result = suite_create("sys_wss console");
    TCase *tests = tcase_create("console");
    tcase_add_checked_fixture(tests, setup, rig_end);
    tcase_add_test(tests, state);
    tcase_add_test(tests, stats);
    tcase_add_test(tests, close);
    tcase_add_test(tests, trace);
    tcase_add_loop_test(tests, what_is_no_command, 0,
                        (int)(sizeof no_commands / sizeof no_commands[0]));
    tcase_add_test(tests, nothing_is_counted);
    tcase_add_test(tests, without_a_service);
    suite_add_tcase(result, tests);
    return result;
}
