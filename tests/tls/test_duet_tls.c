/* SPDX-License-Identifier: MIT */
/*
 * The duet of tests/engine over TLS: in the simulated network with short reads and writes of
 * random length and many seeds, there through a proxy, too, and over TCP.
 */
#include "certs.h"
#include "duet.h"
#include "wss_crypto_mbedtls.h"
#include "wss_posix.h"
#include "wss_proxy_hal.h"
#include "wss_sim.h"
#include "wss_tls_hal.h"

#include <check.h>
#include <stdlib.h>

enum {
    SEEDS = 24,
    ENDS = 8,
    BELOW = 1024,
    WINDOW = 2048,
    ROOM = 800,
    HOLD = 300,
    TURNS_MAX = 4000000,
    PROXY_PORT = 3128
};

typedef struct side {
    wss_hal_t below; /* of the world */
    wss_hal_t hal;   /* of the engine */
    wss_tls_hal_t tls;
    wss_tls_stream_t streams[1];
    uint8_t memory[ROOM + HOLD];
    uint8_t input[200];
    uint8_t output[200];
    certs_side_t certs;
} side_t;

static side_t server, client;

static void add_tls(side_t *side, const wss_hal_t *below, bool serves, bool direct)
{
    const wss_tls_hal_config_t config = {.below = below,
                                         .server = serves ? &side->certs.context : NULL,
                                         .client = serves ? NULL : &side->certs.context,
                                         .streams = side->streams,
                                         .stream_count = 1,
                                         .memory = side->memory,
                                         .send_room = ROOM,
                                         .hold_size = HOLD,
                                         .input = direct ? NULL : side->input,
                                         .input_size = sizeof side->input,
                                         .output = side->output,
                                         .output_size = direct ? 0 : sizeof side->output};

    ck_assert_int_eq(wss_tls_hal_init(&side->tls, &config, &side->hal), WSS_OK);
}

/* The duet's client calls ws://; here it is wss://. */
static wss_stream_t *(*connect_below)(void *, const wss_dial_t *, void *);

static wss_stream_t *connect_secure(void *context, const wss_dial_t *whom, void *owner)
{
    static wss_dial_t there;

    there = *whom;
    there.secure = true;
    there.host = "localhost";
    return connect_below(context, &there, owner);
}

static void make_secure(wss_hal_t *hal)
{
    connect_below = hal->connect;
    hal->connect = connect_secure;
}

static void open_contexts(const wss_crypto_t *crypto)
{
    certs_server(&server.certs, crypto, "ec", NULL);
    certs_client(&client.certs, crypto, NULL, "ca");
}

static void close_contexts(void)
{
    certs_close(&server.certs);
    certs_close(&client.certs);
}

/* --------------------------------------------------------------- the simulated network */

static wss_sim_t sim;
static wss_sim_host_t server_host, client_host;
static wss_sim_end_t ends[ENDS];
static uint8_t memory[ENDS * (BELOW + WINDOW)];

static void start_world(unsigned seed)
{
    const wss_sim_config_t config = {.ends = ends,
                                     .end_count = ENDS,
                                     .memory = memory,
                                     .send_room = BELOW,
                                     .window = seed % 3 == 0 ? 17 : WINDOW,
                                     .seed = seed + 1,
                                     .start = UINT32_MAX - 50,
                                     .latency = seed % 4,
                                     .read_limit = seed % 5 == 0 ? 0 : 1 + seed % 40,
                                     .send_limit = seed % 7 == 0 ? 0 : 1 + seed % 50,
                                     .random_limits = true};

    wss_sim_init(&sim, &config);
    wss_sim_host_init(&server_host, &sim, &server.below);
    wss_sim_host_init(&client_host, &sim, &client.below);
    wss_sim_host_lock(&server_host, &server.below);
    wss_sim_host_lock(&client_host, &client.below);
}

/* The proxy: its ends and where they lead. It asks nothing. */
static wss_sim_end_t *near_end, *far_end;
static unsigned line_length;

/* Whether the request is there up to its empty line. */
static bool is_asked(void)
{
    char letter;

    while (wss_sim_peer_read(near_end, &letter, 1) == 1) {
        if (letter == '\n' && line_length == 0)
            return true;
        if (letter != '\r')
            line_length = letter == '\n' ? 0 : line_length + 1;
    }
    return false;
}

static void carry(wss_sim_end_t *from, wss_sim_end_t *to)
{
    uint8_t bytes[64];
    const uint32_t room = to->base.ops->room(&to->base);
    const int32_t count = wss_sim_peer_read(from, bytes, room < sizeof bytes ? room : sizeof bytes);

    if (count > 0)
        (void)wss_sim_peer_send(to, bytes, (uint32_t)count);
    else if (count == WSS_ERR_EOF && !to->finishing)
        wss_sim_peer_finish(to);
}

static void turn_proxy(uint16_t port)
{
    if (near_end == NULL)
        near_end = wss_sim_peer_accept(&sim, PROXY_PORT);
    else if (far_end == NULL && is_asked()) {
        far_end = wss_sim_peer_connect(&sim, port);
        (void)wss_sim_peer_send(near_end, "HTTP/1.1 200 OK\r\n\r\n", 19);
    } else if (far_end != NULL) {
        carry(near_end, far_end);
        carry(far_end, near_end);
    }
}

