/* SPDX-License-Identifier: MIT */
/* One connection of the engine in the simulator: see engine.h. */
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "layer.h"
#include "wss_core.h"
#include "wss_names.h"
#include "wss_sim.h"

/* tests/model/shadow.py has the same. */
enum { ROOM = 1024, WINDOW = 4096, BODY = 3000, WHOLE = 400, MAX_MESSAGE = 600, PORT = 80 };
enum { ENDS = 8, CONTROLS = 4, LINES = 1 << 16, WIRE = 1 << 16 };

static wss_sim_t sim;
static wss_sim_host_t host;
static wss_sim_end_t ends[ENDS];
static uint8_t end_memory[ENDS * (ROOM + WINDOW)];
static wss_sim_end_t *peer;
static bool takes_all;
static wss_hal_t hal;
static wss_loop_t loop;
static wss_conn_t conns[1];
static engine_setup_t setup;
static int answer;
static engine_deed_t next_deed;
static char lines[LINES];
static size_t line_length;
static uint8_t wire[WIRE];
static uint32_t wire_length;
static int end;
static const uint8_t body[BODY];

/* ---------------------------------------------------------------------------- notes */

void engine_note(const char *kind, const char *what, const char *more);

static void line(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int count = vsnprintf(lines + line_length, LINES - line_length, format, arguments);
    va_end(arguments);
    if (count < 0 || (size_t)count >= LINES - line_length)
        abort();
    line_length += (size_t)count;
}

/* For the wrapped actions and guards. */
void engine_note(const char *kind, const char *what, const char *more)
{
    line("%s %s%s\n", kind, what, more);
}

static void hex(const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        line("%02x", bytes[i]);
    line("\n");
}

const char *engine_lines(void)
{
    static char copy[LINES];
    lines[line_length] = '\0';
    memcpy(copy, lines, line_length + 1);
    line_length = 0;
    return copy;
}

/* The peer reads at once: a reset takes what was not read. */
static void peer_reads(void)
{
    if (peer == NULL || end != 0)
        return;
    for (;;) {
        const int32_t count = wss_sim_peer_read(peer, wire + wire_length, WIRE - wire_length);
        if (count > 0) {
            wire_length += (uint32_t)count;
            if (!takes_all)
                wss_sim_peer_window(peer, peer->window - (uint32_t)count);
            continue;
        }
        if (count < 0)
            end = count == WSS_ERR_EOF ? 1 : 2;
        return;
    }
}

const uint8_t *engine_wire(uint32_t *length)
{
    *length = wire_length;
    wire_length = 0;
    return wire;
}

int engine_end(void)
{
    return end;
}

static void on_trace(void *context, const wss_trace_t *entry)
{
    (void)context;
    peer_reads();
    line("row %u\n", wss_row_line(entry->machine, entry->row));
}

/* ------------------------------------------------------------------------- callbacks */

static void note_closure(const char *what, const wss_closure_t *closure)
{
    line("%s %u %u%s%s%s %s %.*s\n", what, closure->code, closure->sent_code,
         closure->clean ? " clean" : "", closure->by_peer ? " by_peer" : "",
         closure->opened ? " opened" : "", wss_reason_name(closure->cause),
         closure->text != NULL ? (int)closure->text_length : 0,
         closure->text != NULL ? closure->text : "");
}

static void do_deed(void)
{
    static const uint8_t bytes[] = "deed";
    const engine_deed_t deed = next_deed;
    next_deed = ENGINE_NOTHING;
    switch (deed) {
    case ENGINE_NOTHING: break;
    case ENGINE_ABORT: line("result %d\n", engine_abort()); break;
    case ENGINE_CLOSE: line("result %d\n", engine_close(4000, "deed")); break;
    case ENGINE_SEND: line("result %d\n", engine_send(WSS_OPCODE_TEXT, bytes, 4, false)); break;
    case ENGINE_ACCEPT: line("result %d\n", engine_accept()); break;
    case ENGINE_REPLY: line("result %d\n", engine_reply(20)); break;
    }
}

static void on_connecting(wss_conn_t *conn)
{
    (void)conn;
    line("on_connecting\n");
    do_deed();
}

static wss_result_t on_request(wss_conn_t *conn)
{
    (void)conn;
    line("on_request\n");
    do_deed();
    return (wss_result_t)answer;
}

static wss_result_t on_page(wss_conn_t *conn)
{
    (void)conn;
    line("on_page\n");
    do_deed();
    return (wss_result_t)answer;
}

