/* SPDX-License-Identifier: MIT */
/*
 * What the suite of the HAL contract needs of a port: a way to open it, and peers at
 * the other end of its connections. One file per port defines `port`.
 */
#ifndef TESTS_HAL_PORT_H
#define TESTS_HAL_PORT_H

#include "wss/wss_hal.h"

#include <check.h>

/* wss_hal_t.send_room: more than the network takes at once. */
#ifndef PORT_ROOM
#define PORT_ROOM 65536
#endif

/* How the port under test is opened. */
enum {
    PORT_STREAMS = 4,
    PORT_HOLD = 1024 /* least capacity of recv() that is used in full */
};

typedef struct port {
    wss_hal_t *(*open)(void);
    void (*close)(void);

    /* Whether the machine has IPv6. */
    bool (*has_v6)(void);

    /* A peer that connects to the port; a number to call it by. The connection waits to
     * be accepted when this returns. */
    int (*call)(uint16_t port, bool v6);
    /* Sends; returns how many bytes were taken. */
    uint32_t (*give)(int peer, const void *data, uint32_t length);
    /* Reads what has arrived: a count, 0 for none yet, WSS_ERR_EOF or WSS_ERR_NETWORK. */
    int32_t (*take)(int peer, void *buffer, uint32_t capacity);
    void (*end)(int peer);
    void (*reset)(int peer);
    void (*drop)(int peer);

    /* The address text of a peer up to the port. */
    const char *v4_text;
    const char *v6_text;
} port_t;

extern const port_t port;

/* Tests that only this port has; NULL: none. */
TCase *port_cases(void);

#endif
