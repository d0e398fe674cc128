/* SPDX-License-Identifier: MIT */
/* A conversation over a hostile wire: see converse.h. */
#include "converse.h"

#include <check.h>
#include <string.h>

enum { CLIENT_SAYS = 'c', SERVER_SAYS = 's', LENGTH = 300 };

void converse_begin(const char *client)
{
    pair_start();
    certs_server(&pair.server.side, &pair.crypto, "chain", client != NULL ? "ca" : NULL);
    certs_client(&pair.client.side, &pair.crypto, client, "ca");
}

static wss_phase_t phase_of(pair_side_t *side)
{
    side->hal.lock(side->hal.context);
    const wss_phase_t phase = side->stream->ops->phase(side->stream);
    side->hal.unlock(side->hal.context);
    return phase;
}

static void say(pair_side_t *side, char letter)
{
    uint8_t bytes[LENGTH];

    if (phase_of(side) != WSS_PHASE_UP)
        return;
    memset(bytes, letter, sizeof bytes);
    side->hal.lock(side->hal.context);
    (void)side->stream->ops->send(side->stream, bytes, sizeof bytes);
    (void)side->stream->ops->flush(side->stream);
    side->stream->ops->finish(side->stream);
    side->hal.unlock(side->hal.context);
}

/* Reads all there is: only what the peer said, and no more of it. Returns how much, or the
 * error that ended it. */
static int32_t hear(pair_side_t *side, char letter)
{
    char bytes[LENGTH + 1];
    uint32_t total = 0;
    int32_t count;

    while ((count = pair_read(side, bytes, sizeof bytes)) > 0) {
        for (int32_t i = 0; i < count; i++)
            ck_assert_int_eq(bytes[i], letter);
        total += (uint32_t)count;
        ck_assert_uint_le(total, LENGTH);
    }
    ck_assert(count != WSS_ERR_EOF || total == LENGTH);
    return count;
}

/* It is whole, or is over for a reason that can be told. True: whole, with all that was said. */
static bool is_whole(pair_side_t *side, char letter)
{
    if (side->stream == NULL) /* the server, when nothing came */
        return false;
    const wss_phase_t phase = phase_of(side);
    const int32_t end = phase == WSS_PHASE_UP ? hear(side, letter) : 0;
    if (phase == WSS_PHASE_FAILED || end == WSS_ERR_NETWORK)
        pair_failed(side, NULL);
    return end == WSS_ERR_EOF;
}

bool converse(void)
{
    pair_connect("localhost");
    say(&pair.client, CLIENT_SAYS);
    if (pair.server.stream != NULL)
        say(&pair.server, SERVER_SAYS);
    pair_settle();
    const bool whole = is_whole(&pair.server, CLIENT_SAYS);
    return is_whole(&pair.client, SERVER_SAYS) && whole;
}
