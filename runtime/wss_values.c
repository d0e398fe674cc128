/* SPDX-License-Identifier: MIT */
/*
 * The values of the fields that count in a request (RFC 6455, 4.2.1): what each may be
 * and which rejection it brings. Each syntax has a room of its own.
 */
#include "wss_head.h"

#if WSS_CFG_SERVER

_Static_assert(WSS_FIELD_COUNT <= 16, "wss_handshake_t.seen has a bit for each field");

static const char *const version_words[] = {"13"};

static const wss_words_t versions = {version_words, 1, false};

static wss_words_t protocols_of(const wss_conn_t *conn)
{
    const wss_config_t *config = conn->loop->config;
    return (wss_words_t){config->protocols, config->protocol_count, false};
}

static wss_words_t origins_of(const wss_conn_t *conn)
{
    const wss_config_t *config = conn->loop->config;
    return (wss_words_t){config->origins, config->origin_count, true};
}

/* A field that may come only once comes again. */
static void repeated(wss_handshake_t *h)
{
    switch (h->field) {
    case WSS_FIELD_HOST: wss_shake_reject(h, WSS_REJECT_HOST_INVALID); break;
    case WSS_FIELD_CONTENT_LENGTH: wss_shake_reject(h, WSS_REJECT_BODY_PRESENT); break;
    case WSS_FIELD_SEC_WEBSOCKET_KEY: wss_shake_reject_upgrade(h, WSS_REJECT_KEY_INVALID); break;
    case WSS_FIELD_SEC_WEBSOCKET_VERSION:
        wss_shake_reject_upgrade(h, WSS_REJECT_VERSION_INVALID);
        break;
    default: break;
    }
}

static void begin_words(wss_handshake_t *h, const wss_words_t *set)
{
    h->word_match = wss_words_all(set);
    h->position = 0;
}

static void begin_value(wss_conn_t *conn, wss_handshake_t *h)
{
    const wss_words_t protocols = protocols_of(conn);
    const wss_words_t origins = origins_of(conn);
    h->position = 0;
    switch (h->field) {
    case WSS_FIELD_HOST: wss_authority_begin(h); break;
    case WSS_FIELD_CONNECTION: wss_tokens_begin(h, &wss_words_upgrade); break;
    case WSS_FIELD_UPGRADE: wss_tokens_begin(h, &wss_words_websocket); break;
    case WSS_FIELD_SEC_WEBSOCKET_PROTOCOL: wss_tokens_begin(h, &protocols); break;
    case WSS_FIELD_SEC_WEBSOCKET_EXTENSIONS: wss_extensions_begin(h); break;
    case WSS_FIELD_SEC_WEBSOCKET_VERSION: begin_words(h, &versions); break;
    case WSS_FIELD_ORIGIN: begin_words(h, &origins); break;
    default: break;
    }
}

void wss_value_begin(wss_conn_t *conn)
{
    wss_handshake_t *h = &conn->u.handshake;
    wss_field_end(h);
    uint32_t bit = (uint32_t)1 << h->field;
    if ((bit & WSS_FIELDS_REQUEST) == 0) {
        h->field = WSS_FIELD_UNKNOWN;
        return;
    }
    if ((h->seen & bit) != 0)
        repeated(h);
    h->seen = (uint16_t)(h->seen | bit);
    begin_value(conn, h);
}

static void read_words(wss_handshake_t *h, const wss_words_t *set, const uint8_t *bytes,
                       uint32_t length)
{
    h->word_match = wss_words_match(set, h->word_match, h->position, bytes, length);
    h->position = (uint16_t)(h->position + length);
}

static void read_key(wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    if (length > (uint32_t)(WSS_KEY_LENGTH - h->key_length)) {
        wss_shake_reject_upgrade(h, WSS_REJECT_KEY_INVALID);
        return;
    }
    memcpy(h->key + h->key_length, bytes, length);
    h->key_length = (uint8_t)(h->key_length + length);
}

/* No body: nothing but zeros (RFC 9110, 8.6). */
static void read_content_length(wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++)
        if (bytes[i] != '0')
            wss_shake_reject(h, WSS_REJECT_BODY_PRESENT);
    h->position = (uint16_t)(h->position + length);
}

