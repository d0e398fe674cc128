/* SPDX-License-Identifier: MIT */
/*
 * Checks the authority of a Host field or of a target in absolute form, in pieces.
 * User information is refused (RFC 9110, 4.2.4).
 */
#include "wss_handshake.h"

/* wss_handshake_t.step: what has been read last. */
enum { START, NAME, PERCENT, PERCENT_HEX, LITERAL_START, LITERAL, LITERAL_END, PORT, BAD, STEPS };

/* What a character is; the first three may stand in a name. */
enum { DIGIT, HEX, NAME_CHAR, COLON, PERCENT_SIGN, OPEN, CLOSE, OTHER, KINDS };

/* clang-format off */
static const uint8_t next_step[STEPS][KINDS] = {
    /*                 digit        hex          name     :        %        [              ]            other */
    [START]         = {NAME,        NAME,        NAME,    BAD,     PERCENT, LITERAL_START, BAD,         BAD},
    [NAME]          = {NAME,        NAME,        NAME,    PORT,    PERCENT, BAD,           BAD,         BAD},
    [PERCENT]       = {PERCENT_HEX, PERCENT_HEX, BAD,     BAD,     BAD,     BAD,           BAD,         BAD},
    [PERCENT_HEX]   = {NAME,        NAME,        BAD,     BAD,     BAD,     BAD,           BAD,         BAD},
    [LITERAL_START] = {LITERAL,     LITERAL,     LITERAL, LITERAL, BAD,     BAD,           BAD,         BAD},
    [LITERAL]       = {LITERAL,     LITERAL,     LITERAL, LITERAL, BAD,     BAD,           LITERAL_END, BAD},
    [LITERAL_END]   = {BAD,         BAD,         BAD,     PORT,    BAD,     BAD,           BAD,         BAD},
    [PORT]          = {PORT,        BAD,         BAD,     BAD,     BAD,     BAD,           BAD,         BAD},
    [BAD]           = {BAD,         BAD,         BAD,     BAD,     BAD,     BAD,           BAD,         BAD},
};
/* clang-format on */

void wss_authority_begin(wss_handshake_t *h)
{
    h->step = START;
    h->number = 0;
}

static unsigned kind_of(uint8_t c)
{
    switch (c) {
    case ':': return COLON;
    case '%': return PERCENT_SIGN;
    case '[': return OPEN;
    case ']': return CLOSE;
    default: break;
    }
    if (wss_char_is(c, WSS_CHAR_DIGIT))
        return DIGIT;
    if (wss_char_is(c, WSS_CHAR_HEX))
        return HEX;
    return wss_char_is(c, WSS_CHAR_NAME) ? NAME_CHAR : OTHER;
}

/* A port has to fit 16 bits; leading zeros and an empty port are allowed. */
static void add_digit(wss_handshake_t *h, uint8_t c)
{
    uint32_t number = h->number * (uint32_t)10 + (uint32_t)(c - '0');
    if (number > UINT16_MAX)
        h->step = BAD;
    h->number = (uint16_t)number;
}

void wss_authority_read(wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    const uint8_t *end = bytes + length;
    for (const uint8_t *p = bytes; p != end; p++) {
        h->step = next_step[h->step][kind_of(*p)];
        if (h->step == NAME)
            p = wss_skip_class(p + 1, end, WSS_CHAR_NAME) - 1;
        else if (h->step == PORT && *p != ':')
            add_digit(h, *p);
    }
}

bool wss_authority_end(const wss_handshake_t *h)
{
    return h->step == NAME || h->step == LITERAL_END || h->step == PORT;
}
