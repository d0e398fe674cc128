/* SPDX-License-Identifier: MIT */
/*
 * The options of `wss serve`: one table says their names, ranges and help.
 */
#include "wss_serve_options.h"

#include "wss_workers.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

enum { DAY = 86400000 /* ms */ };

/* ------------------------------------------------------------------ what values do */

static const char *set_bind(void *values, char *value)
{
    wss_serve_options_t *options = values;
    struct in6_addr v6;
    struct in_addr v4;

    options->bind = value;
    if (inet_pton(AF_INET, value, &v4) == 1)
        return NULL;
    if (inet_pton(AF_INET6, value, &v6) != 1)
        return "is not a numeric IPv4 or IPv6 address";
    return IN6_IS_ADDR_LINKLOCAL(&v6)
               ? "is a link-local address: without a scope it is not unique, and none can be given"
               : NULL;
}

static const char *add_path(void *values, char *value)
{
    wss_serve_options_t *options = values;
    bool valid = value[0] == '/' && wss_option_consists_of(value, "/-._~%!$&'()*+,;=:@");

    return valid ? wss_list_append(&options->paths, value)
                 : "is not a path such as /chat (RFC 3986, 3.3)";
}

static const char *add_protocol(void *values, char *value)
{
    wss_serve_options_t *options = values;

    return wss_list_append_token(&options->protocols, value);
}

static const char *add_origin(void *values, char *value)
{
    wss_serve_options_t *options = values;
    const char *host = strstr(value, "://");
    bool valid = host != NULL && host != value && host[3] != '\0' &&
                 strchr(host + 3, '/') == NULL && wss_option_consists_of(value, ":/.-[]_~%");

    return valid ? wss_list_append(&options->origins, value)
                 : "is not an origin such as https://example.org (RFC 6454, 6.2)";
}

static void set_port(void *values, uint64_t value)
{
    wss_serve_options_t *options = values;

    options->port = (uint16_t)value;
}

static void set_max_clients(void *values, uint64_t value)
{
    wss_serve_options_t *options = values;

    options->max_clients = (uint32_t)value;
}

static void set_max_message(void *values, uint64_t value)
{
    wss_serve_options_t *options = values;

    options->max_message = value;
}

static void set_handshake_timeout(void *values, uint64_t value)
{
    wss_serve_options_t *options = values;

    options->handshake_timeout = (uint32_t)value;
}

static void set_idle_timeout(void *values, uint64_t value)
{
    wss_serve_options_t *options = values;

    options->idle_timeout = (uint32_t)value;
}

static void set_ping_interval(void *values, uint64_t value)
{
    wss_serve_options_t *options = values;

    options->ping_interval = (uint32_t)value;
}

static void set_pong_timeout(void *values, uint64_t value)
{
    wss_serve_options_t *options = values;

    options->pong_timeout = (uint32_t)value;
}

static void set_close_timeout(void *values, uint64_t value)
{
    wss_serve_options_t *options = values;

    options->close_timeout = (uint32_t)value;
}

static void set_workers(void *values, uint64_t value)
{
    wss_serve_options_t *options = values;

    options->workers = (uint32_t)value;
}

static const char *set_certificate(void *values, char *value)
{
    wss_serve_options_t *options = values;

    options->certs.certificate = value;
    return NULL;
}

static const char *set_key(void *values, char *value)
{
    wss_serve_options_t *options = values;

    options->certs.key = value;
    return NULL;
}

static const char *set_client_ca(void *values, char *value)
{
    wss_serve_options_t *options = values;

    options->certs.ca = value;
    return NULL;
}

static void set_proxy_protocol(void *values)
{
    wss_serve_options_t *options = values;

    options->proxy_protocol = true;
}

static void set_console(void *values)
{
    wss_serve_options_t *options = values;

    options->console = true;
}

static void set_quiet(void *values)
{
    wss_serve_options_t *options = values;

    options->quiet = true;
}

/* ------------------------------------------------------------------------- the table */

