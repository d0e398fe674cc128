/* SPDX-License-Identifier: MIT */
/*
 * The port to lwIP 2.1 and later, on its raw TCP API; IPv4, IPv6 or both, as lwIP is built. It
 * must not know what the bytes mean. docs/LWIP.md says how to wire it and which of lwIP's
 * options matter.
 *
 *     static wss_lwip_stream_t streams[4];
 *     static uint8_t to_send[4 * 1700];
 *     static wss_lwip_t lwip;
 *
 *     const wss_lwip_config_t config = {.streams = streams, .stream_count = 4,
 *         .send_memory = to_send, .send_room = 1700, .entropy = hardware_random,
 *         .poll = receive_frames, .pause = sleep_until_interrupt};
 *     wss_hal_t hal;
 *     wss_result_t result = wss_lwip_init(&lwip, &config, &hal);
 *
 * With NO_SYS 1 wait() runs lwIP: `poll`, then its timers; one task uses lwIP and the engine.
 * With NO_SYS 0 lwIP has its own thread, and LWIP_TCPIP_CORE_LOCKING has to be 1: the port's
 * lock is lwIP's core lock, and any task may call the engine.
 */
#ifndef WSS_LWIP_H
#define WSS_LWIP_H

#include "wss/wss_config.h"
#include "wss/wss_hal.h"

#include "lwip/netif.h"
#include "lwip/sys.h"
#include "lwip/tcp.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Ports that are listened at. Each costs 4 bytes and 24 for each of its backlog. */
#ifndef WSS_LWIP_LISTENERS
#define WSS_LWIP_LISTENERS 1
#endif

/* Connections of each listener that may wait to be accepted; later ones are not answered, and
 * the peer tries again. 1..255. */
#ifndef WSS_LWIP_BACKLOG
#define WSS_LWIP_BACKLOG 2
#endif

enum {
    WSS_LWIP_CONNECT_MS = 10000, /* default of connect_ms */
    WSS_LWIP_LINGER_MS = 5000    /* default of linger_ms */
};

/* A TCP connection as lwIP has it, and what came by it. Its members belong to the port. */
typedef struct wss_lwip_socket {
    struct wss_lwip *lwip;
    struct wss_lwip_stream *stream; /* that it belongs to; NULL: it waits to be accepted */
    struct tcp_pcb *pcb;            /* NULL: lwIP has none, or none that we may touch, any more */
    struct pbuf *received;          /* what is not consumed */
    uint16_t spare;                 /* behind the last of these, in its memory, which is ours */
    bool ended;                     /* the peer's FIN came after `received` */
    int8_t lost; /* lwIP's error (err_t) when it dropped the connection; 0: it did not */
} wss_lwip_socket_t;

/* One connection of the engine. Its members belong to the port. */
typedef struct wss_lwip_stream {
    wss_stream_t base;
    wss_lwip_socket_t socket;
    const char *reason;
    const char *host; /* the name that is looked up; NULL: none */
    ip_addr_t address;
    uint32_t since;   /* when the connecting, or the lingering, began */
    uint8_t *ring;    /* bytes to send: first those that lwIP points to, then the others */
    uint16_t first;   /* where in the ring they begin */
    uint16_t written; /* handed to lwIP, not acknowledged */
    uint16_t waiting; /* not handed to lwIP */
    uint16_t port;
    uint8_t life;
    uint8_t phase;
    uint8_t told; /* the phase that was reported */
    uint8_t watched;
    bool grown; /* room has grown since it was reported */
    bool finishing;
    bool finished; /* FIN is handed over */
} wss_lwip_stream_t;

typedef struct wss_lwip_config {
    wss_lwip_stream_t *streams; /* required; lwIP may call back until a lookup is over, so they
                                 * are never given back */
    uint8_t stream_count;       /* connections at a time; MEMP_NUM_TCP_PCB has to be larger by
                                 * those in the backlog and in TIME-WAIT */
    uint8_t *send_memory;       /* stream_count * send_room bytes. lwIP sends from here */
    uint16_t send_room;         /* see wss_hal_t.send_room */

    /* Bytes fit to seed a cryptographic generator; required. LWIP_RAND() is none. */
    wss_result_t (*entropy)(void *context, uint8_t *buffer, size_t length);

    /* NO_SYS 1: gives frames that have arrived to lwIP, as ethernetif_input() does. Called at
     * each look of wait(). NULL: somebody else does it. */
    void (*poll)(void *context);

    /* NO_SYS 1: sleeps until an interrupt, at most so many milliseconds, between two looks of
     * wait(). With interrupts off it has to ask wss_lwip_woken() and its driver before it
     * sleeps, so that none is missed. NULL: wait() looks once and returns. */
    void (*pause)(void *context, uint32_t milliseconds);
    void *context; /* given to the three */

    struct netif *netif; /* the interface whose link is reported; NULL: none */
    uint32_t connect_ms; /* how long a name and then a peer may take to answer; 0: the default */
    uint32_t linger_ms;  /* how long a released connection may take to be acknowledged until it
                          * is reset; its stream is not free before. 0: the default */
} wss_lwip_config_t;

/* The port. Its members belong to it. It must not move between init and close. */
typedef struct wss_lwip {
    wss_lwip_config_t config;
    struct tcp_pcb *listeners[WSS_LWIP_LISTENERS]; /* NULL: free */
    wss_lwip_socket_t queue[WSS_LWIP_LISTENERS * WSS_LWIP_BACKLOG];
#if !NO_SYS
    sys_sem_t sleep;
    bool signalled;
#endif
    uint8_t cursor;      /* the stream that wait() looks at first */
    uint8_t next_stream; /* where a free stream is looked for */
    uint8_t next_queued; /* and a connection that waits */
    bool accepting;
    bool linked;
    wss_flag_t woken;
} wss_lwip_t;

/* Prepares the port and fills `hal`; lwIP is initialised. WSS_ERR_CONFIG when a member of
 * `config` is missing or out of range, WSS_ERR_FULL when the system has no semaphore. `config`
 * is copied. */
wss_result_t wss_lwip_init(wss_lwip_t *lwip, const wss_lwip_config_t *config, wss_hal_t *hal);

/* Stops listening; connections that still stand are reset. */
void wss_lwip_close(wss_lwip_t *lwip);

/* For `pause`: the engine was woken since wait() looked. Safe in interrupts. */
bool wss_lwip_woken(const wss_lwip_t *lwip);

#ifdef __cplusplus
}
#endif
#endif
