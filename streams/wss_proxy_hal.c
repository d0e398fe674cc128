/* SPDX-License-Identifier: MIT */
/* Dials become tunnels. It must not know what a tunnel does. */
#include "wss_proxy_hal.h"

static wss_stream_t *connect(void *context, const wss_dial_t *whom, void *owner)
{
    wss_proxy_hal_t *proxy = context;
    const wss_hal_t *below = proxy->config.below;
    const wss_proxy_t *chosen = proxy->config.choose(proxy->config.context, whom);

    if (chosen == NULL)
        return below->connect(below->context, whom, owner);
    const wss_dial_t there = {.host = chosen->host, .port = chosen->port, .secure = whom->secure};
    wss_upper_t *upper = wss_upper_connect(&proxy->layer, &there, owner);
    if (upper == NULL)
        return NULL;
    wss_connect_stream_begin((wss_connect_stream_t *)upper, whom, chosen->authorization);
    return &upper->base;
}

static bool complete(const wss_proxy_hal_config_t *config)
{
    return config->below != NULL && config->below->connect != NULL && config->tunnels != NULL &&
           config->tunnel_count > 0 && config->choose != NULL;
}

wss_result_t wss_proxy_hal_init(wss_proxy_hal_t *proxy, const wss_proxy_hal_config_t *config,
                                wss_hal_t *hal)
{
    if (!complete(config))
        return WSS_ERR_CONFIG;
    proxy->config = *config;
    wss_upper_hal_init(&proxy->layer, config->below, &wss_prelude_ops, config->tunnels,
                       sizeof *config->tunnels, config->tunnel_count, false, hal);
    hal->connect = connect;
    return WSS_OK;
}
