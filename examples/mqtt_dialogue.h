/* SPDX-License-Identifier: MIT */
/*
 * What a client that publishes numbered messages and prints what it has subscribed to says to
 * a broker (MQTT 3.1.1), and what it makes of the answers. It must not know WebSocket:
 * another carries its bytes, through one connection after the other. With QoS 1 a message is
 * said again in the next connection until it was acknowledged.
 *
 * Times are milliseconds of a counter that may wrap.
 */
#ifndef MQTT_DIALOGUE_H
#define MQTT_DIALOGUE_H

#include "mqtt_packet.h"
#include "mqtt_window.h"

typedef struct mqtt_dialogue_config {
    mqtt_connect_t connect;
    const char *publish;   /* a topic; NULL: nothing is published */
    uint32_t count;        /* of messages */
    const char *subscribe; /* a filter; NULL: none */
    uint8_t qos;           /* of messages, subscription and will: 0 or 1 */

    /* Sends one packet, whole or not at all; false: there is no room now. */
    bool (*send)(const uint8_t *bytes, size_t length);
} mqtt_dialogue_config_t;

/* Of the present connection; zero while there is none. */
typedef struct mqtt_link {
    mqtt_reader_t reader;
    uint32_t spoke; /* when we said something last */
    uint32_t asked; /* when we said what is not answered yet: CONNECT, PINGREQ */
    uint16_t owed;  /* the identifier of a PUBLISH to be acknowledged; 0: none */
    bool asking;
    bool ready;          /* the broker has taken our CONNECT */
    bool subscribing;    /* nothing is to be said about the subscription */
    const char *trouble; /* why the connection is of no use; NULL: it is */
} mqtt_link_t;

typedef struct mqtt_dialogue {
    const mqtt_dialogue_config_t *config;
    mqtt_link_t link;
    mqtt_window_t window;
    uint32_t begun;  /* messages that went to the window */
    uint32_t done;   /* and left it: acknowledged, or with QoS 0 sent */
    bool subscribed; /* the broker's session has our subscription */
} mqtt_dialogue_t;

void mqtt_dialogue_begin(mqtt_dialogue_t *dialogue, const mqtt_dialogue_config_t *config);

/* A connection has begun; it has ended. */
void mqtt_dialogue_up(mqtt_dialogue_t *dialogue, uint32_t now);
void mqtt_dialogue_down(mqtt_dialogue_t *dialogue);

/* Reads what the broker says, and returns how many bytes that took. Where not all: an
 * acknowledgement found no room; the rest is to come again when there is some. */
size_t mqtt_dialogue_hear(mqtt_dialogue_t *dialogue, const uint8_t *bytes, size_t length,
                          uint32_t now);

/* Says what is due, as far as there is room; to be called from time to time, too. */
void mqtt_dialogue_speak(mqtt_dialogue_t *dialogue, uint32_t now);

/* Says DISCONNECT, lest the will be published; false: there is no room now. */
bool mqtt_dialogue_leave(mqtt_dialogue_t *dialogue);

/* Whether each message was acknowledged, or with QoS 0 sent. */
bool mqtt_dialogue_complete(const mqtt_dialogue_t *dialogue);

#endif
