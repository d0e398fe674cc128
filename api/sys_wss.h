/* SPDX-License-Identifier: MIT */
/*
 * Microchip's WebSocket system service (SYS_WSS) over this engine: names, types and values
 * are those of its documents. docs/MIGRATING.md says what differs from what was shipped.
 *
 *     static void on_event(SYS_WSS_EVENTS event, void *data, int32_t client, void *cookie)
 *     {
 *         const SYS_WSS_RXDATA *message = (const SYS_WSS_RXDATA *)data;
 *         if (event == SYS_WSS_EVENT_CLIENT_TXT_DATA_RX)
 *             SYS_WSS_sendMessage(1, SYS_WSS_FRAME_TEXT, message->data,
 *                                 (size_t)message->datalen, client);
 *     }
 *
 *     SYS_MODULE_OBJ service = SYS_WSS_Initialize(NULL, on_event, NULL);
 *     for (;;)
 *         SYS_WSS_Task(service);
 *
 * There is one service; what it is made of is configured by the macros of
 * sys_wss_config.h. Where the port has a lock, every function may be called from any task,
 * and all of them from the callback, too. What one task causes may then be told before what
 * another is about to tell: CLOSED of a service that ends before the CONNECTING of a connection
 * that has just come.
 */
#ifndef SYS_WSS_H
#define SYS_WSS_H

#include "sys_wss_config.h"
#include "sys_wss_system.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ----------------------------------------------------------------------- constants */

#define SYS_WSS_KA_TIMER_PERIOD         100 /* the client timeout is exact to the millisecond */
#define SYS_WSS_CLIENT_KEY_SIZE         16  /* of no use: a key has 24 characters (RFC 6455, 4.1) */
#define SYS_WSS_CLIENT_KEY_SIZE_DECODED 16
#define SYS_WSS_SERVER_KEY_SIZE         50
#define SYS_WSS_SHA1_DIGEST_SIZE        20
#define SYS_WSS_HTTP_VERSION_0_9        0x0009
#define SYS_WSS_HTTP_VERSION_1_0        0x0100
#define SYS_WSS_HTTP_VERSION_1_1        0x0101
#define SYS_WSS_STATUS_CODE_LEN         2
#define SYS_WSS_GUID                    "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
#define SYS_WSS_MASKING_KEY_LEN         4
#define SYS_WSS_HEADER_LEN              2

/* ---------------------------------------------------------------------------- types */

typedef enum {
    SYS_WSS_SUCCESS = 0,
    SYS_WSS_FAILURE = 1,           /* not now, or not at all: nothing was done */
    SYS_WSS_ERROR_INVALID_REQUEST, /* never returned */
    SYS_WSS_ERROR_INVALID_KEY,     /* never returned */
    SYS_WSS_ERROR_INVALID_FRAME    /* the frame would break RFC 6455: nothing was done */
} SYS_WSS_RESULT;

typedef enum {
    SYS_WSS_STATE_CONNECTING = 0,
    SYS_WSS_STATE_CONNECTED,
    SYS_WSS_STATE_CLOSING,
    SYS_WSS_STATE_CLOSED
} SYS_WSS_STATE;

typedef enum {
    SYS_WSS_FRAME_CONTINUATION = 0x00,
    SYS_WSS_FRAME_TEXT = 0x01,
    SYS_WSS_FRAME_BINARY = 0x02,
    SYS_WSS_FRAME_CLOSE = 0x08,
    SYS_WSS_FRAME_PING = 0x09,
    SYS_WSS_FRAME_PONG = 0x0A
} SYS_WSS_FRAME;

/* What the callback is told. `data` is a SYS_WSS_RXDATA where the comment says what is in
 * it, else NULL; it is valid until the callback returns. A client index of -1 means no
 * client, or all. */
