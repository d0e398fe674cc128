/* SPDX-License-Identifier: MIT */
/*
 * The POSIX port under the contract suite, with real sockets on the loopback
 * interface as peers; and what only this port promises: other tasks, signals, forks,
 * running out of descriptors.
 */
#define _GNU_SOURCE
#include "port.h"
#include "wss_posix.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/epoll.h>
#include <sys/syscall.h>
#endif

enum { LOOKUPS = 2 };

static wss_posix_stream_t streams[PORT_STREAMS];
static uint8_t send_memory[PORT_STREAMS * PORT_ROOM];
static uint8_t hold_memory[PORT_STREAMS * PORT_HOLD];
static struct pollfd polls[PORT_STREAMS + WSS_POSIX_POLLS];
static wss_posix_lookup_t lookups[LOOKUPS];
static wss_posix_t posix;
static wss_hal_t hal;

static wss_posix_config_t config_of(void)
{
    return (wss_posix_config_t){
        .streams = streams,
        .stream_count = PORT_STREAMS,
        .send_memory = send_memory,
        .send_room = PORT_ROOM,
        .hold_memory = hold_memory,
        .hold_size = PORT_HOLD,
        .polls = polls,
        .threads = true,
        .lookups = lookups,
        .lookup_count = LOOKUPS,
    };
}

static wss_hal_t *port_open(void)
{
    const wss_posix_config_t config = config_of();

    /* Nothing may depend on the memory being zero. */
    memset(streams, 0xA5, sizeof streams);
    memset(polls, 0xA5, sizeof polls);
    memset(lookups, 0xA5, sizeof lookups);
    ck_assert_int_eq(wss_posix_init(&posix, &config, &hal), WSS_OK);
    return &hal;
}

static void port_close(void)
{
    wss_posix_close(&posix);
}

/* ----------------------------------------------------------------------- peers */

static bool has_v6(void)
{
    struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    const int fd = socket(AF_INET6, SOCK_STREAM, 0);
    const bool usable = fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0;

    if (fd >= 0)
        (void)close(fd);
    return usable;
}

