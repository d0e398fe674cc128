/* SPDX-License-Identifier: MIT */
/* Refuses what would not fit a packet, or no broker would take. */
#include "mqtt_options.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TEXT = 128, MAX_COUNT = 1000000, MAX_SECONDS = 65535 };

_Static_assert(MQTT_MAX_SERVERS == 16, "the most that the message names");

const char mqtt_usage[] =
    "usage: mqtt_client [--id ID] [--publish TOPIC [--count N]] [--subscribe FILTER] [--qos 0|1] "
    "[--will-topic TOPIC [--will TEXT]] [--keep-alive SECONDS] [--patience SECONDS] URL...";

static bool is_text(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length <= MAX_TEXT;
}

static bool set_text(const char **text, const char *value)
{
    *text = value;
    return is_text(value);
}

/* Wildcards are for filters (MQTT 3.1.1, 4.7.1). */
static bool set_topic(const char **topic, const char *value)
{
    return set_text(topic, value) && strpbrk(value, "+#") == NULL;
}

static bool set_number(uint32_t *number, const char *value, uint32_t least, uint32_t most)
{
    char *end;
    unsigned long read = strtoul(value, &end, 10);
    *number = (uint32_t)read;
    return value[0] >= '0' && value[0] <= '9' && *end == '\0' && read >= least && read <= most;
}

static bool set_option(mqtt_options_t *options, const char *option, const char *value)
{
    if (strcmp(option, "--id") == 0)
        return set_text(&options->id, value);
    if (strcmp(option, "--publish") == 0)
        return set_topic(&options->publish, value);
    if (strcmp(option, "--subscribe") == 0)
        return set_text(&options->subscribe, value);
    if (strcmp(option, "--will-topic") == 0)
        return set_topic(&options->will_topic, value);
    if (strcmp(option, "--will") == 0)
        return set_text(&options->will, value);
    if (strcmp(option, "--count") == 0)
        return set_number(&options->count, value, 1, MAX_COUNT);
    if (strcmp(option, "--qos") == 0)
        return set_number(&options->qos, value, 0, 1);
    if (strcmp(option, "--keep-alive") == 0)
        return set_number(&options->keep_alive, value, 1, MAX_SECONDS);
    return strcmp(option, "--patience") == 0 &&
           set_number(&options->patience, value, 0, MAX_SECONDS);
}

static bool set_credentials(mqtt_options_t *options)
{
    options->user = getenv("MQTT_USER");
    options->password = getenv("MQTT_PASSWORD");
    return (options->user == NULL || is_text(options->user)) &&
           (options->password == NULL || is_text(options->password));
}

static const char *set_servers(mqtt_options_t *options, char *urls[], int count)
{
    if (count < 1 || count > MQTT_MAX_SERVERS)
        return "from 1 to 16 URLs are needed";
    for (int i = 0; i < count; i++)
        options->servers[options->server_count++] = urls[i];
    return NULL;
}

const char *mqtt_read_options(mqtt_options_t *options, int argc, char *argv[])
{
    int at = 1;
    *options = (mqtt_options_t){
        .id = "mqtt_client", .count = 100, .qos = 1, .keep_alive = 30, .patience = 60};
    for (; at + 1 < argc && strncmp(argv[at], "--", 2) == 0; at += 2)
        if (!set_option(options, argv[at], argv[at + 1]))
            return mqtt_usage;
    if (at >= argc || argv[at][0] == '-')
        return mqtt_usage;
    if (options->publish == NULL && options->subscribe == NULL)
        return "there is nothing to do without --publish and --subscribe";
    if (options->will != NULL && options->will_topic == NULL)
        return "--will needs --will-topic";
    if (!set_credentials(options))
        return "MQTT_USER or MQTT_PASSWORD is empty, or longer than 128 bytes";
    return set_servers(options, argv + at, argc - at);
}