static void on_open(wss_conn_t *conn)
{
    (void)conn;
    line("on_open\n");
    do_deed();
}

static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    (void)conn;
    line("on_data %d%s%s ", (int)data->type, data->first ? " first" : "",
         data->last ? " last" : "");
    hex(data->bytes, data->length);
    do_deed();
    return (wss_result_t)answer;
}

static void on_ping(wss_conn_t *conn, const uint8_t *bytes, size_t length)
{
    (void)conn;
    line("on_ping ");
    hex(bytes, length);
    do_deed();
}

static void on_pong(wss_conn_t *conn, const uint8_t *bytes, size_t length)
{
    (void)conn;
    line("on_pong ");
    hex(bytes, length);
    do_deed();
}

static void on_writable(wss_conn_t *conn)
{
    (void)conn;
    line("on_writable\n");
    do_deed();
}

static void on_closing(wss_conn_t *conn, const wss_closure_t *closure)
{
    (void)conn;
    note_closure("on_closing", closure);
    do_deed();
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    (void)conn;
    note_closure("on_closed", closure);
}

/* ------------------------------------------------------------------------- the world */

static void start_world(void)
{
    static wss_sim_config_t config = {.ends = ends,
                                      .end_count = ENDS,
                                      .memory = end_memory,
                                      .send_room = ROOM,
                                      .window = WINDOW,
                                      .seed = 1};
    config.start = setup.now;
    wss_sim_init(&sim, &config);
    wss_sim_host_init(&host, &sim, &hal);
    if (setup.alone)
        hal.task = NULL;
    if (setup.layered)
        layer_over(&hal);
    if (setup.client)
        (void)wss_sim_peer_listen(&sim, PORT);
}

static void start_loop(void)
{
    static const wss_handler_t handler = {.on_connecting = on_connecting,
                                          .on_request = on_request,
                                          .on_page = on_page,
                                          .on_open = on_open,
                                          .on_data = on_data,
                                          .on_ping = on_ping,
                                          .on_pong = on_pong,
                                          .on_writable = on_writable,
                                          .on_closing = on_closing,
                                          .on_closed = on_closed};
    static wss_sim_crypto_t generator;
    static wss_crypto_t crypto;
    static wss_control_t controls[CONTROLS];
    static uint8_t rx[WINDOW], tx[ROOM], messages[WHOLE];
    static wss_config_t config;
    wss_sim_crypto_init(&generator, 1, &crypto);
    config = (wss_config_t){.hal = &hal,
                            .crypto = &crypto,
                            .handler = &handler,
                            .conns = conns,
                            .conn_count = 1,
                            .rx_buffer = rx,
                            .rx_size = sizeof rx,
                            .tx_buffer = tx,
                            .tx_size = setup.gathers ? sizeof tx : 0,
                            .controls = controls,
                            .control_count = CONTROLS,
                            .messages = setup.whole ? messages : NULL,
                            .message_size = setup.whole ? WHOLE : 0,
                            .max_message = MAX_MESSAGE,
                            .handshake_timeout = setup.timeouts[WSS_TIMER_HANDSHAKE],
                            .idle_timeout = setup.timeouts[WSS_TIMER_IDLE],
                            .ping_interval = setup.timeouts[WSS_TIMER_PING],
                            .pong_timeout = setup.timeouts[WSS_TIMER_PONG],
                            .close_timeout = setup.timeouts[WSS_TIMER_CLOSE],
                            .flush_timeout = setup.timeouts[WSS_TIMER_FLUSH],
                            .linger_timeout = setup.timeouts[WSS_TIMER_LINGER],
                            .trace = on_trace};
    if (wss_loop_init(&loop, &config) != WSS_OK)
        line("refused: %s\n", wss_loop_error(&loop));
}

void engine_start(const engine_setup_t *wanted)
{
    const wss_endpoint_t where = {.port = PORT};
    setup = *wanted;
    peer = NULL;
    end = 0;
    takes_all = true;
    answer = WSS_OK;
    next_deed = ENGINE_NOTHING;
    line_length = 0;
    wire_length = 0;
    start_world();
    start_loop();
    if (!setup.client && wss_listen(&loop, &where, NULL) != WSS_OK)
        line("nobody listens\n");
}

