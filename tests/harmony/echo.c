/* SPDX-License-Identifier: MIT */
/*
 * Echoes on the PIC32MZ W1 port, with the memory of a small device, as a server for two
 * clients or as a client:
 *
 *     harmony_echo                     prints "listening PORT"
 *     harmony_echo HOST PORT RESOURCE  ends with the connection
 *
 * For each connection that ends it prints "closed CODE", and the port's reason if it has one.
 */
#include "harmony.h"
#include "wss/wss.h"
#include "wss_crypto_mbedtls.h"
#include "wss_pic32.h"

#include <stdio.h>
#include <stdlib.h>

enum { CLIENTS = 2, READ_SIZE = 256, SEND_ROOM = READ_SIZE + 512 };

static bool done;

static wss_result_t echo(wss_conn_t *conn, const wss_data_t *data)
{
    return wss_send(conn, data->type, data->bytes, data->length, data->last ? WSS_FINAL : WSS_MORE);
}

static void closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    (void)conn;
    printf("closed %u %s\n", (unsigned)closure->code, closure->network);
    (void)fflush(stdout);
    done = true;
}

#if !WSS_PIC32_RTOS
static void pause_for(void *context, uint32_t milliseconds)
{
    (void)context;
    harmony_tasks((int)milliseconds);
}
#endif

static wss_result_t open_port(wss_pic32_t *pic32, wss_hal_t *hal)
{
    static wss_pic32_stream_t streams[CLIENTS];
#if WSS_PIC32_NET_PRES
    static uint8_t send_memory[CLIENTS * SEND_ROOM];
#endif
    const wss_pic32_config_t config = {
        .streams = streams,
        .stream_count = CLIENTS,
        .send_room = SEND_ROOM,
#if !WSS_PIC32_RTOS
        .pause = pause_for,
#endif
#if WSS_PIC32_NET_PRES
        .send_memory = send_memory,
#endif
        .net = streams
    };

    harmony_begin();
    return wss_pic32_init(pic32, &config, hal);
}

static wss_result_t serve(wss_loop_t *loop)
{
    const wss_endpoint_t anywhere = {.address = NULL, .port = 0};
    uint16_t port = 0;
    const wss_result_t result = wss_listen(loop, &anywhere, &port);

    printf("listening %u\n", (unsigned)port);
    (void)fflush(stdout);
    return result;
}

static wss_result_t call(wss_loop_t *loop, char *argv[])
{
    static wss_target_t target; /* read again when TCP is up */

    target = (wss_target_t){
        .host = argv[1], .port = (uint16_t)strtoul(argv[2], NULL, 10), .resource = argv[3]};
    return wss_connect(loop, &target, NULL, NULL);
}

int main(int argc, char *argv[])
{
    static wss_pic32_t pic32;
    static wss_crypto_mbedtls_t generator;
    static wss_loop_t loop;
    static wss_conn_t conns[CLIENTS];
    static wss_control_t controls[1];
    static uint8_t received[READ_SIZE];
    wss_hal_t hal;
    wss_crypto_t crypto;
    const wss_handler_t handler = {.on_data = echo, .on_closed = closed};
    const wss_config_t config = {.hal = &hal,
                                 .crypto = &crypto,
                                 .handler = &handler,
                                 .conns = conns,
                                 .conn_count = CLIENTS,
                                 .controls = controls,
                                 .control_count = 1,
                                 .rx_buffer = received,
                                 .rx_size = sizeof received,
                                 .max_message = UINT64_MAX};

    if (open_port(&pic32, &hal) != WSS_OK ||
        wss_crypto_mbedtls_init(&generator, &hal, &crypto) < 0 ||
        wss_loop_init(&loop, &config) != WSS_OK)
        return 1;
    if ((argc == 4 ? call(&loop, argv) : serve(&loop)) != WSS_OK)
        return 1;
    while (!(done && argc == 4))
        if (wss_loop_step(&loop, WSS_FOREVER) < 0)
            return 1;
    wss_pic32_close(&pic32);
    return 0;
}
