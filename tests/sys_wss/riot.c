/* SPDX-License-Identifier: MIT */
/*
 * An application of the SYS_WSS service that does anything from any callback, in the simulator,
 * from seeds, among strangers who send it anything (tests/storm/strangers.h). Whatever it does:
 * events come in the order that sys_wss.h gives them, one cause is told of each connection, and
 * when the service ends each has ended, all is given back, and it may begin again. More seeds with
 * WSS_EFFORT in the environment.
 */
#include "mishaps.h"
#include "rig.h"
#include "strangers.h"

#include <stdlib.h>
#include <string.h>

enum {
    SEEDS = 20,
    ROUNDS = 2500,
    DEPTH = 3,
    THEIRS = 81,
    CLIENTS = SYS_WSS_MODE == SYS_WSS_SERVER ? SYS_WSS_MAX_NUM_CLIENTS : 1
};

static dice_t dice;
static unsigned depth;
static bool calm, stepping;
static volatile unsigned touched; /* what the callback gets is read */

/* Each client's present connection. */
static struct {
    bool alive, connected, closing, blamed;
} lives[SYS_WSS_MOST_CLIENTS];

static bool chance(uint32_t sides)
{
    return dice_one_in(&dice, sides);
}

static uint32_t roll(uint32_t sides)
{
    return dice_roll(&dice, sides);
}

/* ---------------------------------------------------------------------------- deeds */

static void on_event(SYS_WSS_EVENTS event, void *data, int32_t client, void *cookie);

static int cookie;

static void any_begin(void)
{
    static SYS_WSS_CONFIG config = {.port = SYS_WSS_PORT};
    (void)SYS_WSS_Initialize(chance(2) ? NULL : &config, chance(3) ? NULL : on_event, &cookie);
}

static void any_send(int32_t client)
{
    static const SYS_WSS_FRAME types[] = {SYS_WSS_FRAME_TEXT, SYS_WSS_FRAME_BINARY,
                                          SYS_WSS_FRAME_CONTINUATION, SYS_WSS_FRAME_CLOSE};
    static uint8_t bytes[SYS_WSS_MAX_TX_BUFFER + 2];
    (void)SYS_WSS_sendMessage(!chance(4), types[roll(chance(8) ? 4 : 2)], chance(20) ? NULL : bytes,
                              roll(sizeof bytes) >> roll(10), client);
}

static void any_close(int32_t client)
{
    static const SYS_WSS_STATUS_CODE codes[] = {
        SYS_WSS_STATUS_CODE_NORMAL_CLOSURE, SYS_WSS_STATUS_CODE_GOING_AWAY,
        SYS_WSS_STATUS_CODE_NO_STATUS_RCVD, SYS_WSS_STATUS_CODE_INTERNAL_ERROR};
    static uint8_t why[130];
    (void)SYS_WSS_CloseConnection(codes[roll(4)], why, chance(2) ? 0 : roll(sizeof why), client);
}

static void step(void)
{
    bool outer = stepping;
    stepping = true;
    uint8_t result = SYS_WSS_Task(0);
    ck_assert(!outer || result == SYS_WSS_FAILURE);
    stepping = outer;
}

/* `client`: whose callback it is, or -1. */
static void deed(int32_t client)
{
    static uint8_t payload[130];
    int32_t whose = chance(2) ? client : (int32_t)roll(SYS_WSS_MOST_CLIENTS + 2) - 1;
    switch (roll(80)) {
    case 0: SYS_WSS_Deinitialize(); break;
    case 1:
    case 2:
    case 3:
    case 4: any_begin(); break;
    case 5:
    case 6:
    case 7:
    case 8: any_close(whose); break;
    case 9: (void)SYS_WSS_register_callback(chance(2) ? NULL : on_event, &cookie); break;
    case 10: step(); break;
    default:
        if (chance(5))
            (void)SYS_WSS_PingClient(payload, roll(sizeof payload), whose);
        else
            any_send(whose);
    }
}

/* Now and then some deeds, at the places where the application is. */
static void riot(int32_t client)
{
    if (calm || depth >= DEPTH || !chance(3))
        return;
    depth++;
    for (uint32_t i = 1 + roll(3); i > 0; i--)
        deed(client);
    depth--;
}

/* ------------------------------------------------------------------------- callback */

static void look_at(const SYS_WSS_RXDATA *data)
{
    ck_assert_ptr_nonnull(data);
    ck_assert_int_le(data->datalen, SYS_WSS_MAX_RX_BUFFER);
    for (int64_t i = 0; i < data->datalen; i++)
        touched += data->data[i]++;
}

static void blame(int32_t client)
{
    if (client < 0)
        return;
    ck_assert(lives[client].alive && !lives[client].blamed);
    lives[client].blamed = true;
}

