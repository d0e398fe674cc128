/* SPDX-License-Identifier: MIT */
/*
 * The echo server: a message goes back whole up to MESSAGE_SIZE and piece by piece
 * beyond it, so that memory does not depend on its size. Uses the native API and the
 * POSIX port only.
 */
#include "wss_serve.h"

#include "wss_memory.h"
#include "wss_page.h"
#include "wss_serve_console.h"
#include "wss_workers.h"

#include "wss/wss.h"
#include "wss_crypto_mbedtls.h"
#include "wss_posix.h"
#include "wss_proxied_hal.h"
#include "wss_tls_hal.h"
#include "wss_tls_pool.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

enum {
    READ_SIZE = 512 * 1024,      /* one read of a busy connection: measured for throughput */
    SEND_ROOM = READ_SIZE + 512, /* the echo of one read, and control frames */
    TX_SIZE = 64 * 1024,
    MESSAGE_SIZE = 128 * 1024,     /* touched only by messages that a read did not bring whole */
    SPARE_CONNS = 16,              /* these, and one per SPARE_PART clients, tell further */
    SPARE_PART = 64,               /* clients that all places are taken */
    TLS_READ = 64 * 1024,          /* what one read decrypts at most */
    TLS_OUT = 64 * 1024,           /* what gathers for one send */
    TLS_ROOM = MESSAGE_SIZE + 512, /* the echo of a whole message */
    POOL_COMMON = 1024 * 1024,     /* for a mbedTLS that allocates from a pool */
    POOL_EACH = 64 * 1024,
    SPARE_FILES = 32, /* listener, epoll, wake, standard streams, inherited ones */
    PEER_SIZE = 64,
    AUTHORITY_SIZE = 64
};

/* What is known of a connection's request: enough to recognise "/". */
typedef struct client {
    size_t path_length;
    bool path_is_root;
} client_t;

/* For the console. */
typedef struct counts {
    uint64_t connections;
    uint64_t opened;
    uint64_t closed;
    uint64_t messages; /* echoed */
    uint64_t bytes;
} counts_t;

typedef struct server {
    const wss_serve_options_t *options;
    wss_memory_t memory;
    client_t *clients; /* by wss_index() */
    wss_posix_t posix;
    wss_hal_t sockets;
    wss_proxied_stream_t *proxied_streams; /* NULL: clients come directly */
    wss_proxied_hal_t proxied;
    wss_hal_t through;             /* the load balancer, or `sockets` */
    wss_tls_stream_t *tls_streams; /* NULL: without TLS */
    uint8_t *tls_memory;
    uint8_t *tls_stage;
    uint8_t *tls_input;
    uint8_t *tls_output;
    wss_certs_t certs;
    wss_tls_hal_t tls;
    wss_hal_t hal; /* the engine's */
    wss_crypto_mbedtls_t random;
    wss_crypto_t crypto;
    wss_config_t config;
    wss_loop_t loop;
    wss_console_t console;
    counts_t counts;
    char page[WSS_PAGE_ROOM];
    size_t page_length;
} server_t;

static server_t server;
static volatile sig_atomic_t signals;

/* ---------------------------------------------------------------------- connections */

static const char *cause_of(const wss_closure_t *closure)
{
    const bool lost = closure->cause == WSS_REASON_CONNECTION_LOST;

    return lost && closure->network[0] != '\0' ? closure->network : wss_reason_text(closure->cause);
}

static void say_opened(wss_conn_t *conn)
{
    char peer[PEER_SIZE];

    if (server.options->quiet)
        return;
    wss_peer(conn, peer, sizeof peer);
    fprintf(stderr, "wss: %s opened\n", peer);
}

/* A code of ours that the peer did not repeat says more than that there was none of its own. */
static void say_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    const bool ours =
        !closure->by_peer && closure->sent_code != 0 && closure->sent_code != closure->code;
    char peer[PEER_SIZE];

    if (server.options->quiet)
        return;
    wss_peer(conn, peer, sizeof peer);
    fprintf(stderr, "wss: %s closed %s%u: %s\n", peer, ours ? "with our " : "",
            (unsigned)(ours ? closure->sent_code : closure->code), cause_of(closure));
}

