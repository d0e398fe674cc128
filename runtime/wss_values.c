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
    FORBIDDEN, /* nothing */
    AUTHORITY,
    OPTIONS,   /* a list in which only the known words matter */
    PROTOCOLS, /* a list of tokens */
    EXTENSIONS,
    WORD, /* one of the known ones */
    KEY,
    ZEROS
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

static const rule_t *rule_of(const wss_handshake_t *h)
{
    return &rules[h->field];
}

static void reject(wss_handshake_t *h)
{
    const rule_t *rule = rule_of(h);
    wss_rejection_t rejection = (wss_rejection_t)rule->rejection;
    if (rule->upgrade)
        wss_shake_reject_upgrade(h, rejection);
    else
        wss_shake_reject(h, rejection);
}

/* The words that a value, or an element of its list, may be. */
static wss_words_t words_of(const wss_conn_t *conn, unsigned field)
{
    const wss_config_t *config = conn->loop->config;
    wss_words_t words = {&wss_head_words[WSS_HEAD_UPGRADE], 1, true};
    if (field == WSS_FIELD_UPGRADE)
        words.words = &wss_head_words[WSS_HEAD_WEBSOCKET];
    else if (field == WSS_FIELD_SEC_WEBSOCKET_VERSION)
        words.words = &wss_head_words[WSS_HEAD_VERSION];
    else if (field == WSS_FIELD_ORIGIN)
        words = (wss_words_t){config->origins, config->origin_count, true};
    else if (field == WSS_FIELD_SEC_WEBSOCKET_PROTOCOL)
        words = (wss_words_t){config->protocols, config->protocol_count, false};
    return words;
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
        reject(h);
    h->seen = (uint16_t)(h->seen | bit);
    wss_shake_begin(h);
}

static void read_key(wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    if (h->position + length > WSS_KEY_LENGTH)
        reject(h);
    else
        memcpy(h->key + h->position, bytes, length);
    h->position = (uint16_t)(h->position + length);
}

/* No body: nothing but zeros (RFC 9110, 8.6). */
static void read_zeros(wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++)
        if (bytes[i] != '0')
            reject(h);
    h->position = 1;
}

static void read_list(wss_handshake_t *h, const wss_words_t *words, const uint8_t *bytes,
                      uint32_t length)
{
    uint32_t found = wss_tokens_read(h, words, bytes, length);
    if (h->field == WSS_FIELD_SEC_WEBSOCKET_PROTOCOL)
        h->protocols |= found;
    else if (found != 0)
        h->flags |= h->field == WSS_FIELD_UPGRADE ? WSS_SHAKE_UPGRADE : WSS_SHAKE_CONNECTION;
}

/* A list of words, or one: where there are none to compare it with, any will do. */
static void read_words(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    wss_handshake_t *h = &conn->u.handshake;
    const wss_words_t words = words_of(conn, h->field);
    if (rule_of(h)->syntax != WORD)
        read_list(h, &words, bytes, length);
    else if (words.words != NULL)
        wss_words_read(h, &words, bytes, length);
}

void wss_value_read(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    wss_handshake_t *h = &conn->u.handshake;
    switch (rule_of(h)->syntax) {
    case AUTHORITY: wss_authority_read(h, bytes, length); break;
    case OPTIONS:
    case PROTOCOLS:
    case WORD: read_words(conn, bytes, length); break;
    case EXTENSIONS: wss_extensions_read(h, bytes, length); break;
    case KEY: read_key(h, bytes, length); break;
    case ZEROS: read_zeros(h, bytes, length); break;
    default: break;
    }
}

static bool is_key(const wss_conn_t *conn, const wss_handshake_t *h)
{
    const wss_crypto_t *crypto = conn->loop->config->crypto;
    return h->position == WSS_KEY_LENGTH && crypto->valid_key(crypto->context, h->key);
}

/* Ends a value: a list with a comma more, a word with its NUL. Returns whether it is what its field
 * asks for. */
static bool end_value(wss_conn_t *conn, wss_handshake_t *h)
{
    static const uint8_t comma[] = {','};
    static const uint8_t end[] = {'\0'};
    switch (rule_of(h)->syntax) {
    case AUTHORITY: return wss_authority_end(h);
    case OPTIONS: wss_value_read(conn, comma, 1); return true;
    case PROTOCOLS:
    case EXTENSIONS: wss_value_read(conn, comma, 1); return h->step == 0;
    case WORD: wss_value_read(conn, end, 1); return h->word_match != 0;
    case KEY: return is_key(conn, h);
    case ZEROS: return h->position > 0;
    default: return false;
    }
}

void wss_value_end(wss_conn_t *conn)
{
    wss_handshake_t *h = &conn->u.handshake;
    if (!end_value(conn, h))
        reject(h);
}
#endif
