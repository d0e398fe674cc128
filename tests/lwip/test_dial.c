/* SPDX-License-Identifier: MIT */
/*
 * The lwIP port: connecting, and names, which a server on lwIP's own loopback answers.
 */
#include "rig.h"

#include "lwip/dns.h"
#include "lwip/udp.h"

#include <string.h>

enum { DNS_PORT = 53, HEADER = 12 };

/* ------------------------------------------------------------- a server for names */

static struct udp_pcb *server;
static unsigned asked; /* questions since it began */
static bool silent;

/* "known.example" as RFC 1035, 3.1 writes it. */
static const char known[] = "\005known\007example";

static void answer(void *argument, struct udp_pcb *pcb, struct pbuf *question,
                   const ip_addr_t *from, u16_t port_number)
{
    static const uint8_t address[] = {0xC0, HEADER, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1};
    uint8_t bytes[256];
    const u16_t length = pbuf_copy_partial(question, bytes, sizeof bytes - sizeof address, 0);
    const bool found = lwip_strnicmp((const char *)bytes + HEADER, known, sizeof known) == 0;
    const u16_t whole = found ? (u16_t)(length + sizeof address) : length;

    (void)argument;
    asked++;
    (void)pbuf_free(question);
    if (silent)
        return;
    bytes[2] = 0x81; /* a response */
    bytes[3] = found ? 0x80 : 0x83;
    bytes[7] = found;
    memcpy(bytes + length, address, sizeof address);
    struct pbuf *response = pbuf_alloc(PBUF_TRANSPORT, whole, PBUF_RAM);
    ck_assert_int_eq(pbuf_take(response, bytes, whole), ERR_OK);
    ck_assert_int_eq(udp_sendto(pcb, response, from, port_number), ERR_OK);
    (void)pbuf_free(response);
}

static void serve_names(bool silently)
{
    ip_addr_t here;

    silent = silently;
    asked = 0;
    ck_assert(ipaddr_aton("127.0.0.1", &here));
    dns_setserver(0, &here);
    server = udp_new();
    ck_assert_int_eq(udp_bind(server, &here, DNS_PORT), ERR_OK);
    udp_recv(server, answer, NULL);
}

/* lwIP asks again until it gives up. */
static void end_names(void)
{
    rig_pass(30000);
    udp_remove(server);
    dns_setserver(0, NULL);
}

/* --------------------------------------------------------------------- connecting */

static wss_stream_t *dial(const char *host, uint16_t to, void *owner)
{
    const wss_dial_t whom = {.host = host, .port = to};
    wss_stream_t *stream = hal.connect(hal.context, &whom, owner);

    ck_assert_ptr_nonnull(stream);
    return stream;
}

/* Waits until the stream is up or has failed; how long that took. */
static uint32_t await(wss_stream_t *stream)
{
    const uint32_t begin = hal.now(hal.context);
    wss_ready_t ready[4];

    while (stream->ops->phase(stream) == WSS_PHASE_CONNECTING)
        ck_assert_int_ge(hal.wait(hal.context, WSS_FOREVER, ready, 4), 1);
    return hal.now(hal.context) - begin;
}

static void check_failure(const char *host, uint16_t to, const char *reason)
{
    int owner = 0;
    wss_stream_t *stream = dial(host, to, &owner);

    (void)await(stream);
    ck_assert_int_eq(stream->ops->phase(stream), WSS_PHASE_FAILED);
    ck_assert_str_eq(stream->ops->reason(stream), reason);
    ck_assert_int_lt(stream->ops->send(stream, (const uint8_t *)"x", 1), 0);
    ck_assert_uint_eq(stream->ops->pending(stream), 0);
    stream->ops->release(stream, true);
}

static void check_reached(const char *host, uint16_t to)
{
    char text[64];
    int owner = 0;
    wss_stream_t *stream = dial(host, to, &owner);

    (void)await(stream);
    ck_assert_msg(stream->ops->phase(stream) == WSS_PHASE_UP, "%s", stream->ops->reason(stream));
    stream->ops->peer(stream, text, sizeof text);
    ck_assert_msg(strncmp(text, "127.0.0.1:", 10) == 0, "%s", text);
    stream->ops->release(stream, true);
}

START_TEST(reasons_of_failures)
{
    (void)port.open();
    const uint16_t number = rig_listen();
    hal.unlisten(hal.context);
    check_failure("127.0.0.1", number, "The peer refused the connection.");
    check_failure("192.0.2.1", number, "There is no route to the peer.");
    check_failure("a.name.without.a.server", number, "The host name cannot be looked up.");
    const wss_dial_t secure = {.host = "127.0.0.1", .port = number, .secure = true};
    wss_stream_t *stream = hal.connect(hal.context, &secure, &server);
    (void)await(stream);
    ck_assert_int_eq(stream->ops->phase(stream), WSS_PHASE_FAILED);
    ck_assert_str_eq(stream->ops->reason(stream), "This port has no TLS.");
    port.close();
}
END_TEST

START_TEST(a_silent_peer_is_given_up)
{
    int owner = 0;
    wss_lwip_config_t config = rig_config();

    (void)port.open();
    config.connect_ms = (uint32_t)_i;
    rig_open(&config);
    const uint16_t number = rig_listen();
    rig_lose(1);
    wss_stream_t *stream = dial("127.0.0.1", number, &owner);
    ck_assert_int_eq(stream->ops->send(stream, (const uint8_t *)"early", 5), 5);
    ck_assert_uint_eq(await(stream), _i == 0 ? WSS_LWIP_CONNECT_MS : (uint32_t)_i);
    ck_assert_int_eq(stream->ops->phase(stream), WSS_PHASE_FAILED);
    ck_assert_str_eq(stream->ops->reason(stream), "The peer does not answer.");
    ck_assert_uint_eq(stream->ops->pending(stream), 0);
    port.close();
}
END_TEST