static void say_failed(wss_conn_t *conn, const char *why)
{
    char peer[PEER_SIZE];

    if (server.options->quiet)
        return;
    wss_peer(conn, peer, sizeof peer);
    fprintf(stderr, "wss: %s failed: %s\n", peer, why);
}

static void on_connecting(wss_conn_t *conn)
{
    server.clients[wss_index(conn)] = (client_t){0};
    server.counts.connections++;
}

static void on_head(wss_conn_t *conn, const wss_head_t *piece)
{
    client_t *client = &server.clients[wss_index(conn)];

    if (piece->part != WSS_HEAD_PATH || piece->length == 0)
        return;
    client->path_is_root = client->path_length == 0 && piece->length == 1 && piece->bytes[0] == '/';
    client->path_length += piece->length;
}

static wss_result_t on_page(wss_conn_t *conn)
{
    static const wss_header_t headers[] = {
        {"Cache-Control", "no-store"},
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
         "img-src data:; connect-src 'self' ws: wss:"},
    };
    const wss_reply_t reply = {
        .status = 200,
        .type = "text/html; charset=utf-8",
        .headers = headers,
        .header_count = sizeof headers / sizeof headers[0],
        .body = server.page,
        .body_length = server.page_length,
    };

    return server.clients[wss_index(conn)].path_is_root ? wss_reply(conn, &reply) : WSS_OK;
}

static void on_open(wss_conn_t *conn)
{
    server.counts.opened++;
    say_opened(conn);
}

static wss_result_t on_data(wss_conn_t *conn, const wss_data_t *data)
{
    wss_result_t result =
        wss_send(conn, data->type, data->bytes, data->length, data->last ? WSS_FINAL : WSS_MORE);

    if (result == WSS_OK) {
        server.counts.messages += data->last;
        server.counts.bytes += data->length;
    }
    return result;
}

static void on_closed(wss_conn_t *conn, const wss_closure_t *closure)
{
    server.counts.closed++;
    if (closure->opened)
        say_closed(conn, closure);
    else if (closure->cause == WSS_REASON_TLS_FAILED)
        say_failed(conn, closure->network);
}

static const wss_handler_t handler = {
    .on_connecting = on_connecting,
    .on_head = on_head,
    .on_page = on_page,
    .on_open = on_open,
    .on_data = on_data,
    .on_closed = on_closed,
};

/* ------------------------------------------------------------------------ the console */

/* Where mbedTLS counts. */
static void show_pool(wss_console_t *console)
{
    const wss_tls_pool_marks_t marks = wss_tls_pool_marks();

    if (marks.most > 0)
        wss_console_print(console, "TLS has %zu bytes of its pool, and had at most %zu", marks.used,
                          marks.most);
}

static void show_counts(wss_console_t *console)
{
    const counts_t *counts = &server.counts;

    wss_console_print(console, "connections %llu, opened %llu, closed %llu",
                      (unsigned long long)counts->connections, (unsigned long long)counts->opened,
                      (unsigned long long)counts->closed);
    wss_console_print(console, "echoed %llu messages of %llu bytes",
                      (unsigned long long)counts->messages, (unsigned long long)counts->bytes);
    show_pool(console);
}

static bool close_by_hand(wss_console_t *console, uint32_t index)
{
    wss_conn_t *conn = wss_conn_at(console->loop, index);

    return conn != NULL && wss_close(conn, WSS_CLOSE_NORMAL, NULL, 0) == WSS_OK;
}

static bool start_console(void)
{
    server.console = (wss_console_t){.loop = &server.loop,
                                     .conn_count = server.config.conn_count,
                                     .stats = show_counts,
                                     .close = close_by_hand};
    return wss_serve_console_start(&server.console);
}

/* -------------------------------------------------------------------------- starting */

