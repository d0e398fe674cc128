/* SPDX-License-Identifier: MIT */
/*
 * Ports on ports, the engine's first: each is initialised on the one before. All memory is
 * static, for one connection. What is open at the end, the system closes: a helper task
 * that still looks up a name is not waited for.
 */
#include "wss_client_port.h"

#include "wss_posix_static.h"
#include "wss_proxy_env.h"
#include "wss_tls_hal.h"
#include "wss_tls_pool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    LOOKUPS = 8, /* a name that was given up keeps its place until the system answers */
    SEND_ROOM = WSS_CLIENT_CHUNK + 512,
    POOL = 4 * 1024 * 1024 /* for a mbedTLS that allocates from a pool: the system's CAs */
};

wss_hal_t wss_client_hal;

WSS_POSIX_STATIC(memory, 1, WSS_CLIENT_READ);

static wss_posix_t posix;
static wss_posix_lookup_t lookups[LOOKUPS];
static wss_hal_t posix_hal;
static wss_proxy_env_t proxies;
static wss_connect_stream_t tunnel;
static wss_proxy_hal_t proxy;
static wss_hal_t through;
static wss_certs_t certs;
static wss_tls_stream_t tls_stream;
static uint8_t tls_memory[SEND_ROOM + WSS_CLIENT_READ];
static uint8_t tls_input[WSS_CLIENT_READ];
static uint8_t tls_output[WSS_CLIENT_READ];
static wss_tls_hal_t tls;
static _Alignas(16) uint8_t pool[POOL];

static int fail(int status, const char *what, const char *why)
{
    fprintf(stderr, "wss: %s: %s\n", what, why);
    return status;
}

static int open_posix(void)
{
    wss_posix_config_t config = memory;

    config.lookups = lookups;
    config.lookup_count = LOOKUPS;
    const wss_result_t result = wss_posix_init(&posix, &config, &posix_hal);
    return result == WSS_OK ? 0 : fail(1, "sockets", wss_result_name(result));
}

/* The value is not shown: it may hold a password. */
static int read_proxies(const char *option)
{
    const wss_result_t result = option != NULL ? wss_proxy_env_use(&proxies, option, getenv)
                                               : wss_proxy_env_read(&proxies, getenv);

    return result == WSS_OK ? 0 : fail(2, proxies.variable, proxies.error.reason);
}

static int open_proxy(const wss_client_options_t *options)
{
    const wss_proxy_hal_config_t config = {.below = &posix_hal,
                                           .tunnels = &tunnel,
                                           .tunnel_count = 1,
                                           .choose = wss_proxy_env_choose,
                                           .context = &proxies};
    const int status = read_proxies(options->proxy);

    if (status != 0)
        return status;
    const wss_result_t result = wss_proxy_hal_init(&proxy, &config, &through);
    wss_client_hal = through;
    return result == WSS_OK ? 0 : fail(1, "proxy", wss_result_name(result));
}

int wss_client_port_open(const wss_client_options_t *options, wss_config_t *config)
{
    const wss_config_t engine = {WSS_POSIX_MEMORY(memory)};
    const int status = open_posix();

    config->conns = engine.conns;
    config->conn_count = engine.conn_count;
    config->controls = engine.controls;
    config->control_count = engine.control_count;
    config->rx_buffer = engine.rx_buffer;
    config->rx_size = engine.rx_size;
    config->tx_buffer = engine.tx_buffer;
    config->tx_size = engine.tx_size;
    return status == 0 ? open_proxy(options) : status;
}

static bool is_secure(const char *url)
{
    return strncasecmp(url, "wss:", 4) == 0 || strncasecmp(url, "https:", 6) == 0;
}

/* Without a CA ws:// goes on. */
static int do_without(const wss_client_options_t *options)
{
    for (uint32_t i = 0; i < options->url_count; i++)
        if (is_secure(options->urls[i]))
            return fail(1, "--ca: " WSS_CERTS_BUNDLE, strerror(ENOENT));
    return 0;
}

int wss_client_port_secure(const wss_client_options_t *options, const wss_crypto_t *crypto)
{
    const wss_tls_hal_config_t config = {.below = &through,
                                         .client = &certs.context,
                                         .streams = &tls_stream,
                                         .stream_count = 1,
                                         .memory = tls_memory,
                                         .send_room = SEND_ROOM,
                                         .hold_size = WSS_CLIENT_READ,
                                         .input = tls_input,
                                         .input_size = sizeof tls_input,
                                         .output = tls_output,
                                         .output_size = sizeof tls_output};
    bool usable;

    (void)wss_tls_pool_init(pool, sizeof pool);
    if (!wss_certs_open_client(&certs, &options->certs, crypto, &usable))
        return 1;
    if (!usable)
        return do_without(options);
    wss_certs_warn(&options->certs);
    const wss_result_t result = wss_tls_hal_init(&tls, &config, &wss_client_hal);
    return result == WSS_OK ? 0 : fail(1, "TLS", wss_result_name(result));
}
