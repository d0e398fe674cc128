/* SPDX-License-Identifier: MIT */
/*
 * Connections that begin with a header of the PROXY protocol. It must not know how the
 * header is written.
 */
#include "wss_proxied_hal.h"

enum { READ = 256 /* bytes of the header at a time */ };

static void settle(wss_proxied_stream_t *stream)
{
    if (stream->head.peer[0] != '\0')
        stream->prelude.peer = stream->head.peer;
    wss_prelude_stand(&stream->prelude);
}

static void read_head(wss_proxied_stream_t *stream)
{
    wss_stream_t *below = stream->prelude.upper.below;
    uint8_t bytes[READ];
    uint32_t used = 0;
    const int32_t count = below->ops->recv(below, bytes, sizeof bytes);

    if (count == WSS_ERR_EOF)
        wss_prelude_fail(&stream->prelude,
                         "The connection ended in the header of the PROXY protocol.");
    else if (count < 0)
        wss_prelude_fail(&stream->prelude, below->ops->reason(below));
    if (count <= 0)
        return;
    const wss_proxied_answer_t answer =
        wss_proxied_head_read(&stream->head, bytes, (uint32_t)count, &used);
    below->ops->consume(below, used, bytes + used);
    if (answer == WSS_PROXIED_DONE)
        settle(stream);
    else if (answer == WSS_PROXIED_NO)
        wss_prelude_fail(&stream->prelude, stream->head.reason);
}

static void go_on(wss_prelude_t *prelude)
{
    prelude->phase = WSS_PHASE_LAYERING;
    read_head((wss_proxied_stream_t *)prelude);
}

static wss_stream_t *accept(void *context, void *owner)
{
    wss_proxied_hal_t *proxied = context;
    wss_upper_t *upper = wss_upper_accept(&proxied->layer, owner);

    if (upper == NULL)
        return NULL;
    wss_proxied_stream_t *stream = (wss_proxied_stream_t *)upper;
    stream->head = (wss_proxied_head_t){.reason = ""};
    wss_prelude_begin(&stream->prelude, go_on);
    return &upper->base;
}

wss_result_t wss_proxied_hal_init(wss_proxied_hal_t *proxied, const wss_hal_t *below,
                                  wss_proxied_stream_t *streams, uint32_t stream_count,
                                  wss_hal_t *hal)
{
    if (below == NULL || streams == NULL || stream_count == 0)
        return WSS_ERR_CONFIG;
    wss_upper_hal_init(&proxied->layer, below, &wss_prelude_ops, streams, sizeof *streams,
                       stream_count, true, hal);
    hal->accept = accept;
    return WSS_OK;
}
