/* SPDX-License-Identifier: MIT */
/*
 * TLS by NET_PRES: the handshake as a phase, writes that are offered again, and sessions that
 * end with their connection.
 */
#include "rig.h"
#include "wss_pic32_internal.h"

#if WSS_PIC32_NET_PRES

#include <string.h>

static int owners[4];
static uint16_t number;
static wss_stream_t *near;
static wss_stream_t *far;

static void open_tls_of(uint8_t streams)
{
    wss_pic32_config_t config = rig_config();

    harmony_begin();
    config.tls = true;
    config.stream_count = streams;
    rig_open(&config);
    number = rig_listen();
}

static void open_tls(void)
{
    open_tls_of(2);
}

/* The provider has no session left. */
static void close_tls(void)
{
    rig_close();
    ck_assert_uint_eq(harmony_pres_sessions(), 0);
}

static void meet(void)
{
    rig_dial("127.0.0.1", number, true, &owners[0], &near);
    far = rig_accept(&owners[1]);
    ck_assert_int_ne(far->ops->phase(far), WSS_PHASE_FAILED);
    ck_assert_uint_eq(far->ops->room(far), 0);
}

static void meet_well(void)
{
    meet();
    ck_assert_int_eq(rig_outcome(far), WSS_PHASE_UP);
    ck_assert_int_eq(rig_outcome(near), WSS_PHASE_UP);
    ck_assert_uint_eq(far->ops->room(far), hal.send_room);
}

START_TEST(bytes_flow_both_ways)
{
    static char sent[5000];
    char text[5000];
    uint32_t got = 0;

    open_tls();
    meet_well();
    for (size_t i = 0; i < sizeof sent; i++)
        sent[i] = (char)(i * 7);
    ck_assert_int_eq(near->ops->send(near, (uint8_t *)sent, sizeof sent), sizeof sent);
    (void)near->ops->flush(near);
    while (got < sizeof sent)
        got += (uint32_t)rig_receive(far, text + got, (uint32_t)sizeof text - got);
    ck_assert_mem_eq(text, sent, sizeof sent);
    ck_assert_int_eq(far->ops->send(far, (const uint8_t *)"answer", 6), 6);
    far->ops->finish(far);
    ck_assert_int_eq(rig_receive(near, text, 8), 6);
    ck_assert_mem_eq(text, "answer", 6);
    ck_assert_int_eq(rig_receive(near, text, 8), WSS_ERR_EOF);
    near->ops->release(near, false);
    ck_assert_int_eq(rig_receive(far, text, 8), WSS_ERR_EOF);
    close_tls();
}
END_TEST

START_TEST(a_handshake_fails)
{
    open_tls();
    meet();
    harmony.tls_fails = true;
    ck_assert_int_eq(rig_outcome(far), WSS_PHASE_FAILED);
    ck_assert_str_eq(far->ops->reason(far), "The TLS handshake failed.");
    far->ops->release(far, false);
    ck_assert_int_eq(rig_outcome(near), WSS_PHASE_FAILED);
    near->ops->release(near, false);
    harmony.tls_fails = false;
    meet_well();
    close_tls();
}
END_TEST

/* Nobody who leaves holds the place until the engine's handshake timeout. */
START_TEST(a_peer_ends_in_the_handshake)
{
    open_tls();
    const int peer = port.call(number, false);
    far = rig_accept(&owners[1]);
    ck_assert_int_eq(far->ops->phase(far), WSS_PHASE_LAYERING);
    port.end(peer);
    ck_assert_int_eq(rig_outcome(far), WSS_PHASE_FAILED);
    ck_assert_str_eq(far->ops->reason(far), "The TLS handshake failed.");
    far->ops->release(far, false);
    port.drop(peer);
    meet_well();
    close_tls();
}
END_TEST

/* However a connection ends, the next one in its socket begins anew. */
START_TEST(sessions_end_with_their_connection)
{
    char text[8];

    open_tls_of(3); /* a socket listens at any time: this machine would refuse, not drop, a SYN */
    for (int i = 0; i < 3; i++) {
        meet_well();
        const bool reset = i > 0;
        if (i == 1) {
            near->ops->release(near, false);
            ck_assert_int_eq(rig_receive(far, text, 8), WSS_ERR_EOF);
            far->ops->release(far, reset);
        } else {
            far->ops->release(far, reset);
            ck_assert_int_lt(rig_receive(near, text, 8), 0);
            near->ops->release(near, false);
        }
    }
    meet_well();
    close_tls();
}
END_TEST

