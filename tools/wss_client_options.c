/* SPDX-License-Identifier: MIT */
/*
 * The options of `wss connect`: one table says their names, ranges and help. What would
 * break the request or contradict the handshake is refused here, by name.
 */
#include "wss_client_options.h"

#include "wss/wss_url.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { DAY = 86400000 /* ms */ };

/* -------------------------------------------------------------------- header fields */

static const char own_field[] = "is a field that the handshake writes itself (RFC 6455, 4.1)";

/* NULL, or why the field is not the user's to send. */
static const char *refuse_field(const char *name)
{
    static const char *const own[] = {"Host", "Connection", "Upgrade", "Content-Length",
                                      "Transfer-Encoding"};

    if (strcasecmp(name, "Sec-WebSocket-Protocol") == 0)
        return "is said by --protocol";
    if (strncasecmp(name, "Sec-WebSocket-", 14) == 0)
        return own_field;
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        if (strcasecmp(name, own[i]) == 0)
            return own_field;
    }
    return NULL;
}

static bool has_controls(const char *text)
{
    for (; *text != '\0'; text++) {
        if (((unsigned char)*text < ' ' && *text != '\t') || *text == 0x7F)
            return true;
    }
    return false;
}

/* Without the white space around it (RFC 9110, 5.5). */
static char *strip(char *text)
{
    char *start = text + strspn(text, " \t");
    size_t length = strlen(start);

    while (length > 0 && (start[length - 1] == ' ' || start[length - 1] == '\t'))
        length--;
    start[length] = '\0';
    return start;
}

static bool has_field(const wss_header_t *headers, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(headers[i].name, name) == 0)
            return true;
    }
    return false;
}

/* Names the field alone: its value may be a secret. */
static const char *keep_field(wss_client_options_t *options, const char *name, const char *value)
{
    const bool authorization = strcasecmp(name, "Authorization") == 0;

    if (strcasecmp(name, "Origin") == 0) {
        const char *problem = options->origin != NULL ? "is given twice" : NULL;
        options->origin = value;
        return problem;
    }
    if (!authorization && strcasecmp(name, "Cookie") != 0) {
        options->headers[options->header_count++] = (wss_header_t){name, value};
        return NULL;
    }
    if (authorization && has_field(options->credentials, options->credential_count, name))
        return "is given twice";
    options->credentials[options->credential_count++] = (wss_header_t){name, value};
    return NULL;
}

static const char *add_header(void *values, char *text)
{
    char *colon = strchr(text, ':');

    if (colon == NULL)
        return "is not a header field such as 'Name: value'";
    *colon = '\0';
    if (!wss_option_is_token(text))
        return "is not the name of a header field (RFC 9110, 5.1)";
    if (has_controls(colon + 1))
        return "has a line break or another control character in its value";
    const char *problem = refuse_field(text);
    return problem != NULL ? problem : keep_field(values, text, strip(colon + 1));
}

/* ------------------------------------------------------------------ what values do */

/* A password in a URL that is refused is not for the terminal. */
static void hide_user(char *text)
{
    char *scheme_end = strstr(text, "://");
    char *start = scheme_end == NULL ? text : scheme_end + 3;
    size_t length = strcspn(start, "/?#");

    while (length > 0 && start[length - 1] != '@')
        length--;
    if (length > 1)
        memset(start, '*', length - 1);
}

static const char *add_url(void *values, char *text)
{
    wss_client_options_t *options = values;
    wss_url_t url;
    wss_url_error_t error;
    static char problem[160];

    options->urls[options->url_count++] = text;
    if (wss_url_parse(text, strlen(text), WSS_URL_WS, &url, &error) == WSS_OK)
        return NULL;
    (void)snprintf(problem, sizeof problem, "is refused at byte %zu: %s", error.offset + 1,
                   error.reason);
    hide_user(text);
    return problem;
}

static const char *add_protocol(void *values, char *text)
{
    wss_client_options_t *options = values;

    return wss_list_append_token(&options->protocols, text);
}

static const char *add_text(void *values, char *text)
{
    wss_client_options_t *options = values;

    options->texts[options->text_count++] = text;
    return wss_utf8_valid(text, strlen(text)) ? NULL : "is not UTF-8, as text has to be";
}

static const char *set_proxy(void *values, char *text)
{
    wss_client_options_t *options = values;

    options->proxy = text;
    return NULL;
}

static const char *set_ca(void *values, char *text)
{
    wss_client_options_t *options = values;

    options->certs.ca = text;
    return NULL;
}

static const char *set_certificate(void *values, char *text)
{
    wss_client_options_t *options = values;

    options->certs.certificate = text;
    return NULL;
}

static const char *set_key(void *values, char *text)
{
    wss_client_options_t *options = values;

    options->certs.key = text;
    return NULL;
}

static void set_insecure(void *values)
{
    wss_client_options_t *options = values;

    options->certs.insecure = true;
}

static void set_ping_interval(void *values, uint64_t number)
{
    wss_client_options_t *options = values;

    options->ping_interval = (uint32_t)number;
}

static void set_pong_timeout(void *values, uint64_t number)
{
    wss_client_options_t *options = values;

    options->pong_timeout = (uint32_t)number;
}

static void set_close_timeout(void *values, uint64_t number)
{
    wss_client_options_t *options = values;

    options->close_timeout = (uint32_t)number;
}

static void set_max_message(void *values, uint64_t number)
{
    wss_client_options_t *options = values;

    options->max_message = number;
}

