/* SPDX-License-Identifier: MIT */
/*
 * The lwIP port: how connections begin to be accepted, and how they end.
 */
#include "rig.h"

#include <string.h>

static char text[64];

static int32_t receive(wss_stream_t *stream)
{
    const int32_t count = stream->ops->recv(stream, (uint8_t *)text, sizeof text);

    if (count > 0)
        stream->ops->consume(stream, (uint32_t)count, NULL);
    return count;
}

static void give(int peer, const char *words)
{
    ck_assert_uint_eq(port.give(peer, words, (uint32_t)strlen(words)), strlen(words));
}

START_TEST(config_is_checked)
{
    wss_lwip_t other;
    wss_hal_t unused;
    wss_lwip_config_t config = rig_config();

    config.streams = NULL;
    ck_assert_int_eq(wss_lwip_init(&other, &config, &unused), WSS_ERR_CONFIG);
    config = rig_config();
    config.stream_count = 0;
    ck_assert_int_eq(wss_lwip_init(&other, &config, &unused), WSS_ERR_CONFIG);
    config = rig_config();
    config.send_memory = NULL;
    ck_assert_int_eq(wss_lwip_init(&other, &config, &unused), WSS_ERR_CONFIG);
    config = rig_config();
    config.send_room = 0;
    ck_assert_int_eq(wss_lwip_init(&other, &config, &unused), WSS_ERR_CONFIG);
    config = rig_config();
    config.entropy = NULL;
    ck_assert_int_eq(wss_lwip_init(&other, &config, &unused), WSS_ERR_CONFIG);
}
END_TEST

START_TEST(without_a_pause_wait_looks_once)
{
    wss_ready_t ready[1];
    wss_lwip_config_t config = rig_config();

    (void)port.open();
    config.pause = NULL;
    rig_open(&config);
    ck_assert_int_eq(hal.wait(hal.context, WSS_FOREVER, ready, 1), 0);
    port.close();
}
END_TEST

START_TEST(a_wake_is_seen_by_pause)
{
    (void)port.open();
    ck_assert(!wss_lwip_woken(&lwip));
    hal.wake(hal.context);
    ck_assert(wss_lwip_woken(&lwip));
    (void)rig_look(NULL);
    ck_assert(!wss_lwip_woken(&lwip));
    port.close();
}
END_TEST

START_TEST(the_link_is_reported)
{
    (void)port.open();
    ck_assert_uint_eq(rig_look(NULL), 0);
    netif_set_link_down(lwip.config.netif);
    ck_assert(!hal.link_up(hal.context));
    ck_assert_uint_eq(rig_look(NULL), WSS_READY_LINK);
    ck_assert_uint_eq(rig_look(NULL), 0);
    netif_set_link_up(lwip.config.netif);
    ck_assert_uint_eq(rig_look(NULL), WSS_READY_LINK);
    ck_assert(hal.link_up(hal.context));
    port.close();
}
END_TEST

/* -------------------------------------------------------------------- the queue */

START_TEST(what_comes_before_accepting_is_kept)
{
    int owner = 0;

    (void)port.open();
    const int peer = port.call(rig_listen(), false);
    give(peer, "early");
    port.end(peer);
    rig_pass(500);
    wss_stream_t *stream = rig_accept(&owner);
    ck_assert_uint_eq(rig_look(&owner), WSS_READY_READ);
    ck_assert_int_eq(receive(stream), 5);
    ck_assert_mem_eq(text, "early", 5);
    ck_assert_int_eq(receive(stream), WSS_ERR_EOF);
    stream->ops->release(stream, false);
    port.close();
}
END_TEST

START_TEST(a_peer_that_gives_up_waiting_is_forgotten)
{
    int owner = 0;

    (void)port.open();
    const uint16_t number = rig_listen();
    const int peer = port.call(number, false);
    give(peer, "never mind");
    port.reset(peer);
    ck_assert_uint_eq(rig_look(NULL), 0);
    ck_assert_ptr_null(hal.accept(hal.context, &owner));
    (void)port.call(number, false);
    ck_assert_ptr_nonnull(rig_accept(&owner));
    port.close();
}
END_TEST

