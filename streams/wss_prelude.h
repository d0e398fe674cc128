/* SPDX-License-Identifier: MIT */
/*
 * A stream on a stream that settles something with the peer first, such as a tunnel, and
 * then passes everything on. It keeps the contract of wss_hal.h. Until that is settled it
 * is WSS_PHASE_LAYERING and promises no room: early bytes would be taken for an answer. It
 * must not know what is settled.
 */
#ifndef WSS_PRELUDE_H
#define WSS_PRELUDE_H

#include "wss_upper_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Members belong to it and to what is settled. */
typedef struct wss_prelude {
    wss_upper_t upper;
    /* Something happened below: does one thing, so that each phase is seen. Sets `phase`,
     * and in the end calls wss_prelude_stand() or wss_prelude_fail(). */
    void (*go_on)(struct wss_prelude *prelude);
    const char *peer; /* whom it leads to, or NULL: the peer of the stream below */
    const char *reason;
    uint8_t phase;
    uint8_t watched;
    bool finishing; /* finish() came early */
    bool announce;  /* the phase changed without a report from below */
} wss_prelude_t;

/* For wss_upper_hal_init(). */
extern const wss_upper_ops_t wss_prelude_ops;

/* Begins on `prelude`, whose `upper` was just taken. */
void wss_prelude_begin(wss_prelude_t *prelude, void (*go_on)(wss_prelude_t *prelude));

/* It is settled: from here on everything is passed on. */
void wss_prelude_stand(wss_prelude_t *prelude);

/* It will not be. `reason` lives as long as the stream. */
void wss_prelude_fail(wss_prelude_t *prelude, const char *reason);

#ifdef __cplusplus
}
#endif
#endif
