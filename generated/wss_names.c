/* SPDX-License-Identifier: MIT */
/*
 * The names of the specification's machines, for traces.
 *
 * Generated from spec/wss_states.yaml (SHA-256 begins 465917a219f57571): do not edit.
 * To regenerate: python3 -m generator
 */
#include "wss_names.h"

#include "wss_machines.h"
#include "wss_tables.h"

#if WSS_CFG_NAMES

static const char machine_names[] =
    "connection.server\0" "connection.client\0" "message.receiver\0" "message.sender\0"
    "session.client\0";

static const char connection_states[] =
    "idle\0" "connecting\0" "securing\0" "upgrading\0" "deciding\0" "responding\0" "open\0"
    "draining\0" "answering\0" "closing\0" "flushing\0" "lingering\0" "emptying\0" "awaiting_fin\0"
    "closed\0";

static const char connection_events[] =
    "accept\0" "connect\0" "admit\0" "refuse\0" "close\0" "abort\0" "eof\0" "tcp_down\0" "tcp_up\0"
    "tcp_failed\0" "writable\0" "frame_sent\0" "tls_up\0" "tls_failed\0" "request\0" "page\0"
    "bad_request\0" "upgraded\0" "answered\0" "bad_response\0" "drained\0" "response_sent\0"
    "rx_data\0" "rx_ping\0" "rx_pong\0" "rx_close\0" "rx_bad\0" "t_handshake\0" "t_idle\0"
    "t_ping\0" "t_pong\0" "t_close\0" "t_flush\0" "t_linger\0";

static const char connection_guards[] =
    "none\0" "layered\0" "streaming\0" "peer_done\0" "alive\0" "held_by_us\0" "can_ping\0"
    "request_begun\0";

static const char connection_actions[] =
    "none\0" "send_request\0" "ask_admission\0" "ask_page\0" "send_rejection\0" "reject_late\0"
    "reject_unavailable\0" "begin_frames\0" "deliver\0" "send_pong\0" "send_pending\0" "send_ping\0"
    "keep_close\0" "send_close\0" "note_close\0" "echo_close\0" "empty_stream\0" "finish_stream\0"
    "release_stream\0" "reset_stream\0" "report_connecting\0" "report_open\0" "report_ping\0"
    "report_pong\0" "report_writable\0" "report_closing\0" "report_closed\0";

static const char message_states[] =
    "idle\0" "in_text\0" "in_binary\0";

static const char message_events[] =
    "continuation\0" "continuation_fin\0" "text\0" "text_fin\0" "binary\0" "binary_fin\0"
    "control\0" "send_continuation\0" "send_continuation_fin\0" "send_text\0" "send_text_fin\0"
    "send_binary\0" "send_binary_fin\0";

static const char message_guards[] =
    "none\0";

static const char message_actions[] =
    "none\0" "begin_text\0" "begin_binary\0" "reject_frame\0";

#if WSS_CFG_CLIENT
static const char session_states[] =
    "idle\0" "dialling\0" "online\0" "waiting\0" "refused\0" "stopping\0" "stopped\0";

static const char session_events[] =
    "start\0" "stop\0" "ended\0" "opened\0" "redirected\0" "challenged\0" "t_backoff\0";

static const char session_guards[] =
    "none\0" "may_redirect\0" "more_servers\0" "may_retry\0" "steady\0" "reconnects\0";

static const char session_actions[] =
    "none\0" "dial\0" "first_server\0" "next_server\0" "follow_redirect\0" "note_online\0"
    "reset_backoff\0" "draw_wait\0" "close_connection\0" "abort_connection\0" "end_stopped\0"
    "end_ended\0" "end_exhausted\0" "end_redirect\0" "end_challenged\0" "leave_loop\0"
    "report_online\0" "report_challenge\0" "report_waiting\0" "report_stopped\0";
#endif

