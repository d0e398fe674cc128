/* SPDX-License-Identifier: MIT */
/*
 * One anonymous mapping, cut from its start to its end.
 */
#include "wss_memory.h"

#include <sys/mman.h>

enum { ALIGNMENT = 64 /* a cache line */ };

#ifndef MAP_NORESERVE
#define MAP_NORESERVE 0
#endif

bool wss_memory_map(wss_memory_t *memory, size_t size)
{
    void *bytes = mmap(NULL, size, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    *memory = (wss_memory_t){.bytes = bytes, .size = size};
    return bytes != MAP_FAILED;
}

void *wss_memory_take(wss_memory_t *memory, size_t size)
{
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    void *piece = memory->bytes + memory->used;

    if (rounded < size || rounded > memory->size - memory->used)
        return NULL;
    memory->used += rounded;
    return piece;
}

void wss_memory_unmap(wss_memory_t *memory)
{
    (void)munmap(memory->bytes, memory->size);
}
