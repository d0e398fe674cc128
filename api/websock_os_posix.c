/* SPDX-License-Identifier: MIT */
/* websock_os.h on POSIX threads. */
#define _POSIX_C_SOURCE 200809L
#include "websock_os.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t all = PTHREAD_MUTEX_INITIALIZER;

void websock_os_enter(void)
{
    (void)pthread_mutex_lock(&all);
}

void websock_os_leave(void)
{
    (void)pthread_mutex_unlock(&all);
}

/* ------------------------------------------------------------------- monitors */

static bool prepare_condition(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0)
        return false;
    bool good = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
                pthread_cond_init(condition, &attributes) == 0;
    (void)pthread_condattr_destroy(&attributes);
    return good;
}

bool websock_os_prepare(websock_os_monitor_t *monitor)
{
    if (pthread_mutex_init(&monitor->mutex, NULL) != 0)
        return false;
    if (prepare_condition(&monitor->changed))
        return true;
    (void)pthread_mutex_destroy(&monitor->mutex);
    return false;
}

void websock_os_lock(websock_os_monitor_t *monitor)
{
    (void)pthread_mutex_lock(&monitor->mutex);
}

void websock_os_unlock(websock_os_monitor_t *monitor)
{
    (void)pthread_mutex_unlock(&monitor->mutex);
}

void websock_os_wait(websock_os_monitor_t *monitor, uint32_t timeout)
{
    struct timespec end;
    (void)clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += (time_t)(timeout / 1000);
    end.tv_nsec += (long)(timeout % 1000) * 1000000L;
    if (end.tv_nsec >= 1000000000L) {
        end.tv_sec++;
        end.tv_nsec -= 1000000000L;
    }
    (void)pthread_cond_timedwait(&monitor->changed, &monitor->mutex, &end);
}

void websock_os_notify(websock_os_monitor_t *monitor)
{
    (void)pthread_cond_broadcast(&monitor->changed);
}

/* -------------------------------------------------------------------- threads */

static void *begin(void *argument)
{
    websock_os_thread_t *thread = argument;
    thread->run(thread->context);
    return NULL;
}

/* Signals are the business of the program's own threads. */
bool websock_os_start(websock_os_thread_t *thread, void (*run)(void *context), void *context)
{
    sigset_t every;
    sigset_t before;
    thread->run = run;
    thread->context = context;
    (void)sigfillset(&every);
    if (pthread_sigmask(SIG_SETMASK, &every, &before) != 0)
        return false;
    bool good = pthread_create(&thread->id, NULL, begin, thread) == 0;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return good;
}

bool websock_os_is_self(const websock_os_thread_t *thread)
{
    return pthread_equal(thread->id, pthread_self()) != 0;
}

void websock_os_join(websock_os_thread_t *thread)
{
    (void)pthread_join(thread->id, NULL);
}

void websock_os_detach(websock_os_thread_t *thread)
{
    (void)pthread_detach(thread->id);
}

void websock_os_log(const char *what, const char *why)
{
    (void)fprintf(stderr, "websock: %s%s%s\n", what, *why != '\0' ? " " : "", why);
}
