/* SPDX-License-Identifier: MIT */
/*
 * The example's reader of NATS: a conversation read whole, byte by byte and cut in two at
 * every place gives the same operations; what is no NATS breaks the stream. Bytes are
 * copied to memory of exactly their length, so that sanitizers see a read beyond it.
 */
#include "nats_parser.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOG = 4096, LONG = 2000 };

typedef struct reader {
    nats_parser_t parser;
    size_t length;
    char log[LOG];
} reader_t;

static void note(reader_t *reader, const nats_said_t *said)
{
    static const char *const names[] = {"nothing", "broken", "info", "msg",
                                        "ping",    "pong",   "ok",   "err"};
    int added = snprintf(reader->log + reader->length, LOG - reader->length, "%s %s[%s][%s]\n",
                         names[said->verb], said->subject, said->header, said->text);
    ck_assert_int_gt(added, 0);
    reader->length += (size_t)added;
    ck_assert_uint_lt(reader->length, LOG);
}

static void feed(reader_t *reader, const char *text, size_t length)
{
    uint8_t *bytes = malloc(length > 0 ? length : 1);
    nats_said_t said;
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, text, length);
    for (size_t at = 0; at < length;) {
        size_t used = nats_parse(&reader->parser, bytes + at, length - at, &said);
        ck_assert_uint_gt(used, 0);
        ck_assert_uint_le(used, length - at);
        at += used;
        if (said.verb == NATS_NOTHING || said.verb == NATS_BROKEN)
            ck_assert_uint_eq(at, length);
        if (said.verb != NATS_NOTHING)
            note(reader, &said);
    }
    free(bytes);
}

/* ---------------------------------------------------------------------- conversations */

static const char conversation[] = "INFO {\"server_id\":\"n\"}\r\n"
                                   "+OK\r\n"
                                   "PING\r\n"
                                   "PONG\r\n"
                                   "MSG a.b 1 5\r\nhello\r\n"
                                   "MSG a.b 1 c.d 0\r\n\r\n"
                                   "MSG \t a  1\t4 \r\n\r\n\r\n\r\n"
                                   "HMSG i.c 1 16 16\r\nNATS/1.0 503\r\n\r\n\r\n"
                                   "HMSG i.p 12 r 18 21\r\nNATS/1.0\r\nA: b\r\n\r\nxyz\r\n"
                                   "-ERR 'Slow Consumer'\r\n"
                                   "PING\r\n";

static const char heard[] = "info [][{\"server_id\":\"n\"}]\n"
                            "ok [][]\n"
                            "ping [][]\n"
                            "pong [][]\n"
                            "msg a.b[][hello]\n"
                            "msg a.b[][]\n"
                            "msg a[][\r\n\r\n]\n"
                            "msg i.c[NATS/1.0 503\r\n\r\n][]\n"
                            "msg i.p[NATS/1.0\r\nA: b\r\n\r\n][xyz]\n"
                            "err []['Slow Consumer']\n"
                            "ping [][]\n";

START_TEST(every_cut_gives_the_same)
{
    const size_t length = strlen(conversation);
    for (size_t cut = 0; cut <= length; cut++) {
        reader_t reader = {0};
        feed(&reader, conversation, cut);
        feed(&reader, conversation + cut, length - cut);
        ck_assert_str_eq(reader.log, heard);
    }
}
END_TEST

START_TEST(bytes_may_come_alone)
{
    reader_t reader = {0};
    for (size_t at = 0; at < strlen(conversation); at++)
        feed(&reader, conversation + at, 1);
    ck_assert_str_eq(reader.log, heard);
}
END_TEST

/* ------------------------------------------------------------------------ what is kept */

/* `start`, LONG times 'x', `end`, and a PING that shows where that ended. */
static void feed_long(reader_t *reader, const char *start, const char *end)
{
    static char fill[LONG];
    memset(fill, 'x', sizeof fill);
    feed(reader, start, strlen(start));
    feed(reader, fill, sizeof fill);
    feed(reader, end, strlen(end));
    feed(reader, "PING\r\n", 6);
}