static bool fail(const char *what, const char *why)
{
    fprintf(stderr, "wss: %s: %s\n", what, why);
    return false;
}

static uint32_t conn_count(const wss_serve_options_t *options)
{
    return options->max_clients + SPARE_CONNS + options->max_clients / SPARE_PART;
}

static bool raise_file_limit(const wss_serve_options_t *options)
{
    rlim_t need = (rlim_t)conn_count(options) + SPARE_FILES;
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return fail("file descriptors", strerror(errno));
    if (limit.rlim_cur >= need)
        return true;
    limit.rlim_cur = need;
    if (limit.rlim_max < need)
        limit.rlim_max = need;
    if (setrlimit(RLIMIT_NOFILE, &limit) == 0)
        return true;
    fprintf(stderr, "wss: --max-clients: \"%lu\" needs %lu file descriptors (see ulimit -n): %s\n",
            (unsigned long)options->max_clients, (unsigned long)need, strerror(errno));
    return false;
}

static uint32_t timer(uint32_t milliseconds)
{
    return milliseconds == 0 ? WSS_OFF : milliseconds;
}

static void fill_config(wss_config_t *config, const wss_serve_options_t *options)
{
    *config = (wss_config_t){
        .hal = &server.hal,
        .crypto = &server.crypto,
        .handler = &handler,
        .conn_count = conn_count(options),
        .rx_size = READ_SIZE,
        .message_size = MESSAGE_SIZE,
        .pieces_beyond = true,
        .control_count = conn_count(options) / 4 + 1,
        .max_conns = options->max_clients,
        .max_message = options->max_message,
        .handshake_timeout = options->handshake_timeout,
        .idle_timeout = timer(options->idle_timeout),
        .ping_interval = timer(options->ping_interval),
        .pong_timeout = timer(options->pong_timeout),
        .close_timeout = options->close_timeout,
        .paths = options->paths.count > 0 ? options->paths.items : NULL,
        .path_count = options->paths.count,
        .protocols = options->protocols.count > 0 ? options->protocols.items : NULL,
        .protocol_count = options->protocols.count,
        .origins = options->origins.count > 0 ? options->origins.items : NULL,
        .origin_count = options->origins.count,
        .trace = options->console ? wss_serve_console_trace : NULL,
    };
}

/* 0: more than there are addresses for. */
static size_t memory_size(size_t conns, bool tls)
{
    const size_t common =
        READ_SIZE + TX_SIZE + 4096 + (tls ? TLS_ROOM + TLS_READ + TLS_OUT + POOL_COMMON : 0);
    const size_t plain = sizeof(wss_conn_t) + sizeof(client_t) + sizeof(wss_posix_stream_t) +
                         sizeof(struct pollfd) + sizeof(wss_control_t) + READ_SIZE + SEND_ROOM +
                         sizeof(wss_proxied_stream_t) + MESSAGE_SIZE;
    const size_t each =
        plain + (tls ? TLS_READ + TLS_ROOM + POOL_EACH + sizeof(wss_tls_stream_t) : 0);

    return conns <= (SIZE_MAX - common) / each ? conns * each + common : 0;
}

static void take_tls_memory(wss_memory_t *memory, size_t conns)
{
    server.tls_streams = wss_memory_take(memory, conns * sizeof(wss_tls_stream_t));
    server.tls_memory = wss_memory_take(memory, conns * (TLS_ROOM + TLS_READ));
    server.tls_stage = wss_memory_take(memory, TLS_ROOM);
    server.tls_input = wss_memory_take(memory, TLS_READ);
    server.tls_output = wss_memory_take(memory, TLS_OUT);
    const size_t pool = POOL_COMMON + conns * POOL_EACH;
    (void)wss_tls_pool_init(wss_memory_take(memory, pool), pool);
}

