/* SPDX-License-Identifier: MIT */
/*
 * Small steps of the cases beyond the contract. Where they wait they wait for a condition; the
 * test runner ends what never comes.
 */
#include "rig.h"

uint16_t rig_listen(void)
{
    const wss_endpoint_t anywhere = {.address = NULL, .port = 0};
    uint16_t number = 0;

    ck_assert_int_eq(hal.listen(hal.context, &anywhere, &number), WSS_OK);
    return number;
}

wss_stream_t *rig_accept(void *owner)
{
    wss_stream_t *stream = NULL;

    while (stream == NULL) {
        wss_ready_t ready[8];
        (void)hal.wait(hal.context, 1, ready, 8);
        stream = hal.accept(hal.context, owner);
    }
    return stream;
}

void rig_await(wss_stream_t *stream, unsigned what)
{
    for (;;) {
        wss_ready_t ready[8];
        const int32_t count = hal.wait(hal.context, 1000, ready, 8);
        for (int32_t i = 0; i < count; i++)
            if (ready[i].owner == stream->owner && (ready[i].what & what) != 0)
                return;
    }
}

int32_t rig_receive(wss_stream_t *stream, char *text, uint32_t capacity)
{
    uint8_t *bytes = (uint8_t *)text;
    int32_t count = 0;

    while ((count = stream->ops->recv(stream, bytes, capacity)) == 0)
        rig_await(stream, WSS_READY_READ);
    if (count > 0)
        stream->ops->consume(stream, (uint32_t)count, bytes + count);
    return count;
}

int32_t rig_peer_next(int peer, char *text, uint32_t capacity)
{
    int32_t count = 0;

    while ((count = port.take(peer, text, capacity)) == 0) {
        wss_ready_t ready[8];
        (void)hal.wait(hal.context, 1, ready, 8);
    }
    return count;
}

void rig_dial(const char *host, uint16_t number, bool secure, void *owner, wss_stream_t **stream)
{
    const wss_dial_t whom = {.host = host, .port = number, .secure = secure};

    *stream = hal.connect(hal.context, &whom, owner);
    ck_assert_ptr_nonnull(*stream);
}

wss_phase_t rig_outcome(wss_stream_t *stream)
{
    while (stream->ops->phase(stream) < WSS_PHASE_UP)
        rig_await(stream, WSS_READY_PHASE);
    return stream->ops->phase(stream);
}
