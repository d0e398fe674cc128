/* SPDX-License-Identifier: MIT */
/*
 * The options of `wss serve`: one table says their names, ranges and help.
 */
#include "wss_options.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

enum { DAY = 86400000 /* ms */ };

typedef struct rule {
    const char *name;
    const char *value; /* what the value is called; "": the option takes none */
    const char *help;
    uint64_t least;
    uint64_t most;
    void (*number)(wss_options_t *options, uint64_t value);         /* one of the three */
    const char *(*text)(wss_options_t *options, const char *value); /* NULL or what is wrong */
    void (*flag)(wss_options_t *options);
} rule_t;

/* ------------------------------------------------------------------ what values do */

_Static_assert(WSS_OPTIONS_LIST == 32, "the most that help and messages name");

static const char *append(wss_list_t *list, const char *item)
{
    for (uint8_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i], item) == 0)
            return "is given twice";
    }
    if (list->count == WSS_OPTIONS_LIST)
        return "is one too many: 32 are the most";
    list->items[list->count++] = item;
    return NULL;
}

static bool consists_of(const char *text, const char *others)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    for (; *text != '\0'; text++) {
        if (strchr(letters, *text) == NULL && strchr(others, *text) == NULL)
            return false;
    }
    return true;
}

static const char *set_bind(wss_options_t *options, const char *value)
{
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

static const char *add_path(wss_options_t *options, const char *value)
{
    bool valid = value[0] == '/' && consists_of(value, "/-._~%!$&'()*+,;=:@");

    return valid ? append(&options->paths, value) : "is not a path such as /chat (RFC 3986, 3.3)";
}

static const char *add_protocol(wss_options_t *options, const char *value)
{
    bool valid = value[0] != '\0' && consists_of(value, "!#$%&'*+-.^_`|~");

    return valid ? append(&options->protocols, value) : "is not a token (RFC 9110, 5.6.2)";
}

static const char *add_origin(wss_options_t *options, const char *value)
{
    const char *host = strstr(value, "://");
    bool valid = host != NULL && host != value && host[3] != '\0' &&
                 strchr(host + 3, '/') == NULL && consists_of(value, ":/.-[]_~%");

    return valid ? append(&options->origins, value)
                 : "is not an origin such as https://example.org (RFC 6454, 6.2)";
}

static void set_port(wss_options_t *options, uint64_t value)
{
    options->port = (uint16_t)value;
}

static void set_max_clients(wss_options_t *options, uint64_t value)
{
    options->max_clients = (uint32_t)value;
}

static void set_max_message(wss_options_t *options, uint64_t value)
{
    options->max_message = value;
}

static void set_handshake_timeout(wss_options_t *options, uint64_t value)
{
    options->handshake_timeout = (uint32_t)value;
}

static void set_idle_timeout(wss_options_t *options, uint64_t value)
{
    options->idle_timeout = (uint32_t)value;
}

static void set_ping_interval(wss_options_t *options, uint64_t value)
{
    options->ping_interval = (uint32_t)value;
}

static void set_pong_timeout(wss_options_t *options, uint64_t value)
{
    options->pong_timeout = (uint32_t)value;
}

static void set_close_timeout(wss_options_t *options, uint64_t value)
{
    options->close_timeout = (uint32_t)value;
}

static void set_quiet(wss_options_t *options)
{
    options->quiet = true;
}

/* ------------------------------------------------------------------------- the table */

static const rule_t rules[] = {
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
    {"--quiet", "", "do not say who comes and goes", .flag = set_quiet},
};

enum { RULES = sizeof rules / sizeof rules[0] };

static const wss_options_t defaults = {
    .bind = "127.0.0.1",
    .port = 9001,
    .max_clients = 1024,
    .max_message = 64u << 20,
    .handshake_timeout = 10000,
    .idle_timeout = 60000,
    .ping_interval = 20000,
    .pong_timeout = 15000,
    .close_timeout = 5000,
};

/* --------------------------------------------------------------------------- parsing */

/* The rule of "--name" or "--name=value"; `*value` becomes what follows '=', or NULL. */
static const rule_t *find_rule(const char *argument, const char **value)
{
    size_t length = strcspn(argument, "=");

    *value = argument[length] == '=' ? argument + length + 1 : NULL;
    for (size_t i = 0; i < RULES; i++) {
        if (strlen(rules[i].name) == length && memcmp(rules[i].name, argument, length) == 0)
            return &rules[i];
    }
    return NULL;
}

static bool parse_number(const char *text, uint64_t least, uint64_t most, uint64_t *number)
{
    uint64_t sum = 0;

    if (*text == '\0')
        return false;
    for (; *text >= '0' && *text <= '9'; text++) {
        uint64_t digit = (uint64_t)(*text - '0');
        if (sum > (most - digit) / 10 || digit > most)
            return false;
        sum = sum * 10 + digit;
    }
    *number = sum;
    return *text == '\0' && sum >= least;
}

/* Says on stderr what is wrong with an option's value. */
static bool refuse(const rule_t *rule, const char *value, const char *problem)
{
    fprintf(stderr, "wss: %s: \"%s\" %s\n", rule->name, value, problem);
    return false;
}

static bool apply_number(wss_options_t *options, const rule_t *rule, const char *value)
{
    uint64_t number;

    if (!parse_number(value, rule->least, rule->most, &number)) {
        fprintf(stderr, "wss: %s: \"%s\" is not a number from %llu to %llu\n", rule->name, value,
                (unsigned long long)rule->least, (unsigned long long)rule->most);
        return false;
    }
    rule->number(options, number);
    return true;
}

static bool apply_text(wss_options_t *options, const rule_t *rule, const char *value)
{
    const char *problem = rule->text(options, value);

    return problem == NULL || refuse(rule, value, problem);
}

static bool apply_flag(wss_options_t *options, const rule_t *rule, const char *value)
{
    if (value != NULL)
        return refuse(rule, value, "is too much: the option takes no value");
    rule->flag(options);
    return true;
}

/* Takes the first of `count` arguments and, if it stands apart, its value. Returns how many
 * arguments that were; 0 for a wrong one. */
static int parse_one(wss_options_t *options, int count, char *const arguments[])
{
    const char *value;
    const rule_t *rule = find_rule(arguments[0], &value);
    const bool apart = value == NULL && count > 1;

    if (rule == NULL) {
        fprintf(stderr, "wss: \"%s\" is not an option of serve (see wss --help)\n", arguments[0]);
        return 0;
    }
    if (rule->flag != NULL)
        return apply_flag(options, rule, value) ? 1 : 0;
    if (value == NULL)
        value = apart ? arguments[1] : "";
    if (!(rule->number != NULL ? apply_number : apply_text)(options, rule, value))
        return 0;
    return apart ? 2 : 1;
}

bool wss_options_parse(wss_options_t *options, int count, char *const arguments[])
{
    int taken = 1;

    *options = defaults;
    for (int i = 0; i < count && taken > 0; i += taken)
        taken = parse_one(options, count - i, arguments + i);
    return taken > 0;
}

static void print_rule(const rule_t *rule)
{
    printf("  %s %-*s %s\n", rule->name, (int)(25 - strlen(rule->name)), rule->value, rule->help);
    if (rule->number != NULL)
        printf("%28s %llu to %llu\n", "", (unsigned long long)rule->least,
               (unsigned long long)rule->most);
}

void wss_options_usage(void)
{
    printf("usage: wss serve [option]...\n\n"
           "An echo server for WebSocket clients (RFC 6455), with a page to try it.\n"
           "Prints its address, once for each --path, then who comes and goes.\n\n");
    for (size_t i = 0; i < RULES; i++)
        print_rule(&rules[i]);
    printf("\n  wss --help       this text\n"
           "  wss --version    the version\n\n"
           "Beyond --max-clients there is room for 16 connections more, and one for each 64\n"
           "clients: they get 503. What comes beyond these waits in the system's queue.\n\n"
           "The first SIGINT or SIGTERM closes the connections, the second aborts them.\n"
           "Exit status: 0 after a signal, 1 when it cannot serve, 2 for a wrong option.\n");
}
