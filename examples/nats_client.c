/* SPDX-License-Identifier: MIT */
/*
 * A device that stores numbered messages in a cluster of NATS servers, over whichever of
 * them can be reached, and reads them back. All memory is static.
 *
 *     nats_client [--stream NAME] [--name NAME] [--count N] [--patience SECONDS] URL...
 *
 * The messages go to the subject STREAM.NAME of a JetStream stream, which is created where it
 * is missing: with three replicas if three servers or more are named. NATS_USER and
 * NATS_PASSWORD in the environment are the credentials. Exit status 0: each message was
 * acknowledged, and read back exactly once. secure_port.h says whom wss:// URLs trust.
 *
 * This file is the connection; nats_store.c knows what is said over it.
 */
#include "nats_options.h"
#include "nats_store.h"
#include "secure_port.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wss/wss_session.h>
#include <wss_posix_static.h>

enum {
    READ_SIZE = 2048,
    TICK_MS = 50,      /* how often requests are looked at when nothing happens */
    GREETING_MS = 5000 /* from the opening handshake to the end of NATS's own */
};

/* The present connection; zero while there is none. */
typedef struct dialogue {
    nats_parser_t parser;
    uint32_t since;
    uint32_t pongs; /* owed to the server */
    bool open;
    bool greeted;
    bool ready; /* the server has taken our CONNECT */
} dialogue_t;

static nats_options_t options;
static char inbox[32];
static nats_store_t store;
static dialogue_t dialogue;
static bool stopped;

WSS_POSIX_STATIC(memory, 1, READ_SIZE);
static wss_hal_t hal;
static wss_crypto_t crypto;
static wss_loop_t loop;
static wss_session_t session;

static uint32_t now(void)
{
    return hal.now(hal.context);
}

/* ------------------------------------------------------------------------ speaking */

static bool say(const char *text, size_t length)
{
    wss_conn_t *conn = wss_session_conn(&session);
    return wss_send(conn, WSS_OPCODE_BINARY, text, length, WSS_FINAL) == WSS_OK;
}

/* Sends what is due. What finds no room stays due. */
static void speak(void)
{
    while (dialogue.pongs > 0 && say("PONG\r\n", strlen("PONG\r\n")))
        dialogue.pongs--;
    if (dialogue.ready)
        nats_store_ask(&store, now());
}

/* The PING is answered when the server has taken the CONNECT. */
static bool greet(void)
{
    static char text[NATS_REQUEST];
    int length = snprintf(text, sizeof text,
                          "CONNECT {\"verbose\":false,\"pedantic\":false,\"tls_required\":false,"
                          "\"lang\":\"c\",\"version\":\"1\",\"protocol\":1,\"headers\":true,"
                          "\"no_responders\":true,\"name\":\"%s\",\"user\":\"%s\",\"pass\":\"%s\"}"
                          "\r\nSUB %s.* 1\r\nPING\r\n",
                          options.name, options.user, options.password, inbox);
    return length > 0 && (size_t)length < sizeof text && say(text, (size_t)length);
}

/* ------------------------------------------------------------------------- hearing */

static void hear_pong(void)
{
    if (!dialogue.ready)
        printf("connected %s\n", wss_session_url(&session));
    dialogue.ready = true;
}

static void hear_nonsense(wss_conn_t *conn)
{
    if (wss_close(conn, WSS_CLOSE_POLICY_VIOLATION, NULL, 0) == WSS_OK)
        fprintf(stderr, "nats_client: %s: it does not speak NATS\n", wss_session_url(&session));
}

/* Later INFOs tell of changes in the cluster. */
static void hear(wss_conn_t *conn, const nats_said_t *said)
{
    if (said->verb == NATS_INFO && !dialogue.greeted)
        dialogue.greeted = greet();
    else if (said->verb == NATS_PONG)
        hear_pong();
    else if (said->verb == NATS_PING)
        dialogue.pongs++;
    else if (said->verb == NATS_MSG)
        nats_store_answer(&store, said, now());
    else if (said->verb == NATS_ERR)
        fprintf(stderr, "nats_client: the server says %s\n", said->text);
    else if (said->verb == NATS_BROKEN)
        hear_nonsense(conn);
}

static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    nats_said_t said;
    for (size_t used = 0; used < data->length;) {
        used += nats_parse(&dialogue.parser, data->bytes + used, data->length - used, &said);
        hear(conn, &said);
    }
    speak();
    return WSS_OK;
}

/* --------------------------------------------------------------------- connections */

static void on_open(wss_conn_t *conn)
{
    (void)conn;
    dialogue.open = true;
    dialogue.since = now();
    nats_store_renew(&store, now());
}

static void on_writable(wss_conn_t *conn)
{
    (void)conn;
    speak();
}

