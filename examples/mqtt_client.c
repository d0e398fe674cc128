/* SPDX-License-Identifier: MIT */
/*
 * A device that publishes numbered messages to an MQTT 3.1.1 broker over WebSocket, and prints
 * what it has subscribed to, with whichever broker of a list can be reached. All memory is
 * static.
 *
 *     mqtt_client --publish TOPIC --count N [--subscribe FILTER] URL...
 *
 * mqtt_options.c names the other options. With QoS 1, which is usual, a message is sent again in
 * the next connection until a broker has acknowledged it, and the broker keeps what comes for
 * the client while it is away. MQTT_USER and MQTT_PASSWORD in the environment are the
 * credentials. The program ends when each message was acknowledged; with --subscribe, at SIGINT
 * or SIGTERM. Exit status 0: each was acknowledged; 2: the command line is wrong. secure_port.h
 * says whom wss:// URLs trust.
 *
 * This file is the connection; mqtt_dialogue.c knows what is said over it.
 */
#include "mqtt_dialogue.h"
#include "mqtt_options.h"
#include "secure_port.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <wss/wss_session.h>
#include <wss_posix_static.h>

enum {
    READ_SIZE = 2048,
    TICK_MS = 100,  /* how often clock and signals are looked at */
    CLOSE_MS = 1000 /* for a broker's part in closing: one that is given up may be gone */
};

static mqtt_options_t options;
static mqtt_dialogue_t dialogue;
static size_t taken;    /* bytes of a piece that comes again which were heard */
static uint32_t absent; /* since when there is no broker */
static bool stopped;
static volatile sig_atomic_t told; /* to end */

WSS_POSIX_STATIC(memory, 1, READ_SIZE);
static wss_hal_t hal;
static wss_crypto_t crypto;
static wss_loop_t loop;
static wss_session_t session;

static uint32_t now(void)
{
    return hal.now(hal.context);
}

/* ------------------------------------------------------------------------ messages */

/* WebSocket messages need not be control packets (MQTT 3.1.1, 6); ours are. */
static bool send_packet(const uint8_t *bytes, size_t length)
{
    return wss_send(wss_session_conn(&session), WSS_OPCODE_BINARY, bytes, length, WSS_FINAL) ==
           WSS_OK;
}

/* The session goes on with the first broker of the list. */
static void put_last(const char *url)
{
    uint32_t at = 0;
    while (at < options.server_count && strcmp(options.servers[at], url) != 0)
        at++;
    for (; at + 1 < options.server_count; at++) {
        const char *next = options.servers[at + 1];
        options.servers[at + 1] = options.servers[at];
        options.servers[at] = next;
    }
}

/* The connection is of no use. The next one is to another broker, if there is one. */
static void give_up(uint16_t code, const char *why)
{
    if (wss_close(wss_session_conn(&session), code, NULL, 0) != WSS_OK)
        return;
    fprintf(stderr, "mqtt_client: %s: %s\n", wss_session_url(&session), why);
    put_last(wss_session_url(&session));
}

static void speak(void)
{
    mqtt_dialogue_speak(&dialogue, now());
    if (dialogue.link.trouble != NULL)
        give_up(WSS_CLOSE_POLICY_VIOLATION, dialogue.link.trouble);
}

/* What finds no room for its acknowledgement is not taken: the broker feels it, and the same
 * piece comes again. */
static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    bool was_ready = dialogue.link.ready;
    if (wss_state(conn) != WSS_CONNECTED)
        return WSS_OK;
    if (data->type != WSS_OPCODE_BINARY) {
        give_up(WSS_CLOSE_UNSUPPORTED_DATA, "it sends text (MQTT 3.1.1, 6)");
        return WSS_OK;
    }
    taken += mqtt_dialogue_hear(&dialogue, data->bytes + taken, data->length - taken, now());
    if (!was_ready && dialogue.link.ready)
        printf("connected %s\n", wss_session_url(&session));
    if (taken < data->length || dialogue.link.owed != 0)
        return WSS_WOULD_BLOCK;
    taken = 0;
    speak();
    return WSS_OK;
}

/* --------------------------------------------------------------------- connections */

static void on_open(wss_conn_t *conn)
{
    if (wss_protocol(conn) == NULL)
        give_up(WSS_CLOSE_PROTOCOL_ERROR, "it does not agree to the subprotocol mqtt");
    else
        mqtt_dialogue_up(&dialogue, now());
}

