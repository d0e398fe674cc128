/* SPDX-License-Identifier: MIT */
/*
 * Addresses as text. It must not know sockets.
 */
#include "wss_pic32_internal.h"

#include <string.h>

/* --------------------------------------------------------------------- reading */

/* 0 to 255 without leading zeros; NULL: it is not. Returns what comes after. */
static const char *parse_octet(const char *text, uint8_t *octet)
{
    unsigned value = 0;
    const char *at = text;

    while (*at >= '0' && *at <= '9' && value <= 255)
        value = value * 10 + (unsigned)(*at++ - '0');
    if (at == text || value > 255 || (*text == '0' && at - text > 1))
        return NULL;
    *octet = (uint8_t)value;
    return at;
}

bool wss_pic32_address_parse(const char *text, IP_MULTI_ADDRESS *address)
{
    uint8_t octets[4];

    for (unsigned i = 0; i < 4; i++) {
        text = parse_octet(text, &octets[i]);
        if (text == NULL || *text != (i < 3 ? '.' : '\0'))
            return false;
        text++;
    }
    memset(address, 0, sizeof *address);
    memcpy(address, octets, sizeof octets);
    return true;
}

/* --------------------------------------------------------------------- writing */

typedef struct text {
    char *at;
    size_t left; /* with the terminating 0 */
} text_t;

static void put(text_t *text, char c)
{
    if (text->left <= 1)
        return;
    *text->at++ = c;
    *text->at = '\0';
    text->left--;
}

static void put_number(text_t *text, unsigned value, unsigned base)
{
    char digits[5];
    unsigned count = 0;

    do {
        digits[count++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value > 0);
    while (count > 0)
        put(text, digits[--count]);
}

static void put_v4(text_t *text, const uint8_t *octets)
{
    for (unsigned i = 0; i < 4; i++) {
        if (i > 0)
            put(text, '.');
        put_number(text, octets[i], 10);
    }
}

static void put_v6(text_t *text, const uint8_t *octets)
{
    put(text, '[');
    for (unsigned i = 0; i < 16; i += 2) {
        if (i > 0)
            put(text, ':');
        put_number(text, (unsigned)octets[i] << 8 | octets[i + 1], 16);
    }
    put(text, ']');
}

/* Addresses are in the order of the network. */
void wss_pic32_address_write(const TCP_SOCKET_INFO *info, char *buffer, size_t capacity)
{
    text_t text = {.at = buffer, .left = capacity};
    uint8_t octets[16] = {0};
    const size_t size = sizeof info->remoteIPaddress;

    memcpy(octets, &info->remoteIPaddress, size < sizeof octets ? size : sizeof octets);
    if (info->addressType == IP_ADDRESS_TYPE_IPV6)
        put_v6(&text, octets);
    else
        put_v4(&text, octets);
    put(&text, ':');
    put_number(&text, info->remotePort, 10);
}
