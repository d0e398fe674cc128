/* SPDX-License-Identifier: MIT */
/* Calls from inside the callback, at every event: none crashes, each says what is true. */
#include "places.h"
#include "sys_wss_service.h"

#include <string.h>

typedef SYS_WSS_RESULT (*deed_t)(int32_t client);

static SYS_WSS_RESULT send(int32_t client)
{
    return SYS_WSS_sendMessage(true, SYS_WSS_FRAME_TEXT, (uint8_t *)"in", 2, client);
}

static SYS_WSS_RESULT ping(int32_t client)
{
    return SYS_WSS_PingClient((uint8_t *)"in", 2, client);
}

static SYS_WSS_RESULT close_it(int32_t client)
{
    return SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_GOING_AWAY, NULL, 0, client);
}

static SYS_WSS_RESULT step(int32_t client)
{
    (void)client;
    return (SYS_WSS_RESULT)SYS_WSS_Task(0);
}

static SYS_WSS_RESULT deinitialize(int32_t client)
{
    (void)client;
    SYS_WSS_Deinitialize();
    return SYS_WSS_SUCCESS;
}

static deed_t const deeds[] = {send, ping, close_it, step, deinitialize};
enum { DEEDS = sizeof deeds / sizeof deeds[0], EVENTS = SYS_WSS_EVENT_LL_INTF_UP + 1 };

static SYS_WSS_EVENTS wanted;
static deed_t deed;
static bool done;

static SYS_WSS_RESULT expected(int32_t client)
{
    if (deed == step)
        return SYS_WSS_FAILURE;
    if (deed == deinitialize)
        return SYS_WSS_SUCCESS;
    bool connected = client >= 0 && place_now() == WSS_ST_OPEN;
    return connected || client < 0 ? SYS_WSS_SUCCESS : SYS_WSS_FAILURE;
}

/* Of a client nothing is told after CLOSED, and its state stays that. */
static void check_order(SYS_WSS_EVENTS event, int32_t client)
{
    static bool over;
    if (client < 0)
        return;
    over = over && event != SYS_WSS_EVENT_CLIENT_CONNECTING;
    ck_assert(!over);
    over = event == SYS_WSS_EVENT_CLIENT_CLOSED;
    ck_assert_int_eq(over, g_wssSrvcObj[client].wssState == SYS_WSS_STATE_CLOSED);
}

static void act(SYS_WSS_EVENTS event, SYS_WSS_RXDATA *data, int32_t client)
{
    (void)data;
    check_order(event, client);
    if (event != wanted || done)
        return;
    done = true;
    SYS_WSS_RESULT right = expected(client);
    ck_assert_int_eq(deed(client), right);
}

/* Lives that bring every event between them. */

static void use_all(wss_sim_end_t *peer)
{
    rig_frame(peer, 0x81, "text", 4);
    if (!done)
        rig_frame(peer, 0x82, "data", 4);
    if (!done)
        rig_frame(peer, 0x89, "ping", 4);
    if (!done)
        rig_frame(peer, 0x8a, "pong", 4);
    if (!done)
        rig_close_frame(peer, 1000, "bye");
    wss_sim_peer_finish(peer);
    rig_settle();
}

static void closed_by_peer(void)
{
    rig_initialize(NULL);
    use_all(rig_open());
}

/* Perhaps in vain. */
static void opened(void)
{
    rig_initialize(NULL);
    wss_sim_end_t *peer = rig_connect();
    (void)wss_sim_peer_send(peer, rig_request, (uint32_t)strlen(rig_request));
    rig_settle();
}

static void link_flaps(void)
{
    rig_initialize(NULL);
    wss_sim_link(&rig_host, false);
    rig_settle();
    wss_sim_link(&rig_host, true);
    rig_settle();
}

static void errs(void)
{
    rig_initialize(NULL);
    wss_sim_peer_reset(rig_open());
    rig_settle();
}

static void breaks_the_protocol(void)
{
    rig_initialize(NULL);
    rig_frame(rig_open(), 0xf1, "", 0);
}

static void is_silent(void)
{
    rig_initialize(NULL);
    (void)rig_open();
    rig_time(SYS_WSS_CLIENT_TIMEOUT);
}

static void has_no_port(void)
{
    (void)wss_sim_peer_listen(&rig_sim, RIG_PORT);
    rig_initialize(NULL);
}

