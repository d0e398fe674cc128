/* SPDX-License-Identifier: MIT */
/*
 * An application that does anything from any callback, to any connection and session, in the
 * simulator, from seeds, among strangers who send it anything (strangers.h). It serves and calls:
 * itself, strangers, and nobody. What it stands on is riot_plain.c's or riot_tls.c's.
 *
 *     riot [--seed N | --seeds COUNT [FIRST]]
 *
 * Whatever it does, each connection begins and ends once, each session stops once, callbacks
 * come for what lives, the port's contract is kept, and at the end all is given back and a call
 * comes through. What breaks a rule is printed with the command that shows it again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mishaps.h"
#include "riot.h"
#include "strangers.h"
#include "wss/wss_session.h"
#include "wss_sim.h"

enum {
    SEEDS = 30,
    ROUNDS = 3000,
    CONNS = RIOT_CONNS,
    SESSIONS = 2,
    ENDS = 2 * (2 * CONNS + STRANGERS_MOST),
    ROOM = RIOT_ROOM,
    WINDOW = STRANGERS_WINDOW,
    RX = 300,
    MESSAGE = 80,
    BODY = 2000,
    DEPTH = 4,
    OURS = 80,
    THEIRS = 81
};

static unsigned long long seed, rounds, done, begun, opened, received;
static dice_t dice;
static wss_sim_t sim;
static wss_sim_host_t host;
static wss_sim_end_t ends[ENDS];
static uint8_t memory[ENDS * (ROOM + WINDOW)];
static wss_sim_crypto_t generator;
static wss_crypto_t crypto;
static wss_hal_t below, hal;
static wss_loop_t loop;
static wss_config_t config;
static wss_conn_t conns[CONNS];
static wss_control_t controls[2];
static uint8_t rx[RX], tx[ROOM], messages[CONNS * MESSAGE], spare[MESSAGE];
static unsigned depth;

static bool calm, stepping;
static volatile unsigned touched; /* what callbacks get is read */

/* A slot's present life. */
static struct {
    bool alive, opened;
} lives[CONNS];

static wss_session_t sessions[SESSIONS];
static bool runs[SESSIONS];

_Noreturn static void fail(const char *what)
{
    fprintf(stderr, "riot: %s\nriot: in round %llu; again by: riot --seed %llu\n", what, rounds,
            seed);
    exit(1);
}

static void need(bool good, const char *what)
{
    if (!good)
        fail(what);
}

static bool chance(uint32_t sides)
{
    return dice_one_in(&dice, sides);
}

static uint32_t roll(uint32_t sides)
{
    return dice_roll(&dice, sides);
}

/* ---------------------------------------------------------------------------- deeds */

static size_t read_body(void *context, uint64_t offset, uint8_t *buffer, size_t capacity);
static bool select_one(wss_conn_t *conn, void *context);

static const char *const urls[][3] = {
    {"ws://localhost/?a", "ws://localhost:81/b", "ws://u:p@localhost:82/"},
    {"wss://localhost:80/?a", "wss://localhost:81/b", "wss://u:p@localhost:82/"},
};

static void any_connect(void)
{
    static const uint16_t ports[] = {OURS, OURS, THEIRS, 82};
    static wss_target_t targets[8];
    static unsigned next;
    wss_target_t *target = &targets[next++ % 8];
    *target =
        (wss_target_t){.host = "localhost", .port = ports[roll(4)], .secure = riot_is_secure()};
    (void)wss_connect(&loop, target, &sim, NULL);
}

static void any_start(void);

static void any_reply(wss_conn_t *conn)
{
    static const uint8_t body[BODY];
    const wss_reply_t plain = {.status = 403, .body = body, .body_length = roll(BODY)};
    const wss_reply_t asked = {
        .status = 200, .body_length = BODY, .read = read_body, .read_context = conn};
    (void)wss_reply(conn, chance(2) ? &plain : &asked);
}

