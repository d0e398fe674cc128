/* SPDX-License-Identifier: MIT */
/*
 * The life of the SYS_WSS service: beginning, end, and its task. Who is inside the engine is
 * counted, so that its port is closed by the last one to leave.
 */
#include "sys_wss_service.h"

enum { CONTROLS = (SYS_WSS_STREAMS + 3) / 4 };

sys_wss_t sys_wss;

SYS_WSS_CLIENT_OBJ g_wssSrvcObj[SYS_WSS_MOST_CLIENTS] = {
    {SYS_WSS_STATE_CLOSED}, {SYS_WSS_STATE_CLOSED}, {SYS_WSS_STATE_CLOSED}, {SYS_WSS_STATE_CLOSED},
    {SYS_WSS_STATE_CLOSED}, {SYS_WSS_STATE_CLOSED}, {SYS_WSS_STATE_CLOSED}, {SYS_WSS_STATE_CLOSED},
};

static wss_conn_t conns[SYS_WSS_STREAMS];
static wss_control_t controls[CONTROLS];
static uint8_t messages[SYS_WSS_STREAMS * SYS_WSS_MAX_RX_BUFFER];
static uint8_t received[SYS_WSS_READ_SIZE];

/* ----------------------------------------------------------------------- beginning */

/* False: there is none. */
static bool set_callback(SYS_WSS_CALLBACK callback, void *cookie)
{
    if (callback == NULL)
        return false;
    sys_wss_port_lock();
    sys_wss.callback = callback;
    sys_wss.cookie = cookie;
    sys_wss_port_unlock();
    return true;
}

/* The life before the call; SYS_WSS_STARTING is set where it was SYS_WSS_OFF. */
static sys_wss_life_t claim(void)
{
    sys_wss_port_lock();
    sys_wss_life_t before = (sys_wss_life_t)sys_wss.life;
    if (before == SYS_WSS_OFF)
        sys_wss.life = SYS_WSS_STARTING;
    sys_wss_port_unlock();
    return before;
}

/* All else is 0, and stays so. */
static void fill_config(void)
{
    wss_config_t *config = &sys_wss.config;
    config->hal = sys_wss.port.hal;
    config->crypto = sys_wss.port.crypto;
    config->handler = &sys_wss_handler;
    config->conns = conns;
    config->conn_count = SYS_WSS_STREAMS;
    config->rx_buffer = received;
    config->rx_size = SYS_WSS_READ_SIZE;
    config->controls = controls;
    config->control_count = CONTROLS;
#if WSS_CFG_TX_BUFFER
    config->tx_buffer = sys_wss.port.tx_buffer;
    config->tx_size = sys_wss.port.tx_size;
#endif
    config->messages = messages;
    config->message_size = SYS_WSS_MAX_RX_BUFFER;
    config->max_message = SYS_WSS_MAX_RX_BUFFER;
    config->idle_timeout = SYS_WSS_CLIENT_TIMEOUT;
    config->ping_interval = WSS_OFF;
    config->pong_timeout = WSS_OFF;
#if SYS_WSS_ENABLE_CONSOLE && WSS_CFG_TRACE
    config->trace = sys_wss_trace;
#endif
}

/* What belongs to one run, callback and cookie apart. */
static void forget(void)
{
    sys_wss.link_down = false;
    sys_wss.settled = false;
    sys_wss.waiting = false;
    sys_wss_count_anew();
}

static wss_result_t begin(const SYS_WSS_CONFIG *config)
{
    forget();
    wss_result_t result = sys_wss_network_prepare(config);
    if (result != WSS_OK)
        return result;
    result = sys_wss_port_open(sys_wss.tls, sys_wss_network_host(), &sys_wss.port);
    if (result != WSS_OK)
        return result;
    fill_config();
    result = wss_loop_init(&sys_wss.loop, &sys_wss.config);
    if (result != WSS_OK)
        sys_wss_port_close();
    return result;
}

static bool start(const SYS_WSS_CONFIG *config)
{
    wss_result_t result = begin(config);
    (void)sys_wss_set(&sys_wss.life, result == WSS_OK ? SYS_WSS_RUNNING : SYS_WSS_OFF);
    if (result == WSS_ERR_UNSUPPORTED)
        sys_wss_raise(-1, SYS_WSS_EVENT_SSL_FAILED, NULL);
    return result == WSS_OK;
}

SYS_MODULE_OBJ SYS_WSS_Initialize(SYS_WSS_CONFIG *config, SYS_WSS_CALLBACK callback, void *cookie)
{
    sys_wss_life_t before = claim();
    if (before != SYS_WSS_OFF && (before != SYS_WSS_RUNNING || config != NULL))
        return SYS_MODULE_OBJ_INVALID;
    (void)set_callback(callback, cookie);
    if (before == SYS_WSS_OFF && !start(config))
        return SYS_MODULE_OBJ_INVALID;
    return (SYS_MODULE_OBJ)g_wssSrvcObj;
}

SYS_WSS_RESULT SYS_WSS_register_callback(SYS_WSS_CALLBACK userCallback, void *cookie)
{
    return set_callback(userCallback, cookie) ? SYS_WSS_SUCCESS : SYS_WSS_FAILURE;
}

/* ----------------------------------------------------------------------------- end */

void(SYS_WSS_Deinitialize)(void)
{
    if (!sys_wss_enter())
        return;
    (void)sys_wss_set(&sys_wss.life, SYS_WSS_ENDING);
    wss_loop_abort(&sys_wss.loop);
    sys_wss_leave();
}

/* ---------------------------------------------------------------------------- task */

uint8_t SYS_WSS_Task(SYS_MODULE_OBJ object)
{
    (void)object;
    wss_result_t result = WSS_ERR_STATE;
    if (!sys_wss_enter())
        return SYS_WSS_FAILURE;
    if (sys_wss_set(&sys_wss.stepping, true) == 0) {
        sys_wss_network_tend();
        result = wss_loop_step(&sys_wss.loop, 0);
        (void)sys_wss_set(&sys_wss.stepping, false);
    }
    sys_wss_leave();
    return result == WSS_OK ? SYS_WSS_SUCCESS : SYS_WSS_FAILURE;
}
