/* SPDX-License-Identifier: MIT */
/* Two engines and what their applications do: see sides.h. */
#include "sides.h"

#include <stdio.h>
#include <string.h>

#include "line.h"
#include "wss/wss_inspect.h"
#include "wss_machines.h"

enum { RX = 256, TX = 700, CONTROLS = 2, MESSAGE = 600, PIECE = 300, BODY = 3000, IDS = 16 };

/* A client's connection and the server's at its other end. */
typedef struct talk {
    uint32_t id; /* 0: free */
    unsigned holders;
    line_t lines[SIDES]; /* what each side sends */
    bool clean[SIDES];
    bool deaf[SIDES]; /* the side refused data when it ended: some may not have come */
    wss_target_t target;
    char resource[IDS];
} talk_t;

/* A connection, as its application sees it. */
typedef struct half {
    wss_conn_t *conn; /* NULL: not in use */
    talk_t *talk;     /* server: NULL until the request says which */
    uint32_t id;      /* server: as far as the request has said */
    bool opened;
    bool deciding;
    bool peer_closed;
    bool blocked; /* a send was refused: on_writable has to come */
    bool held;    /* data were refused */
    bool sound;   /* it has to end clean */
} half_t;

typedef struct side {
    wss_loop_t loop;
    wss_config_t config;
    wss_conn_t conns[SIDES_CONNS];
    wss_control_t controls[CONTROLS];
    uint8_t rx[RX];
    uint8_t tx[TX];
    uint8_t messages[SIDES_CONNS * MESSAGE];
    half_t halves[SIDES_CONNS];
    uint32_t begun, ended;
} side_t;

static side_t sides[SIDES];
static talk_t talks[2 * SIDES_CONNS];
static talk_t *dialling;
static uint32_t last_id;
static dice_t *dice;
static bool calm;
static sides_figures_t figures;

static void need(bool good, const char *what)
{
    if (!good)
        storm_fail(what, "");
}

static void need_result(wss_result_t result, const char *call, unsigned allowed)
{
    if (result < 0 && (allowed & 1u << -result) == 0)
        storm_fail(call, wss_result_name(result));
}

enum {
    MAY_CLOSED = 1u << -WSS_ERR_CLOSED,
    MAY_ENTROPY = 1u << -WSS_ERR_ENTROPY,
    MAY_NETWORK = 1u << -WSS_ERR_NETWORK,
    MAY_ORDER = 1u << -WSS_ERR_ORDER,
    MAY_STATE = 1u << -WSS_ERR_STATE
};

static unsigned number_of(const side_t *side)
{
    return (unsigned)(side - sides);
}

static side_t *side_of(const wss_conn_t *conn)
{
    return wss_context(conn);
}

static half_t *half_of(const wss_conn_t *conn)
{
    half_t *half = wss_user(conn);
    need(half != NULL && half->conn == conn, "a callback for a connection that is over");
    return half;
}

static line_t *line_out(const half_t *half)
{
    return &half->talk->lines[number_of(side_of(half->conn))];
}

static line_t *line_in(const half_t *half)
{
    return &half->talk->lines[1 - number_of(side_of(half->conn))];
}

/* ----------------------------------------------------------------------- talks */

static talk_t *talk_find(uint32_t id)
{
    for (unsigned i = 0; i < sizeof talks / sizeof *talks; i++)
        if (talks[i].id == id)
            return &talks[i];
    return NULL;
}

static talk_t *talk_new(void)
{
    talk_t *talk = talk_find(0);
    if (talk == NULL)
        return NULL;
    *talk = (talk_t){.id = ++last_id};
    for (unsigned i = 0; i < SIDES; i++)
        line_begin(&talk->lines[i], dice_mix(dice_roll(dice, UINT32_MAX), i));
    (void)snprintf(talk->resource, sizeof talk->resource, "/?%u", (unsigned)talk->id);
    talk->target = (wss_target_t){.host = "192.0.2.1", .resource = talk->resource};
    return talk;
}

static bool same_place(const line_t *line)
{
    return line->got.number == line->sent.number;
}

