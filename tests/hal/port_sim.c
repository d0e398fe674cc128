/* SPDX-License-Identifier: MIT */
/*
 * The simulated network under the contract suite; and what only it promises: chosen
 * sizes and delivery, time that jumps, notes about misuse.
 */
#include "port.h"
#include "wss_sim.h"

#include <string.h>

enum { ENDS = 32, WINDOW = 4096 };

static wss_sim_end_t ends[ENDS];
static uint8_t memory[ENDS * (PORT_ROOM + WINDOW)];
static wss_sim_t sim;
static wss_sim_host_t host;
static wss_hal_t hal;
static wss_sim_end_t *peers[ENDS];
static int peer_count;

static wss_sim_config_t config_of(void)
{
    return (wss_sim_config_t){.ends = ends,
                              .end_count = ENDS,
                              .memory = memory,
                              .send_room = PORT_ROOM,
                              .window = WINDOW,
                              .seed = 1};
}

static void open_with(const wss_sim_config_t *config)
{
    wss_sim_init(&sim, config);
    wss_sim_host_init(&host, &sim, &hal);
    host.stream_limit = PORT_STREAMS;
    peer_count = 0;
}

static wss_hal_t *port_open(void)
{
    const wss_sim_config_t config = config_of();

    open_with(&config);
    return &hal;
}

static void port_close(void)
{
    for (unsigned i = 0; i < WSS_SIM_FAULT_COUNT; i++)
        ck_assert_msg(sim.faults[i] == 0, "%s", wss_sim_fault_name((wss_sim_fault_t)i));
}

/* ----------------------------------------------------------------------- peers */

static bool has_v6(void)
{
    return true;
}

static int call(uint16_t to, bool v6)
{
    wss_sim_end_t *peer = wss_sim_peer_connect(&sim, to);

    if (peer == NULL)
        return -1;
    peer->other->v6 = v6;
    peers[peer_count] = peer;
    return peer_count++;
}

static uint32_t give(int peer, const void *data, uint32_t length)
{
    return wss_sim_peer_send(peers[peer], data, length);
}

static int32_t take(int peer, void *buffer, uint32_t capacity)
{
    return wss_sim_peer_read(peers[peer], buffer, capacity);
}

static void end(int peer)
{
    wss_sim_peer_finish(peers[peer]);
}

static void reset(int peer)
{
    wss_sim_peer_reset(peers[peer]);
}

static void drop(int peer)
{
    wss_sim_peer_release(peers[peer]);
}

const port_t port = {
    .open = port_open,
    .close = port_close,
    .has_v6 = has_v6,
    .call = call,
    .give = give,
    .take = take,
    .end = end,
    .reset = reset,
    .drop = drop,
    .v4_text = "192.0.2.1:",
    .v6_text = "[2001:db8::1]:",
};

/* ------------------------------------------------------------- only this port */

static wss_stream_t *connected(int *peer)
{
    const wss_endpoint_t anywhere = {.address = NULL, .port = 0};
    uint16_t number = 0;

    ck_assert_int_eq(hal.listen(hal.context, &anywhere, &number), WSS_OK);
    *peer = call(number, false);
    return hal.accept(hal.context, &host);
}

START_TEST(time_jumps_to_arrivals)
{
    wss_sim_config_t config = config_of();
    wss_ready_t ready[1];
    int peer = 0;

    config.latency = 20;
    config.start = UINT32_MAX - 10;
    open_with(&config);
    wss_stream_t *stream = connected(&peer);
    ck_assert_ptr_nonnull(stream);
    (void)give(peer, "x", 1);
    ck_assert_int_eq(hal.wait(hal.context, 15, ready, 1), 0);
    ck_assert_uint_eq(sim.now - config.start, 15);
    ck_assert_int_eq(hal.wait(hal.context, 1000, ready, 1), 1);
    ck_assert_uint_eq(sim.now - config.start, 20);
    ck_assert_int_eq(hal.wait(hal.context, WSS_FOREVER, ready, 0), 0);
    ck_assert_uint_eq(sim.stalls, 1);
    port_close();
}
END_TEST

START_TEST(bytes_and_end_arrive_on_request)
{
    uint8_t bytes[8];
    int peer = 0;

    (void)port_open();
    wss_stream_t *stream = connected(&peer);
    wss_sim_peer_hold(peers[peer], true);
    (void)give(peer, "abc", 3);
    end(peer);
    ck_assert_int_eq(stream->ops->recv(stream, bytes, 8), 0);
    wss_sim_peer_deliver(peers[peer], 2);
    ck_assert_int_eq(stream->ops->recv(stream, bytes, 8), 2);
    stream->ops->consume(stream, 2, bytes + 2);
    wss_sim_peer_deliver(peers[peer], 1);
    ck_assert_int_eq(stream->ops->recv(stream, bytes, 8), 1);
    stream->ops->consume(stream, 1, bytes + 1);
    ck_assert_int_eq(stream->ops->recv(stream, bytes, 8), 0);
    wss_sim_peer_deliver(peers[peer], 1);
    ck_assert_int_eq(stream->ops->recv(stream, bytes, 8), WSS_ERR_EOF);
    port_close();
}
END_TEST