static void any_send(wss_conn_t *conn)
{
    static const uint8_t bytes[ROOM];
    static const wss_opcode_t types[] = {WSS_OPCODE_TEXT, WSS_OPCODE_BINARY,
                                         WSS_OPCODE_CONTINUATION};
    size_t taken;
    switch (roll(6)) {
    case 0: (void)wss_send_begin(conn, types[roll(2)], roll(900), (wss_part_t)roll(2)); break;
    case 1: (void)wss_send_stream(conn, bytes, roll(300), &taken); break;
    case 2: (void)wss_ping(conn, bytes, roll(126)); break;
    case 3: (void)wss_pong(conn, bytes, roll(126)); break;
    default:
        (void)wss_send(conn, types[roll(3)], bytes, roll(ROOM) >> roll(8),
                       chance(4) ? WSS_MORE : WSS_FINAL);
    }
}

static void look_at(wss_conn_t *conn)
{
    char peer[40];
    bool final;
    (void)wss_state(conn);
    (void)wss_protocol(conn);
    (void)wss_path(conn);
    (void)wss_send_left(conn);
    (void)wss_send_room(conn);
    (void)wss_status(conn);
    (void)wss_frame_left(conn, &final);
    wss_peer(conn, peer, sizeof peer);
}

/* The slot that is freed is the next that is taken. */
static void replace(wss_conn_t *conn)
{
    (void)wss_abort(conn);
    any_connect();
}

static void any_deed_to(wss_conn_t *conn)
{
    const wss_header_t field = {"X-Riot", "yes"};
    switch (roll(40)) {
    case 0: (void)wss_abort(conn); break;
    case 1: replace(conn); break;
    case 2: (void)wss_close(conn, 1000, "riot", 4); break;
    case 3: (void)wss_close(conn, 0, NULL, 0); break;
    case 4:
    case 5: wss_resume(conn); break;
    case 6: (void)wss_set_buffer(conn, spare, roll(MESSAGE)); break;
    case 7: (void)wss_accept(conn, &field, roll(2)); break;
    case 8:
    case 9: any_reply(conn); break;
    case 10: look_at(conn); break;
    default: any_send(conn);
    }
}

static void all_of_the_loop(void)
{
    uint32_t refused;
    const wss_endpoint_t where = {.port = OURS};
    switch (roll(60)) {
    case 0: (void)wss_loop_close(&loop, 1001); break;
    case 1: wss_loop_abort(&loop); break;
    case 2:
    case 3:
    case 4:
    case 5:
    case 6: (void)wss_listen(&loop, &where, NULL); break;
    case 7: (void)wss_loop_next_deadline(&loop); break;
    case 8: need(!stepping || wss_loop_step(&loop, 0) == WSS_ERR_STATE, "a step in a step"); break;
    default:
        (void)wss_broadcast(&loop, WSS_OPCODE_BINARY, spare, roll(MESSAGE),
                            chance(2) ? select_one : NULL, NULL, &refused);
    }
}

/* `conn`: whose callback it is, or NULL. */
static void deed(wss_conn_t *conn)
{
    wss_conn_t *other = wss_conn_at(&loop, roll(CONNS));
    done++;
    switch (roll(16)) {
    case 0: any_connect(); break;
    case 1: any_start(); break;
    case 2: (void)wss_session_stop(&sessions[roll(SESSIONS)]); break;
    case 3: all_of_the_loop(); break;
    default:
        if (conn != NULL && chance(2))
            any_deed_to(conn);
        else if (other != NULL)
            any_deed_to(other);
    }
}

/* Now and then some deeds, at the places where the application is. */
static void riot(wss_conn_t *conn)
{
    if (calm || depth >= DEPTH || !chance(3))
        return;
    depth++;
    for (uint32_t i = 1 + roll(3); i > 0; i--)
        deed(conn);
    depth--;
}