static void follow(SYS_WSS_EVENTS event, int32_t client, const SYS_WSS_RXDATA *data)
{
    SYS_WSS_STATE state = client < 0 ? SYS_WSS_STATE_CLOSED : g_wssSrvcObj[client].wssState;
    switch (event) {
    case SYS_WSS_EVENT_CLIENT_CONNECTING:
        ck_assert(!lives[client].alive && state == SYS_WSS_STATE_CONNECTING);
        memset(&lives[client], 0, sizeof lives[client]);
        lives[client].alive = true;
        break;
    case SYS_WSS_EVENT_CLIENT_CONNECTED:
        ck_assert(lives[client].alive && !lives[client].connected);
        ck_assert_int_eq(state, SYS_WSS_STATE_CONNECTED);
        lives[client].connected = true;
        break;
    case SYS_WSS_EVENT_CLIENT_BIN_DATA_RX:
    case SYS_WSS_EVENT_CLIENT_TXT_DATA_RX:
    case SYS_WSS_EVENT_CLIENT_PING_RX:
    case SYS_WSS_EVENT_CLIENT_PONG_RX:
    case SYS_WSS_EVENT_CLIENT_CLOSE_FRAME_RX:
        ck_assert(lives[client].alive && lives[client].connected);
        look_at(data);
        break;
    case SYS_WSS_EVENT_CLIENT_CLOSING:
        ck_assert(lives[client].connected && !lives[client].closing);
        ck_assert_int_eq(state, SYS_WSS_STATE_CLOSING);
        lives[client].closing = true;
        break;
    case SYS_WSS_EVENT_CLIENT_CLOSED:
        ck_assert(lives[client].alive && state == SYS_WSS_STATE_CLOSED);
        lives[client].alive = false;
        break;
    case SYS_WSS_EVENT_LL_INTF_DOWN:
    case SYS_WSS_EVENT_LL_INTF_UP: ck_assert_int_eq(client, -1); break;
    default: blame(client);
    }
}

static void on_event(SYS_WSS_EVENTS event, void *data, int32_t client, void *given)
{
    ck_assert_ptr_eq(given, &cookie);
    ck_assert(client >= -1 && client < CLIENTS);
    follow(event, client, data);
    riot(client);
}

/* ------------------------------------------------------------------------ the world */

static void mishap(void)
{
    uint32_t drawn = roll(16);
    if (drawn < 5) {
        mishaps_any(&rig_sim, &rig_host, &dice, CLIENTS);
    } else if (drawn == 5) {
        rig_crypto_fails(chance(2));
    } else if (drawn == 6) {
        wss_sim_advance(&rig_sim, roll(SYS_WSS_CLIENT_TIMEOUT));
    } else if (drawn == 7) {
        rig_boots = chance(2);
    } else {
        rig_crypto_fails(false);
        rig_boots = false;
        mishaps_over(&rig_sim, &rig_host);
        mishaps_limits(&rig_sim, &dice);
        any_begin();
    }
}

static void check(void)
{
    ck_assert_uint_eq(wss_sim_faults(&rig_sim), 0);
    for (unsigned i = 0; i < SYS_WSS_MOST_CLIENTS; i++)
        ck_assert_int_eq(lives[i].alive, g_wssSrvcObj[i].wssState != SYS_WSS_STATE_CLOSED);
}

static void one_round(void)
{
    uint32_t drawn = roll(100);
    if (drawn < 50)
        step();
    else if (drawn < 75)
        strangers_deed();
    else if (drawn < 87)
        deed(-1);
    else if (drawn < 96)
        wss_sim_advance(&rig_sim, roll(50));
    else
        mishap();
    check();
}

static void end_well(void)
{
    SYS_WSS_Deinitialize();
    check();
    for (unsigned i = 0; i < SYS_WSS_MOST_CLIENTS; i++)
        ck_assert(!lives[i].alive);
    ck_assert_uint_eq(rig_opens, 0);
    ck_assert_uint_eq(rig_host.streams, 0);
}

/* The service begins again; a connection comes, or is dialled. */
static void begin_again(void)
{
    calm = true;
    strangers_go();
    rig_crypto_fails(false);
    rig_boots = false;
    mishaps_over(&rig_sim, &rig_host);
    rig_sim.config.latency = 0;
    end_well();
    ck_assert_uint_ne(SYS_WSS_Initialize(NULL, on_event, &cookie), SYS_MODULE_OBJ_INVALID);
    rig_settle();
    if (SYS_WSS_MODE == SYS_WSS_SERVER) {
        ck_assert_ptr_nonnull(rig_open());
        ck_assert(lives[0].alive && lives[0].connected);
    }
    end_well();
}

START_TEST(test_riot)
{
    dice_seed(&dice, (uint64_t)(unsigned)_i);
    memset(lives, 0, sizeof lives);
    calm = stepping = false;
    depth = 0;
    rig_begin();
    rig_sim.config.latency = roll(4);
    rig_sim.config.random_limits = true;
    strangers_begin(&rig_sim, &dice, SYS_WSS_PORT, THEIRS);
    ck_assert_uint_ne(SYS_WSS_Initialize(NULL, on_event, &cookie), SYS_MODULE_OBJ_INVALID);
    for (unsigned i = 0; i < ROUNDS; i++)
        one_round();
    begin_again();
}
END_TEST

/* Another world for each seed. */
Suite *rig_suite(void)
{
    const char *effort = getenv("WSS_EFFORT");
    const int more = effort == NULL ? 1 : atoi(effort);
    Suite *suite = suite_create("riot_sys_wss");
    TCase *tests = tcase_create("seeds");
    tcase_add_loop_test(tests, test_riot, 0, SEEDS * (more > 0 ? more : 1));
    tcase_set_timeout(tests, 0);
    suite_add_tcase(suite, tests);
    return suite;
}
