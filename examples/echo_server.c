/* SPDX-License-Identifier: MIT */
/* An echo server for 64 clients. All memory is static; messages may have any size. */
#include <stdio.h>
#include <stdlib.h>
#include <wss/wss.h>
#include <wss_crypto_mbedtls.h>
#include <wss_posix_static.h>

WSS_POSIX_STATIC(memory, 64, 4096);

static wss_result_t echo(wss_conn_t *conn, const wss_data_t *data)
{
    return wss_send(conn, data->type, data->bytes, data->length, data->last ? WSS_FINAL : WSS_MORE);
}

static int fail(const char *why)
{
    fprintf(stderr, "echo_server: %s\n", why);
    return 1;
}

int main(int argc, char *argv[])
{
    static wss_posix_t posix;
    static wss_crypto_mbedtls_t generator;
    static wss_loop_t loop;
    wss_hal_t hal;
    wss_crypto_t crypto;
    const wss_handler_t handler = {.on_data = echo};
    const wss_config_t config = {.hal = &hal,
                                 .crypto = &crypto,
                                 .handler = &handler,
                                 WSS_POSIX_MEMORY(memory),
                                 .max_message = UINT64_MAX};
    const unsigned long port = argc > 1 ? strtoul(argv[1], NULL, 10) : 9001;
    const wss_endpoint_t where = {"127.0.0.1", (uint16_t)port};

    if (port < 1 || port > 65535)
        return fail("the port is a number from 1 to 65535");
    if (wss_posix_init(&posix, &memory, &hal) < 0)
        return fail("the system lacks descriptors");
    if (wss_crypto_mbedtls_init(&generator, &hal, &crypto) < 0)
        return fail("mbedTLS has no random numbers");
    if (wss_loop_init(&loop, &config) < 0)
        return fail(wss_loop_error(&loop));
    if (wss_listen(&loop, &where, NULL) < 0)
        return fail("cannot listen on this port");
    printf("listening on ws://127.0.0.1:%lu/\n", port);
    (void)fflush(stdout);
    while (wss_loop_step(&loop, WSS_FOREVER) >= 0)
        continue;
    return fail("the loop failed");
}
