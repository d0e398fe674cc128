/* SPDX-License-Identifier: MIT */
/*
 * connection: The life of one TCP connection that carries, or is to carry, a WebSocket.
 *
 * For the model checker Spin: one inline for each event of each role. A step is one such
 * inline within d_step. Who includes this defines wss_guard_*() as expressions, and as
 * statements wss_act_*(), wss_blame(), taken(role, number of the row), and what becomes of an
 * event that no row takes: refused() where its source may be told no, unheard() where it must
 * not happen.
 *
 * Generated from spec/wss_states.yaml (SHA-256 begins 465917a219f57571): do not edit.
 * To regenerate: python3 -m generator
 */

/* ---------------------------------------------------------------- connection, server */

/* A TCP connection came in. */
inline server_accept()
{
    if
    :: state[SERVER] == WSS_ST_IDLE ->
        if
        :: wss_guard_layered(SERVER) ->
            taken(SERVER, 0); /* line 297 */
            state[SERVER] = WSS_ST_SECURING;
            armed[SERVER] = WSS_TIMER_HANDSHAKE;
            wss_act_report_connecting(SERVER)
        :: else ->
            taken(SERVER, 1); /* line 298 */
            state[SERVER] = WSS_ST_UPGRADING;
            armed[SERVER] = WSS_TIMER_HANDSHAKE;
            wss_act_report_connecting(SERVER)
        fi
    :: else -> refused(SERVER)
    fi
}

/* The application admits the request. */
inline server_admit()
{
    if
    :: state[SERVER] == WSS_ST_DECIDING ->
        taken(SERVER, 17); /* line 357, RFC 6455 4.2.2 */
        state[SERVER] = WSS_ST_OPEN;
        armed[SERVER] = (WSS_TIMER_IDLE | WSS_TIMER_PING);
        wss_act_begin_frames(SERVER);
        wss_act_report_open(SERVER)
    :: else -> refused(SERVER)
    fi
}

/* The application answers the request without an upgrade. */
inline server_refuse()
{
    if
    :: state[SERVER] == WSS_ST_DECIDING ->
        taken(SERVER, 18); /* line 358 */
        state[SERVER] = WSS_ST_RESPONDING;
        armed[SERVER] = WSS_TIMER_FLUSH
    :: else -> refused(SERVER)
    fi
}

/* The application closes, or the loop shuts down. */
inline server_close()
{
    if
    :: state[SERVER] == WSS_ST_SECURING ->
        taken(SERVER, 5); /* line 325 */
        state[SERVER] = WSS_ST_CLOSED;
        wss_blame(SERVER, WSS_REASON_LOCAL_CLOSE);
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_UPGRADING ->
        if
        :: wss_guard_request_begun(SERVER) ->
            taken(SERVER, 14); /* line 345 */
            state[SERVER] = WSS_ST_RESPONDING;
            wss_blame(SERVER, WSS_REASON_LOCAL_CLOSE);
            armed[SERVER] = WSS_TIMER_FLUSH;
            wss_act_reject_unavailable(SERVER)
        :: else ->
            taken(SERVER, 15); /* line 346, RFC 6455 7.1.7 */
            state[SERVER] = WSS_ST_CLOSED;
            wss_blame(SERVER, WSS_REASON_LOCAL_CLOSE);
            armed[SERVER] = 0;
            wss_act_reset_stream(SERVER);
            wss_act_report_closed(SERVER)
        fi
    :: state[SERVER] == WSS_ST_DECIDING ->
        taken(SERVER, 20); /* line 360 */
        state[SERVER] = WSS_ST_RESPONDING;
        wss_blame(SERVER, WSS_REASON_LOCAL_CLOSE);
        armed[SERVER] = WSS_TIMER_FLUSH;
        wss_act_reject_unavailable(SERVER)
    :: state[SERVER] == WSS_ST_OPEN ->
        if
        :: wss_guard_streaming(SERVER) ->
            taken(SERVER, 34); /* line 394, RFC 6455 7.1.2 */
            state[SERVER] = WSS_ST_DRAINING;
            wss_blame(SERVER, WSS_REASON_LOCAL_CLOSE);
            armed[SERVER] = WSS_TIMER_CLOSE;
            wss_act_keep_close(SERVER);
            wss_act_report_closing(SERVER)
        :: else ->
            taken(SERVER, 35); /* line 395, RFC 6455 7.1.2 */
            state[SERVER] = WSS_ST_CLOSING;
            wss_blame(SERVER, WSS_REASON_LOCAL_CLOSE);
            armed[SERVER] = WSS_TIMER_CLOSE;
            wss_act_send_close(SERVER);
            wss_act_report_closing(SERVER)
        fi
    :: else -> refused(SERVER)
    fi
}

