/* SPDX-License-Identifier: MIT */
/* An engine in the simulator and a peer of the test: see world.h. */
#include "world.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layer.h"
#include "wire.h"

bool world_echo;
bool world_pieces;
bool world_quits;
unsigned world_refuse;
bool world_traced = true;
wss_result_t world_answer;
bool world_rows[8][256];

static wss_sim_t sim;
static wss_sim_host_t host;
static wss_sim_end_t ends[WORLD_ENDS];
static uint8_t end_memory[WORLD_ENDS * (WORLD_ROOM_MAX + WORLD_WINDOW_MAX)];
static wss_sim_crypto_t random_bytes;
static wss_crypto_t crypto;
static wss_hal_t hal;
static wss_loop_t loop;
static wss_conn_t conns[WORLD_CONNS];
static wss_control_t controls[WORLD_CONNS];
static uint8_t rx[65536];
#if WSS_CFG_TX_BUFFER
static uint8_t tx[WORLD_TX_MAX];
#endif
static uint8_t messages[WORLD_CONNS * 65536];
static wss_config_t config;
static wss_handler_t handler;
static wss_conn_t *current;
static wss_sim_end_t *peer;
static bool peer_deaf;
static bool client;
static bool peer_closed;   /* it has sent a Close */
static bool peer_finished; /* it has ended its side of TCP */
static bool listening;     /* the peer, as a server */
static uint32_t page_length;
static int32_t reports; /* of the last wait */
static int32_t (*port_wait)(void *, uint32_t, wss_ready_t *, uint32_t);
static bool peer_stays; /* it does not answer our end of TCP with its own */
static uint16_t port;
static lines_t *app;
static lines_t *wire;

/* The pieces of the message that is coming in. */
static uint8_t message[1 << 20];
static size_t message_length;
static const char *message_type;

/* -------------------------------------------------------------------- lines */

void lines_add(lines_t *lines, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    size_t left = sizeof lines->text - lines->length;
    int count = vsnprintf(lines->text + lines->length, left, format, arguments);
    va_end(arguments);
    lines->length += (size_t)count < left ? (size_t)count : left - 1;
}

void lines_add_quoted(lines_t *lines, const void *bytes, size_t length)
{
    const uint8_t *at = bytes;
    if (length > 64) {
        uint32_t sum = 2166136261u;
        for (size_t i = 0; i < length; i++)
            sum = (sum ^ at[i]) * 16777619u;
        lines_add(lines, " %zu bytes, fnv %08x", length, (unsigned)sum);
        return;
    }
    lines_add(lines, " \"");
    for (size_t i = 0; i < length; i++)
        if (at[i] >= 0x20 && at[i] < 0x7f && at[i] != '"' && at[i] != '\\')
            lines_add(lines, "%c", at[i]);
        else
            lines_add(lines, "\\x%02x", at[i]);
    lines_add(lines, "\"");
}

/* ---------------------------------------------------------------- callbacks */

static void on_connecting(wss_conn_t *conn)
{
    current = conn;
    lines_add(app, "connecting\n");
}

static wss_result_t on_request(wss_conn_t *conn)
{
    (void)conn;
    return WSS_WOULD_BLOCK;
}

static wss_result_t on_page(wss_conn_t *conn)
{
    static uint8_t body[65536];
    memset(body, 'p', sizeof body);
    wss_reply_t reply = {.status = 200, .body = body, .body_length = page_length};
    lines_add(app, "page\n");
#if WSS_CFG_SERVER
    return wss_reply(conn, &reply);
#else
    (void)conn, (void)reply;
    return WSS_ERR_UNSUPPORTED;
#endif
}

static void on_open(wss_conn_t *conn)
{
    const char *protocol = wss_protocol(conn);
    lines_add(app, "open");
    if (protocol != NULL)
        lines_add_quoted(app, protocol, strlen(protocol));
    lines_add(app, "\n");
}

