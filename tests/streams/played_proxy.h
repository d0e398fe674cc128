/* SPDX-License-Identifier: MIT */
/*
 * A proxy of one connection over TCP on the loopback interface, played in turns: it hears a
 * CONNECT, answers as it is told, in one piece or byte by byte, and relays or ends.
 */
#ifndef PLAYED_PROXY_H
#define PLAYED_PROXY_H

#include <stdbool.h>
#include <stdint.h>

/* What becomes of the connection behind the answer. */
typedef enum ending { RELAY, FIN, RESET, STAY } ending_t;

/* Listens; returns the port. */
uint16_t proxy_open(const char *answer, bool slowly, ending_t ending);
void proxy_close(void);

/* One turn: does one thing, so that others see each. */
void proxy_turn(void);

/* What the client asked for; terminated. */
const char *proxy_request(void);

#endif
