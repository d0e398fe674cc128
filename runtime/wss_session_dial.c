/* SPDX-License-Identifier: MIT */
/*
 * A session's calls: which server comes next, where a redirect leads, what a request
 * carries. When a call is made is the specification's business (machine `session`); how,
 * that of wss_connect.c.
 */
#include <string.h>

#include "wss_chars.h"
#include "wss_session_core.h"

#if WSS_CFG_CLIENT

enum { DEFAULT_REDIRECTS = 5 };

static wss_result_t fail(wss_session_t *session, wss_result_t result, const char *reason)
{
    session->error = (wss_url_error_t){.result = result, .reason = reason};
    return result;
}

/* ---------------------------------------------------------------- choosing a server */

/* session->parts gets the parts of a URL. */
static wss_result_t parse(wss_session_t *session, const char *text)
{
    size_t length = strlen(text);
    if (length >= sizeof session->url) {
        session->error = (wss_url_error_t){WSS_ERR_TOO_BIG, "The URL is too long for a session.",
                                           sizeof session->url - 1};
        return WSS_ERR_TOO_BIG;
    }
    return wss_url_parse(text, length, WSS_URL_WS, &session->parts, &session->error);
}

/* User information belongs to the servers of the list alone. */
static wss_result_t choose(wss_session_t *session, uint32_t server)
{
    const char *text = session->config->servers[server];
    session->server = server;
    session->redirects = 0;
    session->foreign = false;
    if (text == NULL)
        return fail(session, WSS_ERR_ARGUMENT, "A server is missing in the list.");
    wss_result_t result = parse(session, text);
    if (result != WSS_OK)
        return result;
    memcpy(session->url, text, strlen(text) + 1);
    result = wss_url_basic(&session->parts, session->basic, sizeof session->basic);
    return result == WSS_OK
               ? WSS_OK
               : fail(session, result, "The user information is no Basic credentials (RFC 7617).");
}

/* One that has become wrong since the start leaves no URL: not that of the server before, to
 * which the credentials may not go. */
static void call_next(wss_session_t *session, uint32_t server)
{
    if (choose(session, server) != WSS_OK)
        session->url[0] = '\0';
}

void wss_act_first_server(wss_session_t *session)
{
    session->rounds += session->rounds < UINT32_MAX;
    call_next(session, 0);
}

void wss_act_next_server(wss_session_t *session)
{
    call_next(session, session->server + 1);
}

bool wss_guard_more_servers(const wss_session_t *session)
{
    return session->server + 1 < session->config->server_count;
}

bool wss_guard_may_retry(const wss_session_t *session)
{
    uint32_t attempts = session->config->attempts;
    return attempts == 0 ? session->config->reconnect : session->rounds < attempts;
}

/* ------------------------------------------------------------------------ redirects */

static bool same_text(wss_url_part_t a, wss_url_part_t b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (wss_lower((uint8_t)a.start[i]) != wss_lower((uint8_t)b.start[i]))
            return false;
    return true;
}

static bool same_server(const wss_url_t *a, const wss_url_t *b)
{
    return a->port == b->port && a->secure == b->secure && same_text(a->host, b->host);
}

/* session->resource, which only a request needs, gets the whole URL. */
static wss_result_t resolve(wss_session_t *session, wss_url_t *url)
{
    if (session->overlong)
        return fail(session, WSS_ERR_TOO_BIG, "The Location is too long, or comes twice.");
    if (session->text_length == 0)
        return fail(session, WSS_ERR_ARGUMENT, "The redirect names no Location.");
    return wss_url_resolve(&session->parts, session->text, session->text_length, session->resource,
                           sizeof session->resource, url, &session->error);
}

void wss_session_prepare_redirect(wss_session_t *session)
{
    const wss_url_t *base = &session->parts;
    wss_url_t url;
    uint32_t limit = session->config->max_redirects;
    limit = limit == 0 ? DEFAULT_REDIRECTS : limit == WSS_OFF ? 0 : limit;
    if (session->redirects >= limit)
        (void)fail(session, WSS_ERR_TOO_BIG, "There are more redirects than are followed.");
    else if (resolve(session, &url) != WSS_OK)
        return;
    else if (base->secure && !url.secure)
        (void)fail(session, WSS_ERR_UNSUPPORTED, "The redirect leads from wss to ws.");
    else if (!same_server(base, &url))
        session->foreign = true;
}

