/* SPDX-License-Identifier: MIT */
/*
 * Clients: names, time limits, and sockets that are no more.
 */
#include "rig.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int owners[4];
static uint16_t number;

static void open_all(void)
{
    const wss_pic32_config_t config = rig_config();

    harmony_begin();
    rig_open(&config);
    number = rig_listen();
}

/* Nobody listens, and nobody else gets the port. */
static int leave_port(void)
{
    for (;;) {
        const struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons(number)};
        const int one = 1;
        const int holder = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

        hal.unlisten(hal.context);
        ck_assert_int_ge(holder, 0);
        ck_assert_int_eq(setsockopt(holder, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one), 0);
        if (bind(holder, (const struct sockaddr *)&where, sizeof where) == 0)
            return holder;
        (void)close(holder); /* somebody was faster */
        number = rig_listen();
    }
}

static void check_failure(const char *host, bool secure, const char *reason)
{
    wss_stream_t *stream = NULL;

    rig_dial(host, number, secure, &owners[0], &stream);
    ck_assert_int_eq(rig_outcome(stream), WSS_PHASE_FAILED);
    ck_assert_str_eq(stream->ops->reason(stream), reason);
    ck_assert_uint_eq(stream->ops->pending(stream), 0);
    stream->ops->release(stream, false);
}

START_TEST(a_name_is_looked_up)
{
    char text[32];
    wss_stream_t *near = NULL;

    open_all();
    rig_dial("peer.test", number, false, &owners[0], &near);
    ck_assert_int_eq(near->ops->phase(near), WSS_PHASE_CONNECTING);
    ck_assert_int_eq(rig_outcome(near), WSS_PHASE_UP);
    near->ops->peer(near, text, sizeof text);
    ck_assert_int_eq(strncmp(text, "127.0.0.1:", 10), 0);
    (void)rig_accept(&owners[1]);
    rig_close();
}
END_TEST

/* The stack keeps a failure for itself until it is told. */
START_TEST(names_fail)
{
    open_all();
    check_failure("unknown.test", false, "The host name is not known.");
    ck_assert_uint_eq(harmony.dns_removed, 1);
    check_failure("timeout.test", false, "The host name is not known.");
    ck_assert_uint_eq(harmony.dns_removed, 2);
    ck_assert_int_eq(TCPIP_DNS_Resolve("timeout.test", TCPIP_DNS_TYPE_A), TCPIP_DNS_RES_PENDING);
    check_failure("silent.test", false, "The host name was not looked up in time.");
    check_failure("nowhere.test", false, "The host name cannot be looked up.");
    check_failure("::1", false, "Only IPv4 addresses can be called.");
    check_failure("a123456789b123456789c123456789d123456789e123456789f123456789.test", false,
                  "The host name is too long.");
    rig_close();
}
END_TEST

START_TEST(numbers_that_are_no_address_are_names)
{
    const char *const texts[] = {"1.2.3",    "1.2.3.4.5", "256.1.1.1", "1.2.3.4x",
                                 "01.2.3.4", "1..2.3",    "",          "1.2.3.-4"};

    open_all();
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        check_failure(texts[i], false, "The host name cannot be looked up.");
    rig_close();
}
END_TEST

#if !WSS_PIC32_NET_PRES
START_TEST(tls_is_another_layers)
{
    open_all();
    check_failure("127.0.0.1", true, "This port has no TLS.");
    rig_close();
}
END_TEST
#endif

START_TEST(a_peer_that_does_not_answer)
{
    open_all();
    const int holder = leave_port();
    check_failure("127.0.0.1", false, "The peer does not answer.");
    (void)close(holder);
    ck_assert_uint_eq(harmony_count(), 0);
    rig_close();
}
END_TEST

/* A refusal is no end: a server that begins to listen in time is reached. */
START_TEST(a_late_server_is_reached)
{
    wss_endpoint_t again = {.address = "127.0.0.1"};
    wss_stream_t *near = NULL;
    wss_ready_t ready[4];

    open_all();
    const int holder = leave_port();
    rig_dial("127.0.0.1", number, false, &owners[0], &near);
    (void)hal.wait(hal.context, 50, ready, 4);
    again.port = number;
    ck_assert_int_eq(hal.listen(hal.context, &again, &again.port), WSS_OK);
    (void)close(holder);
    ck_assert_int_eq(rig_outcome(near), WSS_PHASE_UP);
    rig_close();
}
END_TEST

static TCP_SOCKET client_of_another_module(void)
{
    static const uint8_t loopback[4] = {127, 0, 0, 1};
    IP_MULTI_ADDRESS address;

    memset(&address, 0, sizeof address);
    memcpy(&address, loopback, sizeof loopback);
    const TCP_SOCKET other = TCPIP_TCP_ClientOpen(IP_ADDRESS_TYPE_IPV4, number, &address);
    (void)TCPIP_TCP_WasReset(other);
    return other;
}

/* The index of a client's socket is another module's as soon as its connection has ended. */
START_TEST(a_socket_of_another_module_is_left_alone)
{
    char text[8];
    wss_stream_t *near = NULL;

    open_all();
    rig_dial("127.0.0.1", number, false, &owners[0], &near);
    ck_assert_int_eq(rig_outcome(near), WSS_PHASE_UP);
    wss_stream_t *far = rig_accept(&owners[1]);
    far->ops->release(far, true);
    harmony_tasks(0);
    const TCP_SOCKET other = client_of_another_module();
    while (!TCPIP_TCP_IsConnected(other))
        harmony_tasks(1);
    ck_assert_int_eq(near->ops->recv(near, (uint8_t *)text, 8), WSS_ERR_NETWORK);
    ck_assert_int_lt(near->ops->send(near, (const uint8_t *)"x", 1), 0);
    near->ops->release(near, true);
#if !WSS_PIC32_NET_PRES
    ck_assert(TCPIP_TCP_IsConnected(other));
#endif
    (void)TCPIP_TCP_Abort(other, true);
    rig_close();
}
END_TEST

START_TEST(a_released_client_sends_what_waits)
{
    char text[8];
    wss_stream_t *near = NULL;

    open_all();
    rig_dial("127.0.0.1", number, false, &owners[0], &near);
    ck_assert_int_eq(rig_outcome(near), WSS_PHASE_UP);
    wss_stream_t *far = rig_accept(&owners[1]);
    ck_assert_int_eq(near->ops->send(near, (const uint8_t *)"last", 4), 4);
    near->ops->release(near, false);
    ck_assert_int_eq(rig_receive(far, text, 8), 4);
    ck_assert_int_eq(rig_receive(far, text, 8), WSS_ERR_EOF);
    rig_close();
}
END_TEST

void client_cases(TCase *cases)
{
    tcase_add_test(cases, a_name_is_looked_up);
    tcase_add_test(cases, names_fail);
    tcase_add_test(cases, numbers_that_are_no_address_are_names);
#if !WSS_PIC32_NET_PRES
    tcase_add_test(cases, tls_is_another_layers);
#endif
    tcase_add_test(cases, a_peer_that_does_not_answer);
    tcase_add_test(cases, a_late_server_is_reached);
    tcase_add_test(cases, a_socket_of_another_module_is_left_alone);
    tcase_add_test(cases, a_released_client_sends_what_waits);
}
