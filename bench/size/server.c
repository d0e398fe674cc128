/* SPDX-License-Identifier: MIT */
/*
 * A small server as measure/ links it: whole messages, sent back whole; an empty one
 * closes. Port and cryptography are left open, as their size is not the engine's.
 */
#include <wss/wss.h>

enum { CLIENTS = 8, MESSAGE = 1400 };

extern const wss_hal_t port;
extern const wss_crypto_t crypto;

static wss_loop_t loop;
static wss_conn_t conns[CLIENTS];
static wss_control_t controls[CLIENTS / 4];
static uint8_t rx_buffer[MESSAGE];
static uint8_t messages[CLIENTS * MESSAGE];

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
                                    .conn_count = CLIENTS,
                                    .rx_buffer = rx_buffer,
                                    .rx_size = sizeof rx_buffer,
                                    .controls = controls,
                                    .control_count = CLIENTS / 4,
                                    .messages = messages,
                                    .message_size = MESSAGE};

int run_server(void);

int run_server(void)
{
    const wss_endpoint_t everywhere = {.address = NULL, .port = 80};
    if (wss_loop_init(&loop, &config) < 0 || wss_listen(&loop, &everywhere, NULL) < 0)
        return 1;
    while (wss_loop_step(&loop, WSS_FOREVER) >= 0)
        continue;
    return 0;
}
