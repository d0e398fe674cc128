/* SPDX-License-Identifier: MIT */
/*
 * Sessions that a client resumes (RFC 5077; RFC 8446, 2.2), one per host and port. A session
 * is as good as the check of the certificate that it began with: it is used for the same host
 * in the same context alone. It must not know how tickets look.
 */
#include "wss_tls_internal.h"

#include <mbedtls/platform_util.h>
#include <string.h>

void wss_tls_sessions_begin(wss_tls_context_t *context)
{
    for (uint32_t i = 0; i < context->config.session_count; i++) {
        context->config.sessions[i] = (wss_tls_session_t){.saved = false};
        mbedtls_ssl_session_init(&context->config.sessions[i].session);
    }
}

void wss_tls_sessions_free(wss_tls_context_t *context)
{
    for (uint32_t i = 0; i < context->config.session_count; i++) {
        mbedtls_ssl_session_free(&context->config.sessions[i].session);
        context->config.sessions[i].saved = false;
    }
}

static wss_tls_session_t *find(const wss_tls_stream_t *stream)
{
    const wss_tls_config_t *config = &stream->context->config;

    for (uint32_t i = 0; i < config->session_count; i++) {
        wss_tls_session_t *place = &config->sessions[i];
        if (place->host[0] != '\0' && place->port == stream->port &&
            strcmp(place->host, stream->host) == 0)
            return place;
    }
    return NULL;
}

static void clear(wss_tls_session_t *place)
{
    mbedtls_ssl_session_free(&place->session);
    mbedtls_ssl_session_init(&place->session);
    place->saved = false;
}

void wss_tls_session_offer(wss_tls_stream_t *stream)
{
    wss_tls_session_t *place = find(stream);

    if (place != NULL && place->saved && wss_tls_offer_session(&stream->ssl, &place->session) != 0)
        clear(place);
}

/* The place of this host, a free one, or that which was not used for longest. */
void wss_tls_session_place(wss_tls_stream_t *stream)
{
    const wss_tls_config_t *config = &stream->context->config;
    const size_t length = strlen(stream->host);
    wss_tls_session_t *place = find(stream);

    if (config->session_count == 0 || length >= WSS_TLS_HOST)
        return;
    if (place == NULL) {
        place = &config->sessions[0];
        for (uint32_t i = 1; i < config->session_count; i++)
            if (config->sessions[i].used < place->used)
                place = &config->sessions[i];
        clear(place);
        memcpy(place->host, stream->host, length + 1);
        place->port = stream->port;
        place->life++;
    }
    place->used = ++stream->context->connections;
    stream->session = place;
    stream->session_life = place->life;
}

void wss_tls_session_keep(wss_tls_stream_t *stream)
{
    wss_tls_session_t *place = stream->session;

    if (place == NULL || place->life != stream->session_life)
        return;
    clear(place);
    place->saved = wss_tls_copy_session(&stream->ssl, &place->session) == 0;
}

void wss_tls_session_forget(const wss_tls_stream_t *stream)
{
    wss_tls_session_t *place = find(stream);

    if (place != NULL)
        clear(place);
}