START_TEST(sizes_are_limited)
{
    uint8_t bytes[8];
    int peer = 0;

    (void)port_open();
    wss_stream_t *stream = connected(&peer);
    sim.config.read_limit = 2;
    sim.config.send_limit = 3;
    (void)give(peer, "abcdef", 6);
    ck_assert_int_eq(stream->ops->recv(stream, bytes, 8), 2);
    stream->ops->consume(stream, 0, bytes);
    ck_assert_int_eq(stream->ops->send(stream, (const uint8_t *)"abcdef", 6), 6);
    ck_assert_int_eq(stream->ops->flush(stream), WSS_WOULD_BLOCK);
    ck_assert_uint_eq(stream->ops->pending(stream), 3);
    wss_sim_settle(&sim);
    ck_assert_uint_eq(stream->ops->pending(stream), 0);
    port_close();
}
END_TEST

START_TEST(nothing_moves_while_the_link_is_down)
{
    wss_ready_t ready[2];
    char text[8];
    int peer = 0;

    (void)port_open();
    wss_stream_t *stream = connected(&peer);
    wss_sim_link(&host, false);
    ck_assert(!hal.link_up(hal.context));
    ck_assert_int_eq(hal.wait(hal.context, 0, ready, 2), 1);
    ck_assert_uint_eq(ready[0].what, WSS_READY_LINK);
    (void)give(peer, "in", 2);
    (void)stream->ops->send(stream, (const uint8_t *)"out", 3);
    ck_assert_int_eq(stream->ops->flush(stream), WSS_WOULD_BLOCK);
    ck_assert_int_eq(take(peer, text, sizeof text), 0);
    ck_assert_int_eq(hal.wait(hal.context, 100, ready, 2), 0);
    wss_sim_link(&host, true);
    ck_assert_int_eq(hal.wait(hal.context, 0, ready, 2), 2);
    ck_assert_int_eq(take(peer, text, sizeof text), 3);
    port_close();
}
END_TEST

START_TEST(connect_can_stay_silent)
{
    const wss_dial_t whom = {.host = "name", .port = 80};
    wss_ready_t ready[1];

    (void)port_open();
    sim.dial = WSS_SIM_DIAL_SILENT;
    wss_stream_t *stream = hal.connect(hal.context, &whom, &host);
    ck_assert_int_eq(hal.wait(hal.context, 60000, ready, 1), 0);
    ck_assert_int_eq(stream->ops->phase(stream), WSS_PHASE_CONNECTING);
    port_close();
}
END_TEST

START_TEST(two_hosts_meet)
{
    const wss_dial_t whom = {.host = "name", .port = 80};
    const wss_endpoint_t where = {.address = NULL, .port = 80};
    wss_sim_host_t client;
    wss_hal_t client_hal;
    uint8_t bytes[8];
    uint16_t number = 0;
    wss_ready_t ready[2];

    (void)port_open();
    wss_sim_host_init(&client, &sim, &client_hal);
    ck_assert_int_eq(hal.listen(hal.context, &where, &number), WSS_OK);
    wss_stream_t *near = client_hal.connect(client_hal.context, &whom, &client);
    ck_assert_int_eq(client_hal.wait(client_hal.context, 0, ready, 2), 1);
    ck_assert_uint_eq(ready[0].what, WSS_READY_PHASE);
    ck_assert_int_eq(hal.wait(hal.context, 0, ready, 2), 1);
    wss_stream_t *far = hal.accept(hal.context, &host);
    (void)near->ops->send(near, (const uint8_t *)"hi", 2);
    (void)near->ops->flush(near);
    ck_assert_int_eq(far->ops->recv(far, bytes, 8), 2);
    far->ops->consume(far, 2, bytes + 2);
    near->ops->release(near, true);
    far->ops->release(far, true);
    ck_assert_uint_eq(host.streams + client.streams, 0);
    port_close();
}
END_TEST

START_TEST(entropy_can_fail)
{
    uint8_t bytes[4];

    (void)port_open();
    host.entropy_fails = true;
    ck_assert_int_eq(hal.entropy(hal.context, bytes, 4), WSS_ERR_ENTROPY);
}
END_TEST

/* What a run with chance in it does, as one number. */
static uint32_t trace(uint64_t seed)
{
    wss_sim_config_t config = config_of();
    uint8_t bytes[100] = {0};
    uint32_t hash = 0;
    int peer = 0;

    config.seed = seed;
    config.read_limit = 9;
    config.random_limits = true;
    open_with(&config);
    wss_stream_t *stream = connected(&peer);
    (void)give(peer, bytes, 100);
    for (int i = 0; i < 10; i++) {
        const int32_t count = stream->ops->recv(stream, bytes, 100);
        stream->ops->consume(stream, (uint32_t)count, bytes + count);
        hash = hash * 31 + (uint32_t)count;
    }
    return hash;
}

