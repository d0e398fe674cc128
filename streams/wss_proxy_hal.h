/* SPDX-License-Identifier: MIT */
/*
 * A port whose dials go through HTTP proxies: it stands on another port and is used in its
 * place. Connections that are accepted, and dials for which no proxy is chosen, are those
 * of the port below. It must not know which port that is.
 *
 *     static wss_connect_stream_t tunnels[4];
 *     wss_proxy_hal_config_t config = {.below = &hal, .tunnels = tunnels, .tunnel_count = 4,
 *         .choose = choose};
 *     wss_proxy_hal_t proxy;
 *     wss_hal_t through;
 *     wss_result_t result = wss_proxy_hal_init(&proxy, &config, &through);
 *
 * TLS to the far end stands above: between the engine and this port. A dial that is still
 * `secure` here is so below, too, where a port without TLS fails it: nothing that was to be
 * secret goes out in plain.
 */
#ifndef WSS_PROXY_HAL_H
#define WSS_PROXY_HAL_H

#include "wss_connect_stream.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A proxy, reached in plain. Strings live as long as the port. */
typedef struct wss_proxy {
    const char *host; /* name or numeric address without brackets */
    uint16_t port;
    const char *authorization; /* "Basic ...", see wss_url_basic(); NULL or "": none */
} wss_proxy_t;

typedef struct wss_proxy_hal_config {
    const wss_hal_t *below;        /* must be able to connect() */
    wss_connect_stream_t *tunnels; /* one per connection through a proxy */
    uint32_t tunnel_count;         /* at least 1 */
    /* The proxy for a dial; NULL: none, connect directly. Called with the lock held. */
    const wss_proxy_t *(*choose)(void *context, const wss_dial_t *whom);
    void *context;
} wss_proxy_hal_config_t;

/* Its members belong to it. It must not move while the port is used. */
typedef struct wss_proxy_hal {
    wss_upper_hal_t layer;
    wss_proxy_hal_config_t config;
} wss_proxy_hal_t;

/* Fills `hal`. WSS_ERR_CONFIG when a member of `config` is missing. The memory that
 * `config` names stays in use as long as the port. */
wss_result_t wss_proxy_hal_init(wss_proxy_hal_t *proxy, const wss_proxy_hal_config_t *config,
                                wss_hal_t *hal);

#ifdef __cplusplus
}
#endif
#endif
