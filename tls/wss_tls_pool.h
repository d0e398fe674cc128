/* SPDX-License-Identifier: MIT */
/*
 * The static pool that mbedTLS allocates from where it is built with its buffer allocator, as
 * tls/firmware/mbedtls_config.h does. One for all contexts and streams; not guarded: one task
 * uses TLS. It must not know what is allocated.
 */
#ifndef WSS_TLS_POOL_H
#define WSS_TLS_POOL_H

#include "wss/wss_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Before the first context. docs/TLS.md says how much is needed. WSS_ERR_UNSUPPORTED: mbedTLS
 * allocates by its own means, and `memory` is not used. */
wss_result_t wss_tls_pool_init(void *memory, size_t size);

/* Bytes in use now and at most so far, block headers included, and how many blocks; 0 where
 * the pool does not count (WSS_MBEDTLS_MARKS). */
typedef struct wss_tls_pool_marks {
    size_t used;
    size_t most;
    size_t blocks;
} wss_tls_pool_marks_t;

wss_tls_pool_marks_t wss_tls_pool_marks(void);

/* The most so far is forgotten: what is in use counts from now on. */
void wss_tls_pool_marks_reset(void);

#ifdef __cplusplus
}
#endif
#endif