/* The session goes on with the first server of the list: the one that was lost becomes the
 * last. Calls that fail lead to the next anyway. */
static void put_last(const char *lost)
{
    uint32_t at = 0;
    while (at < options.server_count && strcmp(options.servers[at], lost) != 0)
        at++;
    for (; at + 1 < options.server_count; at++) {
        const char *next = options.servers[at + 1];
        options.servers[at + 1] = options.servers[at];
        options.servers[at] = next;
    }
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    (void)conn;
    memset(&dialogue, 0, sizeof dialogue);
    if (closure->cause != WSS_REASON_LOCAL_CLOSE)
        fprintf(stderr, "nats_client: %s: %s\n", wss_session_url(&session),
                closure->network[0] != '\0' ? closure->network : wss_reason_text(closure->cause));
    if (closure->opened)
        put_last(wss_session_url(&session));
}

static void on_stopped(wss_session_t *of, wss_session_end_t why, const wss_closure_t *last)
{
    (void)of, (void)why, (void)last;
    stopped = true;
}

/* A server that accepts and then says nothing is left. */
static void check_greeting(void)
{
    if (dialogue.open && !dialogue.ready && now() - dialogue.since >= GREETING_MS)
        (void)wss_abort(wss_session_conn(&session));
}

/* ------------------------------------------------------------------------- running */

static int fail(const char *why)
{
    fprintf(stderr, "nats_client: %s\n", why);
    return 1;
}

/* The usage names the program by itself. */
static int refuse(const char *wrong)
{
    fprintf(stderr, "%s%s\n", wrong == nats_usage ? "" : "nats_client: ", wrong);
    return 2;
}

/* An inbox that nobody else has, and the server to begin with: the devices of a fleet
 * spread over the cluster. */
static bool draw(void)
{
    uint32_t random[3];
    if (crypto.random(crypto.context, (uint8_t *)random, sizeof random) != WSS_OK)
        return false;
    (void)snprintf(inbox, sizeof inbox, "_INBOX.%08x%08x", (unsigned)random[0],
                   (unsigned)random[1]);
    for (uint32_t times = random[2] % options.server_count; times > 0; times--)
        put_last(options.servers[0]);
    return true;
}

static bool is_over(void)
{
    return store.phase == NATS_COMPLETE || store.phase == NATS_INCOMPLETE ||
           now() - store.progress >= options.patience * 1000;
}

/* Until the store is over, and then until the session has stopped. */
static void run(void)
{
    bool stopping = false;
    while (!stopped && wss_loop_step(&loop, TICK_MS) >= 0) {
        check_greeting();
        if (dialogue.ready)
            speak();
        if (!stopping && is_over())
            stopping = wss_session_stop(&session) == WSS_OK;
    }
}

static int report(void)
{
    printf("%u acknowledged, %u read\n", (unsigned)store.acknowledged, (unsigned)store.read);
    if (store.phase == NATS_COMPLETE)
        return 0;
    return fail(store.phase == NATS_INCOMPLETE
                    ? "the stream does not hold each message exactly once"
                    : "no progress: giving up");
}

static wss_result_t start_session(void)
{
    static const wss_session_handler_t handler = {.on_stopped = on_stopped};
    static wss_session_config_t config = {.loop = &loop,
                                          .handler = &handler,
                                          .servers = options.servers,
                                          .reconnect = true,
                                          .backoff = 200,
                                          .max_backoff = 5000};
    config.server_count = options.server_count;
    return wss_session_start(&session, &config);
}

static void begin_store(void)
{
    static nats_store_config_t config = {.inbox = inbox, .send = say};
    config.stream = options.stream;
    config.name = options.name;
    config.count = options.count;
    config.replicas = options.server_count >= 3 ? 3 : 1;
    nats_store_begin(&store, &config, now());
}

int main(int argc, char *argv[])
{
    static const wss_handler_t handler = {
        .on_open = on_open, .on_data = on_data, .on_writable = on_writable, .on_closed = on_closed};
    static const wss_config_t config = {.hal = &hal,
                                        .crypto = &crypto,
                                        .handler = &handler,
                                        .max_message = UINT64_MAX,
                                        .handshake_timeout = 5000,
                                        .ping_interval = 5000,
                                        .pong_timeout = 5000,
                                        WSS_POSIX_MEMORY(memory)};
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return puts(nats_usage) < 0;
    const char *wrong = nats_read_options(&options, argc, argv);
    if (wrong != NULL)
        return refuse(wrong);
    wrong = secure_port_open(&memory, &hal, &crypto);
    if (wrong != NULL)
        return fail(wrong);
    if (wss_loop_init(&loop, &config) != WSS_OK || !draw())
        return fail("the system lacks something");
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    begin_store();
    if (start_session() != WSS_OK)
        return fail(wss_session_error(&session)->reason);
    run();
    return report();
}
