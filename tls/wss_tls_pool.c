/* SPDX-License-Identifier: MIT */
/* mbedTLS's buffer allocator, where it is there. */
#include "wss_tls_pool.h"

#include <mbedtls/ssl.h>

#if defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C)

#include <mbedtls/memory_buffer_alloc.h>

wss_result_t wss_tls_pool_init(void *memory, size_t size)
{
    mbedtls_memory_buffer_alloc_init(memory, size);
    return WSS_OK;
}

#else

wss_result_t wss_tls_pool_init(void *memory, size_t size)
{
    (void)memory;
    (void)size;
    return WSS_ERR_UNSUPPORTED;
}

#endif

#if defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C) && defined(MBEDTLS_MEMORY_DEBUG)

/* Of each block, by memory_buffer_alloc.c: size, flag, two magic numbers and four links. */
enum { HEADER = 4 * sizeof(size_t) + 4 * sizeof(void *) };

wss_tls_pool_marks_t wss_tls_pool_marks(void)
{
    wss_tls_pool_marks_t marks;
    size_t most_blocks;

    mbedtls_memory_buffer_alloc_cur_get(&marks.used, &marks.blocks);
    mbedtls_memory_buffer_alloc_max_get(&marks.most, &most_blocks);
    marks.used += marks.blocks * HEADER;
    marks.most += most_blocks * HEADER;
    return marks;
}

void wss_tls_pool_marks_reset(void)
{
    mbedtls_memory_buffer_alloc_max_reset();
}

#else

wss_tls_pool_marks_t wss_tls_pool_marks(void)
{
    return (wss_tls_pool_marks_t){0};
}

void wss_tls_pool_marks_reset(void)
{
}

#endif
