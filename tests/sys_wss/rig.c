/* SPDX-License-Identifier: MIT */
/* The SYS_WSS service in the simulator: see rig.h. */
#include "rig.h"

#include "sys_wss_port.h"
#include "wss_crypto_mbedtls.h"

#include <stdio.h>
#include <string.h>

enum { TEXT = 1 << 18, TURNS = 8 };

static int cookie;
static char told[TEXT];
static size_t told_length;

void (*rig_inside)(SYS_WSS_EVENTS event, SYS_WSS_RXDATA *data, int32_t client);

/* ----------------------------------------------------------------------- the callback */

const char *rig_event_name(SYS_WSS_EVENTS event)
{
    static const char *const names[] = {
        "ERR",         "CONNECTING",       "CONNECTED",         "BIN_DATA_RX",
        "TXT_DATA_RX", "PING_RX",          "PONG_RX",           "CLOSE_FRAME_RX",
        "CLOSING",     "CLOSED",           "ERR_INVALID_FRAME", "TIMEOUT",
        "SSL_FAILED",  "SOCK_OPEN_FAILED", "LL_INTF_DOWN",      "LL_INTF_UP"};
    return names[event];
}

/* Bytes as text, what is not printable as \xNN. */
static size_t write_bytes(char *text, size_t capacity, const uint8_t *bytes, size_t length)
{
    size_t at = 0;
    text[0] = '\0';
    for (size_t i = 0; i < length && at + 5 < capacity; i++) {
        const char *format = bytes[i] > ' ' && bytes[i] < 0x7f ? "%c" : "\\x%02x";
        at += (size_t)snprintf(text + at, capacity - at, format, bytes[i]);
    }
    return at;
}

static bool has_data(SYS_WSS_EVENTS event)
{
    return (event >= SYS_WSS_EVENT_CLIENT_BIN_DATA_RX && event <= SYS_WSS_EVENT_CLIENT_PONG_RX) ||
           event == SYS_WSS_EVENT_CLIENT_CLOSE_FRAME_RX;
}

void rig_callback(SYS_WSS_EVENTS event, void *data, int32_t client, void *given)
{
    SYS_WSS_RXDATA *bytes = data;
    ck_assert_ptr_eq(given, &cookie);
    ck_assert_int_eq(data != NULL, has_data(event));
    told_length += (size_t)snprintf(told + told_length, TEXT - told_length, "%s(%d)",
                                    rig_event_name(event), (int)client);
    if (bytes != NULL && bytes->datalen > 0) {
        told[told_length++] = '=';
        told_length += write_bytes(told + told_length, TEXT - told_length, bytes->data,
                                   (size_t)bytes->datalen);
    }
    told[told_length++] = ' ';
    told[told_length] = '\0';
    if (rig_inside != NULL)
        rig_inside(event, bytes, client);
}

const char *rig_told(void)
{
    static char last[TEXT];
    memcpy(last, told, told_length);
    last[told_length] = '\0';
    told_length = 0;
    return last;
}

/* --------------------------------------------------------------------------- its life */

void rig_initialize(SYS_WSS_CONFIG *config)
{
    ck_assert_uint_ne(SYS_WSS_Initialize(config, rig_callback, &cookie), SYS_MODULE_OBJ_INVALID);
    rig_settle();
}

void rig_start(SYS_WSS_CONFIG *config)
{
    rig_begin();
    rig_initialize(config);
}

void rig_end(void)
{
    SYS_WSS_Deinitialize();
    ck_assert_uint_eq(rig_opens, 0);
    ck_assert_uint_eq(rig_host.streams, 0);
    for (unsigned i = 0; i < WSS_SIM_FAULT_COUNT; i++)
        ck_assert_msg(rig_sim.faults[i] == 0, "%s", wss_sim_fault_name((wss_sim_fault_t)i));
}

void rig_settle(void)
{
    for (int i = 0; i < TURNS; i++)
        (void)SYS_WSS_Task(0);
}

void rig_time(uint32_t milliseconds)
{
    wss_sim_advance(&rig_sim, milliseconds);
    rig_settle();
}

/* --------------------------------------------------------------------------- the peer */

static bool is_server(void)
{
    return SYS_WSS_MODE == SYS_WSS_SERVER;
}

void rig_put(wss_sim_end_t *peer, const void *bytes, size_t length)
{
    const uint8_t *rest = bytes;
    for (size_t sent = 0; sent < length;) {
        uint32_t count = wss_sim_peer_send(peer, rest + sent, (uint32_t)(length - sent));
        ck_assert_uint_gt(count, 0);
        sent += count;
        for (uint32_t read = 0; read < count; read += SYS_WSS_READ_SIZE)
            (void)SYS_WSS_Task(0);
        rig_settle();
    }
}

void rig_frame(wss_sim_end_t *peer, unsigned first, const void *payload, size_t length)
{
    static const uint8_t key[4] = {0x12, 0x34, 0x56, 0x78};
    static uint8_t frame[RIG_WINDOW];
    const uint8_t mask = is_server() ? 0x80 : 0;
    size_t at = 0;
    frame[at++] = (uint8_t)first;
    frame[at++] = (uint8_t)(mask | (length < 126 ? length : length < 65536 ? 126 : 127));
    for (int shift = length < 126 ? -8 : length < 65536 ? 8 : 56; shift >= 0; shift -= 8)
        frame[at++] = (uint8_t)((uint64_t)length >> shift);
    if (mask != 0) {
        memcpy(frame + at, key, sizeof key);
        at += sizeof key;
    }
    for (size_t i = 0; i < length; i++)
        frame[at + i] = (uint8_t)(((const uint8_t *)payload)[i] ^ (mask != 0 ? key[i & 3] : 0));
    rig_put(peer, frame, at + length);
}

