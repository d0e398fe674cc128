/* SPDX-License-Identifier: MIT */
/*
 * A client in the simulator that calls a server which answers anything. The first byte of an
 * input chooses how, the second into how large pieces the rest is cut; "{accept}" in it is
 * what the request calls for. Every call gets the same answer. Whatever comes: no undefined
 * behaviour, no misuse of the port, one on_closed for each on_connecting, masked frames
 * only, an end of the session, nothing left.
 */
#include "fuzz.h"

#include "wss/wss_session.h"
#include "wss_sim.h"

#include <string.h>

enum {
    ENDS = 16,
    CALLS = 64, /* more than redirects and attempts make */
    ROOM = 1024,
    WINDOW = 2048,
    READ = 512,
    MESSAGE = 300,
    STEPS = 50000,
    MOST = 65536
};

/* The first byte of an input. */
enum {
    UPGRADED = 1u << 0, /* the opening handshake is done already */
    WHOLE = 1u << 1,    /* messages are delivered whole */
    DEAF = 1u << 2,     /* the server does not read until the end */
    SHORT = 1u << 3,    /* reads and writes are cut at random */
    RESET = 1u << 4,    /* the server ends with a reset, not a FIN */
    SESSION = 1u << 5,  /* a session calls: it follows redirects, and calls again */
    PROTOCOL = 1u << 6  /* subprotocols are offered */
};

static const char upgrade[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                              "Connection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n";

static wss_sim_t sim;
static wss_sim_host_t host;
static wss_hal_t hal;
static wss_crypto_t crypto;
static wss_loop_t loop;
static wss_session_t session;
static unsigned alive;
static bool stopped;

/* --------------------------------------------------------------------- the client */

static void on_connecting(wss_conn_t *conn)
{
    (void)conn;
    alive++;
}

static void on_open(wss_conn_t *conn)
{
    require(wss_status(conn) == 101 && wss_state(conn) == WSS_CONNECTED);
    (void)wss_send(conn, WSS_OPCODE_TEXT, "hello", 5, WSS_FINAL);
}

static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    return wss_send(conn, data->type, data->bytes, data->length, data->last ? WSS_FINAL : WSS_MORE);
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    require(closure->cause != WSS_REASON_NONE);
    require(!closure->clean || closure->opened);
    require(closure->cause != WSS_REASON_ANSWERED || wss_status(conn) != 0);
    alive--;
}

static void on_challenge(wss_session_t *of, const char *challenge, size_t length)
{
    require(length <= WSS_CFG_SESSION_CHALLENGE && (length == 0 || challenge != NULL));
    (void)wss_session_stop(of);
}

static void on_waiting(wss_session_t *of, uint32_t milliseconds, const wss_closure_t *last)
{
    (void)of;
    require(milliseconds > 0 && milliseconds <= 60000 && last->cause != WSS_REASON_NONE);
}

static void on_stopped(wss_session_t *of, wss_session_end_t why, const wss_closure_t *last)
{
    (void)last;
    require(why != WSS_SESSION_RUNNING && wss_session_conn(of) == NULL);
    require((why == WSS_SESSION_REDIRECT) == (wss_session_error(of)->result != WSS_OK));
    stopped = true;
}

static const char *const protocols[] = {"b", "a"};

static void connect_once(unsigned how)
{
    static wss_target_t target;
    target = (wss_target_t){.host = "a", .protocols = protocols};
    target.protocol_count = (how & PROTOCOL) != 0 ? 2 : 0;
    require(wss_connect(&loop, &target, NULL, NULL) == WSS_OK);
    stopped = true;
}

static void start_session(unsigned how)
{
    static const char *const servers[] = {"ws://u:p@a/x?y", "ws://b"};
    static const wss_header_t credential = {"Cookie", "c=d"};
    static const wss_session_handler_t handler = {
        .on_challenge = on_challenge, .on_waiting = on_waiting, .on_stopped = on_stopped};
    static wss_session_config_t config;
    config = (wss_session_config_t){.loop = &loop,
                                    .handler = &handler,
                                    .servers = servers,
                                    .server_count = 2,
                                    .protocols = protocols,
                                    .credentials = &credential,
                                    .credential_count = 1,
                                    .attempts = 2};
    config.protocol_count = (how & PROTOCOL) != 0 ? 2 : 0;
    memset(&session, 0, sizeof session);
    require(wss_session_start(&session, &config) == WSS_OK);
}

