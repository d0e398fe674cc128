/* SPDX-License-Identifier: MIT */
/* The simulator as the SYS_WSS service's port; its TLS is a layer that the test directs. */
#include "layer.h"
#include "rig.h"
#include "sys_wss_port.h"

enum { ENDS = 24 };

static wss_sim_end_t ends[ENDS];
static uint8_t memory[ENDS * (SYS_WSS_SEND_ROOM + RIG_WINDOW)];
static wss_sim_crypto_t generator;
static wss_crypto_t crypto;
static wss_hal_t hal;
static bool locked;

wss_sim_t rig_sim;
wss_sim_host_t rig_host;
bool rig_has_tls;
bool rig_boots;
unsigned rig_opens;

void rig_begin(void)
{
    const wss_sim_config_t config = {.ends = ends,
                                     .end_count = ENDS,
                                     .memory = memory,
                                     .send_room = SYS_WSS_SEND_ROOM,
                                     .window = RIG_WINDOW,
                                     .seed = 1};
    wss_sim_init(&rig_sim, &config);
    wss_sim_host_init(&rig_host, &rig_sim, &hal);
    wss_sim_host_lock(&rig_host, &hal);
    wss_sim_crypto_init(&generator, 1, &crypto);
    rig_has_tls = false;
    rig_boots = false;
    rig_inside = NULL;
    rig_opens = 0;
    (void)rig_told();
}

void rig_crypto_fails(bool fails)
{
    generator.fails = fails;
}

wss_result_t sys_wss_port_open(bool tls, const char *host, sys_wss_port_t *port)
{
    ck_assert_int_eq(host == NULL, SYS_WSS_MODE == SYS_WSS_SERVER);
    if (tls && !rig_has_tls)
        return WSS_ERR_UNSUPPORTED;
    if (tls)
        layer_over(&hal);
    *port = (sys_wss_port_t){.hal = &hal, .crypto = &crypto};
    rig_opens++;
    return WSS_OK;
}

bool sys_wss_port_ready(void)
{
    return !rig_boots;
}

void sys_wss_port_close(void)
{
    rig_opens--;
    hal.unlisten(hal.context);
}

void sys_wss_port_lock(void)
{
    ck_assert(!locked);
    locked = true;
}

void sys_wss_port_unlock(void)
{
    ck_assert(locked);
    locked = false;
}
