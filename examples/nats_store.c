/* SPDX-License-Identifier: MIT */
/*
 * An answer is told by the end of its subject: "c" of creating, "p17" of message 17, "r42"
 * of reading from position 42. Those that come late, or twice, do no harm.
 */
#include "nats_store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The stream recognises a message that comes again for so long: two minutes. */
#define DUPLICATE_WINDOW "120000000000"

/* ------------------------------------------------------------------------- requests */

static bool is_due(uint32_t due, uint32_t now)
{
    return (int32_t)(now - due) >= 0;
}

/* Room for one request; `send` copies it. */
static char request[NATS_REQUEST];

static bool send_request(const nats_store_t *store, int length)
{
    return length > 0 && (size_t)length < sizeof request &&
           store->config->send(request, (size_t)length);
}

static bool ask_to_create(const nats_store_t *store)
{
    const nats_store_config_t *config = store->config;
    char body[256];
    int length = snprintf(body, sizeof body,
                          "{\"name\":\"%s\",\"subjects\":[\"%s.*\"],\"num_replicas\":%u,"
                          "\"duplicate_window\":" DUPLICATE_WINDOW "}",
                          config->stream, config->stream, config->replicas);
    length = snprintf(request, sizeof request, "PUB $JS.API.STREAM.CREATE.%s %s.c %d\r\n%s\r\n",
                      config->stream, config->inbox, length, body);
    return send_request(store, length);
}

static bool publish(const nats_store_t *store, uint32_t number)
{
    const nats_store_config_t *config = store->config;
    char header[128], text[32];
    int header_length = snprintf(header, sizeof header, "NATS/1.0\r\nNats-Msg-Id: %s-%u\r\n\r\n",
                                 config->name, (unsigned)number);
    int length = header_length + snprintf(text, sizeof text, "message %u", (unsigned)number);
    length = snprintf(request, sizeof request, "HPUB %s.%s %s.p%u %d %d\r\n%s%s\r\n",
                      config->stream, config->name, config->inbox, (unsigned)number, header_length,
                      length, header, text);
    return send_request(store, length);
}

/* Asks the stream's leader, which lacks nothing that was acknowledged, for the first message
 * of this client at the position or after it. */
static bool ask_to_read(const nats_store_t *store)
{
    const nats_store_config_t *config = store->config;
    char body[192];
    int length = snprintf(body, sizeof body, "{\"seq\":%" PRIu64 ",\"next_by_subj\":\"%s.%s\"}",
                          store->position, config->stream, config->name);
    length = snprintf(request, sizeof request,
                      "PUB $JS.API.STREAM.MSG.GET.%s %s.r%" PRIu64 " %d\r\n%s\r\n", config->stream,
                      config->inbox, store->position, length, body);
    return send_request(store, length);
}

static void fill_window(nats_store_t *store, uint32_t now)
{
    for (unsigned i = 0; i < NATS_WINDOW && store->begun < store->config->count; i++)
        if (store->window[i].number == 0)
            store->window[i] = (nats_publication_t){++store->begun, now};
}

static void ask_window(nats_store_t *store, uint32_t now)
{
    fill_window(store, now);
    for (unsigned i = 0; i < NATS_WINDOW; i++) {
        nats_publication_t *publication = &store->window[i];
        if (publication->number == 0 || !is_due(publication->due, now))
            continue;
        if (!publish(store, publication->number))
            return;
        publication->due = now + NATS_ANSWER_MS;
    }
}

void nats_store_ask(nats_store_t *store, uint32_t now)
{
    bool creating = store->phase == NATS_CREATING;
    if (store->phase == NATS_PUBLISHING)
        ask_window(store, now);
    else if ((creating || store->phase == NATS_READING) && is_due(store->due, now))
        if (creating ? ask_to_create(store) : ask_to_read(store))
            store->due = now + NATS_ANSWER_MS;
}

/* -------------------------------------------------------------------------- answers */

/* The number after `label`, or 0. JetStream numbers from 1. */
static uint64_t number_after(const char *text, const char *label)
{
    const char *found = strstr(text, label);
    return found != NULL ? strtoull(found + strlen(label), NULL, 10) : 0;
}

static unsigned base64_value(char digit)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = digit != '\0' ? strchr(digits, digit) : NULL;
    return found != NULL ? (unsigned)(found - digits) : 64;
}

/* The payload in an answer to reading, terminated and cut to what is there for it. */
static void decode_payload(const char *text, char *payload, size_t capacity)
{
    static const char label[] = "\"data\":\"";
    const char *found = strstr(text, label);
    const char *digit = found != NULL ? found + strlen(label) : "";
    unsigned bits = 0, count = 0;
    size_t length = 0;
    for (; base64_value(*digit) < 64 && length + 1 < capacity; digit++) {
        bits = bits << 6 | base64_value(*digit);
        count += 6;
        if (count < 8)
            continue;
        count -= 8;
        payload[length++] = (char)(bits >> count & 0xff);
    }
    payload[length] = '\0';
}