static bool select_one(wss_conn_t *conn, void *context)
{
    (void)context;
    riot(conn);
    return chance(2);
}

static size_t read_body(void *context, uint64_t offset, uint8_t *buffer, size_t capacity)
{
    uint32_t refuses = roll(20);
    riot(context);
    size_t left = BODY - (size_t)offset;
    size_t count = 1 + roll((uint32_t)(left < capacity ? left : capacity));
    memset(buffer, 'b', count);
    return refuses == 0 ? 0 : count;
}

/* ------------------------------------------------------------------------- callbacks */

static void alive(const wss_conn_t *conn)
{
    need(lives[wss_index(conn)].alive, "a callback for a connection that is over");
}

/* What a callback that decides something makes of it. */
static wss_result_t any_result(void)
{
    static const wss_result_t results[] = {WSS_OK, WSS_OK, WSS_OK, WSS_WOULD_BLOCK,
                                           WSS_ERR_ARGUMENT};
    return calm ? WSS_OK : results[roll(chance(3) ? 5 : 3)];
}

static void on_connecting(wss_conn_t *conn)
{
    need(!lives[wss_index(conn)].alive, "a connection begins twice");
    lives[wss_index(conn)].alive = true;
    begun++;
    lives[wss_index(conn)].opened = false;
    riot(conn);
}

static void on_head(wss_conn_t *conn, const wss_head_t *piece)
{
    (void)piece;
    alive(conn);
    if (chance(4))
        riot(conn);
}

static wss_result_t on_request(wss_conn_t *conn)
{
    alive(conn);
    riot(conn);
    return any_result();
}

static void on_open(wss_conn_t *conn)
{
    alive(conn);
    need(!lives[wss_index(conn)].opened, "a connection opens twice");
    lives[wss_index(conn)].opened = true;
    opened++;
    riot(conn);
}

static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    alive(conn);
    received++;
    if (data->length > 0)
        touched += data->bytes[0] + data->bytes[data->length - 1];
    if (!calm && chance(4))
        (void)wss_send(conn, data->type, data->bytes, data->length,
                       data->last ? WSS_FINAL : WSS_MORE);
    riot(conn);
    return any_result();
}

static void on_control(wss_conn_t *conn, const uint8_t *bytes, size_t length)
{
    alive(conn);
    if (length > 0)
        touched += bytes[length - 1];
    riot(conn);
}

static void on_writable(wss_conn_t *conn)
{
    alive(conn);
    riot(conn);
}

static void on_closing(wss_conn_t *conn, const wss_closure_t *closure)
{
    (void)closure;
    alive(conn);
    riot(conn);
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    (void)closure;
    alive(conn);
    lives[wss_index(conn)].alive = false;
    riot(conn);
}

static const wss_handler_t handler = {.on_connecting = on_connecting,
                                      .on_head = on_head,
                                      .on_request = on_request,
                                      .on_page = on_request,
                                      .on_open = on_open,
                                      .on_data = on_data,
                                      .on_ping = on_control,
                                      .on_pong = on_control,
                                      .on_writable = on_writable,
                                      .on_closing = on_closing,
                                      .on_closed = on_closed};

/* -------------------------------------------------------------------------- sessions */

static void runs_still(const wss_session_t *session)
{
    need(runs[session - sessions], "a callback of a session that has stopped");
}

static void on_online(wss_session_t *session, wss_conn_t *conn)
{
    runs_still(session);
    need(wss_session_of(conn) == session, "a session is online with another's connection");
    riot(conn);
}

static void on_challenge(wss_session_t *session, const char *challenge, size_t length)
{
    (void)challenge, (void)length;
    runs_still(session);
    riot(NULL);
}

static void on_waiting(wss_session_t *session, uint32_t milliseconds, const wss_closure_t *last)
{
    (void)milliseconds, (void)last;
    runs_still(session);
    riot(NULL);
}

