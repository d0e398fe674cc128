/* SPDX-License-Identifier: MIT */
/* How states are reached: see places.h. */
#include "places.h"

#include "layer.h"
#include "sys_wss_service.h"

#include <string.h>

#define NEVER_STREAMED     "The service sends no streamed frames."
#define NEVER_DECIDES      "The service admits requests at once."
#define NEVER_WAITS        "Each refusal fits the room to send."
#define CLOSED_IS_AN_EVENT "The slot is idle again when CLOSED was told: see test_callback.c."

wss_connection_state_t place_now(void)
{
    return (wss_connection_state_t)sys_wss.config.conns[0].state;
}

static void without_client(void)
{
    rig_initialize(NULL);
}

static void with_tls(void)
{
    SYS_WSS_CONFIG config = {.port = RIG_PORT, .isTLSEnabled = true};
    rig_has_tls = true;
    rig_initialize(&config);
}

#if SYS_WSS_MODE == SYS_WSS_SERVER

const wss_machine_t *place_machine(void)
{
    return &wss_connection_server;
}

static void securing(void)
{
    with_tls();
    (void)rig_connect();
}

static void upgrading(void)
{
    rig_initialize(NULL);
    (void)rig_connect();
}

static void open_one(void)
{
    rig_initialize(NULL);
    (void)rig_open();
}

static void closing(void)
{
    open_one();
    ck_assert_int_eq(SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_NORMAL_CLOSURE, NULL, 0, 0),
                     SYS_WSS_SUCCESS);
}

static void flushing(void)
{
    rig_initialize(NULL);
    wss_sim_end_t *peer = rig_open();
    wss_sim_peer_window(peer, 0);
    rig_close_frame(peer, 1000, "");
}

static void lingering(void)
{
    rig_initialize(NULL);
    rig_close_frame(rig_open(), 1000, "");
}

const place_t places[] = {
    {WSS_ST_IDLE, without_client, NULL},     {WSS_ST_SECURING, securing, NULL},
    {WSS_ST_UPGRADING, upgrading, NULL},     {WSS_ST_DECIDING, NULL, NEVER_DECIDES},
    {WSS_ST_RESPONDING, NULL, NEVER_WAITS},  {WSS_ST_OPEN, open_one, NULL},
    {WSS_ST_DRAINING, NULL, NEVER_STREAMED}, {WSS_ST_ANSWERING, NULL, NEVER_STREAMED},
    {WSS_ST_CLOSING, closing, NULL},         {WSS_ST_FLUSHING, flushing, NULL},
    {WSS_ST_LINGERING, lingering, NULL},     {WSS_ST_CLOSED, NULL, CLOSED_IS_AN_EVENT},
};

#else

const wss_machine_t *place_machine(void)
{
    return &wss_connection_client;
}

static void idle(void)
{
    wss_sim_link(&rig_host, false);
    without_client();
}

static void connecting(void)
{
    rig_sim.dial = WSS_SIM_DIAL_SILENT;
    rig_initialize(NULL);
}

static wss_sim_end_t *asked(char *request, size_t capacity)
{
    (void)wss_sim_peer_listen(&rig_sim, RIG_PORT);
    rig_initialize(NULL);
    wss_sim_end_t *peer = rig_asked(request, capacity);
    ck_assert_ptr_nonnull(peer);
    return peer;
}

static void securing(void)
{
    (void)wss_sim_peer_listen(&rig_sim, RIG_PORT);
    with_tls();
}

static void upgrading(void)
{
    char request[512];
    (void)asked(request, sizeof request);
}

static wss_sim_end_t *open_peer(void)
{
    char request[512];
    wss_sim_end_t *peer = asked(request, sizeof request);
    rig_answer(peer, request);
    return peer;
}

static void open_one(void)
{
    (void)open_peer();
}

static void closing(void)
{
    open_one();
    ck_assert_int_eq(SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE_NORMAL_CLOSURE, NULL, 0, 0),
                     SYS_WSS_SUCCESS);
}

static wss_sim_end_t *emptying_peer(void)
{
    wss_sim_end_t *peer = open_peer();
    wss_sim_peer_window(peer, 0);
    rig_close_frame(peer, 1000, "");
    return peer;
}

static void emptying(void)
{
    (void)emptying_peer();
}

static void flushing(void)
{
    wss_sim_end_t *peer = emptying_peer();
    wss_sim_peer_finish(peer);
    rig_settle();
}

static void lingering(void)
{
    rig_frame(open_peer(), 0xf1, "", 0);
}

static void awaiting_fin(void)
{
    rig_close_frame(open_peer(), 1000, "");
}

const place_t places[] = {
    {WSS_ST_IDLE, idle, NULL},
    {WSS_ST_CONNECTING, connecting, NULL},
    {WSS_ST_SECURING, securing, NULL},
    {WSS_ST_UPGRADING, upgrading, NULL},
    {WSS_ST_OPEN, open_one, NULL},
    {WSS_ST_DRAINING, NULL, NEVER_STREAMED},
    {WSS_ST_ANSWERING, NULL, NEVER_STREAMED},
    {WSS_ST_CLOSING, closing, NULL},
    {WSS_ST_FLUSHING, flushing, NULL},
    {WSS_ST_LINGERING, lingering, NULL},
    {WSS_ST_EMPTYING, emptying, NULL},
    {WSS_ST_AWAITING_FIN, awaiting_fin, NULL},
    {WSS_ST_CLOSED, NULL, CLOSED_IS_AN_EVENT},
};

#endif

const unsigned place_count = sizeof places / sizeof places[0];
