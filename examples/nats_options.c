/* SPDX-License-Identifier: MIT */
/* Refuses what would need quoting where it is used: in subjects, and in JSON. */
#include "nats_options.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_NAME = 32, MAX_CREDENTIAL = 128, MAX_PATIENCE = 3600 };

_Static_assert(NATS_MAX_SERVERS == 16, "the most that the message names");

const char nats_usage[] = "usage: nats_client [--stream NAME] [--name NAME] [--count N] "
                          "[--patience SECONDS] URL...";

static bool is_name(const char *text)
{
    size_t length =
        strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
    return length > 0 && length <= MAX_NAME && text[length] == '\0';
}

static bool is_credential(const char *text)
{
    size_t length = 0;
    while ((unsigned char)text[length] >= ' ' && strchr("\"\\\x7f", text[length]) == NULL)
        length++;
    return length <= MAX_CREDENTIAL && text[length] == '\0';
}

static bool set_name(const char **name, const char *value)
{
    *name = value;
    return is_name(value);
}

static bool set_number(uint32_t *number, const char *value, uint32_t most)
{
    char *end;
    unsigned long read = strtoul(value, &end, 10);
    *number = (uint32_t)read;
    return value[0] >= '0' && value[0] <= '9' && *end == '\0' && read >= 1 && read <= most;
}

static bool set_option(nats_options_t *options, const char *option, const char *value)
{
    if (strcmp(option, "--stream") == 0)
        return set_name(&options->stream, value);
    if (strcmp(option, "--name") == 0)
        return set_name(&options->name, value);
    if (strcmp(option, "--count") == 0)
        return set_number(&options->count, value, NATS_MAX_MESSAGES);
    return strcmp(option, "--patience") == 0 && set_number(&options->patience, value, MAX_PATIENCE);
}

static bool set_credentials(nats_options_t *options)
{
    const char *user = getenv("NATS_USER"), *password = getenv("NATS_PASSWORD");
    options->user = user != NULL ? user : "";
    options->password = password != NULL ? password : "";
    return is_credential(options->user) && is_credential(options->password);
}

static const char *set_servers(nats_options_t *options, char *urls[], int count)
{
    if (count < 1 || count > NATS_MAX_SERVERS)
        return "from 1 to 16 URLs are needed";
    for (int i = 0; i < count; i++)
        options->servers[options->server_count++] = urls[i];
    return NULL;
}

const char *nats_read_options(nats_options_t *options, int argc, char *argv[])
{
    int at = 1;
    *options = (nats_options_t){.stream = "EVENTS", .name = "device", .count = 100, .patience = 60};
    for (; at + 1 < argc && strncmp(argv[at], "--", 2) == 0; at += 2)
        if (!set_option(options, argv[at], argv[at + 1]))
            return nats_usage;
    if (!set_credentials(options))
        return "NATS_USER or NATS_PASSWORD holds a quote, a backslash or a control, or is too long";
    return at < argc && argv[at][0] != '-' ? set_servers(options, argv + at, argc - at)
                                           : nats_usage;
}
