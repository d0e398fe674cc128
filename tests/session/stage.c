/* SPDX-License-Identifier: MIT */
/* Sessions in the simulator and the servers that they call: see stage.h. */
#include "stage.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ENDS = 16, ROOM = 4096, WINDOW = 16384, PORTS = 8 };

stage_t stage;
deed_t stage_deeds[PLACES];
bool stage_rows[16][256];
uint32_t stage_random;
bool stage_by_bytes;

static wss_sim_t sim;
static wss_sim_host_t host;
static wss_sim_end_t ends[ENDS];
static uint8_t memory[ENDS * (ROOM + WINDOW)];
static wss_sim_crypto_t generator;
static wss_crypto_t crypto, keys;
static wss_hal_t hal;
static wss_stream_t *(*sim_connect)(void *, const wss_dial_t *, void *);
static wss_loop_t loop;
static wss_conn_t conns[STAGE_SLOTS];
static wss_control_t controls[1];
static uint8_t rx[1024];
static wss_config_t config;
static wss_session_t sessions[STAGE_SESSIONS];
static wss_sim_end_t *peer; /* the server that was called last */
static uint16_t ports[PORTS];
static char key[WSS_KEY_LENGTH];
static char request[ROOM + 1];
static size_t request_length;
static bool in_frames;
static char text[1 << 16];
static size_t text_length;
static bool muted;

static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void say(const char *format, ...)
{
    va_list arguments;
    if (muted)
        return;
    va_start(arguments, format);
    size_t left = sizeof text - text_length;
    int count = vsnprintf(text + text_length, left, format, arguments);
    va_end(arguments);
    text_length += (size_t)count < left ? (size_t)count : left - 1;
}

const char *stage_log(void)
{
    return text;
}

static unsigned number_of(const wss_session_t *session)
{
    return (unsigned)(session - sessions);
}

static const char *prefix(const wss_session_t *session)
{
    return session == NULL ? "?: " : number_of(session) == 0 ? "" : "2: ";
}

/* --------------------------------------------------------------------- callbacks */

/* The first server of the list becomes the last. */
static void rotate(void)
{
    const char *first = stage.servers[0];
    uint32_t last = stage.session.server_count - 1;
    memmove(stage.servers, stage.servers + 1, last * sizeof first);
    stage.servers[last] = first;
}

static void do_deed(place_t place, wss_session_t *session, wss_conn_t *conn)
{
    deed_t deed = muted ? DEED_NONE : stage_deeds[place];
    stage_deeds[place] = DEED_NONE;
    if (deed == DEED_STOP)
        stage_stop(number_of(session));
    else if (deed == DEED_START)
        stage_start(number_of(session));
    else if (deed == DEED_ABORT)
        (void)wss_abort(conn);
    else if (deed == DEED_CLOSE)
        (void)wss_close(conn, 1000, NULL, 0);
    else if (deed == DEED_ROTATE)
        rotate();
}

static void on_connecting(wss_conn_t *conn)
{
    do_deed(AT_CONNECTING, wss_session_of(conn), conn);
}

static void on_head(wss_conn_t *conn, const wss_head_t *piece)
{
    if (piece->part == WSS_HEAD_END)
        do_deed(AT_HEAD, wss_session_of(conn), conn);
}

static void on_open(wss_conn_t *conn)
{
    const char *protocol = wss_protocol(conn);
    say("%sopen%s%s\n", prefix(wss_session_of(conn)), protocol != NULL ? " " : "",
        protocol != NULL ? protocol : "");
    do_deed(AT_OPEN, wss_session_of(conn), conn);
}

static void on_closing(wss_conn_t *conn, const wss_closure_t *closure)
{
    (void)closure;
    do_deed(AT_CLOSING, wss_session_of(conn), conn);
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    say("%sclosed %s", prefix(wss_session_of(conn)), wss_reason_name(closure->cause));
    if (closure->cause == WSS_REASON_ANSWERED)
        say(" %d", wss_status(conn));
    say("\n");
    do_deed(AT_CLOSED, wss_session_of(conn), conn);
}

static void on_online(wss_session_t *session, wss_conn_t *conn)
{
    if (conn != wss_session_conn(session) || wss_session_context(session) != &stage)
        say("another connection or context\n");
    say("%sonline %s\n", prefix(session), wss_session_url(session));
    do_deed(AT_ONLINE, session, conn);
}

static void on_challenge(wss_session_t *session, const char *challenge, size_t length)
{
    say("%schallenge \"%.*s\"\n", prefix(session), (int)length, challenge);
    do_deed(AT_CHALLENGE, session, NULL);
}

static void check_idle(const wss_session_t *session)
{
    if (wss_session_conn(session) != NULL)
        say("a connection is left\n");
}

static void on_waiting(wss_session_t *session, uint32_t milliseconds, const wss_closure_t *last)
{
    check_idle(session);
    say("%swaiting %u after %s\n", prefix(session), (unsigned)milliseconds,
        wss_reason_name(last->cause));
    do_deed(AT_WAITING, session, NULL);
}