static void complain(const char *what, const nats_said_t *said)
{
    bool has_text = said->text[0] != '\0';
    int length = (int)strcspn(said->header, "\r");
    if (has_text)
        fprintf(stderr, "nats_client: %s: %s\n", what, said->text);
    else
        fprintf(stderr, "nats_client: %s: %.*s\n", what, length, said->header);
}

static void enter(nats_store_t *store, nats_phase_t phase, uint32_t now)
{
    store->phase = phase;
    store->due = now;
}

/* An error may pass: a cluster that lacks a server has no place for three replicas. */
static void take_created(nats_store_t *store, const nats_said_t *said, uint32_t now)
{
    if (store->phase != NATS_CREATING)
        return;
    if (strstr(said->text, "\"config\":") == NULL) {
        complain("the stream is not created", said);
        store->due = now + NATS_RETRY_MS;
        return;
    }
    printf("created %s\n", store->config->stream);
    store->progress = now;
    enter(store, NATS_PUBLISHING, now);
}

static void note_position(nats_store_t *store, uint64_t position)
{
    if (store->first == 0 || position < store->first)
        store->first = position;
    if (position > store->last)
        store->last = position;
}

static void take_acknowledged(nats_store_t *store, nats_publication_t *publication,
                              const nats_said_t *said, uint32_t now)
{
    uint64_t position = number_after(said->text, "\"seq\":");
    if (position == 0) {
        complain("a message is not stored", said);
        publication->due = now + NATS_RETRY_MS;
        return;
    }
    printf("acknowledged %u at %" PRIu64 "\n", (unsigned)publication->number, position);
    note_position(store, position);
    store->progress = now;
    publication->number = 0;
    if (++store->acknowledged < store->config->count)
        return;
    store->position = store->first;
    enter(store, NATS_READING, now);
}

static void take_publication(nats_store_t *store, uint64_t number, const nats_said_t *said,
                             uint32_t now)
{
    for (unsigned i = 0; i < NATS_WINDOW; i++) {
        if (number != 0 && store->window[i].number == number) {
            take_acknowledged(store, &store->window[i], said, now);
            return;
        }
    }
}

/* An older run may have left other messages between ours. */
static void note_message(nats_store_t *store, const char *text)
{
    uint64_t number = number_after(text, "message ");
    if (number == 0 || number > store->config->count)
        return;
    uint8_t bit = (uint8_t)(1u << number % 8);
    uint8_t *seen = &store->seen[number / 8];
    store->repeated = store->repeated || (*seen & bit) != 0;
    store->read += (*seen & bit) == 0;
    *seen |= bit;
}

static nats_phase_t verdict(const nats_store_t *store)
{
    bool each_once = store->read == store->config->count && !store->repeated;
    return each_once ? NATS_COMPLETE : NATS_INCOMPLETE;
}

static void take_message(nats_store_t *store, const nats_said_t *said, uint32_t now)
{
    char payload[32];
    uint64_t position = number_after(said->text, "\"seq\":");
    if (position < store->position) {
        complain("a message is not read", said);
        store->due = now + NATS_RETRY_MS;
        return;
    }
    decode_payload(said->text, payload, sizeof payload);
    printf("read %" PRIu64 ": %s\n", position, payload);
    note_message(store, payload);
    store->progress = now;
    store->position = position + 1;
    enter(store, position < store->last ? NATS_READING : verdict(store), now);
}

void nats_store_answer(nats_store_t *store, const nats_said_t *said, uint32_t now)
{
    const char *end = strrchr(said->subject, '.');
    if (end == NULL)
        return;
    uint64_t number = strtoull(end + 2, NULL, 10);
    if (end[1] == 'c')
        take_created(store, said, now);
    else if (end[1] == 'p')
        take_publication(store, number, said, now);
    else if (end[1] == 'r' && store->phase == NATS_READING && number == store->position)
        take_message(store, said, now);
}

/* ------------------------------------------------------------------------ beginning */

void nats_store_begin(nats_store_t *store, const nats_store_config_t *config, uint32_t now)
{
    memset(store, 0, sizeof *store);
    store->config = config;
    store->progress = now;
    enter(store, NATS_CREATING, now);
}

void nats_store_renew(nats_store_t *store, uint32_t now)
{
    store->due = now;
    for (unsigned i = 0; i < NATS_WINDOW; i++)
        store->window[i].due = now;
}