static void on_stopped(wss_session_t *session, wss_session_end_t why, const wss_closure_t *last)
{
    (void)why, (void)last;
    runs_still(session);
    runs[session - sessions] = false;
    if (chance(3))
        memset(session, 0, sizeof *session);
    riot(NULL);
}

static void any_start(void)
{
    static const wss_session_handler_t reports = {.on_online = on_online,
                                                  .on_challenge = on_challenge,
                                                  .on_waiting = on_waiting,
                                                  .on_stopped = on_stopped};
    static wss_session_config_t wishes[SESSIONS];
    unsigned which = roll(SESSIONS);
    if (runs[which])
        return;
    wishes[which] = (wss_session_config_t){.loop = &loop,
                                           .handler = &reports,
                                           .user = &sim,
                                           .servers = urls[riot_is_secure()] + roll(2),
                                           .server_count = 1 + roll(2),
                                           .reconnect = chance(2),
                                           .attempts = roll(4),
                                           .backoff = 1 + roll(200),
                                           .max_redirects = roll(3)};
    runs[which] = true;
    need(wss_session_start(&sessions[which], &wishes[which]) == WSS_OK, "a session is refused");
}

/* --------------------------------------------------------------------------- the world */

static void mishap(void)
{
    const wss_endpoint_t where = {.port = OURS};
    uint32_t drawn = roll(20);
    if (drawn < 5) {
        mishaps_any(&sim, &host, &dice, CONNS);
    } else if (drawn == 5) {
        generator.fails = chance(2);
    } else if (drawn == 6) {
        wss_sim_advance(&sim, roll(3000));
    } else {
        generator.fails = false;
        mishaps_over(&sim, &host);
        mishaps_limits(&sim, &dice);
        (void)wss_listen(&loop, &where, NULL);
    }
}

static void check(void)
{
    for (unsigned i = 0; i < WSS_SIM_FAULT_COUNT; i++)
        if (sim.faults[i] > 0)
            fail(wss_sim_fault_name((wss_sim_fault_t)i));
    need(sim.beyond_room == 0, "more is sent than there is room for");
    uint32_t count = 0;
    for (unsigned i = 0; i < CONNS; i++) {
        need(lives[i].alive == (wss_conn_at(&loop, i) != NULL), "a slot is taken, or free, untold");
        count += lives[i].alive;
    }
    need(count == wss_loop_count(&loop), "the connections are miscounted");
}

static void step(void)
{
    stepping = true;
    need(wss_loop_step(&loop, 0) == WSS_OK, "a step fails");
    stepping = false;
    check();
}

static void one_round(void)
{
    uint32_t drawn = roll(100);
    rounds++;
    if (drawn < 50)
        step();
    else if (drawn < 75)
        strangers_deed();
    else if (drawn < 88)
        deed(NULL);
    else if (drawn < 97)
        wss_sim_advance(&sim, roll(20));
    else
        mishap();
}

