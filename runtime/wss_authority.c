/* SPDX-License-Identifier: MIT */
/*
 * Checks the authority of a Host field or of a target in absolute form, in pieces.
 * User information is refused (RFC 9110, 4.2.4).
 */
#include "wss_handshake.h"

/* wss_handshake_t.step */
enum { START, NAME, PERCENT, PERCENT_HEX, LITERAL_START, LITERAL, LITERAL_END, PORT, BAD };

void wss_authority_begin(wss_handshake_t *h)
{
    h->step = START;
    h->number = 0;
}

static uint8_t in_name(uint8_t c)
{
    if (c == ':')
        return PORT;
    if (c == '%')
        return PERCENT;
    return wss_char_is(c, WSS_CHAR_NAME) ? NAME : BAD;
}

static uint8_t in_literal(uint8_t step, uint8_t c)
{
    if (c == ']')
        return step == LITERAL ? LITERAL_END : BAD;
    return c == ':' || wss_char_is(c, WSS_CHAR_NAME) ? LITERAL : BAD;
}

/* A port has to fit 16 bits; leading zeros and an empty port are allowed. */
static uint8_t in_port(wss_handshake_t *h, uint8_t c)
{
    uint32_t number = h->number * (uint32_t)10 + (uint32_t)(c - '0');
    if (!wss_char_is(c, WSS_CHAR_DIGIT) || number > UINT16_MAX)
        return BAD;
    h->number = (uint16_t)number;
    return PORT;
}

static uint8_t next_step(wss_handshake_t *h, uint8_t c)
{
    switch (h->step) {
    case START: return c == '[' ? LITERAL_START : (uint8_t)(c == ':' ? BAD : in_name(c));
    case NAME: return in_name(c);
    case PERCENT: return wss_char_is(c, WSS_CHAR_HEX) ? PERCENT_HEX : BAD;
    case PERCENT_HEX: return wss_char_is(c, WSS_CHAR_HEX) ? NAME : BAD;
    case LITERAL_START:
    case LITERAL: return in_literal(h->step, c);
    case LITERAL_END: return c == ':' ? PORT : BAD;
    case PORT: return in_port(h, c);
    default: return BAD;
    }
}

void wss_authority_read(wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    const uint8_t *end = bytes + length;
    for (const uint8_t *p = bytes; p != end; p++) {
        h->step = next_step(h, *p);
        if (h->step == NAME)
            p = wss_skip_class(p + 1, end, WSS_CHAR_NAME) - 1;
    }
}

bool wss_authority_end(const wss_handshake_t *h)
{
    return h->step == NAME || h->step == LITERAL_END || h->step == PORT;
}