static const wss_proxy_t *always(void *context, const wss_dial_t *whom)
{
    static const wss_proxy_t proxy = {.host = "proxy.example", .port = PROXY_PORT};

    (void)context;
    (void)whom;
    return &proxy;
}

static uint16_t listened;

static wss_result_t (*listen_below)(void *, const wss_endpoint_t *, uint16_t *);

static wss_result_t note_listen(void *context, const wss_endpoint_t *where, uint16_t *port)
{
    const wss_result_t result = listen_below(context, where, port);

    listened = *port;
    return result;
}

static void play_sim(unsigned seed, bool through_proxy)
{
    static wss_connect_stream_t tunnels[1];
    wss_proxy_hal_t proxy;
    wss_hal_t through;
    wss_sim_crypto_t random_bytes;
    wss_crypto_t crypto;

    start_world(seed);
    wss_sim_crypto_init(&random_bytes, seed, &crypto);
    open_contexts(&crypto);
    const wss_proxy_hal_config_t proxied = {
        .below = &client.below, .tunnels = tunnels, .tunnel_count = 1, .choose = always};
    ck_assert_int_eq(wss_proxy_hal_init(&proxy, &proxied, &through), WSS_OK);
    near_end = far_end = NULL;
    line_length = 0;
    if (through_proxy)
        ck_assert_uint_eq(wss_sim_peer_listen(&sim, PROXY_PORT), PROXY_PORT);
    add_tls(&server, &server.below, true, seed % 2 == 0);
    add_tls(&client, through_proxy ? &through : &client.below, false, seed % 4 < 2);
    make_secure(&client.hal);
    listen_below = server.hal.listen;
    server.hal.listen = note_listen;
    const duet_setup_t setup = {.server = &server.hal,
                                .client = &client.hal,
                                .crypto = &crypto,
                                .seed = seed,
                                .messages = 14,
                                .longest = seed % 2 == 0 ? 1500 : 400,
                                .server_closes = seed % 2 == 1};
    duet_start(&setup);
    for (unsigned turns = 0; !duet_over(); turns++) {
        if (turns > TURNS_MAX)
            ck_abort_msg("the connection does not end");
        duet_step(0);
        if (through_proxy)
            turn_proxy(listened);
        if (turns % 16 == 15)
            wss_sim_advance(&sim, 1);
    }
    duet_check();
    ck_assert_uint_eq(wss_sim_faults(&sim), 0);
    ck_assert_uint_eq(server_host.streams + client_host.streams, 0);
    close_contexts();
}

START_TEST(test_sim)
{
    play_sim((unsigned)_i, false);
}
END_TEST

START_TEST(test_sim_through_a_proxy)
{
    play_sim((unsigned)_i, true);
}
END_TEST

/* -------------------------------------------------------------------------------- TCP */

typedef struct port {
    wss_posix_t posix;
    wss_posix_stream_t streams[1];
    uint8_t send_memory[BELOW];
    uint8_t hold_memory[HOLD];
    struct pollfd polls[1 + WSS_POSIX_POLLS];
    wss_posix_lookup_t lookups[1];
} port_t;

static port_t server_port, client_port;

static void open_port(port_t *port, wss_hal_t *hal)
{
    const wss_posix_config_t config = {.streams = port->streams,
                                       .stream_count = 1,
                                       .send_memory = port->send_memory,
                                       .send_room = BELOW,
                                       .hold_memory = port->hold_memory,
                                       .hold_size = HOLD,
                                       .polls = port->polls,
                                       .lookups = port->lookups,
                                       .lookup_count = 1};

    ck_assert_int_eq(wss_posix_init(&port->posix, &config, hal), WSS_OK);
}

START_TEST(test_tcp)
{
    wss_crypto_mbedtls_t generator;
    wss_crypto_t crypto;

    open_port(&server_port, &server.below);
    open_port(&client_port, &client.below);
    ck_assert_int_eq(wss_crypto_mbedtls_init(&generator, &client.below, &crypto), WSS_OK);
    open_contexts(&crypto);
    add_tls(&server, &server.below, true, _i == 0);
    add_tls(&client, &client.below, false, _i == 0);
    make_secure(&client.hal);
    const duet_setup_t setup = {.server = &server.hal,
                                .client = &client.hal,
                                .crypto = &crypto,
                                .seed = 1,
                                .messages = 100,
                                .longest = 20000,
                                .server_closes = _i == 1};
    duet_start(&setup);
    while (!duet_over())
        duet_step(1);
    duet_check();
    close_contexts();
    wss_crypto_mbedtls_free(&generator);
    wss_posix_close(&client_port.posix);
    wss_posix_close(&server_port.posix);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("duet_tls");
    TCase *tests = tcase_create("echo");

    tcase_add_loop_test(tests, test_sim, 0, SEEDS);
    tcase_add_loop_test(tests, test_sim_through_a_proxy, 0, SEEDS);
    tcase_add_loop_test(tests, test_tcp, 0, 2);
    tcase_set_timeout(tests, 0);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
