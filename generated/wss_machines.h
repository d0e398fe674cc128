/* SPDX-License-Identifier: MIT */
/*
 * The machines: their states, events, guards and actions, the form of their tables,
 * and the functions that the runtime supplies for them. Not for applications.
 *
 * Generated from spec/wss_states.yaml (SHA-256 begins 465917a219f57571): do not edit.
 * To regenerate: python3 -m generator
 */
#ifndef WSS_MACHINES_H
#define WSS_MACHINES_H

#include <stdbool.h>
#include <stdint.h>

#include "wss/wss_config.h"
#include "wss_vocabulary.h"

#if WSS_SPEC_SCHEMA != 1
#error "wss_machines.h and wss_vocabulary.h come from specifications of different schemas"
#endif

typedef struct wss_conn wss_conn_t;
typedef struct wss_session wss_session_t;

enum {
    WSS_GUARD_NONE = 0 /* always true */
};

enum {
    WSS_ACT_NONE = 0 /* ends the actions of a row */
};

/* The life of one TCP connection that carries, or is to carry, a WebSocket. */
typedef enum wss_connection_state {
    WSS_ST_IDLE,         /* A free slot. */
    WSS_ST_CONNECTING,   /* The host name is resolved and TCP connects. */
    WSS_ST_SECURING,     /* The stream's upper layers negotiate: PROXY or CONNECT, then TLS. */
    WSS_ST_UPGRADING,    /* The server reads the upgrade request, the client the response. */
    WSS_ST_DECIDING,     /* The request is complete; the application says what becomes of it. */
    WSS_ST_RESPONDING,   /* An HTTP response without an upgrade goes out. */
    WSS_ST_OPEN,         /* Messages flow. */
    WSS_ST_DRAINING,     /* A streamed frame has to end before our Close can go out. */
    WSS_ST_ANSWERING,    /* A streamed frame has to end before the peer's Close can be answered. */
    WSS_ST_CLOSING,      /* Our Close is sent; the peer's is awaited. */
    WSS_ST_FLUSHING,     /* Nothing more is sent; what was accepted goes out, then our end of TCP. */
    WSS_ST_LINGERING,    /* Our side of TCP has ended; the peer may end its side before we let go. */
    WSS_ST_EMPTYING,     /* Nothing more is sent; what was accepted goes out before the server is to end TCP. */
    WSS_ST_AWAITING_FIN, /* The closing handshake is done; the server is to end TCP first. */
    WSS_ST_CLOSED,       /* The end. The slot becomes idle again when the application knows. */
    WSS_ST_COUNT
} wss_connection_state_t;

/* What happens to a connection. */
typedef enum wss_connection_event {
    WSS_EV_ACCEPT,        /* A TCP connection came in. */
    WSS_EV_CONNECT,       /* The application wants a connection; its stream begins to open. */
    WSS_EV_ADMIT,         /* The application admits the request. */
    WSS_EV_REFUSE,        /* The application answers the request without an upgrade. */
    WSS_EV_CLOSE,         /* The application closes, or the loop shuts down. */
    WSS_EV_ABORT,         /* The application wants the connection gone at once. */
    WSS_EV_EOF,           /* The peer ended its side, and every byte before that was read. */
    WSS_EV_TCP_DOWN,      /* TCP was reset or failed. */
    WSS_EV_TCP_UP,        /* The TCP connection stands. */
    WSS_EV_TCP_FAILED,    /* No TCP connection could be made. */
    WSS_EV_WRITABLE,      /* There is room again for what waits for it: a refused send, a Pong. */
    WSS_EV_FRAME_SENT,    /* The last byte of a streamed frame was accepted. */
    WSS_EV_TLS_UP,        /* The stream's upper layers (proxy, TLS) are ready. */
    WSS_EV_TLS_FAILED,    /* An upper layer failed; the stream knows the reason. */
    WSS_EV_REQUEST,       /* A valid upgrade request is complete. */
    WSS_EV_PAGE,          /* A valid request without an upgrade is complete. */
    WSS_EV_BAD_REQUEST,   /* The request has to be rejected. */
    WSS_EV_UPGRADED,      /* The response completes the opening handshake. */
    WSS_EV_ANSWERED,      /* The response is complete and upgrades nothing: a redirect, a 401, a page. */
    WSS_EV_BAD_RESPONSE,  /* The response breaks HTTP or the handshake. */
    WSS_EV_DRAINED,       /* All that was accepted is sent; where we ended TCP, that too. */
    WSS_EV_RESPONSE_SENT, /* The last byte of a response was accepted. */
    WSS_EV_RX_DATA,       /* Payload of a data frame, or the end of a message. */
    WSS_EV_RX_PING,       /* A whole Ping. */
    WSS_EV_RX_PONG,       /* A whole Pong. */
    WSS_EV_RX_CLOSE,      /* A whole and valid Close. */
    WSS_EV_RX_BAD,        /* A frame that fails the connection; the reader knows the reason. */
    WSS_EV_T_HANDSHAKE,   /* The handshake timer ran out. */
    WSS_EV_T_IDLE,        /* The idle timer ran out. */
    WSS_EV_T_PING,        /* The ping timer ran out. */
    WSS_EV_T_PONG,        /* The pong timer ran out. */
    WSS_EV_T_CLOSE,       /* The close timer ran out. */
    WSS_EV_T_FLUSH,       /* The flush timer ran out. */
    WSS_EV_T_LINGER,      /* The linger timer ran out. */
    WSS_EV_COUNT
} wss_connection_event_t;

