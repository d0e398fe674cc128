/* SPDX-License-Identifier: MIT */
/*
 * The names of the specification's machines, for traces.
 *
 * Generated from spec/wss_states.yaml (SHA-256 begins 465917a219f57571): do not edit.
 * To regenerate: python3 -m generator
 */
#include "wss_names.h"

#include "wss_machines.h"

#if WSS_CFG_NAMES

static const char *const connection_states[] = {
    "idle", "connecting", "securing", "upgrading", "deciding", "responding", "open", "draining",
    "answering", "closing", "flushing", "lingering", "emptying", "awaiting_fin", "closed"
};

static const char *const connection_events[] = {
    "accept", "connect", "admit", "refuse", "close", "abort", "eof", "tcp_down", "tcp_up",
    "tcp_failed", "writable", "frame_sent", "tls_up", "tls_failed", "request", "page",
    "bad_request", "upgraded", "answered", "bad_response", "drained", "response_sent", "rx_data",
    "rx_ping", "rx_pong", "rx_close", "rx_bad", "t_handshake", "t_idle", "t_ping", "t_pong",
    "t_close", "t_flush", "t_linger"
};

static const char *const connection_guards[] = {
    "none", "layered", "streaming", "peer_done", "alive", "held_by_us", "can_ping", "request_begun"
};

static const char *const connection_actions[] = {
    "none", "send_request", "ask_admission", "ask_page", "send_rejection", "reject_late",
    "reject_unavailable", "begin_frames", "deliver", "send_pong", "send_pending", "send_ping",
    "keep_close", "send_close", "note_close", "echo_close", "empty_stream", "finish_stream",
    "release_stream", "reset_stream", "report_connecting", "report_open", "report_ping",
    "report_pong", "report_writable", "report_closing", "report_closed"
};

static const char *const message_states[] = {
    "idle", "in_text", "in_binary"
};

static const char *const message_events[] = {
    "continuation", "continuation_fin", "text", "text_fin", "binary", "binary_fin", "control",
    "send_continuation", "send_continuation_fin", "send_text", "send_text_fin", "send_binary",
    "send_binary_fin"
};

static const char *const message_guards[] = {
    "none"
};

static const char *const message_actions[] = {
    "none", "begin_text", "begin_binary", "reject_frame"
};

static const char *const session_states[] = {
    "idle", "dialling", "online", "waiting", "refused", "stopping", "stopped"
};

static const char *const session_events[] = {
    "start", "stop", "ended", "opened", "redirected", "challenged", "t_backoff"
};

static const char *const session_guards[] = {
    "none", "may_redirect", "more_servers", "may_retry", "steady", "reconnects"
};

static const char *const session_actions[] = {
    "none", "dial", "first_server", "next_server", "follow_redirect", "note_online",
    "reset_backoff", "draw_wait", "close_connection", "abort_connection", "end_stopped",
    "end_ended", "end_exhausted", "end_redirect", "end_challenged", "leave_loop", "report_online",
    "report_challenge", "report_waiting", "report_stopped"
};

static const uint16_t connection_server_lines[] = {
    297, 298, 321, 323, 324, 325, 326, 335, 336, 337, 341, 342, 343, 344, 345, 346, 347, 357, 358,
    359, 360, 361, 371, 372, 373, 374, 375, 386, 387, 388, 389, 390, 392, 393, 394, 395, 396, 397,
    398, 399, 400, 401, 402, 403, 404, 405, 406, 407, 408, 418, 419, 420, 421, 422, 423, 424, 425,
    426, 427, 428, 439, 441, 442, 443, 444, 445, 456, 457, 458, 460, 461, 462, 463, 464, 465, 466,
    477, 478, 479, 480, 481, 482, 492, 493, 494, 495
};

static const uint16_t connection_client_lines[] = {
    299, 308, 309, 310, 311, 312, 313, 322, 323, 324, 325, 326, 338, 339, 340, 341, 342, 344, 346,
    347, 386, 387, 388, 389, 391, 392, 393, 394, 395, 396, 397, 398, 399, 400, 401, 402, 403, 404,
    405, 406, 407, 408, 418, 419, 420, 421, 422, 423, 424, 425, 426, 427, 428, 440, 441, 442, 443,
    444, 445, 456, 457, 459, 460, 461, 462, 463, 464, 465, 466, 477, 478, 479, 480, 481, 482, 492,
    493, 494, 495, 507, 508, 509, 510, 511, 522, 523, 524, 525
};