/* Where both sides have seen a clean end, all that was sent has come. */
static void talk_leave(talk_t *talk)
{
    if (--talk->holders > 0)
        return;
    for (unsigned i = 0; i < SIDES; i++)
        if (talk->clean[0] && talk->clean[1] && !talk->deaf[1 - i])
            need(same_place(&talk->lines[i]), "a message is lost, though the end was clean");
    talk->id = 0;
}

/* --------------------------------------------------------------------- sending */

/* The result of a send: whether the next may be tried. */
static bool goes_on(half_t *half, const wss_conn_t *conn, wss_result_t result)
{
    if (half->conn != conn)
        return false;
    need_result(result, "a send is refused", MAY_CLOSED | MAY_ENTROPY);
    half->blocked = half->blocked || result == WSS_WOULD_BLOCK;
    return result == WSS_OK;
}

static bool send_frame(half_t *half, const line_message_t *message)
{
    wss_conn_t *conn = half->conn;
    line_t *line = line_out(half);
    uint8_t bytes[PIECE];
    uint32_t left = message->length - line->sent.done;
    uint32_t most = 1 + dice_roll(dice, PIECE);
    uint32_t length = left < most ? left : most;
    bool last = length == left && (left == 0 || !dice_one_in(dice, 8));
    line_fill(line, bytes, length);
    wss_result_t result = wss_send(conn, message->type, bytes, length, last ? WSS_FINAL : WSS_MORE);
    if (result == WSS_OK)
        line_sent(line, length, last);
    return goes_on(half, conn, result);
}

static bool send_stream(half_t *half, const line_message_t *message)
{
    wss_conn_t *conn = half->conn;
    line_t *line = line_out(half);
    uint8_t bytes[PIECE];
    uint32_t left = message->length - line->sent.done;
    uint32_t most = 1 + dice_roll(dice, PIECE);
    uint32_t length = left < most ? left : most;
    size_t taken = 0;
    line_fill(line, bytes, length);
    wss_result_t result = wss_send_stream(conn, bytes, length, &taken);
    if (result == WSS_OK)
        line_sent(line, (uint32_t)taken, taken == left);
    return goes_on(half, conn, result == WSS_OK && taken < length ? WSS_WOULD_BLOCK : result);
}

static bool begin_stream(half_t *half, const line_message_t *message)
{
    wss_conn_t *conn = half->conn;
    wss_result_t result = wss_send_begin(conn, message->type, message->length, WSS_FINAL);
    if (result == WSS_OK)
        line_sent(line_out(half), 0, message->length == 0);
    return goes_on(half, conn, result);
}

static bool send_some(half_t *half)
{
    const line_t *line = line_out(half);
    line_message_t message = line_next(line);
    if (calm && !line->begun)
        return false;
    if (!message.streamed)
        return send_frame(half, &message);
    return line->begun ? send_stream(half, &message) : begin_stream(half, &message);
}

static void pump(half_t *half)
{
    const wss_conn_t *conn = half->conn;
    uint32_t times = calm ? UINT32_MAX : 1 + dice_roll(dice, 6);
    if (half->talk == NULL || !half->opened)
        return;
    while (times-- > 0 && half->conn == conn && send_some(half)) {
    }
}

static void send_control(half_t *half)
{
    static const uint8_t bytes[125];
    wss_conn_t *conn = half->conn;
    bool ping = dice_one_in(dice, 2);
    wss_result_t result =
        (ping ? wss_ping : wss_pong)(conn, bytes, dice_roll(dice, sizeof bytes + 1));
    if (half->opened)
        (void)goes_on(half, conn, result);
}

/* ---------------------------------------------------------------------- deciding */

/* A body of any length, from memory or as it is asked for. */
static size_t read_body(void *context, uint64_t offset, uint8_t *buffer, size_t capacity)
{
    uint32_t left = *(const uint32_t *)context - (uint32_t)offset;
    size_t count = 1 + dice_roll(dice, (uint32_t)(left < capacity ? left : capacity));
    memset(buffer, 'n', count);
    return dice_one_in(dice, 50) ? 0 : count;
}

static wss_result_t refuse(wss_conn_t *conn)
{
    static const uint32_t lengths[] = {0, 2, 500, BODY};
    static const uint8_t body[BODY];
    const uint32_t *length = &lengths[dice_roll(dice, sizeof lengths / sizeof *lengths)];
    const wss_reply_t from_memory = {.status = 403, .body = body, .body_length = *length};
    const wss_reply_t asked = {.status = 403,
                               .body_length = *length,
                               .read = read_body,
                               .read_context = (void *)(uintptr_t)length};
    return wss_reply(conn, dice_one_in(dice, 2) ? &from_memory : &asked);
}