static void (*const lives[EVENTS])(void) = {
    [SYS_WSS_EVENT_ERR] = errs,
    [SYS_WSS_EVENT_CLIENT_CONNECTING] = opened,
    [SYS_WSS_EVENT_CLIENT_CONNECTED] = opened,
    [SYS_WSS_EVENT_CLIENT_BIN_DATA_RX] = closed_by_peer,
    [SYS_WSS_EVENT_CLIENT_TXT_DATA_RX] = closed_by_peer,
    [SYS_WSS_EVENT_CLIENT_PING_RX] = closed_by_peer,
    [SYS_WSS_EVENT_CLIENT_PONG_RX] = closed_by_peer,
    [SYS_WSS_EVENT_CLIENT_CLOSE_FRAME_RX] = closed_by_peer,
    [SYS_WSS_EVENT_CLIENT_CLOSING] = closed_by_peer,
    [SYS_WSS_EVENT_CLIENT_CLOSED] = closed_by_peer,
    [SYS_WSS_EVENT_ERR_INVALID_FRAME] = breaks_the_protocol,
    [SYS_WSS_EVENT_CLIENT_TIMEOUT] = is_silent,
    [SYS_WSS_EVENT_SOCK_OPEN_FAILED] = has_no_port,
    [SYS_WSS_EVENT_LL_INTF_DOWN] = link_flaps,
    [SYS_WSS_EVENT_LL_INTF_UP] = link_flaps,
};

START_TEST(each_call_in_each_event)
{
    wanted = (SYS_WSS_EVENTS)_i;
    for (unsigned i = 0; lives[_i] != NULL && i < DEEDS; i++) {
        deed = deeds[i];
        done = false;
        rig_begin();
        rig_inside = act;
        lives[_i]();
        ck_assert(done);
        rig_end();
    }
}
END_TEST

static SYS_MODULE_OBJ again;

static void end_and_begin(SYS_WSS_EVENTS event, SYS_WSS_RXDATA *data, int32_t client)
{
    (void)data, (void)client;
    if (event != SYS_WSS_EVENT_CLIENT_TXT_DATA_RX)
        return;
    SYS_WSS_Deinitialize();
    again = SYS_WSS_Initialize(NULL, NULL, NULL);
}

START_TEST(the_service_begins_again_once_it_has_ended)
{
    rig_start(NULL);
    rig_inside = end_and_begin;
    rig_frame(rig_open(), 0x81, "x", 1);
    rig_expect("CONNECTING(0) CONNECTED(0) TXT_DATA_RX(0)=x CLOSED(0) ");
    ck_assert_uint_eq(again, SYS_MODULE_OBJ_INVALID);
    rig_inside = NULL;
    ck_assert_uint_ne(SYS_WSS_Initialize(NULL, NULL, NULL), SYS_MODULE_OBJ_INVALID);
    rig_settle();
    (void)rig_open();
    rig_expect("CONNECTING(0) CONNECTED(0) ");
    rig_end();
    rig_expect("CLOSED(0) ");
}
END_TEST

static void change(SYS_WSS_EVENTS event, SYS_WSS_RXDATA *data, int32_t client)
{
    if (event != SYS_WSS_EVENT_CLIENT_TXT_DATA_RX)
        return;
    memset(data->data, 'y', (size_t)data->datalen);
    ck_assert_int_eq(
        SYS_WSS_sendMessage(true, SYS_WSS_FRAME_TEXT, data->data, (size_t)data->datalen, client),
        SYS_WSS_SUCCESS);
}

START_TEST(received_data_may_be_changed)
{
    rig_start(NULL);
    rig_inside = change;
    wss_sim_end_t *peer = rig_open();
    rig_frame(peer, 0x81, "xxx", 3);
    ck_assert_str_eq(rig_wire(peer), "81:yyy ");
    rig_end();
}
END_TEST

Suite *rig_suite(void)
{
    Suite *result = suite_create("sys_wss callback");
    TCase *tests = tcase_create("callback");
    tcase_add_loop_test(tests, each_call_in_each_event, 0, EVENTS);
    tcase_add_test(tests, the_service_begins_again_once_it_has_ended);
    tcase_add_test(tests, received_data_may_be_changed);
    suite_add_tcase(result, tests);
    return result;
}
