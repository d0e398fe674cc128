/* SPDX-License-Identifier: MIT */
#include "peers.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

enum { ENDS = 2 * (PEERS + 1) }; /* one more may call */

wss_sim_t sim;
wss_sim_host_t host;
static wss_sim_end_t ends[ENDS];
static uint8_t memory[ENDS * (ROOM + 65536)];
wss_sim_crypto_t generator;
wss_crypto_t crypto;
wss_hal_t hal;
wss_loop_t loop;
static wss_conn_t conns[PEERS];
static wss_control_t controls[PEERS];
uint8_t rx[2048];
wss_config_t config;
wss_sim_end_t *peers[PEERS];
int marker;

wss_conn_t *opened[PEERS];
unsigned open_count;
uint8_t got[256];
size_t got_length;
bool got_whole;
void (*inside_data)(wss_conn_t *conn);
bool locks;

static void on_connecting(wss_conn_t *conn)
{
    ck_assert_ptr_null(wss_user(conn));
    wss_set_user(conn, &marker);
}

static void on_open(wss_conn_t *conn)
{
    opened[open_count++] = conn;
}

static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    if (inside_data != NULL)
        inside_data(conn);
    memcpy(got + got_length, data->bytes, data->length);
    got_length += data->length;
    got_whole = data->first && data->last;
    return WSS_OK;
}

wss_handler_t handler = {.on_connecting = on_connecting, .on_open = on_open, .on_data = on_data};

void settle(void)
{
    for (int i = 0; i < 8; i++)
        ck_assert_int_eq(wss_loop_step(&loop, 0), WSS_OK);
}

void upgrade(wss_sim_end_t *peer, const char *path, const char *protocol)
{
    char request[512];
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Protocol: %s\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                          "Sec-WebSocket-Version: 13\r\n\r\n",
                          path, protocol);
    ck_assert_uint_eq(wss_sim_peer_send(peer, request, (uint32_t)length), (uint32_t)length);
    settle();
}

size_t take(wss_sim_end_t *peer, uint8_t *bytes, size_t capacity)
{
    size_t length = 0;
    int32_t count;
    while ((count = wss_sim_peer_read(peer, bytes + length, (uint32_t)(capacity - length))) > 0)
        length += (size_t)count;
    return length;
}

void begin(void)
{
    static const char *const paths[] = {"/a", "/b"};
    static const char *const protocols[] = {"chat", "mqtt"};
    wss_sim_config_t sim_config = {.ends = ends,
                                   .end_count = ENDS,
                                   .memory = memory,
                                   .send_room = ROOM,
                                   .window = 65536,
                                   .seed = 1};
    open_count = 0;
    got_length = 0;
    inside_data = NULL;
    wss_sim_init(&sim, &sim_config);
    wss_sim_host_init(&host, &sim, &hal);
    if (locks)
        wss_sim_host_lock(&host, &hal);
    wss_sim_crypto_init(&generator, 1, &crypto);
    config = (wss_config_t){.hal = &hal,
                            .crypto = &crypto,
                            .handler = &handler,
                            .context = &marker,
                            .conns = conns,
                            .conn_count = PEERS,
                            .rx_buffer = rx,
                            .rx_size = sizeof rx,
                            .controls = controls,
                            .control_count = PEERS,
                            .paths = paths,
                            .path_count = 2,
                            .protocols = protocols,
                            .protocol_count = 2};
}

void open_peers(void)
{
    wss_endpoint_t where = {.port = 80};
    uint8_t bytes[1024];
    ck_assert_int_eq(wss_loop_init(&loop, &config), WSS_OK);
    ck_assert_str_eq(wss_loop_error(&loop), "");
    ck_assert_int_eq(wss_listen(&loop, &where, NULL), WSS_OK);
    for (unsigned i = 0; i < PEERS; i++) {
        peers[i] = wss_sim_peer_connect(&sim, 80);
        settle();
        upgrade(peers[i], i == 0 ? "/a" : "/b", i == 1 ? "mqtt" : "other");
        ck_assert_uint_eq(open_count, i + 1);
        (void)take(peers[i], bytes, sizeof bytes);
    }
}

void setup(void)
{
    begin();
    open_peers();
}

void setup_locked(void)
{
    locks = true;
    setup();
}

void teardown(void)
{
    wss_loop_abort(&loop);
    ck_assert_uint_eq(wss_loop_count(&loop), 0);
    ck_assert_uint_eq(host.streams, 0);
    ck_assert_uint_eq(wss_sim_faults(&sim), 0);
    ck_assert(!host.locked);
    locks = false;
}

void peer_sends(wss_sim_end_t *peer, const void *bytes, size_t length)
{
    ck_assert_uint_eq(wss_sim_peer_send(peer, bytes, (uint32_t)length), length);
    settle();
}

void send_masked(wss_sim_end_t *peer, uint8_t first, const char *text)
{
    uint8_t frame[256] = {first, (uint8_t)(0x80 | strlen(text))};
    memcpy(frame + 6, text, strlen(text));
    ck_assert_uint_gt(wss_sim_peer_send(peer, frame, (uint32_t)(6 + strlen(text))), 0);
    settle();
}
