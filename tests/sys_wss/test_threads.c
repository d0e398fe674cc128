/* SPDX-License-Identifier: MIT */
/*
 * Calls from any task, over TCP: four threads send while one steps, and while the service
 * ends and begins. ThreadSanitizer watches in its build.
 */
#define _POSIX_C_SOURCE 200809L
#include "sys_wss.h"

#include <check.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SENDERS = 4, MESSAGES = 3000, ROUNDS = 200 };

static atomic_bool stop;
static atomic_int connected;
static atomic_int closed;
static int cookie;

static void on_event(SYS_WSS_EVENTS event, void *data, int32_t client, void *given)
{
    (void)data, (void)client;
    ck_assert_ptr_eq(given, &cookie);
    if (event == SYS_WSS_EVENT_CLIENT_CONNECTED)
        atomic_fetch_add(&connected, 1);
    if (event == SYS_WSS_EVENT_CLIENT_CLOSED)
        atomic_fetch_add(&closed, 1);
}

/* --------------------------------------------------------------------------- the peer */

static uint16_t free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    int holder = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(holder, (struct sockaddr *)&address, size), 0);
    ck_assert_int_eq(getsockname(holder, (struct sockaddr *)&address, &size), 0);
    (void)close(holder);
    return ntohs(address.sin_port);
}

static int dial(uint16_t port)
{
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons(port),
                                        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    for (;;) { /* until it listens */
        int peer = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(peer, (const struct sockaddr *)&address, sizeof address) == 0)
            return peer;
        (void)close(peer);
        (void)sched_yield();
    }
}

static void take(int peer, uint8_t *bytes, size_t length)
{
    for (size_t have = 0; have < length;) {
        ssize_t count = read(peer, bytes + have, length - have);
        ck_assert_int_gt(count, 0);
        have += (size_t)count;
    }
}

static void give(int peer, const char *bytes, size_t length)
{
    ck_assert_int_eq(write(peer, bytes, length), (ssize_t)length);
}

static void upgrade(int peer)
{
    static const char request[] = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
                                  "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    uint8_t last[4] = {0};
    give(peer, request, sizeof request - 1);
    while (memcmp(last, "\r\n\r\n", sizeof last) != 0) {
        memmove(last, last + 1, sizeof last - 1);
        take(peer, &last[3], 1);
    }
}

/* The next frame's first byte; its payload is terminated. */
static unsigned next_frame(int peer, char payload[126])
{
    uint8_t header[2];
    take(peer, header, sizeof header);
    ck_assert_uint_lt(header[1], 126);
    take(peer, (uint8_t *)payload, header[1]);
    payload[header[1]] = '\0';
    return header[0];
}

/* ------------------------------------------------------------------------- the threads */

static void *step(void *unused)
{
    (void)unused;
    while (!atomic_load(&stop)) {
        (void)SYS_WSS_Task(0);
        (void)sched_yield();
    }
    return NULL;
}

static void *send_all(void *number)
{
    for (int i = 0; i < MESSAGES; i++) {
        uint8_t text[32];
        int length = snprintf((char *)text, sizeof text, "%d %d", *(int *)number, i);
        int32_t client = i % 2 == 0 ? 0 : -1;
        while (SYS_WSS_sendMessage(true, SYS_WSS_FRAME_TEXT, text, (size_t)length, client) !=
               SYS_WSS_SUCCESS)
            (void)sched_yield();
        if (i % 16 == 0)
            (void)SYS_WSS_PingClient(text, (size_t)length, 0);
    }
    return NULL;
}

static void *call_anything(void *number)
{
    uint8_t text[] = "x";
    while (!atomic_load(&stop)) {
        (void)SYS_WSS_sendMessage(true, SYS_WSS_FRAME_TEXT, text, 1, 0);
        (void)SYS_WSS_PingClient(text, 1, -1);
        (void)SYS_WSS_register_callback(on_event, &cookie);
        if (*(int *)number == 0)
            (void)SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_GOING_AWAY, NULL, 0, -1);
        (void)sched_yield();
    }
    return NULL;
}

static pthread_t stepper, senders[SENDERS];
static int numbers[SENDERS];

static void start(uint16_t port)
{
    SYS_WSS_CONFIG config = {.port = port};
    while (SYS_WSS_Initialize(&config, on_event, &cookie) == SYS_MODULE_OBJ_INVALID)
        (void)sched_yield();
}

static void start_threads(void *(*work)(void *))
{
    atomic_store(&stop, false);
    atomic_store(&connected, 0);
    atomic_store(&closed, 0);
    ck_assert_int_eq(pthread_create(&stepper, NULL, step, NULL), 0);
    for (int i = 0; i < SENDERS; i++) {
        numbers[i] = i;
        ck_assert_int_eq(pthread_create(&senders[i], NULL, work, &numbers[i]), 0);
    }
}

static void join_senders(void)
{
    for (int i = 0; i < SENDERS; i++)
        ck_assert_int_eq(pthread_join(senders[i], NULL), 0);
}

static void join_stepper(void)
{
    atomic_store(&stop, true);
    ck_assert_int_eq(pthread_join(stepper, NULL), 0);
}

/* Each message whole, none lost, those of one thread in their order. */
START_TEST(four_threads_send)
{
    int next[SENDERS] = {0};
    char payload[126];
    uint16_t port = free_port();
    start(port);
    start_threads(send_all);
    int peer = dial(port);
    upgrade(peer);
    for (int left = SENDERS * MESSAGES; left > 0;) {
        int number, message;
        if (next_frame(peer, payload) != 0x81)
            continue;
        ck_assert_int_eq(sscanf(payload, "%d %d", &number, &message), 2);
        ck_assert_int_eq(message, next[number]++);
        left--;
    }
    join_senders();
    give(peer, "\x88\x80\0\0\0\0", 6);
    while (next_frame(peer, payload) != 0x88)
        continue;
    (void)close(peer);
    while (atomic_load(&closed) == 0)
        (void)sched_yield();
    join_stepper();
    SYS_WSS_Deinitialize();
    ck_assert_int_eq(atomic_load(&connected), 1);
}
END_TEST

START_TEST(the_service_ends_and_begins_while_others_call)
{
    uint16_t port = free_port();
    start(port);
    start_threads(call_anything);
    for (int i = 0; i < ROUNDS; i++) {
        int peer = dial(port);
        upgrade(peer);
        SYS_WSS_Deinitialize();
        (void)close(peer);
        start(port);
    }
    join_stepper();
    join_senders();
    SYS_WSS_Deinitialize();
    ck_assert_int_eq(atomic_load(&connected), atomic_load(&closed));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sys_wss threads");
    TCase *tests = tcase_create("threads");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, four_threads_send);
    tcase_add_test(tests, the_service_ends_and_begins_while_others_call);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
