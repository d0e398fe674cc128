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
    SEMICOLON,
    EQUALS,
    QUOTE,
    QUOTED,
    BACKSLASH,
    EXTENSION,
    EXTENSION_BLANK,
    PARAMETER,
    PARAMETER_BLANK,
    VALUE,
    DONE /* a value, and blanks or its closing quote */
};

static const wss_step_t steps[] = {
    {COMMA, WSS_FITS_TOKEN, EXTENSION},
    {COMMA, ' ', COMMA},
    {COMMA, ',', COMMA},
    {EXTENSION, WSS_FITS_TOKEN, EXTENSION},
    {EXTENSION, ' ', EXTENSION_BLANK},
    {EXTENSION, ',', COMMA},
    {EXTENSION, ';', SEMICOLON},
    {EXTENSION_BLANK, ' ', EXTENSION_BLANK},
    {EXTENSION_BLANK, ',', COMMA},
    {EXTENSION_BLANK, ';', SEMICOLON},
    {SEMICOLON, WSS_FITS_TOKEN, PARAMETER},
    {SEMICOLON, ' ', SEMICOLON},
    {PARAMETER, WSS_FITS_TOKEN, PARAMETER},
    {PARAMETER, ' ', PARAMETER_BLANK},
    {PARAMETER, ',', COMMA},
    {PARAMETER, ';', SEMICOLON},
    {PARAMETER, '=', EQUALS},
    {PARAMETER_BLANK, ' ', PARAMETER_BLANK},
    {PARAMETER_BLANK, ',', COMMA},
    {PARAMETER_BLANK, ';', SEMICOLON},
    {PARAMETER_BLANK, '=', EQUALS},
    {EQUALS, WSS_FITS_TOKEN, VALUE},
    {EQUALS, ' ', EQUALS},
    {EQUALS, '"', QUOTE},
    {VALUE, WSS_FITS_TOKEN, VALUE},
    {VALUE, ' ', DONE},
    {VALUE, ',', COMMA},
    {VALUE, ';', SEMICOLON},
    {QUOTE, WSS_FITS_TOKEN, QUOTED},
    {QUOTE, '\\', BACKSLASH},
    {QUOTED, WSS_FITS_TOKEN, QUOTED},
    {QUOTED, '"', DONE},
    {QUOTED, '\\', BACKSLASH},
    {BACKSLASH, WSS_FITS_TOKEN, QUOTED},
    {DONE, ' ', DONE},
    {DONE, ',', COMMA},
    {DONE, ';', SEMICOLON},
    {WSS_STEP_MALFORMED, 0, WSS_STEP_MALFORMED},
};

void wss_extensions_read(wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    const uint8_t *end = bytes + length;
    for (const uint8_t *p = bytes; p != end; p++) {
        h->step = wss_step_after(steps, h->step, *p);
#if !WSS_CFG_SMALL
        if (wss_char_is(*p, WSS_CHAR_TOKEN))
            p = wss_skip_class(p, end, WSS_CHAR_TOKEN) - 1;
#endif
    }
}
#endif