/* lwIP drops their SYN; they send it again. */
START_TEST(beyond_the_backlog_peers_wait_longer)
{
    int owners[3] = {0};

    (void)port.open();
    const uint16_t number = rig_listen();
    for (int i = 0; i < WSS_LWIP_BACKLOG; i++)
        ck_assert_int_ge(port.call(number, false), 0);
    const wss_dial_t whom = {.host = "127.0.0.1", .port = number};
    wss_stream_t *late = hal.connect(hal.context, &whom, &owners[0]);
    rig_pass(1000);
    ck_assert_int_eq(late->ops->phase(late), WSS_PHASE_CONNECTING);
    for (int i = 0; i < WSS_LWIP_BACKLOG; i++)
        (void)rig_accept(&owners[1]);
    rig_pass(6000);
    (void)rig_look(&owners[0]);
    ck_assert_int_eq(late->ops->phase(late), WSS_PHASE_UP);
    (void)rig_accept(&owners[2]);
    port.close();
}
END_TEST

/* Whoever comes anew in the place of one that was accepted waits behind the other. */
START_TEST(none_waits_for_ever)
{
    char address[2][64];
    int owner = 0;

    (void)port.open();
    const uint16_t number = rig_listen();
    (void)port.call(number, false);
    (void)port.call(number, false);
    wss_stream_t *stream = rig_accept(&owner);
    stream->ops->peer(stream, address[0], sizeof address[0]);
    stream->ops->release(stream, true);
    (void)port.call(number, false);
    stream = rig_accept(&owner);
    stream->ops->peer(stream, address[1], sizeof address[1]);
    ck_assert_int_eq(strtol(strrchr(address[1], ':') + 1, NULL, 10),
                     strtol(strrchr(address[0], ':') + 1, NULL, 10) + 1);
    port.close();
}
END_TEST

START_TEST(who_waits_is_reset_when_listening_ends)
{
    char byte;

    (void)port.open();
    const int peer = port.call(rig_listen(), false);
    hal.unlisten(hal.context);
    ck_assert_int_eq(port.take(peer, &byte, 1), WSS_ERR_NETWORK);
    port.close();
}
END_TEST

START_TEST(a_port_can_be_listened_at_again)
{
    int peer;
    int owner = 0;
    uint16_t number;

    (void)port.open();
    const uint16_t first = rig_listen();
    wss_stream_t *stream = rig_connected(first, &peer, &owner);
    stream->ops->finish(stream);
    rig_pass(50);
    port.end(peer);
    rig_pass(50);
    hal.unlisten(hal.context);
    const wss_endpoint_t again = {.address = NULL, .port = first};
    ck_assert_int_eq(hal.listen(hal.context, &again, &number), WSS_OK);
    ck_assert_uint_eq(number, first);
    port.close();
}
END_TEST

START_TEST(listeners_are_counted)
{
    const wss_endpoint_t anywhere = {.address = NULL, .port = 0};
    uint16_t number;

    (void)port.open();
    for (int i = 0; i < WSS_LWIP_LISTENERS; i++)
        (void)rig_listen();
    ck_assert_int_eq(hal.listen(hal.context, &anywhere, &number), WSS_ERR_FULL);
    port.close();
}
END_TEST

/* ---------------------------------------------------------------------- the end */

/* lwIP frees a connection in TIME-WAIT without a word. */
START_TEST(an_ended_stream_outlives_its_connection)
{
    int peer;
    int owner = 0;

    (void)port.open();
    const uint16_t number = rig_listen();
    wss_stream_t *stream = rig_connected(number, &peer, &owner);
    give(peer, "last words");
    stream->ops->finish(stream);
    rig_pass(50);
    port.end(peer);
    rig_pass(30000);
    ck_assert_int_eq(receive(stream), 10);
    ck_assert_int_eq(receive(stream), WSS_ERR_EOF);
    ck_assert_uint_eq(stream->ops->pending(stream), 0);
    ck_assert_int_eq(stream->ops->flush(stream), WSS_OK);
    stream->ops->release(stream, _i == 0);
    port.close();
}
END_TEST

