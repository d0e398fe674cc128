/* SPDX-License-Identifier: MIT */
/*
 * Checks the syntax of Sec-WebSocket-Extensions in pieces: the offers themselves are
 * not looked at, as none is accepted. A quoted value has to be a token once it is
 * unquoted (RFC 6455, 9.1).
 */
#include "wss_handshake.h"

#if WSS_CFG_SERVER

/* wss_handshake_t.step: what has been read last; a value begins as after a comma. */
enum {
    COMMA,
    EXTENSION,
    EXTENSION_BLANK,
    SEMICOLON,
    PARAMETER,
    PARAMETER_BLANK,
    EQUALS,
    VALUE,
    QUOTE,
    QUOTED,
    BACKSLASH,
    DONE, /* a value, and blanks or its closing quote */
    BAD,
    STEPS
};

/* What a character is. */
enum {
    TOKEN_CHAR,
    BLANK,
    COMMA_CHAR,
    SEMICOLON_CHAR,
    EQUALS_CHAR,
    QUOTE_CHAR,
    BACKSLASH_CHAR,
    OTHER,
    KINDS
};

/* clang-format off */
static const uint8_t next_step[STEPS][KINDS] = {
    /*                   token      blank            ,      ;          =       "       \          other */
    [COMMA]           = {EXTENSION, COMMA,           COMMA, BAD,       BAD,    BAD,    BAD,       BAD},
    [EXTENSION]       = {EXTENSION, EXTENSION_BLANK, COMMA, SEMICOLON, BAD,    BAD,    BAD,       BAD},
    [EXTENSION_BLANK] = {BAD,       EXTENSION_BLANK, COMMA, SEMICOLON, BAD,    BAD,    BAD,       BAD},
    [SEMICOLON]       = {PARAMETER, SEMICOLON,       BAD,   BAD,       BAD,    BAD,    BAD,       BAD},
    [PARAMETER]       = {PARAMETER, PARAMETER_BLANK, COMMA, SEMICOLON, EQUALS, BAD,    BAD,       BAD},
    [PARAMETER_BLANK] = {BAD,       PARAMETER_BLANK, COMMA, SEMICOLON, EQUALS, BAD,    BAD,       BAD},
    [EQUALS]          = {VALUE,     EQUALS,          BAD,   BAD,       BAD,    QUOTE,  BAD,       BAD},
    [VALUE]           = {VALUE,     DONE,            COMMA, SEMICOLON, BAD,    BAD,    BAD,       BAD},
    [QUOTE]           = {QUOTED,    BAD,             BAD,   BAD,       BAD,    BAD,    BACKSLASH, BAD},
    [QUOTED]          = {QUOTED,    BAD,             BAD,   BAD,       BAD,    DONE,   BACKSLASH, BAD},
    [BACKSLASH]       = {QUOTED,    BAD,             BAD,   BAD,       BAD,    BAD,    BAD,       BAD},
    [DONE]            = {BAD,       DONE,            COMMA, SEMICOLON, BAD,    BAD,    BAD,       BAD},
    [BAD]             = {BAD,       BAD,             BAD,   BAD,       BAD,    BAD,    BAD,       BAD},
};
/* clang-format on */

static unsigned kind_of(uint8_t c)
{
    switch (c) {
    case ' ': return BLANK;
    case ',': return COMMA_CHAR;
    case ';': return SEMICOLON_CHAR;
    case '=': return EQUALS_CHAR;
    case '"': return QUOTE_CHAR;
    case '\\': return BACKSLASH_CHAR;
    default: return wss_char_is(c, WSS_CHAR_TOKEN) ? TOKEN_CHAR : OTHER;
    }
}

void wss_extensions_read(wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    const uint8_t *end = bytes + length;
    for (const uint8_t *p = bytes; p != end; p++) {
        h->step = next_step[h->step][kind_of(*p)];
        if (wss_char_is(*p, WSS_CHAR_TOKEN))
            p = wss_skip_class(p, end, WSS_CHAR_TOKEN) - 1;
    }
}

bool wss_extensions_end(const wss_handshake_t *h)
{
    switch (h->step) {
    case COMMA:
    case EXTENSION:
    case EXTENSION_BLANK:
    case PARAMETER:
    case PARAMETER_BLANK:
    case VALUE:
    case DONE: return true;
    default: return false;
    }
}
#endif
