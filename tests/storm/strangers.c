/* SPDX-License-Identifier: MIT */
#include "strangers.h"

#include <stdio.h>
#include <string.h>

enum { REQUEST = 600 };

typedef struct stranger {
    wss_sim_end_t *end;
    bool silent;    /* has ended what it sends */
    bool asks;      /* of us: reads answers */
    bool refused;   /* the answer was no 101 */
    uint32_t heard; /* bytes of answers */
    unsigned alike; /* the last of them that begin an answer */
    char request[REQUEST];
    uint32_t asked; /* bytes of the request to it */
    bool answered;
} stranger_t;

static stranger_t strangers[STRANGERS_MOST];
static wss_sim_t *sim;
static dice_t *dice;
static uint16_t ours, theirs;
static void (*complain)(const char *what);
static wss_sim_crypto_t hasher;
static wss_crypto_t crypto;

static const char upgrade[] = "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
                              "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/* What a stranger says to a server, or to a client. */
static const char *const speech[] = {
    upgrade,
    upgrade,
    upgrade,
    "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n",
    "POST / HTTP/1.1\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
    "GET / HTTP/1.1\n bad\r\n\r\n",
    "HTTP/1.1 302 Found\r\nLocation: ws://localhost:81/c\r\n\r\n",
    "HTTP/1.1 302 Found\r\nLocation: /d\r\n\r\n",
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n",
    "HTTP/1.1 404 Not Found\r\n\r\n",
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzhZRbK+xOo4=\r\n\r\n",
};

static void speak(wss_sim_end_t *stranger)
{
    const char *text = speech[dice_roll(dice, sizeof speech / sizeof *speech)];
    uint32_t length = (uint32_t)strlen(text);
    (void)wss_sim_peer_send(stranger, text,
                            dice_one_in(dice, 6) ? dice_roll(dice, length) : length);
}

/* A frame: most are right, with a mask of zeros where one is due. */
static void frame(const stranger_t *stranger)
{
    static const uint8_t first[] = {0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x89, 0x8A, 0x88};
    uint8_t bytes[6 + 125] = {0};
    uint32_t length = dice_roll(dice, 126) >> dice_roll(dice, 7);
    bool masked = stranger->asks != dice_one_in(dice, 40);
    uint32_t head = masked ? 6 : 2;
    bytes[0] = dice_one_in(dice, 40) ? (uint8_t)dice_roll(dice, 256)
                                     : first[dice_roll(dice, sizeof first)];
    bytes[1] = (uint8_t)((masked ? 0x80u : 0u) | length);
    if (bytes[0] == 0x88 && length > 1)
        bytes[head] = 3, bytes[head + 1] = 232;
    if (dice_one_in(dice, 40))
        bytes[head] = 0xFF;
    (void)wss_sim_peer_send(stranger->end, bytes, head + length);
}

/* The answer that opens the connection, once the request is there. */
static void answer(stranger_t *stranger)
{
    static const char field[] = "Sec-WebSocket-Key: ";
    char accept[WSS_ACCEPT_LENGTH];
    char text[200];
    const char *key = strstr(stranger->request, field);
    if (key == NULL || strstr(key, "\r\n\r\n") == NULL)
        return;
    (void)crypto.accept_key(crypto.context, key + sizeof field - 1, accept);
    int length = snprintf(text, sizeof text,
                          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Accept: %.*s\r\n\r\n",
                          WSS_ACCEPT_LENGTH, accept);
    (void)wss_sim_peer_send(stranger->end, text, (uint32_t)length);
    stranger->answered = true;
}

/* One answer comes, from the first byte on; after one without an upgrade no other. */
static void hear(stranger_t *stranger, uint8_t byte)
{
    static const char head[] = "HTTP/1.1 ";
    const unsigned whole = sizeof head - 1;
    stranger->alike = byte == (uint8_t)head[stranger->alike] ? stranger->alike + 1 : byte == 'H';
    stranger->heard++;
    if (stranger->heard <= whole && stranger->alike != stranger->heard)
        complain("an answer does not begin as one");
    if (stranger->heard == whole + 1)
        stranger->refused = byte != '1';
    if (stranger->alike == whole) {
        if (stranger->heard != whole && stranger->refused)
            complain("a second answer comes");
        stranger->alike = 0;
    }
}

static void listen_to_us(stranger_t *stranger)
{
    uint8_t bytes[500];
    int32_t count = wss_sim_peer_read(stranger->end, bytes, 1 + dice_roll(dice, sizeof bytes));
    for (int32_t i = 0; i < count && stranger->asks && complain != NULL; i++)
        hear(stranger, bytes[i]);
    for (int32_t i = 0; i < count && stranger->asked < REQUEST - 1; i++)
        stranger->request[stranger->asked++] = (char)bytes[i];
}

static void come(stranger_t *stranger)
{
    bool asks = dice_one_in(dice, 2);
    wss_sim_end_t *end = asks ? wss_sim_peer_connect(sim, ours) : wss_sim_peer_accept(sim, theirs);
    *stranger = (stranger_t){.end = end, .asks = asks};
    if (end == NULL)
        return;
    wss_sim_peer_window(end, dice_one_in(dice, 3) ? 1 + dice_roll(dice, 100) : STRANGERS_WINDOW);
    if (dice_one_in(dice, asks ? 2 : 8))
        speak(end);
}

static void leave(stranger_t *stranger)
{
    if (dice_one_in(dice, 2))
        wss_sim_peer_reset(stranger->end);
    else
        wss_sim_peer_release(stranger->end);
    stranger->end = NULL;
}

void strangers_deed(void)
{
    stranger_t *stranger = &strangers[dice_roll(dice, STRANGERS_MOST)];
    uint32_t drawn = dice_roll(dice, 32);
    if (stranger->end == NULL) {
        come(stranger);
    } else if (drawn < 2) {
        leave(stranger);
    } else if (drawn == 2) {
        wss_sim_peer_finish(stranger->end);
        stranger->silent = true;
    } else if (drawn < 10) {
        listen_to_us(stranger);
    } else if (!stranger->silent && !stranger->asks && !stranger->answered && drawn > 12) {
        answer(stranger);
    } else if (!stranger->silent && drawn < (stranger->asks ? 14u : 11u)) {
        speak(stranger->end);
    } else if (!stranger->silent) {
        frame(stranger);
    }
}

void strangers_begin(wss_sim_t *world, dice_t *chance, uint16_t our_port, uint16_t their_port)
{
    memset(strangers, 0, sizeof strangers);
    sim = world;
    dice = chance;
    ours = our_port;
    theirs = their_port;
    complain = NULL;
    wss_sim_crypto_init(&hasher, 1, &crypto);
    (void)wss_sim_peer_listen(sim, theirs);
}

void strangers_complain(void (*about)(const char *what))
{
    complain = about;
}

void strangers_go(void)
{
    for (unsigned i = 0; i < STRANGERS_MOST; i++)
        if (strangers[i].end != NULL)
            wss_sim_peer_release(strangers[i].end);
    memset(strangers, 0, sizeof strangers);
    for (wss_sim_end_t *left; (left = wss_sim_peer_accept(sim, theirs)) != NULL;)
        wss_sim_peer_release(left);
}
