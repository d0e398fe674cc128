/* SPDX-License-Identifier: MIT */
/*
 * A network in memory with a clock of its own, for tests: it keeps the contract of
 * wss_hal.h, does the same thing for the same seed, and notes when its user breaks
 * the contract. It must not know what the bytes mean, nor the real time.
 *
 * A world (wss_sim_t) holds connections. Hosts stand in it, one per engine; the
 * test itself is a further participant that has no host: wss_sim_peer_*().
 *
 *     static wss_sim_end_t ends[8];
 *     static uint8_t memory[8 * (1024 + 4096)];
 *     wss_sim_config_t config = {.ends = ends, .end_count = 8, .memory = memory,
 *         .send_room = 1024, .window = 4096, .seed = 1};
 *     wss_sim_t sim;
 *     wss_sim_host_t server;
 *     wss_hal_t hal;
 *     wss_sim_init(&sim, &config);
 *     wss_sim_host_init(&server, &sim, &hal);
 *
 * Bytes move when they are flushed, and whenever any host waits. A wait() with
 * nothing to report lets the time jump to the next event of the network or to its
 * timeout, whichever is first; it never blocks.
 */
#ifndef WSS_SIM_H
#define WSS_SIM_H

#include "wss/wss_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    WSS_SIM_LISTENERS = 8,
    WSS_SIM_ALL = INT32_MAX /* wss_sim_peer_deliver(): every byte, and the end */
};

/* How a user broke the contract. */
typedef enum wss_sim_fault {
    WSS_SIM_FAULT_CONSUME_WITHOUT_RECV,
    WSS_SIM_FAULT_CONSUME_TOO_MUCH,
    WSS_SIM_FAULT_CONSUME_WRONG_REST, /* not behind the consumed bytes, or changed */
    WSS_SIM_FAULT_RECV_WITHOUT_CONSUME,
    WSS_SIM_FAULT_USE_AFTER_RELEASE,
    WSS_SIM_FAULT_SEND_AFTER_FINISH,
    WSS_SIM_FAULT_LOCK_TWICE,
    WSS_SIM_FAULT_UNLOCK_WITHOUT_LOCK,
    WSS_SIM_FAULT_WAIT_LOCKED,
    WSS_SIM_FAULT_NOT_LOCKED, /* a stream was used without the lock */
    WSS_SIM_FAULT_COUNT
} wss_sim_fault_t;

/* What becomes of connect(). */
typedef enum wss_sim_dial {
    WSS_SIM_DIAL_LISTENERS, /* it reaches the listener of that port, if there is one */
    WSS_SIM_DIAL_REFUSED,
    WSS_SIM_DIAL_SILENT /* no answer ever comes */
} wss_sim_dial_t;

/* One end of a connection. A wss_stream_t of a host in this world may be cast to it.
 * Its members belong to the simulator. */
typedef struct wss_sim_end {
    wss_stream_t base;
    struct wss_sim *sim;
    struct wss_sim_host *host; /* NULL: the test's */
    struct wss_sim_end *other; /* NULL: released, or not yet connected */
    struct wss_sim_end *next_free;
    const char *reason;
    const uint8_t *recv_buffer;
    uint32_t returned;  /* by the last recv() */
    uint32_t out_first; /* ring of accepted bytes */
    uint32_t out_length;
    uint32_t out_flushed; /* of these, may go */
    uint32_t in_first;    /* ring of bytes sent to this end */
    uint32_t in_length;
    uint32_t in_arrived; /* of these, recv() sees */
    uint32_t window;
    uint32_t allowance; /* what the test lets arrive; an end counts as one byte */
    uint32_t due;       /* when bytes on their way arrive */
    uint32_t order;     /* in which connections came */
    uint16_t port;
    uint16_t peer_port;
    uint8_t state;
    uint8_t phase;
    uint8_t watched;
    bool on_the_way; /* `due` holds */
    bool on_request; /* bytes arrive as the test allows */
    bool v6;
    bool grown;
    bool phase_changed;
    bool finishing;
    bool end_sent;
    bool end_coming;
    bool end_arrived;
    bool broken;
    bool silent; /* nothing passes any more */
    bool lost;   /* what is sent goes nowhere: the other end was told of an end */
} wss_sim_end_t;

typedef struct wss_sim_config {
    wss_sim_end_t *ends; /* two per connection */
    uint32_t end_count;
    uint8_t *memory;    /* end_count * (send_room + window) bytes */
    uint32_t send_room; /* see wss_hal_t.send_room */
    uint32_t window;    /* bytes that an end that does not read takes in */
    uint64_t seed;
    uint32_t start;      /* the first time */
    uint32_t latency;    /* milliseconds on the way */
    uint32_t read_limit; /* most bytes of one recv(); 0: no limit */
    uint32_t send_limit; /* most bytes that move at a time; 0: no limit */
    bool random_limits;  /* draw 1..limit each time */
} wss_sim_config_t;

