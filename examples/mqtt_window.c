/* SPDX-License-Identifier: MIT */
/* A ring. Identifiers go up by one, so that none is used twice in it. */
#include "mqtt_window.h"

#include <string.h>

static mqtt_message_t *at(mqtt_window_t *window, uint32_t place)
{
    return &window->ring[(window->first + place) % MQTT_WINDOW];
}

bool mqtt_window_put(mqtt_window_t *window, const char *payload, size_t length)
{
    mqtt_message_t *message = at(window, window->count);
    if (window->count == MQTT_WINDOW || length > MQTT_PAYLOAD)
        return false;
    window->last_id = (uint16_t)(window->last_id % MQTT_LAST_ID + 1);
    *message = (mqtt_message_t){.id = window->last_id, .length = (uint8_t)length};
    memcpy(message->payload, payload, length);
    window->count++;
    return true;
}

const mqtt_message_t *mqtt_window_next(mqtt_window_t *window)
{
    while (window->sent < window->count && at(window, window->sent)->acknowledged)
        window->sent++;
    return window->sent < window->count ? at(window, window->sent) : NULL;
}

void mqtt_window_sent(mqtt_window_t *window)
{
    at(window, window->sent)->again = true;
    window->sent++;
}

static void drop_acknowledged(mqtt_window_t *window)
{
    while (window->sent > 0 && at(window, 0)->acknowledged) {
        window->first = (window->first + 1) % MQTT_WINDOW;
        window->count--;
        window->sent--;
    }
}

const mqtt_message_t *mqtt_window_acknowledge(mqtt_window_t *window, uint16_t id)
{
    for (uint32_t place = 0; place < window->sent; place++) {
        mqtt_message_t *message = at(window, place);
        if (message->id != id || message->acknowledged)
            continue;
        message->acknowledged = true;
        drop_acknowledged(window);
        return message;
    }
    return NULL;
}

void mqtt_window_rewind(mqtt_window_t *window)
{
    window->sent = 0;
}