static const uint16_t message_receiver_lines[] = {
    573, 574, 575, 576, 577, 578, 583, 590, 591, 592, 593, 594, 595, 600, 607, 608, 609, 610, 611,
    612, 617
};

static const uint16_t message_sender_lines[] = {
    579, 580, 581, 582, 596, 597, 598, 599, 613, 614, 615, 616
};

static const uint16_t session_client_lines[] = {
    681, 687, 688, 689, 690, 691, 692, 693, 694, 700, 701, 702, 703, 710, 711, 717, 723
};

typedef struct {
    const char *const *names;
    unsigned count;
} name_list_t;

#define COUNT(array) ((unsigned)(sizeof(array) / sizeof((array)[0])))
#define NAMES(array) {(array), COUNT(array)}

static const struct {
    const char *name;
    name_list_t states, events, guards, actions;
    const uint16_t *lines;
    unsigned row_count;
} machines[WSS_MACHINE_COUNT] = {
    [WSS_MACHINE_CONNECTION_SERVER] = {
        .name = "connection.server",
        .states = NAMES(connection_states),
        .events = NAMES(connection_events),
        .guards = NAMES(connection_guards),
        .actions = NAMES(connection_actions),
        .lines = connection_server_lines,
        .row_count = COUNT(connection_server_lines),
    },
    [WSS_MACHINE_CONNECTION_CLIENT] = {
        .name = "connection.client",
        .states = NAMES(connection_states),
        .events = NAMES(connection_events),
        .guards = NAMES(connection_guards),
        .actions = NAMES(connection_actions),
        .lines = connection_client_lines,
        .row_count = COUNT(connection_client_lines),
    },
    [WSS_MACHINE_MESSAGE_RECEIVER] = {
        .name = "message.receiver",
        .states = NAMES(message_states),
        .events = NAMES(message_events),
        .guards = NAMES(message_guards),
        .actions = NAMES(message_actions),
        .lines = message_receiver_lines,
        .row_count = COUNT(message_receiver_lines),
    },
    [WSS_MACHINE_MESSAGE_SENDER] = {
        .name = "message.sender",
        .states = NAMES(message_states),
        .events = NAMES(message_events),
        .guards = NAMES(message_guards),
        .actions = NAMES(message_actions),
        .lines = message_sender_lines,
        .row_count = COUNT(message_sender_lines),
    },
    [WSS_MACHINE_SESSION_CLIENT] = {
        .name = "session.client",
        .states = NAMES(session_states),
        .events = NAMES(session_events),
        .guards = NAMES(session_guards),
        .actions = NAMES(session_actions),
        .lines = session_client_lines,
        .row_count = COUNT(session_client_lines),
    },
};

static const char *name_in(const name_list_t *list, unsigned value)
{
    return value < list->count ? list->names[value] : "?";
}

const char *wss_machine_name(unsigned machine)
{
    return machine < WSS_MACHINE_COUNT ? machines[machine].name : "?";
}

const char *wss_state_name(unsigned machine, unsigned state)
{
    return machine < WSS_MACHINE_COUNT ? name_in(&machines[machine].states, state) : "?";
}

const char *wss_event_name(unsigned machine, unsigned event)
{
    return machine < WSS_MACHINE_COUNT ? name_in(&machines[machine].events, event) : "?";
}

const char *wss_guard_name(unsigned machine, unsigned guard)
{
    return machine < WSS_MACHINE_COUNT ? name_in(&machines[machine].guards, guard) : "?";
}

const char *wss_action_name(unsigned machine, unsigned action)
{
    return machine < WSS_MACHINE_COUNT ? name_in(&machines[machine].actions, action) : "?";
}

unsigned wss_row_line(unsigned machine, unsigned row)
{
    return machine < WSS_MACHINE_COUNT && row < machines[machine].row_count ? machines[machine].lines[row] : 0;
}




#endif
