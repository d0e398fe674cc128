/* SPDX-License-Identifier: MIT */
/*
 * The names of the specification's machines, for traces.
 *
 * Generated from spec/wss_states.yaml (SHA-256 begins 883298da2ba16080): do not edit.
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
    295, 296, 319, 321, 322, 323, 324, 333, 334, 335, 339, 340, 341, 342, 343, 344, 345, 355, 356,
    357, 358, 359, 369, 370, 371, 372, 373, 384, 385, 386, 387, 388, 390, 391, 392, 393, 394, 395,
    396, 397, 398, 399, 400, 401, 402, 403, 404, 405, 406, 416, 417, 418, 419, 420, 421, 422, 423,
    424, 425, 425, 436, 438, 439, 440, 441, 442, 452, 453, 455, 456, 457, 458, 459, 460, 460, 471,
    472, 473, 474, 475, 476, 486, 487, 488, 489
};

static const uint16_t connection_client_lines[] = {
    297, 306, 307, 308, 309, 310, 311, 320, 321, 322, 323, 324, 336, 337, 338, 339, 340, 342, 344,
    345, 384, 385, 386, 387, 389, 390, 391, 392, 393, 394, 395, 396, 397, 398, 399, 400, 401, 402,
    403, 404, 405, 406, 416, 417, 418, 419, 420, 421, 422, 423, 424, 425, 425, 437, 438, 439, 440,
    441, 442, 452, 454, 455, 456, 457, 458, 459, 460, 460, 471, 472, 473, 474, 475, 476, 486, 487,
    488, 489, 501, 502, 503, 504, 505, 516, 517, 518, 519
};

static const uint16_t message_receiver_lines[] = {
    567, 568, 569, 570, 571, 572, 577, 584, 585, 586, 587, 588, 589, 594, 601, 602, 603, 604, 605,
    606, 611
};

static const uint16_t message_sender_lines[] = {
    573, 574, 575, 576, 590, 591, 592, 593, 607, 608, 609, 610
};

static const uint16_t session_client_lines[] = {
    675, 681, 682, 683, 684, 685, 686, 687, 688, 694, 695, 696, 697, 704, 705, 711, 717
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
