/* SPDX-License-Identifier: MIT */
/*
 * An echo server in the simulator against a peer that sends anything. The first byte of
 * an input chooses how, the second into how large pieces the rest is cut. Whatever comes:
 * no undefined behaviour, no misuse of the port, one on_closed for each on_connecting,
 * nothing left in the end.
 */
#include "fuzz.h"

#include "wss/wss.h"
#include "wss_sim.h"

enum { CONNS = 2, ENDS = 8, ROOM = 1024, WINDOW = 2048, READ = 512, MESSAGE = 300, STEPS = 50000 };

/* The first byte of an input. */
enum {
    UPGRADED = 1u << 0, /* the opening handshake is done already */
    WHOLE = 1u << 1,    /* messages are delivered whole */
    DEAF = 1u << 2,     /* the peer does not read until the end */
    SHORT = 1u << 3,    /* reads and writes are cut at random */
    RESET = 1u << 4     /* the peer ends with a reset, not a FIN */
};

static const char request[] = "GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
                              "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

static wss_sim_t sim;
static wss_sim_host_t host;
static wss_hal_t hal;
static wss_crypto_t crypto;
static wss_loop_t loop;
static unsigned alive;

static void on_connecting(wss_conn_t *conn)
{
    (void)conn;
    alive++;
}

static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    return wss_send(conn, data->type, data->bytes, data->length, data->last ? WSS_FINAL : WSS_MORE);
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    (void)conn;
    require(closure->cause != WSS_REASON_NONE);
    require(!closure->clean || closure->opened);
    alive--;
}

static void start(unsigned how)
{
    static const char *const paths[] = {"/chat", "/chatter"};
    static const char *const protocols[] = {"b", "a"};
    static const char *const origins[] = {"http://a"};
    static const wss_handler_t handler = {
        .on_connecting = on_connecting, .on_data = on_data, .on_closed = on_closed};
    static wss_sim_end_t ends[ENDS];
    static uint8_t end_memory[ENDS * (ROOM + WINDOW)], rx[READ], messages[CONNS * MESSAGE];
    static wss_sim_crypto_t generator;
    static wss_conn_t conns[CONNS];
    static wss_control_t controls[1];
    static wss_config_t config;
    const wss_endpoint_t where = {.port = 80};
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
    config = (wss_config_t){.hal = &hal,
                            .crypto = &crypto,
                            .handler = &handler,
                            .conns = conns,
                            .conn_count = CONNS,
                            .rx_buffer = rx,
                            .rx_size = READ,
                            .controls = controls,
                            .control_count = 1,
                            .messages = (how & WHOLE) != 0 ? messages : NULL,
                            .message_size = (how & WHOLE) != 0 ? MESSAGE : 0,
                            .paths = paths,
                            .path_count = 2,
                            .protocols = protocols,
                            .protocol_count = 2,
                            .origins = origins,
                            .origin_count = 1};
    alive = 0;
    require(wss_loop_init(&loop, &config) == WSS_OK);
    require(wss_listen(&loop, &where, NULL) == WSS_OK);
}

static void swallow(wss_sim_end_t *peer)
{
    uint8_t bytes[256];

    while (wss_sim_peer_read(peer, bytes, sizeof bytes) > 0)
        continue;
}

/* Sends a piece, as fast as the server takes it. */
static void send_piece(wss_sim_end_t *peer, const void *bytes, uint32_t length, bool deaf)
{
    const uint8_t *at = bytes;

    for (unsigned tries = 0; length > 0 && tries < 100; tries++) {
        uint32_t taken = wss_sim_peer_send(peer, at, length);
        at += taken;
        length -= taken;
        require(wss_loop_step(&loop, 0) == WSS_OK);
        if (!deaf)
            swallow(peer);
    }
}

/* Time passes until every deadline has done its work. */
static void run_out(wss_sim_end_t *peer, unsigned how)
{
    swallow(peer);
    if ((how & RESET) != 0)
        wss_sim_peer_reset(peer);
    else
        wss_sim_peer_finish(peer);
    for (unsigned i = 0; i < STEPS && wss_loop_count(&loop) > 0; i++)
        require(wss_loop_step(&loop, 1000) == WSS_OK);
    require(wss_loop_count(&loop) == 0);
    require(alive == 0);
    require(host.streams == 0);
    require(wss_sim_faults(&sim) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    wss_sim_end_t *peer;
    uint32_t piece;

    if (size < 2 || size > 65536)
        return 0;
    start(data[0]);
    peer = wss_sim_peer_connect(&sim, 80);
    require(peer != NULL);
    if ((data[0] & UPGRADED) != 0)
        send_piece(peer, request, sizeof request - 1, false);
    piece = data[1] == 0 ? UINT16_MAX : data[1];
    for (size_t at = 2; at < size; at += piece) {
        uint32_t length = size - at < piece ? (uint32_t)(size - at) : piece;
        send_piece(peer, data + at, length, (data[0] & DEAF) != 0);
    }
    run_out(peer, data[0]);
    return 0;
}
