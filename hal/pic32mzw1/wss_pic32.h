/* SPDX-License-Identifier: MIT */
/*
 * The port to the PIC32MZ W1 with Microchip's Harmony 3 TCP/IP stack. It must not know what
 * the bytes mean. docs/PIC32MZW1.md says how to wire it.
 *
 * The stack has no accept(): a listening socket becomes the connection. So each stream has a
 * socket of its own that listens while nobody is connected. Its FIFOs are the room to send and
 * the place where bytes wait until they are consumed.
 *
 *     static wss_pic32_stream_t streams[2];
 *     static wss_pic32_t pic32;
 *
 *     wss_pic32_config_t config = {.streams = streams, .stream_count = 2, .send_room = 1700};
 *     wss_hal_t hal;
 *     wss_result_t result = wss_pic32_init(&pic32, &config, &hal);
 *
 * With WSS_PIC32_RTOS 0 nobody else runs while wait() waits: unless `pause` is given, it looks
 * once and returns, and wss_loop_step() is called from the main loop.
 */
#ifndef WSS_PIC32_H
#define WSS_PIC32_H

#include "wss/wss_config.h"
#include "wss/wss_hal.h"

/* The lock and the sleep of an RTOS through OSAL: 1 or 0. */
#ifndef WSS_PIC32_RTOS
#define WSS_PIC32_RTOS 0
#endif

/* Sockets of NET_PRES, which can do TLS, rather than TCPIP_TCP: 1 or 0. */
#ifndef WSS_PIC32_NET_PRES
#define WSS_PIC32_NET_PRES 0
#endif

/* Host names by the stack's DNS client: 1 or 0. */
#ifndef WSS_PIC32_DNS
#define WSS_PIC32_DNS 1
#endif

/* Ports that are listened at. Each costs 20 bytes. */
#ifndef WSS_PIC32_LISTENERS
#define WSS_PIC32_LISTENERS 2
#endif

#include "tcpip/tcpip.h"
#if WSS_PIC32_RTOS
#include "osal/osal.h"
#endif

#ifdef __cplusplus
extern "C" {
#endif

enum {
    WSS_PIC32_CONNECT_MS = 10000, /* default of connect_ms */
    WSS_PIC32_LINGER_MS = 5000,   /* default of linger_ms */
    WSS_PIC32_POLL_MS = 1         /* default of poll_ms */
};

/* One connection and its socket. Its members belong to the port. */
typedef struct wss_pic32_stream {
    wss_stream_t base;
    struct wss_pic32 *pic32;
    const char *reason;
    const char *host;    /* the name that is looked up; NULL: none */
    uint32_t since;      /* when the connecting, or the lingering, began */
    TCP_SOCKET socket;   /* of TCP; INVALID_SOCKET: none */
    uint16_t local_port; /* of a client */
    uint16_t peer_port;
    uint16_t capacity; /* what the send buffer holds */
    uint16_t room;     /* of it, free when it was last seen */
    uint8_t listener;  /* WSS_PIC32_LISTENERS: none, a client or to be closed */
    uint8_t life;
    uint8_t phase;
    uint8_t watched;
    bool server; /* the socket has listened */
    bool mortal; /* it ends with its connection; otherwise it listens again */
    bool secure;
    bool grown; /* room has grown since it was reported */
    bool phase_changed;
    bool finishing;
    bool finished; /* FIN is handed over */
    bool gone;     /* the connection has ended */
    bool reset;    /* ... and a server's socket listens again */
    bool tainted;  /* ... and who came next may have lost or got bytes */
#if WSS_PIC32_NET_PRES
    int16_t handle;
    uint16_t queue_first; /* ring of bytes that NET_PRES did not take */
    uint16_t queue_length;
#endif
} wss_pic32_stream_t;

typedef struct wss_pic32_config {
    wss_pic32_stream_t *streams; /* required */
    uint8_t stream_count;        /* connections at a time; each takes a socket of the stack */
    uint16_t send_room;          /* see wss_hal_t.send_room; the size of the stack's TX FIFOs but
                                  * for a byte */
    uint16_t receive_room;       /* the size of the stack's RX FIFOs; 0: as the stack has it */
    uint32_t connect_ms;         /* how long a name and then a peer may take to answer; 0: the
                                  * default. The stack itself tries for ever */
    uint32_t linger_ms;   /* how long a released connection may take to end; 0: the default */
    uint16_t poll_ms;     /* wait() looks that often; 0: the default. A tick of FreeRTOS, or of
                           * another RTOS beneath OSAL, is the least */
    TCPIP_NET_HANDLE net; /* the interface whose link is reported; NULL: none */
    void (*pause)(
        void *context,
        uint32_t milliseconds); /* lets others run, at most about that
                                 * long, between two looks of wait(); must not call the engine.
                                 * NULL: OSAL's sleep; without an RTOS wait() looks once */
    void *pause_context;
#if WSS_PIC32_NET_PRES
    uint8_t *send_memory; /* stream_count * send_room bytes */
    bool tls;             /* accepted connections are over TLS; dials are where they ask for it */
#endif
} wss_pic32_config_t;

typedef struct wss_pic32_listener {
    IP_MULTI_ADDRESS address;
    uint16_t port; /* 0: free */
    bool anywhere; /* no address */
} wss_pic32_listener_t;

/* The port. Its members belong to it. It must not move between init and close. */
typedef struct wss_pic32 {
    wss_pic32_config_t config;
    wss_pic32_listener_t listeners[WSS_PIC32_LISTENERS];
#if WSS_PIC32_RTOS
    OSAL_MUTEX_HANDLE_TYPE mutex;
    OSAL_SEM_HANDLE_TYPE sleep; /* nobody posts it */
#endif
    uint32_t refused_at; /* when the stack had no socket for us */
    uint8_t cursor;      /* the stream that wait() looks at first */
    uint8_t accept_next;
    bool refused;
    bool accepting;
    bool linked;
    wss_flag_t woken;
} wss_pic32_t;

/* Prepares the port and fills `hal`. WSS_ERR_CONFIG when a member of `config` is missing or out
 * of range, WSS_ERR_FULL when the RTOS has no mutex. `config` is copied. The stack need not be
 * ready yet: until then listen() finds no socket (WSS_ERR_FULL) and can be tried again. */
wss_result_t wss_pic32_init(wss_pic32_t *pic32, const wss_pic32_config_t *config, wss_hal_t *hal);

/* Closes every socket. Connections that still stand are reset. */
void wss_pic32_close(wss_pic32_t *pic32);

#ifdef __cplusplus
}
#endif
#endif