static void begin(void)
{
    const wss_endpoint_t where = {.port = OURS};
    const wss_sim_config_t world = {.ends = ends,
                                    .end_count = ENDS,
                                    .memory = memory,
                                    .send_room = ROOM,
                                    .window = WINDOW,
                                    .seed = seed,
                                    .start = 0u - roll(20000),
                                    .latency = roll(4),
                                    .random_limits = true};
    calm = stepping = false;
    memset(lives, 0, sizeof lives);
    memset(runs, 0, sizeof runs);
    memset(sessions, 0, sizeof sessions);
    memset(conns, 0, sizeof conns);
    wss_sim_init(&sim, &world);
    wss_sim_host_init(&host, &sim, &below);
    if (chance(2))
        wss_sim_host_lock(&host, &below);
    wss_sim_crypto_init(&generator, seed, &crypto);
    riot_stand_on(&below, &crypto, &dice, &hal);
    strangers_begin(&sim, &dice, OURS, THEIRS);
    strangers_complain(riot_is_secure() ? NULL : fail);
    config = (wss_config_t){
        .hal = &hal,
        .crypto = &crypto,
        .handler = &handler,
        .conns = conns,
        .conn_count = CONNS,
        .rx_buffer = rx,
        .rx_size = 64 + roll(RX - 63),
        .tx_buffer = tx,
        .tx_size = roll(2) * ROOM,
        .controls = controls,
        .control_count = 1 + roll(2),
        .messages = chance(2) ? messages : NULL,
        .message_size = MESSAGE,
        .pieces_beyond = chance(2),
        .max_conns = 1 + roll(CONNS),
        .handshake_timeout = 1000,
        .idle_timeout = 4000,
        .ping_interval = 500,
        .pong_timeout = 1000,
        .close_timeout = 500,
        .flush_timeout = 500,
        .linger_timeout = 200,
    };
    if (config.messages == NULL)
        config.message_size = 0, config.pieces_beyond = true;
    if (wss_loop_init(&loop, &config) != WSS_OK)
        fail(wss_loop_error(&loop));
    need(wss_listen(&loop, &where, NULL) == WSS_OK, "nobody may listen");
}

static void rest(uint32_t steps)
{
    for (uint32_t i = 0; i < steps; i++, wss_sim_advance(&sim, 1))
        step();
}

/* A call of ourselves. */
static void call_through(void)
{
    const wss_endpoint_t where = {.port = OURS};
    const wss_target_t target = {.host = "localhost", .port = OURS, .secure = riot_is_secure()};
    wss_conn_t *conn;
    need(wss_listen(&loop, &where, NULL) == WSS_OK, "nobody may listen again");
    need(wss_connect(&loop, &target, NULL, &conn) == WSS_OK, "a call is refused");
    rest(900);
    need(wss_loop_count(&loop) == 2, "a call does not come through");
    for (unsigned i = 0; i < CONNS; i++)
        need(!lives[i].alive || lives[i].opened, "a call is not answered");
}

static void end(void)
{
    calm = true;
    strangers_go();
    generator.fails = false;
    mishaps_over(&sim, &host);
    if (chance(2))
        need(wss_loop_close(&loop, 1001) == WSS_OK, "the loop does not close");
    else
        wss_loop_abort(&loop);
    rest(3000);
    need(wss_loop_count(&loop) == 0, "connections do not end");
    for (unsigned i = 0; i < SESSIONS; i++)
        need(!runs[i], "a session does not stop");
    need(host.streams == 0, "a stream is not given back");
    call_through();
    wss_loop_abort(&loop);
    check();
    need(host.streams == 0 && loop.served == 0, "something is not given back");
    unsigned free_controls = 0;
    for (wss_slot_t slot = loop.free_controls; slot != WSS_NO_SLOT; slot = controls[slot].next)
        free_controls++;
    need(free_controls == config.control_count, "a control payload is not given back");
    riot_stand_down();
}

static int usage(void)
{
    fputs("usage: riot [--seed N | --seeds COUNT [FIRST]]\n", stderr);
    return 2;
}

int main(int count, char **words)
{
    unsigned long long many = SEEDS, first = 1;
    if (count == 3 && strcmp(words[1], "--seed") == 0)
        many = 1, first = strtoull(words[2], NULL, 10);
    else if ((count == 3 || count == 4) && strcmp(words[1], "--seeds") == 0)
        many = strtoull(words[2], NULL, 10), first = count == 4 ? strtoull(words[3], NULL, 10) : 1;
    else if (count != 1)
        return usage();
    for (seed = first; seed < first + many; seed++) {
        dice_seed(&dice, seed);
        begin();
        for (unsigned i = 0; i < ROUNDS; i++)
            one_round();
        end();
    }
    printf(
        "riot: %llu seeds, %llu rounds, %llu deeds, %llu connections (%llu opened), %llu pieces: "
        "no rule is broken\n",
        many, rounds, done, begun, opened, received);
    return 0;
}
