/* SPDX-License-Identifier: MIT */
/*
 * One connection, many threads: a receiver and two senders against an echo server of the
 * engine in the same program, and a close while they work. For ThreadSanitizer above all.
 */
#define _POSIX_C_SOURCE 200809L
#include <check.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include <wss/wss.h>
#include <wss_crypto_mbedtls.h>
#include <wss_posix_static.h>

#include "websock.h"

enum { MESSAGES = 400, LONGEST = 6000, MINUTE = 60000 };

WSS_POSIX_STATIC(memory, 8, 8192);

static wss_posix_t posix;
static wss_crypto_mbedtls_t generator;
static wss_loop_t loop;
static wss_hal_t hal;
static wss_crypto_t crypto;
static uint16_t port;
static pthread_t server;
static atomic_bool stopping;

static wss_result_t echo(wss_conn_t *conn, const wss_data_t *data)
{
    return wss_send(conn, data->type, data->bytes, data->length, data->last ? WSS_FINAL : WSS_MORE);
}

static void *serve(void *unused)
{
    while (!atomic_load(&stopping))
        (void)wss_loop_step(&loop, WSS_FOREVER);
    wss_loop_abort(&loop);
    return unused;
}

static void setup(void)
{
    static const wss_handler_t handler = {.on_data = echo};
    static wss_config_t config;
    wss_posix_config_t threaded = memory; /* another thread steps than the one that began */
    const wss_endpoint_t where = {.address = "127.0.0.1"};
    config = (wss_config_t){.hal = &hal,
                            .crypto = &crypto,
                            .handler = &handler,
                            .max_message = UINT64_MAX,
                            .ping_interval = WSS_OFF,
                            WSS_POSIX_MEMORY(memory)};
    threaded.threads = true;
    ck_assert_int_eq(wss_posix_init(&posix, &threaded, &hal), WSS_OK);
    ck_assert_int_eq(wss_crypto_mbedtls_init(&generator, &hal, &crypto), WSS_OK);
    ck_assert_int_eq(wss_loop_init(&loop, &config), WSS_OK);
    ck_assert_int_eq(wss_listen(&loop, &where, &port), WSS_OK);
    atomic_store(&stopping, false);
    ck_assert_int_eq(pthread_create(&server, NULL, serve, NULL), 0);
}

static void teardown(void)
{
    atomic_store(&stopping, true);
    wss_loop_wake(&loop);
    ck_assert_int_eq(pthread_join(server, NULL), 0);
    wss_posix_close(&posix);
    wss_crypto_mbedtls_free(&generator);
}

static websock_handle_t connect_to_server(void)
{
    char host[] = "127.0.0.1";
    websock_config_t config = {.hostname = host, .port = port};
    websock_handle_t handle = websock_open(&config);
    ck_assert_ptr_nonnull(handle);
    return handle;
}

/* --------------------------------------------------------------------- exchange */

typedef struct sender {
    websock_handle_t handle;
    char letter;
    int (*send)(websock_handle_t handle, char *payload, int len);
    int result;
} sender_t;

/* Messages of equal letters, of all lengths up to LONGEST. */
static void *send_all(void *context)
{
    sender_t *self = context;
    static _Thread_local char payload[LONGEST];
    memset(payload, self->letter, sizeof payload);
    for (int i = 0; i < MESSAGES && self->result == 0; i++)
        self->result = self->send(self->handle, payload, 1 + i * (LONGEST - 1) / MESSAGES);
    return NULL;
}

typedef struct tally {
    websock_handle_t handle;
    long long bytes[2]; /* of each letter */
    int messages;
    char letter; /* of the message being received */
    int mixed;
} tally_t;

static void count_piece(tally_t *tally, const websock_msg_hdr_t *header, const char *piece,
                        int length, long long *left)
{
    if (*left == 0)
        *left = header->payload_len;
    for (int i = 0; i < length; i++) {
        if (tally->letter == 0)
            tally->letter = piece[i];
        tally->mixed += piece[i] != tally->letter;
        tally->bytes[piece[i] == 'b']++;
    }
    *left -= length;
    if (*left == 0 && header->fin) {
        tally->messages++;
        tally->letter = 0;
    }
}

static void *receive_all(void *context)
{
    tally_t *tally = context;
    websock_msg_hdr_t header;
    char piece[777];
    long long left = 0;
    while (tally->messages < 2 * MESSAGES) {
        int length = sizeof piece;
        int count = websock_recv(tally->handle, &header, piece, &length, MINUTE);
        if (count < 0 || header.opcode < 0)
            break;
        count_piece(tally, &header, piece, count, &left);
    }
    return NULL;
}

static long long bytes_of_one(void)
{
    long long bytes = 0;
    for (int i = 0; i < MESSAGES; i++)
        bytes += 1 + i * (LONGEST - 1) / MESSAGES;
    return bytes;
}

