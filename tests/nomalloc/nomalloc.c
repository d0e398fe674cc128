/* SPDX-License-Identifier: MIT */
/*
 * A preloaded library that ends a process which uses the heap after it first waited for
 * events. Knows glibc and nothing of the engine.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *pointer);

static int started;
static int (*real_epoll_wait)(int, struct epoll_event *, int, int);
static int (*real_poll)(struct pollfd *, nfds_t, int);

__attribute__((constructor)) static void find_real(void)
{
    *(void **)&real_epoll_wait = dlsym(RTLD_NEXT, "epoll_wait");
    *(void **)&real_poll = dlsym(RTLD_NEXT, "poll");
}

static void check(const char *function)
{
    static const char words[] = "nomalloc: called after the start: ";

    if (!started)
        return;
    if (write(STDERR_FILENO, words, sizeof words - 1) < 0 ||
        write(STDERR_FILENO, function, strlen(function)) < 0 || write(STDERR_FILENO, "\n", 1) < 0)
        _exit(3);
    abort();
}

int epoll_wait(int poller, struct epoll_event *events, int count, int timeout)
{
    started = 1;
    return real_epoll_wait(poller, events, count, timeout);
}

int poll(struct pollfd *polls, nfds_t count, int timeout)
{
    started = 1;
    return real_poll(polls, count, timeout);
}

void *malloc(size_t size)
{
    check("malloc");
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    check("calloc");
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    check("realloc");
    return __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size)
{
    check("memalign");
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    check("aligned_alloc");
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size)
{
    check("posix_memalign");
    *result = __libc_memalign(alignment, size);
    return *result == NULL ? ENOMEM : 0;
}

void free(void *pointer)
{
    check("free");
    __libc_free(pointer);
}
