/* SPDX-License-Identifier: MIT */
/* A client and a server of ours that talk to each other: see duet.h. */
#include "duet.h"

#include <check.h>
#include <string.h>

enum { RX = 512, TX = 700, CONTROLS = 2, CHUNK = 300 };

/* What one side has seen. */
typedef struct side {
    wss_loop_t loop;
    wss_config_t config;
    wss_conn_t conns[1];
    wss_control_t controls[CONTROLS];
    uint8_t rx[RX];
    uint8_t tx[TX];
    wss_closure_t closure;
    unsigned opened;
    unsigned closed;
} side_t;

/* A message that is being sent, or expected. */
typedef struct message {
    uint32_t number;
    uint32_t length;
    uint32_t done;
    bool text;
    bool streamed;
    bool begun; /* of a streamed one: the header is sent */
} message_t;

static duet_setup_t setup;
static side_t server, client;
static message_t outgoing, expected;
static const char *const protocols[] = {"echo.v2", "echo.v1"};
static const char *const offered[] = {"echo.v1"};

/* --------------------------------------------------------------------- messages */

static uint64_t mix(uint64_t number)
{
    uint64_t x = (number + 1) * UINT64_C(0x9E3779B97F4A7C15) + setup.seed;
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

/* Each second one is short; the others go up to the longest. Text ends with a character. */
static message_t message_of(uint32_t number)
{
    uint64_t random = mix(number);
    uint32_t most = (random & 1) != 0 ? 130 : setup.longest;
    message_t message = {.number = number,
                         .length = (uint32_t)((random >> 8) % (most + 1)),
                         .text = (random & 2) != 0,
                         .streamed = (random & 4) != 0};
    if (message.text)
        message.length -= message.length % 10;
    return message;
}

static uint8_t byte_of(const message_t *message, uint32_t at)
{
    static const char text[] = "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"; /* 1 to 4 bytes */
    return message->text ? (uint8_t)text[at % 10] : (uint8_t)mix(message->number + at / 8 * 65537u);
}

static wss_opcode_t type_of(const message_t *message)
{
    return message->text ? WSS_OPCODE_TEXT : WSS_OPCODE_BINARY;
}

/* ----------------------------------------------------------------------- the server */

static wss_result_t echo(wss_conn_t *conn, const wss_data_t *data)
{
    return wss_send(conn, data->type, data->bytes, data->length, data->last ? WSS_FINAL : WSS_MORE);
}

/* ----------------------------------------------------------------------- the client */

/* A piece in one frame, or within a streamed frame. False: there is no room. */
static bool send_piece(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    size_t taken = length;
    bool last = outgoing.done + length == outgoing.length;
    wss_result_t result = WSS_OK;
    if (!outgoing.streamed)
        result = wss_send(conn, type_of(&outgoing), bytes, length, last ? WSS_FINAL : WSS_MORE);
    else if (!outgoing.begun)
        result = wss_send_begin(conn, type_of(&outgoing), outgoing.length, WSS_FINAL), taken = 0;
    else
        result = wss_send_stream(conn, bytes, length, &taken);
    if (result < WSS_OK)
        ck_abort_msg("a send is refused: %s", wss_result_name(result));
    if (result == WSS_OK)
        outgoing.done += (uint32_t)taken;
    outgoing.begun = outgoing.begun || result == WSS_OK;
    return result == WSS_OK;
}

static void send_more(wss_conn_t *conn)
{
    uint8_t bytes[CHUNK];
    while (outgoing.number < setup.messages) {
        uint32_t left = outgoing.length - outgoing.done;
        uint32_t length = left < CHUNK ? left : CHUNK;
        for (uint32_t i = 0; i < length; i++)
            bytes[i] = byte_of(&outgoing, outgoing.done + i);
        if (!send_piece(conn, bytes, length))
            return;
        if (outgoing.done == outgoing.length && outgoing.begun)
            outgoing = message_of(outgoing.number + 1);
    }
}

static wss_conn_t *conn_of(side_t *side)
{
    return wss_conn_at(&side->loop, 0);
}

static bool same(const uint8_t *bytes, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++)
        if (bytes[i] != byte_of(&expected, expected.done + i))
            return false;
    return true;
}

