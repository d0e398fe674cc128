/* SPDX-License-Identifier: MIT */
/*
 * The port to POSIX systems: epoll on Linux, poll(2) elsewhere (chosen at build
 * time by WSS_POSIX_USE_POLL). It must not know what the bytes mean.
 *
 * All memory comes from the caller, and none of it is touched before it is
 * needed: pages that belong to connections which never came cost nothing.
 *
 *     static wss_posix_stream_t streams[64];
 *     static uint8_t send_memory[64 * 4096], hold_memory[64 * 2048];
 *
 *     wss_posix_config_t config = {.streams = streams, .stream_count = 64,
 *         .send_memory = send_memory, .send_room = 4096,
 *         .hold_memory = hold_memory, .hold_size = 2048};
 *     wss_posix_t posix;
 *     wss_hal_t hal;
 *     wss_result_t result = wss_posix_init(&posix, &config, &hal);
 */
#ifndef WSS_POSIX_H
#define WSS_POSIX_H

#include "wss/wss_hal.h"

#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    WSS_POSIX_LISTENERS = 8,                  /* listening sockets */
    WSS_POSIX_NAME = 253,                     /* longest host name that is looked up */
    WSS_POSIX_ADDRESSES = 8,                  /* addresses of one name that are tried */
    WSS_POSIX_ATTEMPT_MS = 2000,              /* default of attempt_ms */
    WSS_POSIX_POLLS = WSS_POSIX_LISTENERS + 1 /* pollfd entries beside those of streams */
};

/* One connection. Its members belong to the port. */
typedef struct wss_posix_stream {
    wss_stream_t base;
    struct wss_posix *posix;
    struct wss_posix_lookup *lookup; /* of its host name */
    const char *reason;
    int32_t socket;       /* -1: the stream is free */
    uint32_t queue_first; /* ring of bytes that the kernel did not take */
    uint32_t queue_length;
    uint32_t hold_first; /* bytes that the engine did not consume */
    uint32_t hold_length;
    uint32_t returned; /* bytes of the last recv() */
    uint32_t previous; /* list of ready, or of free, streams */
    uint32_t next;
    uint8_t address[16]; /* the peer's; IPv4 in the first four */
    uint16_t port;
    uint8_t address_size;
    uint8_t phase;
    uint8_t watched;
    uint8_t interest; /* what the kernel is asked to report */
    bool ready_listed;
    bool read_new; /* the last recv() took bytes from the kernel */
    bool readable; /* the kernel reported it */
    bool grown;    /* room() has grown since it was reported */
    bool phase_changed;
    bool finishing;
    bool finished;
    bool broken;
} wss_posix_stream_t;

typedef union wss_posix_inet {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
} wss_posix_inet_t;

/* A host name: being looked up, its addresses being tried, or why it failed. Needed by a
 * connecting stream until it is up or released. Its members belong to the port. */
typedef struct wss_posix_lookup {
    wss_posix_stream_t *stream;
    uint32_t order;
    uint32_t tried_at; /* when the last address was dialled */
    uint16_t port;
    uint8_t state;
    uint8_t address_count;
    uint8_t address_next;
    char text[WSS_POSIX_NAME + 64]; /* a sentence with the name in it */
    wss_posix_inet_t addresses[WSS_POSIX_ADDRESSES];
} wss_posix_lookup_t;

typedef struct wss_posix_config {
    wss_posix_stream_t *streams; /* required */
    uint32_t stream_count;       /* connections at a time; each also takes a descriptor */
    uint8_t *send_memory;        /* stream_count * send_room bytes */
    uint32_t send_room;          /* see wss_hal_t.send_room; used while the kernel is full */
    uint8_t *hold_memory;        /* stream_count * hold_size bytes */
    uint32_t hold_size;          /* most bytes that one recv() returns; used when the
                                  * engine leaves bytes behind */
    struct pollfd *polls;        /* stream_count + WSS_POSIX_POLLS entries; only for poll(2) */
    wss_posix_lookup_t *lookups; /* host names at a time that connect() can look up */
    uint32_t lookup_count;       /* 0: numeric addresses only. Else the first name starts a
                                  * helper task in which getaddrinfo() blocks, and allocates;
                                  * the engine and the port do neither */
    uint32_t attempt_ms;         /* after so many milliseconds an address that does not answer
                                  * is given up for the next of its name; 0: the default */
    bool share_port;             /* other processes of ours listen on the same port, too; the
                                  * kernel shares the connections out (SO_REUSEPORT) */
    bool threads;                /* other tasks than the loop's call the engine: give it a lock */
    uint16_t backlog;            /* connections that wait to be accepted; 0: the system's most */
} wss_posix_config_t;

/* The port. Its members belong to it. It must not move between init and close. */
typedef struct wss_posix {
    wss_posix_config_t config;
    pthread_mutex_t mutex;
    int poller; /* the epoll descriptor */
    int wake_read;
    int wake_write;
    int listeners[WSS_POSIX_LISTENERS];
    uint32_t listener_count;
    uint32_t listener_next;   /* where accept() looks first */
    uint32_t streams_touched; /* streams from here on were never used */
    uint32_t streams_free;    /* list of used and released streams */
    uint32_t ready_first;
    uint32_t ready_last;
    uint32_t ready_count;
    wss_ready_t *reports; /* what the wait() in progress fills */
    uint32_t report_count;
    uint32_t report_room;
    uint32_t retry_at; /* when to accept again after the system was out of means */
    pthread_t lookup_task;
    pthread_mutex_t lookup_mutex; /* of the lookups' states */
    pthread_cond_t lookup_asked;
    uint32_t lookup_order;
    bool lookup_running;
    bool lookup_stop;
    bool retry;
    bool accepting;
    bool listening; /* the kernel is asked to report listeners */
    bool acceptable;
    bool woken;
    bool waiting;
} wss_posix_t;

/* Prepares the port and fills `hal`. WSS_ERR_CONFIG when a member of `config` is
 * missing, WSS_ERR_FULL when the system is out of descriptors. `config` is copied;
 * the memory it names stays in use until wss_posix_close(). */
wss_result_t wss_posix_init(wss_posix_t *posix, const wss_posix_config_t *config, wss_hal_t *hal);

/* Closes every socket. Connections that still stand are reset. Waits for the helper task,
 * which a name server that does not answer can hold for seconds. */
void wss_posix_close(wss_posix_t *posix);

#ifdef __cplusplus
}
#endif
#endif