START_TEST(the_seed_decides)
{
    ck_assert_uint_eq(trace(7), trace(7));
    ck_assert_uint_ne(trace(7), trace(8));
}
END_TEST

START_TEST(misuse_is_noted)
{
    uint8_t bytes[8];
    int peer = 0;

    (void)port_open();
    wss_stream_t *stream = connected(&peer);
    (void)give(peer, "abc", 3);
    stream->ops->consume(stream, 0, bytes);
    ck_assert_uint_eq(sim.faults[WSS_SIM_FAULT_CONSUME_WITHOUT_RECV], 1);
    (void)stream->ops->recv(stream, bytes, 8);
    (void)stream->ops->recv(stream, bytes, 8);
    ck_assert_uint_eq(sim.faults[WSS_SIM_FAULT_RECV_WITHOUT_CONSUME], 1);
    bytes[2] = 'X';
    stream->ops->consume(stream, 1, bytes + 1);
    ck_assert_uint_eq(sim.faults[WSS_SIM_FAULT_CONSUME_WRONG_REST], 1);
    (void)stream->ops->recv(stream, bytes, 8);
    stream->ops->consume(stream, 3, bytes + 3);
    ck_assert_uint_eq(sim.faults[WSS_SIM_FAULT_CONSUME_TOO_MUCH], 1);
    stream->ops->finish(stream);
    (void)stream->ops->send(stream, bytes, 1);
    ck_assert_uint_eq(sim.faults[WSS_SIM_FAULT_SEND_AFTER_FINISH], 1);
    stream->ops->release(stream, true);
    (void)stream->ops->room(stream);
    ck_assert_uint_eq(sim.faults[WSS_SIM_FAULT_USE_AFTER_RELEASE], 1);
    ck_assert_uint_eq(wss_sim_faults(&sim), 6);
}
END_TEST

START_TEST(misuse_of_the_lock_is_noted)
{
    wss_ready_t ready[1];
    int peer = 0;

    (void)port_open();
    wss_sim_host_lock(&host, &hal);
    wss_stream_t *stream = connected(&peer);
    (void)stream->ops->room(stream);
    ck_assert_uint_eq(sim.faults[WSS_SIM_FAULT_NOT_LOCKED], 1);
    hal.lock(hal.context);
    hal.lock(hal.context);
    ck_assert_uint_eq(sim.faults[WSS_SIM_FAULT_LOCK_TWICE], 1);
    (void)stream->ops->room(stream);
    ck_assert_uint_eq(sim.faults[WSS_SIM_FAULT_NOT_LOCKED], 1);
    (void)hal.wait(hal.context, 0, ready, 1);
    ck_assert_uint_eq(sim.faults[WSS_SIM_FAULT_WAIT_LOCKED], 1);
    hal.unlock(hal.context);
    hal.unlock(hal.context);
    ck_assert_uint_eq(sim.faults[WSS_SIM_FAULT_UNLOCK_WITHOUT_LOCK], 1);
}
END_TEST

START_TEST(random_bytes_follow_the_seed)
{
    wss_sim_crypto_t generator;
    wss_crypto_t crypto;
    char first[WSS_KEY_LENGTH];
    char second[WSS_KEY_LENGTH];

    wss_sim_crypto_init(&generator, 5, &crypto);
    ck_assert_int_eq(crypto.make_key(crypto.context, first), WSS_OK);
    ck_assert(crypto.valid_key(crypto.context, first));
    wss_sim_crypto_init(&generator, 5, &crypto);
    ck_assert_int_eq(crypto.make_key(crypto.context, second), WSS_OK);
    ck_assert_mem_eq(first, second, sizeof first);
    generator.fails = true;
    ck_assert_int_eq(crypto.make_key(crypto.context, first), WSS_ERR_ENTROPY);
}
END_TEST

TCase *port_cases(void)
{
    TCase *cases = tcase_create("sim");

    tcase_add_test(cases, time_jumps_to_arrivals);
    tcase_add_test(cases, bytes_and_end_arrive_on_request);
    tcase_add_test(cases, sizes_are_limited);
    tcase_add_test(cases, nothing_moves_while_the_link_is_down);
    tcase_add_test(cases, connect_can_stay_silent);
    tcase_add_test(cases, two_hosts_meet);
    tcase_add_test(cases, entropy_can_fail);
    tcase_add_test(cases, the_seed_decides);
    tcase_add_test(cases, misuse_is_noted);
    tcase_add_test(cases, misuse_of_the_lock_is_noted);
    tcase_add_test(cases, random_bytes_follow_the_seed);
    return cases;
}