/* What a row depends on. */
typedef enum wss_connection_guard {
    WSS_GUARD_LAYERED = 1,  /* the stream has upper layers that negotiate first */
    WSS_GUARD_STREAMING,    /* a streamed frame is not sent to its end */
    WSS_GUARD_PEER_DONE,    /* the peer has ended its side of TCP */
    WSS_GUARD_ALIVE,        /* since the Ping the peer sent or took in bytes, or we do not read */
    WSS_GUARD_HELD_BY_US,   /* we do not read, although there is room to send */
    WSS_GUARD_CAN_PING,     /* a Ping fits the room now */
    WSS_GUARD_REQUEST_BEGUN /* a byte of a request was read */
} wss_connection_guard_t;

/* What a row does. */
typedef enum wss_connection_action {
    WSS_ACT_SEND_REQUEST = 1,   /* Send the upgrade request. */
    WSS_ACT_ASK_ADMISSION,      /* Let the application admit or refuse the request. */
    WSS_ACT_ASK_PAGE,           /* Let the application answer a plain request. */
    WSS_ACT_SEND_REJECTION,     /* Answer the request with the rejection that was found, when the turn ends. */
    WSS_ACT_REJECT_LATE,        /* Answer with 408, when the turn ends: the request took too long. */
    WSS_ACT_REJECT_UNAVAILABLE, /* Answer with 503, when the turn ends: the request cannot be served now. */
    WSS_ACT_BEGIN_FRAMES,       /* Replace the handshake context by the frame context. */
    WSS_ACT_DELIVER,            /* Hand the payload to the application. */
    WSS_ACT_SEND_PONG,          /* Answer a Ping, now or, when there is no room, as soon as there is. */
    WSS_ACT_SEND_PENDING,       /* Send the Pong that waited for room. */
    WSS_ACT_SEND_PING,          /* Send an empty Ping. */
    WSS_ACT_KEEP_CLOSE,         /* Remember our code and reason until a Close can be sent. */
    WSS_ACT_SEND_CLOSE,         /* Send a Close frame with our code and reason. */
    WSS_ACT_NOTE_CLOSE,         /* Remember the peer's code and reason. */
    WSS_ACT_ECHO_CLOSE,         /* Answer the peer's Close with the same code. */
    WSS_ACT_EMPTY_STREAM,       /* Let what is queued go out, and learn when it has. */
    WSS_ACT_FINISH_STREAM,      /* End our side of TCP after what is queued. */
    WSS_ACT_RELEASE_STREAM,     /* Give the stream back; both sides have ended. */
    WSS_ACT_RESET_STREAM,       /* Give the stream back at once, with a TCP reset. */
    WSS_ACT_REPORT_CONNECTING,  /* Tell the application that a connection begins. */
    WSS_ACT_REPORT_OPEN,        /* Tell the application that messages flow. */
    WSS_ACT_REPORT_PING,        /* Tell the application of a Ping. */
    WSS_ACT_REPORT_PONG,        /* Tell the application of a Pong. */
    WSS_ACT_REPORT_WRITABLE,    /* Tell the application that a refused send can be tried again. */
    WSS_ACT_REPORT_CLOSING,     /* Tell the application that the closing handshake began. */
    WSS_ACT_REPORT_CLOSED       /* Tell the application how the connection ended. */
} wss_connection_action_t;

