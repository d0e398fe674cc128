/* SPDX-License-Identifier: MIT */
/*
 * The control packets of MQTT 3.1.1 that a client with QoS 0 and 1 needs: writes its own, and
 * reads the broker's from a stream of bytes that may be cut anywhere. It knows neither
 * WebSocket nor what the messages mean.
 *
 *     for (; length > 0; bytes += used, length -= used) {
 *         used = mqtt_read(&reader, bytes, length, &heard);
 *         if (heard.type == MQTT_PUBLISH)
 *             printf("%.*s\n", (int)heard.payload.length, heard.payload.bytes);
 *     }
 */
#ifndef MQTT_PACKET_H
#define MQTT_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MQTT_KEPT = 1024,   /* bytes of a PUBLISH that are kept: topic and payload; the rest is cut */
    MQTT_LONGEST = 768, /* a packet of ours */
    MQTT_REFUSED = 0x80 /* the code of a SUBACK that is none */
};

typedef enum mqtt_type {
    MQTT_NOTHING = 0, /* the bytes end within a packet */
    MQTT_CONNECT = 1,
    MQTT_CONNACK = 2,
    MQTT_PUBLISH = 3,
    MQTT_PUBACK = 4,
    MQTT_SUBSCRIBE = 8,
    MQTT_SUBACK = 9,
    MQTT_PINGREQ = 12,
    MQTT_PINGRESP = 13,
    MQTT_DISCONNECT = 14,
    MQTT_BROKEN = 16 /* no packet of a broker, or one of QoS 2: the connection is of no use */
} mqtt_type_t;

/* Not terminated. */
typedef struct mqtt_text {
    const char *bytes;
    size_t length;
} mqtt_text_t;

/* ------------------------------------------------------------------------- reading */

/* A packet of the broker. Texts are valid until the next call. */
typedef struct mqtt_heard {
    mqtt_type_t type;
    uint8_t code;         /* of CONNACK (0: accepted) and SUBACK (0..2 or MQTT_REFUSED) */
    bool session_present; /* of CONNACK */
    uint8_t qos;          /* of PUBLISH: 0 or 1 */
    uint16_t id;          /* of PUBLISH with QoS 1, PUBACK, SUBACK */
    mqtt_text_t topic;
    mqtt_text_t payload; /* as much of it as is kept */
    uint32_t cut;        /* bytes of the payload that are not */
} mqtt_heard_t;

/* Zeroed at the start of every connection. Members are private. */
typedef struct mqtt_reader {
    uint32_t length; /* of what follows the fixed header (MQTT 3.1.1, 2.2.3) */
    uint32_t got;
    uint8_t first; /* type and flags */
    uint8_t stage;
    uint8_t shift;
    uint8_t body[MQTT_KEPT];
} mqtt_reader_t;

/* Reads up to the end of the next packet, and returns the number of bytes that took: all of
 * them where the type is MQTT_NOTHING or MQTT_BROKEN. */
size_t mqtt_read(mqtt_reader_t *reader, const uint8_t *bytes, size_t length, mqtt_heard_t *heard);

/* ------------------------------------------------------------------------- writing */

/* A packet to send; of length 0 if it did not fit. */
typedef struct mqtt_said {
    size_t length;
    uint8_t bytes[MQTT_LONGEST];
} mqtt_said_t;

/* Strings are UTF-8. NULL: not given. */
typedef struct mqtt_connect {
    const char *id;
    const char *user;
    const char *password; /* only with a user */
    const char *will_topic;
    const char *will; /* with will_topic */
    uint8_t will_qos;
    bool clean;          /* false: the broker remembers us (MQTT 3.1.1, 3.1.2.4) */
    uint16_t keep_alive; /* seconds */
} mqtt_connect_t;

void mqtt_write_connect(mqtt_said_t *said, const mqtt_connect_t *connect);

/* QoS 0 has no id, and never is a duplicate. */
void mqtt_write_publish(mqtt_said_t *said, const char *topic, mqtt_text_t payload, uint8_t qos,
                        uint16_t id, bool again);
void mqtt_write_puback(mqtt_said_t *said, uint16_t id);
void mqtt_write_subscribe(mqtt_said_t *said, const char *filter, uint8_t qos, uint16_t id);
void mqtt_write_pingreq(mqtt_said_t *said);
void mqtt_write_disconnect(mqtt_said_t *said);

#endif