typedef enum {
    SYS_WSS_EVENT_ERR = 0,               /* why the connection ends: an error of any other kind */
    SYS_WSS_EVENT_CLIENT_CONNECTING,     /* a connection begins */
    SYS_WSS_EVENT_CLIENT_CONNECTED,      /* the opening handshake is done */
    SYS_WSS_EVENT_CLIENT_BIN_DATA_RX,    /* a whole binary message: its bytes */
    SYS_WSS_EVENT_CLIENT_TXT_DATA_RX,    /* a whole text message: UTF-8, not terminated */
    SYS_WSS_EVENT_CLIENT_PING_RX,        /* a Ping, which is answered already: its payload */
    SYS_WSS_EVENT_CLIENT_PONG_RX,        /* a Pong: its payload */
    SYS_WSS_EVENT_CLIENT_CLOSE_FRAME_RX, /* the peer closes: the payload of its Close frame */
    SYS_WSS_EVENT_CLIENT_CLOSING,        /* the closing handshake began, by us or the peer */
    SYS_WSS_EVENT_CLIENT_CLOSED,         /* the connection is over; once for each CONNECTING */
    SYS_WSS_EVENT_ERR_INVALID_FRAME,     /* why the connection ends: a frame breaks RFC 6455 */
    SYS_WSS_EVENT_CLIENT_TIMEOUT,        /* why the connection ends: the peer was silent */
    SYS_WSS_EVENT_SSL_FAILED,            /* why the connection ends, or cannot begin: TLS */
    SYS_WSS_EVENT_SOCK_OPEN_FAILED,      /* no listening (-1) or no connection was possible */
    SYS_WSS_EVENT_LL_INTF_DOWN,          /* -1: the network link went down; connections stay */
    SYS_WSS_EVENT_LL_INTF_UP             /* -1: the network link is up again */
} SYS_WSS_EVENTS;

typedef enum {
    SYS_WSS_STATUS_CODE_NORMAL_CLOSURE = 1000,
    SYS_WSS_STATUS_CODE_GOING_AWAY = 1001,
    SYS_WSS_STATUS_CODE_PROTOCOL_ERROR = 1002,
    SYS_WSS_STATUS_CODE_UNSUPPORTED_DATA = 1003,
    SYS_WSS_STATUS_CODE_NO_STATUS_RCVD = 1005,   /* cannot be sent */
    SYS_WSS_STATUS_CODE_ABNORMAL_CLOSURE = 1006, /* cannot be sent */
    SYS_WSS_STATUS_CODE_INVALID_PAYLOAD_DATA = 1007,
    SYS_WSS_STATUS_CODE_POLICY_VIOLATION = 1008,
    SYS_WSS_STATUS_CODE_MESSAGE_TOO_BIG = 1009,
    SYS_WSS_STATUS_CODE_MANDATORY_EXT = 1010,
    SYS_WSS_STATUS_CODE_INTERNAL_ERROR = 1011,
    SYS_WSS_STATUS_CODE_TLS_HANDSHAKE = 1015 /* cannot be sent */
} SYS_WSS_STATUS_CODE;

/* Overrides the macros of sys_wss_config.h. */
typedef struct {
    unsigned int port;
    bool isTLSEnabled;
} SYS_WSS_CONFIG;

typedef struct {
    uint8_t *data; /* may be changed */
    int64_t datalen;
} SYS_WSS_RXDATA;

/* The service neither fills nor reads these two; they are here for applications that do. */
typedef struct {
    uint16_t http_version;
    uint8_t ws_version;
    bool upgradeWebSocket;
    bool origin;
    bool connectionUpgrade;
    bool connectionClose;
    bool iskey; /* of some releases, in the place of connectionClose */
    char clientKey[SYS_WSS_CLIENT_KEY_SIZE + 1];
    char serverKey[SYS_WSS_SERVER_KEY_SIZE + 1];
} SYS_WSS_HANDSHAKE_CTXT;

/* How bits of a byte are ordered is the compiler's choice; the names fit little-endian ones. */
SYS_WSS_EXTENSION typedef struct {
    uint8_t opcode : 4;
    uint8_t resvd : 3;
    uint8_t fin : 1;
    uint8_t payloadLen : 7;
    uint8_t mask : 1;
    uint8_t extPayloadLen[];
} SYS_WSS_FRAME_HEADER;