/* What the bytes that arrive are. */
typedef enum wss_input {
    WSS_INPUT_NONE,   /* They wait in the stream. */
    WSS_INPUT_HTTP,   /* An HTTP message head. */
    WSS_INPUT_FRAMES, /* WebSocket frames. */
    WSS_INPUT_DISCARD /* Nothing that matters any more: they are read and dropped. */
} wss_input_t;

/* Operations that a state allows. */
enum {
    WSS_ALLOW_SEND = 1u << 0,   /* New frames may be sent. */
    WSS_ALLOW_STREAM = 1u << 1, /* A streamed frame may be continued. */
    WSS_ALLOW_PONG = 1u << 2,   /* A Ping is answered as soon as there is room. */
    WSS_ALLOW_DRAIN = 1u << 3,  /* It matters when all is sent. */
    WSS_ALLOW_RESPOND = 1u << 4 /* A response without an upgrade may be continued. */
};

/* The order of frames in one direction of a connection. */
typedef enum wss_message_state {
    WSS_ST_MSG_IDLE,      /* Between messages. */
    WSS_ST_MSG_IN_TEXT,   /* Inside a fragmented text message. */
    WSS_ST_MSG_IN_BINARY, /* Inside a fragmented binary message. */
    WSS_ST_MSG_COUNT
} wss_message_state_t;

/* What happens to a message. */
typedef enum wss_message_event {
    WSS_EV_MSG_CONTINUATION,          /* A continuation frame with more to follow. */
    WSS_EV_MSG_CONTINUATION_FIN,      /* The last frame of a fragmented message. */
    WSS_EV_MSG_TEXT,                  /* A text frame with more to follow. */
    WSS_EV_MSG_TEXT_FIN,              /* A whole text message. */
    WSS_EV_MSG_BINARY,                /* A binary frame with more to follow. */
    WSS_EV_MSG_BINARY_FIN,            /* A whole binary message. */
    WSS_EV_MSG_CONTROL,               /* A Close, Ping or Pong. */
    WSS_EV_MSG_SEND_CONTINUATION,     /* A continuation frame with more to follow. */
    WSS_EV_MSG_SEND_CONTINUATION_FIN, /* The last frame of a fragmented message. */
    WSS_EV_MSG_SEND_TEXT,             /* A text frame with more to follow. */
    WSS_EV_MSG_SEND_TEXT_FIN,         /* A whole text message. */
    WSS_EV_MSG_SEND_BINARY,           /* A binary frame with more to follow. */
    WSS_EV_MSG_SEND_BINARY_FIN,       /* A whole binary message. */
    WSS_EV_MSG_COUNT
} wss_message_event_t;

/* What a row does. */
typedef enum wss_message_action {
    WSS_ACT_BEGIN_TEXT = 1, /* A text message begins: its UTF-8 is validated. */
    WSS_ACT_BEGIN_BINARY,   /* A binary message begins. */
    WSS_ACT_REJECT_FRAME    /* The frame fails the connection. */
} wss_message_action_t;

/* A client's standing wish to be connected: reconnecting, redirects, failover. */
typedef enum wss_session_state {
    WSS_ST_SESSION_IDLE,     /* Not started. */
    WSS_ST_SESSION_DIALLING, /* A connection is in its opening handshake. */
    WSS_ST_SESSION_ONLINE,   /* Messages flow. */
    WSS_ST_SESSION_WAITING,  /* The wait before the next round. */
    WSS_ST_SESSION_REFUSED,  /* The server wants credentials; the application may stop and start with them. */
    WSS_ST_SESSION_STOPPING, /* The connection ends, then the session. */
    WSS_ST_SESSION_STOPPED,  /* The end. */
    WSS_ST_SESSION_COUNT
} wss_session_state_t;

/* What happens to a session. */
typedef enum wss_session_event {
    WSS_EV_SESSION_START,      /* The application starts the session. */
    WSS_EV_SESSION_STOP,       /* The application stops the session. */
    WSS_EV_SESSION_ENDED,      /* The connection has ended, or none could begin. */
    WSS_EV_SESSION_OPENED,     /* The opening handshake is done. */
    WSS_EV_SESSION_REDIRECTED, /* The connection has ended: the server answered with a redirect. */
    WSS_EV_SESSION_CHALLENGED, /* The connection has ended: the server answered 401. */
    WSS_EV_SESSION_T_BACKOFF,  /* The backoff timer ran out. */
    WSS_EV_SESSION_COUNT
} wss_session_event_t;

