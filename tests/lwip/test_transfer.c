/* SPDX-License-Identifier: MIT */
/*
 * The lwIP port: bytes, where packets are lost and lwIP's memory is short.
 */
#include "rig.h"

#include "lwip/stats.h"

#include <string.h>

enum { LONG = 40000 };

/* Takes what has come, and checks it. */
static uint32_t receive(wss_stream_t *stream, uint32_t at)
{
    uint8_t bytes[700];
    const int32_t count = stream->ops->recv(stream, bytes, sizeof bytes);

    ck_assert_int_ge(count, 0);
    for (int32_t i = 0; i < count; i++)
        ck_assert_uint_eq(bytes[i], rig_byte(at + (uint32_t)i));
    if (count > 0)
        stream->ops->consume(stream, (uint32_t)count, NULL);
    return at + (uint32_t)count;
}

static uint32_t give(int peer, uint32_t at, uint32_t length)
{
    uint8_t bytes[700];

    for (uint32_t i = 0; i < length; i++)
        bytes[i] = rig_byte(at + i);
    return at + port.give(peer, bytes, length);
}

static uint32_t transmit(wss_stream_t *stream, uint32_t at, uint32_t length)
{
    uint8_t bytes[700];

    for (uint32_t i = 0; i < length; i++)
        bytes[i] = rig_byte(at + i);
    const int32_t count = stream->ops->send(stream, bytes, length);
    ck_assert_int_ge(count, 0);
    (void)stream->ops->flush(stream);
    return at + (uint32_t)count;
}

static uint32_t take(int peer, uint32_t at)
{
    uint8_t bytes[700];
    const int32_t count = port.take(peer, bytes, sizeof bytes);

    ck_assert_int_ge(count, 0);
    for (int32_t i = 0; i < count; i++)
        ck_assert_uint_eq(bytes[i], rig_byte(at + (uint32_t)i));
    return at + (uint32_t)count;
}

/* Pieces of all lengths in both directions; the ring wraps again and again. */
START_TEST(what_is_lost_is_sent_again)
{
    int peer;
    int owner = 0;
    uint32_t there[2] = {0, 0};
    uint32_t back[2] = {0, 0};

    (void)port.open();
    wss_stream_t *stream = rig_connected(rig_listen(), &peer, &owner);
    rig_lose((unsigned)_i);
    while (there[1] < LONG || back[1] < LONG) {
        there[0] = give(peer, there[0], there[0] % 691 + 1);
        there[1] = receive(stream, there[1]);
        back[0] = transmit(stream, back[0], back[0] % 683 + 1);
        back[1] = take(peer, back[1]);
        rig_pass(50);
    }
    stream->ops->release(stream, true);
    port.close();
}
END_TEST

START_TEST(what_was_sent_before_the_end_arrives_though_packets_are_lost)
{
    int peer;
    int owner = 0;
    uint8_t byte;
    uint32_t sent = 0;
    uint32_t seen = 0;
    wss_lwip_config_t config = rig_config();

    (void)port.open();
    config.linger_ms = 3600 * 1000;
    rig_open(&config);
    wss_stream_t *stream = rig_connected(rig_listen(), &peer, &owner);
    rig_lose(3);
    while (stream->ops->room(stream) > 0)
        sent = transmit(stream, sent, 700);
    stream->ops->release(stream, false);
    while (seen < sent) {
        rig_pass(50);
        seen = take(peer, seen);
        (void)rig_look(NULL);
    }
    while (port.take(peer, &byte, 1) == 0)
        rig_pass(50);
    ck_assert_int_eq(port.take(peer, &byte, 1), WSS_ERR_EOF);
    port.close();
}
END_TEST

static unsigned buffers_of(const wss_lwip_stream_t *stream)
{
    return pbuf_clen(stream->socket.received);
}

/* The pool is all connections'. Small packets, and such that do not fill their buffers. */
START_TEST(packets_that_nobody_reads_take_few_buffers)
{
    int peer;
    int owner = 0;
    uint32_t given = 0;
    uint32_t got = 0;

    (void)port.open();
    wss_stream_t *stream = rig_connected(rig_listen(), &peer, &owner);
    while (given < TCP_WND) {
        given = give(peer, given, given % 7 + (uint32_t)_i);
        rig_pass(50);
        ck_assert_uint_le(buffers_of((wss_lwip_stream_t *)stream), given / PBUF_POOL_BUFSIZE + 4);
    }
    while (got < given) {
        got = receive(stream, got);
        rig_pass(50);
    }
    ck_assert_uint_eq(got, given);
    stream->ops->release(stream, true);
    port.close();
}
END_TEST