/* Both send their FIN before they have the other's. */
START_TEST(both_end_at_once)
{
    int peer;
    int owner = 0;

    (void)port.open();
    wss_stream_t *stream = rig_connected(rig_listen(), &peer, &owner);
    ck_assert_int_eq(stream->ops->send(stream, (const uint8_t *)"last", 4), 4);
    port.end(peer);
    stream->ops->finish(stream);
    rig_pass(30000);
    ck_assert_int_eq(receive(stream), WSS_ERR_EOF);
    ck_assert_uint_eq(stream->ops->pending(stream), 0);
    stream->ops->release(stream, false);
    port.close();
}
END_TEST

/* The peer ends, and is answered later. */
START_TEST(half_of_a_connection_lives_on)
{
    int peer;
    int owner = 0;

    (void)port.open();
    wss_stream_t *stream = rig_connected(rig_listen(), &peer, &owner);
    port.end(peer);
    rig_pass(30000);
    ck_assert_int_eq(receive(stream), WSS_ERR_EOF);
    ck_assert_int_eq(stream->ops->send(stream, (const uint8_t *)"answer", 6), 6);
    stream->ops->finish(stream);
    rig_pass(30000);
    ck_assert_int_eq(port.take(peer, text, sizeof text), 6);
    ck_assert_int_eq(port.take(peer, text, sizeof text), WSS_ERR_EOF);
    ck_assert_uint_eq(stream->ops->pending(stream), 0);
    stream->ops->release(stream, false);
    port.close();
}
END_TEST

static uint32_t fill(wss_stream_t *stream)
{
    static uint8_t bytes[PORT_ROOM];
    const int32_t count = stream->ops->send(stream, bytes, PORT_ROOM);

    (void)stream->ops->flush(stream);
    return (uint32_t)count;
}

/* What lwIP points to must not become another connection's. */
START_TEST(a_released_stream_is_not_free_before_all_is_acknowledged)
{
    static uint8_t bytes[PORT_ROOM];
    int peers[PORT_STREAMS + 1];
    int owners[PORT_STREAMS + 1];
    wss_stream_t *streams[PORT_STREAMS];

    (void)port.open();
    const uint16_t number = rig_listen();
    for (int i = 0; i < PORT_STREAMS; i++)
        streams[i] = rig_connected(number, &peers[i], &owners[i]);
    uint32_t left = fill(streams[0]);
    streams[0]->ops->release(streams[0], false);
    peers[PORT_STREAMS] = port.call(number, false);
    ck_assert_uint_eq(rig_look(NULL), 0);
    ck_assert_ptr_null(hal.accept(hal.context, &owners[PORT_STREAMS]));
    while (left > 0) {
        const int32_t count = port.take(peers[0], bytes, sizeof bytes);
        ck_assert_int_ge(count, 0);
        left -= (uint32_t)count;
        ck_assert_uint_eq(rig_look(&owners[0]), 0);
        rig_pass(50);
    }
    ck_assert_int_eq(port.take(peers[0], bytes, 1), WSS_ERR_EOF);
    (void)rig_accept(&owners[PORT_STREAMS]);
    port.close();
}
END_TEST

START_TEST(a_released_stream_is_reset_in_the_end)
{
    static uint8_t bytes[PORT_ROOM];
    int peer;
    int owner = 0;
    wss_ready_t ready[1];

    (void)port.open();
    wss_stream_t *stream = rig_connected(rig_listen(), &peer, &owner);
    (void)fill(stream);
    stream->ops->release(stream, false);
    give(peer, "too late to be read");
    ck_assert_int_eq(hal.wait(hal.context, WSS_LWIP_LINGER_MS - 1, ready, 1), 0);
    ck_assert_int_ge(port.take(peer, bytes, 1), 0);
    ck_assert_int_eq(hal.wait(hal.context, 1, ready, 1), 0);
    while (port.take(peer, bytes, sizeof bytes) > 0)
        continue;
    ck_assert_int_eq(port.take(peer, bytes, 1), WSS_ERR_NETWORK);
    port.close();
}
END_TEST

