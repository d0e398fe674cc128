/* SPDX-License-Identifier: MIT */
/*
 * A small client as measure/ links it: one connection, whole messages, sent back
 * whole. Port and cryptography are left open, as their size is not the engine's.
 */
#include <wss/wss.h>

enum { MESSAGE = 1400 };

extern const wss_hal_t port;
extern const wss_crypto_t crypto;

static wss_loop_t loop;
static wss_conn_t conns[1];
static wss_control_t controls[1];
static uint8_t rx_buffer[MESSAGE];
static uint8_t message[MESSAGE];

static wss_result_t echo(wss_conn_t *conn, const wss_data_t *data)
{
    if (data->length == 0)
        return wss_close(conn, WSS_CLOSE_NORMAL, NULL, 0);
    return wss_send(conn, data->type, data->bytes, data->length, WSS_FINAL);
}

static const wss_handler_t handler = {.on_data = echo};

static const wss_config_t config = {.hal = &port,
                                    .crypto = &crypto,
                                    .handler = &handler,
                                    .conns = conns,
                                    .conn_count = 1,
                                    .rx_buffer = rx_buffer,
                                    .rx_size = sizeof rx_buffer,
                                    .controls = controls,
                                    .control_count = 1,
                                    .messages = message,
                                    .message_size = MESSAGE};

int run_client(void);

int run_client(void)
{
    static const wss_target_t target = {.host = "192.0.2.1", .resource = "/chat"};
    if (wss_loop_init(&loop, &config) < 0 || wss_connect(&loop, &target, NULL, NULL) < 0)
        return 1;
    while (wss_loop_count(&loop) > 0 && wss_loop_step(&loop, WSS_FOREVER) >= 0)
        continue;
    return 0;
}