typedef struct wss_sim_listener {
    struct wss_sim_host *host; /* NULL: the test's */
    uint16_t port;             /* 0: free */
} wss_sim_listener_t;

/* The world. `config.latency`, the limits and `dial` may be changed at any time; the
 * other members belong to the simulator. */
typedef struct wss_sim {
    wss_sim_config_t config;
    wss_sim_dial_t dial;
    wss_sim_listener_t listeners[WSS_SIM_LISTENERS];
    wss_sim_end_t *free_first; /* first in, first out: misuse shows for long */
    wss_sim_end_t *free_last;
    uint64_t random;
    uint32_t now;
    uint32_t orders;
    uint16_t next_port;
    uint32_t beyond_room; /* sends longer than room(): allowed, but rarely meant */
    uint32_t stalls;      /* waits for ever with nothing to come */
    uint32_t faults[WSS_SIM_FAULT_COUNT];
} wss_sim_t;

/* What an engine runs on. The first group may be changed at any time. */
typedef struct wss_sim_host {
    bool entropy_fails;
    uint32_t stream_limit; /* most streams at a time; 0: what the world has */
    uint32_t process;
    uintptr_t task;

    wss_sim_t *sim;
    uint32_t streams; /* held now: a leak when the engine is done */
    uint32_t reads;   /* calls of recv() so far */
    uint32_t cursor;
    bool accepting;
    bool link_down;
    bool link_changed;
    bool woken;
    bool locking;
    bool locked;
} wss_sim_host_t;

void wss_sim_init(wss_sim_t *sim, const wss_sim_config_t *config);

/* Puts a host into the world and fills `hal` without a lock. */
void wss_sim_host_init(wss_sim_host_t *host, wss_sim_t *sim, wss_hal_t *hal);

/* Adds a lock that notes misuse: taken twice, held in wait(), missing around a stream. */
void wss_sim_host_lock(wss_sim_host_t *host, wss_hal_t *hal);

void wss_sim_link(wss_sim_host_t *host, bool up);

/* Lets time pass; what is due in it arrives. */
void wss_sim_advance(wss_sim_t *sim, uint32_t milliseconds);

/* Lets bytes move and arrive at the present time. */
void wss_sim_settle(wss_sim_t *sim);

/* ------------------------------------------------------------------- mishaps */

/* The end at `index` of config.ends where a host holds it, else NULL. */
wss_sim_end_t *wss_sim_held(wss_sim_t *sim, uint32_t index);

/* Something on the way resets both ends. */
void wss_sim_tear(wss_sim_end_t *end);

/* Something on the way ends what this end sends, behind what has left it; the rest is lost. */
void wss_sim_half_close(wss_sim_end_t *end);

/* The cable is cut: neither end hears of anything any more. */
void wss_sim_silence(wss_sim_end_t *end);

/* All faults so far; the name of one kind. */
uint32_t wss_sim_faults(const wss_sim_t *sim);
const char *wss_sim_fault_name(wss_sim_fault_t fault);

/* ------------------------------------------------------------ the test as a peer */

/* Connects to a listener of the world. NULL: nobody listens, or no end is free. */
wss_sim_end_t *wss_sim_peer_connect(wss_sim_t *sim, uint16_t port);

/* Listens, so that hosts can connect; `port` 0 chooses one. Returns the port, 0: none. */
uint16_t wss_sim_peer_listen(wss_sim_t *sim, uint16_t port);
wss_sim_end_t *wss_sim_peer_accept(wss_sim_t *sim, uint16_t port);

/* Sends at once; returns how many bytes were taken. */
uint32_t wss_sim_peer_send(wss_sim_end_t *peer, const void *data, uint32_t length);

/* Takes bytes that arrived. Returns their count; WSS_ERR_EOF or WSS_ERR_NETWORK after
 * the last of them. */
int32_t wss_sim_peer_read(wss_sim_end_t *peer, void *buffer, uint32_t capacity);

void wss_sim_peer_finish(wss_sim_end_t *peer);
void wss_sim_peer_reset(wss_sim_end_t *peer); /* and releases */
void wss_sim_peer_release(wss_sim_end_t *peer);

/* From now on what the peer sends arrives only as allowed by wss_sim_peer_deliver();
 * the peer's end of stream counts as one more byte. `false` lets everything arrive. */
void wss_sim_peer_hold(wss_sim_end_t *peer, bool on);
void wss_sim_peer_deliver(wss_sim_end_t *peer, uint32_t count);

/* How many bytes the peer takes in while it does not read; at most config.window. */
void wss_sim_peer_window(wss_sim_end_t *peer, uint32_t window);

/* --------------------------------------------------------------- cryptography */

typedef struct wss_sim_crypto {
    uint64_t random;
    bool fails;
} wss_sim_crypto_t;

/* Real hashes and base64, but random bytes that follow from the seed. */
void wss_sim_crypto_init(wss_sim_crypto_t *generator, uint64_t seed, wss_crypto_t *crypto);

#ifdef __cplusplus
}
#endif
#endif
