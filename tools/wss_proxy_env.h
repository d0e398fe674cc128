/* SPDX-License-Identifier: MIT */
/*
 * Which proxy the environment asks for, by the rules that curl made customary. It must not
 * know how a proxy is spoken to.
 *
 *     ws_proxy, WS_PROXY, http_proxy      for ws://; HTTP_PROXY is not read, as in a CGI
 *                                         program a request header sets it
 *     wss_proxy, WSS_PROXY, https_proxy,
 *     HTTPS_PROXY                         for wss://
 *     all_proxy, ALL_PROXY                for both, where the others are not set
 *     no_proxy, NO_PROXY                  hosts reached directly: names, which stand for
 *                                         their subdomains, too, or addresses, separated by
 *                                         commas or spaces; "*" is every host; ports are
 *                                         ignored
 *
 * The first of a list that is not empty counts. A proxy is an http:// URL, or host and port
 * alone; its port is 1080 where none is given.
 */
#ifndef WSS_PROXY_ENV_H
#define WSS_PROXY_ENV_H

#include "wss/wss_url.h"
#include "wss_proxy_hal.h"

/* One proxy and the text it needs. */
typedef struct wss_proxy_setting {
    wss_proxy_t proxy;
    bool set;
    char host[WSS_URL_HOST_SIZE];
    char authorization[WSS_URL_BASIC_SIZE];
} wss_proxy_setting_t;

typedef struct wss_proxy_env {
    wss_proxy_setting_t plain;
    wss_proxy_setting_t secure;
    const char *direct; /* no_proxy; NULL: not set */
    char url[1024];     /* the proxy's URL read last, for a message about it */
    const char *variable;
    wss_url_error_t error;
} wss_proxy_env_t;

/* Reads the environment by `get`, which is getenv() as a rule; what it returns for
 * no_proxy must live as long as `env`. An error: `env->variable` is wrong, `env->error`
 * says what in `env->url`. `env` must not move while it is used. */
wss_result_t wss_proxy_env_read(wss_proxy_env_t *env, char *(*get)(const char *name));

/* The same with one proxy for both, `url`, instead of the variables that name one; "": none.
 * no_proxy still counts. */
wss_result_t wss_proxy_env_use(wss_proxy_env_t *env, const char *url,
                               char *(*get)(const char *name));

/* For wss_proxy_hal_config_t.choose; `context` is the wss_proxy_env_t. */
const wss_proxy_t *wss_proxy_env_choose(void *context, const wss_dial_t *whom);

#endif
