/* SPDX-License-Identifier: MIT */
/*
 * Sends the bytes on standard input to a server in the simulated network and prints what
 * happened: what the application was told, what the peer got, how it ended. Does so with
 * the bytes whole, one by one, and cut in two at every place; fails if that changes
 * anything. Arguments are settings; see README.md.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "wss/wss.h"
#include "wss_sim.h"

enum { ROOM = 4096, WINDOW = 80000, ENDS = 4, INPUT = 140000, WORDS = 32, STEPS = 400 };

static struct {
    const char *paths[WORDS], *protocols[WORDS], *origins[WORDS];
    wss_header_t headers[8];
    wss_config_t config;
    const char *decision; /* of on_request */
    const char *page;     /* of on_page, or NULL */
    const char *on_path;  /* what on_head does at the end of the path */
    const char *fails;    /* what the body does in its middle: "gives-up", "aborts" */
    bool head, full, overload;
    uint8_t header_count;
    uint32_t wait, body;
} set;

static uint8_t input[INPUT];
static size_t input_length;
static event_log_t *log_now;
static wss_conn_t *subject;
static unsigned parts_ended;
static uint8_t answer[INPUT];
static size_t answer_length;

/* ------------------------------------------------------------- the application */

static void on_head(wss_conn_t *conn, const wss_head_t *piece)
{
    static const char *const names[] = {"path", "query", "name", "value"};
    static unsigned open_part = WSS_HEAD_PATH;
    if (set.on_path != NULL && parts_ended > 0)
        log_line(log_now, "FAULT", "on_head after the end");
    if (piece->part != WSS_HEAD_END) {
        open_part = piece->part;
        if (set.head)
            log_piece(log_now, names[open_part], piece->bytes, piece->length);
        return;
    }
    const char *ended = parts_ended == 0 ? "path" : parts_ended == 1 ? "query" : "value";
    if (set.head)
        log_end(log_now, ended);
    if (parts_ended++ == 0 && set.on_path != NULL) {
        if (strcmp(set.on_path, "close") == 0)
            (void)wss_close(conn, 1001, NULL, 0);
        else
            (void)wss_abort(conn);
    }
}

static size_t give_body(void *context, uint64_t offset, uint8_t *buffer, size_t capacity)
{
    size_t left = set.body - (size_t)offset;
    size_t count = left < capacity ? left : capacity;
    (void)context;
    if (set.fails != NULL && offset > set.body / 2) {
        if (strcmp(set.fails, "aborts") == 0)
            (void)wss_abort(subject);
        return strcmp(set.fails, "aborts") == 0 ? count : 0;
    }
    for (size_t i = 0; i < count; i++)
        buffer[i] = (uint8_t)('a' + (offset + i) % 26);
    return count;
}

static wss_result_t reply_with(wss_conn_t *conn, unsigned status)
{
    wss_reply_t reply = {.status = (uint16_t)status,
                         .headers = set.headers,
                         .header_count = set.header_count,
                         .body = status == 204 ? NULL : "hello",
                         .body_length = status == 204 ? 0 : 5};
    if (set.body > 0) {
        reply.read = give_body;
        reply.body_length = set.body;
    }
    wss_result_t result = wss_reply(conn, &reply);
    log_line(log_now, "wss_reply", wss_result_name(result));
    return WSS_OK;
}

static wss_result_t decide(wss_conn_t *conn, const char *how)
{
    if (strcmp(how, "later") == 0)
        return WSS_WOULD_BLOCK;
    if (strcmp(how, "error") == 0)
        return WSS_ERR_ARGUMENT;
    if (strcmp(how, "abort") == 0)
        return wss_abort(conn);
    if (strcmp(how, "close") == 0)
        return wss_close(conn, 1001, NULL, 0);
    if (strcmp(how, "accept") == 0) {
        wss_result_t result = wss_accept(conn, set.headers, set.header_count);
        log_line(log_now, "wss_accept", wss_result_name(result));
        return WSS_OK;
    }
    return how[0] >= '1' && how[0] <= '9' ? reply_with(conn, (unsigned)atoi(how)) : WSS_OK;
}

static wss_result_t on_request(wss_conn_t *conn)
{
    char detail[64] = "";
    const char *protocol = wss_protocol(conn);
    if (wss_path(conn) >= 0)
        (void)snprintf(detail, sizeof detail, "path=%d", wss_path(conn));
    if (protocol != NULL)
        (void)snprintf(detail + strlen(detail), sizeof detail - strlen(detail), "%sprotocol=%.40s",
                       detail[0] != '\0' ? " " : "", protocol);
    log_line(log_now, "request", detail);
    subject = conn;
    return decide(conn, set.decision);
}