static int call(uint16_t to, bool v6)
{
    struct sockaddr_in v4_address = {
        .sin_family = AF_INET, .sin_port = htons(to), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in6 v6_address = {
        .sin6_family = AF_INET6, .sin6_port = htons(to), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    const int small = 4096;
    const int fd = socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0);

    ck_assert_int_ge(fd, 0);
    /* Small buffers, so that a peer that does not read is felt soon. */
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    for (uint32_t i = 0; i < posix.listener_count; i++)
        (void)setsockopt(posix.listeners[i], SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    const int result = v6 ? connect(fd, (struct sockaddr *)&v6_address, sizeof v6_address)
                          : connect(fd, (struct sockaddr *)&v4_address, sizeof v4_address);
    if (result != 0) {
        (void)close(fd);
        return -1;
    }
    ck_assert_int_eq(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
    return fd;
}

static uint32_t give(int peer, const void *data, uint32_t length)
{
    const ssize_t count = send(peer, data, length, MSG_NOSIGNAL);

    return count > 0 ? (uint32_t)count : 0;
}

static int32_t take(int peer, void *buffer, uint32_t capacity)
{
    const ssize_t count = recv(peer, buffer, capacity, 0);

    if (count > 0)
        return (int32_t)count;
    if (count == 0)
        return WSS_ERR_EOF;
    return errno == EAGAIN ? 0 : WSS_ERR_NETWORK;
}

static void end(int peer)
{
    (void)shutdown(peer, SHUT_WR);
}

static void drop(int peer)
{
    (void)close(peer);
}

static void reset(int peer)
{
    const struct linger none = {.l_onoff = 1, .l_linger = 0};

    (void)setsockopt(peer, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    (void)close(peer);
}

const port_t port = {
    .open = port_open,
    .close = port_close,
    .has_v6 = has_v6,
    .call = call,
    .give = give,
    .take = take,
    .end = end,
    .reset = reset,
    .drop = drop,
    .v4_text = "127.0.0.1:",
    .v6_text = "[::1]:",
};

/* ------------------------------------------------------------- only this port */

static uint16_t listen_somewhere(void)
{
    const wss_endpoint_t anywhere = {.address = NULL, .port = 0};
    uint16_t number = 0;

    ck_assert_int_eq(hal.listen(hal.context, &anywhere, &number), WSS_OK);
    return number;
}

START_TEST(config_is_checked)
{
    wss_posix_t other;
    wss_hal_t unused;
    wss_posix_config_t config = config_of();

    config.streams = NULL;
    ck_assert_int_eq(wss_posix_init(&other, &config, &unused), WSS_ERR_CONFIG);
    config = config_of();
    config.send_room = 0;
    ck_assert_int_eq(wss_posix_init(&other, &config, &unused), WSS_ERR_CONFIG);
    config = config_of();
    config.lookups = NULL;
    ck_assert_int_eq(wss_posix_init(&other, &config, &unused), WSS_ERR_CONFIG);
}
END_TEST

START_TEST(init_touches_no_stream)
{
    (void)port_open();
    for (size_t i = 0; i < sizeof streams; i++)
        ck_assert_uint_eq(((const uint8_t *)streams)[i], 0xA5);
    port_close();
}
END_TEST

static void *wake_from_task(void *unused)
{
    hal.wake(hal.context);
    return unused;
}

START_TEST(another_task_wakes)
{
    pthread_t task;
    wss_ready_t ready[1];

    (void)port_open();
    ck_assert_int_eq(pthread_create(&task, NULL, wake_from_task, NULL), 0);
    ck_assert_int_eq(hal.wait(hal.context, WSS_FOREVER, ready, 1), 0);
    ck_assert_int_eq(pthread_join(task, NULL), 0);
    port_close();
}
END_TEST

static void wake_from_handler(int number)
{
    (void)number;
    hal.wake(hal.context);
}

static void *signal_main(void *main_task)
{
    (void)pthread_kill(*(pthread_t *)main_task, SIGUSR1);
    return NULL;
}

START_TEST(signal_handler_wakes)
{
    const struct sigaction action = {.sa_handler = wake_from_handler};
    pthread_t self = pthread_self();
    pthread_t task;
    wss_ready_t ready[1];

    (void)port_open();
    ck_assert_int_eq(sigaction(SIGUSR1, &action, NULL), 0);
    ck_assert_int_eq(pthread_create(&task, NULL, signal_main, &self), 0);
    ck_assert_int_eq(hal.wait(hal.context, WSS_FOREVER, ready, 1), 0);
    ck_assert_int_eq(pthread_join(task, NULL), 0);
    port_close();
}
END_TEST

static wss_stream_t *shared;

static void *send_from_task(void *unused)
{
    hal.lock(hal.context);
    ck_assert_int_eq(shared->ops->send(shared, (const uint8_t *)"task", 4), 4);
    (void)shared->ops->flush(shared);
    shared->ops->watch(shared, WSS_READY_READ | WSS_READY_WRITE);
    hal.unlock(hal.context);
    return unused;
}

START_TEST(another_task_sends_during_wait)
{
    pthread_t task;
    wss_ready_t ready[1];
    char text[8];

    (void)port_open();
    const int peer = call(listen_somewhere(), false);
    shared = hal.accept(hal.context, &shared);
    ck_assert_ptr_nonnull(shared);
    ck_assert_int_eq(pthread_create(&task, NULL, send_from_task, NULL), 0);
    int32_t count = 0;
    while (count == 0)
        count = hal.wait(hal.context, WSS_FOREVER, ready, 1);
    ck_assert_uint_eq(ready[0].what, WSS_READY_WRITE);
    ck_assert_int_eq(pthread_join(task, NULL), 0);
    ck_assert_int_eq(take(peer, text, sizeof text), 4);
    drop(peer);
    port_close();
}
END_TEST

START_TEST(tasks_and_processes_have_numbers)
{
    (void)port_open();
    const uint32_t parent = hal.process(hal.context);
    ck_assert_uint_eq(parent, (uint32_t)getpid());
    ck_assert_uint_eq(hal.task(hal.context), hal.task(hal.context));
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        _exit(hal.process(hal.context) == parent ? 1 : 0);
    int status = -1;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert_uint_eq(hal.process(hal.context), parent);
    port_close();
}
END_TEST

/* Lowers the limit of descriptors to those in use. */
static void leave_no_descriptor(struct rlimit *before)
{
    const int lowest = dup(0);
    struct rlimit now;

    ck_assert_int_ge(lowest, 0);
    (void)close(lowest);
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, before), 0);
    now = *before;
    now.rlim_cur = (rlim_t)lowest;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &now), 0);
}