/* What fills its buffers is not copied. */
START_TEST(large_packets_stay_where_they_are)
{
    int peer;
    int owner = 0;
    uint32_t given = 0;

    (void)port.open();
    wss_stream_t *stream = rig_connected(rig_listen(), &peer, &owner);
    for (int i = 0; i < 6; i++) {
        given = give(peer, given, PBUF_POOL_BUFSIZE);
        rig_pass(50);
    }
    const struct pbuf *part = ((wss_lwip_stream_t *)stream)->socket.received;
    for (unsigned i = 0; i < 6; i++, part = part->next) /* from lwIP's heap: the loopback's */
        ck_assert(pbuf_match_allocsrc(part, PBUF_TYPE_ALLOC_SRC_MASK_STD_HEAP));
    stream->ops->release(stream, true);
    port.close();
}
END_TEST

/* Small messages leave at once. */
START_TEST(a_flush_does_not_wait_for_acknowledgements)
{
    int peer;
    int owner = 0;

    (void)port.open();
    wss_stream_t *stream = rig_connected(rig_listen(), &peer, &owner);
    const STAT_COUNTER before = lwip_stats.tcp.xmit;
    (void)transmit(stream, 0, 10);
    (void)transmit(stream, 10, 10);
    ck_assert_uint_eq(lwip_stats.tcp.xmit - before, 2);
    stream->ops->release(stream, true);
    port.close();
}
END_TEST

#if !RIG_MALLOC

/* Takes the whole of one of lwIP's pools, and gives it back. */
static struct pbuf *hoard(pbuf_type type)
{
    struct pbuf *all = NULL;
    struct pbuf *one;

    while ((one = pbuf_alloc(PBUF_RAW, 1, type)) != NULL) {
        one->tot_len = one->len = 0;
        if (all != NULL)
            pbuf_cat(one, all);
        all = one;
    }
    return all;
}

START_TEST(packets_wait_while_there_is_no_buffer)
{
    int peer;
    int owner = 0;
    uint32_t given = 0;
    uint32_t got = 0;

    (void)port.open();
    wss_stream_t *stream = rig_connected(rig_listen(), &peer, &owner);
    struct pbuf *all = hoard(PBUF_POOL);
    for (int i = 0; i < 10; i++) {
        given = give(peer, given, 7);
        rig_pass(50);
    }
    port.end(peer);
    (void)pbuf_free(all);
    while (got < given) {
        got = receive(stream, got);
        rig_pass(50);
    }
    ck_assert_uint_eq(got, 70);
    ck_assert_int_eq(stream->ops->recv(stream, (uint8_t[1]){0}, 1), WSS_ERR_EOF);
    stream->ops->release(stream, true);
    port.close();
}
END_TEST

static err_t ignore(void *argument, struct tcp_pcb *pcb, struct pbuf *packet, err_t error)
{
    (void)argument, (void)error;
    if (packet != NULL) {
        tcp_recved(pcb, packet->tot_len);
        (void)pbuf_free(packet);
    }
    return ERR_OK;
}

/* Our side has ended: the last bytes, which the peer's end is with, come once. */
START_TEST(what_comes_last_is_kept_though_there_is_no_buffer)
{
    int owner = 0;
    uint8_t bytes[8];
    ip_addr_t here;

    (void)port.open();
    const uint16_t number = rig_listen();
    struct tcp_pcb *peer = tcp_new();
    tcp_recv(peer, ignore);
    ck_assert(ipaddr_aton("127.0.0.1", &here));
    ck_assert_int_eq(tcp_connect(peer, &here, number, NULL), ERR_OK);
    rig_pass(200);
    wss_stream_t *stream = rig_accept(&owner);
    stream->ops->finish(stream);
    for (int i = 0; i < 2; i++) {
        rig_pass(300);
        ck_assert_int_eq(tcp_write(peer, &"ab"[i], 1, TCP_WRITE_FLAG_COPY), ERR_OK);
        ck_assert_int_eq(tcp_output(peer), ERR_OK);
    }
    rig_pass(300);
    struct pbuf *all = hoard(PBUF_POOL);
    ck_assert_int_eq(tcp_write(peer, "c", 1, TCP_WRITE_FLAG_COPY), ERR_OK);
    ck_assert_int_eq(tcp_shutdown(peer, 0, 1), ERR_OK);
    rig_pass(50);
    (void)pbuf_free(all);
    rig_pass(5000);
    ck_assert_int_eq(stream->ops->recv(stream, bytes, sizeof bytes), 3);
    ck_assert_mem_eq(bytes, "abc", 3);
    stream->ops->consume(stream, 3, NULL);
    ck_assert_int_eq(stream->ops->recv(stream, bytes, sizeof bytes), WSS_ERR_EOF);
    stream->ops->release(stream, false);
    port.close();
}
END_TEST

