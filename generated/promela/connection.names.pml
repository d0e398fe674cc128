/* SPDX-License-Identifier: MIT */
/*
 * The names of connection, and what its states say of themselves, for the model checker Spin:
 * see connection.rows.pml.
 *
 * Generated from spec/wss_states.yaml (SHA-256 begins 465917a219f57571): do not edit.
 * To regenerate: python3 -m generator
 */

#define SERVER 0
#define CLIENT 1

#define WSS_ST_IDLE         0  /* A free slot. */
#define WSS_ST_CONNECTING   1  /* The host name is resolved and TCP connects. */
#define WSS_ST_SECURING     2  /* The stream's upper layers negotiate: PROXY or CONNECT, then TLS. */
#define WSS_ST_UPGRADING    3  /* The server reads the upgrade request, the client the response. */
#define WSS_ST_DECIDING     4  /* The request is complete; the application says what becomes of it. */
#define WSS_ST_RESPONDING   5  /* An HTTP response without an upgrade goes out. */
#define WSS_ST_OPEN         6  /* Messages flow. */
#define WSS_ST_DRAINING     7  /* A streamed frame has to end before our Close can go out. */
#define WSS_ST_ANSWERING    8  /* A streamed frame has to end before the peer's Close can be answered. */
#define WSS_ST_CLOSING      9  /* Our Close is sent; the peer's is awaited. */
#define WSS_ST_FLUSHING     10 /* Nothing more is sent; what was accepted goes out, then our end of TCP. */
#define WSS_ST_LINGERING    11 /* Our side of TCP has ended; the peer may end its side before we let go. */
#define WSS_ST_EMPTYING     12 /* Nothing more is sent; what was accepted goes out before the server is to end TCP. */
#define WSS_ST_AWAITING_FIN 13 /* The closing handshake is done; the server is to end TCP first. */
#define WSS_ST_CLOSED       14 /* The end. The slot becomes idle again when the application knows. */

/* Timers are bits of `armed`. */
#define WSS_TIMER_HANDSHAKE (1 << 0) /* From the beginning to the end of the opening handshake. */
#define WSS_TIMER_IDLE      (1 << 1) /* Without a byte of a frame from the peer, or of ours that it takes in. */
#define WSS_TIMER_PING      (1 << 2) /* From one Ping to the next. */
#define WSS_TIMER_PONG      (1 << 3) /* From a Ping to its Pong. */
#define WSS_TIMER_CLOSE     (1 << 4) /* From our wish to close to the peer's Close. */
#define WSS_TIMER_FLUSH     (1 << 5) /* From the beginning of a response, or from our last frame, until all is sent. */
#define WSS_TIMER_LINGER    (1 << 6) /* From our end of TCP to the peer's. */

/* Which states are so: wss_is() says whether one of a role's is. */
#define WSS_CLOSED        (1 << WSS_ST_IDLE | 1 << WSS_ST_CLOSED)
#define WSS_CONNECTING    (1 << WSS_ST_CONNECTING | 1 << WSS_ST_SECURING | 1 << WSS_ST_UPGRADING | 1 << WSS_ST_DECIDING | 1 << WSS_ST_RESPONDING)
#define WSS_CONNECTED     (1 << WSS_ST_OPEN)
#define WSS_CLOSING       (1 << WSS_ST_DRAINING | 1 << WSS_ST_ANSWERING | 1 << WSS_ST_CLOSING | 1 << WSS_ST_FLUSHING | 1 << WSS_ST_LINGERING | 1 << WSS_ST_EMPTYING | 1 << WSS_ST_AWAITING_FIN)
#define WSS_INPUT_NONE    (1 << WSS_ST_IDLE | 1 << WSS_ST_CONNECTING | 1 << WSS_ST_SECURING | 1 << WSS_ST_DECIDING | 1 << WSS_ST_CLOSED)
#define WSS_INPUT_HTTP    (1 << WSS_ST_UPGRADING)
#define WSS_INPUT_FRAMES  (1 << WSS_ST_OPEN | 1 << WSS_ST_DRAINING | 1 << WSS_ST_CLOSING)
#define WSS_INPUT_DISCARD (1 << WSS_ST_RESPONDING | 1 << WSS_ST_ANSWERING | 1 << WSS_ST_FLUSHING | 1 << WSS_ST_LINGERING | 1 << WSS_ST_EMPTYING | 1 << WSS_ST_AWAITING_FIN)
#define WSS_ALLOW_SEND    (1 << WSS_ST_OPEN)
#define WSS_ALLOW_STREAM  (1 << WSS_ST_OPEN | 1 << WSS_ST_DRAINING | 1 << WSS_ST_ANSWERING)
#define WSS_ALLOW_PONG    (1 << WSS_ST_OPEN | 1 << WSS_ST_DRAINING | 1 << WSS_ST_CLOSING)
#define WSS_ALLOW_DRAIN   (1 << WSS_ST_FLUSHING | 1 << WSS_ST_EMPTYING)
#define WSS_ALLOW_RESPOND (1 << WSS_ST_RESPONDING)

#define wss_is(me, states) (((states) >> state[me]) & 1)
#define wss_runs(me, timer) ((armed[me] & (timer)) != 0)

byte state[2];
byte armed[2];