static void decide(half_t *half)
{
    const wss_header_t field = {"X-Storm", "yes"};
    wss_result_t result =
        dice_one_in(dice, 4) ? refuse(half->conn) : wss_accept(half->conn, &field, 1);
    half->deciding = false;
    need_result(result, "a decision is refused", MAY_NETWORK | MAY_STATE | MAY_CLOSED);
}

static wss_result_t on_request(wss_conn_t *conn)
{
    half_t *half = half_of(conn);
    need(half->talk == NULL, "a request came twice");
    half->talk = half->id == 0 ? NULL : talk_find(half->id);
    if (half->talk != NULL)
        half->talk->holders++;
    switch (calm ? UINT32_MAX : dice_roll(dice, 12)) {
    case 0: half->deciding = true; return WSS_WOULD_BLOCK;
    case 1: return WSS_ERR_ARGUMENT;
    case 2: (void)wss_abort(conn); return WSS_OK;
    case 3:
    case 4: decide(half); return WSS_OK;
    default: return WSS_OK;
    }
}

static void on_head(wss_conn_t *conn, const wss_head_t *piece)
{
    half_t *half = half_of(conn);
    if (side_of(conn) == &sides[SIDES_CLIENT] || piece->part != WSS_HEAD_QUERY)
        return;
    for (size_t i = 0; i < piece->length; i++)
        half->id = 10 * half->id + (uint32_t)(piece->bytes[i] - '0');
}

/* --------------------------------------------------------------------- callbacks */

static void on_connecting(wss_conn_t *conn)
{
    side_t *side = side_of(conn);
    half_t *half = &side->halves[wss_index(conn)];
    need(half->conn == NULL, "a connection begins where another is");
    *half = (half_t){.conn = conn};
    if (side == &sides[SIDES_CLIENT]) {
        half->talk = dialling;
        half->talk->holders++;
    }
    wss_set_user(conn, half);
    side->begun++;
    figures.connections++;
}

static void on_open(wss_conn_t *conn)
{
    half_t *half = half_of(conn);
    need(!half->opened, "a connection opens twice");
    half->opened = true;
    half->deciding = false;
    figures.opened++;
    pump(half);
}

/* The application is in the mood for something else. */
static bool take_otherwise(half_t *half, wss_result_t *result)
{
    wss_conn_t *conn = half->conn;
    uint32_t mood = calm ? UINT32_MAX : dice_roll(dice, 1200);
    *result = WSS_OK;
    if (mood < 100) {
        half->held = true;
        *result = WSS_WOULD_BLOCK;
    } else if (mood == 100) {
        (void)wss_abort(conn);
    } else if (mood == 101) {
        half->talk->deaf[number_of(side_of(conn))] = true;
        *result = WSS_ERR_ARGUMENT;
    } else {
        return false;
    }
    return true;
}

static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    half_t *half = half_of(conn);
    wss_result_t result;
    need(half->opened, "data came before the connection was open");
    need(!half->peer_closed, "data came after the peer's Close");
    need(half->talk != NULL, "data came from a client that is gone");
    if (half->talk->deaf[number_of(side_of(conn))])
        return WSS_OK; /* it failed: what follows does not matter any more */
    if (take_otherwise(half, &result))
        return result;
    const char *wrong = line_got(line_in(half), data);
    if (wrong != NULL)
        storm_fail(wrong, "");
    half->held = false;
    figures.bytes += data->length;
    figures.messages += data->last;
    if (dice_one_in(dice, 4))
        pump(half);
    if (half->conn == conn && !calm && dice_one_in(dice, 300))
        (void)wss_close(conn, 4001, "enough", 6);
    return WSS_OK;
}

static void on_pong(wss_conn_t *conn, const uint8_t *bytes, size_t length)
{
    const half_t *half = half_of(conn);
    (void)bytes;
    need(half->opened && !half->peer_closed && length <= 125, "a Pong came where none may");
}