/* Pieces are put together: their number depends on the cut. */
static void on_head(wss_conn_t *conn, const wss_head_t *piece)
{
    static char field[1 << 16];
    static size_t length;
    static wss_head_part_t last = WSS_HEAD_END;
    (void)conn;
    if (piece->part == WSS_HEAD_END) {
        lines_add(app, "%.*s\n", (int)length, field);
        length = 0;
    } else {
        if (piece->part == WSS_HEAD_VALUE && last == WSS_HEAD_NAME)
            field[length++] = '=';
        memcpy(field + length, piece->bytes, piece->length);
        length += piece->length;
    }
    last = piece->part;
}

static void flush_message(const char *how)
{
    if (message_type == NULL)
        return;
    lines_add(app, "%s%s", message_type, how);
    lines_add_quoted(app, message, message_length);
    lines_add(app, "\n");
    message_type = NULL;
    message_length = 0;
}

static void echo(wss_conn_t *conn, const wss_data_t *data, wss_result_t *result)
{
    *result =
        wss_send(conn, data->type, data->bytes, data->length, data->last ? WSS_FINAL : WSS_MORE);
}

static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    wss_result_t result = WSS_OK;
    if (world_refuse > 0) {
        world_refuse--;
        return WSS_WOULD_BLOCK;
    }
    if (world_answer != WSS_OK)
        return world_answer;
    if (world_echo)
        echo(conn, data, &result);
    if (result == WSS_WOULD_BLOCK)
        return result;
    if (data->first != (message_type == NULL))
        lines_add(app, "a piece that is %s\n", data->first ? "first again" : "not first");
    if (world_pieces)
        lines_add(app, "%zu bytes\n", data->length);
    message_type = data->type == WSS_OPCODE_TEXT ? "text" : "binary";
    if (data->length > 0)
        memcpy(message + message_length, data->bytes, data->length);
    message_length += data->length;
    if (data->last)
        flush_message("");
    if (data->last && world_quits)
        (void)wss_abort(conn);
    return result;
}

static void on_ping(wss_conn_t *conn, const uint8_t *bytes, size_t length)
{
    (void)conn;
    lines_add(app, "ping");
    lines_add_quoted(app, bytes, length);
    lines_add(app, "\n");
}

static void on_pong(wss_conn_t *conn, const uint8_t *bytes, size_t length)
{
    (void)conn;
    lines_add(app, "pong");
    lines_add_quoted(app, bytes, length);
    lines_add(app, "\n");
}

static void on_writable(wss_conn_t *conn)
{
    (void)conn;
    lines_add(app, "writable\n");
}

static void add_closure(const char *what, const wss_closure_t *closure)
{
    flush_message(" part");
    lines_add(app, "%s code %u sent %u%s%s%s, %s", what, closure->code, closure->sent_code,
              closure->clean ? " clean" : "", closure->by_peer ? " by peer" : "",
              closure->opened ? "" : " unopened", wss_reason_name(closure->cause));
    if (closure->text_length > 0)
        lines_add(app, " \"%.*s\"", (int)closure->text_length, closure->text);
    if (world_quits)
        lines_add(app, " at %llu", (unsigned long long)closure->offset);
    lines_add(app, "\n");
}

static void on_closing(wss_conn_t *conn, const wss_closure_t *closure)
{
    (void)conn;
    add_closure("closing", closure);
}

static void add_status(const wss_conn_t *conn)
{
#if WSS_CFG_CLIENT
    if (wss_status(conn) != 0 && wss_status(conn) != 101)
        lines_add(app, "status %d\n", wss_status(conn));
#else
    (void)conn;
#endif
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    add_status(conn);
    add_closure("closed", closure);
    current = NULL;
}

static void on_trace(void *context, const wss_trace_t *entry)
{
    (void)context;
    world_rows[entry->machine][entry->row] = true;
}

/* -------------------------------------------------------------------- world */

void settings_default(settings_t *settings)
{
    memset(settings, 0, sizeof *settings);
    settings->room = 4096;
    settings->window = 65536;
    settings->controls = 1;
    settings->rx = 4096;
}

/* Between the engine and its port: how many reports did the last wait bring? */
static int32_t counted_wait(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count)
{
    reports = port_wait(context, timeout, ready, count);
    return reports;
}

static void count_reports(void)
{
    port_wait = hal.wait;
    hal.wait = counted_wait;
}

