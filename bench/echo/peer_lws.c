/* SPDX-License-Identifier: MIT */
/*
 * The echo server of comparison on libwebsockets, as its own interface asks for it: what
 * arrives is queued and goes out message by message when a connection is writable. It
 * knows nothing of our engine.
 *
 *     peer_lws PORT
 */
#include <libwebsockets.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef struct message {
    struct message *next;
    size_t length;
    enum lws_write_protocol type;
    unsigned char bytes[]; /* LWS_PRE bytes of room, then the payload */
} message_t;

typedef struct session {
    message_t *first;
    message_t *last;
    message_t *partial; /* of which more is to come */
} session_t;

static volatile sig_atomic_t stop;

static void append(session_t *session, struct lws *wsi, const void *bytes, size_t length)
{
    message_t *old = session->partial;
    size_t before = old != NULL ? old->length : 0;
    message_t *message = realloc(old, sizeof *message + LWS_PRE + before + length);
    if (message == NULL)
        abort();
    memcpy(message->bytes + LWS_PRE + before, bytes, length);
    message->length = before + length;
    message->next = NULL;
    message->type = lws_frame_is_binary(wsi) ? LWS_WRITE_BINARY : LWS_WRITE_TEXT;
    session->partial = message;
}

static void enqueue(session_t *session, struct lws *wsi)
{
    message_t *message = session->partial;
    session->partial = NULL;
    if (session->last != NULL)
        session->last->next = message;
    else
        session->first = message;
    session->last = message;
    lws_callback_on_writable(wsi);
}

static int send_first(session_t *session, struct lws *wsi)
{
    message_t *message = session->first;
    if (message == NULL)
        return 0;
    int sent = lws_write(wsi, message->bytes + LWS_PRE, message->length, message->type);
    session->first = message->next;
    if (session->first == NULL)
        session->last = NULL;
    else
        lws_callback_on_writable(wsi);
    free(message);
    return sent < 0 ? -1 : 0;
}

static void forget(session_t *session)
{
    while (session->first != NULL) {
        message_t *message = session->first;
        session->first = message->next;
        free(message);
    }
    free(session->partial);
}

static int echo(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                size_t length)
{
    session_t *session = user;
    switch (reason) {
    case LWS_CALLBACK_RECEIVE:
        append(session, wsi, in, length);
        if (lws_is_final_fragment(wsi) && lws_remaining_packet_payload(wsi) == 0)
            enqueue(session, wsi);
        return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE: return send_first(session, wsi);
    case LWS_CALLBACK_CLOSED: forget(session); return 0;
    default: return 0;
    }
}

static void on_signal(int number)
{
    (void)number;
    stop = 1;
}

int main(int argc, char **argv)
{
    static const struct lws_protocols protocols[] = {
        {.name = "echo",
         .callback = echo,
         .per_session_data_size = sizeof(session_t),
         .rx_buffer_size = 65536},
        {.name = NULL},
    };
    struct lws_context_creation_info info = {.port = argc > 1 ? atoi(argv[1]) : 0,
                                             .protocols = protocols,
                                             .iface = "127.0.0.1",
                                             .options = LWS_SERVER_OPTION_DISABLE_IPV6};
    (void)signal(SIGTERM, on_signal);
    lws_set_log_level(LLL_ERR, NULL);
    struct lws_context *context = lws_create_context(&info);
    if (context == NULL)
        return EXIT_FAILURE;
    while (stop == 0 && lws_service(context, 0) >= 0) {
    }
    lws_context_destroy(context);
    return EXIT_SUCCESS;
}