START_TEST(room_is_kept_though_lwip_has_no_memory)
{
    int peer;
    int owner = 0;
    uint32_t sent = 0;
    uint32_t seen = 0;
    wss_ready_t ready[4];

    (void)port.open();
    wss_stream_t *stream = rig_connected(rig_listen(), &peer, &owner);
    struct pbuf *all = hoard(PBUF_ROM);
    while (stream->ops->room(stream) > 0)
        sent = transmit(stream, sent, 700);
    ck_assert_uint_eq(sent, PORT_ROOM);
    ck_assert_int_eq(stream->ops->flush(stream), WSS_WOULD_BLOCK);
    (void)pbuf_free(all);
    while (seen < sent) {
        ck_assert_int_eq(hal.wait(hal.context, 100, ready, 4), 0);
        seen = take(peer, seen);
    }
    stream->ops->release(stream, true);
    port.close();
}
END_TEST

#endif

/* More than lwIP itself holds (TCP_SND_BUF), in more pieces than it has places for. */
START_TEST(many_small_sends_are_accepted)
{
    int peer;
    int owner = 0;
    uint32_t sent = 0;
    uint32_t seen = 0;

    (void)port.open();
    wss_stream_t *stream = rig_connected(rig_listen(), &peer, &owner);
    while (stream->ops->room(stream) > 0)
        sent = transmit(stream, sent, 3);
    ck_assert_uint_eq(sent, PORT_ROOM);
    while (seen < sent) {
        seen = take(peer, seen);
        rig_pass(50);
    }
    ck_assert_uint_eq(stream->ops->pending(stream), 0);
    stream->ops->release(stream, true);
    port.close();
}
END_TEST

static unsigned unread(wss_stream_t *stream)
{
    return ((wss_lwip_stream_t *)stream)->socket.received->tot_len;
}

/* The window opens by what was consumed, not by what has come. */
START_TEST(a_peer_whose_bytes_are_not_consumed_is_held_back)
{
    int peer;
    int owner = 0;
    uint32_t given = 0;
    uint32_t last = 1;

    (void)port.open();
    wss_stream_t *stream = rig_connected(rig_listen(), &peer, &owner);
    while (given != last) {
        last = given;
        given = give(peer, given, 700);
        rig_pass(50);
    }
    ck_assert_uint_gt(unread(stream), TCP_WND - TCP_MSS);
    ck_assert_uint_le(unread(stream), TCP_WND);
    ck_assert_uint_eq(receive(stream, receive(stream, 0)), 1400);
    rig_pass(5000);
    ck_assert_uint_gt(unread(stream), TCP_WND - TCP_MSS);
    ck_assert_uint_le(unread(stream), TCP_WND);
    stream->ops->release(stream, true);
    port.close();
}
END_TEST

void transfer_cases(TCase *cases)
{
    tcase_add_loop_test(cases, what_is_lost_is_sent_again, 4, 9);
    tcase_add_test(cases, what_was_sent_before_the_end_arrives_though_packets_are_lost);
    tcase_add_loop_test(cases, packets_that_nobody_reads_take_few_buffers, 1, 5);
    tcase_add_loop_test(cases, packets_that_nobody_reads_take_few_buffers, 250, 252);
    tcase_add_loop_test(cases, packets_that_nobody_reads_take_few_buffers, 510, 514);
    tcase_add_test(cases, a_flush_does_not_wait_for_acknowledgements);
    tcase_add_test(cases, large_packets_stay_where_they_are);
#if !RIG_MALLOC
    tcase_add_test(cases, packets_wait_while_there_is_no_buffer);
    tcase_add_test(cases, what_comes_last_is_kept_though_there_is_no_buffer);
    tcase_add_test(cases, room_is_kept_though_lwip_has_no_memory);
#endif
    tcase_add_test(cases, many_small_sends_are_accepted);
    tcase_add_test(cases, a_peer_whose_bytes_are_not_consumed_is_held_back);
}