static void set_echo(void *values)
{
    wss_client_options_t *options = values;

    options->echo = true;
}

static void set_binary(void *values)
{
    wss_client_options_t *options = values;

    options->binary = true;
}

static void set_reconnect(void *values)
{
    wss_client_options_t *options = values;

    options->reconnect = true;
}

static void set_quiet(void *values)
{
    wss_client_options_t *options = values;

    options->quiet = true;
}

/* ------------------------------------------------------------------------- the table */

static const wss_option_t rules[] = {
    {"--header", "'NAME: V'", "header field of the request; any number [none]", .text = add_header},
    {"--protocol", "P", "subprotocol, best first; up to 32 times [none]", .text = add_protocol},
    {"--send", "TEXT", "send after each opening; any number [none]", .text = add_text},
    {"--echo", "", "send each message back; do not read standard input", .flag = set_echo},
    {"--binary", "", "send blocks of standard input instead of lines", .flag = set_binary},
    {"--ping-interval", "MS", "from Ping to Ping; 0: off [20000]", .most = DAY,
     .number = set_ping_interval},
    {"--pong-timeout", "MS", "from Ping to Pong; 0: off [15000]", .most = DAY,
     .number = set_pong_timeout},
    {"--close-timeout", "MS", "silence after our Close [30000]", .least = 1, .most = DAY,
     .number = set_close_timeout},
    {"--reconnect", "", "connect again whenever a connection ends", .flag = set_reconnect},
    {"--max-message", "BYTES", "largest message to receive [any]", .least = 1, .most = INT64_MAX,
     .number = set_max_message},
    {"--ca", "FILE", "trust these CAs alone [the system's]", .text = set_ca},
    {"--cert", "FILE", "show this certificate where one is asked for [none]",
     .text = set_certificate},
    {"--key", "FILE", "its key [in the file of the certificate]", .text = set_key},
    {"--insecure", "", "trust any server; for tests", .flag = set_insecure},
    {"--proxy", "URL", "HTTP proxy; '': none [the environment's]", .text = set_proxy},
    {"--quiet", "", "only say what went wrong", .flag = set_quiet},
};

static const wss_command_t connect = {
    .name = "connect",
    .options = rules,
    .option_count = sizeof rules / sizeof rules[0],
    .operand_name = "URL",
    .operand = add_url,
};

/* Each argument is at most one item of one list. */
static bool take_lists(wss_client_options_t *options, size_t count)
{
    wss_memory_t *memory = &options->memory;
    const size_t fields = count * sizeof(wss_header_t);
    const size_t texts = count * sizeof(char *);

    if (!wss_memory_map(memory, 2 * (fields + texts) + 4096)) {
        fprintf(stderr, "wss: memory: %s\n", strerror(errno));
        return false;
    }
    options->urls = wss_memory_take(memory, texts);
    options->texts = wss_memory_take(memory, texts);
    options->headers = wss_memory_take(memory, fields);
    options->credentials = wss_memory_take(memory, fields);
    return true;
}

static bool has_user(const char *text)
{
    wss_url_t url = {0};

    return wss_url_parse(text, strlen(text), WSS_URL_WS, &url, NULL) == WSS_OK &&
           url.user.start != NULL;
}

/* Whether the options make sense together. */
static bool complete(const wss_client_options_t *options)
{
    if (options->url_count == 0) {
        fputs("wss: connect wants a URL such as ws://localhost:9001/ (see wss connect --help)\n",
              stderr);
        return false;
    }
    if (options->certs.key != NULL && options->certs.certificate == NULL) {
        fputs("wss: --key: TLS wants --cert, too\n", stderr);
        return false;
    }
    if (!has_field(options->credentials, options->credential_count, "Authorization"))
        return true;
    for (uint32_t i = 0; i < options->url_count; i++) {
        if (has_user(options->urls[i]))
            return wss_options_refuse("--header", "Authorization",
                                      "contradicts the user information of a URL");
    }
    return true;
}

wss_parsed_t wss_client_options_parse(wss_client_options_t *options, int count,
                                      char *const arguments[])
{
    *options = (wss_client_options_t){.ping_interval = 20000,
                                      .pong_timeout = 15000,
                                      .close_timeout = 30000,
                                      .max_message = UINT64_MAX};
    if (!take_lists(options, (size_t)count))
        return WSS_PARSED_WRONG;
    const wss_parsed_t parsed = wss_options_parse(&connect, options, count, arguments);
    return parsed != WSS_PARSED_GOOD || complete(options) ? parsed : WSS_PARSED_WRONG;
}

void wss_client_usage(void)
{
    printf("usage: wss connect URL... [option]...\n\n"
           "A WebSocket client (RFC 6455). Sends the lines of standard input as text messages;\n"
           "prints messages to standard output: text with a line break after it, binary as it\n"
           "is. Of several URLs the first that answers is taken. At the end of the input it\n"
           "closes the connection and prints what still arrives.\n\n");
    wss_options_print(&connect);
    printf("\nWithout --proxy the variables http_proxy for ws:// and https_proxy for wss:// name\n"
           "one, with all_proxy for both; no_proxy names the hosts reached without, also where\n"
           "--proxy is given.\n\n"
           "The first SIGINT or SIGTERM closes the connection, the second ends the command.\n"
           "Exit status: 0 when the connection was closed with 1000, 1001 or no code, 1 when it\n"
           "ended otherwise or never began, 2 for a wrong option.\n");
}
