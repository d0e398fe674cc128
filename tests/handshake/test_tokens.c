/* SPDX-License-Identifier: MIT */
/*
 * A list costs what it is long, whatever it holds: each byte is looked at once or twice. Were it
 * looked at once for each byte before it, these tests would not end.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "wss_handshake.h"

enum { LENGTH = 2 * 1024 * 1024 };

static const char *const words[] = {"upgrade"};
static const wss_words_t set = {words, 1, true};

static const char *const starts[] = {"a", "a ", "(", "a\t", "\x80", "a,b c"};
static const char fillers[] = {'b', '(', ' ', ','};

START_TEST(any_list_is_read_in_time)
{
    const char *start = starts[(size_t)_i / sizeof fillers];
    uint8_t *list = malloc(LENGTH);
    wss_handshake_t h = {0};

    memset(list, fillers[(size_t)_i % sizeof fillers], LENGTH);
    memcpy(list, start, strlen(start));
    memcpy(list + LENGTH - 9, ",upgrade,", 9);
    wss_shake_begin(&h);
    ck_assert_uint_eq(wss_tokens_read(&h, &set, list, LENGTH), 1);
    free(list);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tokens");
    TCase *lists = tcase_create("lists");
    tcase_set_timeout(lists, 60);
    tcase_add_loop_test(lists, any_list_is_read_in_time, 0,
                        (int)(sizeof starts / sizeof starts[0] * sizeof fillers));
    suite_add_tcase(suite, lists);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