static void start(unsigned how)
{
    static const wss_handler_t handler = {.on_connecting = on_connecting,
                                          .on_open = on_open,
                                          .on_data = on_data,
                                          .on_closed = on_closed};
    static wss_sim_end_t ends[ENDS];
    static uint8_t end_memory[ENDS * (ROOM + WINDOW)], rx[READ], messages[MESSAGE];
    static wss_sim_crypto_t generator;
    static wss_conn_t conns[1];
    static wss_control_t controls[1];
    static wss_config_t config;
    const wss_sim_config_t world = {.ends = ends,
                                    .end_count = ENDS,
                                    .memory = end_memory,
                                    .send_room = ROOM,
                                    .window = WINDOW,
                                    .seed = how + 1u,
                                    .start = UINT32_MAX - 100u,
                                    .read_limit = (how & SHORT) != 0 ? 40 : 0,
                                    .send_limit = (how & SHORT) != 0 ? 40 : 0,
                                    .random_limits = true};

    wss_sim_init(&sim, &world);
    wss_sim_host_init(&host, &sim, &hal);
    wss_sim_host_lock(&host, &hal);
    wss_sim_crypto_init(&generator, 1, &crypto);
    require(wss_sim_peer_listen(&sim, 80) == 80);
    config = (wss_config_t){.hal = &hal,
                            .crypto = &crypto,
                            .handler = &handler,
                            .conns = conns,
                            .conn_count = 1,
                            .rx_buffer = rx,
                            .rx_size = READ,
                            .controls = controls,
                            .control_count = 1,
                            .messages = (how & WHOLE) != 0 ? messages : NULL,
                            .message_size = (how & WHOLE) != 0 ? MESSAGE : 0};
    alive = 0;
    stopped = false;
    require(wss_loop_init(&loop, &config) == WSS_OK);
    if ((how & SESSION) != 0)
        start_session(how);
    else
        connect_once(how);
}

/* --------------------------------------------------------------------- the server */

/* One call: what its client sends, and what it is to be answered. */
typedef struct call {
    wss_sim_end_t *peer;
    bool deaf;
    char accept[WSS_ACCEPT_LENGTH];
    char head[ROOM + 1];
    size_t length; /* of the head so far */
    bool asked;    /* the head is complete */
    uint8_t frame[14];
    size_t have;   /* bytes of a frame's header */
    uint64_t left; /* of its payload */
} call_t;

/* RFC 6455, 5.1 and 5.5: a client masks each frame, sets no reserved bit, and sends control
 * frames whole and short. */
static void read_frames(call_t *call, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (call->left > 0) {
            call->left--;
            continue;
        }
        call->frame[call->have++] = bytes[i];
        if (call->have < 2)
            continue;
        unsigned code = call->frame[1] & 0x7F;
        size_t wide = code == 126 ? 2 : code == 127 ? 8 : 0;
        require((call->frame[0] & 0x70) == 0 && (call->frame[1] & 0x80) != 0);
        require((call->frame[0] & 0x08) == 0 || (call->frame[0] >= 0x80 && code <= 125));
        if (call->have < 2 + wide + 4)
            continue;
        call->left = wide == 0 ? code : 0;
        for (size_t k = 0; k < wide; k++)
            call->left = call->left << 8 | call->frame[2 + k];
        call->have = 0;
    }
}

