/* SPDX-License-Identifier: MIT */
/*
 * The parent: starts one worker after the other, passes signals on, and waits. Each worker
 * is the leader of its own process group: what is typed at the terminal comes once, from the
 * parent.
 */
#include "wss_workers.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

static pid_t pids[WSS_WORKERS_MOST]; /* 0: it does not run */
static volatile sig_atomic_t stopping;

/* ------------------------------------------------------------------------- signals */

static void stop_all(int number)
{
    const int error = errno;

    (void)number;
    stopping = 1;
    for (uint32_t i = 0; i < WSS_WORKERS_MOST; i++) {
        if (pids[i] > 0)
            (void)kill(pids[i], SIGTERM);
    }
    errno = error;
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = stop_all};

    (void)sigfillset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

/* While `pids` changes. */
static void hold_signals(bool on)
{
    sigset_t both;

    (void)sigemptyset(&both);
    (void)sigaddset(&both, SIGINT);
    (void)sigaddset(&both, SIGTERM);
    (void)sigprocmask(on ? SIG_BLOCK : SIG_UNBLOCK, &both, NULL);
}

/* ------------------------------------------------------------------------ starting */

static bool fail(const char *what)
{
    fprintf(stderr, "wss: %s: %s\n", what, strerror(errno));
    return false;
}

/* `starter`: the parent, which may be gone already. */
static int work(const wss_workers_t *workers, int parent, pid_t starter)
{
    (void)signal(SIGINT, SIG_DFL);
    (void)signal(SIGTERM, SIG_DFL);
    (void)setpgid(0, 0);
#ifdef __linux__
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
    if (getppid() != starter)
        return 1;
    hold_signals(false);
    return workers->work(workers->context, workers->port, parent);
}

/* Starts a worker, whose end of the pipe is given away; none after a stop, which it would not
 * hear of. */
static bool begin(const wss_workers_t *workers, uint32_t index, const int ends[2])
{
    const pid_t starter = getpid();
    pid_t pid = -1;

    hold_signals(true);
    const bool wanted = stopping == 0;
    if (wanted)
        pid = fork();
    if (pid == 0) {
        (void)close(ends[0]);
        _exit(work(workers, ends[1], starter));
    }
    if (pid > 0)
        pids[index] = pid;
    hold_signals(false);
    (void)close(ends[1]);
    return pid > 0 || (wanted && fail("a process"));
}

/* The port that the worker listens on; false: it ended before that, and has said why. */
static bool await(int end, uint16_t *port)
{
    ssize_t count;

    do {
        count = read(end, port, sizeof *port);
    } while (count < 0 && errno == EINTR);
    (void)close(end);
    return count == (ssize_t)sizeof *port;
}

static bool start(wss_workers_t *workers, uint32_t index)
{
    int ends[2];

    if (pipe(ends) != 0)
        return fail("a pipe");
    if (begin(workers, index, ends))
        return await(ends[0], &workers->port);
    (void)close(ends[0]);
    return false;
}

void wss_worker_ready(int parent, uint16_t port)
{
    while (write(parent, &port, sizeof port) < 0 && errno == EINTR)
        continue;
    (void)close(parent);
}

/* ------------------------------------------------------------------------- waiting */

static uint32_t index_of(pid_t pid)
{
    uint32_t index = 0;

    while (index < WSS_WORKERS_MOST && pids[index] != pid)
        index++;
    return index;
}

/* Waits until a child has ended. It is forgotten before its number can be another process's;
 * `*index` becomes its place, or WSS_WORKERS_MOST. Returns 0 when there is no child. */
static pid_t reap(int *status, uint32_t *index)
{
    siginfo_t ended = {0};

    while (waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT) != 0) {
        if (errno != EINTR)
            return 0;
    }
    hold_signals(true);
    *index = index_of(ended.si_pid);
    if (*index < WSS_WORKERS_MOST)
        pids[*index] = 0;
    (void)waitpid(ended.si_pid, status, 0);
    hold_signals(false);
    return ended.si_pid;
}

/* A worker has ended. Returns whether the rest goes on as well as before. */
static bool bury(wss_workers_t *workers, uint32_t index, pid_t pid, int status)
{
    if (WIFEXITED(status))
        return WEXITSTATUS(status) == 0 && stopping != 0;
    if (stopping != 0)
        return true;
    fprintf(stderr, "wss: worker %ld ended by signal %d and is replaced\n", (long)pid,
            WTERMSIG(status));
    return start(workers, index) || stopping != 0;
}

static bool wait_for_all(wss_workers_t *workers, bool good)
{
    int status = 0;
    uint32_t index = 0;
    pid_t pid;

    while ((pid = reap(&status, &index)) > 0) {
        if (index == WSS_WORKERS_MOST || bury(workers, index, pid, status))
            continue;
        good = false;
        if (stopping == 0)
            stop_all(0);
    }
    return good;
}

int wss_workers_run(wss_workers_t *workers)
{
    bool good = true;

    catch_signals();
    for (uint32_t i = 0; i < workers->count && good && stopping == 0; i++)
        good = start(workers, i);
    good = stopping != 0 || (good && workers->ready(workers->context, workers->port));
    if (!good)
        stop_all(0);
    return wait_for_all(workers, good) ? 0 : 1;
}
