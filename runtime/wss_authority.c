/* SPDX-License-Identifier: MIT */
/*
 * Checks the authority of a Host field or of a target in absolute form, in pieces.
 * User information is refused (RFC 9110, 4.2.4).
 */
#include "wss_handshake.h"

/* wss_handshake_t.step */
enum { START, NAME, PERCENT, PERCENT_HEX, LITERAL_START, LITERAL, LITERAL_END, PORT, BAD };

/* In a step, a character that fits leads to the next one; no other may come. */
static const struct {
    uint8_t step, fits, next;
} rows[] = {
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
};

static uint8_t next_step(uint8_t step, uint8_t c)
{
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].step == step && wss_char_fits(c, rows[i].fits))
            return rows[i].next;
    return BAD;
}

/* A port has to fit 16 bits; leading zeros and an empty port are allowed. */
static uint8_t in_port(wss_handshake_t *h, uint8_t c)
{
    uint32_t number = c == ':' ? 0 : h->number * (uint32_t)10 + (uint32_t)(c - '0');
    h->number = (uint16_t)number;
    return number > UINT16_MAX ? BAD : PORT;
}

void wss_authority_read(wss_handshake_t *h, const uint8_t *bytes, uint32_t length)
{
    const uint8_t *end = bytes + length;
    for (const uint8_t *p = bytes; p != end; p++) {
        h->step = next_step(h->step, *p);
        if (h->step == NAME)
            p = wss_skip_class(p + 1, end, WSS_CHAR_NAME) - 1;
        else if (h->step == PORT)
            h->step = in_port(h, *p);
    }
}

bool wss_authority_end(const wss_handshake_t *h)
{
    return h->step == NAME || h->step == LITERAL_END || h->step == PORT;
}