static void run_stack(void)
{
    for (int i = 0; i < 4; i++)
        harmony_tasks(0);
}

static int greet(void)
{
    const int peer = port.call(number, false);

    ck_assert_uint_eq(port.give(peer, "C", 1), 1);
    run_stack();
    return peer;
}

static int serve_one(void)
{
    const int peer = greet();

    far = rig_accept(&owners[1]);
    ck_assert_int_eq(rig_outcome(far), WSS_PHASE_UP);
    return peer;
}

/* After our FIN nobody else gets the socket, so that who comes back at once is served. */
START_TEST(who_comes_back_is_served)
{
    char text[8];

    open_tls();
    for (int i = 0; i < 3; i++) {
        const int peer = serve_one();
        far->ops->finish(far);
        while (rig_peer_next(peer, text, 8) != WSS_ERR_EOF)
            continue;
        port.end(peer);
        run_stack();
        const int again = greet();
        ck_assert_int_eq(rig_receive(far, text, 8), WSS_ERR_EOF);
        ck_assert_str_eq(far->ops->reason(far), "");
        far->ops->release(far, i == 1);
        far = rig_accept(&owners[1]);
        ck_assert_int_eq(rig_outcome(far), WSS_PHASE_UP);
        port.reset(again);
        far->ops->release(far, true);
        port.drop(peer);
    }
    close_tls();
}
END_TEST

/* After our FIN the peer's bytes are dropped, so that its FIN comes through; who it is is known. */
START_TEST(a_finished_stream_hears_of_the_end)
{
    static const uint8_t bytes[4000];
    char text[32];
    uint32_t given = 0;

    open_tls();
    const int peer = serve_one();
    far->ops->finish(far);
    run_stack();
    far->ops->peer(far, text, sizeof text);
    ck_assert_str_ne(text, "");
    ck_assert_int_eq(far->ops->flush(far), WSS_OK);
    ck_assert_int_eq(far->ops->recv(far, (uint8_t *)text, 8), 0);
    for (uint32_t goal = 40000; given < goal;
         harmony_tasks(1), (void)hal.wait(hal.context, 0, NULL, 0))
        given += port.give(peer, bytes, sizeof bytes);
    port.end(peer);
    ck_assert_int_eq(rig_receive(far, text, 8), WSS_ERR_EOF);
    far->ops->release(far, false);
    close_tls();
}
END_TEST

/* The index of a socket that is no more can be another module's. */
START_TEST(a_finished_stream_leaves_others_alone)
{
    char text[8];
    TCP_SOCKET_INFO info;

    open_tls();
    const int peer = serve_one();
    const TCP_SOCKET socket = ((wss_pic32_stream_t *)far)->socket;
    far->ops->finish(far);
    run_stack();
    port.end(peer);
    run_stack();
    ck_assert_int_eq(TCPIP_TCP_ServerOpen(IP_ADDRESS_TYPE_ANY, (TCP_PORT)(number + 1), NULL),
                     socket);
    (void)TCPIP_TCP_WasReset(socket); /* as each module does */
    ck_assert_int_eq(far->ops->recv(far, (uint8_t *)text, 8), WSS_ERR_EOF);
    far->ops->release(far, true);
    meet_well();
    ck_assert(TCPIP_TCP_SocketInfoGet(socket, &info));
    ck_assert_uint_eq(info.localPort, number + 1);
    ck_assert(TCPIP_TCP_Close(socket));
    close_tls();
}
END_TEST

START_TEST(a_finished_stream_can_be_reset)
{
    char text[8];
    int32_t count = 1;

    open_tls();
    const int peer = serve_one();
    far->ops->finish(far);
    run_stack();
    far->ops->release(far, true);
    ck_assert_uint_eq(harmony_count(), 1);
    while (count > 0)
        count = rig_peer_next(peer, text, 8);
    run_stack();
    ck_assert_uint_eq(port.give(peer, "x", 1), 0);
    close_tls();
}
END_TEST