static const wss_option_t rules[] = {
    {"--bind", "ADDR", "numeric address; :: is all, IPv4 too [127.0.0.1]", .text = set_bind},
    {"--port", "N", "port; 0 takes a free one [9001]", .most = 65535, .number = set_port},
    {"--path", "P", "serve WebSockets at this path; up to 32 times [any]", .text = add_path},
    {"--protocol", "P", "subprotocol, best first; up to 32 times [none]", .text = add_protocol},
    {"--origin", "O", "let pages of this origin in; up to 32 times [any]", .text = add_origin},
    {"--max-clients", "N", "served at once; others get 503 [1024]", .least = 1, .most = 60000,
     .number = set_max_clients},
    {"--max-message", "BYTES", "largest message [67108864]", .least = 1, .most = INT64_MAX,
     .number = set_max_message},
    {"--handshake-timeout", "MS", "for the opening handshake [10000]", .least = 1, .most = DAY,
     .number = set_handshake_timeout},
    {"--idle-timeout", "MS", "no byte of a frame from the peer; 0: off [60000]", .most = DAY,
     .number = set_idle_timeout},
    {"--ping-interval", "MS", "from Ping to Ping; 0: off [20000]", .most = DAY,
     .number = set_ping_interval},
    {"--pong-timeout", "MS", "from Ping to Pong; 0: off [15000]", .most = DAY,
     .number = set_pong_timeout},
    {"--close-timeout", "MS", "for the closing handshake [5000]", .least = 1, .most = DAY,
     .number = set_close_timeout},
    {"--workers", "N", "processes on the port; limits are of each [1]", .least = 1,
     .most = WSS_WORKERS_MOST, .number = set_workers},
    {"--cert", "FILE", "serve wss:// with this certificate [none]", .text = set_certificate},
    {"--key", "FILE", "its key [in the file of the certificate]", .text = set_key},
    {"--client-ca", "FILE", "demand a certificate of these CAs of clients [none]",
     .text = set_client_ca},
    {"--proxy-protocol", "", "a load balancer says whose connections they are",
     .flag = set_proxy_protocol},
    {"--console", "", "take commands from standard input: try help", .flag = set_console},
    {"--quiet", "", "do not say who comes and goes", .flag = set_quiet},
};

static const wss_command_t serve = {
    .name = "serve",
    .options = rules,
    .option_count = sizeof rules / sizeof rules[0],
};

static const wss_serve_options_t defaults = {
    .bind = "127.0.0.1",
    .port = 9001,
    .max_clients = 1024,
    .workers = 1,
    .max_message = 64u << 20,
    .handshake_timeout = 10000,
    .idle_timeout = 60000,
    .ping_interval = 20000,
    .pong_timeout = 15000,
    .close_timeout = 5000,
};

/* Whether the options make sense together. */
static bool complete(const wss_serve_options_t *options)
{
    const wss_certs_options_t *certs = &options->certs;

    if (certs->certificate == NULL && (certs->key != NULL || certs->ca != NULL)) {
        fprintf(stderr, "wss: %s: TLS wants --cert, too\n",
                certs->key != NULL ? "--key" : "--client-ca");
        return false;
    }
    if (!options->console || options->workers == 1)
        return true;
    fprintf(stderr, "wss: --console: there is one for one worker only\n");
    return false;
}

wss_parsed_t wss_serve_options_parse(wss_serve_options_t *options, int count,
                                     char *const arguments[])
{
    *options = defaults;
    const wss_parsed_t parsed = wss_options_parse(&serve, options, count, arguments);
    return parsed != WSS_PARSED_GOOD || complete(options) ? parsed : WSS_PARSED_WRONG;
}

void wss_serve_usage(void)
{
    printf("usage: wss serve [option]...\n\n"
           "An echo server for WebSocket clients (RFC 6455), with a page to try it.\n"
           "Prints its address, once for each --path, then who comes and goes.\n\n");
    wss_options_print(&serve);
    printf("\nBeyond --max-clients there is room for 16 connections more, and one for each 64\n"
           "clients: they get 503. What comes beyond these waits in the system's queue.\n\n"
           "The first SIGINT or SIGTERM closes the connections, the second aborts them.\n"
           "Exit status: 0 after a signal, 1 when it cannot serve, 2 for a wrong option.\n");
}