static void on_writable(wss_conn_t *conn)
{
    half_t *half = half_of(conn);
    half->blocked = false;
    pump(half);
}

static void on_closing(wss_conn_t *conn, const wss_closure_t *closure)
{
    half_t *half = half_of(conn);
    if (closure->by_peer)
        half->peer_closed = true;
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    half_t *half = half_of(conn);
    side_t *side = side_of(conn);
    talk_t *talk = half->talk;
    need(half->opened == closure->opened, "the end does not know whether it was open");
    need(closure->opened || !closure->clean, "what never opened has a clean end");
    need(closure->clean || !half->sound, "a close in fine weather is not clean");
    side->ended++;
    figures.clean += closure->clean;
    if (talk != NULL) {
        talk->clean[number_of(side)] = closure->clean;
        talk->deaf[number_of(side)] |= half->held;
        talk_leave(talk);
    }
    *half = (half_t){0};
}

/* ------------------------------------------------------------------------- deeds */

static void dial(void)
{
    talk_t *talk = talk_new();
    if (talk == NULL)
        return;
    dialling = talk;
    wss_result_t result = wss_connect(&sides[SIDES_CLIENT].loop, &talk->target, NULL, NULL);
    if (result == WSS_OK)
        return;
    need(result == WSS_ERR_FULL || result == WSS_ERR_ENTROPY || result == WSS_ERR_NETWORK,
         "a call is refused");
    need(talk->holders == 0, "a call that is refused has begun a connection");
    talk->id = 0;
}

static half_t *any_half(void)
{
    side_t *side = &sides[dice_roll(dice, SIDES)];
    half_t *half = &side->halves[dice_roll(dice, SIDES_CONNS)];
    return half->conn != NULL ? half : NULL;
}

static void change_buffer(const half_t *half)
{
    side_t *side = side_of(half->conn);
    uint8_t *own = side->messages + wss_index(half->conn) * MESSAGE;
    bool whole = dice_one_in(dice, 2);
    need_result(wss_set_buffer(half->conn, whole ? own : NULL, whole ? MESSAGE : 0),
                "a buffer is refused", MAY_STATE);
}

static void end_it(const half_t *half)
{
    static const uint16_t codes[] = {0, 1000, 1001, 1011, 4999};
    uint16_t code = codes[dice_roll(dice, sizeof codes / sizeof *codes)];
    if (dice_one_in(dice, 4))
        need_result(wss_abort(half->conn), "an abort is refused", 0);
    else
        need_result(wss_close(half->conn, code, "bye", code == 0 ? 0 : 3), "a close is refused",
                    MAY_CLOSED | MAY_ENTROPY);
}

void sides_act(void)
{
    half_t *half = any_half();
    uint32_t deed = dice_roll(dice, 40);
    if (half == NULL || deed < 2)
        dial();
    else if (deed < 20)
        pump(half);
    else if (deed < 24)
        send_control(half);
    else if (deed < 34)
        wss_resume(half->conn);
    else if (deed < 36)
        change_buffer(half);
    else if (deed < 39 && half->deciding)
        decide(half);
    else if (deed == 39 && dice_one_in(dice, 5))
        end_it(half);
}

/* ------------------------------------------------------------------- both engines */

static void prepare(side_t *side, const wss_hal_t *hal, const wss_crypto_t *crypto)
{
    static const wss_handler_t handler = {.on_connecting = on_connecting,
                                          .on_head = on_head,
                                          .on_request = on_request,
                                          .on_open = on_open,
                                          .on_data = on_data,
                                          .on_pong = on_pong,
                                          .on_writable = on_writable,
                                          .on_closing = on_closing,
                                          .on_closed = on_closed};
    memset(side, 0, sizeof *side);
    side->config = (wss_config_t){
        .hal = hal,
        .crypto = crypto,
        .handler = &handler,
        .context = side,
        .conns = side->conns,
        .conn_count = SIDES_CONNS,
        .rx_buffer = side->rx,
        .rx_size = 64 + dice_roll(dice, RX - 63),
        .tx_buffer = side->tx,
        .tx_size = dice_roll(dice, 3) * (TX / 2),
        .controls = side->controls,
        .control_count = 1 + dice_roll(dice, CONTROLS),
        .messages = dice_one_in(dice, 2) ? side->messages : NULL,
        .message_size = MESSAGE,
        .pieces_beyond = true,
        .max_conns = SIDES_CONNS - dice_roll(dice, 2),
        .handshake_timeout = 3000,
        .idle_timeout = 8000,
        .ping_interval = 1000,
        .pong_timeout = 2000,
        .close_timeout = 1500,
        .flush_timeout = 1500,
        .linger_timeout = 500,
    };
    if (side->config.messages == NULL)
        side->config.message_size = 0;
    if (wss_loop_init(&side->loop, &side->config) != WSS_OK)
        storm_fail("a configuration is refused", wss_loop_error(&side->loop));
}