static wss_result_t on_page(wss_conn_t *conn)
{
    log_line(log_now, "page", "");
    subject = conn;
    return decide(conn, set.page);
}

static void on_open(wss_conn_t *conn)
{
    (void)conn;
    log_line(log_now, "open", "");
}

static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    (void)conn;
    log_piece(log_now, "data", data->bytes, data->length);
    if (data->last)
        log_end(log_now, "data");
    return WSS_OK;
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    if (set.overload && wss_index(conn) == 0)
        return;
    subject = subject == conn ? NULL : subject;
    log_line(log_now, "closed", wss_reason_name(closure->cause));
}

/* ------------------------------------------------------------------ the world */

static wss_sim_t sim;
static wss_sim_host_t host;
static wss_sim_crypto_t generator;
static wss_hal_t hal;
static wss_crypto_t crypto;
static wss_loop_t loop;
static wss_handler_t handler;

static void start(uint16_t *port)
{
    static wss_sim_end_t ends[ENDS];
    static uint8_t memory[ENDS * (ROOM + WINDOW)];
    static wss_conn_t conns[2];
    static uint8_t rx[WINDOW];
    static wss_control_t controls[1];
    static wss_config_t config;
    wss_sim_config_t world = {.ends = ends,
                              .end_count = ENDS,
                              .memory = memory,
                              .send_room = ROOM,
                              .window = WINDOW,
                              .seed = 1};
    memset(&loop, 0, sizeof loop);
    memset(conns, 0, sizeof conns);
    wss_sim_init(&sim, &world);
    wss_sim_host_init(&host, &sim, &hal);
    wss_sim_host_lock(&host, &hal);
    wss_sim_crypto_init(&generator, 1, &crypto);
    handler = (wss_handler_t){
        .on_request = on_request, .on_open = on_open, .on_data = on_data, .on_closed = on_closed};
    if (set.head || set.on_path != NULL)
        handler.on_head = on_head;
    if (set.page != NULL)
        handler.on_page = on_page;
    config = set.config;
    config.hal = &hal;
    config.crypto = &crypto;
    config.handler = &handler;
    config.conns = conns;
    config.conn_count = 2;
    config.rx_buffer = rx;
    config.rx_size = sizeof rx;
    config.controls = controls;
    config.control_count = 1;
    config.max_conns = 1;
    config.ping_interval = WSS_OFF;
    if (wss_loop_init(&loop, &config) != WSS_OK ||
        wss_listen(&loop, &(wss_endpoint_t){0}, port) != WSS_OK) {
        fprintf(stderr, "%s\n", wss_loop_error(&loop));
        exit(2);
    }
}

static void collect(wss_sim_end_t *peer)
{
    int32_t count;
    while ((count = wss_sim_peer_read(peer, answer + answer_length,
                                      (uint32_t)(sizeof answer - answer_length))) > 0)
        answer_length += (size_t)count;
}

/* Steps until nothing moves any more. */
static void settle(wss_sim_end_t *peer)
{
    for (unsigned i = 0; i < 6; i++) {
        (void)wss_loop_step(&loop, 0);
        if (peer != NULL)
            collect(peer);
    }
}

/* The answer's head, or only its first line; then the body. */
static void log_answer(void)
{
    char *text = (char *)answer;
    answer[answer_length] = '\0';
    char *end = strstr(text, "\r\n\r\n");
    if (end == NULL) {
        if (answer_length > 0)
            log_piece(log_now, "<", answer, answer_length);
        return;
    }
    for (char *line = text; line < end; line = strstr(line, "\r\n") + 2) {
        size_t length = (size_t)(strstr(line, "\r\n") - line);
        char copy[600];
        (void)snprintf(copy, sizeof copy, "%.*s", (int)length, line);
        if (set.full || line == text)
            log_line(log_now, "<", copy);
    }
    if (answer_length > (size_t)(end + 4 - text))
        log_piece(log_now, "< body", end + 4, answer_length - (size_t)(end + 4 - text));
    if (log_now->open != NULL)
        log_end(log_now, "< body");
}

static void check_world(void)
{
    for (unsigned fault = 0; fault < WSS_SIM_FAULT_COUNT; fault++)
        if (sim.faults[fault] != 0)
            log_line(log_now, "FAULT", wss_sim_fault_name((wss_sim_fault_t)fault));
    if (wss_loop_count(&loop) != 0 || host.streams != 0)
        log_line(log_now, "FAULT", "connections are left");
}

