/* SPDX-License-Identifier: MIT */
/* A fixed header of two to five bytes, then a body (MQTT 3.1.1, 2). */
#include "mqtt_packet.h"

#include <string.h>

/* ------------------------------------------------------------------------- reading */

enum { FIRST, LENGTH, BODY, BROKEN }; /* stages of the reader */
enum { CONTINUES = 0x80, MAX_SHIFT = 21 };

static uint16_t number_at(const uint8_t *bytes)
{
    return (uint16_t)(bytes[0] << 8 | bytes[1]);
}

static mqtt_type_t end_publish(const mqtt_reader_t *reader, mqtt_heard_t *heard)
{
    const uint8_t *body = reader->body;
    size_t kept = reader->got < MQTT_KEPT ? reader->got : MQTT_KEPT;
    size_t at = 2;
    heard->qos = reader->first >> 1 & 3;
    if (heard->qos > 1 || kept < at || kept < at + number_at(body) + (heard->qos > 0 ? 2 : 0))
        return MQTT_BROKEN;
    heard->topic = (mqtt_text_t){(const char *)body + at, number_at(body)};
    at += heard->topic.length;
    if (heard->qos > 0) {
        heard->id = number_at(body + at);
        at += 2;
    }
    heard->payload = (mqtt_text_t){(const char *)body + at, kept - at};
    heard->cut = reader->length - (uint32_t)kept;
    return heard->qos == 0 || heard->id != 0 ? MQTT_PUBLISH : MQTT_BROKEN;
}

/* The flags of all but PUBLISH are reserved (MQTT 3.1.1, 2.2.2). */
static mqtt_type_t end_packet(const mqtt_reader_t *reader, mqtt_heard_t *heard)
{
    const uint8_t *body = reader->body;
    mqtt_type_t type = (mqtt_type_t)(reader->first >> 4);
    if (type == MQTT_PUBLISH)
        return end_publish(reader, heard);
    if ((reader->first & 0x0F) != 0)
        return MQTT_BROKEN;
    if (type == MQTT_PINGRESP)
        return reader->length == 0 ? type : MQTT_BROKEN;
    if (type == MQTT_CONNACK && reader->length == 2 && body[0] <= 1) {
        heard->session_present = body[0] == 1;
        heard->code = body[1];
        return type;
    }
    if ((type == MQTT_PUBACK && reader->length == 2) ||
        (type == MQTT_SUBACK && reader->length == 3)) {
        heard->id = number_at(body);
        heard->code = type == MQTT_SUBACK ? body[2] : 0;
        return type;
    }
    return MQTT_BROKEN;
}

static mqtt_type_t end_length(mqtt_reader_t *reader, mqtt_heard_t *heard)
{
    reader->stage = reader->length > 0 ? BODY : FIRST;
    return reader->length > 0 ? MQTT_NOTHING : end_packet(reader, heard);
}

static mqtt_type_t read_byte(mqtt_reader_t *reader, uint8_t byte, mqtt_heard_t *heard)
{
    if (reader->stage == FIRST) {
        reader->first = byte;
        reader->length = reader->got = reader->shift = 0;
        reader->stage = LENGTH;
        return MQTT_NOTHING;
    }
    if (reader->stage == LENGTH) {
        reader->length |= (uint32_t)(byte & 0x7F) << reader->shift;
        if ((byte & CONTINUES) == 0)
            return end_length(reader, heard);
        if (reader->shift == MAX_SHIFT)
            return MQTT_BROKEN;
        reader->shift = (uint8_t)(reader->shift + 7);
        return MQTT_NOTHING;
    }
    if (reader->got < MQTT_KEPT)
        reader->body[reader->got] = byte;
    if (++reader->got < reader->length)
        return MQTT_NOTHING;
    reader->stage = FIRST;
    return end_packet(reader, heard);
}

size_t mqtt_read(mqtt_reader_t *reader, const uint8_t *bytes, size_t length, mqtt_heard_t *heard)
{
    size_t used = 0;
    *heard = (mqtt_heard_t){.type = reader->stage == BROKEN ? MQTT_BROKEN : MQTT_NOTHING};
    while (used < length && heard->type == MQTT_NOTHING)
        heard->type = read_byte(reader, bytes[used++], heard);
    if (heard->type != MQTT_BROKEN)
        return used;
    reader->stage = BROKEN;
    return length;
}