static void start_sim(const settings_t *settings)
{
    wss_sim_config_t sim_config = {.ends = ends,
                                   .end_count = WORLD_ENDS,
                                   .memory = end_memory,
                                   .send_room = settings->room,
                                   .window = settings->window,
                                   .seed = 1,
                                   .latency = settings->latency,
                                   .start = UINT32_MAX - 1000};
    wss_sim_init(&sim, &sim_config);
    sim.dial = settings->dial;
    wss_sim_host_init(&host, &sim, &hal);
    wss_sim_host_lock(&host, &hal);
    wss_sim_crypto_init(&random_bytes, 1, &crypto);
}

static void set_handler(const settings_t *settings)
{
    handler = (wss_handler_t){.on_connecting = on_connecting,
                              .on_request = settings->defer ? on_request : NULL,
                              .on_page = settings->page != 0 ? on_page : NULL,
                              .on_head = settings->heads ? on_head : NULL,
                              .on_open = on_open,
                              .on_data = on_data,
                              .on_ping = on_ping,
                              .on_pong = on_pong,
                              .on_writable = on_writable,
                              .on_closing = on_closing,
                              .on_closed = on_closed};
}

static bool listen_as_server(void)
{
#if WSS_CFG_SERVER
    const wss_endpoint_t where = {.port = 80};
    return client || wss_listen(&loop, &where, &port) == WSS_OK;
#else
    return client;
#endif
}

void world_start(const settings_t *settings, lines_t *app_lines, lines_t *wire_lines)
{
    app = app_lines;
    wire = wire_lines;
    world_echo = false;
    world_pieces = false;
    world_quits = false;
    world_refuse = 0;
    world_answer = WSS_OK;
    message_type = NULL;
    message_length = 0;
    current = NULL;
    peer = NULL;
    peer_deaf = false;
    peer_stays = false;
    peer_closed = false;
    peer_finished = false;
    listening = false;
    client = settings->client;
    wire_reset(client);
    start_sim(settings);
    set_handler(settings);
    page_length = settings->page;
    if (settings->layered)
        layer_over(&hal);
    count_reports();
    config = settings->config;
    config.hal = &hal;
    config.crypto = &crypto;
    config.handler = &handler;
    config.conns = conns;
    config.conn_count = WORLD_CONNS;
    config.rx_buffer = rx;
    config.rx_size = settings->rx;
#if WSS_CFG_TX_BUFFER
    config.tx_buffer = tx;
    config.tx_size = settings->tx;
#endif
    config.controls = controls;
    config.control_count = settings->controls;
    config.messages = settings->buffer != 0 ? messages : NULL;
    config.message_size = settings->buffer;
    config.trace = world_traced ? on_trace : NULL;
    if (wss_loop_init(&loop, &config) != WSS_OK || !listen_as_server()) {
        fprintf(stderr, "the engine does not start: %s\n", wss_loop_error(&loop));
        exit(2);
    }
}

wss_conn_t *world_conn(void)
{
    if (current == NULL) {
        fprintf(stderr, "the script acts on a connection that is closed\n");
        exit(2);
    }
    return current;
}

wss_loop_t *world_loop(void)
{
    return &loop;
}

wss_sim_host_t *world_host(void)
{
    return &host;
}

/* A server ends TCP first (RFC 6455, 7.1.1). */
static void end_as_server(void)
{
    if (client && peer_closed && wire_saw_close() && !peer_finished && !peer_stays)
        world_peer_finish();
}

static void read_wire(void)
{
    static uint8_t bytes[4096];
    if (peer == NULL && listening)
        peer = wss_sim_peer_accept(&sim, port);
    if (peer == NULL || peer_deaf)
        return;
    int32_t count;
    while ((count = wss_sim_peer_read(peer, bytes, sizeof bytes)) > 0)
        wire_read(wire, bytes, (size_t)count);
    if (count == 0) {
        end_as_server();
        return;
    }
    wire_end(wire, count == WSS_ERR_EOF ? "end" : "reset");
    if (peer_stays)
        peer_deaf = true;
    else
        world_peer_leave();
}

void world_layer(wss_phase_t phase)
{
    layer_set(phase);
}

void world_peer_leave(void)
{
    if (peer != NULL)
        wss_sim_peer_release(peer);
    peer = NULL;
}

void world_peer_stay(void)
{
    peer_stays = true;
}

