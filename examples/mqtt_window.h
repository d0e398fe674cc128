/* SPDX-License-Identifier: MIT */
/*
 * The messages that were published and not yet acknowledged: at most MQTT_WINDOW, in their
 * order. Those of an earlier connection are sent again, first and in the same order
 * (MQTT 3.1.1, 4.4 and 4.6). It knows no packets and no connections.
 */
#ifndef MQTT_WINDOW_H
#define MQTT_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MQTT_WINDOW = 16,     /* messages: with MQTT_PAYLOAD the memory that QoS 1 costs */
    MQTT_PAYLOAD = 64,    /* bytes of a message */
    MQTT_LAST_ID = 65534, /* packet identifiers of messages begin at 1 */
    MQTT_OTHER_ID         /* never a message's */
};

typedef struct mqtt_message {
    uint16_t id;
    uint8_t length;
    bool again; /* it was sent before */
    bool acknowledged;
    char payload[MQTT_PAYLOAD];
} mqtt_message_t;

/* Zeroed at first. Members are private. */
typedef struct mqtt_window {
    mqtt_message_t ring[MQTT_WINDOW];
    uint32_t first;
    uint32_t count;
    uint32_t sent; /* of them, in the present connection */
    uint16_t last_id;
} mqtt_window_t;

/* Takes a message of at most MQTT_PAYLOAD bytes; false: the window is full. */
bool mqtt_window_put(mqtt_window_t *window, const char *payload, size_t length);

/* The message to send next, or NULL. */
const mqtt_message_t *mqtt_window_next(mqtt_window_t *window);

/* It was sent. */
void mqtt_window_sent(mqtt_window_t *window);

/* The message with this id, sent in the present connection and acknowledged now for the first
 * time, valid until the next mqtt_window_put(); else NULL. */
const mqtt_message_t *mqtt_window_acknowledge(mqtt_window_t *window, uint16_t id);

/* A new connection: all is to be sent again. */
void mqtt_window_rewind(mqtt_window_t *window);

#endif
