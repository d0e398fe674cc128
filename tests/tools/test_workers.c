/* SPDX-License-Identifier: MIT */
/*
 * The parent of workers hears of a stop just before it starts one, where no kill() of its own
 * can reach that one: wss_workers.c calls the pipe() of this file.
 */
#include "wss_workers.h"

#include <check.h>
#include <signal.h>
#include <unistd.h>

enum { PORT = 9001 };

static int pipes;
static int stop_at; /* the pipe before which SIGTERM comes */

int stopping_pipe(int ends[2]);

int stopping_pipe(int ends[2])
{
    if (++pipes == stop_at)
        (void)raise(SIGTERM);
    return pipe(ends);
}

/* Works until a signal ends it; `context`: the first one is killed by another. */
static int work(const void *context, uint16_t port, int parent)
{
    wss_worker_ready(parent, port);
    if (context != NULL && pipes == 1)
        (void)raise(SIGKILL);
    while (pause() < 0)
        continue;
    return 0;
}

static bool ready(const void *context, uint16_t port)
{
    (void)context, (void)port;
    return true;
}

START_TEST(a_stop_before_the_second_of_two)
{
    wss_workers_t workers = {.count = 2, .work = work, .ready = ready, .port = PORT};

    stop_at = 2;
    ck_assert_int_eq(wss_workers_run(&workers), 0);
    ck_assert_int_eq(pipes, 2);
}
END_TEST

START_TEST(a_stop_before_one_is_replaced)
{
    wss_workers_t workers = {
        .count = 1, .work = work, .ready = ready, .context = &workers, .port = PORT};

    stop_at = 2;
    ck_assert_int_eq(wss_workers_run(&workers), 0);
    ck_assert_int_eq(pipes, 2);
}
END_TEST

/* Each in a process of its own: the parent's flag is never taken back. */
int main(void)
{
    Suite *suite = suite_create("workers");
    TCase *cases = tcase_create("workers");

    tcase_add_test(cases, a_stop_before_the_second_of_two);
    tcase_add_test(cases, a_stop_before_one_is_replaced);
    tcase_set_timeout(cases, 60);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_FORK);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