START_TEST(out_of_descriptors_rests_then_accepts)
{
    struct rlimit before;
    wss_ready_t ready[1];
    int owner = 0;

    (void)port_open();
    const uint16_t number = listen_somewhere();
    const int peer = call(number, false);
    leave_no_descriptor(&before);
    ck_assert_int_eq(hal.wait(hal.context, WSS_FOREVER, ready, 1), 1);
    ck_assert_ptr_null(hal.accept(hal.context, &owner));
    ck_assert_int_eq(hal.wait(hal.context, 0, ready, 1), 0);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
    /* Another one, as Valgrind loses a connection that was not accepted. */
    const int second = call(number, false);
    ck_assert_int_eq(hal.wait(hal.context, WSS_FOREVER, ready, 1), 1);
    ck_assert_uint_eq(ready[0].what, WSS_READY_ACCEPT);
    ck_assert_ptr_nonnull(hal.accept(hal.context, &owner));
    drop(peer);
    drop(second);
    port_close();
}
END_TEST

#ifdef __linux__
static bool full; /* the kernel watches nothing more */

int epoll_ctl(int poller, int operation, int fd, struct epoll_event *event)
{
    if (full && operation == EPOLL_CTL_ADD) {
        errno = ENOSPC;
        return -1;
    }
    return (int)syscall(SYS_epoll_ctl, poller, operation, fd, event);
}

START_TEST(listeners_that_are_not_watched_are_tried_again)
{
    wss_ready_t ready[1];

    (void)port_open();
    full = true;
    const int first = call(listen_somewhere(), false);
    full = false;
    ck_assert_int_eq(hal.wait(hal.context, WSS_FOREVER, ready, 1), 1);
    ck_assert_uint_eq(ready[0].what, WSS_READY_ACCEPT);
    hal.accepting(hal.context, false);
    full = true;
    hal.accepting(hal.context, true);
    full = false;
    ck_assert_int_eq(hal.wait(hal.context, WSS_FOREVER, ready, 1), 1);
    ck_assert_uint_eq(ready[0].what, WSS_READY_ACCEPT);
    full = true;
    const int second = call(listen_somewhere(), false);
    full = false;
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(hal.wait(hal.context, WSS_FOREVER, ready, 1), 1);
        ck_assert_ptr_nonnull(hal.accept(hal.context, &full));
    }
    drop(first);
    drop(second);
    port_close();
}
END_TEST
#endif

/* Room is reported at every wait: the port never rests. */
START_TEST(out_of_descriptors_accepts_later_though_a_stream_is_ready)
{
    struct rlimit before;
    wss_ready_t ready[2];
    int owners[2] = {0};
    bool acceptable = false;

    (void)port_open();
    const uint16_t number = listen_somewhere();
    const int first = call(number, false);
    wss_stream_t *stream = hal.accept(hal.context, &owners[0]);
    stream->ops->watch(stream, WSS_READY_WRITE);
    const int second = call(number, false);
    leave_no_descriptor(&before);
    ck_assert_ptr_null(hal.accept(hal.context, &owners[1]));
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
    const int third = call(number, false);
    while (!acceptable) {
        const int32_t count = hal.wait(hal.context, WSS_FOREVER, ready, 2);
        for (int32_t i = 0; i < count; i++)
            acceptable = acceptable || ready[i].owner == NULL;
    }
    ck_assert_ptr_nonnull(hal.accept(hal.context, &owners[1]));
    drop(first);
    drop(second);
    drop(third);
    port_close();
}
END_TEST

