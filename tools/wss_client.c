/* SPDX-License-Identifier: MIT */
/*
 * A session between a server and the standard streams. Messages are printed piece by
 * piece as they arrive, so that memory does not depend on their size; a reader that is
 * slow holds up the server's messages, and nothing else.
 */
#include "wss_client.h"

#include "wss_client_port.h"
#include "wss_client_say.h"
#include "wss_client_talk.h"
#include "wss_output.h"

#include "wss_crypto_mbedtls.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    OUTPUT_ROOM = 4 * WSS_CLIENT_READ, /* at least two pieces */
    HURRY = 5000 /* ms for the server's Close when nobody wants what comes before it */
};

typedef struct client {
    const wss_client_options_t *options;
    wss_crypto_mbedtls_t random;
    wss_crypto_t crypto;
    wss_config_t config;
    wss_loop_t loop;
    wss_session_config_t session_config;
    wss_session_t session;
    wss_talk_t talk;
    wss_output_t output;
    wss_say_t say;
    size_t held;         /* bytes that on_data waits to print; 0: it does not wait */
    uint32_t last_heard; /* since our Close, of a message */
    bool inside_text;    /* the last piece printed does not end its message */
    bool closing;        /* our Close came first, and is not answered */
    bool failed;         /* something on our side went wrong */
    bool interrupted;
    bool stopped; /* the session */
} client_t;

static client_t client;
static volatile sig_atomic_t signals;
static char output_ring[OUTPUT_ROOM];
static uint8_t echo_buffer[WSS_CLIENT_CHUNK];

static uint32_t now(void)
{
    return wss_client_hal.now(wss_client_hal.context);
}

/* ---------------------------------------------------------------------- connections */

/* An echo is whole where it fits. */
static void on_connecting(wss_conn_t *conn)
{
    if (client.options->echo)
        (void)wss_set_buffer(conn, echo_buffer, sizeof echo_buffer);
}

static void on_open(wss_conn_t *conn)
{
    wss_say_opened(&client.say, conn);
    wss_talk_open(&client.talk);
}

static void print_piece(const wss_data_t *data)
{
    const bool text = data->type == WSS_OPCODE_TEXT;

    wss_output_put(&client.output, data->bytes, data->length);
    if (text && data->last)
        wss_output_put(&client.output, "\n", 1);
    client.inside_text = text && !data->last;
}

/* Room for two line breaks: the one that ends a text, and the one that ends a text whose
 * connection is lost. */
static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    const bool needed = !client.failed && !client.interrupted;

    if (needed)
        client.last_heard = now();
    if (client.failed)
        return WSS_OK;
    if (!wss_output_fits(&client.output, data->length + 2)) {
        client.held = data->length + 2;
        return WSS_WOULD_BLOCK;
    }
    if (client.options->echo && wss_send(conn, data->type, data->bytes, data->length,
                                         data->last ? WSS_FINAL : WSS_MORE) == WSS_WOULD_BLOCK)
        return WSS_WOULD_BLOCK;
    print_piece(data);
    return WSS_OK;
}

static void on_closing(wss_conn_t *conn, const wss_closure_t *closure)
{
    (void)conn;
    wss_say_closing(&client.say, closure);
    client.closing = !closure->by_peer;
    client.last_heard = now();
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    if (client.inside_text)
        wss_output_put(&client.output, "\n", 1);
    client.inside_text = false;
    client.closing = false;
    client.held = 0;
    wss_say_closed(&client.say, conn, closure);
}

static const wss_handler_t handler = {
    .on_connecting = on_connecting,
    .on_open = on_open,
    .on_data = on_data,
    .on_closing = on_closing,
    .on_closed = on_closed,
};

/* --------------------------------------------------------------------------- session */

static void on_challenge(wss_session_t *session, const char *challenge, size_t length)
{
    wss_say_challenge(&client.say, session, challenge, length);
    (void)wss_session_stop(session);
}

static void on_waiting(wss_session_t *session, uint32_t milliseconds, const wss_closure_t *last)
{
    (void)session;
    (void)last;
    wss_say_waiting(&client.say, milliseconds);
}

static void on_stopped(wss_session_t *session, wss_session_end_t why, const wss_closure_t *last)
{
    (void)last;
    client.stopped = true;
    wss_say_stopped(&client.say, session, why);
}

static const wss_session_handler_t session_handler = {
    .on_challenge = on_challenge,
    .on_waiting = on_waiting,
    .on_stopped = on_stopped,
};

/* -------------------------------------------------------------------------- starting */

static bool fail(const char *what, const char *why)
{
    fprintf(stderr, "wss: %s: %s\n", what, why);
    return false;
}

static void on_signal(int number)
{
    (void)number;
    signals = 1;
    (void)signal(SIGINT, SIG_DFL);
    (void)signal(SIGTERM, SIG_DFL);
    wss_loop_wake(&client.loop);
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};

    (void)sigemptyset(&action.sa_mask);
    (void)sigaddset(&action.sa_mask, SIGINT);
    (void)sigaddset(&action.sa_mask, SIGTERM);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
}

static void wake(void *context)
{
    wss_loop_wake(context);
}

static bool start_tasks(void)
{
    client.output = (wss_output_t){.bytes = output_ring,
                                   .capacity = sizeof output_ring,
                                   .descriptor = STDOUT_FILENO,
                                   .wake = wake,
                                   .context = &client.loop};
    if (!wss_output_start(&client.output) ||
        !wss_talk_start(&client.talk, client.options, wake, &client.loop))
        return fail("standard streams", "the system has no task for them");
    return true;
}

