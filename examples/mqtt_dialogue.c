/* SPDX-License-Identifier: MIT */
/* Speaking, hearing, and the clock of one connection after the other. */
#include "mqtt_dialogue.h"

#include <stdio.h>
#include <string.h>

/* ------------------------------------------------------------------------ speaking */

static bool say(mqtt_dialogue_t *dialogue, const mqtt_said_t *said, uint32_t now)
{
    if (!dialogue->config->send(said->bytes, said->length))
        return false;
    dialogue->link.spoke = now;
    return true;
}

static void ask(mqtt_dialogue_t *dialogue, const mqtt_said_t *said, uint32_t now)
{
    dialogue->link.asking = say(dialogue, said, now);
    dialogue->link.asked = now;
}

static bool subscribe(mqtt_dialogue_t *dialogue, uint32_t now)
{
    mqtt_said_t said;
    const mqtt_dialogue_config_t *config = dialogue->config;
    mqtt_write_subscribe(&said, config->subscribe, config->qos, MQTT_OTHER_ID);
    return say(dialogue, &said, now);
}

/* The messages are numbers; others would come from a sensor. */
static void produce(mqtt_dialogue_t *dialogue)
{
    char text[MQTT_PAYLOAD];
    const mqtt_dialogue_config_t *config = dialogue->config;
    while (config->publish != NULL && dialogue->begun < config->count) {
        int length = snprintf(text, sizeof text, "message %u", (unsigned)dialogue->begun + 1);
        if (!mqtt_window_put(&dialogue->window, text, (size_t)length))
            return;
        dialogue->begun++;
    }
}

static bool publish(mqtt_dialogue_t *dialogue, const mqtt_message_t *message, uint32_t now)
{
    mqtt_said_t said;
    const mqtt_text_t payload = {message->payload, message->length};
    uint8_t qos = dialogue->config->qos;
    mqtt_write_publish(&said, dialogue->config->publish, payload, qos, message->id, message->again);
    if (!say(dialogue, &said, now))
        return false;
    mqtt_window_sent(&dialogue->window);
    if (qos == 0 && mqtt_window_acknowledge(&dialogue->window, message->id) != NULL)
        dialogue->done++;
    return true;
}

static bool acknowledge(mqtt_dialogue_t *dialogue, uint32_t now)
{
    mqtt_said_t said;
    if (dialogue->link.owed == 0)
        return true;
    mqtt_write_puback(&said, dialogue->link.owed);
    if (!say(dialogue, &said, now))
        return false;
    dialogue->link.owed = 0;
    return true;
}

/* PINGREQ in time for the broker (MQTT 3.1.1, 3.1.2.10), and an answer in time for us. */
static void keep_alive(mqtt_dialogue_t *dialogue, uint32_t now)
{
    mqtt_said_t said;
    mqtt_link_t *link = &dialogue->link;
    uint32_t interval = dialogue->config->connect.keep_alive * 1000u;
    if (link->asking && now - link->asked >= interval) {
        link->trouble = "it does not answer";
    } else if (link->ready && !link->asking && now - link->spoke >= interval / 2) {
        mqtt_write_pingreq(&said);
        ask(dialogue, &said, now);
    }
}

/* ------------------------------------------------------------------------- hearing */

static void hear_connack(mqtt_dialogue_t *dialogue, const mqtt_heard_t *heard)
{
    static const char *const refusals[] = {
        NULL,
        "it does not take MQTT 3.1.1",
        "it does not take the client's identifier",
        "it cannot serve MQTT at present",
        "it does not take user and password",
        "it does not let the client connect",
    };
    mqtt_link_t *link = &dialogue->link;
    bool known = heard->code < sizeof refusals / sizeof refusals[0];
    link->asking = false;
    link->ready = heard->code == 0;
    link->trouble = known ? refusals[heard->code] : "it refuses";
    dialogue->subscribed = dialogue->subscribed && heard->session_present;
    link->subscribing = dialogue->subscribed || dialogue->config->subscribe == NULL;
    mqtt_window_rewind(&dialogue->window);
}