/* The kernel's own buffers are filled, then more than the room is offered. */
START_TEST(large_send_needs_no_room)
{
    static uint8_t large[4 * PORT_ROOM];
    static uint8_t seen[sizeof large];
    int owner = 0;
    uint32_t got = 0;

    for (uint32_t i = 0; i < sizeof large; i++)
        large[i] = (uint8_t)(i * 7 + i / 256);
    (void)port_open();
    const int peer = call(listen_somewhere(), false);
    wss_stream_t *stream = hal.accept(hal.context, &owner);
    ck_assert_int_eq(stream->ops->send(stream, large, 10), 10);
    const int32_t sent = stream->ops->send(stream, large + 10, sizeof large - 10);
    ck_assert_int_ge(sent, PORT_ROOM);
    while (got < (uint32_t)sent + 10) {
        wss_ready_t ready[1];
        (void)hal.wait(hal.context, 1, ready, 1);
        const int32_t count = take(peer, seen + got, sizeof seen - got);
        got += count > 0 ? (uint32_t)count : 0;
    }
    ck_assert_mem_eq(seen, large, got);
    drop(peer);
    port_close();
}
END_TEST

START_TEST(recv_returns_no_more_than_can_be_held)
{
    static uint8_t bytes[4 * PORT_HOLD];
    wss_ready_t ready[1];
    int owner = 0;

    (void)port_open();
    const int peer = call(listen_somewhere(), false);
    wss_stream_t *stream = hal.accept(hal.context, &owner);
    ck_assert_uint_eq(give(peer, bytes, sizeof bytes), sizeof bytes);
    ck_assert_int_eq(hal.wait(hal.context, WSS_FOREVER, ready, 1), 1);
    ck_assert_int_eq(stream->ops->recv(stream, bytes, sizeof bytes), PORT_HOLD);
    drop(peer);
    port_close();
}
END_TEST

/* ----------------------------------------------------------------- host names */

static uint16_t listen_at(const char *address)
{
    const wss_endpoint_t where = {.address = address, .port = 0};
    uint16_t number = 0;

    ck_assert_int_eq(hal.listen(hal.context, &where, &number), WSS_OK);
    return number;
}

static wss_stream_t *dial(const char *host, uint16_t to, void *owner)
{
    const wss_dial_t whom = {.host = host, .port = to};

    hal.lock(hal.context);
    wss_stream_t *stream = hal.connect(hal.context, &whom, owner);
    hal.unlock(hal.context);
    ck_assert_ptr_nonnull(stream);
    return stream;
}

/* Waits until the stream is up or has failed; it says so exactly once. */
static wss_phase_t outcome(wss_stream_t *stream)
{
    for (;;) {
        wss_ready_t ready[8];
        const int32_t count = hal.wait(hal.context, WSS_FOREVER, ready, 8);
        ck_assert_int_ge(count, 0);
        for (int32_t i = 0; i < count; i++) {
            if (ready[i].owner != stream->owner)
                continue;
            ck_assert_uint_ne(ready[i].what & WSS_READY_PHASE, 0);
            ck_assert_int_ne(stream->ops->phase(stream), WSS_PHASE_CONNECTING);
            return stream->ops->phase(stream);
        }
    }
}

static void check_failure(const char *host, uint16_t to, const char *reason)
{
    int owner = 0;
    wss_stream_t *stream = dial(host, to, &owner);

    ck_assert_int_eq(outcome(stream), WSS_PHASE_FAILED);
    ck_assert_str_eq(stream->ops->reason(stream), reason);
    ck_assert_int_lt(stream->ops->send(stream, (const uint8_t *)"x", 1), 0);
    stream->ops->release(stream, true);
}

static void check_reached(const char *host, uint16_t to, const char *peer_text)
{
    char text[64];
    int owner = 0;
    wss_stream_t *stream = dial(host, to, &owner);

    ck_assert_msg(outcome(stream) == WSS_PHASE_UP, "%s", stream->ops->reason(stream));
    stream->ops->peer(stream, text, sizeof text);
    ck_assert_msg(strncmp(text, peer_text, strlen(peer_text)) == 0, "%s", text);
    stream->ops->release(stream, true);
}

START_TEST(localhost_is_the_family_that_answers)
{
    (void)port_open();
    check_reached("localhost", listen_at("127.0.0.1"), "127.0.0.1:");
    check_reached("LocalHost.", listen_at("127.0.0.1"), "127.0.0.1:");
    check_reached("a.localhost", listen_at("127.0.0.1"), "127.0.0.1:");
    if (has_v6())
        check_reached("localhost", listen_at("::1"), "[::1]:");
    port_close();
}
END_TEST

