/* SPDX-License-Identifier: MIT */
/*
 * Harmony's TCP/IP stack as the PIC32MZ W1 port sees it, over the sockets of this machine, on
 * its loopback interface. The functions keep the real stack's habits; this header is for tests:
 * it lets the stack run, and go wrong.
 */
#ifndef HARMONY_H
#define HARMONY_H

#include "tcpip/tcpip.h"

enum {
    HARMONY_SOCKETS = 10,
    HARMONY_FIFO = 512,
    HARMONY_FREQUENCY = 100000000 /* of SYS_TIME */
};

/* May be changed at any time. */
typedef struct harmony {
    uint16_t put_limit;       /* most bytes of one ArrayPut; 0: no limit */
    uint16_t largest_fifo;    /* larger sizes are refused; 0: none is */
    uint32_t time_wait_ms;    /* how long an active close holds a socket */
    unsigned disconnects_off; /* so many calls of Disconnect fail */
    uint64_t count_offset;    /* added to the counter of SYS_TIME */
    uint16_t served_port;     /* of this machine, for the one that is listened at; 0: the same */
    uint16_t called_port;     /* of this machine, for the one that is called; 0: the same */
    bool whole_fifo;          /* a FIFO holds as many bytes as its size, else one less */
    bool random_fails;
    bool link_down;
    bool no_address; /* DHCP has not ended */
    bool booting;    /* the stack is not ready: there are no sockets */
    bool tls_fails;  /* handshakes of NET_PRES */
    bool no_mutex;
    void (*interrupt)(void); /* runs once, before the next ArrayPut, Peek, Get or Disconnect */

    /* Counted. */
    unsigned dns_removed;
    unsigned flushes;
    unsigned late_sends;  /* bursts that left by the stack's timer as nobody flushed */
    unsigned idle_pends;  /* of less than a tick, which do not wait */
    unsigned stale_calls; /* uses of sockets that are no more */
} harmony_t;

extern harmony_t harmony;

/* A fresh stack; all that was is closed. */
void harmony_begin(void);
void harmony_end(void);

/* The stack's tasks run, once something has happened or so many milliseconds have passed. */
void harmony_tasks(int milliseconds);

/* Milliseconds of a clock that does not jump. */
uint64_t harmony_clock(void);

/* One use of the stack at a time, as calls come from several tasks. */
void harmony_enter(void);
void harmony_leave(void);

/* Between the files. */
int harmony_listener_at(uint16_t port, const IP_MULTI_ADDRESS *address);
void harmony_listener_close(uint16_t port);
void harmony_dns_begin(void);
void harmony_pres_begin(void);
void harmony_pres_tasks(void);

/* Sockets in use. */
unsigned harmony_count(void);
/* Sessions that NET_PRES's provider has not freed. */
unsigned harmony_pres_sessions(void);

#endif
