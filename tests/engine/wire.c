/* SPDX-License-Identifier: MIT */
/* The peer's eyes: see wire.h. */
#include "wire.h"

#include <string.h>

static uint8_t bytes_seen[1 << 20];
static size_t seen;
static bool frames;
static bool body;
static bool client;
static bool close_seen;
static char key[WSS_KEY_LENGTH + 1];
static uint8_t last_mask[4];

void wire_reset(bool of_client)
{
    seen = 0;
    frames = false;
    body = false;
    client = of_client;
    close_seen = false;
    key[0] = '\0';
    memset(last_mask, 0, sizeof last_mask);
}

bool wire_saw_close(void)
{
    return close_seen;
}

const char *wire_key(void)
{
    return key;
}

static const char *opcode_text(unsigned opcode)
{
    static const char *const names[] = {
        "continuation", "text", "binary", "3",  "4",  "5",  "6",  "7",
        "close",        "ping", "pong",   "11", "12", "13", "14", "15"};
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

/* A client masks every frame, each with a key of its own (RFC 6455, 5.3). */
static void take_mask(lines_t *lines, const uint8_t *mask, uint8_t *payload, size_t length)
{
    if (memcmp(mask, last_mask, sizeof last_mask) == 0)
        lines_add(lines, " (the mask of the last frame)");
    memcpy(last_mask, mask, sizeof last_mask);
    for (size_t i = 0; i < length; i++)
        payload[i] ^= mask[i & 3];
}

/* Bytes of one frame, or 0 while it is not complete. */
static size_t take_frame(lines_t *lines)
{
    bool masked;
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
    bool wide = extra != 0 && length < (extra == 2 ? 126u : 65536u);
    masked = (bytes_seen[1] & 0x80) != 0;
    header += extra + (masked ? 4 : 0);
    if (seen < header + length)
        return 0;
    unsigned opcode = bytes_seen[0] & 15;
    lines_add(lines, "< %s", opcode_text(opcode));
    if ((bytes_seen[0] & 0x80) == 0)
        lines_add(lines, " more");
    if ((bytes_seen[0] & 0x70) != 0)
        lines_add(lines, " rsv");
    if (wide)
        lines_add(lines, " wide");
    if (masked != client)
        lines_add(lines, masked ? " masked" : " unmasked");
    if (masked)
        take_mask(lines, bytes_seen + header - 4, bytes_seen + header, (size_t)length);
    close_seen = close_seen || opcode == 8;
    show_payload(lines, opcode, bytes_seen + header, (size_t)length);
    lines_add(lines, "\n");
    return header + (size_t)length;
}

/* All lines of a request; its key, if it looks like one, as {key}. */
static void take_request(lines_t *lines, const char *line, const char *end)
{
    static const char name[] = "Sec-WebSocket-Key: ";
    const size_t width = sizeof name - 1;
    while (line < end) {
        const char *stop = memchr(line, '\r', (size_t)(end - line));
        size_t length = (size_t)(stop - line);
        if (length == width + WSS_KEY_LENGTH && memcmp(line, name, width) == 0) {
            memcpy(key, line + width, WSS_KEY_LENGTH);
            key[WSS_KEY_LENGTH] = '\0';
            lines_add(lines, "< %s{key}\n", name);
        } else {
            lines_add(lines, "< %.*s\n", (int)length, line);
        }
        line = stop + 2;
    }
    frames = true;
}

static size_t take_head(lines_t *lines)
{
    for (size_t i = 3; i < seen; i++) {
        if (memcmp(bytes_seen + i - 3, "\r\n\r\n", 4) != 0)
            continue;
        const char *line = (const char *)bytes_seen;
        const char *end = memchr(line, '\r', seen);
        if (client) {
            take_request(lines, line, line + i - 1);
            return i + 1;
        }
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

/* The mask is not counted: both roles' cases are the same. */
void wire_end(lines_t *lines, const char *how)
{
    if (body && seen > 0)
        (void)take_body(lines);
    else if (seen > 0)
        lines_add(lines, "< %zu bytes of an unfinished frame\n",
                  client && seen >= 6 ? seen - 4 : seen);
    seen = 0;
    lines_add(lines, "< %s\n", how);
}