bool wss_guard_may_redirect(const wss_session_t *session)
{
    return session->error.result == WSS_OK;
}

void wss_act_follow_redirect(wss_session_t *session)
{
    session->redirects++;
    memcpy(session->url, session->resource, strlen(session->resource) + 1);
}

/* ------------------------------------------------------------------------- requests */

static wss_result_t add_headers(wss_session_t *session, const wss_header_t *headers, size_t count)
{
    size_t *length = &session->request.header_count;
    if (headers == NULL && count > 0)
        return fail(session, WSS_ERR_ARGUMENT, "The header fields are missing.");
    if (count > WSS_CFG_SESSION_HEADERS - *length)
        return fail(session, WSS_ERR_TOO_BIG, "There are more header fields than fit a session.");
    for (size_t i = 0; i < count; i++)
        session->headers[(*length)++] = headers[i];
    return WSS_OK;
}

static wss_result_t add_credentials(wss_session_t *session)
{
    const wss_session_config_t *config = session->config;
    const wss_header_t basic = {"Authorization", session->basic};
    if (session->foreign)
        return WSS_OK;
    wss_result_t result = add_headers(session, config->credentials, config->credential_count);
    if (result != WSS_OK || session->basic[0] == '\0')
        return result;
    return add_headers(session, &basic, 1);
}

/* Takes the present URL apart. */
static wss_result_t aim(wss_session_t *session)
{
    const wss_url_t *url = &session->parts;
    wss_result_t result = parse(session, session->url);
    if (result == WSS_OK)
        result = wss_url_host(url, session->host, sizeof session->host);
    if (result == WSS_OK)
        result = wss_url_target(url, session->resource, sizeof session->resource);
    session->request.port = url->port;
    session->request.secure = url->secure;
    return result;
}

/* session->request becomes what the present URL asks for. */
static wss_result_t fill_request(wss_session_t *session)
{
    const wss_session_config_t *config = session->config;
    session->request = (wss_target_t){.host = session->host,
                                      .resource = session->resource,
                                      .origin = config->origin,
                                      .protocols = config->protocols,
                                      .protocol_count = config->protocol_count,
                                      .headers = session->headers};
    wss_result_t result = aim(session);
    if (result == WSS_OK)
        result = add_headers(session, config->headers, config->header_count);
    if (result == WSS_OK)
        result = add_credentials(session);
    return result;
}

/* Whether what fill_request() has left, can be sent. */
static wss_result_t check_request(wss_session_t *session)
{
    wss_result_t result = wss_connect_check(session->config->loop, &session->request);
    return result == WSS_OK ? WSS_OK : fail(session, result, "The request cannot be sent.");
}

/* What cannot even begin has ended. */
void wss_act_dial(wss_session_t *session)
{
    session->answer = WSS_ANSWER_NOTHING;
    session->text_length = 0;
    session->overlong = session->located = false;
    if (fill_request(session) == WSS_OK && check_request(session) == WSS_OK &&
        wss_connect_session(session) == WSS_OK)
        return;
    session->last = (wss_closure_t){
        .code = WSS_CLOSE_ABNORMAL, .cause = WSS_REASON_CONNECT_FAILED, .network = ""};
    session->ended = true;
    wss_loop_wake(session->config->loop);
}

wss_result_t wss_session_check(wss_session_t *session)
{
    const wss_session_config_t *config = session->config;
    if (config->servers == NULL || config->server_count == 0)
        return fail(session, WSS_ERR_ARGUMENT, "There is no server to call.");
    for (uint32_t i = 0; i < config->server_count; i++) {
        wss_result_t result = choose(session, i);
        if (result == WSS_OK)
            result = fill_request(session);
        if (result == WSS_OK)
            result = check_request(session);
        if (result != WSS_OK)
            return result;
    }
    return WSS_OK;
}
#endif
