/* SPDX-License-Identifier: MIT */
/* A riot over TLS. Strangers speak in plain, so none of them gets beyond the handshake. */
#include "certs.h"
#include "riot.h"
#include "wss_tls_hal.h"

#include <stdio.h>
#include <stdlib.h>

enum { HOLD = 300, LEAST_STREAMS = 2 };

static certs_side_t server, client;
static wss_tls_hal_t tls;
static wss_tls_stream_t streams[RIOT_CONNS];
static uint8_t memory[RIOT_CONNS * (RIOT_ROOM + HOLD)], input[500], output[600], stage[RIOT_ROOM];

bool riot_is_secure(void)
{
    return true;
}

void riot_stand_on(const wss_hal_t *below, const wss_crypto_t *crypto, dice_t *dice, wss_hal_t *hal)
{
    certs_server(&server, crypto, "ec", NULL);
    certs_client(&client, crypto, NULL, "ca");
    const wss_tls_hal_config_t config = {
        .below = below,
        .server = &server.context,
        .client = &client.context,
        .streams = streams,
        .stream_count = LEAST_STREAMS + dice_roll(dice, RIOT_CONNS - LEAST_STREAMS + 1),
        .memory = memory,
        .send_room = RIOT_ROOM,
        .stage = dice_one_in(dice, 2) ? stage : NULL,
        .hold_size = 1 + dice_roll(dice, HOLD),
        .input = dice_one_in(dice, 2) ? input : NULL,
        .input_size = sizeof input,
        .output = output,
        .output_size = dice_one_in(dice, 2) ? sizeof output : 0};
    if (wss_tls_hal_init(&tls, &config, hal) != WSS_OK) {
        (void)fputs("riot: TLS is refused\n", stderr);
        exit(1);
    }
}

void riot_stand_down(void)
{
    certs_close(&server);
    certs_close(&client);
}