/* lwIP gives up by itself. */
START_TEST(a_silent_peer_is_given_up_by_lwip)
{
    int owner = 0;
    wss_lwip_config_t config = rig_config();

    (void)port.open();
    config.connect_ms = 1000000;
    rig_open(&config);
    rig_lose(1);
    wss_stream_t *stream = dial("127.0.0.1", 80, &owner);
    ck_assert_uint_lt(await(stream), 1000000);
    ck_assert_str_eq(stream->ops->reason(stream), "The peer does not answer.");
    port.close();
}
END_TEST

/* -------------------------------------------------------------------------- names */

START_TEST(names_are_looked_up)
{
    (void)port.open();
    const uint16_t number = rig_listen();
    serve_names(false);
    check_reached("known.example", number);
    ck_assert_uint_eq(asked, 1);
    check_reached("localhost", number);
    check_failure("unknown.example", number, "The host name is not known.");
    end_names();
    port.close();
}
END_TEST

START_TEST(a_silent_server_is_given_up)
{
    int owner = 0;
    wss_lwip_config_t config = rig_config();

    (void)port.open();
    config.connect_ms = 1500;
    rig_open(&config);
    serve_names(true);
    wss_stream_t *stream = dial("silent.example", 80, &owner);
    ck_assert_uint_eq(await(stream), 1500);
    ck_assert_str_eq(stream->ops->reason(stream), "The host name was not looked up in time.");
    end_names();
    port.close();
}
END_TEST

/* lwIP's answer comes though nobody waits for it. */
START_TEST(released_while_being_looked_up)
{
    int owner = 0;

    (void)port.open();
    serve_names(true);
    wss_stream_t *stream = dial("silent.example", 80, &owner);
    stream->ops->release(stream, true);
    end_names();
    ck_assert_uint_eq(rig_look(&owner), 0);
    ck_assert_uint_eq(rig_streams[0].life, 0);
    port.close();
}
END_TEST

/* lwIP asks once, in the letters of the first. */
START_TEST(two_look_up_one_name_in_other_letters)
{
    int owners[2] = {0};

    (void)port.open();
    const uint16_t number = rig_listen();
    serve_names(false);
    wss_stream_t *one = dial("Known.Example", number, &owners[0]);
    wss_stream_t *other = dial("known.example", number, &owners[1]);
    (void)await(one);
    (void)await(other);
    ck_assert_uint_eq(asked, 1);
    ck_assert_int_eq(one->ops->phase(one), WSS_PHASE_UP);
    ck_assert_int_eq(other->ops->phase(other), WSS_PHASE_UP);
    one->ops->release(one, true);
    other->ops->release(other, true);
    end_names();
    port.close();
}
END_TEST

/* An answer about the name before is not taken for one about this one. */
START_TEST(a_stream_is_used_again_while_its_name_is_looked_up)
{
    int owner = 0;
    wss_lwip_config_t config = rig_config();

    (void)port.open();
    config.stream_count = 1;
    config.connect_ms = 100000;
    rig_open(&config);
    serve_names(true);
    wss_stream_t *stream = dial("silent.example", 80, &owner);
    rig_pass(5000);
    stream->ops->release(stream, true);
    stream = dial("other.example", 80, &owner);
    ck_assert_ptr_eq(stream, &rig_streams[0].base);
    rig_pass(1000);
    (void)rig_look(&owner);
    ck_assert_str_eq(stream->ops->reason(stream), "");
    (void)await(stream);
    ck_assert_str_eq(stream->ops->reason(stream), "The host name is not known.");
    end_names();
    port.close();
}
END_TEST

/* What is asked of a stream that has no connection yet holds when it has one. */
START_TEST(early_calls_hold_through_a_lookup)
{
    uint8_t bytes[8];
    int owners[2] = {0};

    (void)port.open();
    const uint16_t number = rig_listen();
    serve_names(false);
    wss_stream_t *near = dial("known.example", number, &owners[0]);
    ck_assert_int_eq(near->ops->send(near, (const uint8_t *)"early", 5), 5);
    ck_assert_int_eq(near->ops->flush(near), WSS_WOULD_BLOCK);
    ck_assert_int_eq(near->ops->recv(near, bytes, sizeof bytes), 0);
    near->ops->finish(near);
    (void)await(near);
    wss_stream_t *far = rig_accept(&owners[1]);
    ck_assert_int_eq(far->ops->recv(far, bytes, sizeof bytes), 5);
    ck_assert_mem_eq(bytes, "early", 5);
    far->ops->consume(far, 5, NULL);
    ck_assert_int_eq(far->ops->recv(far, bytes, sizeof bytes), WSS_ERR_EOF);
    end_names();
    port.close();
}
END_TEST

void dial_cases(TCase *cases)
{
    tcase_add_test(cases, reasons_of_failures);
    tcase_add_loop_test(cases, a_silent_peer_is_given_up, 0, 2);
    tcase_add_test(cases, a_silent_peer_is_given_up_by_lwip);
    tcase_add_test(cases, names_are_looked_up);
    tcase_add_test(cases, a_silent_server_is_given_up);
    tcase_add_test(cases, released_while_being_looked_up);
    tcase_add_test(cases, two_look_up_one_name_in_other_letters);
    tcase_add_test(cases, a_stream_is_used_again_while_its_name_is_looked_up);
    tcase_add_test(cases, early_calls_hold_through_a_lookup);
}