/* Whoever is released and then reset leaves its stream. */
START_TEST(a_released_stream_may_be_reset_by_the_peer)
{
    int peer;
    int owner = 0;

    (void)port.open();
    wss_stream_t *stream = rig_connected(rig_listen(), &peer, &owner);
    (void)fill(stream);
    stream->ops->release(stream, false);
    port.reset(peer);
    (void)rig_look(NULL);
    ck_assert_uint_eq(rig_streams[0].life, 0);
    ck_assert_ptr_null(rig_streams[0].socket.pcb);
    port.close();
}
END_TEST

/* Bytes that nobody read must not make an end a reset. */
START_TEST(unread_bytes_do_not_reset)
{
    int peer;
    int owner = 0;

    (void)port.open();
    wss_stream_t *stream = rig_connected(rig_listen(), &peer, &owner);
    give(peer, "unread");
    ck_assert_int_eq(stream->ops->send(stream, (const uint8_t *)"last", 4), 4);
    rig_pass(50);
    stream->ops->release(stream, false);
    ck_assert_int_eq(port.take(peer, text, sizeof text), 4);
    ck_assert_int_eq(port.take(peer, text, sizeof text), WSS_ERR_EOF);
    port.close();
}
END_TEST

START_TEST(what_came_before_a_reset_can_be_read)
{
    int peer;
    int owner = 0;

    (void)port.open();
    wss_stream_t *stream = rig_connected(rig_listen(), &peer, &owner);
    give(peer, "last words");
    port.reset(peer);
    rig_pass(50);
    ck_assert_int_eq(receive(stream), 10);
    ck_assert_int_eq(receive(stream), WSS_ERR_NETWORK);
    ck_assert_str_eq(stream->ops->reason(stream), "The connection was reset.");
    stream->ops->release(stream, false);
    port.close();
}
END_TEST

START_TEST(a_peer_that_vanishes_is_given_up)
{
    int peer;
    int owner = 0;

    (void)port.open();
    wss_stream_t *stream = rig_connected(rig_listen(), &peer, &owner);
    rig_lose(1);
    (void)fill(stream);
    rig_pass(3600 * 1000);
    ck_assert_uint_eq(rig_look(&owner), WSS_READY_READ);
    ck_assert_int_eq(receive(stream), WSS_ERR_NETWORK);
    ck_assert_uint_eq(stream->ops->pending(stream), 0);
    ck_assert_str_eq(stream->ops->reason(stream),
                     "The peer stopped answering, or lwIP ran out of connections.");
    stream->ops->release(stream, false);
    port.close();
}
END_TEST

void life_cases(TCase *cases)
{
    tcase_add_test(cases, config_is_checked);
    tcase_add_test(cases, without_a_pause_wait_looks_once);
    tcase_add_test(cases, a_wake_is_seen_by_pause);
    tcase_add_test(cases, the_link_is_reported);
    tcase_add_test(cases, what_comes_before_accepting_is_kept);
    tcase_add_test(cases, a_peer_that_gives_up_waiting_is_forgotten);
    tcase_add_test(cases, beyond_the_backlog_peers_wait_longer);
    tcase_add_test(cases, none_waits_for_ever);
    tcase_add_test(cases, who_waits_is_reset_when_listening_ends);
    tcase_add_test(cases, a_port_can_be_listened_at_again);
    tcase_add_test(cases, listeners_are_counted);
    tcase_add_loop_test(cases, an_ended_stream_outlives_its_connection, 0, 2);
    tcase_add_test(cases, both_end_at_once);
    tcase_add_test(cases, half_of_a_connection_lives_on);
    tcase_add_test(cases, a_released_stream_is_not_free_before_all_is_acknowledged);
    tcase_add_test(cases, a_released_stream_is_reset_in_the_end);
    tcase_add_test(cases, a_released_stream_may_be_reset_by_the_peer);
    tcase_add_test(cases, unread_bytes_do_not_reset);
    tcase_add_test(cases, what_came_before_a_reset_can_be_read);
    tcase_add_test(cases, a_peer_that_vanishes_is_given_up);
}