static void hear_suback(mqtt_dialogue_t *dialogue, const mqtt_heard_t *heard)
{
    dialogue->subscribed = heard->code != MQTT_REFUSED;
    if (dialogue->subscribed)
        printf("subscribed %s\n", dialogue->config->subscribe);
    else
        dialogue->link.trouble = "it refuses the subscription";
}

static void hear_puback(mqtt_dialogue_t *dialogue, const mqtt_heard_t *heard)
{
    const mqtt_message_t *message = mqtt_window_acknowledge(&dialogue->window, heard->id);
    if (message == NULL)
        return;
    dialogue->done++;
    printf("acknowledged %.*s\n", (int)message->length, message->payload);
}

static void hear_publish(mqtt_dialogue_t *dialogue, const mqtt_heard_t *heard)
{
    printf("received %.*s: %.*s", (int)heard->topic.length, heard->topic.bytes,
           (int)heard->payload.length, heard->payload.bytes);
    if (heard->cut > 0)
        printf(" and %u bytes more", (unsigned)heard->cut);
    putchar('\n');
    dialogue->link.owed = heard->id;
}

/* CONNACK comes first, and once (MQTT 3.1.1, 3.2). */
static void hear(mqtt_dialogue_t *dialogue, const mqtt_heard_t *heard)
{
    mqtt_link_t *link = &dialogue->link;
    bool unasked = heard->type == MQTT_SUBACK &&
                   (dialogue->config->subscribe == NULL || heard->id != MQTT_OTHER_ID);
    if (heard->type == MQTT_NOTHING)
        return;
    if (heard->type == MQTT_BROKEN || unasked || (heard->type == MQTT_CONNACK) == link->ready)
        link->trouble = "it breaks the rules of MQTT 3.1.1";
    else if (heard->type == MQTT_CONNACK)
        hear_connack(dialogue, heard);
    else if (heard->type == MQTT_SUBACK)
        hear_suback(dialogue, heard);
    else if (heard->type == MQTT_PUBACK)
        hear_puback(dialogue, heard);
    else if (heard->type == MQTT_PUBLISH)
        hear_publish(dialogue, heard);
    else
        link->asking = false; /* PINGRESP */
}

/* ------------------------------------------------------------------------- the API */

void mqtt_dialogue_begin(mqtt_dialogue_t *dialogue, const mqtt_dialogue_config_t *config)
{
    memset(dialogue, 0, sizeof *dialogue);
    dialogue->config = config;
}

void mqtt_dialogue_up(mqtt_dialogue_t *dialogue, uint32_t now)
{
    mqtt_said_t said;
    mqtt_write_connect(&said, &dialogue->config->connect);
    ask(dialogue, &said, now);
}

void mqtt_dialogue_down(mqtt_dialogue_t *dialogue)
{
    memset(&dialogue->link, 0, sizeof dialogue->link);
}

size_t mqtt_dialogue_hear(mqtt_dialogue_t *dialogue, const uint8_t *bytes, size_t length,
                          uint32_t now)
{
    mqtt_heard_t heard;
    size_t used = 0;
    while (acknowledge(dialogue, now)) {
        if (dialogue->link.trouble != NULL)
            used = length;
        if (used == length)
            return length;
        used += mqtt_read(&dialogue->link.reader, bytes + used, length - used, &heard);
        hear(dialogue, &heard);
    }
    return used;
}

void mqtt_dialogue_speak(mqtt_dialogue_t *dialogue, uint32_t now)
{
    const mqtt_message_t *message;
    mqtt_link_t *link = &dialogue->link;
    keep_alive(dialogue, now);
    if (!link->ready || link->trouble != NULL)
        return;
    if (!link->subscribing && !(link->subscribing = subscribe(dialogue, now)))
        return;
    do {
        produce(dialogue);
        message = mqtt_window_next(&dialogue->window);
    } while (message != NULL && publish(dialogue, message, now));
}

bool mqtt_dialogue_leave(mqtt_dialogue_t *dialogue)
{
    mqtt_said_t said;
    if (!dialogue->link.ready || dialogue->link.trouble != NULL)
        return true;
    mqtt_write_disconnect(&said);
    return dialogue->config->send(said.bytes, said.length);
}

bool mqtt_dialogue_complete(const mqtt_dialogue_t *dialogue)
{
    return dialogue->config->publish == NULL || dialogue->done == dialogue->config->count;
}
