/* SPDX-License-Identifier: MIT */
/*
 * Streams that stand on streams, and the port that hands them out: it stands on another
 * port and is used in its place. Here is what all such layers share: the passing on, the
 * free streams, and the reports, those of the streams below and those that a stream owes by
 * itself. A layer puts its own accept() or connect() into the table. It must not know what
 * a layer does, nor which port is below.
 *
 * A turn's cost grows with the streams that have something to report.
 */
#ifndef WSS_UPPER_HAL_H
#define WSS_UPPER_HAL_H

#include "wss/wss_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct wss_upper wss_upper_t;
typedef struct wss_upper_hal wss_upper_hal_t;

/* What a layer knows of its streams. Called with the lock held. */
typedef struct wss_upper_ops {
    /* Takes a report about the stream below (0: none, only looks) and goes on. Returns what
     * to report of this stream; 0: nothing. */
    unsigned (*ready)(wss_upper_t *upper, unsigned what);

    /* Whether there is something to report without a report from below. When that may have
     * become true outside ready(), wss_upper_owe() is called. */
    bool (*owes)(const wss_upper_t *upper);
} wss_upper_ops_t;

/* The head of a stream that stands on another, which reports to it. */
struct wss_upper {
    wss_stream_t base;
    wss_stream_t *below; /* NULL: free */
    wss_upper_hal_t *layer;
    wss_upper_t *next; /* of the free, or of those that owe a report */
    uint32_t turn;     /* in which it was last reported */
    bool owing;        /* stands in the list of those */
};

/* Members are private. */
struct wss_upper_hal {
    const wss_hal_t *below;
    const wss_upper_ops_t *ops;
    uint8_t *uppers; /* `count` of `size` bytes; those from `touched` on were never used */
    size_t size;
    uint32_t count;
    uint32_t touched;
    wss_upper_t *free;
    wss_upper_t *owing_first;
    wss_upper_t *owing_last;
    uint32_t owing;
    uint32_t turn;
    bool accepts;   /* connections that come in get a stream, too */
    bool accepting; /* as the engine wishes */
    bool waiting;
};

/* Prepares `layer`, the first member of a port's context, for `count` streams of `size` bytes
 * each that begin with a wss_upper_t, and fills `hal`: everything is passed on, the reports
 * translated. `accepts`: wss_upper_accept() is used. */
void wss_upper_hal_init(wss_upper_hal_t *layer, const wss_hal_t *below, const wss_upper_ops_t *ops,
                        void *uppers, size_t size, uint32_t count, bool accepts, wss_hal_t *hal);

/* The next connection on a free stream, whose other members the layer sets; or NULL. */
wss_upper_t *wss_upper_accept(wss_upper_hal_t *layer, void *owner);

/* A connection that is dialled below, on a free stream as above; or NULL. */
wss_upper_t *wss_upper_connect(wss_upper_hal_t *layer, const wss_dial_t *whom, void *owner);

/* Releases the stream below and frees this one. */
void wss_upper_release(wss_upper_t *upper, bool reset);

/* The stream may have something to report by itself. With the lock held. */
void wss_upper_owe(wss_upper_t *upper);

#ifdef __cplusplus
}
#endif
#endif