static void on_writable(wss_conn_t *conn)
{
    (void)conn;
    speak();
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    (void)conn;
    if (dialogue.link.ready)
        absent = now();
    mqtt_dialogue_down(&dialogue);
    taken = 0;
    if (closure->cause != WSS_REASON_LOCAL_CLOSE)
        fprintf(stderr, "mqtt_client: %s: %s\n", wss_session_url(&session),
                closure->network[0] != '\0' ? closure->network : wss_reason_text(closure->cause));
}

static void on_stopped(wss_session_t *of, wss_session_end_t why, const wss_closure_t *last)
{
    (void)of, (void)why, (void)last;
    stopped = true;
}

/* ------------------------------------------------------------------------- running */

static int fail(const char *why)
{
    fprintf(stderr, "mqtt_client: %s\n", why);
    return 1;
}

/* The usage names the program by itself. */
static int refuse(const char *wrong)
{
    fprintf(stderr, "%s%s\n", wrong == mqtt_usage ? "" : "mqtt_client: ", wrong);
    return 2;
}

static void on_signal(int number)
{
    (void)number;
    told = 1;
}

static bool is_over(void)
{
    bool lost =
        options.patience != 0 && !dialogue.link.ready && now() - absent >= options.patience * 1000;
    return told != 0 || lost || (options.subscribe == NULL && mqtt_dialogue_complete(&dialogue));
}

/* Until all is done, and then until the session has stopped. */
static void run(void)
{
    bool stopping = false;
    while (!stopped && wss_loop_step(&loop, TICK_MS) >= 0) {
        if (!stopping)
            speak();
        if (!stopping && is_over() && mqtt_dialogue_leave(&dialogue))
            stopping = wss_session_stop(&session) == WSS_OK;
    }
}

static int report(void)
{
    if (options.publish != NULL)
        printf("%u %s\n", (unsigned)dialogue.done, options.qos > 0 ? "acknowledged" : "sent");
    if (!mqtt_dialogue_complete(&dialogue))
        return fail("not every message was acknowledged");
    return options.subscribe != NULL && told == 0 ? fail("there is no broker") : 0;
}

static void begin_dialogue(void)
{
    static mqtt_dialogue_config_t config = {.send = send_packet};
    config.connect = (mqtt_connect_t){.id = options.id,
                                      .user = options.user,
                                      .password = options.password,
                                      .will_topic = options.will_topic,
                                      .will = options.will,
                                      .will_qos = (uint8_t)options.qos,
                                      .keep_alive = (uint16_t)options.keep_alive};
    config.publish = options.publish;
    config.count = options.count;
    config.subscribe = options.subscribe;
    config.qos = (uint8_t)options.qos;
    mqtt_dialogue_begin(&dialogue, &config);
}

static wss_result_t start_session(void)
{
    static const char *const protocols[] = {"mqtt"};
    static const wss_session_handler_t handler = {.on_stopped = on_stopped};
    static wss_session_config_t config = {.loop = &loop,
                                          .handler = &handler,
                                          .servers = options.servers,
                                          .protocols = protocols,
                                          .protocol_count = 1,
                                          .reconnect = true,
                                          .backoff = 200,
                                          .max_backoff = 10000};
    config.server_count = options.server_count;
    return wss_session_start(&session, &config);
}

int main(int argc, char *argv[])
{
    static const wss_handler_t handler = {
        .on_open = on_open, .on_data = on_data, .on_writable = on_writable, .on_closed = on_closed};
    static const wss_config_t config = {.hal = &hal,
                                        .crypto = &crypto,
                                        .handler = &handler,
                                        .max_message = UINT64_MAX,
                                        .close_timeout = CLOSE_MS,
                                        WSS_POSIX_MEMORY(memory)};
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return puts(mqtt_usage) < 0;
    const char *wrong = mqtt_read_options(&options, argc, argv);
    if (wrong != NULL)
        return refuse(wrong);
    wrong = secure_port_open(&memory, &hal, &crypto);
    if (wrong != NULL)
        return fail(wrong);
    if (wss_loop_init(&loop, &config) != WSS_OK)
        return fail("the system lacks something");
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    (void)signal(SIGINT, on_signal);
    (void)signal(SIGTERM, on_signal);
    begin_dialogue();
    absent = now();
    if (start_session() != WSS_OK)
        return fail(wss_session_error(&session)->reason);
    run();
    return report();
}
