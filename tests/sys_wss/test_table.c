/* SPDX-License-Identifier: MIT */
/*
 * Every name of the documents exists with its type and value: this file compiles, or it
 * does not. The values are those of the documents, not taken from the header.
 */
#include "sys_wss_service.h"

#include <stdio.h>
#include <string.h>

/* Macros and enumerators. */
#define DOCUMENTED(VALUE)                                                                          \
    VALUE(SYS_WSS_KA_TIMER_PERIOD, 100)                                                            \
    VALUE(SYS_WSS_CLIENT_KEY_SIZE, 16)                                                             \
    VALUE(SYS_WSS_CLIENT_KEY_SIZE_DECODED, 16)                                                     \
    VALUE(SYS_WSS_SERVER_KEY_SIZE, 50)                                                             \
    VALUE(SYS_WSS_SHA1_DIGEST_SIZE, 20)                                                            \
    VALUE(SYS_WSS_HTTP_VERSION_0_9, 0x0009)                                                        \
    VALUE(SYS_WSS_HTTP_VERSION_1_0, 0x0100)                                                        \
    VALUE(SYS_WSS_HTTP_VERSION_1_1, 0x0101)                                                        \
    VALUE(SYS_WSS_STATUS_CODE_LEN, 2)                                                              \
    VALUE(sizeof SYS_WSS_GUID, 37)                                                                 \
    VALUE(SYS_WSS_SUCCESS, 0)                                                                      \
    VALUE(SYS_WSS_FAILURE, 1)                                                                      \
    VALUE(SYS_WSS_ERROR_INVALID_REQUEST, 2)                                                        \
    VALUE(SYS_WSS_ERROR_INVALID_KEY, 3)                                                            \
    VALUE(SYS_WSS_ERROR_INVALID_FRAME, 4)                                                          \
    VALUE(SYS_WSS_STATE_CONNECTING, 0)                                                             \
    VALUE(SYS_WSS_STATE_CONNECTED, 1)                                                              \
    VALUE(SYS_WSS_STATE_CLOSING, 2)                                                                \
    VALUE(SYS_WSS_STATE_CLOSED, 3)                                                                 \
    VALUE(SYS_WSS_FRAME_CONTINUATION, 0x00)                                                        \
    VALUE(SYS_WSS_FRAME_TEXT, 0x01)                                                                \
    VALUE(SYS_WSS_FRAME_BINARY, 0x02)                                                              \
    VALUE(SYS_WSS_FRAME_CLOSE, 0x08)                                                               \
    VALUE(SYS_WSS_FRAME_PING, 0x09)                                                                \
    VALUE(SYS_WSS_FRAME_PONG, 0x0A)                                                                \
    VALUE(SYS_WSS_EVENT_ERR, 0)                                                                    \
    VALUE(SYS_WSS_EVENT_CLIENT_CONNECTING, 1)                                                      \
    VALUE(SYS_WSS_EVENT_CLIENT_CONNECTED, 2)                                                       \
    VALUE(SYS_WSS_EVENT_CLIENT_BIN_DATA_RX, 3)                                                     \
    VALUE(SYS_WSS_EVENT_CLIENT_TXT_DATA_RX, 4)                                                     \
    VALUE(SYS_WSS_EVENT_CLIENT_PING_RX, 5)                                                         \
    VALUE(SYS_WSS_EVENT_CLIENT_PONG_RX, 6)                                                         \
    VALUE(SYS_WSS_EVENT_CLIENT_CLOSE_FRAME_RX, 7)                                                  \
    VALUE(SYS_WSS_EVENT_CLIENT_CLOSING, 8)                                                         \
    VALUE(SYS_WSS_EVENT_CLIENT_CLOSED, 9)                                                          \
    VALUE(SYS_WSS_EVENT_ERR_INVALID_FRAME, 10)                                                     \
    VALUE(SYS_WSS_EVENT_CLIENT_TIMEOUT, 11)                                                        \
    VALUE(SYS_WSS_STATUS_CODE_NORMAL_CLOSURE, 1000)                                                \
    VALUE(SYS_WSS_STATUS_CODE_GOING_AWAY, 1001)                                                    \
    VALUE(SYS_WSS_STATUS_CODE_PROTOCOL_ERROR, 1002)                                                \
    VALUE(SYS_WSS_STATUS_CODE_UNSUPPORTED_DATA, 1003)                                              \
    VALUE(SYS_WSS_STATUS_CODE_NO_STATUS_RCVD, 1005)                                                \
    VALUE(SYS_WSS_STATUS_CODE_ABNORMAL_CLOSURE, 1006)                                              \
    VALUE(SYS_WSS_STATUS_CODE_INVALID_PAYLOAD_DATA, 1007)                                          \
    VALUE(SYS_WSS_STATUS_CODE_POLICY_VIOLATION, 1008)                                              \
    VALUE(SYS_WSS_STATUS_CODE_MESSAGE_TOO_BIG, 1009)                                               \
    VALUE(SYS_WSS_STATUS_CODE_MANDATORY_EXT, 1010)                                                 \
    VALUE(SYS_WSS_STATUS_CODE_INTERNAL_ERROR, 1011)                                                \
    VALUE(SYS_WSS_STATUS_CODE_TLS_HANDSHAKE, 1015)