/* What a row depends on. */
typedef enum wss_session_guard {
    WSS_GUARD_MAY_REDIRECT = 1, /* the redirect is within the limit and stays as safe as it was */
    WSS_GUARD_MORE_SERVERS,     /* a server of the list was not tried in this round */
    WSS_GUARD_MAY_RETRY,        /* rounds are left */
    WSS_GUARD_STEADY,           /* reconnecting is on, and messages flowed for at least the present length of the wait */
    WSS_GUARD_RECONNECTS        /* reconnecting is on */
} wss_session_guard_t;

/* What a row does. */
typedef enum wss_session_action {
    WSS_ACT_DIAL = 1,         /* Open a connection to the chosen server. */
    WSS_ACT_FIRST_SERVER,     /* Begin a round: choose the first server of the list. */
    WSS_ACT_NEXT_SERVER,      /* Choose the next server of the list. */
    WSS_ACT_FOLLOW_REDIRECT,  /* Choose the server that the redirect names, without credentials of another host. */
    WSS_ACT_NOTE_ONLINE,      /* Remember since when messages flow; no round has failed. */
    WSS_ACT_RESET_BACKOFF,    /* Begin again with the shortest wait. */
    WSS_ACT_DRAW_WAIT,        /* Draw the wait between half of its length and all; double the length. */
    WSS_ACT_CLOSE_CONNECTION, /* Close the connection with 1000. */
    WSS_ACT_ABORT_CONNECTION, /* Abort the connection. */
    WSS_ACT_END_STOPPED,      /* The session ends because the application stopped it. */
    WSS_ACT_END_ENDED,        /* The session ends with its connection. */
    WSS_ACT_END_EXHAUSTED,    /* The session ends because no round is left. */
    WSS_ACT_END_REDIRECT,     /* The session ends because a redirect cannot be followed. */
    WSS_ACT_END_CHALLENGED,   /* The session ends because the server wants credentials. */
    WSS_ACT_LEAVE_LOOP,       /* Leave the loop's list of sessions. */
    WSS_ACT_REPORT_ONLINE,    /* Tell the application that messages flow. */
    WSS_ACT_REPORT_CHALLENGE, /* Tell the application the challenge. */
    WSS_ACT_REPORT_WAITING,   /* Tell the application how long the wait is. */
    WSS_ACT_REPORT_STOPPED    /* Tell the application that the session is over. */
} wss_session_action_t;

/* Every machine in each of its roles. */
typedef enum wss_machine_id {
    WSS_MACHINE_CONNECTION_SERVER,
    WSS_MACHINE_CONNECTION_CLIENT,
    WSS_MACHINE_MESSAGE_RECEIVER,
    WSS_MACHINE_MESSAGE_SENDER,
    WSS_MACHINE_SESSION_CLIENT,
    WSS_MACHINE_COUNT
} wss_machine_id_t;

/* Timers are named by bits in the masks of rows and states. */
#define WSS_TIMER_BIT(timer) (1u << (timer))

/* What an event does in a state. Rows of one event are tried in order until a guard is
 * true; `to` is the state itself where the connection stays. `stop` comes before `start`:
 * a timer in both is restarted. */
typedef struct wss_row {
    uint8_t event;
    uint8_t guard;
    uint8_t to;
    uint8_t reason; /* wss_reason_t; WSS_REASON_NONE: the row names none */
    uint8_t stop;   /* WSS_TIMER_BIT mask */
    uint8_t start;  /* WSS_TIMER_BIT mask */
    uint8_t act[4]; /* in order, up to the first WSS_ACT_NONE */
} wss_row_t;

typedef struct wss_state_info {
    uint8_t public_state; /* wss_public_state_t */
    uint8_t input;        /* wss_input_t */
    uint8_t allow;        /* WSS_ALLOW_* mask */
    uint8_t arm;          /* WSS_TIMER_BIT mask: timers that run in this state */
} wss_state_info_t;

/* In the lookup, beside the number of a row: it does one thing, always, and moves nothing. */
#define WSS_LOOKUP_QUIET 128u

/* The rows of a state are rows[first[state]] up to rows[first[state + 1]]. The number of the
 * first row for an event, counted from 1, is lookup[state * event_count + event]; 0: there is
 * none. State 0 is the initial one. */
typedef struct wss_machine {
    const wss_row_t *rows;
    const uint8_t *first;
#if !WSS_CFG_SMALL
    const uint8_t *lookup;
#endif
    const wss_state_info_t *states;
    uint8_t row_count;
    uint8_t state_count;
#if !WSS_CFG_SMALL
    uint8_t event_count;
#endif
    uint8_t id; /* wss_machine_id_t */
} wss_machine_t;

