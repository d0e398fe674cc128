/* SPDX-License-Identifier: MIT */
/*
 * A client with a thread that receives and one that sends, by the websock API: lines of
 * standard input go out as texts, messages come out as lines.
 *
 *     websock_client HOST PORT [URI [CA]]
 *
 * With a file of CA certificates the connection is secured.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <websock.h>

enum { CONTINUATION = 0, TEXT = 1, BINARY = 2, SECOND = 1000 };

/* Prints messages, however many frames and pieces they come in. */
static void *receive(void *context)
{
    websock_handle_t socket = context;
    websock_msg_hdr_t header;
    long long left = 0; /* of the frame */
    char piece[512];
    int count;
    for (;;) {
        int length = sizeof piece;
        count = websock_recv(socket, &header, piece, &length, 10 * SECOND);
        if (count < 0)
            break;
        if (header.opcode < CONTINUATION || header.opcode > BINARY)
            continue; /* nothing came, or a Pong */
        left = (left == 0 ? header.payload_len : left) - count;
        fwrite(piece, 1, (size_t)count, stdout);
        if (left == 0 && header.fin)
            putchar('\n');
        fflush(stdout);
    }
    return NULL;
}

static void send_lines(websock_handle_t socket)
{
    char line[1024];
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (websock_send_text(socket, line, (int)strlen(line)) < 0)
            break;
    }
}

int main(int argc, char *argv[])
{
    websock_config_t config = {.time_out = 10 * SECOND};
    pthread_t receiver;
    if (argc < 3) {
        fprintf(stderr, "usage: websock_client HOST PORT [URI [CA]]\n");
        return 2;
    }
    long port = strtol(argv[2], NULL, 10);
    if (strchr(argv[1], '/') != NULL || port < 1 || port > 65535) {
        fprintf(stderr, "websock_client: HOST is a name or an address and no URL, PORT a number "
                        "from 1 to 65535\n");
        return 2;
    }
    config.hostname = argv[1];
    config.port = (int)port;
    config.uri = argc > 3 ? argv[3] : "/";
    if (argc > 4) {
        config.secured = 1;
        config.ssl_config.auth_mode = SSL_WRAP_VERIFY_REQUIRED;
        config.ssl_config.ca_cert.path = argv[4];
    }

    websock_handle_t socket = websock_open(&config);
    if (socket == NULL)
        return 1;
    if (pthread_create(&receiver, NULL, receive, socket) == 0) {
        send_lines(socket);
        websock_close(socket); /* the receiver's call returns -1 */
        pthread_join(receiver, NULL);
    }
    return 0;
}
