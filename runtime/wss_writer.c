/* SPDX-License-Identifier: MIT */
/*
 * Measures and sends the pieces of a message head; where code need not be small it collects
 * them, so that the stream gets few and long ones.
 */
#include "wss_writer.h"

#include <string.h>

void wss_write_begin(wss_writer_t *writer, wss_conn_t *conn)
{
    writer->conn = conn;
    writer->length = 0;
    writer->failed = false;
#if !WSS_CFG_SMALL
    writer->used = 0;
#endif
}

static void put(wss_writer_t *writer, const void *bytes, size_t length)
{
    if (length > 0 && !wss_put(writer->conn, bytes, length))
        writer->failed = true;
}

#if WSS_CFG_SMALL
/* The stream may gather the pieces itself. */
void wss_write_bytes(wss_writer_t *writer, const void *bytes, size_t length)
{
    writer->length += (uint32_t)length;
    if (writer->conn != NULL)
        put(writer, bytes, length);
}

static void put_collected(wss_writer_t *writer)
{
    (void)writer;
}
#else
static void put_collected(wss_writer_t *writer)
{
    put(writer, writer->buffer, writer->used);
    writer->used = 0;
}

void wss_write_bytes(wss_writer_t *writer, const void *bytes, size_t length)
{
    const uint8_t *from = bytes;
    writer->length += (uint32_t)length;
    while (writer->conn != NULL && length > 0) {
        size_t room = sizeof writer->buffer - writer->used;
        size_t part = length < room ? length : room;
        memcpy(writer->buffer + writer->used, from, part);
        writer->used += (uint32_t)part;
        from += part;
        length -= part;
        if (writer->used == sizeof writer->buffer)
            put_collected(writer);
    }
}
#endif

void wss_write_text(wss_writer_t *writer, const char *text)
{
    wss_write_bytes(writer, text, strlen(text));
}

/* Divides by ten, 16 bits at a time: a 32-bit machine divides 64 bits by a large function.
 * Returns the rest. */
#if WSS_CFG_LONG_MESSAGES
static unsigned divide_by_ten(wss_length_t *number)
{
    wss_length_t left = *number;
    wss_length_t quotient = 0;
    uint32_t rest = 0;
    for (unsigned i = 0; i < sizeof left / sizeof(uint16_t); i++, left <<= 16) {
        uint32_t part = rest << 16 | (uint16_t)(left >> 48);
        quotient = quotient << 16 | part / 10;
        rest = part % 10;
    }
    *number = quotient;
    return rest;
}
#else
static unsigned divide_by_ten(wss_length_t *number)
{
    unsigned rest = *number % 10;
    *number /= 10;
    return rest;
}
#endif

void wss_write_number(wss_writer_t *writer, wss_length_t number)
{
    char digits[20];
    size_t first = sizeof digits;
    do
        digits[--first] = (char)('0' + (char)divide_by_ten(&number));
    while (number > 0);
    wss_write_bytes(writer, digits + first, sizeof digits - first);
}

void wss_write_line(wss_writer_t *writer, const char *name, const char *value)
{
    wss_write_text(writer, name);
    wss_write_text(writer, value);
    wss_write_text(writer, "\r\n");
}

bool wss_write_rest(wss_writer_t *writer, const wss_header_t *headers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        wss_write_text(writer, headers[i].name);
        wss_write_text(writer, ": ");
        wss_write_text(writer, headers[i].value);
        wss_write_text(writer, "\r\n");
    }
    wss_write_text(writer, "\r\n");
    if (writer->conn != NULL)
        put_collected(writer);
    return !writer->failed;
}
