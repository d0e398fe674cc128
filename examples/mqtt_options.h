/* SPDX-License-Identifier: MIT */
/*
 * The command line of mqtt_client. It knows what may be asked for, not how it is done.
 */
#ifndef MQTT_OPTIONS_H
#define MQTT_OPTIONS_H

#include <stdint.h>

enum { MQTT_MAX_SERVERS = 16 };

typedef struct mqtt_options {
    const char *servers[MQTT_MAX_SERVERS]; /* URLs */
    uint32_t server_count;
    const char *id;
    const char *user; /* NULL: none; as the next five */
    const char *password;
    const char *publish;   /* a topic */
    const char *subscribe; /* a filter */
    const char *will_topic;
    const char *will;
    uint32_t count; /* of messages to publish */
    uint32_t qos;
    uint32_t keep_alive; /* seconds */
    uint32_t patience;   /* seconds without a broker; 0: any */
} mqtt_options_t;

extern const char mqtt_usage[];

/* NULL, the usage, or a sentence about what is wrong. Texts are those of `argv` and of the
 * environment. */
const char *mqtt_read_options(mqtt_options_t *options, int argc, char *argv[]);

#endif