static size_t count_x(const char *log)
{
    size_t count = 0;
    for (; *log != '\0'; log++)
        count += *log == 'x';
    return count;
}

START_TEST(of_long_texts_the_start_is_kept)
{
    static const struct {
        const char *start;
        const char *end;
        size_t kept;
    } cases[] = {
        {"INFO ", "\r\n", NATS_LINE - 5},
        {"-ERR ", "\r\n", NATS_LINE - 5},
        {"MSG a 1 2000\r\n", "\r\n", NATS_TEXT},
        {"HMSG a 1 2000 2000\r\n", "\r\n", NATS_HEADER},
        {"HMSG a 1 5 2005\r\nabcde", "\r\n", NATS_TEXT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        reader_t reader = {0};
        feed_long(&reader, cases[i].start, cases[i].end);
        ck_assert_uint_eq(count_x(reader.log), cases[i].kept);
        ck_assert_ptr_nonnull(strstr(reader.log, "ping"));
        ck_assert_ptr_null(strstr(reader.log, "broken"));
    }
}
END_TEST

START_TEST(nothing_is_left_of_the_message_before)
{
    reader_t reader = {0};
    const char *text = "HMSG a 1 4 8\r\nheadtext\r\nHMSG a 1 1 2\r\nht\r\nMSG a 1 1\r\nt\r\n";
    feed(&reader, text, strlen(text));
    ck_assert_str_eq(reader.log, "msg a[head][text]\nmsg a[h][t]\nmsg a[][t]\n");
}
END_TEST

/* ------------------------------------------------------------------------ what is not NATS */

START_TEST(nonsense_breaks_the_stream)
{
    static const char *const cases[] = {
        "\r\n",
        "\n",
        "PING\n",
        "PING \r\n",
        "ping\r\n",
        "INFO\r\n",
        "HTTP/1.1 400 Bad Request\r\n",
        "MSG a 1\r\n",
        "MSG a 1 b c 5\r\n",
        "MSG a 1 b c d e f 5\r\n",
        "MSG a 1 x\r\n",
        "MSG a 1 -1\r\n",
        "MSG a 1 1x\r\n",
        "MSG a 1 1234567890\r\n",
        "HMSG a 1 5\r\n",
        "HMSG a 1 r s 1 5\r\n",
        "HMSG a 1 6 5\r\n",
        "HMSG a 1 x 5\r\n",
        "MSG a 1 2\r\nabc\r\n",
        "MSG a 1 2\r\nab\n",
        "MSG a 1 2\r\nab\r\r\n",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        reader_t reader = {0};
        feed(&reader, cases[i], strlen(cases[i]));
        ck_assert_msg(strcmp(reader.log, "broken [][]\n") == 0, "%s: %s", cases[i], reader.log);
        feed(&reader, "PING\r\n", 6);
        ck_assert_str_eq(reader.log, "broken [][]\nbroken [][]\n");
    }
}
END_TEST

START_TEST(a_message_whose_line_is_too_long_breaks_the_stream)
{
    reader_t reader = {0};
    feed_long(&reader, "MSG a", " 1 0\r\n\r\n");
    ck_assert_ptr_nonnull(strstr(reader.log, "broken"));
    ck_assert_ptr_null(strstr(reader.log, "ping"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("nats_parser");
    TCase *cases = tcase_create("all");
    tcase_add_test(cases, every_cut_gives_the_same);
    tcase_add_test(cases, bytes_may_come_alone);
    tcase_add_test(cases, of_long_texts_the_start_is_kept);
    tcase_add_test(cases, nothing_is_left_of_the_message_before);
    tcase_add_test(cases, nonsense_breaks_the_stream);
    tcase_add_test(cases, a_message_whose_line_is_too_long_breaks_the_stream);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
