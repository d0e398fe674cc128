/* SPDX-License-Identifier: MIT */
/*
 * Which event of a vendor interface says why a connection ended: initialisers of tables
 * by wss_reason_t, 1 + the event. 0: the reason shows as no event of its own.
 *
 * Generated from spec/wss_states.yaml (SHA-256 begins 465917a219f57571): do not edit.
 * To regenerate: python3 -m generator
 */
#ifndef WSS_FACES_H
#define WSS_FACES_H

#define WSS_SYS_WSS_CAUSES                                                      \
    [WSS_REASON_IDLE_TIMEOUT]            = 1 + SYS_WSS_EVENT_CLIENT_TIMEOUT,    \
    [WSS_REASON_PONG_TIMEOUT]            = 1 + SYS_WSS_EVENT_CLIENT_TIMEOUT,    \
    [WSS_REASON_HANDSHAKE_TIMEOUT]       = 1 + SYS_WSS_EVENT_CLIENT_TIMEOUT,    \
    [WSS_REASON_PEER_VANISHED]           = 1 + SYS_WSS_EVENT_ERR,               \
    [WSS_REASON_CONNECTION_LOST]         = 1 + SYS_WSS_EVENT_ERR,               \
    [WSS_REASON_CONNECT_FAILED]          = 1 + SYS_WSS_EVENT_SOCK_OPEN_FAILED,  \
    [WSS_REASON_TLS_FAILED]              = 1 + SYS_WSS_EVENT_SSL_FAILED,        \
    [WSS_REASON_HANDSHAKE_REFUSED]       = 1 + SYS_WSS_EVENT_ERR,               \
    [WSS_REASON_HANDSHAKE_INVALID]       = 1 + SYS_WSS_EVENT_ERR,               \
    [WSS_REASON_ANSWERED]                = 1 + SYS_WSS_EVENT_ERR,               \
    [WSS_REASON_PAGE_SERVED]             = 1 + SYS_WSS_EVENT_ERR,               \
    [WSS_REASON_ENTROPY_FAILED]          = 1 + SYS_WSS_EVENT_ERR,               \
    [WSS_REASON_RESERVED_BITS]           = 1 + SYS_WSS_EVENT_ERR_INVALID_FRAME, \
    [WSS_REASON_RESERVED_OPCODE]         = 1 + SYS_WSS_EVENT_ERR_INVALID_FRAME, \
    [WSS_REASON_CONTROL_FRAGMENTED]      = 1 + SYS_WSS_EVENT_ERR_INVALID_FRAME, \
    [WSS_REASON_CONTROL_TOO_LONG]        = 1 + SYS_WSS_EVENT_ERR_INVALID_FRAME, \
    [WSS_REASON_MASK_MISSING]            = 1 + SYS_WSS_EVENT_ERR_INVALID_FRAME, \
    [WSS_REASON_MASK_UNEXPECTED]         = 1 + SYS_WSS_EVENT_ERR_INVALID_FRAME, \
    [WSS_REASON_LENGTH_NOT_MINIMAL]      = 1 + SYS_WSS_EVENT_ERR_INVALID_FRAME, \
    [WSS_REASON_LENGTH_TOP_BIT]          = 1 + SYS_WSS_EVENT_ERR_INVALID_FRAME, \
    [WSS_REASON_MESSAGE_TOO_BIG]         = 1 + SYS_WSS_EVENT_ERR,               \
    [WSS_REASON_UNEXPECTED_CONTINUATION] = 1 + SYS_WSS_EVENT_ERR_INVALID_FRAME, \
    [WSS_REASON_MESSAGE_INTERRUPTED]     = 1 + SYS_WSS_EVENT_ERR_INVALID_FRAME, \
    [WSS_REASON_TEXT_NOT_UTF8]           = 1 + SYS_WSS_EVENT_ERR_INVALID_FRAME, \
    [WSS_REASON_CLOSE_TOO_SHORT]         = 1 + SYS_WSS_EVENT_ERR_INVALID_FRAME, \
    [WSS_REASON_CLOSE_CODE_INVALID]      = 1 + SYS_WSS_EVENT_ERR_INVALID_FRAME, \
    [WSS_REASON_CLOSE_NOT_UTF8]          = 1 + SYS_WSS_EVENT_ERR_INVALID_FRAME,

#endif