/* Not in the documents, but in the header that was shipped. */
#define SHIPPED(VALUE)                                                                             \
    VALUE(SYS_WSS_EVENT_SSL_FAILED, 12)                                                            \
    VALUE(SYS_WSS_EVENT_SOCK_OPEN_FAILED, 13)                                                      \
    VALUE(SYS_WSS_EVENT_LL_INTF_DOWN, 14)                                                          \
    VALUE(SYS_WSS_EVENT_LL_INTF_UP, 15)                                                            \
    VALUE(SYS_WSS_MASKING_KEY_LEN, 4)                                                              \
    VALUE(SYS_WSS_HEADER_LEN, 2)                                                                   \
    VALUE(SYS_WSS_SERVER, 1)                                                                       \
    VALUE(SYS_WSS_CLIENT, 0)                                                                       \
    VALUE(SYS_WSS_ETHERNET, 1)                                                                     \
    VALUE(SYS_WSS_WIFI, 0)

/* The configurator's defaults. */
#define CONFIGURED(VALUE)                                                                          \
    VALUE(SYS_WSS_PORT, 8000)                                                                      \
    VALUE(SYS_WSS_ENABLE_TLS, false)                                                               \
    VALUE(SYS_WSS_ENABLE_DEBUG, 0)                                                                 \
    VALUE(SYS_WSS_MAX_RX_BUFFER, 1400)                                                             \
    VALUE(SYS_WSS_MAX_NUM_CLIENTS, 2)                                                              \
    VALUE(SYS_WSS_CLIENT_TIMEOUT, 30000)                                                           \
    VALUE(SYS_WSS_START_AT_BOOT, true)                                                             \
    VALUE(SYS_WSS_RTOS_STACK_SIZE, 4096)                                                           \
    VALUE(SYS_WSS_RTOS_TASK_PRIORITY, 1)                                                           \
    VALUE(SYS_WSS_RTOS_TASK_DELAY, 1)

#define IS(name, value)  _Static_assert((name) == (value), #name)
#define ROW(name, value) IS(name, value);
#define ONE(name, value) +1

DOCUMENTED(ROW)
SHIPPED(ROW)
CONFIGURED(ROW)

enum {
    DOCUMENTED_VALUES = DOCUMENTED(ONE),
    SHIPPED_VALUES = SHIPPED(ONE),
    SETTINGS = CONFIGURED(ONE)
};

/* Memory of a client in the default configuration: its state, its share of the control
 * payloads, its message buffer and what the application sees of it. */
enum {
    CLIENT_MEMORY = sizeof(wss_conn_t) + sizeof(wss_control_t) / SYS_WSS_MAX_NUM_CLIENTS +
                    SYS_WSS_MAX_RX_BUFFER + sizeof g_wssSrvcObj / SYS_WSS_MAX_NUM_CLIENTS
};

_Static_assert(CLIENT_MEMORY <= 1700, "memory of a client");

