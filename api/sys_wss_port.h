/* SPDX-License-Identifier: MIT */
/*
 * What the SYS_WSS service asks of the system it runs on. Exactly one file that implements
 * it is built in: sys_wss_posix.c on POSIX, sys_wss_harmony.c on Harmony. It must not know the
 * service.
 */
#ifndef SYS_WSS_PORT_H
#define SYS_WSS_PORT_H

#include "sys_wss_config.h"
#include "wss/wss_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    SYS_WSS_FRAME_OVERHEAD = 14, /* the longest header (RFC 6455, 5.2) */
    SYS_WSS_LEAST_ROOM = 512,    /* of wss_hal_t.send_room */

    /* What the port has to hold: connections at a time, and room to send of each. */
    SYS_WSS_STREAMS = SYS_WSS_MODE == SYS_WSS_SERVER ? SYS_WSS_MAX_NUM_CLIENTS : 1,
    SYS_WSS_WHOLE_ROOM = SYS_WSS_MAX_TX_BUFFER + SYS_WSS_FRAME_OVERHEAD + (int)WSS_ROOM_RESERVED,
    SYS_WSS_SEND_ROOM =
        SYS_WSS_WHOLE_ROOM > SYS_WSS_LEAST_ROOM ? SYS_WSS_WHOLE_ROOM : SYS_WSS_LEAST_ROOM
};

typedef struct sys_wss_port {
    const wss_hal_t *hal;
    const wss_crypto_t *crypto;
    uint8_t *tx_buffer; /* wss_config_t.tx_buffer and tx_size, where WSS_CFG_TX_BUFFER is 1 */
    uint32_t tx_size;
} sys_wss_port_t;

/* Begins; `*port` becomes what the engine runs on. With `tls` all its connections are over
 * TLS; then a client's `host`, which lives as long as the port, is whom the server's certificate
 * has to name. WSS_ERR_UNSUPPORTED: TLS is not possible. */
wss_result_t sys_wss_port_open(bool tls, const char *host, sys_wss_port_t *port);

/* Whether the network can be used. Until then nothing is listened at, nobody is called, and no
 * event tells of it. Asked by SYS_WSS_Task(). */
bool sys_wss_port_ready(void);

/* Ends; no connection stands any more. */
void sys_wss_port_close(void);

/* A lock for a few instructions, which works before open and after close. Where there is one
 * task, they do nothing. */
void sys_wss_port_lock(void);
void sys_wss_port_unlock(void);

#ifdef __cplusplus
}
#endif
#endif
