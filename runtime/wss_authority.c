/* SPDX-License-Identifier: MIT */
/*
 * Checks the authority of a Host field or of a target in absolute form, in pieces.
 * User information is refused (RFC 9110, 4.2.4).
 */
#include "wss_handshake.h"

/* wss_handshake_t.step */
enum {
    START,
    PERCENT,
    PERCENT_HEX,
    LITERAL_START,
    LITERAL,
    NAME = WSS_STEP_WHOLE,
    LITERAL_END,
    PORT
};

static const wss_step_t steps[] = {
    {START, '[', LITERAL_START},
    {START, '%', PERCENT},
    {START, WSS_FITS_NAME, NAME},
    {NAME, ':', PORT},
    {NAME, '%', PERCENT},
    {NAME, WSS_FITS_NAME, NAME},
    {PERCENT, WSS_FITS_HEX, PERCENT_HEX},
    {PERCENT_HEX, WSS_FITS_HEX, NAME},
    {LITERAL_START, ':', LITERAL},
    {LITERAL_START, WSS_FITS_NAME, LITERAL},
    {LITERAL, ':', LITERAL},
    {LITERAL, WSS_FITS_NAME, LITERAL},
    {LITERAL, ']', LITERAL_END},
    {LITERAL_END, ':', PORT},
    {PORT, WSS_FITS_DIGIT, PORT},
    {WSS_STEP_MALFORMED, 0, WSS_STEP_MALFORMED},
};

/* A port has to fit 16 bits; leading zeros and an empty port are allowed. */
static void read_port(wss_handshake_t *h, uint8_t c)
{
    uint32_t number = c == ':' ? 0 : h->number * (uint32_t)10 + (uint32_t)(c - '0');
    h->number = (uint16_t)number;
    if (number > UINT16_MAX)
        h->step = WSS_STEP_MALFORMED;
}

void wss_authority_read(wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    const uint8_t *end = bytes + length;
    for (const uint8_t *p = bytes; p != end; p++) {
        h->step = wss_step_after(steps, h->step, *p);
        if (h->step == PORT)
            read_port(h, *p);
#if !WSS_CFG_SMALL
        if (h->step == NAME)
            p = wss_skip_class(p + 1, end, WSS_CHAR_NAME) - 1;
#endif
    }
}