/* The application wants the connection gone at once. */
inline server_abort()
{
    if
    :: state[SERVER] == WSS_ST_SECURING ->
        taken(SERVER, 6); /* line 326 */
        state[SERVER] = WSS_ST_CLOSED;
        wss_blame(SERVER, WSS_REASON_LOCAL_ABORT);
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_UPGRADING ->
        taken(SERVER, 16); /* line 347 */
        state[SERVER] = WSS_ST_CLOSED;
        wss_blame(SERVER, WSS_REASON_LOCAL_ABORT);
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_DECIDING ->
        taken(SERVER, 21); /* line 361 */
        state[SERVER] = WSS_ST_CLOSED;
        wss_blame(SERVER, WSS_REASON_LOCAL_ABORT);
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_RESPONDING ->
        taken(SERVER, 26); /* line 375 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_OPEN ->
        taken(SERVER, 36); /* line 396 */
        state[SERVER] = WSS_ST_CLOSED;
        wss_blame(SERVER, WSS_REASON_LOCAL_ABORT);
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_DRAINING ->
        taken(SERVER, 58); /* line 427 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_ANSWERING ->
        taken(SERVER, 65); /* line 445 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_CLOSING ->
        taken(SERVER, 74); /* line 465 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_FLUSHING ->
        taken(SERVER, 81); /* line 482 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_LINGERING ->
        taken(SERVER, 85); /* line 495 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: else -> refused(SERVER)
    fi
}

/* The peer ended its side, and every byte before that was read. */
inline server_eof()
{
    if
    :: state[SERVER] == WSS_ST_UPGRADING ->
        taken(SERVER, 10); /* line 341 */
        state[SERVER] = WSS_ST_CLOSED;
        wss_blame(SERVER, WSS_REASON_PEER_VANISHED);
        armed[SERVER] = 0;
        wss_act_release_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_RESPONDING ->
        taken(SERVER, 23) /* line 372 */
    :: state[SERVER] == WSS_ST_OPEN ->
        if
        :: wss_guard_streaming(SERVER) ->
            taken(SERVER, 39); /* line 399, RFC 6455 7.1.5 */
            state[SERVER] = WSS_ST_CLOSED;
            wss_blame(SERVER, WSS_REASON_PEER_VANISHED);
            armed[SERVER] = 0;
            wss_act_release_stream(SERVER);
            wss_act_report_closed(SERVER)
        :: else ->
            taken(SERVER, 40); /* line 400, RFC 6455 7.1.5 */
            state[SERVER] = WSS_ST_FLUSHING;
            wss_blame(SERVER, WSS_REASON_PEER_VANISHED);
            armed[SERVER] = WSS_TIMER_FLUSH;
            wss_act_finish_stream(SERVER)
        fi
    :: state[SERVER] == WSS_ST_DRAINING ->
        taken(SERVER, 55); /* line 424 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_release_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_ANSWERING ->
        taken(SERVER, 62); /* line 442 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_release_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_CLOSING ->
        taken(SERVER, 71); /* line 462, RFC 6455 7.1.5 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_release_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_FLUSHING ->
        taken(SERVER, 78) /* line 479 */
    :: state[SERVER] == WSS_ST_LINGERING ->
        taken(SERVER, 82); /* line 492, RFC 6455 7.1.4 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_release_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: else -> unheard(SERVER)
    fi
}

/* TCP was reset or failed. */
inline server_tcp_down()
{
    if
    :: state[SERVER] == WSS_ST_UPGRADING ->
        taken(SERVER, 11); /* line 342 */
        state[SERVER] = WSS_ST_CLOSED;
        wss_blame(SERVER, WSS_REASON_CONNECTION_LOST);
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_RESPONDING ->
        taken(SERVER, 24); /* line 373 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_OPEN ->
        taken(SERVER, 41); /* line 401, RFC 6455 7.1.5 */
        state[SERVER] = WSS_ST_CLOSED;
        wss_blame(SERVER, WSS_REASON_CONNECTION_LOST);
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_DRAINING ->
        taken(SERVER, 56); /* line 425 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_ANSWERING ->
        taken(SERVER, 63); /* line 443 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_CLOSING ->
        taken(SERVER, 72); /* line 463, RFC 6455 7.1.5 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_FLUSHING ->
        taken(SERVER, 79); /* line 480 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_LINGERING ->
        taken(SERVER, 83); /* line 493 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: else -> unheard(SERVER)
    fi
}

/* There is room again for what waits for it: a refused send, a Pong. */
inline server_writable()
{
    if
    :: state[SERVER] == WSS_ST_OPEN ->
        taken(SERVER, 37); /* line 397 */
        wss_act_send_pending(SERVER);
        wss_act_report_writable(SERVER)
    :: state[SERVER] == WSS_ST_DRAINING ->
        taken(SERVER, 54); /* line 423 */
        wss_act_report_writable(SERVER)
    :: state[SERVER] == WSS_ST_ANSWERING ->
        taken(SERVER, 61); /* line 441 */
        wss_act_report_writable(SERVER)
    :: state[SERVER] == WSS_ST_CLOSING ->
        taken(SERVER, 70); /* line 461, RFC 6455 5.5.2 */
        wss_act_send_pending(SERVER)
    :: else -> unheard(SERVER)
    fi
}

/* The last byte of a streamed frame was accepted. */
inline server_frame_sent()
{
    if
    :: state[SERVER] == WSS_ST_OPEN ->
        taken(SERVER, 38); /* line 398 */
        wss_act_send_pending(SERVER)
    :: state[SERVER] == WSS_ST_DRAINING ->
        taken(SERVER, 53); /* line 422, RFC 6455 7.1.2 */
        state[SERVER] = WSS_ST_CLOSING;
        armed[SERVER] = WSS_TIMER_CLOSE;
        wss_act_send_pending(SERVER);
        wss_act_send_close(SERVER)
    :: state[SERVER] == WSS_ST_ANSWERING ->
        taken(SERVER, 60); /* line 439, RFC 6455 5.5.1 */
        state[SERVER] = WSS_ST_FLUSHING;
        armed[SERVER] = WSS_TIMER_FLUSH;
        wss_act_echo_close(SERVER);
        wss_act_finish_stream(SERVER)
    :: else -> unheard(SERVER)
    fi
}

/* The stream's upper layers (proxy, TLS) are ready. */
inline server_tls_up()
{
    if
    :: state[SERVER] == WSS_ST_SECURING ->
        taken(SERVER, 2); /* line 321 */
        state[SERVER] = WSS_ST_UPGRADING;
        armed[SERVER] = WSS_TIMER_HANDSHAKE
    :: else -> unheard(SERVER)
    fi
}

/* An upper layer failed; the stream knows the reason. */
inline server_tls_failed()
{
    if
    :: state[SERVER] == WSS_ST_SECURING ->
        taken(SERVER, 3); /* line 323, RFC 6455 4.1 */
        state[SERVER] = WSS_ST_CLOSED;
        wss_blame(SERVER, WSS_REASON_TLS_FAILED);
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: else -> unheard(SERVER)
    fi
}

/* A valid upgrade request is complete. */
inline server_request()
{
    if
    :: state[SERVER] == WSS_ST_UPGRADING ->
        taken(SERVER, 7); /* line 335, RFC 6455 4.2.2 */
        state[SERVER] = WSS_ST_DECIDING;
        armed[SERVER] = WSS_TIMER_HANDSHAKE;
        wss_act_ask_admission(SERVER)
    :: else -> unheard(SERVER)
    fi
}

/* A valid request without an upgrade is complete. */
inline server_page()
{
    if
    :: state[SERVER] == WSS_ST_UPGRADING ->
        taken(SERVER, 8); /* line 336 */
        state[SERVER] = WSS_ST_DECIDING;
        armed[SERVER] = WSS_TIMER_HANDSHAKE;
        wss_act_ask_page(SERVER)
    :: else -> unheard(SERVER)
    fi
}

/* The request has to be rejected. */
inline server_bad_request()
{
    if
    :: state[SERVER] == WSS_ST_UPGRADING ->
        taken(SERVER, 9); /* line 337, RFC 6455 4.2.1 */
        state[SERVER] = WSS_ST_RESPONDING;
        wss_blame(SERVER, WSS_REASON_HANDSHAKE_REFUSED);
        armed[SERVER] = WSS_TIMER_FLUSH;
        wss_act_send_rejection(SERVER)
    :: else -> unheard(SERVER)
    fi
}

/* All that was accepted is sent; where we ended TCP, that too. */
inline server_drained()
{
    if
    :: state[SERVER] == WSS_ST_FLUSHING ->
        if
        :: wss_guard_peer_done(SERVER) ->
            taken(SERVER, 76); /* line 477, RFC 6455 7.1.4 */
            state[SERVER] = WSS_ST_CLOSED;
            armed[SERVER] = 0;
            wss_act_release_stream(SERVER);
            wss_act_report_closed(SERVER)
        :: else ->
            taken(SERVER, 77); /* line 478, RFC 6455 7.1.1 */
            state[SERVER] = WSS_ST_LINGERING;
            armed[SERVER] = WSS_TIMER_LINGER
        fi
    :: else -> unheard(SERVER)
    fi
}

/* The last byte of a response was accepted. */
inline server_response_sent()
{
    if
    :: state[SERVER] == WSS_ST_RESPONDING ->
        taken(SERVER, 22); /* line 371 */
        state[SERVER] = WSS_ST_FLUSHING;
        armed[SERVER] = WSS_TIMER_FLUSH;
        wss_act_finish_stream(SERVER)
    :: else -> unheard(SERVER)
    fi
}

/* Payload of a data frame, or the end of a message. */
inline server_rx_data()
{
    if
    :: state[SERVER] == WSS_ST_OPEN ->
        taken(SERVER, 27); /* line 386, RFC 6455 6.2 */
        wss_act_deliver(SERVER)
    :: state[SERVER] == WSS_ST_DRAINING ->
        taken(SERVER, 49); /* line 418, RFC 6455 6.2 */
        wss_act_deliver(SERVER)
    :: state[SERVER] == WSS_ST_CLOSING ->
        taken(SERVER, 66); /* line 456, RFC 6455 6.2 */
        wss_act_deliver(SERVER)
    :: else -> unheard(SERVER)
    fi
}

/* A whole Ping. */
inline server_rx_ping()
{
    if
    :: state[SERVER] == WSS_ST_OPEN ->
        taken(SERVER, 28); /* line 387, RFC 6455 5.5.2 */
        wss_act_send_pong(SERVER);
        wss_act_report_ping(SERVER)
    :: state[SERVER] == WSS_ST_DRAINING ->
        taken(SERVER, 50); /* line 419, RFC 6455 5.5.2 */
        wss_act_send_pong(SERVER)
    :: state[SERVER] == WSS_ST_CLOSING ->
        taken(SERVER, 67); /* line 457, RFC 6455 5.5.2 */
        wss_act_send_pong(SERVER)
    :: else -> unheard(SERVER)
    fi
}

/* A whole Pong. */
inline server_rx_pong()
{
    if
    :: state[SERVER] == WSS_ST_OPEN ->
        taken(SERVER, 29); /* line 388, RFC 6455 5.5.3 */
        armed[SERVER] = armed[SERVER] & ~WSS_TIMER_PONG;
        wss_act_report_pong(SERVER)
    :: state[SERVER] == WSS_ST_DRAINING ->
        taken(SERVER, 59) /* line 428, ignored */
    :: state[SERVER] == WSS_ST_CLOSING ->
        taken(SERVER, 75) /* line 466, ignored */
    :: else -> unheard(SERVER)
    fi
}

/* A whole and valid Close. */
inline server_rx_close()
{
    if
    :: state[SERVER] == WSS_ST_OPEN ->
        if
        :: wss_guard_streaming(SERVER) ->
            taken(SERVER, 30); /* line 389, RFC 6455 5.5.1 */
            state[SERVER] = WSS_ST_ANSWERING;
            wss_blame(SERVER, WSS_REASON_PEER_CLOSE);
            armed[SERVER] = WSS_TIMER_CLOSE;
            wss_act_note_close(SERVER);
            wss_act_report_closing(SERVER)
        :: else ->
            taken(SERVER, 31); /* line 390, RFC 6455 7.1.1 */
            state[SERVER] = WSS_ST_FLUSHING;
            wss_blame(SERVER, WSS_REASON_PEER_CLOSE);
            armed[SERVER] = WSS_TIMER_FLUSH;
            wss_act_note_close(SERVER);
            wss_act_echo_close(SERVER);
            wss_act_finish_stream(SERVER);
            wss_act_report_closing(SERVER)
        fi
    :: state[SERVER] == WSS_ST_DRAINING ->
        taken(SERVER, 51); /* line 420, RFC 6455 5.5.1 */
        state[SERVER] = WSS_ST_ANSWERING;
        armed[SERVER] = WSS_TIMER_CLOSE;
        wss_act_note_close(SERVER)
    :: state[SERVER] == WSS_ST_CLOSING ->
        taken(SERVER, 68); /* line 458, RFC 6455 7.1.1 */
        state[SERVER] = WSS_ST_FLUSHING;
        armed[SERVER] = WSS_TIMER_FLUSH;
        wss_act_note_close(SERVER);
        wss_act_finish_stream(SERVER)
    :: else -> unheard(SERVER)
    fi
}

/* A frame that fails the connection; the reader knows the reason. */
inline server_rx_bad()
{
    if
    :: state[SERVER] == WSS_ST_OPEN ->
        if
        :: wss_guard_streaming(SERVER) ->
            taken(SERVER, 32); /* line 392, RFC 6455 7.1.7 */
            state[SERVER] = WSS_ST_CLOSED;
            armed[SERVER] = 0;
            wss_act_reset_stream(SERVER);
            wss_act_report_closed(SERVER)
        :: else ->
            taken(SERVER, 33); /* line 393, RFC 6455 7.1.7 */
            state[SERVER] = WSS_ST_FLUSHING;
            armed[SERVER] = WSS_TIMER_FLUSH;
            wss_act_send_close(SERVER);
            wss_act_finish_stream(SERVER);
            wss_act_report_closing(SERVER)
        fi
    :: state[SERVER] == WSS_ST_DRAINING ->
        taken(SERVER, 52); /* line 421, RFC 6455 7.1.7 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_CLOSING ->
        taken(SERVER, 69); /* line 460, RFC 6455 7.1.7 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: else -> unheard(SERVER)
    fi
}

/* The handshake timer ran out. */
inline server_t_handshake()
{
    if
    :: state[SERVER] == WSS_ST_SECURING ->
        taken(SERVER, 4); /* line 324 */
        state[SERVER] = WSS_ST_CLOSED;
        wss_blame(SERVER, WSS_REASON_HANDSHAKE_TIMEOUT);
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_UPGRADING ->
        if
        :: wss_guard_request_begun(SERVER) ->
            taken(SERVER, 12); /* line 343 */
            state[SERVER] = WSS_ST_RESPONDING;
            wss_blame(SERVER, WSS_REASON_HANDSHAKE_TIMEOUT);
            armed[SERVER] = WSS_TIMER_FLUSH;
            wss_act_reject_late(SERVER)
        :: else ->
            taken(SERVER, 13); /* line 344 */
            state[SERVER] = WSS_ST_CLOSED;
            wss_blame(SERVER, WSS_REASON_HANDSHAKE_TIMEOUT);
            armed[SERVER] = 0;
            wss_act_reset_stream(SERVER);
            wss_act_report_closed(SERVER)
        fi
    :: state[SERVER] == WSS_ST_DECIDING ->
        taken(SERVER, 19); /* line 359 */
        state[SERVER] = WSS_ST_RESPONDING;
        wss_blame(SERVER, WSS_REASON_HANDSHAKE_TIMEOUT);
        armed[SERVER] = WSS_TIMER_FLUSH;
        wss_act_reject_unavailable(SERVER)
    :: else -> unheard(SERVER)
    fi
}

/* The idle timer ran out. */
inline server_t_idle()
{
    if
    :: state[SERVER] == WSS_ST_OPEN ->
        if
        :: wss_guard_held_by_us(SERVER) ->
            taken(SERVER, 46); /* line 406 */
            armed[SERVER] = armed[SERVER] | WSS_TIMER_IDLE
        :: else ->
            if
            :: wss_guard_streaming(SERVER) ->
                taken(SERVER, 47); /* line 407 */
                state[SERVER] = WSS_ST_CLOSED;
                wss_blame(SERVER, WSS_REASON_IDLE_TIMEOUT);
                armed[SERVER] = 0;
                wss_act_reset_stream(SERVER);
                wss_act_report_closed(SERVER)
            :: else ->
                taken(SERVER, 48); /* line 408, RFC 6455 7.1.2 */
                state[SERVER] = WSS_ST_CLOSING;
                wss_blame(SERVER, WSS_REASON_IDLE_TIMEOUT);
                armed[SERVER] = WSS_TIMER_CLOSE;
                wss_act_send_close(SERVER);
                wss_act_report_closing(SERVER)
            fi
        fi
    :: else -> unheard(SERVER)
    fi
}

/* The ping timer ran out. */
inline server_t_ping()
{
    if
    :: state[SERVER] == WSS_ST_OPEN ->
        if
        :: wss_guard_can_ping(SERVER) ->
            taken(SERVER, 42); /* line 402, RFC 6455 5.5.2 */
            armed[SERVER] = armed[SERVER] | (WSS_TIMER_PONG | WSS_TIMER_PING);
            wss_act_send_ping(SERVER)
        :: else ->
            taken(SERVER, 43); /* line 403 */
            armed[SERVER] = armed[SERVER] | WSS_TIMER_PING
        fi
    :: else -> unheard(SERVER)
    fi
}

/* The pong timer ran out. */
inline server_t_pong()
{
    if
    :: state[SERVER] == WSS_ST_OPEN ->
        if
        :: wss_guard_alive(SERVER) ->
            taken(SERVER, 44); /* line 404 */
            armed[SERVER] = armed[SERVER] | WSS_TIMER_PONG
        :: else ->
            taken(SERVER, 45); /* line 405 */
            state[SERVER] = WSS_ST_CLOSED;
            wss_blame(SERVER, WSS_REASON_PONG_TIMEOUT);
            armed[SERVER] = 0;
            wss_act_reset_stream(SERVER);
            wss_act_report_closed(SERVER)
        fi
    :: else -> unheard(SERVER)
    fi
}

/* The close timer ran out. */
inline server_t_close()
{
    if
    :: state[SERVER] == WSS_ST_DRAINING ->
        taken(SERVER, 57); /* line 426 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_ANSWERING ->
        taken(SERVER, 64); /* line 444 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_CLOSING ->
        taken(SERVER, 73); /* line 464 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: else -> unheard(SERVER)
    fi
}

/* The flush timer ran out. */
inline server_t_flush()
{
    if
    :: state[SERVER] == WSS_ST_RESPONDING ->
        taken(SERVER, 25); /* line 374 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: state[SERVER] == WSS_ST_FLUSHING ->
        taken(SERVER, 80); /* line 481 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_reset_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: else -> unheard(SERVER)
    fi
}

/* The linger timer ran out. */
inline server_t_linger()
{
    if
    :: state[SERVER] == WSS_ST_LINGERING ->
        taken(SERVER, 84); /* line 494 */
        state[SERVER] = WSS_ST_CLOSED;
        armed[SERVER] = 0;
        wss_act_release_stream(SERVER);
        wss_act_report_closed(SERVER)
    :: else -> unheard(SERVER)
    fi
}

/* ---------------------------------------------------------------- connection, client */

/* The application wants a connection; its stream begins to open. */
inline client_connect()
{
    if
    :: state[CLIENT] == WSS_ST_IDLE ->
        taken(CLIENT, 0); /* line 299, RFC 6455 4.1 */
        state[CLIENT] = WSS_ST_CONNECTING;
        armed[CLIENT] = WSS_TIMER_HANDSHAKE;
        wss_act_report_connecting(CLIENT)
    :: else -> refused(CLIENT)
    fi
}

/* The application closes, or the loop shuts down. */
inline client_close()
{
    if
    :: state[CLIENT] == WSS_ST_CONNECTING ->
        taken(CLIENT, 5); /* line 312 */
        state[CLIENT] = WSS_ST_CLOSED;
        wss_blame(CLIENT, WSS_REASON_LOCAL_CLOSE);
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_SECURING ->
        taken(CLIENT, 10); /* line 325 */
        state[CLIENT] = WSS_ST_CLOSED;
        wss_blame(CLIENT, WSS_REASON_LOCAL_CLOSE);
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_UPGRADING ->
        taken(CLIENT, 18); /* line 346, RFC 6455 7.1.7 */
        state[CLIENT] = WSS_ST_CLOSED;
        wss_blame(CLIENT, WSS_REASON_LOCAL_CLOSE);
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_OPEN ->
        if
        :: wss_guard_streaming(CLIENT) ->
            taken(CLIENT, 27); /* line 394, RFC 6455 7.1.2 */
            state[CLIENT] = WSS_ST_DRAINING;
            wss_blame(CLIENT, WSS_REASON_LOCAL_CLOSE);
            armed[CLIENT] = WSS_TIMER_CLOSE;
            wss_act_keep_close(CLIENT);
            wss_act_report_closing(CLIENT)
        :: else ->
            taken(CLIENT, 28); /* line 395, RFC 6455 7.1.2 */
            state[CLIENT] = WSS_ST_CLOSING;
            wss_blame(CLIENT, WSS_REASON_LOCAL_CLOSE);
            armed[CLIENT] = WSS_TIMER_CLOSE;
            wss_act_send_close(CLIENT);
            wss_act_report_closing(CLIENT)
        fi
    :: else -> refused(CLIENT)
    fi
}

/* The application wants the connection gone at once. */
inline client_abort()
{
    if
    :: state[CLIENT] == WSS_ST_CONNECTING ->
        taken(CLIENT, 6); /* line 313 */
        state[CLIENT] = WSS_ST_CLOSED;
        wss_blame(CLIENT, WSS_REASON_LOCAL_ABORT);
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_SECURING ->
        taken(CLIENT, 11); /* line 326 */
        state[CLIENT] = WSS_ST_CLOSED;
        wss_blame(CLIENT, WSS_REASON_LOCAL_ABORT);
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_UPGRADING ->
        taken(CLIENT, 19); /* line 347 */
        state[CLIENT] = WSS_ST_CLOSED;
        wss_blame(CLIENT, WSS_REASON_LOCAL_ABORT);
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_OPEN ->
        taken(CLIENT, 29); /* line 396 */
        state[CLIENT] = WSS_ST_CLOSED;
        wss_blame(CLIENT, WSS_REASON_LOCAL_ABORT);
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_DRAINING ->
        taken(CLIENT, 51); /* line 427 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_ANSWERING ->
        taken(CLIENT, 58); /* line 445 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_CLOSING ->
        taken(CLIENT, 67); /* line 465 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_FLUSHING ->
        taken(CLIENT, 74); /* line 482 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_LINGERING ->
        taken(CLIENT, 78); /* line 495 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_EMPTYING ->
        taken(CLIENT, 83); /* line 511 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_AWAITING_FIN ->
        taken(CLIENT, 87); /* line 525 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: else -> refused(CLIENT)
    fi
}

/* The peer ended its side, and every byte before that was read. */
inline client_eof()
{
    if
    :: state[CLIENT] == WSS_ST_UPGRADING ->
        taken(CLIENT, 15); /* line 341 */
        state[CLIENT] = WSS_ST_CLOSED;
        wss_blame(CLIENT, WSS_REASON_PEER_VANISHED);
        armed[CLIENT] = 0;
        wss_act_release_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_OPEN ->
        if
        :: wss_guard_streaming(CLIENT) ->
            taken(CLIENT, 32); /* line 399, RFC 6455 7.1.5 */
            state[CLIENT] = WSS_ST_CLOSED;
            wss_blame(CLIENT, WSS_REASON_PEER_VANISHED);
            armed[CLIENT] = 0;
            wss_act_release_stream(CLIENT);
            wss_act_report_closed(CLIENT)
        :: else ->
            taken(CLIENT, 33); /* line 400, RFC 6455 7.1.5 */
            state[CLIENT] = WSS_ST_FLUSHING;
            wss_blame(CLIENT, WSS_REASON_PEER_VANISHED);
            armed[CLIENT] = WSS_TIMER_FLUSH;
            wss_act_finish_stream(CLIENT)
        fi
    :: state[CLIENT] == WSS_ST_DRAINING ->
        taken(CLIENT, 48); /* line 424 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_release_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_ANSWERING ->
        taken(CLIENT, 55); /* line 442 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_release_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_CLOSING ->
        taken(CLIENT, 64); /* line 462, RFC 6455 7.1.5 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_release_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_FLUSHING ->
        taken(CLIENT, 71) /* line 479 */
    :: state[CLIENT] == WSS_ST_LINGERING ->
        taken(CLIENT, 75); /* line 492, RFC 6455 7.1.4 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_release_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_EMPTYING ->
        taken(CLIENT, 80); /* line 508 */
        state[CLIENT] = WSS_ST_FLUSHING;
        armed[CLIENT] = WSS_TIMER_FLUSH;
        wss_act_finish_stream(CLIENT)
    :: state[CLIENT] == WSS_ST_AWAITING_FIN ->
        taken(CLIENT, 84); /* line 522, RFC 6455 7.1.1 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_release_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}

/* TCP was reset or failed. */
inline client_tcp_down()
{
    if
    :: state[CLIENT] == WSS_ST_UPGRADING ->
        taken(CLIENT, 16); /* line 342 */
        state[CLIENT] = WSS_ST_CLOSED;
        wss_blame(CLIENT, WSS_REASON_CONNECTION_LOST);
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_OPEN ->
        taken(CLIENT, 34); /* line 401, RFC 6455 7.1.5 */
        state[CLIENT] = WSS_ST_CLOSED;
        wss_blame(CLIENT, WSS_REASON_CONNECTION_LOST);
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_DRAINING ->
        taken(CLIENT, 49); /* line 425 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_ANSWERING ->
        taken(CLIENT, 56); /* line 443 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_CLOSING ->
        taken(CLIENT, 65); /* line 463, RFC 6455 7.1.5 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_FLUSHING ->
        taken(CLIENT, 72); /* line 480 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_LINGERING ->
        taken(CLIENT, 76); /* line 493 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_EMPTYING ->
        taken(CLIENT, 81); /* line 509 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_AWAITING_FIN ->
        taken(CLIENT, 85); /* line 523 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}

/* The TCP connection stands. */
inline client_tcp_up()
{
    if
    :: state[CLIENT] == WSS_ST_CONNECTING ->
        if
        :: wss_guard_layered(CLIENT) ->
            taken(CLIENT, 1); /* line 308, RFC 6455 4.1 */
            state[CLIENT] = WSS_ST_SECURING;
            armed[CLIENT] = WSS_TIMER_HANDSHAKE
        :: else ->
            taken(CLIENT, 2); /* line 309, RFC 6455 4.1 */
            state[CLIENT] = WSS_ST_UPGRADING;
            armed[CLIENT] = WSS_TIMER_HANDSHAKE;
            wss_act_send_request(CLIENT)
        fi
    :: else -> unheard(CLIENT)
    fi
}

/* No TCP connection could be made. */
inline client_tcp_failed()
{
    if
    :: state[CLIENT] == WSS_ST_CONNECTING ->
        taken(CLIENT, 3); /* line 310, RFC 6455 4.1 */
        state[CLIENT] = WSS_ST_CLOSED;
        wss_blame(CLIENT, WSS_REASON_CONNECT_FAILED);
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}

/* There is room again for what waits for it: a refused send, a Pong. */
inline client_writable()
{
    if
    :: state[CLIENT] == WSS_ST_OPEN ->
        taken(CLIENT, 30); /* line 397 */
        wss_act_send_pending(CLIENT);
        wss_act_report_writable(CLIENT)
    :: state[CLIENT] == WSS_ST_DRAINING ->
        taken(CLIENT, 47); /* line 423 */
        wss_act_report_writable(CLIENT)
    :: state[CLIENT] == WSS_ST_ANSWERING ->
        taken(CLIENT, 54); /* line 441 */
        wss_act_report_writable(CLIENT)
    :: state[CLIENT] == WSS_ST_CLOSING ->
        taken(CLIENT, 63); /* line 461, RFC 6455 5.5.2 */
        wss_act_send_pending(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}

/* The last byte of a streamed frame was accepted. */
inline client_frame_sent()
{
    if
    :: state[CLIENT] == WSS_ST_OPEN ->
        taken(CLIENT, 31); /* line 398 */
        wss_act_send_pending(CLIENT)
    :: state[CLIENT] == WSS_ST_DRAINING ->
        taken(CLIENT, 46); /* line 422, RFC 6455 7.1.2 */
        state[CLIENT] = WSS_ST_CLOSING;
        armed[CLIENT] = WSS_TIMER_CLOSE;
        wss_act_send_pending(CLIENT);
        wss_act_send_close(CLIENT)
    :: state[CLIENT] == WSS_ST_ANSWERING ->
        taken(CLIENT, 53); /* line 440, RFC 6455 5.5.1 */
        state[CLIENT] = WSS_ST_EMPTYING;
        armed[CLIENT] = WSS_TIMER_FLUSH;
        wss_act_echo_close(CLIENT);
        wss_act_empty_stream(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}

/* The stream's upper layers (proxy, TLS) are ready. */
inline client_tls_up()
{
    if
    :: state[CLIENT] == WSS_ST_SECURING ->
        taken(CLIENT, 7); /* line 322, RFC 6455 4.1 */
        state[CLIENT] = WSS_ST_UPGRADING;
        armed[CLIENT] = WSS_TIMER_HANDSHAKE;
        wss_act_send_request(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}

/* An upper layer failed; the stream knows the reason. */
inline client_tls_failed()
{
    if
    :: state[CLIENT] == WSS_ST_SECURING ->
        taken(CLIENT, 8); /* line 323, RFC 6455 4.1 */
        state[CLIENT] = WSS_ST_CLOSED;
        wss_blame(CLIENT, WSS_REASON_TLS_FAILED);
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}

/* The response completes the opening handshake. */
inline client_upgraded()
{
    if
    :: state[CLIENT] == WSS_ST_UPGRADING ->
        taken(CLIENT, 12); /* line 338, RFC 6455 4.1 */
        state[CLIENT] = WSS_ST_OPEN;
        armed[CLIENT] = (WSS_TIMER_IDLE | WSS_TIMER_PING);
        wss_act_begin_frames(CLIENT);
        wss_act_report_open(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}

/* The response is complete and upgrades nothing: a redirect, a 401, a page. */
inline client_answered()
{
    if
    :: state[CLIENT] == WSS_ST_UPGRADING ->
        taken(CLIENT, 13); /* line 339, RFC 6455 4.1 */
        state[CLIENT] = WSS_ST_CLOSED;
        wss_blame(CLIENT, WSS_REASON_ANSWERED);
        armed[CLIENT] = 0;
        wss_act_release_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}

/* The response breaks HTTP or the handshake. */
inline client_bad_response()
{
    if
    :: state[CLIENT] == WSS_ST_UPGRADING ->
        taken(CLIENT, 14); /* line 340, RFC 6455 4.1 */
        state[CLIENT] = WSS_ST_CLOSED;
        wss_blame(CLIENT, WSS_REASON_HANDSHAKE_INVALID);
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}

/* All that was accepted is sent; where we ended TCP, that too. */
inline client_drained()
{
    if
    :: state[CLIENT] == WSS_ST_FLUSHING ->
        if
        :: wss_guard_peer_done(CLIENT) ->
            taken(CLIENT, 69); /* line 477, RFC 6455 7.1.4 */
            state[CLIENT] = WSS_ST_CLOSED;
            armed[CLIENT] = 0;
            wss_act_release_stream(CLIENT);
            wss_act_report_closed(CLIENT)
        :: else ->
            taken(CLIENT, 70); /* line 478, RFC 6455 7.1.1 */
            state[CLIENT] = WSS_ST_LINGERING;
            armed[CLIENT] = WSS_TIMER_LINGER
        fi
    :: state[CLIENT] == WSS_ST_EMPTYING ->
        taken(CLIENT, 79); /* line 507, RFC 6455 7.1.1 */
        state[CLIENT] = WSS_ST_AWAITING_FIN;
        armed[CLIENT] = WSS_TIMER_LINGER
    :: else -> unheard(CLIENT)
    fi
}

/* Payload of a data frame, or the end of a message. */
inline client_rx_data()
{
    if
    :: state[CLIENT] == WSS_ST_OPEN ->
        taken(CLIENT, 20); /* line 386, RFC 6455 6.2 */
        wss_act_deliver(CLIENT)
    :: state[CLIENT] == WSS_ST_DRAINING ->
        taken(CLIENT, 42); /* line 418, RFC 6455 6.2 */
        wss_act_deliver(CLIENT)
    :: state[CLIENT] == WSS_ST_CLOSING ->
        taken(CLIENT, 59); /* line 456, RFC 6455 6.2 */
        wss_act_deliver(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}

/* A whole Ping. */
inline client_rx_ping()
{
    if
    :: state[CLIENT] == WSS_ST_OPEN ->
        taken(CLIENT, 21); /* line 387, RFC 6455 5.5.2 */
        wss_act_send_pong(CLIENT);
        wss_act_report_ping(CLIENT)
    :: state[CLIENT] == WSS_ST_DRAINING ->
        taken(CLIENT, 43); /* line 419, RFC 6455 5.5.2 */
        wss_act_send_pong(CLIENT)
    :: state[CLIENT] == WSS_ST_CLOSING ->
        taken(CLIENT, 60); /* line 457, RFC 6455 5.5.2 */
        wss_act_send_pong(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}

/* A whole Pong. */
inline client_rx_pong()
{
    if
    :: state[CLIENT] == WSS_ST_OPEN ->
        taken(CLIENT, 22); /* line 388, RFC 6455 5.5.3 */
        armed[CLIENT] = armed[CLIENT] & ~WSS_TIMER_PONG;
        wss_act_report_pong(CLIENT)
    :: state[CLIENT] == WSS_ST_DRAINING ->
        taken(CLIENT, 52) /* line 428, ignored */
    :: state[CLIENT] == WSS_ST_CLOSING ->
        taken(CLIENT, 68) /* line 466, ignored */
    :: else -> unheard(CLIENT)
    fi
}

/* A whole and valid Close. */
inline client_rx_close()
{
    if
    :: state[CLIENT] == WSS_ST_OPEN ->
        if
        :: wss_guard_streaming(CLIENT) ->
            taken(CLIENT, 23); /* line 389, RFC 6455 5.5.1 */
            state[CLIENT] = WSS_ST_ANSWERING;
            wss_blame(CLIENT, WSS_REASON_PEER_CLOSE);
            armed[CLIENT] = WSS_TIMER_CLOSE;
            wss_act_note_close(CLIENT);
            wss_act_report_closing(CLIENT)
        :: else ->
            taken(CLIENT, 24); /* line 391, RFC 6455 7.1.1 */
            state[CLIENT] = WSS_ST_EMPTYING;
            wss_blame(CLIENT, WSS_REASON_PEER_CLOSE);
            armed[CLIENT] = WSS_TIMER_FLUSH;
            wss_act_note_close(CLIENT);
            wss_act_echo_close(CLIENT);
            wss_act_empty_stream(CLIENT);
            wss_act_report_closing(CLIENT)
        fi
    :: state[CLIENT] == WSS_ST_DRAINING ->
        taken(CLIENT, 44); /* line 420, RFC 6455 5.5.1 */
        state[CLIENT] = WSS_ST_ANSWERING;
        armed[CLIENT] = WSS_TIMER_CLOSE;
        wss_act_note_close(CLIENT)
    :: state[CLIENT] == WSS_ST_CLOSING ->
        taken(CLIENT, 61); /* line 459, RFC 6455 7.1.1 */
        state[CLIENT] = WSS_ST_EMPTYING;
        armed[CLIENT] = WSS_TIMER_FLUSH;
        wss_act_note_close(CLIENT);
        wss_act_empty_stream(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}

/* A frame that fails the connection; the reader knows the reason. */
inline client_rx_bad()
{
    if
    :: state[CLIENT] == WSS_ST_OPEN ->
        if
        :: wss_guard_streaming(CLIENT) ->
            taken(CLIENT, 25); /* line 392, RFC 6455 7.1.7 */
            state[CLIENT] = WSS_ST_CLOSED;
            armed[CLIENT] = 0;
            wss_act_reset_stream(CLIENT);
            wss_act_report_closed(CLIENT)
        :: else ->
            taken(CLIENT, 26); /* line 393, RFC 6455 7.1.7 */
            state[CLIENT] = WSS_ST_FLUSHING;
            armed[CLIENT] = WSS_TIMER_FLUSH;
            wss_act_send_close(CLIENT);
            wss_act_finish_stream(CLIENT);
            wss_act_report_closing(CLIENT)
        fi
    :: state[CLIENT] == WSS_ST_DRAINING ->
        taken(CLIENT, 45); /* line 421, RFC 6455 7.1.7 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_CLOSING ->
        taken(CLIENT, 62); /* line 460, RFC 6455 7.1.7 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}

/* The handshake timer ran out. */
inline client_t_handshake()
{
    if
    :: state[CLIENT] == WSS_ST_CONNECTING ->
        taken(CLIENT, 4); /* line 311 */
        state[CLIENT] = WSS_ST_CLOSED;
        wss_blame(CLIENT, WSS_REASON_HANDSHAKE_TIMEOUT);
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_SECURING ->
        taken(CLIENT, 9); /* line 324 */
        state[CLIENT] = WSS_ST_CLOSED;
        wss_blame(CLIENT, WSS_REASON_HANDSHAKE_TIMEOUT);
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_UPGRADING ->
        taken(CLIENT, 17); /* line 344 */
        state[CLIENT] = WSS_ST_CLOSED;
        wss_blame(CLIENT, WSS_REASON_HANDSHAKE_TIMEOUT);
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}

/* The idle timer ran out. */
inline client_t_idle()
{
    if
    :: state[CLIENT] == WSS_ST_OPEN ->
        if
        :: wss_guard_held_by_us(CLIENT) ->
            taken(CLIENT, 39); /* line 406 */
            armed[CLIENT] = armed[CLIENT] | WSS_TIMER_IDLE
        :: else ->
            if
            :: wss_guard_streaming(CLIENT) ->
                taken(CLIENT, 40); /* line 407 */
                state[CLIENT] = WSS_ST_CLOSED;
                wss_blame(CLIENT, WSS_REASON_IDLE_TIMEOUT);
                armed[CLIENT] = 0;
                wss_act_reset_stream(CLIENT);
                wss_act_report_closed(CLIENT)
            :: else ->
                taken(CLIENT, 41); /* line 408, RFC 6455 7.1.2 */
                state[CLIENT] = WSS_ST_CLOSING;
                wss_blame(CLIENT, WSS_REASON_IDLE_TIMEOUT);
                armed[CLIENT] = WSS_TIMER_CLOSE;
                wss_act_send_close(CLIENT);
                wss_act_report_closing(CLIENT)
            fi
        fi
    :: else -> unheard(CLIENT)
    fi
}

/* The ping timer ran out. */
inline client_t_ping()
{
    if
    :: state[CLIENT] == WSS_ST_OPEN ->
        if
        :: wss_guard_can_ping(CLIENT) ->
            taken(CLIENT, 35); /* line 402, RFC 6455 5.5.2 */
            armed[CLIENT] = armed[CLIENT] | (WSS_TIMER_PONG | WSS_TIMER_PING);
            wss_act_send_ping(CLIENT)
        :: else ->
            taken(CLIENT, 36); /* line 403 */
            armed[CLIENT] = armed[CLIENT] | WSS_TIMER_PING
        fi
    :: else -> unheard(CLIENT)
    fi
}

/* The pong timer ran out. */
inline client_t_pong()
{
    if
    :: state[CLIENT] == WSS_ST_OPEN ->
        if
        :: wss_guard_alive(CLIENT) ->
            taken(CLIENT, 37); /* line 404 */
            armed[CLIENT] = armed[CLIENT] | WSS_TIMER_PONG
        :: else ->
            taken(CLIENT, 38); /* line 405 */
            state[CLIENT] = WSS_ST_CLOSED;
            wss_blame(CLIENT, WSS_REASON_PONG_TIMEOUT);
            armed[CLIENT] = 0;
            wss_act_reset_stream(CLIENT);
            wss_act_report_closed(CLIENT)
        fi
    :: else -> unheard(CLIENT)
    fi
}

/* The close timer ran out. */
inline client_t_close()
{
    if
    :: state[CLIENT] == WSS_ST_DRAINING ->
        taken(CLIENT, 50); /* line 426 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_ANSWERING ->
        taken(CLIENT, 57); /* line 444 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_CLOSING ->
        taken(CLIENT, 66); /* line 464 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}

/* The flush timer ran out. */
inline client_t_flush()
{
    if
    :: state[CLIENT] == WSS_ST_FLUSHING ->
        taken(CLIENT, 73); /* line 481 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_EMPTYING ->
        taken(CLIENT, 82); /* line 510 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_reset_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}

/* The linger timer ran out. */
inline client_t_linger()
{
    if
    :: state[CLIENT] == WSS_ST_LINGERING ->
        taken(CLIENT, 77); /* line 494 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_release_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: state[CLIENT] == WSS_ST_AWAITING_FIN ->
        taken(CLIENT, 86); /* line 524, RFC 6455 7.1.1 */
        state[CLIENT] = WSS_ST_CLOSED;
        armed[CLIENT] = 0;
        wss_act_release_stream(CLIENT);
        wss_act_report_closed(CLIENT)
    :: else -> unheard(CLIENT)
    fi
}