void engine_step(void)
{
    const wss_result_t result = wss_loop_step(&loop, 0);
    if (result != WSS_OK)
        line("the step fails: %s\n", wss_result_name(result));
    if (setup.client && peer == NULL)
        peer = wss_sim_peer_accept(&sim, PORT);
    peer_reads();
}

void engine_advance(uint32_t milliseconds)
{
    wss_sim_advance(&sim, milliseconds);
}

const char *engine_state(void)
{
    return wss_state_name(setup.client ? WSS_MACHINE_CONNECTION_CLIENT
                                       : WSS_MACHINE_CONNECTION_SERVER,
                          conns[0].state);
}

const char *engine_message_state(bool receiver)
{
    return receiver ? wss_state_name(WSS_MACHINE_MESSAGE_RECEIVER, conns[0].u.frames.receiving)
                    : wss_state_name(WSS_MACHINE_MESSAGE_SENDER, conns[0].u.frames.sending);
}

const char *engine_reason(void)
{
    return wss_reason_name((wss_reason_t)conns[0].reason);
}

uint32_t engine_left(unsigned timer)
{
    loop.now = sim.now;
    return wss_timer_left(&conns[0], timer);
}

uint32_t engine_faults(void)
{
    return wss_sim_faults(&sim) + sim.beyond_room + (host.streams > 1);
}

/* -------------------------------------------------------------------------- the peer */

static void let_go(void)
{
    if (peer != NULL)
        wss_sim_peer_release(peer);
    peer = NULL;
    end = 0;
    takes_all = true;
}

void engine_peer_connect(void)
{
    let_go();
    peer = wss_sim_peer_connect(&sim, PORT);
}

void engine_dialled(int how)
{
    sim.dial = (wss_sim_dial_t)how;
}

void engine_layer(bool up)
{
    layer_set(up ? WSS_PHASE_UP : WSS_PHASE_FAILED);
}

void engine_peer_send(const uint8_t *bytes, uint32_t length)
{
    uint32_t sent = 0, count = 1;
    while (sent < length && count > 0) {
        count = wss_sim_peer_send(peer, bytes + sent, length - sent);
        sent += count;
    }
    if (sent < length)
        line("the peer cannot send\n");
}

void engine_peer_finish(void)
{
    wss_sim_peer_finish(peer);
}

void engine_peer_reset(void)
{
    wss_sim_peer_reset(peer);
    peer = NULL;
}

void engine_peer_takes(uint32_t bytes)
{
    takes_all = bytes >= WINDOW;
    if (peer != NULL)
        wss_sim_peer_window(peer, bytes);
}

/* ------------------------------------------------------------------- the application */

int engine_connect(void)
{
    static const char *const protocols[] = {"b", "a"};
    static const wss_target_t target = {.host = "192.0.2.7",
                                        .resource = "/chat?x=1",
                                        .origin = "http://example.org",
                                        .protocols = protocols,
                                        .protocol_count = 2};
    let_go();
    return wss_connect(&loop, &target, NULL, NULL);
}

int engine_accept(void)
{
    return wss_accept(conns, NULL, 0);
}

int engine_reply(uint32_t body_length)
{
    const wss_reply_t reply = {.status = 403, .body = body, .body_length = body_length};
    return wss_reply(conns, &reply);
}

int engine_send(int type, const uint8_t *bytes, uint32_t length, bool more)
{
    return wss_send(conns, (wss_opcode_t)type, bytes, length, more ? WSS_MORE : WSS_FINAL);
}

int engine_send_begin(int type, uint32_t length, bool more)
{
    return wss_send_begin(conns, (wss_opcode_t)type, length, more ? WSS_MORE : WSS_FINAL);
}

int engine_send_stream(const uint8_t *bytes, uint32_t length, uint32_t *taken)
{
    size_t count = 0;
    const wss_result_t result = wss_send_stream(conns, bytes, length, &count);
    *taken = (uint32_t)count;
    return result;
}

int engine_ping(const uint8_t *bytes, uint32_t length)
{
    return wss_ping(conns, bytes, length);
}

int engine_pong(const uint8_t *bytes, uint32_t length)
{
    return wss_pong(conns, bytes, length);
}

int engine_close(uint16_t code, const char *reason)
{
    return wss_close(conns, code, reason, strlen(reason));
}

int engine_abort(void)
{
    return wss_abort(conns);
}

void engine_resume(void)
{
    wss_resume(conns);
}

void engine_answer(int result)
{
    answer = result;
}

void engine_deed(engine_deed_t deed)
{
    next_deed = deed;
}