START_TEST(a_receiver_and_two_senders)
{
    websock_handle_t handle = connect_to_server();
    tally_t tally = {.handle = handle};
    sender_t senders[] = {{.handle = handle, .letter = 'a', .send = websock_send_text},
                          {.handle = handle, .letter = 'b', .send = websock_send_binary}};
    pthread_t threads[3];
    ck_assert_int_eq(pthread_create(&threads[0], NULL, receive_all, &tally), 0);
    ck_assert_int_eq(pthread_create(&threads[1], NULL, send_all, &senders[0]), 0);
    ck_assert_int_eq(pthread_create(&threads[2], NULL, send_all, &senders[1]), 0);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    websock_close(handle);
    ck_assert_int_eq(senders[0].result, 0);
    ck_assert_int_eq(senders[1].result, 0);
    ck_assert_int_eq(tally.messages, 2 * MESSAGES);
    ck_assert_int_eq(tally.mixed, 0);
    ck_assert_int_eq(tally.bytes[0], bytes_of_one());
    ck_assert_int_eq(tally.bytes[1], bytes_of_one());
}
END_TEST

/* ------------------------------------------------------------------------ leaving */

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t counted = PTHREAD_COND_INITIALIZER;
static int echoed;

static void count(void)
{
    ck_assert_int_eq(pthread_mutex_lock(&mutex), 0);
    echoed++;
    ck_assert_int_eq(pthread_cond_signal(&counted), 0);
    ck_assert_int_eq(pthread_mutex_unlock(&mutex), 0);
}

static void wait_for(int number)
{
    ck_assert_int_eq(pthread_mutex_lock(&mutex), 0);
    while (echoed < number)
        ck_assert_int_eq(pthread_cond_wait(&counted, &mutex), 0);
    ck_assert_int_eq(pthread_mutex_unlock(&mutex), 0);
}

static void *count_messages(void *context)
{
    websock_msg_hdr_t header;
    char piece[16];
    int length;
    do {
        length = sizeof piece;
        if (websock_recv(context, &header, piece, &length, MINUTE) > 0)
            count();
    } while (header.opcode >= 0);
    return NULL;
}

/* Nothing but what is sent wakes the thread that waits in a step: no Ping comes from either
 * side. One message that stays behind, and this stops. */
START_TEST(each_message_leaves_at_once)
{
    websock_handle_t handle = connect_to_server();
    pthread_t receiver;
    char letter[] = "x";
    echoed = 0;
    ck_assert_int_eq(pthread_create(&receiver, NULL, count_messages, handle), 0);
    for (int i = 1; i <= 5000; i++) {
        ck_assert_int_eq(websock_send_text(handle, letter, 1), 0);
        wait_for(i);
    }
    websock_close(handle);
    ck_assert_int_eq(pthread_join(receiver, NULL), 0);
}
END_TEST

/* ------------------------------------------------------------------------ closing */

static void *send_until_closed(void *context)
{
    sender_t *self = context;
    char payload[] = "until closed";
    while (self->result == 0)
        self->result = self->send(self->handle, payload, sizeof payload - 1);
    return NULL;
}

static void *receive_until_closed(void *context)
{
    sender_t *self = context;
    websock_msg_hdr_t header;
    char piece[64];
    int length;
    do {
        length = sizeof piece;
        self->result = websock_recv(self->handle, &header, piece, &length, MINUTE);
    } while (self->result >= 0);
    return NULL;
}

/* Each handle is closed while three threads are inside, eight times on one slot. */
START_TEST(a_close_while_others_are_inside)
{
    for (int round = 0; round < 8; round++) {
        websock_handle_t handle = connect_to_server();
        sender_t others[] = {{.handle = handle, .send = websock_send_ping},
                             {.handle = handle, .send = websock_send_text},
                             {.handle = handle}};
        void *(*const work[])(void *) = {send_until_closed, send_until_closed,
                                         receive_until_closed};
        pthread_t threads[3];
        for (int i = 0; i < 3; i++)
            ck_assert_int_eq(pthread_create(&threads[i], NULL, work[i], &others[i]), 0);
        websock_close(handle);
        for (int i = 0; i < 3; i++) {
            ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
            ck_assert_int_eq(others[i].result, -1);
        }
    }
}
END_TEST

/* ------------------------------------------------------------------------ handlers */

static atomic_int events;

static void count_event(void *context, websock_cb_event_t event, websock_msg_hdr_t *header,
                        char *payload, int len)
{
    websock_handle_t *handle = context;
    char reply[] = "again";
    (void)payload;
    (void)len;
    if (event == WEBSOCK_CB_EVENT_DATA && header->opcode == 1) {
        if (atomic_fetch_add(&events, 1) < 50)
            (void)websock_send_text(*handle, reply, sizeof reply - 1);
        else
            websock_close(*handle);
    }
}

/* The handler keeps the echo going, and closes; the slots serve again. */
START_TEST(handlers_that_send_and_close)
{
    for (int round = 0; round < 8; round++) {
        char first[] = "first";
        websock_handle_t handle = connect_to_server();
        atomic_store(&events, 0);
        websock_set_event_handler(handle, count_event, &handle);
        ck_assert_int_eq(websock_send_text(handle, first, sizeof first - 1), 0);
        while (websock_send_pong(handle, NULL, 0) == 0)
            continue;
        websock_close(handle);
        ck_assert_int_gt(atomic_load(&events), 50);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("websock threads");
    TCase *threads = tcase_create("threads");
    tcase_add_checked_fixture(threads, setup, teardown);
    tcase_set_timeout(threads, 240);
    tcase_add_test(threads, a_receiver_and_two_senders);
    tcase_add_test(threads, each_message_leaves_at_once);
    tcase_add_test(threads, a_close_while_others_are_inside);
    tcase_add_test(threads, handlers_that_send_and_close);
    suite_add_tcase(suite, threads);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