#if WSS_CFG_SERVER
static const uint16_t connection_server_lines[] = {
    297, 298, 321, 323, 324, 325, 326, 335, 336, 337, 341, 342, 343, 344, 345, 346, 347, 357, 358,
    359, 360, 361, 371, 372, 373, 374, 375, 386, 387, 388, 389, 390, 392, 393, 394, 395, 396, 397,
    398, 399, 400, 401, 402, 403, 404, 405, 406, 407, 408, 418, 419, 420, 421, 422, 423, 424, 425,
    426, 427, 428, 439, 441, 442, 443, 444, 445, 456, 457, 458, 460, 461, 462, 463, 464, 465, 466,
    477, 478, 479, 480, 481, 482, 492, 493, 494, 495
};
#endif

#if WSS_CFG_CLIENT
static const uint16_t connection_client_lines[] = {
    299, 308, 309, 310, 311, 312, 313, 322, 323, 324, 325, 326, 338, 339, 340, 341, 342, 344, 346,
    347, 386, 387, 388, 389, 391, 392, 393, 394, 395, 396, 397, 398, 399, 400, 401, 402, 403, 404,
    405, 406, 407, 408, 418, 419, 420, 421, 422, 423, 424, 425, 426, 427, 428, 440, 441, 442, 443,
    444, 445, 456, 457, 459, 460, 461, 462, 463, 464, 465, 466, 477, 478, 479, 480, 481, 482, 492,
    493, 494, 495, 507, 508, 509, 510, 511, 522, 523, 524, 525
};
#endif

static const uint16_t message_receiver_lines[] = {
    573, 574, 575, 576, 577, 578, 583, 590, 591, 592, 593, 594, 595, 600, 607, 608, 609, 610, 611,
    612, 617
};

static const uint16_t message_sender_lines[] = {
    579, 580, 581, 582, 596, 597, 598, 599, 613, 614, 615, 616
};

#if WSS_CFG_CLIENT
static const uint16_t session_client_lines[] = {
    681, 687, 688, 689, 690, 691, 692, 693, 694, 700, 701, 702, 703, 710, 711, 717, 723
};
#endif

typedef struct {
    const char *names;
    unsigned count;
} name_list_t;

#define COUNT(array) ((unsigned)(sizeof(array) / sizeof((array)[0])))

/* Nothing of a machine that is not built. */
static const struct {
    name_list_t states, events, guards, actions;
    const uint16_t *lines;
    unsigned row_count;
} machines[WSS_MACHINE_COUNT] = {
#if WSS_CFG_SERVER
    [WSS_MACHINE_CONNECTION_SERVER] = {
        .states = {connection_states, 15},
        .events = {connection_events, 34},
        .guards = {connection_guards, 8},
        .actions = {connection_actions, 27},
        .lines = connection_server_lines,
        .row_count = COUNT(connection_server_lines),
    },
#endif
#if WSS_CFG_CLIENT
    [WSS_MACHINE_CONNECTION_CLIENT] = {
        .states = {connection_states, 15},
        .events = {connection_events, 34},
        .guards = {connection_guards, 8},
        .actions = {connection_actions, 27},
        .lines = connection_client_lines,
        .row_count = COUNT(connection_client_lines),
    },
#endif
    [WSS_MACHINE_MESSAGE_RECEIVER] = {
        .states = {message_states, 3},
        .events = {message_events, 13},
        .guards = {message_guards, 1},
        .actions = {message_actions, 4},
        .lines = message_receiver_lines,
        .row_count = COUNT(message_receiver_lines),
    },
    [WSS_MACHINE_MESSAGE_SENDER] = {
        .states = {message_states, 3},
        .events = {message_events, 13},
        .guards = {message_guards, 1},
        .actions = {message_actions, 4},
        .lines = message_sender_lines,
        .row_count = COUNT(message_sender_lines),
    },
#if WSS_CFG_CLIENT
    [WSS_MACHINE_SESSION_CLIENT] = {
        .states = {session_states, 7},
        .events = {session_events, 7},
        .guards = {session_guards, 6},
        .actions = {session_actions, 20},
        .lines = session_client_lines,
        .row_count = COUNT(session_client_lines),
    },
#endif
};

static const char *name_in(const name_list_t *list, unsigned value)
{
    return wss_name_in(list->names, list->count, value);
}

const char *wss_machine_name(unsigned machine)
{
    return wss_name_in(machine_names, WSS_MACHINE_COUNT, machine);
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
