/* SPDX-License-Identifier: MIT */
/*
 * The ring of bytes to send. lwIP points into it rather than copying, until the peer has
 * acknowledged: so room that was promised does not depend on lwIP's memory, which all
 * connections share. It must not know the engine.
 */
#include "wss_lwip_internal.h"

#include <string.h>

static uint16_t size_of(const wss_lwip_stream_t *stream)
{
    return stream->socket.lwip->config.send_room;
}

static uint16_t smaller(uint32_t a, uint32_t b)
{
    return (uint16_t)(a < b ? a : b);
}

/* Where byte `offset` behind the first lies. */
static uint16_t place(const wss_lwip_stream_t *stream, uint32_t offset)
{
    const uint32_t at = stream->first + offset;

    return (uint16_t)(at < size_of(stream) ? at : at - size_of(stream));
}

uint16_t wss_lwip_send_room(const wss_lwip_stream_t *stream)
{
    return (uint16_t)(size_of(stream) - stream->written - stream->waiting);
}

uint16_t wss_lwip_send_put(wss_lwip_stream_t *stream, const uint8_t *data, uint32_t length)
{
    const uint16_t count = smaller(length, wss_lwip_send_room(stream));
    const uint16_t at = place(stream, (uint32_t)stream->written + stream->waiting);
    const uint16_t part = smaller(count, (uint32_t)size_of(stream) - at);

    if (count == 0)
        return 0;
    memcpy(stream->ring + at, data, part);
    memcpy(stream->ring, data + part, (size_t)count - part);
    stream->waiting = (uint16_t)(stream->waiting + count);
    return count;
}

/* At most one segment, and not across the end of the ring. False: lwIP takes no more now. */
static bool write_some(wss_lwip_stream_t *stream)
{
    struct tcp_pcb *pcb = stream->socket.pcb;
    const uint16_t at = place(stream, stream->written);
    uint16_t count = smaller(stream->waiting, tcp_mss(pcb));

    count = smaller(count, tcp_sndbuf(pcb));
    count = smaller(count, (uint32_t)size_of(stream) - at);
    if (count == 0)
        return false;
    const u8_t more = count < stream->waiting ? TCP_WRITE_FLAG_MORE : 0;
    if (tcp_write(pcb, stream->ring + at, count, more) != ERR_OK)
        return false;
    stream->written = (uint16_t)(stream->written + count);
    stream->waiting = (uint16_t)(stream->waiting - count);
    return true;
}

void wss_lwip_send_push(wss_lwip_stream_t *stream)
{
    if (stream->waiting == 0)
        return;
    while (write_some(stream))
        continue;
    (void)tcp_output(stream->socket.pcb);
}

void wss_lwip_send_acknowledged(wss_lwip_stream_t *stream, uint16_t count)
{
    stream->first = place(stream, count);
    stream->written = (uint16_t)(stream->written - count);
    stream->grown = true;
}

void wss_lwip_send_forget(wss_lwip_stream_t *stream)
{
    stream->written = 0;
    stream->waiting = 0;
}
