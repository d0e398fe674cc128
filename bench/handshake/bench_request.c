/* SPDX-License-Identifier: MIT */
/*
 * Reads one browser's upgrade request of 495 bytes and 12 fields, scanner and semantics,
 * so often as the argument says. Under callgrind, the difference between two counts is
 * the cost of one request: see bench/handshake/run.
 */
#include <stdlib.h>
#include <string.h>

#include "wss_core.h"

static const char request[] =
    "GET /chat?room=1 HTTP/1.1\r\n"
    "Host: server.example.com\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
    "Accept: */*\r\n"
    "Accept-Language: en-US,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br\r\n"
    "Sec-WebSocket-Version: 13\r\n"
    "Origin: http://server.example.com\r\n"
    "Sec-WebSocket-Extensions: permessage-deflate\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Connection: keep-alive, Upgrade\r\n"
    "Cookie: session=0123456789abcdef01234567890123456789abcdef01234567\r\n"
    "Upgrade: websocket\r\n"
    "\r\n";

_Static_assert(sizeof request - 1 == 495, "the figures are for 495 bytes");

static wss_conn_t conn;
static wss_loop_t loop;
static unsigned complete;

static bool any_key(void *context, const char key[WSS_KEY_LENGTH])
{
    (void)context;
    return key[WSS_KEY_LENGTH - 1] == '=';
}

int main(int argc, char **argv)
{
    static const wss_handler_t handler = {0};
    static const wss_crypto_t crypto = {.valid_key = any_key};
    static const wss_hal_t hal = {0};
    static const wss_config_t config = {.hal = &hal, .handler = &handler, .crypto = &crypto};
    unsigned count = argc > 1 ? (unsigned)atoi(argv[1]) : 1;
    loop.config = &config;
    conn.loop = &loop;
    conn.input = WSS_INPUT_HTTP;
    for (unsigned i = 0; i < count; i++) {
        wss_request_begin(&conn);
        unsigned event = WSS_EV_COUNT;
        (void)wss_request_read(&conn, (const uint8_t *)request, sizeof request - 1, &event);
        complete += event == WSS_EV_REQUEST;
    }
    return complete == count ? EXIT_SUCCESS : EXIT_FAILURE;
}
