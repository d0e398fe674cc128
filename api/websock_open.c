/* SPDX-License-Identifier: MIT */
/* Opening: prepares a connection and waits until the opening handshake is done. */
#include "websock_core.h"

/* All but what outlives a connection. */
static void begin_life(websock_t *self)
{
    websock_os_lock(&self->monitor);
    self->users = 0;
    self->opened = self->over = self->closed = self->closing = false;
    self->stepping = self->unsettled = self->sending = self->receiving = false;
    self->writable = 0;
    self->receiver = NULL;
    websock_no_frame(&self->frame);
    self->taken_of_piece = 0;
    self->held = self->pong_waits = false;
    self->empty_pings = 0;
    self->thread_runs = self->thread_releases = false;
    self->conn = NULL;
    websock_os_unlock(&self->monitor);
}

static uint32_t time_out(const websock_config_t *config)
{
    return config->time_out > 0 ? (uint32_t)config->time_out
                                : (uint32_t)WSS_CFG_HANDSHAKE_TIMEOUT_MS;
}

static wss_result_t open_loop(websock_t *self, const websock_config_t *config, const char **why)
{
    self->config = (wss_config_t){.hal = &self->carrier.hal,
                                  .crypto = &self->carrier.crypto,
                                  .handler = &websock_callbacks,
                                  .context = self,
                                  .conns = self->conns,
                                  .conn_count = 1,
                                  .rx_buffer = self->received,
                                  .rx_size = sizeof self->received,
                                  .tx_buffer = self->gathered,
                                  .tx_size = sizeof self->gathered,
                                  .controls = self->controls,
                                  .control_count = 1,
                                  .max_message = UINT64_MAX,
                                  .handshake_timeout = time_out(config),
                                  .idle_timeout = WSS_OFF,
                                  .ping_interval = WEBSOCK_PING_INTERVAL_MS,
                                  .pong_timeout = WEBSOCK_PONG_TIMEOUT_MS,
                                  .close_timeout = WEBSOCK_CLOSE_TIMEOUT_MS};
    wss_result_t result = wss_loop_init(&self->loop, &self->config);
    *why = wss_loop_error(&self->loop);
    return result;
}

/* Whether the connection is open; the engine's handshake timer bounds the wait. */
static bool wait_until_open(websock_t *self)
{
    websock_os_lock(&self->monitor);
    while (!self->opened && !self->closed)
        websock_turn(self, WEBSOCK_MAX_RECV_TIMEOUT);
    bool open = self->opened;
    websock_os_unlock(&self->monitor);
    return open;
}

static bool connect_to(websock_t *self, const websock_config_t *config)
{
    const char *why = "";
    wss_result_t result = websock_target(self, config, &why);
    if (result == WSS_OK) {
        why = "of the request";
        result = wss_connect(&self->loop, &self->target, NULL, &self->conn);
    }
    if (result != WSS_OK)
        websock_log(wss_result_name(result), why);
    return result == WSS_OK && wait_until_open(self);
}

static bool open_connection(websock_t *self, const websock_config_t *config)
{
    const char *why = "";
    begin_life(self);
    wss_result_t result = websock_port_open(&self->port, config, &self->carrier, &why);
    if (result != WSS_OK) {
        websock_log(why, "");
        return false;
    }
    result = open_loop(self, config, &why);
    if (result != WSS_OK)
        websock_log(why, "");
    if (result == WSS_OK && connect_to(self, config))
        return true;
    if (result == WSS_OK)
        wss_loop_abort(&self->loop);
    websock_port_close(&self->port);
    return false;
}

websock_handle_t websock_open(websock_config_t *ws_cfg)
{
    websock_t *self = ws_cfg == NULL ? NULL : websock_take();
    if (self == NULL) {
        websock_log(ws_cfg == NULL ? "There is no configuration." : "No connection is free.", "");
        return NULL;
    }
    if (open_connection(self, ws_cfg)) {
        websock_os_lock(&self->monitor);
        websock_handle_t handle = websock_name(self);
        websock_os_unlock(&self->monitor);
        return handle;
    }
    websock_give(self);
    return NULL;
}
