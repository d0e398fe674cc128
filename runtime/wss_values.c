/* SPDX-License-Identifier: MIT */
/*
 * The values of the fields that count in a request (RFC 6455, 4.2.1): what each may be
 * and which rejection it brings. Each syntax has a room of its own.
 */
#include "wss_head.h"

#if WSS_CFG_SERVER

_Static_assert(WSS_FIELD_COUNT <= 16, "wss_handshake_t.seen has a bit for each field");

/* What a value is made of. */
enum {
    ANYTHING,
    AUTHORITY,
    OPTIONS,   /* a list in which only the known words matter */
    PROTOCOLS, /* a list of tokens */
    EXTENSIONS,
    WORD, /* one of the known ones */
    KEY,
    ZEROS,
    FORBIDDEN
};

/* What a field asks of its value, and which rejection a bad one brings. */
typedef struct rule {
    uint8_t syntax;
    uint8_t rejection;
    bool upgrade; /* it matters in an upgrade request only */
    bool once;    /* a second field of the name is a fault */
} rule_t;

static const rule_t rules[WSS_FIELD_COUNT] = {
    [WSS_FIELD_HOST] = {AUTHORITY, WSS_REJECT_HOST_INVALID, false, true},
    [WSS_FIELD_CONTENT_LENGTH] = {ZEROS, WSS_REJECT_BODY_PRESENT, false, true},
    [WSS_FIELD_TRANSFER_ENCODING] = {FORBIDDEN, WSS_REJECT_BODY_PRESENT, false, false},
    [WSS_FIELD_CONNECTION] = {.syntax = OPTIONS},
    [WSS_FIELD_UPGRADE] = {.syntax = OPTIONS},
    [WSS_FIELD_ORIGIN] = {WORD, WSS_REJECT_ORIGIN_FORBIDDEN, true, false},
    [WSS_FIELD_SEC_WEBSOCKET_KEY] = {KEY, WSS_REJECT_KEY_INVALID, true, true},
    [WSS_FIELD_SEC_WEBSOCKET_VERSION] = {WORD, WSS_REJECT_VERSION_INVALID, true, true},
    [WSS_FIELD_SEC_WEBSOCKET_PROTOCOL] = {PROTOCOLS, WSS_REJECT_PROTOCOL_MALFORMED, true, false},
    [WSS_FIELD_SEC_WEBSOCKET_EXTENSIONS] = {EXTENSIONS, WSS_REJECT_EXTENSIONS_MALFORMED, true,
                                            false},
};

static void reject(wss_handshake_t *h, const rule_t *rule)
{
    wss_rejection_t rejection = (wss_rejection_t)rule->rejection;
    if (rule->upgrade)
        wss_shake_reject_upgrade(h, rejection);
    else
        wss_shake_reject(h, rejection);
}

/* The words that a value, or an element of its list, may be. */
static wss_words_t words_of(const wss_conn_t *conn, unsigned field)
{
    static const char *const version[] = {"13"};
    const wss_config_t *config = conn->loop->config;
    switch (field) {
    case WSS_FIELD_CONNECTION: return wss_words_upgrade;
    case WSS_FIELD_UPGRADE: return wss_words_websocket;
    case WSS_FIELD_ORIGIN: return (wss_words_t){config->origins, config->origin_count, true};
    case WSS_FIELD_SEC_WEBSOCKET_VERSION: return (wss_words_t){version, 1, false};
    default: return (wss_words_t){config->protocols, config->protocol_count, false};
    }
}

static const rule_t *rule_of(const wss_handshake_t *h)
{
    return &rules[h->field];
}

void wss_value_begin(wss_conn_t *conn)
{
    wss_handshake_t *h = &conn->u.handshake;
    uint32_t bit = (uint32_t)1 << h->field;
    if ((bit & WSS_FIELDS_REQUEST) == 0) {
        h->field = WSS_FIELD_UNKNOWN;
        return;
    }
    if ((h->seen & bit) != 0 && rule_of(h)->once)
        reject(h, rule_of(h));
    h->seen = (uint16_t)(h->seen | bit);
    wss_shake_begin(h);
}

static void read_word(wss_conn_t *conn, wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    const wss_words_t words = words_of(conn, h->field);
    wss_words_read(h, &words, bytes, length);
}

static bool is_word(const wss_conn_t *conn, const wss_handshake_t *h)
{
    const wss_words_t words = words_of(conn, h->field);
    return words.words == NULL || wss_words_found(h, &words) != 0;
}

static void read_key(wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    if (length > (uint32_t)(WSS_KEY_LENGTH - h->key_length)) {
        reject(h, rule_of(h));
        return;
    }
    memcpy(h->key + h->key_length, bytes, length);
    h->key_length = (uint8_t)(h->key_length + length);
}

/* No body: nothing but zeros (RFC 9110, 8.6). */
static void read_zeros(wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++)
        if (bytes[i] != '0')
            reject(h, rule_of(h));
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

static void read_list(wss_conn_t *conn, wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    const wss_words_t words = words_of(conn, h->field);
    found_token(h, wss_tokens_read(h, &words, bytes, length));
}

static void end_list(const wss_conn_t *conn, wss_handshake_t *h)
{
    const wss_words_t words = words_of(conn, h->field);
    found_token(h, wss_tokens_end(h, &words));
}

void wss_value_read(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    wss_handshake_t *h = &conn->u.handshake;
    switch (rule_of(h)->syntax) {
    case AUTHORITY: wss_authority_read(h, bytes, length); break;
    case OPTIONS:
    case PROTOCOLS: read_list(conn, h, bytes, length); break;
    case EXTENSIONS: wss_extensions_read(h, bytes, length); break;
    case WORD: read_word(conn, h, bytes, length); break;
    case KEY: read_key(h, bytes, length); break;
    case ZEROS: read_zeros(h, bytes, length); break;
    default: break;
    }
}

static bool is_key(const wss_conn_t *conn, const wss_handshake_t *h)
{
    const wss_crypto_t *crypto = conn->loop->config->crypto;
    return h->key_length == WSS_KEY_LENGTH && crypto->valid_key(crypto->context, h->key);
}

/* Whether the value that ends here is what its field asks for. */
static bool is_good(const wss_conn_t *conn, wss_handshake_t *h)
{
    switch (rule_of(h)->syntax) {
    case AUTHORITY: return wss_authority_end(h);
    case OPTIONS: end_list(conn, h); return true;
    case PROTOCOLS: end_list(conn, h); return !wss_tokens_malformed(h);
    case EXTENSIONS: return wss_extensions_end(h);
    case WORD: return is_word(conn, h);
    case KEY: return is_key(conn, h);
    case ZEROS: return h->position > 0;
    default: return rule_of(h)->syntax == ANYTHING;
    }
}

void wss_value_end(wss_conn_t *conn)
{
    wss_handshake_t *h = &conn->u.handshake;
    if (!is_good(conn, h))
        reject(h, rule_of(h));
}
#endif
