/* SPDX-License-Identifier: MIT */
/*
 * Standard output: bytes are put into a ring, which a task of its own writes out. The
 * caller never waits; where there is no room it is woken when there is.
 */
#ifndef WSS_OUTPUT_H
#define WSS_OUTPUT_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct wss_output {
    /* Set by the caller: */
    char *bytes;
    size_t capacity;
    int descriptor;
    void (*wake)(void *context); /* called by the task */
    void *context;

    /* The module's: */
    pthread_mutex_t mutex;
    pthread_cond_t put;
    size_t first;
    size_t length;
    int error;
    bool awaited; /* somebody waits for room, or for the end of it all */
} wss_output_t;

bool wss_output_start(wss_output_t *output);

/* Whether so many bytes can be put now; after an error any number, to nowhere. If not,
 * wake() comes when they might. */
bool wss_output_fits(wss_output_t *output, size_t length);

/* Puts bytes that fit. */
void wss_output_put(wss_output_t *output, const void *bytes, size_t length);

/* Whether everything is written, or lost to an error. If not, wake() comes when it might. */
bool wss_output_empty(wss_output_t *output);

/* errno of the write that failed, or 0. wake() comes when one fails. */
int wss_output_error(wss_output_t *output);

#endif