void rig_close_frame(wss_sim_end_t *peer, unsigned code, const char *reason)
{
    uint8_t payload[125] = {(uint8_t)(code >> 8), (uint8_t)code};
    memcpy(payload + 2, reason, strlen(reason));
    rig_frame(peer, 0x88, payload, 2 + strlen(reason));
}

size_t rig_bytes(wss_sim_end_t *peer, uint8_t *bytes, size_t capacity)
{
    size_t length = 0;
    int32_t count;
    while ((count = wss_sim_peer_read(peer, bytes + length, (uint32_t)(capacity - length))) > 0)
        length += (size_t)count;
    return length;
}

/* Writes one frame; returns how many bytes it had. */
static size_t write_frame(char *text, size_t capacity, uint8_t *bytes, size_t length)
{
    ck_assert_uint_ge(length, 2);
    size_t header = 2;
    size_t payload = bytes[1] & 0x7f;
    bool masked = (bytes[1] & 0x80) != 0;
    ck_assert_int_ne(masked, is_server());
    if (payload >= 126) {
        unsigned wide = payload == 126 ? 2 : 8;
        payload = 0;
        for (unsigned i = 0; i < wide; i++)
            payload = payload << 8 | bytes[header++];
    }
    for (size_t i = 0; masked && i < payload; i++)
        bytes[header + 4 + i] ^= bytes[header + (i & 3)];
    header += masked ? 4 : 0;
    ck_assert_uint_ge(length, header + payload);
    size_t at = (size_t)snprintf(text, capacity, "%02x:", bytes[0]);
    at += write_bytes(text + at, capacity - at, bytes + header, payload);
    (void)snprintf(text + at, capacity - at, " ");
    return header + payload;
}

const char *rig_wire(wss_sim_end_t *peer)
{
    static char text[TEXT];
    static uint8_t bytes[RIG_WINDOW];
    size_t length = rig_bytes(peer, bytes, sizeof bytes);
    text[0] = '\0';
    for (size_t at = 0; at < length;) {
        size_t used = strlen(text);
        at += write_frame(text + used, TEXT - used, bytes + at, length - at);
    }
    int32_t end = wss_sim_peer_read(peer, bytes, 1);
    strcat(text, end == WSS_ERR_EOF ? "EOF" : end < 0 ? "RESET" : "");
    return text;
}

/* --------------------------------------------------------------- the opening handshake */

wss_sim_end_t *rig_connect(void)
{
    wss_sim_end_t *peer = wss_sim_peer_connect(&rig_sim, RIG_PORT);
    ck_assert_ptr_nonnull(peer);
    rig_settle();
    return peer;
}

static void check_response(wss_sim_end_t *peer, const char *key)
{
    uint8_t response[1024];
    char accept[WSS_ACCEPT_LENGTH];
    char field[80];
    size_t length = rig_bytes(peer, response, sizeof response - 1);
    response[length] = '\0';
    (void)wss_crypto_mbedtls_accept_key(NULL, key, accept);
    (void)snprintf(field, sizeof field, "Sec-WebSocket-Accept: %.*s\r\n", WSS_ACCEPT_LENGTH,
                   accept);
    ck_assert_msg(strncmp((char *)response, "HTTP/1.1 101 ", 13) == 0, "%s", (char *)response);
    ck_assert_msg(strstr((char *)response, field) != NULL, "%s", (char *)response);
}

wss_sim_end_t *rig_open_with(const char *request, const char *key)
{
    wss_sim_end_t *peer = rig_connect();
    rig_put(peer, request, strlen(request));
    check_response(peer, key);
    return peer;
}

const char rig_request[] = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
                           "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

wss_sim_end_t *rig_open(void)
{
    return rig_open_with(rig_request, "dGhlIHNhbXBsZSBub25jZQ==");
}

wss_sim_end_t *rig_asked(char *request, size_t capacity)
{
    rig_settle();
    wss_sim_end_t *peer = wss_sim_peer_accept(&rig_sim, RIG_CALLED);
    if (peer == NULL)
        return NULL;
    rig_settle();
    request[rig_bytes(peer, (uint8_t *)request, capacity - 1)] = '\0';
    return peer;
}

void rig_answer(wss_sim_end_t *peer, const char *request)
{
    char accept[WSS_ACCEPT_LENGTH];
    char response[256];
    const char *key = strstr(request, "Sec-WebSocket-Key: ");
    ck_assert_ptr_nonnull(key);
    (void)wss_crypto_mbedtls_accept_key(NULL, key + strlen("Sec-WebSocket-Key: "), accept);
    int length = snprintf(response, sizeof response,
                          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Accept: %.*s\r\n\r\n",
                          WSS_ACCEPT_LENGTH, accept);
    rig_put(peer, response, (size_t)length);
}

int main(void)
{
    SRunner *runner = srunner_create(rig_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
