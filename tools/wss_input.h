/* SPDX-License-Identifier: MIT */
/*
 * Standard input, read by a task of its own, one read at a time and only when asked. The
 * buffer belongs to the task from wss_input_ask() until wss_input_ready() is true again,
 * else to the caller.
 */
#ifndef WSS_INPUT_H
#define WSS_INPUT_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct wss_input {
    /* The caller's, while ready: */
    char *bytes;
    size_t capacity;
    size_t length; /* bytes that wait in the buffer; the next read goes behind them */
    bool ended;    /* nothing more comes */
    int error;     /* errno of the read that failed, or 0 */

    /* The module's: */
    int descriptor;
    void (*wake)(void *context); /* called by the task when a read is done */
    void *context;
    pthread_mutex_t mutex;
    pthread_cond_t asked;
    bool reading;
} wss_input_t;

/* Starts the task. The other members are set by the caller: bytes, capacity, descriptor,
 * wake, context. */
bool wss_input_start(wss_input_t *input);

/* Asks for more behind what is there: there must be room, and ready() true. */
void wss_input_ask(wss_input_t *input);

bool wss_input_ready(wss_input_t *input);

#endif