static void on_stopped(wss_session_t *session, wss_session_end_t why, const wss_closure_t *last)
{
    const wss_url_error_t *error = wss_session_error(session);
    check_idle(session);
    say("%sstopped %s after %s\n", prefix(session), wss_session_end_name(why),
        wss_reason_name(last->cause));
    if (error->result != WSS_OK)
        say("%s at %zu: %s\n", wss_result_name(error->result), error->offset, error->reason);
    do_deed(AT_STOPPED, session, NULL);
}

static void on_trace(void *context, const wss_trace_t *entry)
{
    (void)context;
    stage_rows[entry->machine][entry->row] = true;
}

/* ------------------------------------------------------------- between the rooms */

static wss_stream_t *connect_noted(void *context, const wss_dial_t *dial, void *owner)
{
    say("call %s %u%s\n", dial->host, (unsigned)dial->port, dial->secure ? " secure" : "");
    return sim_connect(context, dial, owner);
}

static wss_result_t random_bytes(void *context, uint8_t *buffer, size_t length)
{
    (void)context;
    if (generator.fails)
        return WSS_ERR_ENTROPY;
    for (size_t i = 0; i < length; i++)
        buffer[i] = (uint8_t)(stage_random >> (8 * (3 - i % 4)));
    return WSS_OK;
}

/* -------------------------------------------------------------------- the servers */

/* The lines of a request that tell one from another. */
static void say_request(void)
{
    static const char *const quiet[] = {"Upgrade:", "Connection:", "Sec-WebSocket-Version:"};
    static const char key_name[] = "Sec-WebSocket-Key: ";
    for (char *line = strtok(request, "\r\n"); line != NULL; line = strtok(NULL, "\r\n")) {
        bool told = true;
        for (size_t i = 0; i < sizeof quiet / sizeof quiet[0]; i++)
            told = told && strncmp(line, quiet[i], strlen(quiet[i])) != 0;
        if (strncmp(line, key_name, sizeof key_name - 1) == 0)
            memcpy(key, line + sizeof key_name - 1, sizeof key);
        else if (told)
            say("< %s\n", line);
    }
}

static void read_bytes(const uint8_t *bytes, size_t length)
{
    if (in_frames) {
        if (length >= 8 && bytes[0] == 0x88)
            say("< close %u\n", (unsigned)(bytes[2] ^ bytes[6]) << 8 | (bytes[3] ^ bytes[7]));
        return;
    }
    memcpy(request + request_length, bytes, length);
    request_length += length;
    request[request_length] = '\0';
    if (strstr(request, "\r\n\r\n") != NULL)
        say_request();
}

static bool meet_caller(uint16_t port)
{
    wss_sim_end_t *caller = wss_sim_peer_accept(&sim, port);
    if (caller == NULL)
        return false;
    if (peer != NULL)
        wss_sim_peer_release(peer);
    peer = caller;
    request_length = 0;
    in_frames = false;
    return true;
}

static void read_peer(void)
{
    uint8_t bytes[1024];
    int32_t count = 0;
    for (unsigned i = 0; i < PORTS; i++)
        while (ports[i] != 0 && meet_caller(ports[i]))
            continue;
    while (peer != NULL && (count = wss_sim_peer_read(peer, bytes, sizeof bytes)) > 0)
        read_bytes(bytes, (size_t)count);
    if (peer == NULL || count >= 0)
        return;
    wss_sim_peer_release(peer);
    peer = NULL;
}

void stage_listen(uint16_t port)
{
    for (unsigned i = 0; i < PORTS; i++)
        if (ports[i] == 0) {
            ports[i] = wss_sim_peer_listen(&sim, port);
            return;
        }
}

void stage_send(const uint8_t *bytes, size_t length)
{
    const wss_sim_end_t *same = peer;
    size_t step = stage_by_bytes ? 1 : length;
    for (size_t at = 0; at < length && peer != NULL && peer == same; at += step) {
        (void)wss_sim_peer_send(peer, bytes + at, (uint32_t)step);
        if (at + step < length)
            stage_settle();
    }
    stage_settle();
}

void stage_accept(void)
{
    char answer[256];
    char accept[WSS_ACCEPT_LENGTH];
    (void)keys.accept_key(keys.context, key, accept);
    int length = snprintf(answer, sizeof answer,
                          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Accept: %.*s\r\n\r\n",
                          WSS_ACCEPT_LENGTH, accept);
    in_frames = true;
    stage_send((const uint8_t *)answer, (size_t)length);
}

void stage_finish(void)
{
    if (peer != NULL)
        wss_sim_peer_finish(peer);
    stage_settle();
}

void stage_reset(void)
{
    if (peer != NULL)
        wss_sim_peer_reset(peer);
    peer = NULL;
    stage_settle();
}