/* Members, by name, type and order. */
#define MEMBER(type, name, kind)                                                                   \
    _Static_assert(_Generic(((type *)NULL)->name, kind : 1, default : 0), #type "." #name)
#define AFTER(type, first, second)                                                                 \
    _Static_assert(offsetof(type, first) < offsetof(type, second), #type "." #second)

MEMBER(SYS_WSS_CONFIG, port, unsigned int);
MEMBER(SYS_WSS_CONFIG, isTLSEnabled, bool);
AFTER(SYS_WSS_CONFIG, port, isTLSEnabled);

MEMBER(SYS_WSS_RXDATA, data, uint8_t *);
MEMBER(SYS_WSS_RXDATA, datalen, int64_t);
AFTER(SYS_WSS_RXDATA, data, datalen);

MEMBER(SYS_WSS_HANDSHAKE_CTXT, http_version, uint16_t);
MEMBER(SYS_WSS_HANDSHAKE_CTXT, ws_version, uint8_t);
MEMBER(SYS_WSS_HANDSHAKE_CTXT, upgradeWebSocket, bool);
MEMBER(SYS_WSS_HANDSHAKE_CTXT, origin, bool);
MEMBER(SYS_WSS_HANDSHAKE_CTXT, connectionUpgrade, bool);
MEMBER(SYS_WSS_HANDSHAKE_CTXT, connectionClose, bool);
IS(sizeof(((SYS_WSS_HANDSHAKE_CTXT *)NULL)->clientKey), 17);
IS(sizeof(((SYS_WSS_HANDSHAKE_CTXT *)NULL)->serverKey), 51);
AFTER(SYS_WSS_HANDSHAKE_CTXT, http_version, ws_version);
AFTER(SYS_WSS_HANDSHAKE_CTXT, ws_version, upgradeWebSocket);
AFTER(SYS_WSS_HANDSHAKE_CTXT, upgradeWebSocket, origin);
AFTER(SYS_WSS_HANDSHAKE_CTXT, origin, connectionUpgrade);
AFTER(SYS_WSS_HANDSHAKE_CTXT, connectionUpgrade, connectionClose);
AFTER(SYS_WSS_HANDSHAKE_CTXT, connectionClose, clientKey);
AFTER(SYS_WSS_HANDSHAKE_CTXT, clientKey, serverKey);

IS(sizeof(SYS_WSS_FRAME_HEADER), 2);
IS(offsetof(SYS_WSS_FRAME_HEADER, extPayloadLen), 2);

/* Functions, by type. */
static SYS_MODULE_OBJ (*const initialize)(SYS_WSS_CONFIG *, SYS_WSS_CALLBACK,
                                          void *) = SYS_WSS_Initialize;
static void (*const deinitialize)(void) = SYS_WSS_Deinitialize;
static SYS_WSS_RESULT (*const send_message)(bool, SYS_WSS_FRAME, uint8_t *, size_t,
                                            int32_t) = SYS_WSS_sendMessage;
static SYS_WSS_RESULT (*const register_callback)(SYS_WSS_CALLBACK,
                                                 void *) = SYS_WSS_register_callback;
static SYS_WSS_RESULT (*const close_connection)(SYS_WSS_STATUS_CODE, uint8_t *, size_t,
                                                int32_t) = SYS_WSS_CloseConnection;
static SYS_WSS_RESULT (*const ping_client)(uint8_t *, size_t, int32_t) = SYS_WSS_PingClient;
static uint8_t (*const task)(SYS_MODULE_OBJ) = SYS_WSS_Task;

static void callback(SYS_WSS_EVENTS event, void *data, int32_t clientIndex, void *cookie)
{
    (void)event, (void)data, (void)clientIndex, (void)cookie;
}

/* The bits of a frame's first two bytes, where the machine orders them as the names say. */
static int check_frame_header(void)
{
    SYS_WSS_FRAME_HEADER header;
    const uint16_t probe = 1;
    const uint8_t bytes[2] = {0x81, 0xfe};
    if (*(const uint8_t *)&probe == 0)
        return 0;
    memcpy(&header, bytes, sizeof bytes);
    return header.opcode == 1 && header.resvd == 0 && header.fin == 1 && header.payloadLen == 126 &&
                   header.mask == 1
               ? 0
               : 1;
}

int main(void)
{
    const SYS_WSS_CALLBACK function = callback;
    SYS_MODULE_OBJ sysWSSObj = SYS_MODULE_OBJ_INVALID;
    SYS_WSS_Deinitialize();
    SYS_WSS_Deinitialize(&sysWSSObj);
    (void)sysWSSObj;
    printf(
        "%d values of the documents, %d of the shipped header, %d settings; %d bytes per client\n",
        DOCUMENTED_VALUES, SHIPPED_VALUES, SETTINGS, CLIENT_MEMORY);
    return initialize == NULL || deinitialize == NULL || send_message == NULL ||
           register_callback == NULL || close_connection == NULL || ping_client == NULL ||
           task == NULL || function == NULL ||
           strcmp(SYS_WSS_GUID, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11") != 0 ||
           g_wssSrvcObj[0].wssState != SYS_WSS_STATE_CLOSED || check_frame_header();
}