/* FIN cannot go out at once: no byte is lost meanwhile. */
START_TEST(a_disconnect_that_fails_is_tried_again_with_tls)
{
    char text[8];
    int32_t count = 1;

    open_tls();
    const int peer = serve_one();
    harmony.disconnects_off = 3;
    far->ops->finish(far);
    while (count > 0)
        count = rig_peer_next(peer, text, 8);
    ck_assert_int_eq(count, WSS_ERR_EOF);
    ck_assert_uint_eq(harmony.disconnects_off, 0);
    close_tls();
}
END_TEST

/* A peer that does not read keeps no socket beyond linger_ms. */
START_TEST(a_released_peer_keeps_no_socket)
{
    wss_ready_t ready[8];

    open_tls();
    const int peer = serve_one();
    far->ops->release(far, false);
    ck_assert_uint_eq(harmony_count(), 2);
    while (((wss_pic32_stream_t *)far)->life == WSS_PIC32_LINGERS)
        (void)hal.wait(hal.context, 10, ready, 8);
    ck_assert_uint_le(harmony_count(), 2);
    port.drop(peer);
    meet_well();
    close_tls();
}
END_TEST

static int leaver;

static void leave(void)
{
    port.reset(leaver);
    run_stack();
}

static void leave_to_another(void)
{
    leave();
    (void)greet();
}

START_TEST(a_reset_before_fin_is_no_end_with_tls)
{
    char text[8];
    void (*const ways[])(void) = {leave, leave_to_another};

    for (int i = 0; i < 2; i++) {
        open_tls();
        leaver = serve_one();
        harmony.interrupt = ways[i];
        far->ops->finish(far);
        ck_assert_int_eq(far->ops->recv(far, (uint8_t *)text, 8), WSS_ERR_NETWORK);
        ck_assert_str_eq(far->ops->reason(far), "The connection was reset.");
        far->ops->release(far, false);
        meet_well();
        close_tls();
    }
}
END_TEST

/* A socket that listens again while the provider has its old session is not for the next client. */
START_TEST(a_newcomer_has_no_old_session)
{
    char text[8];

    open_tls();
    const int peer = serve_one();
    port.reset(peer);
    run_stack();
    const int newcomer = greet();
    ck_assert_int_eq(far->ops->recv(far, (uint8_t *)text, 8), WSS_ERR_NETWORK);
    far->ops->release(far, false);
    ck_assert_int_lt(rig_peer_next(newcomer, text, 8), 0);
    meet_well();
    close_tls();
}
END_TEST

/* TCP listens again by itself, the provider's session stays. */
START_TEST(a_reset_peer_leaves_no_session)
{
    uint8_t bytes[8] = "C";

    open_tls();
    const int peer = port.call(number, false);
    far = rig_accept(&owners[1]);
    ck_assert_uint_eq(port.give(peer, bytes, 1), 1);
    ck_assert_int_eq(rig_outcome(far), WSS_PHASE_UP);
    port.reset(peer);
    rig_await(far, WSS_READY_READ);
    ck_assert_int_eq(far->ops->recv(far, bytes, 8), WSS_ERR_NETWORK);
    far->ops->release(far, true);
    meet_well();
    close_tls();
}
END_TEST

void tls_cases(TCase *cases)
{
    tcase_add_test(cases, bytes_flow_both_ways);
    tcase_add_test(cases, a_handshake_fails);
    tcase_add_test(cases, a_peer_ends_in_the_handshake);
    tcase_add_test(cases, sessions_end_with_their_connection);
    tcase_add_test(cases, who_comes_back_is_served);
    tcase_add_test(cases, a_finished_stream_hears_of_the_end);
    tcase_add_test(cases, a_finished_stream_leaves_others_alone);
    tcase_add_test(cases, a_finished_stream_can_be_reset);
    tcase_add_test(cases, a_disconnect_that_fails_is_tried_again_with_tls);
    tcase_add_test(cases, a_released_peer_keeps_no_socket);
    tcase_add_test(cases, a_reset_before_fin_is_no_end_with_tls);
    tcase_add_test(cases, a_newcomer_has_no_old_session);
    tcase_add_test(cases, a_reset_peer_leaves_no_session);
}

#else

void tls_cases(TCase *cases)
{
    (void)cases;
}

#endif