static bool take_memory(wss_config_t *config, wss_posix_config_t *port)
{
    const size_t conns = config->conn_count;
    wss_memory_t *memory = &server.memory;
    const bool tls = server.options->certs.certificate != NULL;

    if (!wss_memory_map(memory, memory_size(conns, tls)))
        return fail("memory", strerror(errno));
    server.clients = wss_memory_take(memory, conns * sizeof(client_t));
    config->conns = wss_memory_take(memory, conns * sizeof(wss_conn_t));
    config->controls = wss_memory_take(memory, config->control_count * sizeof(wss_control_t));
    config->rx_buffer = wss_memory_take(memory, READ_SIZE);
    config->tx_buffer = wss_memory_take(memory, TX_SIZE);
    config->tx_size = TX_SIZE;
    config->messages = wss_memory_take(memory, conns * MESSAGE_SIZE);
    server.proxied_streams = server.options->proxy_protocol
                                 ? wss_memory_take(memory, conns * sizeof(wss_proxied_stream_t))
                                 : NULL;
    if (tls)
        take_tls_memory(memory, conns);
    *port = (wss_posix_config_t){
        .streams = wss_memory_take(memory, conns * sizeof(wss_posix_stream_t)),
        .stream_count = config->conn_count,
        .send_memory = wss_memory_take(memory, conns * SEND_ROOM),
        .send_room = SEND_ROOM,
        .hold_memory = wss_memory_take(memory, conns * READ_SIZE),
        .hold_size = READ_SIZE,
        .polls = wss_memory_take(memory, (conns + WSS_POSIX_POLLS) * sizeof(struct pollfd)),
    };
    return true;
}

static wss_result_t open_proxied(uint32_t streams)
{
    if (server.proxied_streams != NULL)
        return wss_proxied_hal_init(&server.proxied, &server.sockets, server.proxied_streams,
                                    streams, &server.through);
    server.through = server.sockets;
    return WSS_OK;
}

static wss_result_t open_tls(uint32_t streams)
{
    const wss_tls_hal_config_t config = {.below = &server.through,
                                         .server = &server.certs.context,
                                         .streams = server.tls_streams,
                                         .stream_count = streams,
                                         .memory = server.tls_memory,
                                         .send_room = TLS_ROOM,
                                         .stage = server.tls_stage,
                                         .hold_size = TLS_READ,
                                         .input = server.tls_input,
                                         .input_size = TLS_READ,
                                         .output = server.tls_output,
                                         .output_size = TLS_OUT};

    if (server.tls_streams != NULL)
        return wss_tls_hal_init(&server.tls, &config, &server.hal);
    server.hal = server.through;
    return WSS_OK;
}

/* The engine's port: sockets, and what stands on them. */
static bool open_port(const wss_posix_config_t *config)
{
    const wss_certs_options_t *certs = &server.options->certs;
    wss_result_t result = wss_posix_init(&server.posix, config, &server.sockets);

    if (result != WSS_OK)
        return fail("sockets", wss_result_name(result));
    server.sockets.task = NULL; /* there is only one: it need not be asked for */
    result = wss_crypto_mbedtls_init(&server.random, &server.sockets, &server.crypto);
    if (result != WSS_OK)
        return fail("cryptography", wss_result_name(result));
    if (certs->certificate != NULL && !wss_certs_open_server(&server.certs, certs, &server.crypto))
        return false;
    result = open_proxied(config->stream_count);
    if (result == WSS_OK)
        result = open_tls(config->stream_count);
    return result == WSS_OK || fail("ports", wss_result_name(result));
}

static bool prepare(const wss_serve_options_t *options)
{
    wss_posix_config_t port;

    server.options = options;
    server.page_length =
        wss_page_write(server.page, options->paths.count > 0 ? options->paths.items[0] : "/",
                       options->origins.items, options->origins.count);
    if (server.page_length == 0)
        return fail("--path, --origin", "together they are too long for the page");
    fill_config(&server.config, options);
    if (!raise_file_limit(options) || !take_memory(&server.config, &port))
        return false;
    port.share_port = options->workers > 1;
    if (!open_port(&port))
        return false;
    if (wss_loop_init(&server.loop, &server.config) != WSS_OK)
        return fail("configuration", wss_loop_error(&server.loop));
    return true;
}