/* What an event does in a state of a machine that is declared plain. All zeros: the event
 * is refused. The columns of a table begin with the first event that its role has. */
typedef struct wss_cell {
    uint8_t row; /* its number, counted from 1 */
    uint8_t to;
    uint8_t reason; /* wss_reason_t; WSS_REASON_NONE: the row names none */
    uint8_t act;
} wss_cell_t;

#if WSS_CFG_SERVER
extern const wss_machine_t wss_connection_server;
#endif
#if WSS_CFG_CLIENT
extern const wss_machine_t wss_connection_client;
#endif
enum { WSS_MESSAGE_RECEIVER_FIRST = WSS_EV_MSG_CONTINUATION, WSS_MESSAGE_RECEIVER_EVENTS = 7 };
enum { /* bits of events, from the first on, that leave the initial state as it is */
    WSS_MESSAGE_RECEIVER_STAYS =
        1 << (WSS_EV_MSG_TEXT_FIN - WSS_MESSAGE_RECEIVER_FIRST) |
        1 << (WSS_EV_MSG_BINARY_FIN - WSS_MESSAGE_RECEIVER_FIRST) |
        1 << (WSS_EV_MSG_CONTROL - WSS_MESSAGE_RECEIVER_FIRST)
};
extern const wss_cell_t wss_message_receiver[WSS_ST_MSG_COUNT][WSS_MESSAGE_RECEIVER_EVENTS];
enum { WSS_MESSAGE_SENDER_FIRST = WSS_EV_MSG_SEND_CONTINUATION, WSS_MESSAGE_SENDER_EVENTS = 6 };
enum { /* bits of events, from the first on, that leave the initial state as it is */
    WSS_MESSAGE_SENDER_STAYS =
        1 << (WSS_EV_MSG_SEND_TEXT_FIN - WSS_MESSAGE_SENDER_FIRST) |
        1 << (WSS_EV_MSG_SEND_BINARY_FIN - WSS_MESSAGE_SENDER_FIRST)
};
extern const wss_cell_t wss_message_sender[WSS_ST_MSG_COUNT][WSS_MESSAGE_SENDER_EVENTS];
#if WSS_CFG_CLIENT
extern const wss_machine_t wss_session_client;
#endif

extern const uint8_t wss_connection_timer_event[]; /* the event that each timer raises */
extern const uint8_t wss_session_timer_event[]; /* the event that each timer raises */

void wss_act_send_request(wss_conn_t *conn);       /* Send the upgrade request. */
void wss_act_ask_admission(wss_conn_t *conn);      /* Let the application admit or refuse the request. */
void wss_act_ask_page(wss_conn_t *conn);           /* Let the application answer a plain request. */
void wss_act_send_rejection(wss_conn_t *conn);     /* Answer the request with the rejection that was found, when the turn ends. */
void wss_act_reject_late(wss_conn_t *conn);        /* Answer with 408, when the turn ends: the request took too long. */
void wss_act_reject_unavailable(wss_conn_t *conn); /* Answer with 503, when the turn ends: the request cannot be served now. */
void wss_act_begin_frames(wss_conn_t *conn);       /* Replace the handshake context by the frame context. */
void wss_act_deliver(wss_conn_t *conn);            /* Hand the payload to the application. */
void wss_act_send_pong(wss_conn_t *conn);          /* Answer a Ping, now or, when there is no room, as soon as there is. */
void wss_act_send_pending(wss_conn_t *conn);       /* Send the Pong that waited for room. */
void wss_act_send_ping(wss_conn_t *conn);          /* Send an empty Ping. */
void wss_act_keep_close(wss_conn_t *conn);         /* Remember our code and reason until a Close can be sent. */
void wss_act_send_close(wss_conn_t *conn);         /* Send a Close frame with our code and reason. */
void wss_act_note_close(wss_conn_t *conn);         /* Remember the peer's code and reason. */
void wss_act_echo_close(wss_conn_t *conn);         /* Answer the peer's Close with the same code. */
void wss_act_empty_stream(wss_conn_t *conn);       /* Let what is queued go out, and learn when it has. */
void wss_act_finish_stream(wss_conn_t *conn);      /* End our side of TCP after what is queued. */
void wss_act_release_stream(wss_conn_t *conn);     /* Give the stream back; both sides have ended. */
void wss_act_reset_stream(wss_conn_t *conn);       /* Give the stream back at once, with a TCP reset. */
void wss_act_report_connecting(wss_conn_t *conn);  /* Tell the application that a connection begins. */
void wss_act_report_open(wss_conn_t *conn);        /* Tell the application that messages flow. */
void wss_act_report_ping(wss_conn_t *conn);        /* Tell the application of a Ping. */
void wss_act_report_pong(wss_conn_t *conn);        /* Tell the application of a Pong. */
void wss_act_report_writable(wss_conn_t *conn);    /* Tell the application that a refused send can be tried again. */
void wss_act_report_closing(wss_conn_t *conn);     /* Tell the application that the closing handshake began. */
void wss_act_report_closed(wss_conn_t *conn);      /* Tell the application how the connection ended. */

