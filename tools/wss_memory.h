/* SPDX-License-Identifier: MIT */
/*
 * The command's memory: one mapping made at the start and cut into pieces. Pages
 * that nobody touches cost nothing.
 */
#ifndef WSS_MEMORY_H
#define WSS_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

typedef struct wss_memory {
    unsigned char *bytes;
    size_t size;
    size_t used;
} wss_memory_t;

/* Maps `size` bytes. False: the system has no such room. */
bool wss_memory_map(wss_memory_t *memory, size_t size);

/* The next `size` bytes, aligned for any object; NULL when the mapping is used up. */
void *wss_memory_take(wss_memory_t *memory, size_t size);

void wss_memory_unmap(wss_memory_t *memory);

#endif