/* Called by SYS_WSS_Task(), and by the other functions for what they cause at once. */
typedef void (*SYS_WSS_CALLBACK)(SYS_WSS_EVENTS event, void *data, int32_t clientIndex,
                                 void *cookie);

/* What the documents call g_wssSrvcObj[clientIndex].wssState: set before the event that
 * tells of it. To be read in the callback, or by the task that calls SYS_WSS_Task(). */
typedef struct {
    SYS_WSS_STATE wssState;
} SYS_WSS_CLIENT_OBJ;

extern SYS_WSS_CLIENT_OBJ g_wssSrvcObj[SYS_WSS_MOST_CLIENTS];

/* ------------------------------------------------------------------------ functions */

/*
 * Starts the service: as SYS_WSS_MODE says it will listen at a port, or connect to a server,
 * once SYS_WSS_Task() is called. NULL stands for the configured port and TLS, and for the
 * callback and cookie registered before.
 *
 * SYS_MODULE_OBJ_INVALID: the configuration is not possible; or the service is being
 * initialised or deinitialised by a call that has not returned. Where it runs already the
 * callback is registered and the same object returned, unless a `config` is given.
 */
SYS_MODULE_OBJ SYS_WSS_Initialize(SYS_WSS_CONFIG *config, SYS_WSS_CALLBACK callback, void *cookie);

/* Ends the service: each connection ends with a TCP reset and its CLOSED, before this
 * returns. For closing handshakes call SYS_WSS_CloseConnection() for all clients before, and
 * wait for the CLOSED events. Memory and sockets are free when the calls of other tasks, and
 * the SYS_WSS_Task() around a callback, have returned. With or without an argument. */
void SYS_WSS_Deinitialize(void);
#define SYS_WSS_Deinitialize(...) (SYS_WSS_Deinitialize)()

/*
 * Does what is due, without waiting: at most WSS_CFG_EVENTS_PER_STEP reads, one of each client
 * with at most SYS_WSS_READ_SIZE bytes, the callbacks that this causes, and one attempt to
 * listen or to connect. To be called all the time by one task; `object` is not looked at.
 * SYS_WSS_FAILURE: the service does not run, its network failed, or this is a callback that
 * SYS_WSS_Task() called.
 *
 * The one thing without such a bound is a TLS handshake.
 */
uint8_t SYS_WSS_Task(SYS_MODULE_OBJ object);

/* SYS_WSS_FAILURE: there is no callback to register. */
SYS_WSS_RESULT SYS_WSS_register_callback(SYS_WSS_CALLBACK userCallback, void *cookie);

/*
 * The next three do one thing to one client, or with a negative index to each connected
 * client: then the result is SYS_WSS_FAILURE if any refused, and each gets all or nothing.
 * SYS_WSS_FAILURE: the index is out of range, the client is not connected, there are no data
 * although a length is given, or they do not fit now.
 */

/*
 * Sends a message, or with `fin` 0 a fragment of one: the next call for that client with the
 * same type, or with CONTINUATION, goes on with it. At most SYS_WSS_MAX_TX_BUFFER bytes; they
 * are copied. SYS_WSS_ERROR_INVALID_FRAME: another type inside a message, CONTINUATION outside
 * of one, text that is not UTF-8, or a type that is not for data.
 */
SYS_WSS_RESULT SYS_WSS_sendMessage(bool fin, SYS_WSS_FRAME type, uint8_t *data, size_t dataLen,
                                   int32_t clientIndex);

/* Begins the closing handshake; `data`, a reason in UTF-8, has at most 123 bytes.
 * SYS_WSS_ERROR_INVALID_FRAME: the code cannot be sent, or the reason is too long or not
 * UTF-8. */
SYS_WSS_RESULT SYS_WSS_CloseConnection(SYS_WSS_STATUS_CODE code, uint8_t *data, size_t dataLen,
                                       int32_t clientIndex);

/* Sends a Ping with at most 125 bytes. SYS_WSS_ERROR_INVALID_FRAME: they are more. */
SYS_WSS_RESULT SYS_WSS_PingClient(uint8_t *data, size_t dataLen, int32_t clientIndex);

#ifdef __cplusplus
}
#endif
#endif