void world_step_once(void)
{
    (void)wss_loop_step(&loop, 0);
    read_wire();
}

/* A loop at rest gets no reports: one that does would turn for nothing. */
void world_settle(void)
{
    int quiet = 0;
    for (int i = 0; quiet < 4; i++) {
        world_step_once();
        bool rests = wss_loop_next_deadline(&loop) != 0 && reports == 0;
        quiet = rests ? quiet + 1 : 0;
        if (i > 1000) {
            lines_add(app, "the loop does not come to rest\n");
            return;
        }
    }
}

void world_connect(void)
{
    wire_reset(false);
    peer = wss_sim_peer_connect(&sim, port);
    peer_deaf = false;
    world_settle();
}

wss_result_t world_dial(const wss_target_t *target)
{
#if WSS_CFG_CLIENT
    port = target->port != 0 ? target->port : target->secure ? 443 : 80;
    listening = wss_sim_peer_listen(&sim, port) != 0 || listening;
    wire_reset(true);
    peer_deaf = peer_closed = peer_finished = false;
    wss_result_t result = wss_connect(&loop, target, NULL, NULL);
    world_settle();
    return result;
#else
    (void)target;
    return WSS_ERR_UNSUPPORTED;
#endif
}

void world_accept_key(char accept[WSS_ACCEPT_LENGTH])
{
    (void)crypto.accept_key(crypto.context, wire_key(), accept);
}

static void answer_as_server(void)
{
    char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                    "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                    "0123456789012345678901234567\r\n\r\n";
    world_accept_key(answer + sizeof answer - 5 - WSS_ACCEPT_LENGTH);
    world_peer_bytes((const uint8_t *)answer, sizeof answer - 1);
}

bool world_upgrade(void)
{
    static const wss_target_t target = {.host = "server"};
    static const char request[] = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
                                  "Connection: Upgrade\r\n"
                                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                  "Sec-WebSocket-Version: 13\r\n\r\n";
    if (client) {
        (void)world_dial(&target);
        answer_as_server();
    } else {
        world_connect();
        world_peer_bytes((const uint8_t *)request, sizeof request - 1);
    }
    world_settle();
    return current != NULL && wss_state(current) == WSS_CONNECTED;
}

void world_peer_bytes(const uint8_t *bytes, uint32_t length)
{
    while (length > 0 && peer != NULL) {
        uint32_t sent = wss_sim_peer_send(peer, bytes, length);
        bytes += sent;
        length -= sent;
        world_settle();
        if (sent == 0)
            return;
    }
}

void world_peer_deaf(bool on)
{
    peer_deaf = on;
    if (peer != NULL)
        wss_sim_peer_window(peer, on ? 0 : WORLD_WINDOW_MAX);
}

void world_peer_closed(void)
{
    peer_closed = true;
}

void world_link(bool up)
{
    wss_sim_link(&host, up);
}

void world_entropy(bool good)
{
    random_bytes.fails = !good;
}

void world_peer_finish(void)
{
    peer_finished = true;
    if (peer != NULL)
        wss_sim_peer_finish(peer);
}

void world_peer_reset(void)
{
    if (peer != NULL)
        wss_sim_peer_reset(peer);
    peer = NULL;
}

void world_time(uint32_t milliseconds)
{
    wss_sim_advance(&sim, milliseconds);
}

void world_end(void)
{
    size_t app_length = app->length;
    size_t wire_length = wire->length;
    message_type = NULL;
    wss_loop_abort(&loop);
    world_settle();
    app->text[app->length = app_length] = '\0';
    wire->text[wire->length = wire_length] = '\0';
    if (peer != NULL)
        wss_sim_peer_release(peer);
    peer = NULL;
    if (host.streams != 0)
        lines_add(app, "%u streams leaked\n", (unsigned)host.streams);
    if (wss_loop_count(&loop) != 0)
        lines_add(app, "%u connections leaked\n", (unsigned)wss_loop_count(&loop));
    for (int i = 0; i < WSS_SIM_FAULT_COUNT; i++)
        if (sim.faults[i] != 0)
            lines_add(app, "fault: %s\n", wss_sim_fault_name((wss_sim_fault_t)i));
}
