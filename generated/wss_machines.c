/* SPDX-License-Identifier: MIT */
/*
 * The machines as tables, and the switches that call guards and actions by name: the
 * call graph is static. A row's comment says where the specification has it.
 *
 * Generated from spec/wss_states.yaml (SHA-256 begins 465917a219f57571): do not edit.
 * To regenerate: python3 -m generator
 */
#include "wss_machines.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---------------------------------------------------------------- connection */

const uint8_t wss_connection_timer_event[] = {
    [WSS_TIMER_HANDSHAKE] = WSS_EV_T_HANDSHAKE,
    [WSS_TIMER_IDLE]      = WSS_EV_T_IDLE,
    [WSS_TIMER_PING]      = WSS_EV_T_PING,
    [WSS_TIMER_PONG]      = WSS_EV_T_PONG,
    [WSS_TIMER_CLOSE]     = WSS_EV_T_CLOSE,
    [WSS_TIMER_FLUSH]     = WSS_EV_T_FLUSH,
    [WSS_TIMER_LINGER]    = WSS_EV_T_LINGER,
};

_Static_assert(COUNT(wss_connection_timer_event) == WSS_TIMER_COUNT, "timers of connection");

#if WSS_CFG_SERVER || WSS_CFG_CLIENT
static const wss_state_info_t connection_states[] = {
    [WSS_ST_IDLE]         = {.public_state = WSS_CLOSED, .input = WSS_INPUT_NONE},
    [WSS_ST_CONNECTING]   = {.public_state = WSS_CONNECTING, .input = WSS_INPUT_NONE,
        .arm = WSS_TIMER_BIT(WSS_TIMER_HANDSHAKE)},
    [WSS_ST_SECURING]     = {.public_state = WSS_CONNECTING, .input = WSS_INPUT_NONE,
        .arm = WSS_TIMER_BIT(WSS_TIMER_HANDSHAKE)},
    [WSS_ST_UPGRADING]    = {.public_state = WSS_CONNECTING, .input = WSS_INPUT_HTTP,
        .arm = WSS_TIMER_BIT(WSS_TIMER_HANDSHAKE)},
    [WSS_ST_DECIDING]     = {.public_state = WSS_CONNECTING, .input = WSS_INPUT_NONE,
        .arm = WSS_TIMER_BIT(WSS_TIMER_HANDSHAKE)},
    [WSS_ST_RESPONDING]   = {.public_state = WSS_CONNECTING, .input = WSS_INPUT_DISCARD,
        .arm = WSS_TIMER_BIT(WSS_TIMER_FLUSH), .allow = WSS_ALLOW_RESPOND},
    [WSS_ST_OPEN]         = {.public_state = WSS_CONNECTED, .input = WSS_INPUT_FRAMES,
        .arm = WSS_TIMER_BIT(WSS_TIMER_IDLE) | WSS_TIMER_BIT(WSS_TIMER_PING), .allow = WSS_ALLOW_SEND | WSS_ALLOW_STREAM | WSS_ALLOW_PONG},
    [WSS_ST_DRAINING]     = {.public_state = WSS_CLOSING, .input = WSS_INPUT_FRAMES,
        .arm = WSS_TIMER_BIT(WSS_TIMER_CLOSE), .allow = WSS_ALLOW_STREAM | WSS_ALLOW_PONG},
    [WSS_ST_ANSWERING]    = {.public_state = WSS_CLOSING, .input = WSS_INPUT_DISCARD,
        .arm = WSS_TIMER_BIT(WSS_TIMER_CLOSE), .allow = WSS_ALLOW_STREAM},
    [WSS_ST_CLOSING]      = {.public_state = WSS_CLOSING, .input = WSS_INPUT_FRAMES,
        .arm = WSS_TIMER_BIT(WSS_TIMER_CLOSE), .allow = WSS_ALLOW_PONG},
    [WSS_ST_FLUSHING]     = {.public_state = WSS_CLOSING, .input = WSS_INPUT_DISCARD,
        .arm = WSS_TIMER_BIT(WSS_TIMER_FLUSH), .allow = WSS_ALLOW_DRAIN},
    [WSS_ST_LINGERING]    = {.public_state = WSS_CLOSING, .input = WSS_INPUT_DISCARD,
        .arm = WSS_TIMER_BIT(WSS_TIMER_LINGER)},
    [WSS_ST_EMPTYING]     = {.public_state = WSS_CLOSING, .input = WSS_INPUT_DISCARD,
        .arm = WSS_TIMER_BIT(WSS_TIMER_FLUSH), .allow = WSS_ALLOW_DRAIN},
    [WSS_ST_AWAITING_FIN] = {.public_state = WSS_CLOSING, .input = WSS_INPUT_DISCARD,
        .arm = WSS_TIMER_BIT(WSS_TIMER_LINGER)},
    [WSS_ST_CLOSED]       = {.public_state = WSS_CLOSED, .input = WSS_INPUT_NONE},
};

_Static_assert(COUNT(connection_states) == WSS_ST_COUNT, "states of connection");
#endif