void sides_begin(dice_t *with, const wss_hal_t *hals[SIDES], const wss_crypto_t *crypto)
{
    const wss_endpoint_t where = {.port = 80};
    dice = with;
    calm = false;
    last_id = 0;
    memset(talks, 0, sizeof talks);
    for (unsigned i = 0; i < SIDES; i++)
        prepare(&sides[i], hals[i], crypto);
    need(wss_listen(&sides[SIDES_SERVER].loop, &where, NULL) == WSS_OK, "nobody may listen");
}

void sides_step(unsigned side, uint32_t max_wait)
{
    wss_result_t result = wss_loop_step(&sides[side].loop, max_wait);
    if (result != WSS_OK)
        storm_fail("a step fails", wss_result_name(result));
}

static void each_half(void (*deed)(half_t *half))
{
    for (unsigned i = 0; i < SIDES * SIDES_CONNS; i++) {
        half_t *half = &sides[i / SIDES_CONNS].halves[i % SIDES_CONNS];
        if (half->conn != NULL)
            deed(half);
    }
}

static void calm_down(half_t *half)
{
    wss_resume(half->conn);
    if (half->deciding)
        decide(half);
    else
        pump(half);
}

void sides_calm(void)
{
    calm = true;
    each_half(calm_down);
}

static bool all_quiet, all_open;

static void see_quiet(half_t *half)
{
    if (wss_state(half->conn) != WSS_CONNECTED || half->talk == NULL)
        return;
    all_quiet = all_quiet && !half->blocked && !half->held && same_place(line_in(half)) &&
                !line_out(half)->begun;
}

bool sides_quiet(void)
{
    all_quiet = true;
    each_half(see_quiet);
    return all_quiet;
}

static void hang_up(half_t *half)
{
    if (side_of(half->conn) == &sides[SIDES_CLIENT])
        (void)wss_abort(half->conn);
}

void sides_hang_up(void)
{
    each_half(hang_up);
}

void sides_call(void)
{
    dial();
}

static void see_open(half_t *half)
{
    all_open = all_open && half->opened;
}

bool sides_open(void)
{
    all_open = sides_count() == SIDES;
    each_half(see_open);
    return all_open;
}

static void expect_clean(half_t *half)
{
    half->sound = half->opened;
}

void sides_close(void)
{
    each_half(expect_clean);
    for (unsigned i = 0; i < SIDES; i++)
        need_result(wss_loop_close(&sides[i].loop, 1001), "a loop does not close", 0);
}

void sides_abort(void)
{
    for (unsigned i = 0; i < SIDES; i++)
        wss_loop_abort(&sides[i].loop);
}

uint32_t sides_count(void)
{
    return wss_loop_count(&sides[0].loop) + wss_loop_count(&sides[1].loop);
}

unsigned sides_state(wss_conn_t *conn)
{
    wss_inspection_t inspection;
    need(wss_inspect(&side_of(conn)->loop, wss_index(conn), &inspection),
         "a stream is held for a connection that is over");
    return inspection.state_number;
}

bool sides_in_passing(wss_conn_t *conn)
{
    unsigned state = sides_state(conn);
    return state > WSS_ST_UPGRADING && state != WSS_ST_OPEN;
}

void sides_check_ends(void)
{
    for (unsigned i = 0; i < SIDES; i++)
        need(sides[i].begun == sides[i].ended, "a connection has not ended exactly once");
    for (unsigned i = 0; i < sizeof talks / sizeof *talks; i++)
        need(talks[i].id == 0, "a talk has not ended");
}

const sides_figures_t *sides_figures(void)
{
    return &figures;
}
