/* SPDX-License-Identifier: MIT */
/*
 * How the SYS_WSS service gets its connections: a server listens, a client connects. Either
 * is tried again until it works, as the network may come up later than the service.
 */
#include "sys_wss_service.h"

#include "wss/wss_url.h"

#include <string.h>

/* ------------------------------------------------------------------ the next attempt */

/* Drawn between half of the delay and all, so that clients that lost the same server do not
 * come back together. The engine's own generator is not for use outside of its lock. */
static uint32_t draw_delay(void)
{
    const wss_hal_t *hal = sys_wss.port.hal;
    const uint32_t half = SYS_WSS_RETRY_DELAY / 2;
    uint8_t random[2] = {0, 0};
    (void)hal->entropy(hal->context, random, sizeof random);
    uint32_t number = (uint32_t)random[0] << 8 | random[1];
    uint64_t share = (uint64_t)(SYS_WSS_RETRY_DELAY - half) * number;
    return half + (uint32_t)(share >> 16);
}

static void wait_for_next(void)
{
    if (SYS_WSS_RETRY_DELAY == 0)
        return;
    uint32_t delay = draw_delay();
    const wss_hal_t *hal = sys_wss.port.hal;
    uint32_t now = hal->now(hal->context);
    sys_wss_port_lock();
    sys_wss.settled = false;
    sys_wss.waiting = true;
    sys_wss.retry_at = now + delay;
    sys_wss_port_unlock();
}

/* True: an attempt is due, and from now on under way. A wait that is over is over, although
 * nothing is `possible` yet: later its end would seem to be yet to come. */
static bool begin_attempt(bool possible)
{
    const wss_hal_t *hal = sys_wss.port.hal;
    uint32_t now = hal->now(hal->context);
    possible = possible && sys_wss_port_ready();
    sys_wss_port_lock();
    if ((int32_t)(now - sys_wss.retry_at) >= 0)
        sys_wss.waiting = false;
    bool due = possible && sys_wss.life == SYS_WSS_RUNNING && !sys_wss.settled && !sys_wss.waiting;
    if (due)
        sys_wss.settled = true;
    sys_wss_port_unlock();
    return due;
}

static void fail_attempt(int32_t client)
{
    wait_for_next();
    sys_wss_raise(client, SYS_WSS_EVENT_SOCK_OPEN_FAILED, NULL);
}

#if SYS_WSS_MODE == SYS_WSS_SERVER

static wss_endpoint_t where = {.address = SYS_WSS_LISTEN_ADDRESS};

wss_result_t sys_wss_network_prepare(const SYS_WSS_CONFIG *config)
{
    unsigned port = config != NULL ? config->port : SYS_WSS_PORT;
    sys_wss.tls = config != NULL ? config->isTLSEnabled : SYS_WSS_ENABLE_TLS;
    where.port = (uint16_t)port;
    return port >= 1 && port <= UINT16_MAX ? WSS_OK : WSS_ERR_CONFIG;
}

const char *sys_wss_network_host(void)
{
    return NULL;
}

static void establish(void)
{
    if (begin_attempt(true) && wss_listen(&sys_wss.loop, &where, NULL) != WSS_OK)
        fail_attempt(-1);
}

void sys_wss_network_lost(const wss_closure_t *closure)
{
    (void)closure;
}

#else

enum {
    URL_SIZE = sizeof SYS_WSS_HOST_NAME,
    PORT_SIZE = sizeof ":65535",
    BASIC_SIZE = (int)sizeof "Basic " + (URL_SIZE + 2) / 3 * 4
};

static const char url_text[] = SYS_WSS_HOST_NAME;

/* What the server is asked. */
static struct {
    wss_target_t target;
    char host[URL_SIZE];
    char host_header[URL_SIZE + PORT_SIZE];
    char resource[URL_SIZE + 1];
    char authorization[BASIC_SIZE];
    wss_header_t header;
} call;