/* Fills the queue of a listener on ::1, so that the kernel drops every further SYN. */
static void be_silent(uint16_t number, int sockets[4])
{
    const struct sockaddr_in6 where = {
        .sin6_family = AF_INET6, .sin6_port = htons(number), .sin6_addr = IN6ADDR_LOOPBACK_INIT};

    for (int i = 0; i < 4; i++) {
        sockets[i] = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK, 0);
        ck_assert_int_ge(sockets[i], 0);
    }
    ck_assert_int_eq(bind(sockets[0], (const struct sockaddr *)&where, sizeof where), 0);
    ck_assert_int_eq(listen(sockets[0], 0), 0);
    for (int i = 1; i < 4; i++)
        (void)connect(sockets[i], (const struct sockaddr *)&where, sizeof where);
}

START_TEST(an_address_that_does_not_answer_gives_way)
{
    int sockets[4];
    wss_posix_config_t config = config_of();

    if (!has_v6())
        return;
    config.attempt_ms = 20;
    ck_assert_int_eq(wss_posix_init(&posix, &config, &hal), WSS_OK);
    const uint16_t number = listen_at("127.0.0.1");
    be_silent(number, sockets);
    check_reached("localhost", number, "127.0.0.1:");
    for (int i = 0; i < 4; i++)
        (void)close(sockets[i]);
    port_close();
}
END_TEST

/* A spelling of 127.0.0.1 that only the system's resolver knows. */
START_TEST(the_system_is_asked)
{
    (void)port_open();
    check_reached("127.1", listen_at("127.0.0.1"), "127.0.0.1:");
    port_close();
}
END_TEST

START_TEST(unknown_names_fail)
{
    (void)port_open();
    check_failure("example.invalid", 80, "The host name example.invalid is not known.");
    check_failure("INVALID.", 80, "The host name INVALID. is not known.");
    check_failure("", 80, "The host name is empty.");
    port_close();
}
END_TEST

START_TEST(long_names_fail)
{
    static const char last[] = ".invalid";
    char name[WSS_POSIX_NAME + 2];
    char reason[WSS_POSIX_NAME + 64];

    (void)port_open();
    memset(name, 'a', sizeof name);
    memcpy(name + WSS_POSIX_NAME + 1 - sizeof last, last, sizeof last);
    (void)snprintf(reason, sizeof reason, "The host name %s is not known.", name);
    check_failure(name, 80, reason);
    memcpy(name + WSS_POSIX_NAME + 2 - sizeof last, last, sizeof last);
    check_failure(name, 80, "The host name is too long.");
    port_close();
}
END_TEST

/* QEMU's user mode hands on the host's number of the error that a socket keeps. */
#ifdef __mips__
#define REFUSED "The connection failed."
#else
#define REFUSED "The peer refused the connection."
#endif

START_TEST(every_address_refuses)
{
    (void)port_open();
    const uint16_t number = listen_at("127.0.0.1");
    hal.unlisten(hal.context);
    check_failure("localhost", number, REFUSED);
    port_close();
}
END_TEST

START_TEST(names_without_lookups_fail)
{
    wss_posix_config_t config = config_of();

    config.lookups = NULL;
    config.lookup_count = 0;
    ck_assert_int_eq(wss_posix_init(&posix, &config, &hal), WSS_OK);
    check_failure("localhost", 80, "Host names are not looked up; give a numeric address.");
    port_close();
}
END_TEST

START_TEST(names_at_a_time_are_limited)
{
    int owners[LOOKUPS + 1];
    wss_stream_t *dialled[LOOKUPS];

    (void)port_open();
    for (int i = 0; i < LOOKUPS; i++) {
        dialled[i] = dial("example.invalid", 80, &owners[i]);
        ck_assert_int_eq(outcome(dialled[i]), WSS_PHASE_FAILED);
    }
    check_failure("localhost", 80, "Too many host names are being looked up.");
    ck_assert_str_eq(dialled[0]->ops->reason(dialled[0]),
                     "The host name example.invalid is not known.");
    for (int i = 0; i < LOOKUPS; i++)
        dialled[i]->ops->release(dialled[i], true);
    check_failure("example.invalid", 80, "The host name example.invalid is not known.");
    port_close();
}
END_TEST

