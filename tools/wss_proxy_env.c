/* SPDX-License-Identifier: MIT */
/*
 * Reads the variables, and decides by no_proxy. It must not know how a proxy is spoken to.
 */
#include "wss_proxy_env.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { DEFAULT_PORT = 1080 };

/* --------------------------------------------------------------------- variables */

/* The first of the names whose value is not empty; NULL: none. */
static const char *first_set(char *(*get)(const char *name), const char *const *names,
                             const char **value)
{
    for (; *names != NULL; names++) {
        *value = get(*names);
        if (*value != NULL && **value != '\0')
            return *names;
    }
    *value = NULL;
    return NULL;
}

static wss_result_t refuse(wss_proxy_env_t *env, wss_result_t result, const char *reason)
{
    env->error = (wss_url_error_t){.result = result, .reason = reason, .offset = 0};
    return result;
}

static wss_result_t take_url(wss_proxy_env_t *env, const wss_url_t *url,
                             wss_proxy_setting_t *setting)
{
    if (url->secure)
        return refuse(env, WSS_ERR_UNSUPPORTED, "Proxies are reached by http only.");
    wss_result_t result = wss_url_host(url, setting->host, sizeof setting->host);
    if (result == WSS_OK)
        result = wss_url_basic(url, setting->authorization, sizeof setting->authorization);
    if (result != WSS_OK)
        return refuse(env, result, "User and password cannot be sent to the proxy.");
    setting->proxy = (wss_proxy_t){.host = setting->host,
                                   .port = url->port_given ? url->port : DEFAULT_PORT,
                                   .authorization = setting->authorization};
    setting->set = true;
    return WSS_OK;
}

static wss_result_t read_proxy(wss_proxy_env_t *env, const char *value,
                               wss_proxy_setting_t *setting)
{
    const char *scheme = strstr(value, "://") == NULL ? "http://" : "";
    const int length = snprintf(env->url, sizeof env->url, "%s%s", scheme, value);
    wss_url_t url;

    if (length < 0 || (size_t)length >= sizeof env->url)
        return refuse(env, WSS_ERR_TOO_BIG, "The proxy's URL is too long.");
    const wss_result_t result =
        wss_url_parse(env->url, (size_t)length, WSS_URL_HTTP, &url, &env->error);
    return result == WSS_OK ? take_url(env, &url, setting) : result;
}

static void begin(wss_proxy_env_t *env, char *(*get)(const char *name))
{
    static const char *const direct[] = {"no_proxy", "NO_PROXY", NULL};

    memset(env, 0, sizeof *env);
    (void)first_set(get, direct, &env->direct);
}

wss_result_t wss_proxy_env_read(wss_proxy_env_t *env, char *(*get)(const char *name))
{
    static const char *const plain[] = {"ws_proxy",  "WS_PROXY",  "http_proxy",
                                        "all_proxy", "ALL_PROXY", NULL};
    static const char *const secure[] = {"wss_proxy", "WSS_PROXY", "https_proxy", "HTTPS_PROXY",
                                         "all_proxy", "ALL_PROXY", NULL};
    const char *value = NULL;
    wss_result_t result = WSS_OK;

    begin(env, get);
    env->variable = first_set(get, plain, &value);
    if (value != NULL)
        result = read_proxy(env, value, &env->plain);
    if (result != WSS_OK)
        return result;
    env->variable = first_set(get, secure, &value);
    return value == NULL ? WSS_OK : read_proxy(env, value, &env->secure);
}

wss_result_t wss_proxy_env_use(wss_proxy_env_t *env, const char *url,
                               char *(*get)(const char *name))
{
    wss_result_t result = WSS_OK;

    begin(env, get);
    env->variable = "--proxy";
    if (*url != '\0')
        result = read_proxy(env, url, &env->plain);
    if (*url != '\0' && result == WSS_OK)
        result = read_proxy(env, url, &env->secure);
    return result;
}

/* ----------------------------------------------------------------------- no_proxy */

static size_t entry_length(const char *entry)
{
    return strcspn(entry, ", \t");
}

/* Without dots around it, brackets and a port. */
static const char *strip(const char *entry, size_t *length)
{
    const char *end = entry + *length;
    const char *colon = memchr(entry, ':', *length);
    const bool bracket = entry != end && *entry == '[';

    if (bracket) {
        const char *close = memchr(entry, ']', *length);
        entry++;
        end = close != NULL ? close : end;
    } else if (colon != NULL && memchr(colon + 1, ':', (size_t)(end - colon - 1)) == NULL) {
        end = colon;
    }
    while (entry != end && *entry == '.')
        entry++;
    while (entry != end && end[-1] == '.')
        end--;
    *length = (size_t)(end - entry);
    return entry;
}

static bool is_address(const char *host)
{
    return strchr(host, ':') != NULL || host[strspn(host, "0123456789.")] == '\0';
}

/* Whether the entry is the host or a domain that it is in; addresses have no domains. */
static bool covers(const char *entry, size_t length, const char *host, size_t host_length)
{
    if (length == 0 || length > host_length)
        return false;
    const char *tail = host + host_length - length;
    if (strncasecmp(tail, entry, length) != 0)
        return false;
    return tail == host || (tail[-1] == '.' && !is_address(host));
}

static bool reached_directly(const char *list, const char *host)
{
    size_t host_length = strlen(host);

    if (host_length > 0 && host[host_length - 1] == '.')
        host_length--;
    while (*list != '\0') {
        size_t length = entry_length(list);
        const char *next = list + length;
        if (length == 1 && *list == '*')
            return true;
        const char *entry = strip(list, &length);
        if (covers(entry, length, host, host_length))
            return true;
        list = next + strspn(next, ", \t");
    }
    return false;
}

const wss_proxy_t *wss_proxy_env_choose(void *context, const wss_dial_t *whom)
{
    const wss_proxy_env_t *env = context;
    const bool secure = whom->secure || whom->tls_above;
    const wss_proxy_setting_t *setting = secure ? &env->secure : &env->plain;

    if (!setting->set || (env->direct != NULL && reached_directly(env->direct, whom->host)))
        return NULL;
    return &setting->proxy;
}