/* Appends ":port" to the Host field. */
static void write_port(size_t at, unsigned port)
{
    char digits[5];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + port % 10);
        port /= 10;
    } while (port > 0);
    call.host_header[at++] = ':';
    while (count > 0)
        call.host_header[at++] = digits[--count];
    call.host_header[at] = '\0';
}

/* RFC 9110, 7.2: the authority of the URL, or the port that is called where it has none; the
 * scheme's default port is left out. */
static void write_host_header(const wss_url_t *url, unsigned port)
{
    const unsigned default_port = sys_wss.tls ? 443 : 80;
    bool brackets = url->kind == WSS_URL_IPV6;
    size_t length = 0;
    if (brackets)
        call.host_header[length++] = '[';
    memcpy(call.host_header + length, url->host.start, url->host.length);
    length += url->host.length;
    if (brackets)
        call.host_header[length++] = ']';
    call.host_header[length] = '\0';
    if (port != default_port)
        write_port(length, port);
}

static wss_result_t write_parts(const wss_url_t *url)
{
    wss_result_t result = wss_url_host(url, call.host, sizeof call.host);
    if (result == WSS_OK)
        result = wss_url_target(url, call.resource, sizeof call.resource);
    if (result == WSS_OK)
        result = wss_url_basic(url, call.authorization, sizeof call.authorization);
    return result;
}

static unsigned port_of(const wss_url_t *url, const SYS_WSS_CONFIG *config)
{
    if (config != NULL)
        return config->port;
    return url->port_given && SYS_WSS_SERVER_IP[0] == '\0' ? url->port : SYS_WSS_PORT;
}

wss_result_t sys_wss_network_prepare(const SYS_WSS_CONFIG *config)
{
    wss_url_t url;
    wss_result_t result = wss_url_parse(url_text, sizeof url_text - 1, WSS_URL_WS, &url, NULL);
    if (result == WSS_OK)
        result = write_parts(&url);
    unsigned port = result == WSS_OK ? port_of(&url, config) : 0;
    if (port < 1 || port > UINT16_MAX)
        return WSS_ERR_CONFIG;
    sys_wss.tls = url.secure || (config != NULL ? config->isTLSEnabled : SYS_WSS_ENABLE_TLS);
    write_host_header(&url, url.port_given ? url.port : port);
    call.header = (wss_header_t){"Authorization", call.authorization};
    call.target = (wss_target_t){
        .host = SYS_WSS_SERVER_IP[0] != '\0' ? SYS_WSS_SERVER_IP : call.host,
        .port = (uint16_t)port,
        .secure = sys_wss.tls,
        .resource = call.resource,
        .host_header = call.host_header,
        .headers = call.authorization[0] != '\0' ? &call.header : NULL,
        .header_count = call.authorization[0] != '\0' ? 1 : 0,
    };
    return WSS_OK;
}

const char *sys_wss_network_host(void)
{
    return call.host;
}

/* Not without a link: it could only fail. */
static void establish(void)
{
    if (begin_attempt(!sys_wss.link_down) &&
        wss_connect(&sys_wss.loop, &call.target, NULL, NULL) != WSS_OK)
        fail_attempt(0);
}

/* A connection that the application closed is not replaced. */
void sys_wss_network_lost(const wss_closure_t *closure)
{
    if (closure->cause != WSS_REASON_LOCAL_CLOSE)
        wait_for_next();
}

#endif

/* --------------------------------------------------------------------------- the link */

static void watch_link(void)
{
    const wss_hal_t *hal = sys_wss.port.hal;
    if (hal->link_up == NULL)
        return;
    bool down = !hal->link_up(hal->context);
    if (down == sys_wss.link_down)
        return;
    sys_wss.link_down = down;
    sys_wss_raise(-1, down ? SYS_WSS_EVENT_LL_INTF_DOWN : SYS_WSS_EVENT_LL_INTF_UP, NULL);
}

void sys_wss_network_tend(void)
{
    watch_link();
    establish();
}