/* ------------------------------------------------------------------------- writing */

enum { HEAD = 3 }; /* room for a fixed header */

_Static_assert(MQTT_LONGEST < 1 << 14, "two bytes hold the length");

static void begin(mqtt_said_t *said)
{
    said->length = HEAD;
}

/* What does not fit makes the packet longer than its buffer; finish() drops it then. */
static void put(mqtt_said_t *said, const void *bytes, size_t length)
{
    if (said->length + length <= sizeof said->bytes)
        memcpy(said->bytes + said->length, bytes, length);
    said->length += length;
}

static void put_byte(mqtt_said_t *said, unsigned byte)
{
    put(said, &(uint8_t){(uint8_t)byte}, 1);
}

static void put_number(mqtt_said_t *said, size_t number)
{
    put_byte(said, (unsigned)(number >> 8 & 0xFF));
    put_byte(said, (unsigned)(number & 0xFF));
}

static void put_text(mqtt_said_t *said, const char *text)
{
    size_t length = strlen(text);
    put_number(said, length);
    put(said, text, length);
}

static void finish(mqtt_said_t *said, unsigned type, unsigned flags)
{
    size_t length = said->length - HEAD;
    size_t head = length < CONTINUES ? HEAD - 1 : HEAD;
    if (said->length > sizeof said->bytes) {
        said->length = 0;
        return;
    }
    memmove(said->bytes + head, said->bytes + HEAD, length);
    said->length = head + length;
    said->bytes[0] = (uint8_t)(type << 4 | flags);
    said->bytes[1] = (uint8_t)(head == HEAD ? (length & 0x7F) | CONTINUES : length);
    if (head == HEAD)
        said->bytes[2] = (uint8_t)(length >> 7);
}

void mqtt_write_connect(mqtt_said_t *said, const mqtt_connect_t *connect)
{
    bool user = connect->user != NULL, password = user && connect->password != NULL;
    bool will = connect->will_topic != NULL;
    begin(said);
    put_text(said, "MQTT");
    put_byte(said, 4);
    put_byte(said, (user ? 1u << 7 : 0) | (password ? 1u << 6 : 0) |
                       (will ? (unsigned)connect->will_qos << 3 | 1u << 2 : 0) |
                       (connect->clean ? 1u << 1 : 0));
    put_number(said, connect->keep_alive);
    put_text(said, connect->id);
    if (will) {
        put_text(said, connect->will_topic);
        put_text(said, connect->will != NULL ? connect->will : "");
    }
    if (user)
        put_text(said, connect->user);
    if (password)
        put_text(said, connect->password);
    finish(said, MQTT_CONNECT, 0);
}

void mqtt_write_publish(mqtt_said_t *said, const char *topic, mqtt_text_t payload, uint8_t qos,
                        uint16_t id, bool again)
{
    begin(said);
    put_text(said, topic);
    if (qos > 0)
        put_number(said, id);
    put(said, payload.bytes, payload.length);
    finish(said, MQTT_PUBLISH, (qos > 0 && again ? 1u << 3 : 0) | (unsigned)qos << 1);
}

void mqtt_write_puback(mqtt_said_t *said, uint16_t id)
{
    begin(said);
    put_number(said, id);
    finish(said, MQTT_PUBACK, 0);
}

void mqtt_write_subscribe(mqtt_said_t *said, const char *filter, uint8_t qos, uint16_t id)
{
    begin(said);
    put_number(said, id);
    put_text(said, filter);
    put_byte(said, qos);
    finish(said, MQTT_SUBSCRIBE, 2);
}

void mqtt_write_pingreq(mqtt_said_t *said)
{
    begin(said);
    finish(said, MQTT_PINGREQ, 0);
}

void mqtt_write_disconnect(mqtt_said_t *said)
{
    begin(said);
    finish(said, MQTT_DISCONNECT, 0);
}