/* Adds what a piece of a token list, or its end, has brought to light. */
static void found_token(wss_handshake_t *h, uint32_t found)
{
    if (h->field == WSS_FIELD_SEC_WEBSOCKET_PROTOCOL)
        h->protocols |= found;
    else if (found != 0)
        h->flags |= h->field == WSS_FIELD_UPGRADE ? WSS_SHAKE_UPGRADE : WSS_SHAKE_CONNECTION;
}

void wss_value_read(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    wss_handshake_t *h = &conn->u.handshake;
    const wss_words_t protocols = protocols_of(conn);
    const wss_words_t origins = origins_of(conn);
    switch (h->field) {
    case WSS_FIELD_HOST: wss_authority_read(h, bytes, length); break;
    case WSS_FIELD_CONNECTION:
        found_token(h, wss_tokens_read(h, &wss_words_upgrade, bytes, length));
        break;
    case WSS_FIELD_UPGRADE:
        found_token(h, wss_tokens_read(h, &wss_words_websocket, bytes, length));
        break;
    case WSS_FIELD_SEC_WEBSOCKET_PROTOCOL:
        found_token(h, wss_tokens_read(h, &protocols, bytes, length));
        break;
    case WSS_FIELD_SEC_WEBSOCKET_EXTENSIONS: wss_extensions_read(h, bytes, length); break;
    case WSS_FIELD_SEC_WEBSOCKET_VERSION: read_words(h, &versions, bytes, length); break;
    case WSS_FIELD_SEC_WEBSOCKET_KEY: read_key(h, bytes, length); break;
    case WSS_FIELD_ORIGIN: read_words(h, &origins, bytes, length); break;
    case WSS_FIELD_CONTENT_LENGTH: read_content_length(h, bytes, length); break;
    default: break;
    }
}

static void end_protocols(wss_conn_t *conn, wss_handshake_t *h)
{
    const wss_words_t protocols = protocols_of(conn);
    found_token(h, wss_tokens_end(h, &protocols));
    if (wss_tokens_malformed(h))
        wss_shake_reject_upgrade(h, WSS_REJECT_PROTOCOL_MALFORMED);
}

static void end_origin(wss_conn_t *conn, wss_handshake_t *h)
{
    const wss_words_t origins = origins_of(conn);
    if (origins.words != NULL && wss_words_ended(&origins, h->word_match, h->position) == 0)
        wss_shake_reject_upgrade(h, WSS_REJECT_ORIGIN_FORBIDDEN);
}

static void end_key(wss_conn_t *conn, wss_handshake_t *h)
{
    const wss_crypto_t *crypto = conn->loop->config->crypto;
    if (h->key_length != WSS_KEY_LENGTH || !crypto->valid_key(crypto->context, h->key))
        wss_shake_reject_upgrade(h, WSS_REJECT_KEY_INVALID);
}

void wss_value_end(wss_conn_t *conn)
{
    wss_handshake_t *h = &conn->u.handshake;
    switch (h->field) {
    case WSS_FIELD_HOST:
        if (!wss_authority_end(h))
            wss_shake_reject(h, WSS_REJECT_HOST_INVALID);
        break;
    case WSS_FIELD_CONNECTION: found_token(h, wss_tokens_end(h, &wss_words_upgrade)); break;
    case WSS_FIELD_UPGRADE: found_token(h, wss_tokens_end(h, &wss_words_websocket)); break;
    case WSS_FIELD_SEC_WEBSOCKET_PROTOCOL: end_protocols(conn, h); break;
    case WSS_FIELD_SEC_WEBSOCKET_EXTENSIONS:
        if (!wss_extensions_end(h))
            wss_shake_reject_upgrade(h, WSS_REJECT_EXTENSIONS_MALFORMED);
        break;
    case WSS_FIELD_SEC_WEBSOCKET_VERSION:
        if (wss_words_ended(&versions, h->word_match, h->position) == 0)
            wss_shake_reject_upgrade(h, WSS_REJECT_VERSION_INVALID);
        break;
    case WSS_FIELD_SEC_WEBSOCKET_KEY: end_key(conn, h); break;
    case WSS_FIELD_ORIGIN: end_origin(conn, h); break;
    case WSS_FIELD_CONTENT_LENGTH:
        if (h->position == 0)
            wss_shake_reject(h, WSS_REJECT_BODY_PRESENT);
        break;
    case WSS_FIELD_TRANSFER_ENCODING: wss_shake_reject(h, WSS_REJECT_BODY_PRESENT); break;
    default: break;
    }
}
#endif
