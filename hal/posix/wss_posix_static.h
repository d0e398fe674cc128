/* SPDX-License-Identifier: MIT */
/*
 * Memory for a loop on the POSIX port as static arrays, for programs that know their
 * number of connections. Knows the sizes of things and nothing of what they do.
 *
 * A client that looks up host names copies the configuration and adds what that takes:
 *
 *     static wss_posix_lookup_t lookup;
 *     wss_posix_config_t config = memory;
 *     config.lookups = &lookup;
 *     config.lookup_count = 1;
 */
#ifndef WSS_POSIX_STATIC_H
#define WSS_POSIX_STATIC_H

#include "wss/wss.h"
#include "wss_posix.h"

/* Defines the constant wss_posix_config_t `name` and the memory of port and engine: `conns`
 * connections, reads of at most `read` bytes, and send room for the echo of one read. Costs
 * conns * (2 * read + 512 + sizeof(wss_conn_t) + sizeof(wss_posix_stream_t) + 41) + read bytes
 * and 16 KB. */
#define WSS_POSIX_STATIC(name, conns, read)                                                        \
    static wss_posix_stream_t name##_streams[conns];                                               \
    static uint8_t name##_send[(size_t)(conns) * ((read) + 512u)];                                 \
    static uint8_t name##_hold[(size_t)(conns) * (read)];                                          \
    static struct pollfd name##_polls[(conns) + WSS_POSIX_POLLS];                                  \
    static wss_conn_t name##_conns[conns];                                                         \
    static wss_control_t name##_controls[((conns) + 3) / 4];                                       \
    static uint8_t name##_received[read];                                                          \
    static uint8_t name##_to_send[16384];                                                          \
    static const wss_posix_config_t name = {.streams = name##_streams,                             \
                                            .stream_count = (conns),                               \
                                            .send_memory = name##_send,                            \
                                            .send_room = (read) + 512u,                            \
                                            .hold_memory = name##_hold,                            \
                                            .hold_size = (read),                                   \
                                            .polls = name##_polls}

/* The members of a wss_config_t that name the engine's part of that memory. */
#define WSS_POSIX_MEMORY(name)                                                                     \
    .conns = name##_conns, .conn_count = sizeof name##_conns / sizeof name##_conns[0],             \
    .rx_buffer = name##_received, .rx_size = sizeof name##_received WSS_POSIX_TX_MEMORY(name),     \
    .controls = name##_controls,                                                                   \
    .control_count = sizeof name##_controls / sizeof name##_controls[0]
#if WSS_CFG_TX_BUFFER
#define WSS_POSIX_TX_MEMORY(name) , .tx_buffer = name##_to_send, .tx_size = sizeof name##_to_send
#else
#define WSS_POSIX_TX_MEMORY(name)
#endif

#endif