START_TEST(a_connection_gives_its_lookup_back)
{
    int owners[PORT_STREAMS];

    (void)port_open();
    const uint16_t number = listen_at("127.0.0.1");
    for (int i = 0; i < PORT_STREAMS; i++)
        ck_assert_int_eq(outcome(dial("localhost", number, &owners[i])), WSS_PHASE_UP);
    port_close();
}
END_TEST

/* Whatever the helper is doing at that moment. Names of the system take longest. */
START_TEST(released_while_being_looked_up)
{
    wss_ready_t ready[8];
    int owner = 0;

    (void)port_open();
    const uint16_t number = listen_at("127.0.0.1");
    for (int i = 0; i < 500; i++) {
        wss_stream_t *stream = dial(i % 2 == 0 ? "127.1" : "localhost", number, &owner);
        for (int look = 0; look < i % 5; look++)
            (void)hal.wait(hal.context, 0, ready, 8);
        hal.lock(hal.context);
        stream->ops->release(stream, i % 3 == 0);
        hal.unlock(hal.context);
    }
    check_reached("127.1", number, "127.0.0.1:");
    port_close();
}
END_TEST

START_TEST(closed_while_being_looked_up)
{
    for (int i = 0; i < 100; i++) {
        (void)port_open();
        (void)dial("127.1", 80, &posix);
        port_close();
    }
}
END_TEST

/* What is asked of a stream that has no socket yet holds when it has one. */
START_TEST(early_calls_hold_through_a_lookup)
{
    char text[8] = "";
    int owner = 0;
    int far_owner = 0;

    (void)port_open();
    const uint16_t number = listen_at("127.0.0.1");
    wss_stream_t *stream = dial("localhost", number, &owner);
    hal.lock(hal.context);
    ck_assert_int_eq(stream->ops->send(stream, (const uint8_t *)"early", 5), 5);
    ck_assert_int_eq(stream->ops->flush(stream), WSS_WOULD_BLOCK);
    ck_assert_int_eq(stream->ops->recv(stream, (uint8_t *)text, sizeof text), 0);
    stream->ops->watch(stream, 0);
    stream->ops->finish(stream);
    hal.unlock(hal.context);
    wss_stream_t *far = NULL;
    while (far == NULL) {
        wss_ready_t ready[8];
        (void)hal.wait(hal.context, WSS_FOREVER, ready, 8);
        far = hal.accept(hal.context, &far_owner);
    }
    int32_t count = 0;
    while (count == 0) {
        wss_ready_t ready[8];
        (void)hal.wait(hal.context, WSS_FOREVER, ready, 8);
        count = far->ops->recv(far, (uint8_t *)text, sizeof text);
    }
    ck_assert_int_eq(count, 5);
    ck_assert_mem_eq(text, "early", 5);
    port_close();
}
END_TEST

TCase *port_cases(void)
{
    TCase *cases = tcase_create("posix");

    tcase_add_test(cases, config_is_checked);
    tcase_add_test(cases, init_touches_no_stream);
    tcase_add_test(cases, another_task_wakes);
    tcase_add_test(cases, signal_handler_wakes);
    tcase_add_test(cases, another_task_sends_during_wait);
    tcase_add_test(cases, tasks_and_processes_have_numbers);
    tcase_add_test(cases, out_of_descriptors_rests_then_accepts);
    tcase_add_test(cases, out_of_descriptors_accepts_later_though_a_stream_is_ready);
#ifdef __linux__
    tcase_add_test(cases, listeners_that_are_not_watched_are_tried_again);
#endif
    tcase_add_test(cases, large_send_needs_no_room);
    tcase_add_test(cases, recv_returns_no_more_than_can_be_held);
    tcase_add_test(cases, localhost_is_the_family_that_answers);
    tcase_add_test(cases, the_system_is_asked);
    tcase_add_test(cases, unknown_names_fail);
    tcase_add_test(cases, long_names_fail);
    tcase_add_test(cases, every_address_refuses);
    tcase_add_test(cases, names_without_lookups_fail);
    tcase_add_test(cases, names_at_a_time_are_limited);
    tcase_add_test(cases, an_address_that_does_not_answer_gives_way);
    tcase_add_test(cases, a_connection_gives_its_lookup_back);
    tcase_add_test(cases, released_while_being_looked_up);
    tcase_add_test(cases, closed_while_being_looked_up);
    tcase_add_test(cases, early_calls_hold_through_a_lookup);
    return cases;
}