#if WSS_CFG_SERVER
static const wss_row_t connection_server_rows[] = {
    /* idle: A free slot. */
    {.event = WSS_EV_ACCEPT, .guard = WSS_GUARD_LAYERED, .to = WSS_ST_SECURING,  /* line 297 */
     .act = {WSS_ACT_REPORT_CONNECTING}},
    {.event = WSS_EV_ACCEPT,                             .to = WSS_ST_UPGRADING, /* line 298 */
     .act = {WSS_ACT_REPORT_CONNECTING}},
    /* securing: The stream's upper layers negotiate: PROXY or CONNECT, then TLS. */
    {.event = WSS_EV_TLS_UP,      .to = WSS_ST_UPGRADING}, /* line 321 */
    {.event = WSS_EV_TLS_FAILED,  .to = WSS_ST_CLOSED,     /* line 323, RFC 6455 4.1 */
     .reason = WSS_REASON_TLS_FAILED, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_HANDSHAKE, .to = WSS_ST_CLOSED,     /* line 324 */
     .reason = WSS_REASON_HANDSHAKE_TIMEOUT, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_CLOSE,       .to = WSS_ST_CLOSED,     /* line 325 */
     .reason = WSS_REASON_LOCAL_CLOSE, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,       .to = WSS_ST_CLOSED,     /* line 326 */
     .reason = WSS_REASON_LOCAL_ABORT, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    /* upgrading: The server reads the upgrade request, the client the response. */
    {.event = WSS_EV_REQUEST,                                       .to = WSS_ST_DECIDING,   /* line 335, RFC 6455 4.2.2 */
     .act = {WSS_ACT_ASK_ADMISSION}},
    {.event = WSS_EV_PAGE,                                          .to = WSS_ST_DECIDING,   /* line 336 */
     .act = {WSS_ACT_ASK_PAGE}},
    {.event = WSS_EV_BAD_REQUEST,                                   .to = WSS_ST_RESPONDING, /* line 337, RFC 6455 4.2.1 */
     .reason = WSS_REASON_HANDSHAKE_REFUSED, .act = {WSS_ACT_SEND_REJECTION}},
    {.event = WSS_EV_EOF,                                           .to = WSS_ST_CLOSED,     /* line 341 */
     .reason = WSS_REASON_PEER_VANISHED, .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_TCP_DOWN,                                      .to = WSS_ST_CLOSED,     /* line 342 */
     .reason = WSS_REASON_CONNECTION_LOST, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_HANDSHAKE, .guard = WSS_GUARD_REQUEST_BEGUN, .to = WSS_ST_RESPONDING, /* line 343 */
     .reason = WSS_REASON_HANDSHAKE_TIMEOUT, .act = {WSS_ACT_REJECT_LATE}},
    {.event = WSS_EV_T_HANDSHAKE,                                   .to = WSS_ST_CLOSED,     /* line 344 */
     .reason = WSS_REASON_HANDSHAKE_TIMEOUT, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_CLOSE,       .guard = WSS_GUARD_REQUEST_BEGUN, .to = WSS_ST_RESPONDING, /* line 345 */
     .reason = WSS_REASON_LOCAL_CLOSE, .act = {WSS_ACT_REJECT_UNAVAILABLE}},
    {.event = WSS_EV_CLOSE,                                         .to = WSS_ST_CLOSED,     /* line 346, RFC 6455 7.1.7 */
     .reason = WSS_REASON_LOCAL_CLOSE, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,                                         .to = WSS_ST_CLOSED,     /* line 347 */
     .reason = WSS_REASON_LOCAL_ABORT, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    /* deciding: The request is complete; the application says what becomes of it. */
    {.event = WSS_EV_ADMIT,       .to = WSS_ST_OPEN,        /* line 357, RFC 6455 4.2.2 */
     .act = {WSS_ACT_BEGIN_FRAMES, WSS_ACT_REPORT_OPEN}},
    {.event = WSS_EV_REFUSE,      .to = WSS_ST_RESPONDING}, /* line 358 */
    {.event = WSS_EV_T_HANDSHAKE, .to = WSS_ST_RESPONDING,  /* line 359 */
     .reason = WSS_REASON_HANDSHAKE_TIMEOUT, .act = {WSS_ACT_REJECT_UNAVAILABLE}},
    {.event = WSS_EV_CLOSE,       .to = WSS_ST_RESPONDING,  /* line 360 */
     .reason = WSS_REASON_LOCAL_CLOSE, .act = {WSS_ACT_REJECT_UNAVAILABLE}},
    {.event = WSS_EV_ABORT,       .to = WSS_ST_CLOSED,      /* line 361 */
     .reason = WSS_REASON_LOCAL_ABORT, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    /* responding: An HTTP response without an upgrade goes out. */
    {.event = WSS_EV_RESPONSE_SENT, .to = WSS_ST_FLUSHING,    /* line 371 */
     .act = {WSS_ACT_FINISH_STREAM}},
    {.event = WSS_EV_EOF,           .to = WSS_ST_RESPONDING}, /* line 372 */
    {.event = WSS_EV_TCP_DOWN,      .to = WSS_ST_CLOSED,      /* line 373 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_FLUSH,       .to = WSS_ST_CLOSED,      /* line 374 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,         .to = WSS_ST_CLOSED,      /* line 375 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    /* open: Messages flow. */
    {.event = WSS_EV_RX_DATA,                                   .to = WSS_ST_OPEN,      /* line 386, RFC 6455 6.2 */
     .act = {WSS_ACT_DELIVER}},
    {.event = WSS_EV_RX_PING,                                   .to = WSS_ST_OPEN,      /* line 387, RFC 6455 5.5.2 */
     .act = {WSS_ACT_SEND_PONG, WSS_ACT_REPORT_PING}},
    {.event = WSS_EV_RX_PONG,                                   .to = WSS_ST_OPEN,      /* line 388, RFC 6455 5.5.3 */
     .stop = WSS_TIMER_BIT(WSS_TIMER_PONG), .act = {WSS_ACT_REPORT_PONG}},
    {.event = WSS_EV_RX_CLOSE,   .guard = WSS_GUARD_STREAMING,  .to = WSS_ST_ANSWERING, /* line 389, RFC 6455 5.5.1 */
     .reason = WSS_REASON_PEER_CLOSE, .act = {WSS_ACT_NOTE_CLOSE, WSS_ACT_REPORT_CLOSING}},
    {.event = WSS_EV_RX_CLOSE,                                  .to = WSS_ST_FLUSHING,  /* line 390, RFC 6455 7.1.1 */
     .reason = WSS_REASON_PEER_CLOSE, .act = {WSS_ACT_NOTE_CLOSE, WSS_ACT_ECHO_CLOSE, WSS_ACT_FINISH_STREAM, WSS_ACT_REPORT_CLOSING}},
    {.event = WSS_EV_RX_BAD,     .guard = WSS_GUARD_STREAMING,  .to = WSS_ST_CLOSED,    /* line 392, RFC 6455 7.1.7 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_RX_BAD,                                    .to = WSS_ST_FLUSHING,  /* line 393, RFC 6455 7.1.7 */
     .act = {WSS_ACT_SEND_CLOSE, WSS_ACT_FINISH_STREAM, WSS_ACT_REPORT_CLOSING}},
    {.event = WSS_EV_CLOSE,      .guard = WSS_GUARD_STREAMING,  .to = WSS_ST_DRAINING,  /* line 394, RFC 6455 7.1.2 */
     .reason = WSS_REASON_LOCAL_CLOSE, .act = {WSS_ACT_KEEP_CLOSE, WSS_ACT_REPORT_CLOSING}},
    {.event = WSS_EV_CLOSE,                                     .to = WSS_ST_CLOSING,   /* line 395, RFC 6455 7.1.2 */
     .reason = WSS_REASON_LOCAL_CLOSE, .act = {WSS_ACT_SEND_CLOSE, WSS_ACT_REPORT_CLOSING}},
    {.event = WSS_EV_ABORT,                                     .to = WSS_ST_CLOSED,    /* line 396 */
     .reason = WSS_REASON_LOCAL_ABORT, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_WRITABLE,                                  .to = WSS_ST_OPEN,      /* line 397 */
     .act = {WSS_ACT_SEND_PENDING, WSS_ACT_REPORT_WRITABLE}},
    {.event = WSS_EV_FRAME_SENT,                                .to = WSS_ST_OPEN,      /* line 398 */
     .act = {WSS_ACT_SEND_PENDING}},
    {.event = WSS_EV_EOF,        .guard = WSS_GUARD_STREAMING,  .to = WSS_ST_CLOSED,    /* line 399, RFC 6455 7.1.5 */
     .reason = WSS_REASON_PEER_VANISHED, .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_EOF,                                       .to = WSS_ST_FLUSHING,  /* line 400, RFC 6455 7.1.5 */
     .reason = WSS_REASON_PEER_VANISHED, .act = {WSS_ACT_FINISH_STREAM}},
    {.event = WSS_EV_TCP_DOWN,                                  .to = WSS_ST_CLOSED,    /* line 401, RFC 6455 7.1.5 */
     .reason = WSS_REASON_CONNECTION_LOST, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_PING,     .guard = WSS_GUARD_CAN_PING,   .to = WSS_ST_OPEN,      /* line 402, RFC 6455 5.5.2 */
     .stop = WSS_TIMER_BIT(WSS_TIMER_PING), .start = WSS_TIMER_BIT(WSS_TIMER_PONG) | WSS_TIMER_BIT(WSS_TIMER_PING), .act = {WSS_ACT_SEND_PING}},
    {.event = WSS_EV_T_PING,                                    .to = WSS_ST_OPEN,      /* line 403 */
     .stop = WSS_TIMER_BIT(WSS_TIMER_PING), .start = WSS_TIMER_BIT(WSS_TIMER_PING)},
    {.event = WSS_EV_T_PONG,     .guard = WSS_GUARD_ALIVE,      .to = WSS_ST_OPEN,      /* line 404 */
     .stop = WSS_TIMER_BIT(WSS_TIMER_PONG), .start = WSS_TIMER_BIT(WSS_TIMER_PONG)},
    {.event = WSS_EV_T_PONG,                                    .to = WSS_ST_CLOSED,    /* line 405 */
     .reason = WSS_REASON_PONG_TIMEOUT, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_IDLE,     .guard = WSS_GUARD_HELD_BY_US, .to = WSS_ST_OPEN,      /* line 406 */
     .stop = WSS_TIMER_BIT(WSS_TIMER_IDLE), .start = WSS_TIMER_BIT(WSS_TIMER_IDLE)},
    {.event = WSS_EV_T_IDLE,     .guard = WSS_GUARD_STREAMING,  .to = WSS_ST_CLOSED,    /* line 407 */
     .reason = WSS_REASON_IDLE_TIMEOUT, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_IDLE,                                    .to = WSS_ST_CLOSING,   /* line 408, RFC 6455 7.1.2 */
     .reason = WSS_REASON_IDLE_TIMEOUT, .act = {WSS_ACT_SEND_CLOSE, WSS_ACT_REPORT_CLOSING}},
    /* draining: A streamed frame has to end before our Close can go out. */
    {.event = WSS_EV_RX_DATA,    .to = WSS_ST_DRAINING,  /* line 418, RFC 6455 6.2 */
     .act = {WSS_ACT_DELIVER}},
    {.event = WSS_EV_RX_PING,    .to = WSS_ST_DRAINING,  /* line 419, RFC 6455 5.5.2 */
     .act = {WSS_ACT_SEND_PONG}},
    {.event = WSS_EV_RX_CLOSE,   .to = WSS_ST_ANSWERING, /* line 420, RFC 6455 5.5.1 */
     .act = {WSS_ACT_NOTE_CLOSE}},
    {.event = WSS_EV_RX_BAD,     .to = WSS_ST_CLOSED,    /* line 421, RFC 6455 7.1.7 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_FRAME_SENT, .to = WSS_ST_CLOSING,   /* line 422, RFC 6455 7.1.2 */
     .act = {WSS_ACT_SEND_PENDING, WSS_ACT_SEND_CLOSE}},
    {.event = WSS_EV_WRITABLE,   .to = WSS_ST_DRAINING,  /* line 423 */
     .act = {WSS_ACT_REPORT_WRITABLE}},
    {.event = WSS_EV_EOF,        .to = WSS_ST_CLOSED,    /* line 424 */
     .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_TCP_DOWN,   .to = WSS_ST_CLOSED,    /* line 425 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_CLOSE,    .to = WSS_ST_CLOSED,    /* line 426 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,      .to = WSS_ST_CLOSED,    /* line 427 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_RX_PONG,    .to = WSS_ST_DRAINING}, /* line 428, ignored */
    /* answering: A streamed frame has to end before the peer's Close can be answered. */
    {.event = WSS_EV_FRAME_SENT, .to = WSS_ST_FLUSHING,  /* line 439, RFC 6455 5.5.1 */
     .act = {WSS_ACT_ECHO_CLOSE, WSS_ACT_FINISH_STREAM}},
    {.event = WSS_EV_WRITABLE,   .to = WSS_ST_ANSWERING, /* line 441 */
     .act = {WSS_ACT_REPORT_WRITABLE}},
    {.event = WSS_EV_EOF,        .to = WSS_ST_CLOSED,    /* line 442 */
     .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_TCP_DOWN,   .to = WSS_ST_CLOSED,    /* line 443 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_CLOSE,    .to = WSS_ST_CLOSED,    /* line 444 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,      .to = WSS_ST_CLOSED,    /* line 445 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    /* closing: Our Close is sent; the peer's is awaited. */
    {.event = WSS_EV_RX_DATA,  .to = WSS_ST_CLOSING,  /* line 456, RFC 6455 6.2 */
     .act = {WSS_ACT_DELIVER}},
    {.event = WSS_EV_RX_PING,  .to = WSS_ST_CLOSING,  /* line 457, RFC 6455 5.5.2 */
     .act = {WSS_ACT_SEND_PONG}},
    {.event = WSS_EV_RX_CLOSE, .to = WSS_ST_FLUSHING, /* line 458, RFC 6455 7.1.1 */
     .act = {WSS_ACT_NOTE_CLOSE, WSS_ACT_FINISH_STREAM}},
    {.event = WSS_EV_RX_BAD,   .to = WSS_ST_CLOSED,   /* line 460, RFC 6455 7.1.7 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_WRITABLE, .to = WSS_ST_CLOSING,  /* line 461, RFC 6455 5.5.2 */
     .act = {WSS_ACT_SEND_PENDING}},
    {.event = WSS_EV_EOF,      .to = WSS_ST_CLOSED,   /* line 462, RFC 6455 7.1.5 */
     .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_TCP_DOWN, .to = WSS_ST_CLOSED,   /* line 463, RFC 6455 7.1.5 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_CLOSE,  .to = WSS_ST_CLOSED,   /* line 464 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,    .to = WSS_ST_CLOSED,   /* line 465 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_RX_PONG,  .to = WSS_ST_CLOSING}, /* line 466, ignored */
    /* flushing: Nothing more is sent; what was accepted goes out, then our end of TCP. */
    {.event = WSS_EV_DRAINED,  .guard = WSS_GUARD_PEER_DONE, .to = WSS_ST_CLOSED,     /* line 477, RFC 6455 7.1.4 */
     .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_DRAINED,                                .to = WSS_ST_LINGERING}, /* line 478, RFC 6455 7.1.1 */
    {.event = WSS_EV_EOF,                                    .to = WSS_ST_FLUSHING},  /* line 479 */
    {.event = WSS_EV_TCP_DOWN,                               .to = WSS_ST_CLOSED,     /* line 480 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_FLUSH,                                .to = WSS_ST_CLOSED,     /* line 481 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,                                  .to = WSS_ST_CLOSED,     /* line 482 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    /* lingering: Our side of TCP has ended; the peer may end its side before we let go. */
    {.event = WSS_EV_EOF,      .to = WSS_ST_CLOSED, /* line 492, RFC 6455 7.1.4 */
     .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_TCP_DOWN, .to = WSS_ST_CLOSED, /* line 493 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_LINGER, .to = WSS_ST_CLOSED, /* line 494 */
     .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,    .to = WSS_ST_CLOSED, /* line 495 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
};

static const uint8_t connection_server_first[] = {
    0,  /* idle */
    2,  /* connecting */
    2,  /* securing */
    7,  /* upgrading */
    17, /* deciding */
    22, /* responding */
    27, /* open */
    49, /* draining */
    60, /* answering */
    66, /* closing */
    76, /* flushing */
    82, /* lingering */
    86, /* emptying */
    86, /* awaiting_fin */
    86, /* closed */
    86  /* the end */
};

#if !WSS_CFG_SMALL
static const uint8_t connection_server_lookup[] = {
    1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* idle */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* connecting */
    0, 0, 0, 0, 6, 7, 0, 0, 0, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, /* securing */
    0, 0, 0, 0, 15, 17, 11, 12, 0, 0, 0, 0, 0, 0, 8, 9, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 13, 0, 0, 0, 0, 0, 0, /* upgrading */
    0, 0, 18, 19, 21, 22, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, /* deciding */
    0, 0, 0, 0, 0, 27, 24, 25, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 23, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 26, 0, /* responding */
    0, 0, 0, 0, 35, 37, 40, 42, 0, 0, 38, 167, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 156, 29, 30, 31, 33, 0, 47, 43, 45, 0, 0, 0, /* open */
    0, 0, 0, 0, 0, 59, 56, 57, 0, 0, 183, 54, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 178, 179, 60, 52, 53, 0, 0, 0, 0, 58, 0, 0, /* draining */
    0, 0, 0, 0, 0, 66, 63, 64, 0, 0, 190, 61, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 65, 0, 0, /* answering */
    0, 0, 0, 0, 0, 75, 72, 73, 0, 0, 199, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 195, 196, 76, 69, 70, 0, 0, 0, 0, 74, 0, 0, /* closing */
    0, 0, 0, 0, 0, 82, 79, 80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 77, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 81, 0, /* flushing */
    0, 0, 0, 0, 0, 86, 83, 84, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 85, /* lingering */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* emptying */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* awaiting_fin */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* closed */
};

_Static_assert(COUNT(connection_server_lookup) == WSS_ST_COUNT * WSS_EV_COUNT, "states and events of connection.server");
#endif

const wss_machine_t wss_connection_server = {
    .rows = connection_server_rows,
    .first = connection_server_first,
#if !WSS_CFG_SMALL
    .lookup = connection_server_lookup,
    .event_count = 34,
#endif
    .states = connection_states,
    .row_count = 86,
    .state_count = 15,
    .id = WSS_MACHINE_CONNECTION_SERVER
};

_Static_assert(COUNT(connection_server_rows) == 86, "rows of connection.server");
_Static_assert(COUNT(connection_server_first) == WSS_ST_COUNT + 1, "states of connection.server");
#endif

#if WSS_CFG_CLIENT
static const wss_row_t connection_client_rows[] = {
    /* idle: A free slot. */
    {.event = WSS_EV_CONNECT, .to = WSS_ST_CONNECTING, /* line 299, RFC 6455 4.1 */
     .act = {WSS_ACT_REPORT_CONNECTING}},
    /* connecting: The host name is resolved and TCP connects. */
    {.event = WSS_EV_TCP_UP,      .guard = WSS_GUARD_LAYERED, .to = WSS_ST_SECURING}, /* line 308, RFC 6455 4.1 */
    {.event = WSS_EV_TCP_UP,                                  .to = WSS_ST_UPGRADING, /* line 309, RFC 6455 4.1 */
     .act = {WSS_ACT_SEND_REQUEST}},
    {.event = WSS_EV_TCP_FAILED,                              .to = WSS_ST_CLOSED,    /* line 310, RFC 6455 4.1 */
     .reason = WSS_REASON_CONNECT_FAILED, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_HANDSHAKE,                             .to = WSS_ST_CLOSED,    /* line 311 */
     .reason = WSS_REASON_HANDSHAKE_TIMEOUT, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_CLOSE,                                   .to = WSS_ST_CLOSED,    /* line 312 */
     .reason = WSS_REASON_LOCAL_CLOSE, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,                                   .to = WSS_ST_CLOSED,    /* line 313 */
     .reason = WSS_REASON_LOCAL_ABORT, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    /* securing: The stream's upper layers negotiate: PROXY or CONNECT, then TLS. */
    {.event = WSS_EV_TLS_UP,      .to = WSS_ST_UPGRADING, /* line 322, RFC 6455 4.1 */
     .act = {WSS_ACT_SEND_REQUEST}},
    {.event = WSS_EV_TLS_FAILED,  .to = WSS_ST_CLOSED,    /* line 323, RFC 6455 4.1 */
     .reason = WSS_REASON_TLS_FAILED, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_HANDSHAKE, .to = WSS_ST_CLOSED,    /* line 324 */
     .reason = WSS_REASON_HANDSHAKE_TIMEOUT, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_CLOSE,       .to = WSS_ST_CLOSED,    /* line 325 */
     .reason = WSS_REASON_LOCAL_CLOSE, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,       .to = WSS_ST_CLOSED,    /* line 326 */
     .reason = WSS_REASON_LOCAL_ABORT, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    /* upgrading: The server reads the upgrade request, the client the response. */
    {.event = WSS_EV_UPGRADED,     .to = WSS_ST_OPEN,   /* line 338, RFC 6455 4.1 */
     .act = {WSS_ACT_BEGIN_FRAMES, WSS_ACT_REPORT_OPEN}},
    {.event = WSS_EV_ANSWERED,     .to = WSS_ST_CLOSED, /* line 339, RFC 6455 4.1 */
     .reason = WSS_REASON_ANSWERED, .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_BAD_RESPONSE, .to = WSS_ST_CLOSED, /* line 340, RFC 6455 4.1 */
     .reason = WSS_REASON_HANDSHAKE_INVALID, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_EOF,          .to = WSS_ST_CLOSED, /* line 341 */
     .reason = WSS_REASON_PEER_VANISHED, .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_TCP_DOWN,     .to = WSS_ST_CLOSED, /* line 342 */
     .reason = WSS_REASON_CONNECTION_LOST, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_HANDSHAKE,  .to = WSS_ST_CLOSED, /* line 344 */
     .reason = WSS_REASON_HANDSHAKE_TIMEOUT, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_CLOSE,        .to = WSS_ST_CLOSED, /* line 346, RFC 6455 7.1.7 */
     .reason = WSS_REASON_LOCAL_CLOSE, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,        .to = WSS_ST_CLOSED, /* line 347 */
     .reason = WSS_REASON_LOCAL_ABORT, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    /* open: Messages flow. */
    {.event = WSS_EV_RX_DATA,                                   .to = WSS_ST_OPEN,      /* line 386, RFC 6455 6.2 */
     .act = {WSS_ACT_DELIVER}},
    {.event = WSS_EV_RX_PING,                                   .to = WSS_ST_OPEN,      /* line 387, RFC 6455 5.5.2 */
     .act = {WSS_ACT_SEND_PONG, WSS_ACT_REPORT_PING}},
    {.event = WSS_EV_RX_PONG,                                   .to = WSS_ST_OPEN,      /* line 388, RFC 6455 5.5.3 */
     .stop = WSS_TIMER_BIT(WSS_TIMER_PONG), .act = {WSS_ACT_REPORT_PONG}},
    {.event = WSS_EV_RX_CLOSE,   .guard = WSS_GUARD_STREAMING,  .to = WSS_ST_ANSWERING, /* line 389, RFC 6455 5.5.1 */
     .reason = WSS_REASON_PEER_CLOSE, .act = {WSS_ACT_NOTE_CLOSE, WSS_ACT_REPORT_CLOSING}},
    {.event = WSS_EV_RX_CLOSE,                                  .to = WSS_ST_EMPTYING,  /* line 391, RFC 6455 7.1.1 */
     .reason = WSS_REASON_PEER_CLOSE, .act = {WSS_ACT_NOTE_CLOSE, WSS_ACT_ECHO_CLOSE, WSS_ACT_EMPTY_STREAM, WSS_ACT_REPORT_CLOSING}},
    {.event = WSS_EV_RX_BAD,     .guard = WSS_GUARD_STREAMING,  .to = WSS_ST_CLOSED,    /* line 392, RFC 6455 7.1.7 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_RX_BAD,                                    .to = WSS_ST_FLUSHING,  /* line 393, RFC 6455 7.1.7 */
     .act = {WSS_ACT_SEND_CLOSE, WSS_ACT_FINISH_STREAM, WSS_ACT_REPORT_CLOSING}},
    {.event = WSS_EV_CLOSE,      .guard = WSS_GUARD_STREAMING,  .to = WSS_ST_DRAINING,  /* line 394, RFC 6455 7.1.2 */
     .reason = WSS_REASON_LOCAL_CLOSE, .act = {WSS_ACT_KEEP_CLOSE, WSS_ACT_REPORT_CLOSING}},
    {.event = WSS_EV_CLOSE,                                     .to = WSS_ST_CLOSING,   /* line 395, RFC 6455 7.1.2 */
     .reason = WSS_REASON_LOCAL_CLOSE, .act = {WSS_ACT_SEND_CLOSE, WSS_ACT_REPORT_CLOSING}},
    {.event = WSS_EV_ABORT,                                     .to = WSS_ST_CLOSED,    /* line 396 */
     .reason = WSS_REASON_LOCAL_ABORT, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_WRITABLE,                                  .to = WSS_ST_OPEN,      /* line 397 */
     .act = {WSS_ACT_SEND_PENDING, WSS_ACT_REPORT_WRITABLE}},
    {.event = WSS_EV_FRAME_SENT,                                .to = WSS_ST_OPEN,      /* line 398 */
     .act = {WSS_ACT_SEND_PENDING}},
    {.event = WSS_EV_EOF,        .guard = WSS_GUARD_STREAMING,  .to = WSS_ST_CLOSED,    /* line 399, RFC 6455 7.1.5 */
     .reason = WSS_REASON_PEER_VANISHED, .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_EOF,                                       .to = WSS_ST_FLUSHING,  /* line 400, RFC 6455 7.1.5 */
     .reason = WSS_REASON_PEER_VANISHED, .act = {WSS_ACT_FINISH_STREAM}},
    {.event = WSS_EV_TCP_DOWN,                                  .to = WSS_ST_CLOSED,    /* line 401, RFC 6455 7.1.5 */
     .reason = WSS_REASON_CONNECTION_LOST, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_PING,     .guard = WSS_GUARD_CAN_PING,   .to = WSS_ST_OPEN,      /* line 402, RFC 6455 5.5.2 */
     .stop = WSS_TIMER_BIT(WSS_TIMER_PING), .start = WSS_TIMER_BIT(WSS_TIMER_PONG) | WSS_TIMER_BIT(WSS_TIMER_PING), .act = {WSS_ACT_SEND_PING}},
    {.event = WSS_EV_T_PING,                                    .to = WSS_ST_OPEN,      /* line 403 */
     .stop = WSS_TIMER_BIT(WSS_TIMER_PING), .start = WSS_TIMER_BIT(WSS_TIMER_PING)},
    {.event = WSS_EV_T_PONG,     .guard = WSS_GUARD_ALIVE,      .to = WSS_ST_OPEN,      /* line 404 */
     .stop = WSS_TIMER_BIT(WSS_TIMER_PONG), .start = WSS_TIMER_BIT(WSS_TIMER_PONG)},
    {.event = WSS_EV_T_PONG,                                    .to = WSS_ST_CLOSED,    /* line 405 */
     .reason = WSS_REASON_PONG_TIMEOUT, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_IDLE,     .guard = WSS_GUARD_HELD_BY_US, .to = WSS_ST_OPEN,      /* line 406 */
     .stop = WSS_TIMER_BIT(WSS_TIMER_IDLE), .start = WSS_TIMER_BIT(WSS_TIMER_IDLE)},
    {.event = WSS_EV_T_IDLE,     .guard = WSS_GUARD_STREAMING,  .to = WSS_ST_CLOSED,    /* line 407 */
     .reason = WSS_REASON_IDLE_TIMEOUT, .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_IDLE,                                    .to = WSS_ST_CLOSING,   /* line 408, RFC 6455 7.1.2 */
     .reason = WSS_REASON_IDLE_TIMEOUT, .act = {WSS_ACT_SEND_CLOSE, WSS_ACT_REPORT_CLOSING}},
    /* draining: A streamed frame has to end before our Close can go out. */
    {.event = WSS_EV_RX_DATA,    .to = WSS_ST_DRAINING,  /* line 418, RFC 6455 6.2 */
     .act = {WSS_ACT_DELIVER}},
    {.event = WSS_EV_RX_PING,    .to = WSS_ST_DRAINING,  /* line 419, RFC 6455 5.5.2 */
     .act = {WSS_ACT_SEND_PONG}},
    {.event = WSS_EV_RX_CLOSE,   .to = WSS_ST_ANSWERING, /* line 420, RFC 6455 5.5.1 */
     .act = {WSS_ACT_NOTE_CLOSE}},
    {.event = WSS_EV_RX_BAD,     .to = WSS_ST_CLOSED,    /* line 421, RFC 6455 7.1.7 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_FRAME_SENT, .to = WSS_ST_CLOSING,   /* line 422, RFC 6455 7.1.2 */
     .act = {WSS_ACT_SEND_PENDING, WSS_ACT_SEND_CLOSE}},
    {.event = WSS_EV_WRITABLE,   .to = WSS_ST_DRAINING,  /* line 423 */
     .act = {WSS_ACT_REPORT_WRITABLE}},
    {.event = WSS_EV_EOF,        .to = WSS_ST_CLOSED,    /* line 424 */
     .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_TCP_DOWN,   .to = WSS_ST_CLOSED,    /* line 425 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_CLOSE,    .to = WSS_ST_CLOSED,    /* line 426 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,      .to = WSS_ST_CLOSED,    /* line 427 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_RX_PONG,    .to = WSS_ST_DRAINING}, /* line 428, ignored */
    /* answering: A streamed frame has to end before the peer's Close can be answered. */
    {.event = WSS_EV_FRAME_SENT, .to = WSS_ST_EMPTYING,  /* line 440, RFC 6455 5.5.1 */
     .act = {WSS_ACT_ECHO_CLOSE, WSS_ACT_EMPTY_STREAM}},
    {.event = WSS_EV_WRITABLE,   .to = WSS_ST_ANSWERING, /* line 441 */
     .act = {WSS_ACT_REPORT_WRITABLE}},
    {.event = WSS_EV_EOF,        .to = WSS_ST_CLOSED,    /* line 442 */
     .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_TCP_DOWN,   .to = WSS_ST_CLOSED,    /* line 443 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_CLOSE,    .to = WSS_ST_CLOSED,    /* line 444 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,      .to = WSS_ST_CLOSED,    /* line 445 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    /* closing: Our Close is sent; the peer's is awaited. */
    {.event = WSS_EV_RX_DATA,  .to = WSS_ST_CLOSING,  /* line 456, RFC 6455 6.2 */
     .act = {WSS_ACT_DELIVER}},
    {.event = WSS_EV_RX_PING,  .to = WSS_ST_CLOSING,  /* line 457, RFC 6455 5.5.2 */
     .act = {WSS_ACT_SEND_PONG}},
    {.event = WSS_EV_RX_CLOSE, .to = WSS_ST_EMPTYING, /* line 459, RFC 6455 7.1.1 */
     .act = {WSS_ACT_NOTE_CLOSE, WSS_ACT_EMPTY_STREAM}},
    {.event = WSS_EV_RX_BAD,   .to = WSS_ST_CLOSED,   /* line 460, RFC 6455 7.1.7 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_WRITABLE, .to = WSS_ST_CLOSING,  /* line 461, RFC 6455 5.5.2 */
     .act = {WSS_ACT_SEND_PENDING}},
    {.event = WSS_EV_EOF,      .to = WSS_ST_CLOSED,   /* line 462, RFC 6455 7.1.5 */
     .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_TCP_DOWN, .to = WSS_ST_CLOSED,   /* line 463, RFC 6455 7.1.5 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_CLOSE,  .to = WSS_ST_CLOSED,   /* line 464 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,    .to = WSS_ST_CLOSED,   /* line 465 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_RX_PONG,  .to = WSS_ST_CLOSING}, /* line 466, ignored */
    /* flushing: Nothing more is sent; what was accepted goes out, then our end of TCP. */
    {.event = WSS_EV_DRAINED,  .guard = WSS_GUARD_PEER_DONE, .to = WSS_ST_CLOSED,     /* line 477, RFC 6455 7.1.4 */
     .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_DRAINED,                                .to = WSS_ST_LINGERING}, /* line 478, RFC 6455 7.1.1 */
    {.event = WSS_EV_EOF,                                    .to = WSS_ST_FLUSHING},  /* line 479 */
    {.event = WSS_EV_TCP_DOWN,                               .to = WSS_ST_CLOSED,     /* line 480 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_FLUSH,                                .to = WSS_ST_CLOSED,     /* line 481 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,                                  .to = WSS_ST_CLOSED,     /* line 482 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    /* lingering: Our side of TCP has ended; the peer may end its side before we let go. */
    {.event = WSS_EV_EOF,      .to = WSS_ST_CLOSED, /* line 492, RFC 6455 7.1.4 */
     .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_TCP_DOWN, .to = WSS_ST_CLOSED, /* line 493 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_LINGER, .to = WSS_ST_CLOSED, /* line 494 */
     .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,    .to = WSS_ST_CLOSED, /* line 495 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    /* emptying: Nothing more is sent; what was accepted goes out before the server is to end TCP. */
    {.event = WSS_EV_DRAINED,  .to = WSS_ST_AWAITING_FIN}, /* line 507, RFC 6455 7.1.1 */
    {.event = WSS_EV_EOF,      .to = WSS_ST_FLUSHING,      /* line 508 */
     .act = {WSS_ACT_FINISH_STREAM}},
    {.event = WSS_EV_TCP_DOWN, .to = WSS_ST_CLOSED,        /* line 509 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_FLUSH,  .to = WSS_ST_CLOSED,        /* line 510 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,    .to = WSS_ST_CLOSED,        /* line 511 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    /* awaiting_fin: The closing handshake is done; the server is to end TCP first. */
    {.event = WSS_EV_EOF,      .to = WSS_ST_CLOSED, /* line 522, RFC 6455 7.1.1 */
     .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_TCP_DOWN, .to = WSS_ST_CLOSED, /* line 523 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_T_LINGER, .to = WSS_ST_CLOSED, /* line 524, RFC 6455 7.1.1 */
     .act = {WSS_ACT_RELEASE_STREAM, WSS_ACT_REPORT_CLOSED}},
    {.event = WSS_EV_ABORT,    .to = WSS_ST_CLOSED, /* line 525 */
     .act = {WSS_ACT_RESET_STREAM, WSS_ACT_REPORT_CLOSED}},
};

static const uint8_t connection_client_first[] = {
    0,  /* idle */
    1,  /* connecting */
    7,  /* securing */
    12, /* upgrading */
    20, /* deciding */
    20, /* responding */
    20, /* open */
    42, /* draining */
    53, /* answering */
    59, /* closing */
    69, /* flushing */
    75, /* lingering */
    79, /* emptying */
    84, /* awaiting_fin */
    88, /* closed */
    88  /* the end */
};

#if !WSS_CFG_SMALL
static const uint8_t connection_client_lookup[] = {
    0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* idle */
    0, 0, 0, 0, 6, 7, 0, 0, 2, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, /* connecting */
    0, 0, 0, 0, 11, 12, 0, 0, 0, 0, 0, 0, 8, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, /* securing */
    0, 0, 0, 0, 19, 20, 16, 17, 0, 0, 0, 0, 0, 0, 0, 0, 0, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 18, 0, 0, 0, 0, 0, 0, /* upgrading */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* deciding */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* responding */
    0, 0, 0, 0, 28, 30, 33, 35, 0, 0, 31, 160, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 149, 22, 23, 24, 26, 0, 40, 36, 38, 0, 0, 0, /* open */
    0, 0, 0, 0, 0, 52, 49, 50, 0, 0, 176, 47, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 171, 172, 53, 45, 46, 0, 0, 0, 0, 51, 0, 0, /* draining */
    0, 0, 0, 0, 0, 59, 56, 57, 0, 0, 183, 54, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 58, 0, 0, /* answering */
    0, 0, 0, 0, 0, 68, 65, 66, 0, 0, 192, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 188, 189, 69, 62, 63, 0, 0, 0, 0, 67, 0, 0, /* closing */
    0, 0, 0, 0, 0, 75, 72, 73, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 70, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 74, 0, /* flushing */
    0, 0, 0, 0, 0, 79, 76, 77, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 78, /* lingering */
    0, 0, 0, 0, 0, 84, 81, 82, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 83, 0, /* emptying */
    0, 0, 0, 0, 0, 88, 85, 86, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 87, /* awaiting_fin */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* closed */
};

_Static_assert(COUNT(connection_client_lookup) == WSS_ST_COUNT * WSS_EV_COUNT, "states and events of connection.client");
#endif

const wss_machine_t wss_connection_client = {
    .rows = connection_client_rows,
    .first = connection_client_first,
#if !WSS_CFG_SMALL
    .lookup = connection_client_lookup,
    .event_count = 34,
#endif
    .states = connection_states,
    .row_count = 88,
    .state_count = 15,
    .id = WSS_MACHINE_CONNECTION_CLIENT
};

_Static_assert(COUNT(connection_client_rows) == 88, "rows of connection.client");
_Static_assert(COUNT(connection_client_first) == WSS_ST_COUNT + 1, "states of connection.client");
#endif

void wss_connection_act(wss_conn_t *conn, unsigned act)
{
    switch (act) {
#if WSS_CFG_CLIENT
    case WSS_ACT_SEND_REQUEST:       wss_act_send_request(conn); break;
#endif
#if WSS_CFG_SERVER
    case WSS_ACT_ASK_ADMISSION:      wss_act_ask_admission(conn); break;
    case WSS_ACT_ASK_PAGE:           wss_act_ask_page(conn); break;
    case WSS_ACT_SEND_REJECTION:     wss_act_send_rejection(conn); break;
    case WSS_ACT_REJECT_LATE:        wss_act_reject_late(conn); break;
    case WSS_ACT_REJECT_UNAVAILABLE: wss_act_reject_unavailable(conn); break;
#endif
    case WSS_ACT_BEGIN_FRAMES:       wss_act_begin_frames(conn); break;
    case WSS_ACT_DELIVER:            wss_act_deliver(conn); break;
    case WSS_ACT_SEND_PONG:          wss_act_send_pong(conn); break;
    case WSS_ACT_SEND_PENDING:       wss_act_send_pending(conn); break;
    case WSS_ACT_SEND_PING:          wss_act_send_ping(conn); break;
    case WSS_ACT_KEEP_CLOSE:         wss_act_keep_close(conn); break;
    case WSS_ACT_SEND_CLOSE:         wss_act_send_close(conn); break;
    case WSS_ACT_NOTE_CLOSE:         wss_act_note_close(conn); break;
    case WSS_ACT_ECHO_CLOSE:         wss_act_echo_close(conn); break;
#if WSS_CFG_CLIENT
    case WSS_ACT_EMPTY_STREAM:       wss_act_empty_stream(conn); break;
#endif
    case WSS_ACT_FINISH_STREAM:      wss_act_finish_stream(conn); break;
    case WSS_ACT_RELEASE_STREAM:     wss_act_release_stream(conn); break;
    case WSS_ACT_RESET_STREAM:       wss_act_reset_stream(conn); break;
    case WSS_ACT_REPORT_CONNECTING:  wss_act_report_connecting(conn); break;
    case WSS_ACT_REPORT_OPEN:        wss_act_report_open(conn); break;
    case WSS_ACT_REPORT_PING:        wss_act_report_ping(conn); break;
    case WSS_ACT_REPORT_PONG:        wss_act_report_pong(conn); break;
    case WSS_ACT_REPORT_WRITABLE:    wss_act_report_writable(conn); break;
    case WSS_ACT_REPORT_CLOSING:     wss_act_report_closing(conn); break;
    case WSS_ACT_REPORT_CLOSED:      wss_act_report_closed(conn); break;
    default: break;
    }
}

bool wss_connection_guard(const wss_conn_t *conn, unsigned guard)
{
    switch (guard) {
    case WSS_GUARD_LAYERED:       return wss_guard_layered(conn);
    case WSS_GUARD_STREAMING:     return wss_guard_streaming(conn);
    case WSS_GUARD_PEER_DONE:     return wss_guard_peer_done(conn);
    case WSS_GUARD_ALIVE:         return wss_guard_alive(conn);
    case WSS_GUARD_HELD_BY_US:    return wss_guard_held_by_us(conn);
    case WSS_GUARD_CAN_PING:      return wss_guard_can_ping(conn);
#if WSS_CFG_SERVER
    case WSS_GUARD_REQUEST_BEGUN: return wss_guard_request_begun(conn);
#endif
    default: return guard == WSS_GUARD_NONE;
    }
}

/* ---------------------------------------------------------------- message */

const wss_cell_t wss_message_receiver[WSS_ST_MSG_COUNT][WSS_MESSAGE_RECEIVER_EVENTS] = {
    /* idle: Between messages. */
    [WSS_ST_MSG_IDLE] = {
        [WSS_EV_MSG_TEXT_FIN - WSS_MESSAGE_RECEIVER_FIRST]         = {.row = 1, .to = WSS_ST_MSG_IDLE,      /* line 573, RFC 6455 5.4 */
            .act = WSS_ACT_BEGIN_TEXT},
        [WSS_EV_MSG_BINARY_FIN - WSS_MESSAGE_RECEIVER_FIRST]       = {.row = 2, .to = WSS_ST_MSG_IDLE,      /* line 574, RFC 6455 5.4 */
            .act = WSS_ACT_BEGIN_BINARY},
        [WSS_EV_MSG_TEXT - WSS_MESSAGE_RECEIVER_FIRST]             = {.row = 3, .to = WSS_ST_MSG_IN_TEXT,   /* line 575, RFC 6455 5.4 */
            .act = WSS_ACT_BEGIN_TEXT},
        [WSS_EV_MSG_BINARY - WSS_MESSAGE_RECEIVER_FIRST]           = {.row = 4, .to = WSS_ST_MSG_IN_BINARY, /* line 576, RFC 6455 5.4 */
            .act = WSS_ACT_BEGIN_BINARY},
        [WSS_EV_MSG_CONTINUATION - WSS_MESSAGE_RECEIVER_FIRST]     = {.row = 5, .to = WSS_ST_MSG_IDLE,      /* line 577, RFC 6455 5.4 */
            .reason = WSS_REASON_UNEXPECTED_CONTINUATION, .act = WSS_ACT_REJECT_FRAME},
        [WSS_EV_MSG_CONTINUATION_FIN - WSS_MESSAGE_RECEIVER_FIRST] = {.row = 6, .to = WSS_ST_MSG_IDLE,      /* line 578, RFC 6455 5.4 */
            .reason = WSS_REASON_UNEXPECTED_CONTINUATION, .act = WSS_ACT_REJECT_FRAME},
        [WSS_EV_MSG_CONTROL - WSS_MESSAGE_RECEIVER_FIRST]          = {.row = 7, .to = WSS_ST_MSG_IDLE},     /* line 583, ignored */
    },
    /* in_text: Inside a fragmented text message. */
    [WSS_ST_MSG_IN_TEXT] = {
        [WSS_EV_MSG_CONTINUATION - WSS_MESSAGE_RECEIVER_FIRST]     = {.row = 8, .to = WSS_ST_MSG_IN_TEXT},  /* line 590, RFC 6455 5.4 */
        [WSS_EV_MSG_CONTINUATION_FIN - WSS_MESSAGE_RECEIVER_FIRST] = {.row = 9, .to = WSS_ST_MSG_IDLE},     /* line 591, RFC 6455 5.4 */
        [WSS_EV_MSG_TEXT - WSS_MESSAGE_RECEIVER_FIRST]             = {.row = 10, .to = WSS_ST_MSG_IN_TEXT,  /* line 592, RFC 6455 5.4 */
            .reason = WSS_REASON_MESSAGE_INTERRUPTED, .act = WSS_ACT_REJECT_FRAME},
        [WSS_EV_MSG_TEXT_FIN - WSS_MESSAGE_RECEIVER_FIRST]         = {.row = 11, .to = WSS_ST_MSG_IN_TEXT,  /* line 593, RFC 6455 5.4 */
            .reason = WSS_REASON_MESSAGE_INTERRUPTED, .act = WSS_ACT_REJECT_FRAME},
        [WSS_EV_MSG_BINARY - WSS_MESSAGE_RECEIVER_FIRST]           = {.row = 12, .to = WSS_ST_MSG_IN_TEXT,  /* line 594, RFC 6455 5.4 */
            .reason = WSS_REASON_MESSAGE_INTERRUPTED, .act = WSS_ACT_REJECT_FRAME},
        [WSS_EV_MSG_BINARY_FIN - WSS_MESSAGE_RECEIVER_FIRST]       = {.row = 13, .to = WSS_ST_MSG_IN_TEXT,  /* line 595, RFC 6455 5.4 */
            .reason = WSS_REASON_MESSAGE_INTERRUPTED, .act = WSS_ACT_REJECT_FRAME},
        [WSS_EV_MSG_CONTROL - WSS_MESSAGE_RECEIVER_FIRST]          = {.row = 14, .to = WSS_ST_MSG_IN_TEXT}, /* line 600, ignored */
    },
    /* in_binary: Inside a fragmented binary message. */
    [WSS_ST_MSG_IN_BINARY] = {
        [WSS_EV_MSG_CONTINUATION - WSS_MESSAGE_RECEIVER_FIRST]     = {.row = 15, .to = WSS_ST_MSG_IN_BINARY}, /* line 607, RFC 6455 5.4 */
        [WSS_EV_MSG_CONTINUATION_FIN - WSS_MESSAGE_RECEIVER_FIRST] = {.row = 16, .to = WSS_ST_MSG_IDLE},      /* line 608, RFC 6455 5.4 */
        [WSS_EV_MSG_TEXT - WSS_MESSAGE_RECEIVER_FIRST]             = {.row = 17, .to = WSS_ST_MSG_IN_BINARY,  /* line 609, RFC 6455 5.4 */
            .reason = WSS_REASON_MESSAGE_INTERRUPTED, .act = WSS_ACT_REJECT_FRAME},
        [WSS_EV_MSG_TEXT_FIN - WSS_MESSAGE_RECEIVER_FIRST]         = {.row = 18, .to = WSS_ST_MSG_IN_BINARY,  /* line 610, RFC 6455 5.4 */
            .reason = WSS_REASON_MESSAGE_INTERRUPTED, .act = WSS_ACT_REJECT_FRAME},
        [WSS_EV_MSG_BINARY - WSS_MESSAGE_RECEIVER_FIRST]           = {.row = 19, .to = WSS_ST_MSG_IN_BINARY,  /* line 611, RFC 6455 5.4 */
            .reason = WSS_REASON_MESSAGE_INTERRUPTED, .act = WSS_ACT_REJECT_FRAME},
        [WSS_EV_MSG_BINARY_FIN - WSS_MESSAGE_RECEIVER_FIRST]       = {.row = 20, .to = WSS_ST_MSG_IN_BINARY,  /* line 612, RFC 6455 5.4 */
            .reason = WSS_REASON_MESSAGE_INTERRUPTED, .act = WSS_ACT_REJECT_FRAME},
        [WSS_EV_MSG_CONTROL - WSS_MESSAGE_RECEIVER_FIRST]          = {.row = 21, .to = WSS_ST_MSG_IN_BINARY}, /* line 617, ignored */
    },
};

const wss_cell_t wss_message_sender[WSS_ST_MSG_COUNT][WSS_MESSAGE_SENDER_EVENTS] = {
    /* idle: Between messages. */
    [WSS_ST_MSG_IDLE] = {
        [WSS_EV_MSG_SEND_TEXT_FIN - WSS_MESSAGE_SENDER_FIRST]   = {.row = 1, .to = WSS_ST_MSG_IDLE},      /* line 579, RFC 6455 5.4 */
        [WSS_EV_MSG_SEND_BINARY_FIN - WSS_MESSAGE_SENDER_FIRST] = {.row = 2, .to = WSS_ST_MSG_IDLE},      /* line 580, RFC 6455 5.4 */
        [WSS_EV_MSG_SEND_TEXT - WSS_MESSAGE_SENDER_FIRST]       = {.row = 3, .to = WSS_ST_MSG_IN_TEXT},   /* line 581, RFC 6455 5.4 */
        [WSS_EV_MSG_SEND_BINARY - WSS_MESSAGE_SENDER_FIRST]     = {.row = 4, .to = WSS_ST_MSG_IN_BINARY}, /* line 582, RFC 6455 5.4 */
    },
    /* in_text: Inside a fragmented text message. */
    [WSS_ST_MSG_IN_TEXT] = {
        [WSS_EV_MSG_SEND_TEXT - WSS_MESSAGE_SENDER_FIRST]             = {.row = 5, .to = WSS_ST_MSG_IN_TEXT}, /* line 596, RFC 6455 5.4 */
        [WSS_EV_MSG_SEND_TEXT_FIN - WSS_MESSAGE_SENDER_FIRST]         = {.row = 6, .to = WSS_ST_MSG_IDLE},    /* line 597, RFC 6455 5.4 */
        [WSS_EV_MSG_SEND_CONTINUATION - WSS_MESSAGE_SENDER_FIRST]     = {.row = 7, .to = WSS_ST_MSG_IN_TEXT}, /* line 598, RFC 6455 5.4 */
        [WSS_EV_MSG_SEND_CONTINUATION_FIN - WSS_MESSAGE_SENDER_FIRST] = {.row = 8, .to = WSS_ST_MSG_IDLE},    /* line 599, RFC 6455 5.4 */
    },
    /* in_binary: Inside a fragmented binary message. */
    [WSS_ST_MSG_IN_BINARY] = {
        [WSS_EV_MSG_SEND_BINARY - WSS_MESSAGE_SENDER_FIRST]           = {.row = 9, .to = WSS_ST_MSG_IN_BINARY},  /* line 613, RFC 6455 5.4 */
        [WSS_EV_MSG_SEND_BINARY_FIN - WSS_MESSAGE_SENDER_FIRST]       = {.row = 10, .to = WSS_ST_MSG_IDLE},      /* line 614, RFC 6455 5.4 */
        [WSS_EV_MSG_SEND_CONTINUATION - WSS_MESSAGE_SENDER_FIRST]     = {.row = 11, .to = WSS_ST_MSG_IN_BINARY}, /* line 615, RFC 6455 5.4 */
        [WSS_EV_MSG_SEND_CONTINUATION_FIN - WSS_MESSAGE_SENDER_FIRST] = {.row = 12, .to = WSS_ST_MSG_IDLE},      /* line 616, RFC 6455 5.4 */
    },
};

void wss_message_act(wss_conn_t *conn, unsigned act)
{
    switch (act) {
    case WSS_ACT_BEGIN_TEXT:   wss_act_begin_text(conn); break;
    case WSS_ACT_BEGIN_BINARY: wss_act_begin_binary(conn); break;
    case WSS_ACT_REJECT_FRAME: wss_act_reject_frame(conn); break;
    default: break;
    }
}

/* ---------------------------------------------------------------- session */

const uint8_t wss_session_timer_event[] = {
    [WSS_TIMER_SESSION_BACKOFF] = WSS_EV_SESSION_T_BACKOFF,
};

_Static_assert(COUNT(wss_session_timer_event) == WSS_TIMER_SESSION_COUNT, "timers of session");

#if WSS_CFG_CLIENT
static const wss_state_info_t session_states[] = {
    [WSS_ST_SESSION_IDLE]     = {.input = 0},
    [WSS_ST_SESSION_DIALLING] = {.input = 0},
    [WSS_ST_SESSION_ONLINE]   = {.input = 0},
    [WSS_ST_SESSION_WAITING]  = {.input = 0,
        .arm = WSS_TIMER_BIT(WSS_TIMER_SESSION_BACKOFF)},
    [WSS_ST_SESSION_REFUSED]  = {.input = 0},
    [WSS_ST_SESSION_STOPPING] = {.input = 0},
    [WSS_ST_SESSION_STOPPED]  = {.input = 0},
};

_Static_assert(COUNT(session_states) == WSS_ST_SESSION_COUNT, "states of session");
#endif

#if WSS_CFG_CLIENT
static const wss_row_t session_client_rows[] = {
    /* idle: Not started. */
    {.event = WSS_EV_SESSION_START, .to = WSS_ST_SESSION_DIALLING, /* line 681 */
     .act = {WSS_ACT_FIRST_SERVER, WSS_ACT_DIAL}},
    /* dialling: A connection is in its opening handshake. */
    {.event = WSS_EV_SESSION_OPENED,                                      .to = WSS_ST_SESSION_ONLINE,   /* line 687 */
     .act = {WSS_ACT_NOTE_ONLINE, WSS_ACT_REPORT_ONLINE}},
    {.event = WSS_EV_SESSION_REDIRECTED, .guard = WSS_GUARD_MAY_REDIRECT, .to = WSS_ST_SESSION_DIALLING, /* line 688, RFC 6455 4.1 */
     .act = {WSS_ACT_FOLLOW_REDIRECT, WSS_ACT_DIAL}},
    {.event = WSS_EV_SESSION_REDIRECTED,                                  .to = WSS_ST_SESSION_STOPPED,  /* line 689 */
     .act = {WSS_ACT_END_REDIRECT, WSS_ACT_LEAVE_LOOP, WSS_ACT_REPORT_STOPPED}},
    {.event = WSS_EV_SESSION_CHALLENGED,                                  .to = WSS_ST_SESSION_REFUSED,  /* line 690, RFC 6455 4.1 */
     .act = {WSS_ACT_REPORT_CHALLENGE}},
    {.event = WSS_EV_SESSION_ENDED,      .guard = WSS_GUARD_MORE_SERVERS, .to = WSS_ST_SESSION_DIALLING, /* line 691 */
     .act = {WSS_ACT_NEXT_SERVER, WSS_ACT_DIAL}},
    {.event = WSS_EV_SESSION_ENDED,      .guard = WSS_GUARD_MAY_RETRY,    .to = WSS_ST_SESSION_WAITING,  /* line 692, RFC 6455 7.2.3 */
     .act = {WSS_ACT_FIRST_SERVER, WSS_ACT_DRAW_WAIT, WSS_ACT_REPORT_WAITING}},
    {.event = WSS_EV_SESSION_ENDED,                                       .to = WSS_ST_SESSION_STOPPED,  /* line 693 */
     .act = {WSS_ACT_END_EXHAUSTED, WSS_ACT_LEAVE_LOOP, WSS_ACT_REPORT_STOPPED}},
    {.event = WSS_EV_SESSION_STOP,                                        .to = WSS_ST_SESSION_STOPPING, /* line 694 */
     .act = {WSS_ACT_ABORT_CONNECTION}},
    /* online: Messages flow. */
    {.event = WSS_EV_SESSION_ENDED, .guard = WSS_GUARD_STEADY,     .to = WSS_ST_SESSION_WAITING,  /* line 700, RFC 6455 7.2.3 */
     .act = {WSS_ACT_RESET_BACKOFF, WSS_ACT_FIRST_SERVER, WSS_ACT_DRAW_WAIT, WSS_ACT_REPORT_WAITING}},
    {.event = WSS_EV_SESSION_ENDED, .guard = WSS_GUARD_RECONNECTS, .to = WSS_ST_SESSION_WAITING,  /* line 701, RFC 6455 7.2.3 */
     .act = {WSS_ACT_FIRST_SERVER, WSS_ACT_DRAW_WAIT, WSS_ACT_REPORT_WAITING}},
    {.event = WSS_EV_SESSION_ENDED,                                .to = WSS_ST_SESSION_STOPPED,  /* line 702 */
     .act = {WSS_ACT_END_ENDED, WSS_ACT_LEAVE_LOOP, WSS_ACT_REPORT_STOPPED}},
    {.event = WSS_EV_SESSION_STOP,                                 .to = WSS_ST_SESSION_STOPPING, /* line 703 */
     .act = {WSS_ACT_CLOSE_CONNECTION}},
    /* waiting: The wait before the next round. */
    {.event = WSS_EV_SESSION_T_BACKOFF, .to = WSS_ST_SESSION_DIALLING, /* line 710, RFC 6455 7.2.3 */
     .act = {WSS_ACT_DIAL}},
    {.event = WSS_EV_SESSION_STOP,      .to = WSS_ST_SESSION_STOPPED,  /* line 711 */
     .act = {WSS_ACT_END_STOPPED, WSS_ACT_LEAVE_LOOP, WSS_ACT_REPORT_STOPPED}},
    /* refused: The server wants credentials; the application may stop and start with them. */
    {.event = WSS_EV_SESSION_STOP, .to = WSS_ST_SESSION_STOPPED, /* line 717 */
     .act = {WSS_ACT_END_CHALLENGED, WSS_ACT_LEAVE_LOOP, WSS_ACT_REPORT_STOPPED}},
    /* stopping: The connection ends, then the session. */
    {.event = WSS_EV_SESSION_ENDED, .to = WSS_ST_SESSION_STOPPED, /* line 723 */
     .act = {WSS_ACT_END_STOPPED, WSS_ACT_LEAVE_LOOP, WSS_ACT_REPORT_STOPPED}},
};

static const uint8_t session_client_first[] = {
    0,  /* idle */
    1,  /* dialling */
    9,  /* online */
    13, /* waiting */
    15, /* refused */
    16, /* stopping */
    17, /* stopped */
    17  /* the end */
};

#if !WSS_CFG_SMALL
static const uint8_t session_client_lookup[] = {
    1, 0, 0, 0, 0, 0, 0, /* idle */
    0, 9, 6, 2, 3, 5, 0, /* dialling */
    0, 13, 10, 0, 0, 0, 0, /* online */
    0, 15, 0, 0, 0, 0, 14, /* waiting */
    0, 16, 0, 0, 0, 0, 0, /* refused */
    0, 0, 17, 0, 0, 0, 0, /* stopping */
    0, 0, 0, 0, 0, 0, 0, /* stopped */
};

_Static_assert(COUNT(session_client_lookup) == WSS_ST_SESSION_COUNT * WSS_EV_SESSION_COUNT, "states and events of session.client");
#endif

const wss_machine_t wss_session_client = {
    .rows = session_client_rows,
    .first = session_client_first,
#if !WSS_CFG_SMALL
    .lookup = session_client_lookup,
    .event_count = 7,
#endif
    .states = session_states,
    .row_count = 17,
    .state_count = 7,
    .id = WSS_MACHINE_SESSION_CLIENT
};

_Static_assert(COUNT(session_client_rows) == 17, "rows of session.client");
_Static_assert(COUNT(session_client_first) == WSS_ST_SESSION_COUNT + 1, "states of session.client");
#endif

#if WSS_CFG_CLIENT
void wss_session_act(wss_session_t *session, unsigned act)
{
    switch (act) {
    case WSS_ACT_DIAL:             wss_act_dial(session); break;
    case WSS_ACT_FIRST_SERVER:     wss_act_first_server(session); break;
    case WSS_ACT_NEXT_SERVER:      wss_act_next_server(session); break;
    case WSS_ACT_FOLLOW_REDIRECT:  wss_act_follow_redirect(session); break;
    case WSS_ACT_NOTE_ONLINE:      wss_act_note_online(session); break;
    case WSS_ACT_RESET_BACKOFF:    wss_act_reset_backoff(session); break;
    case WSS_ACT_DRAW_WAIT:        wss_act_draw_wait(session); break;
    case WSS_ACT_CLOSE_CONNECTION: wss_act_close_connection(session); break;
    case WSS_ACT_ABORT_CONNECTION: wss_act_abort_connection(session); break;
    case WSS_ACT_END_STOPPED:      wss_act_end_stopped(session); break;
    case WSS_ACT_END_ENDED:        wss_act_end_ended(session); break;
    case WSS_ACT_END_EXHAUSTED:    wss_act_end_exhausted(session); break;
    case WSS_ACT_END_REDIRECT:     wss_act_end_redirect(session); break;
    case WSS_ACT_END_CHALLENGED:   wss_act_end_challenged(session); break;
    case WSS_ACT_LEAVE_LOOP:       wss_act_leave_loop(session); break;
    case WSS_ACT_REPORT_ONLINE:    wss_act_report_online(session); break;
    case WSS_ACT_REPORT_CHALLENGE: wss_act_report_challenge(session); break;
    case WSS_ACT_REPORT_WAITING:   wss_act_report_waiting(session); break;
    case WSS_ACT_REPORT_STOPPED:   wss_act_report_stopped(session); break;
    default: break;
    }
}

bool wss_session_guard(const wss_session_t *session, unsigned guard)
{
    switch (guard) {
    case WSS_GUARD_MAY_REDIRECT: return wss_guard_may_redirect(session);
    case WSS_GUARD_MORE_SERVERS: return wss_guard_more_servers(session);
    case WSS_GUARD_MAY_RETRY:    return wss_guard_may_retry(session);
    case WSS_GUARD_STEADY:       return wss_guard_steady(session);
    case WSS_GUARD_RECONNECTS:   return wss_guard_reconnects(session);
    default: return guard == WSS_GUARD_NONE;
    }
}

#endif