static wss_result_t compare(wss_conn_t *conn, const wss_data_t *data)
{
    ck_assert_uint_lt(expected.number, setup.messages);
    ck_assert_int_eq(data->type, type_of(&expected));
    ck_assert_int_eq(data->first, expected.done == 0);
    ck_assert_uint_le(expected.done + data->length, expected.length);
    ck_assert(same(data->bytes, (uint32_t)data->length));
    expected.done += (uint32_t)data->length;
    if (!data->last)
        return WSS_OK;
    ck_assert_uint_eq(expected.done, expected.length);
    expected = message_of(expected.number + 1);
    if (expected.number == setup.messages)
        (void)wss_close(setup.server_closes ? conn_of(&server) : conn, 4000, "done", 4);
    return WSS_OK;
}

/* --------------------------------------------------------------------- both of them */

static side_t *side_of(const wss_conn_t *conn)
{
    return wss_context(conn);
}

static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    return side_of(conn) == &server ? echo(conn, data) : compare(conn, data);
}

static void on_open(wss_conn_t *conn)
{
    side_of(conn)->opened++;
    ck_assert_str_eq(wss_protocol(conn), offered[0]);
    if (side_of(conn) == &client)
        send_more(conn);
}

static void on_writable(wss_conn_t *conn)
{
    if (side_of(conn) == &client)
        send_more(conn);
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    side_of(conn)->closure = *closure;
    side_of(conn)->closed++;
}

static const wss_handler_t handler = {
    .on_open = on_open, .on_data = on_data, .on_writable = on_writable, .on_closed = on_closed};

static void prepare(side_t *side, const wss_hal_t *hal)
{
    memset(side, 0, sizeof *side);
    side->config = (wss_config_t){.hal = hal,
                                  .crypto = setup.crypto,
                                  .handler = &handler,
                                  .context = side,
                                  .conns = side->conns,
                                  .conn_count = 1,
                                  .rx_buffer = side->rx,
                                  .rx_size = RX,
                                  .tx_buffer = side->tx,
                                  .tx_size = (uint32_t)(setup.seed % 4 * (TX / 3)),
                                  .controls = side->controls,
                                  .control_count = CONTROLS,
                                  .protocols = protocols,
                                  .protocol_count = 2};
    ck_assert_int_eq(wss_loop_init(&side->loop, &side->config), WSS_OK);
}

void duet_start(const duet_setup_t *wanted)
{
    static wss_target_t target;
    const wss_endpoint_t where = {.address = "127.0.0.1"};
    setup = *wanted;
    prepare(&server, setup.server);
    prepare(&client, setup.client);
    outgoing = expected = message_of(0);
    target = (wss_target_t){.host = "127.0.0.1", .protocols = offered, .protocol_count = 1};
    ck_assert_int_eq(wss_listen(&server.loop, &where, &target.port), WSS_OK);
    ck_assert_int_eq(wss_connect(&client.loop, &target, NULL, NULL), WSS_OK);
}

void duet_step(uint32_t max_wait)
{
    if (wss_loop_step(&server.loop, max_wait) != WSS_OK ||
        wss_loop_step(&client.loop, max_wait) != WSS_OK)
        ck_abort_msg("a loop reports an error");
}

bool duet_over(void)
{
    return server.closed > 0 && client.closed > 0;
}

static void check_side(const side_t *side, bool closed_first)
{
    ck_assert_uint_eq(side->opened, 1);
    ck_assert_uint_eq(side->closed, 1);
    ck_assert_uint_eq(side->closure.code, 4000);
    ck_assert_uint_eq(side->closure.sent_code, 4000);
    ck_assert(side->closure.clean);
    ck_assert_int_eq(side->closure.by_peer, !closed_first);
    ck_assert_int_eq(side->closure.cause,
                     closed_first ? WSS_REASON_LOCAL_CLOSE : WSS_REASON_PEER_CLOSE);
    ck_assert_uint_eq(wss_loop_count(&side->loop), 0);
}

void duet_check(void)
{
    wss_loop_abort(&server.loop);
    ck_assert_uint_eq(expected.number, setup.messages);
    check_side(&server, setup.server_closes);
    check_side(&client, !setup.server_closes);
}
