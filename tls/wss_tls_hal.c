/* SPDX-License-Identifier: MIT */
/* Connections become TLS. It must not know what TLS does. */
#include "wss_tls_internal.h"

enum { LEAST_RECORD = 512 };

static wss_stream_t *accept(void *context, void *owner)
{
    wss_tls_hal_t *tls = context;
    wss_upper_t *upper = wss_upper_accept(&tls->layer, owner);

    if (upper == NULL)
        return NULL;
    wss_tls_stream_begin((wss_tls_stream_t *)upper, tls->config.server, NULL);
    return &upper->base;
}

static wss_stream_t *connect(void *context, const wss_dial_t *whom, void *owner)
{
    wss_tls_hal_t *tls = context;
    const wss_hal_t *below = tls->config.below;
    wss_dial_t there = *whom;

    if (!whom->secure)
        return below->connect(below->context, whom, owner);
    there.secure = false;
    there.tls_above = true;
    wss_upper_t *upper = wss_upper_connect(&tls->layer, &there, owner);
    if (upper == NULL)
        return NULL;
    wss_tls_stream_begin((wss_tls_stream_t *)upper, tls->config.client, whom);
    return &upper->base;
}

static bool is_for(const wss_tls_context_t *context, bool server)
{
    return context == NULL || context->config.server == server;
}

static bool complete(const wss_tls_hal_config_t *config)
{
    const bool used = config->server != NULL || config->client != NULL;

    if (config->below == NULL || !used || config->streams == NULL || config->stream_count == 0)
        return false;
    if (config->client != NULL && config->below->connect == NULL)
        return false;
    return config->memory != NULL && config->send_room >= LEAST_RECORD && config->hold_size > 0 &&
           config->below->send_room >= LEAST_RECORD + WSS_TLS_OVERHEAD &&
           (config->input == NULL || config->input_size > 0) &&
           (config->output != NULL || config->output_size == 0) && is_for(config->server, true) &&
           is_for(config->client, false);
}

wss_result_t wss_tls_hal_init(wss_tls_hal_t *tls, const wss_tls_hal_config_t *config,
                              wss_hal_t *hal)
{
    if (!complete(config))
        return WSS_ERR_CONFIG;
    tls->config = *config;
    tls->stage_owner = NULL;
    tls->input_at = 0;
    tls->input_length = 0;
    tls->input_budget = 0;
    tls->output_length = 0;
    wss_upper_hal_init(&tls->layer, config->below, &wss_tls_upper_ops, config->streams,
                       sizeof *config->streams, config->stream_count, config->server != NULL, hal);
    hal->send_room = config->send_room;
    if (config->server != NULL)
        hal->accept = accept;
    if (config->client != NULL)
        hal->connect = connect;
    return WSS_OK;
}