/* "192.0.2.1:80" or "[2001:db8::1]:80" */
static void write_authority(char text[AUTHORITY_SIZE], const char *address, uint16_t port)
{
    const bool v6 = strchr(address, ':') != NULL;

    (void)snprintf(text, AUTHORITY_SIZE, v6 ? "[%s]:%u" : "%s:%u", address, (unsigned)port);
}

static bool announce(const wss_serve_options_t *options, uint16_t port)
{
    static const char *const root[] = {"/"};
    const bool any = options->paths.count == 0;
    const char *const *paths = any ? root : options->paths.items;
    char authority[AUTHORITY_SIZE];

    wss_certs_warn(&options->certs);
    write_authority(authority, options->bind, port);
    for (int i = 0; i < (any ? 1 : options->paths.count); i++)
        printf("wss: listening on %s://%s%s\n", options->certs.certificate != NULL ? "wss" : "ws",
               authority, paths[i]);
    return fflush(stdout) == 0 || fail("standard output", strerror(errno));
}

static bool listen_on(const wss_serve_options_t *options, uint16_t *port)
{
    const bool everywhere = strcmp(options->bind, "::") == 0; /* the port adds IPv4 */
    const wss_endpoint_t where = {.address = everywhere ? NULL : options->bind, .port = *port};
    char authority[AUTHORITY_SIZE];

    errno = 0;
    if (wss_listen(&server.loop, &where, port) == WSS_OK)
        return true;
    write_authority(authority, options->bind, where.port);
    fprintf(stderr, "wss: cannot listen on %s: %s\n", authority,
            errno != 0 ? strerror(errno) : "unusable address");
    return false;
}

/* --------------------------------------------------------------------------- running */

static void on_signal(int number)
{
    (void)number;
    signals = signals < 2 ? signals + 1 : 2;
    wss_loop_wake(&server.loop);
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

/* The first signal closes every connection, the second aborts them. */
static void obey(sig_atomic_t before, sig_atomic_t heard)
{
    if (before < 1 && heard >= 1)
        (void)wss_loop_close(&server.loop, WSS_CLOSE_GOING_AWAY);
    if (before < 2 && heard >= 2)
        wss_loop_abort(&server.loop);
}

static bool run(void)
{
    sig_atomic_t obeyed = 0;
    wss_result_t result = WSS_OK;

    while (result >= WSS_OK && (obeyed == 0 || wss_loop_count(&server.loop) > 0)) {
        result = wss_loop_step(&server.loop, WSS_FOREVER);
        wss_serve_console_obey();
        const sig_atomic_t heard = signals;
        obey(obeyed, heard);
        obeyed = heard;
    }
    return result >= WSS_OK || fail("waiting", wss_result_name(result));
}

static int serve(const wss_serve_options_t *options, uint16_t port, int parent)
{
    if (!prepare(options))
        return 1;
    catch_signals();
    bool served = listen_on(options, &port);
    if (served && parent >= 0)
        wss_worker_ready(parent, port);
    else if (served)
        served = announce(options, port);
    if (served && options->console && !start_console())
        served = fail("--console", "no task to read with");
    served = served && run();
    wss_posix_close(&server.posix);
    wss_certs_close(&server.certs);
    wss_crypto_mbedtls_free(&server.random);
    wss_memory_unmap(&server.memory);
    return served ? 0 : 1;
}

static int serve_as_worker(const void *options, uint16_t port, int parent)
{
    return serve(options, port, parent);
}

static bool announce_workers(const void *options, uint16_t port)
{
    return announce(options, port);
}

int wss_serve(const wss_serve_options_t *options)
{
    wss_workers_t workers = {.count = options->workers,
                             .work = serve_as_worker,
                             .ready = announce_workers,
                             .context = options,
                             .port = options->port};

    return options->workers > 1 ? wss_workers_run(&workers) : serve(options, options->port, -1);
}