/* While echoes wait for the server we do not read, its Pongs neither: it is given up where
 * it takes in no byte. Else only Pings end what is silent, and messages may wait for a slow
 * reader of ours. */
static uint32_t idle_timeout(const wss_client_options_t *options)
{
    if (!options->echo || options->ping_interval == 0 || options->pong_timeout == 0)
        return WSS_OFF;
    return 2 * options->ping_interval + options->pong_timeout;
}

/* An option, where 0 is off, as the engine's configuration has it. */
static uint32_t timer(uint32_t ms)
{
    return ms == 0 ? WSS_OFF : ms;
}

static void fill_config(const wss_client_options_t *options)
{
    client.config.hal = &wss_client_hal;
    client.config.crypto = &client.crypto;
    client.config.handler = &handler;
    client.config.pieces_beyond = true;
    client.config.max_message = options->max_message;
    client.config.ping_interval = timer(options->ping_interval);
    client.config.pong_timeout = timer(options->pong_timeout);
    client.config.idle_timeout = idle_timeout(options);
    client.config.close_timeout = WSS_OFF; /* see hurry() */
    client.session_config = (wss_session_config_t){
        .loop = &client.loop,
        .handler = &session_handler,
        .servers = options->urls,
        .server_count = options->url_count,
        .origin = options->origin,
        .protocols = options->protocols.count > 0 ? options->protocols.items : NULL,
        .protocol_count = options->protocols.count,
        .headers = options->headers,
        .header_count = options->header_count,
        .credentials = options->credentials,
        .credential_count = options->credential_count,
        .reconnect = options->reconnect,
    };
}

/* The exit status. */
static int prepare_engine(const wss_client_options_t *options)
{
    const wss_result_t result =
        wss_crypto_mbedtls_init(&client.random, &wss_client_hal, &client.crypto);

    if (result != WSS_OK) {
        (void)fail("cryptography", wss_result_name(result));
        return 1;
    }
    const int status = wss_client_port_secure(options, &client.crypto);
    if (status != 0)
        return status;
    if (wss_loop_init(&client.loop, &client.config) == WSS_OK)
        return 0;
    (void)fail("configuration", wss_loop_error(&client.loop));
    return 1;
}

static bool start_session(void)
{
    if (wss_session_start(&client.session, &client.session_config) == WSS_OK)
        return true;
    return fail("URL, --header", wss_session_error(&client.session)->reason);
}

/* --------------------------------------------------------------------------- running */

/* Ends it all: the connection with a Close, a call at once. */
static void end(uint16_t code)
{
    wss_conn_t *conn = wss_session_conn(&client.session);

    if (conn != NULL && wss_state(conn) == WSS_CONNECTED)
        (void)wss_close(conn, code, NULL, 0);
    (void)wss_session_stop(&client.session);
}

/* RFC 6455, 7.4.1: 1001, as neither the server nor a message of its is to blame. */
static void give_up(void)
{
    client.failed = true;
    end(WSS_CLOSE_GOING_AWAY);
}

static void heed_signal(void)
{
    if (signals == 0 || client.interrupted)
        return;
    client.interrupted = true;
    end(WSS_CLOSE_NORMAL);
}

static void heed_output(void)
{
    const int error = wss_output_error(&client.output);
    wss_conn_t *conn = wss_session_conn(&client.session);

    if (error != 0 && !client.failed) {
        (void)fail("standard output", strerror(error));
        give_up();
    }
    if (client.held == 0 || conn == NULL || !wss_output_fits(&client.output, client.held))
        return;
    client.held = 0;
    wss_resume(conn);
}

static void talk(void)
{
    wss_conn_t *conn = wss_session_conn(&client.session);

    if (conn == NULL || wss_state(conn) != WSS_CONNECTED)
        return;
    switch (wss_talk_go_on(&client.talk, conn)) {
    case WSS_TALK_ON: break;
    case WSS_TALK_END: end(WSS_CLOSE_NORMAL); break;
    case WSS_TALK_FAILED: give_up(); break;
    }
}

/* Milliseconds that the server still has to answer our Close: each piece of a message
 * gives it more, unless nobody wants it. */
static uint32_t patience(void)
{
    const bool unwanted = client.failed || client.interrupted;
    const uint32_t most =
        unwanted && client.options->close_timeout > HURRY ? HURRY : client.options->close_timeout;
    const uint32_t passed = now() - client.last_heard;

    if (!client.closing || (client.held > 0 && !unwanted))
        return WSS_FOREVER;
    return passed < most ? most - passed : 0;
}

static void hurry(void)
{
    wss_conn_t *conn = wss_session_conn(&client.session);

    if (conn != NULL && patience() == 0)
        (void)wss_abort(conn);
}

static bool run(void)
{
    wss_result_t result = WSS_OK;

    while (result >= WSS_OK && !(client.stopped && wss_output_empty(&client.output))) {
        result = wss_loop_step(&client.loop, patience());
        heed_signal();
        heed_output();
        talk();
        hurry();
    }
    return result >= WSS_OK || fail("waiting", wss_result_name(result));
}

int wss_client(const wss_client_options_t *options)
{
    client.options = options;
    client.say.quiet = options->quiet;
    int status = wss_client_port_open(options, &client.config);
    if (status != 0)
        return status;
    fill_config(options);
    status = prepare_engine(options);
    if (status != 0)
        return status;
    if (!start_tasks())
        return 1;
    catch_signals();
    if (!start_session())
        return 2;
    return run() && client.say.well && !client.failed ? 0 : 1;
}
