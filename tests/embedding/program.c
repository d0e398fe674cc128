/* SPDX-License-Identifier: MIT */
/*
 * An application on an embedded system, with a port of its own that has no network. It prints the
 * settings that it was compiled with, a line each, and starts a loop: which links only if the
 * library has the same.
 */
#include <stdio.h>

#include <wss/wss.h>
#include <wss/wss_session.h>

/* The headers of the parts that were chosen. */
#if WITH_PORT_LWIP
#include <wss_lwip.h>
#endif
#if WITH_CRYPTO_MBEDTLS
#include <wss_crypto_mbedtls.h>
#endif
#if WITH_STREAMS
#include <wss_proxy_hal.h>
#endif
#if WITH_TLS
#include <wss_tls_hal.h>
#endif

#define SHOW(setting) printf(#setting " %ld\n", (long)(setting))

static uint32_t now(void *context)
{
    (void)context;
    return 0;
}

static wss_result_t entropy(void *context, uint8_t *buffer, size_t length)
{
    (void)context, (void)buffer, (void)length;
    return WSS_ERR_ENTROPY;
}

static wss_result_t listen_at(void *context, const wss_endpoint_t *where, uint16_t *port)
{
    (void)context, (void)where, (void)port;
    return WSS_ERR_NETWORK;
}

static wss_stream_t *nobody(void *context, void *owner)
{
    (void)context, (void)owner;
    return NULL;
}

static wss_stream_t *nowhere(void *context, const wss_dial_t *whom, void *owner)
{
    (void)context, (void)whom, (void)owner;
    return NULL;
}

static void nothing(void *context)
{
    (void)context;
}

static void always(void *context, bool on)
{
    (void)context, (void)on;
}

static int32_t look(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count)
{
    (void)context, (void)timeout, (void)ready, (void)count;
    return 0;
}

static wss_result_t accept_key(void *context, const char key[WSS_KEY_LENGTH],
                               char accept[WSS_ACCEPT_LENGTH])
{
    (void)context, (void)key, (void)accept;
    return WSS_ERR_ENTROPY;
}

static bool valid_key(void *context, const char key[WSS_KEY_LENGTH])
{
    (void)context, (void)key;
    return false;
}

static wss_result_t make_key(void *context, char key[WSS_KEY_LENGTH])
{
    (void)context, (void)key;
    return WSS_ERR_ENTROPY;
}

static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    return wss_send(conn, data->type, data->bytes, data->length, data->last ? WSS_FINAL : WSS_MORE);
}

static void show_settings(void)
{
    SHOW(WSS_CFG_SERVER);
    SHOW(WSS_CFG_CLIENT);
    SHOW(WSS_CFG_NAMES);
    SHOW(WSS_CFG_TEXTS);
    SHOW(WSS_CFG_LONG_MESSAGES);
    SHOW(WSS_CFG_TX_BUFFER);
    SHOW(WSS_CFG_TRACE);
    SHOW(WSS_CFG_MAX_MESSAGE);
    SHOW(WSS_CFG_MAX_REQUEST_LINE);
    SHOW(WSS_CFG_MAX_HEAD);
    SHOW(WSS_CFG_MAX_FIELDS);
    SHOW(WSS_CFG_SESSION_URL);
    SHOW(WSS_CFG_SESSION_CHALLENGE);
    SHOW(WSS_CFG_SESSION_HEADERS);
    SHOW(WSS_CFG_HANDSHAKE_TIMEOUT_MS);
    SHOW(WSS_CFG_IDLE_TIMEOUT_MS);
    SHOW(WSS_CFG_PING_INTERVAL_MS);
    SHOW(WSS_CFG_PONG_TIMEOUT_MS);
    SHOW(WSS_CFG_CLOSE_TIMEOUT_MS);
    SHOW(WSS_CFG_FLUSH_TIMEOUT_MS);
    SHOW(WSS_CFG_LINGER_TIMEOUT_MS);
    SHOW(WSS_CFG_BACKOFF_MS);
}

int main(void)
{
    static wss_conn_t conns[2];
    static wss_control_t controls[1];
    static uint8_t received[512];
    static wss_loop_t loop;
    const wss_hal_t hal = {.send_room = 1024,
                           .now = now,
                           .entropy = entropy,
                           .listen = listen_at,
                           .unlisten = nothing,
                           .accepting = always,
                           .accept = nobody,
                           .connect = nowhere,
                           .wait = look,
                           .wake = nothing};
    const wss_crypto_t crypto = {
        .accept_key = accept_key, .valid_key = valid_key, .make_key = make_key, .random = entropy};
    const wss_handler_t handler = {.on_data = on_data};
    const wss_config_t config = {.hal = &hal,
                                 .crypto = &crypto,
                                 .handler = &handler,
                                 .conns = conns,
                                 .conn_count = 2,
                                 .controls = controls,
                                 .control_count = 1,
                                 .rx_buffer = received,
                                 .rx_size = sizeof received};

    show_settings();
    if (wss_loop_init(&loop, &config) != WSS_OK)
        return 1;
#if WSS_CFG_CLIENT
    static wss_session_t session;
    const wss_session_config_t wish = {.loop = &loop};
    if (wss_session_start(&session, &wish) >= 0) /* it has no server */
        return 1;
#endif
    return wss_loop_step(&loop, 0) == WSS_OK ? 0 : 1;
}
