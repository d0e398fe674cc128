/* SPDX-License-Identifier: MIT */
/* The peer's eyes: see wire.h. */
#include "wire.h"

#include <string.h>

static uint8_t bytes_seen[1 << 20];
static size_t seen;
static bool frames;
static bool body;

void wire_reset(void)
{
    seen = 0;
    frames = false;
    body = false;
}

static const char *opcode_text(unsigned opcode)
{
    static const char *const names[] = {"continuation", "text", "binary", "3", "4", "5", "6", "7",
                                        "close", "ping", "pong", "11", "12", "13", "14", "15"};
    return names[opcode & 15];
}

static void show_payload(lines_t *lines, unsigned opcode, const uint8_t *payload, size_t length)
{
    if (opcode == 8 && length >= 2) {
        lines_add(lines, " %u", (unsigned)payload[0] << 8 | payload[1]);
        payload += 2;
        length -= 2;
        if (length == 0)
            return;
    }
    if (length > 0 && opcode != 8)
        lines_add_quoted(lines, payload, length);
    else if (length > 0)
        lines_add(lines, " \"%.*s\"", (int)length, (const char *)payload);
}

/* Bytes of one frame, or 0 while it is not complete. */
static size_t take_frame(lines_t *lines)
{
    if (seen < 2)
        return 0;
    size_t header = 2;
    uint64_t length = bytes_seen[1] & 0x7f;
    size_t extra = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (seen < header + extra)
        return 0;
    if (extra != 0) {
        length = 0;
        for (size_t i = 0; i < extra; i++)
            length = length << 8 | bytes_seen[2 + i];
    }
    header += extra;
    if (seen < header + length)
        return 0;
    unsigned opcode = bytes_seen[0] & 15;
    lines_add(lines, "< %s", opcode_text(opcode));
    if ((bytes_seen[0] & 0x80) == 0)
        lines_add(lines, " more");
    if ((bytes_seen[0] & 0x70) != 0)
        lines_add(lines, " rsv");
    if ((bytes_seen[1] & 0x80) != 0)
        lines_add(lines, " masked");
    show_payload(lines, opcode, bytes_seen + header, (size_t)length);
    lines_add(lines, "\n");
    return header + (size_t)length;
}

static size_t take_head(lines_t *lines)
{
    for (size_t i = 3; i < seen; i++) {
        if (memcmp(bytes_seen + i - 3, "\r\n\r\n", 4) != 0)
            continue;
        const char *line = (const char *)bytes_seen;
        const char *end = memchr(line, '\r', seen);
        lines_add(lines, "< %.*s\n", (int)(end - line), line);
        frames = memcmp(line, "HTTP/1.1 101", 12) == 0;
        body = !frames;
        return i + 1;
    }
    return 0;
}

static size_t take_body(lines_t *lines)
{
    lines_add(lines, "< body");
    lines_add_quoted(lines, bytes_seen, seen);
    lines_add(lines, "\n");
    return seen;
}

void wire_read(lines_t *lines, const uint8_t *bytes, size_t length)
{
    memcpy(bytes_seen + seen, bytes, length);
    seen += length;
    while (seen > 0) {
        size_t taken = frames ? take_frame(lines) : body ? 0 : take_head(lines);
        if (taken == 0)
            return;
        memmove(bytes_seen, bytes_seen + taken, seen - taken);
        seen -= taken;
    }
}

void wire_end(lines_t *lines, const char *how)
{
    if (body && seen > 0)
        (void)take_body(lines);
    else if (seen > 0)
        lines_add(lines, "< %zu bytes of an unfinished frame\n", seen);
    seen = 0;
    lines_add(lines, "< %s\n", how);
}