/* ----------------------------------------------------------------------- sessions */

void stage_start(unsigned session)
{
    static const wss_session_handler_t handler = {.on_online = on_online,
                                                  .on_challenge = on_challenge,
                                                  .on_waiting = on_waiting,
                                                  .on_stopped = on_stopped};
    stage.session.loop = &loop;
    stage.session.context = &stage;
    stage.session.handler = stage.handler ? &handler : NULL;
    stage.session.servers = stage.servers;
    stage.session.headers = stage.headers;
    stage.session.credentials = stage.credentials;
    stage.session.protocols = stage.protocols;
    wss_result_t result = wss_session_start(&sessions[session], &stage.session);
    const wss_url_error_t *error = wss_session_error(&sessions[session]);
    if (result == WSS_ERR_STATE)
        say("-> %s\n", wss_result_name(result));
    else if (result != WSS_OK)
        say("-> %s at %zu: %s\n", wss_result_name(result), error->offset, error->reason);
}

void stage_stop(unsigned session)
{
    wss_result_t result = wss_session_stop(&sessions[session]);
    if (result != WSS_OK)
        say("-> %s\n", wss_result_name(result));
}

void stage_plain(void)
{
    static const wss_target_t target = {.host = "plain"};
    (void)wss_connect(&loop, &target, NULL, NULL);
}

void stage_next(void)
{
    say("next step in %u\n", (unsigned)wss_loop_next_deadline(&loop));
}

void stage_loop(bool abort)
{
    if (abort)
        wss_loop_abort(&loop);
    else
        (void)wss_loop_close(&loop, 1001);
}

void stage_settle(void)
{
    int quiet = 0;
    for (int i = 0; quiet < 4; i++) {
        (void)wss_loop_step(&loop, 0);
        read_peer();
        quiet = wss_loop_next_deadline(&loop) != 0 ? quiet + 1 : 0;
        if (i > 1000) {
            say("the loop does not come to rest\n");
            return;
        }
    }
}

void stage_time(uint32_t milliseconds)
{
    wss_sim_advance(&sim, milliseconds);
}

void stage_entropy(bool good)
{
    generator.fails = !good;
}

void stage_dial(wss_sim_dial_t dial)
{
    sim.dial = dial;
}

/* -------------------------------------------------------------------------- world */

static void start_sim(void)
{
    wss_sim_config_t sim_config = {.ends = ends,
                                   .end_count = ENDS,
                                   .memory = memory,
                                   .send_room = ROOM,
                                   .window = WINDOW,
                                   .seed = 1,
                                   .start = UINT32_MAX - 1000};
    wss_sim_init(&sim, &sim_config);
    wss_sim_host_init(&host, &sim, &hal);
    wss_sim_host_lock(&host, &hal);
    sim_connect = hal.connect;
    hal.connect = connect_noted;
    wss_sim_crypto_init(&generator, 1, &keys);
    crypto = keys;
    crypto.random = random_bytes;
}

void stage_begin(void)
{
    static const wss_handler_t handler = {.on_connecting = on_connecting,
                                          .on_head = on_head,
                                          .on_open = on_open,
                                          .on_closing = on_closing,
                                          .on_closed = on_closed};
    muted = false;
    text_length = 0;
    text[0] = '\0';
    peer = NULL;
    memset(ports, 0, sizeof ports);
    memset(sessions, 0, sizeof sessions);
    memset(stage_deeds, 0, sizeof stage_deeds);
    stage_random = 0;
    start_sim();
    config = (wss_config_t){.hal = &hal,
                            .crypto = &crypto,
                            .handler = &handler,
                            .conns = conns,
                            .conn_count = stage.slots,
                            .rx_buffer = rx,
                            .rx_size = sizeof rx,
                            .controls = controls,
                            .control_count = 1,
                            .ping_interval = WSS_OFF,
                            .idle_timeout = WSS_OFF,
                            .trace = on_trace};
    if (wss_loop_init(&loop, &config) != WSS_OK) {
        fprintf(stderr, "the engine does not start: %s\n", wss_loop_error(&loop));
        exit(2);
    }
}

void stage_end(void)
{
    muted = true;
    for (unsigned i = 0; i < STAGE_SESSIONS; i++)
        stage_stop(i);
    wss_loop_abort(&loop);
    stage_settle();
    muted = false;
    if (peer != NULL)
        wss_sim_peer_release(peer);
    if (loop.sessions != NULL)
        say("a session leaked\n");
    if (host.streams != 0 || wss_loop_count(&loop) != 0)
        say("%u streams, %u connections leaked\n", (unsigned)host.streams,
            (unsigned)wss_loop_count(&loop));
    for (int i = 0; i < WSS_SIM_FAULT_COUNT; i++)
        if (sim.faults[i] != 0)
            say("fault: %s\n", wss_sim_fault_name((wss_sim_fault_t)i));
}