static void read_request(call_t *call, const uint8_t *bytes, size_t length)
{
    static const char name[] = "\r\nSec-WebSocket-Key: ";
    require(call->length + length < sizeof call->head);
    memcpy(call->head + call->length, bytes, length);
    call->length += length;
    call->head[call->length] = '\0';
    if (call->length < 4 || strcmp(call->head + call->length - 4, "\r\n\r\n") != 0)
        return;
    const char *key = strstr(call->head, name);
    require(key != NULL && strncmp(call->head, "GET /", 5) == 0);
    require(crypto.accept_key(crypto.context, key + sizeof name - 1, call->accept) == WSS_OK);
    call->asked = true;
}

static void swallow(call_t *call)
{
    uint8_t bytes[256];
    int32_t count;

    while ((count = wss_sim_peer_read(call->peer, bytes, sizeof bytes)) > 0)
        if (call->asked)
            read_frames(call, bytes, (size_t)count);
        else
            read_request(call, bytes, (size_t)count);
}

static void step(call_t *call)
{
    require(wss_loop_step(&loop, 0) == WSS_OK);
    if (!call->deaf)
        swallow(call);
}

/* Sends a piece, as fast as the client takes it. */
static void send_piece(call_t *call, const void *bytes, size_t length)
{
    const uint8_t *at = bytes;

    for (unsigned idle = 0; length > 0 && idle < 16 && wss_loop_count(&loop) > 0;) {
        uint32_t taken = wss_sim_peer_send(call->peer, at, (uint32_t)length);
        at += taken;
        length -= taken;
        idle = taken > 0 ? 0 : idle + 1;
        step(call);
    }
}

/* Puts in what the request calls for; `out` holds MOST bytes. */
static size_t fill_in(const call_t *call, const uint8_t *bytes, size_t length, uint8_t *out)
{
    static const char mark[] = "{accept}";
    size_t count = 0;
    for (size_t at = 0; at < length && count + WSS_ACCEPT_LENGTH < MOST;) {
        bool marked =
            length - at >= sizeof mark - 1 && memcmp(bytes + at, mark, sizeof mark - 1) == 0;
        memcpy(out + count, marked ? (const uint8_t *)call->accept : bytes + at,
               marked ? WSS_ACCEPT_LENGTH : 1);
        count += marked ? WSS_ACCEPT_LENGTH : 1;
        at += marked ? sizeof mark - 1 : 1;
    }
    return count;
}

static void serve(wss_sim_end_t *peer, const uint8_t *data, size_t size)
{
    static uint8_t bytes[MOST];
    call_t call = {.peer = peer};
    const size_t piece = data[1] == 0 ? MOST : data[1];
    for (unsigned i = 0; i < 100 && !call.asked; i++)
        step(&call);
    require(call.asked);
    if ((data[0] & UPGRADED) != 0)
        send_piece(&call, bytes,
                   fill_in(&call, (const uint8_t *)upgrade, sizeof upgrade - 1, bytes));
    call.deaf = (data[0] & DEAF) != 0;
    const size_t length = fill_in(&call, data + 2, size - 2, bytes);
    for (size_t at = 0; at < length && wss_loop_count(&loop) > 0; at += piece)
        send_piece(&call, bytes + at, length - at < piece ? length - at : piece);
    swallow(&call);
    if ((data[0] & RESET) != 0)
        wss_sim_peer_reset(peer);
    else
        wss_sim_peer_finish(peer);
}

/* Answers calls, and lets time pass until every deadline has done its work. */
static void run(const uint8_t *data, size_t size)
{
    wss_sim_end_t *peer, *last = NULL;
    unsigned calls = 0;
    for (unsigned i = 0; i < STEPS && (!stopped || wss_loop_count(&loop) > 0); i++) {
        require(wss_loop_step(&loop, 1000) == WSS_OK);
        while ((peer = wss_sim_peer_accept(&sim, 80)) != NULL) {
            require(++calls < CALLS);
            if (last != NULL)
                wss_sim_peer_release(last);
            serve(peer, data, size);
            last = (data[0] & RESET) == 0 ? peer : NULL;
        }
    }
    require(stopped && wss_loop_count(&loop) == 0);
    require(alive == 0 && host.streams == 0 && wss_sim_faults(&sim) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2 || size > MOST)
        return 0;
    start(data[0]);
    run(data, size);
    return 0;
}