bool wss_guard_layered(const wss_conn_t *conn);       /* the stream has upper layers that negotiate first */
bool wss_guard_streaming(const wss_conn_t *conn);     /* a streamed frame is not sent to its end */
bool wss_guard_peer_done(const wss_conn_t *conn);     /* the peer has ended its side of TCP */
bool wss_guard_alive(const wss_conn_t *conn);         /* since the Ping the peer sent or took in bytes, or we do not read */
bool wss_guard_held_by_us(const wss_conn_t *conn);    /* we do not read, although there is room to send */
bool wss_guard_can_ping(const wss_conn_t *conn);      /* a Ping fits the room now */
bool wss_guard_request_begun(const wss_conn_t *conn); /* a byte of a request was read */

void wss_connection_act(wss_conn_t *conn, unsigned act);
bool wss_connection_guard(const wss_conn_t *conn, unsigned guard);

void wss_act_begin_text(wss_conn_t *conn);   /* A text message begins: its UTF-8 is validated. */
void wss_act_begin_binary(wss_conn_t *conn); /* A binary message begins. */
void wss_act_reject_frame(wss_conn_t *conn); /* The frame fails the connection. */

void wss_message_act(wss_conn_t *conn, unsigned act);

#if WSS_CFG_CLIENT
void wss_act_dial(wss_session_t *session);             /* Open a connection to the chosen server. */
void wss_act_first_server(wss_session_t *session);     /* Begin a round: choose the first server of the list. */
void wss_act_next_server(wss_session_t *session);      /* Choose the next server of the list. */
void wss_act_follow_redirect(wss_session_t *session);  /* Choose the server that the redirect names, without credentials of another host. */
void wss_act_note_online(wss_session_t *session);      /* Remember since when messages flow; no round has failed. */
void wss_act_reset_backoff(wss_session_t *session);    /* Begin again with the shortest wait. */
void wss_act_draw_wait(wss_session_t *session);        /* Draw the wait between half of its length and all; double the length. */
void wss_act_close_connection(wss_session_t *session); /* Close the connection with 1000. */
void wss_act_abort_connection(wss_session_t *session); /* Abort the connection. */
void wss_act_end_stopped(wss_session_t *session);      /* The session ends because the application stopped it. */
void wss_act_end_ended(wss_session_t *session);        /* The session ends with its connection. */
void wss_act_end_exhausted(wss_session_t *session);    /* The session ends because no round is left. */
void wss_act_end_redirect(wss_session_t *session);     /* The session ends because a redirect cannot be followed. */
void wss_act_end_challenged(wss_session_t *session);   /* The session ends because the server wants credentials. */
void wss_act_leave_loop(wss_session_t *session);       /* Leave the loop's list of sessions. */
void wss_act_report_online(wss_session_t *session);    /* Tell the application that messages flow. */
void wss_act_report_challenge(wss_session_t *session); /* Tell the application the challenge. */
void wss_act_report_waiting(wss_session_t *session);   /* Tell the application how long the wait is. */
void wss_act_report_stopped(wss_session_t *session);   /* Tell the application that the session is over. */

bool wss_guard_may_redirect(const wss_session_t *session); /* the redirect is within the limit and stays as safe as it was */
bool wss_guard_more_servers(const wss_session_t *session); /* a server of the list was not tried in this round */
bool wss_guard_may_retry(const wss_session_t *session);    /* rounds are left */
bool wss_guard_steady(const wss_session_t *session);       /* reconnecting is on, and messages flowed for at least the present length of the wait */
bool wss_guard_reconnects(const wss_session_t *session);   /* reconnecting is on */

void wss_session_act(wss_session_t *session, unsigned act);
bool wss_session_guard(const wss_session_t *session, unsigned guard);
#endif

#endif