static void finish(wss_sim_end_t *peer)
{
    if (set.wait > 0) {
        wss_sim_advance(&sim, set.wait);
        settle(peer);
    }
    if (subject != NULL && strcmp(set.decision, "later") == 0) {
        log_line(log_now, "later", "");
        (void)decide(subject, set.page != NULL ? "200" : "accept");
        settle(peer);
    }
    log_answer();
    wss_sim_peer_finish(peer);
    settle(peer);
    for (unsigned i = 0; i < 3; i++) {
        wss_sim_advance(&sim, 20000);
        settle(peer);
    }
}

/* What is sent is on its way, but arrives only as it is delivered. */
static void send_all(wss_sim_end_t *peer)
{
    for (size_t sent = 0; sent < input_length;) {
        uint32_t taken = wss_sim_peer_send(peer, input + sent, (uint32_t)(input_length - sent));
        if (taken == 0) {
            fprintf(stderr, "the simulated network is too small\n");
            exit(2);
        }
        sent += taken;
        wss_sim_settle(&sim);
    }
}

/* First `first` bytes, then pieces of `step` bytes. */
static void play(event_log_t *log, size_t first, size_t step)
{
    uint16_t port = 0;
    log_now = log;
    log_clear(log);
    subject = NULL;
    parts_ended = 0;
    answer_length = 0;
    start(&port);
    wss_sim_end_t *other = set.overload ? wss_sim_peer_connect(&sim, port) : NULL;
    settle(other);
    wss_sim_end_t *peer = wss_sim_peer_connect(&sim, port);
    wss_sim_peer_hold(peer, true);
    send_all(peer);
    (void)wss_loop_step(&loop, 0);
    for (size_t done = 0; done < input_length;) {
        size_t part = done == 0 && first > 0 ? first : step;
        wss_sim_peer_deliver(peer, (uint32_t)part);
        done += part;
        (void)wss_loop_step(&loop, 0);
        collect(peer);
    }
    wss_sim_peer_hold(peer, false);
    settle(peer);
    finish(peer);
    if (other != NULL)
        wss_sim_peer_reset(other);
    wss_sim_peer_release(peer);
    settle(NULL);
    check_world();
}

/* --------------------------------------------------------------------- settings */

static bool is(const char *argument, const char *name)
{
    return strcmp(argument, name) == 0;
}

static bool set_list(const char *name, const char *value)
{
    wss_config_t *config = &set.config;
    if (is(name, "path"))
        config->paths = set.paths, set.paths[config->path_count++] = value;
    else if (is(name, "protocol"))
        config->protocols = set.protocols, set.protocols[config->protocol_count++] = value;
    else if (is(name, "origin"))
        config->origins = set.origins, set.origins[config->origin_count++] = value;
    else if (is(name, "header-name"))
        set.headers[set.header_count].name = value;
    else if (is(name, "header-value"))
        set.headers[set.header_count++].value = value;
    else
        return false;
    return true;
}

static bool set_number(const char *name, const char *value)
{
    uint32_t number = (uint32_t)strtoul(value, NULL, 10);
    if (is(name, "line"))
        set.config.max_request_line = number;
    else if (is(name, "max-head"))
        set.config.max_head = number;
    else if (is(name, "fields"))
        set.config.max_fields = number;
    else if (is(name, "wait"))
        set.wait = number;
    else if (is(name, "body"))
        set.body = number;
    else
        return false;
    return true;
}

static void set_one(const char *name, const char *value)
{
    if (set_list(name, value) || set_number(name, value))
        return;
    if (is(name, "request"))
        set.decision = value;
    else if (is(name, "page"))
        set.page = value;
    else if (is(name, "at-path"))
        set.on_path = value;
    else if (is(name, "show"))
        set.head = strstr(value, "head") != NULL, set.full = strstr(value, "answer") != NULL;
    else if (is(name, "body-fails"))
        set.fails = value;
    else if (is(name, "overload"))
        set.overload = true;
    else
        fprintf(stderr, "unknown setting: %s\n", name), exit(2);
}

int main(int argc, char **argv)
{
    static event_log_t whole, other;
    set.decision = "ok";
    for (int i = 1; i + 1 < argc; i += 2)
        set_one(argv[i], argv[i + 1]);
    input_length = fread(input, 1, sizeof input, stdin);

    play(&whole, 0, input_length);
    fputs(whole.text, stdout);
    play(&other, 0, 1);
    if (!log_same(&whole, &other, "in pieces of", 1))
        return 1;
    size_t stride = input_length > 1200 ? input_length / 97 : 1;
    for (size_t cut = 1; cut < input_length; cut += cut + 40 < input_length ? stride : 1) {
        play(&other, cut, input_length);
        if (!log_same(&whole, &other, "cut at", cut))
            return 1;
    }
    return 0;
}
