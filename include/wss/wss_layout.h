/* SPDX-License-Identifier: MIT */
/*
 * The layout of a loop and a connection: here so that an application can give them
 * memory, private in every other respect. Members may change in any version.
 */
#ifndef WSS_LAYOUT_H
#define WSS_LAYOUT_H

#ifdef __cplusplus
extern "C" {
#endif

/* Slot numbers; WSS_NO_SLOT is none. */
typedef uint16_t wss_slot_t;
#define WSS_NO_SLOT UINT16_MAX

/* Bytes of a message, a frame or a body. */
#if WSS_CFG_LONG_MESSAGES
typedef uint64_t wss_length_t;
#define WSS_LENGTH_MAX UINT64_MAX
#else
typedef uint32_t wss_length_t;
#define WSS_LENGTH_MAX UINT32_MAX
#endif

/* The incremental HTTP scanner (generated from spec/http_upgrade.rl). */
typedef struct wss_scanner {
    uint8_t state; /* of the automaton */
    uint8_t flags;
    uint16_t left;  /* bytes that the start line, then the head, may still have */
    uint16_t spare; /* bytes that the head may have beyond a start line of full length */
    uint16_t fields_left;
    uint16_t blanks; /* read, perhaps inside a value */
} wss_scanner_t;

/* What a handshake has to remember between two reads. */
typedef struct wss_handshake {
    wss_scanner_t scan;
    uint16_t flags;            /* of the semantics */
    uint32_t protocols;        /* of config->protocols, those offered */
    uint32_t word_match;       /* candidates for what is being read */
    uint16_t seen;             /* fields that came, by wss_field_t */
    uint16_t position;         /* within the name, token or value being matched */
    uint16_t number;           /* being read; of a response: its status */
    uint8_t field;             /* wss_field_t being read */
    uint8_t step;              /* of a small automaton within a value */
    uint8_t rejection;         /* of any request: the first found, by wss_rejection_t + 1 */
    uint8_t upgrade_rejection; /* of an upgrade request only */
    union {
        char key[WSS_KEY_LENGTH];       /* server: what came */
        char accept[WSS_ACCEPT_LENGTH]; /* client: what is to come */
    };
} wss_handshake_t;

/* What a response without an upgrade still has to send. */
typedef struct wss_response {
    const uint8_t *body;
    wss_body_t read;
    void *read_context;
    wss_length_t offset;
    wss_length_t length;
} wss_response_t;

/* What the frames of an open connection have to remember between two reads. */
typedef struct wss_frames {
    wss_length_t left;      /* payload of the frame that is still to come */
    wss_length_t message;   /* payload of the message so far */
    wss_length_t offset;    /* bytes of frames read */
    wss_length_t send_left; /* of the streamed frame */
    uint32_t collected;     /* bytes in the connection's buffer */
    uint32_t wanted;        /* room that a refused send needs; 0: none was refused */
    uint8_t header[14];     /* part of a header that a read cut */
    uint8_t header_length;
    uint8_t flags;
    uint8_t mask[4]; /* rotated to the next byte of payload */
    uint8_t send_mask[4];
    wss_slot_t control; /* the control payload being received */
    wss_slot_t pong;    /* the Pong that waits for room */
    wss_slot_t kept;    /* the Close reason that waits for its turn */
    uint8_t opcode;     /* of the frame being received */
    uint8_t type;       /* of the message being received */
    uint8_t utf8;       /* automaton's state, receiving */
    uint8_t send_utf8;  /* and sending */
    uint8_t receiving;  /* state of the message machine, receiver */
    uint8_t sending;    /* state of the message machine, sender */
} wss_frames_t;

/* Deadlines that run at the same time; handshake, close, flush and linger share one. */
enum { WSS_CLOCK_PHASE, WSS_CLOCK_IDLE, WSS_CLOCK_PING, WSS_CLOCK_PONG, WSS_CLOCKS };

struct wss_conn {
    wss_loop_t *loop;
    wss_stream_t *stream;
    void *user;
    uint8_t *buffer; /* for whole messages, or NULL */
    uint32_t buffer_size;
#if WSS_CFG_CLIENT
    union {
        const wss_target_t *target; /* until the opening handshake is done, */
        const char *agreed;         /* then the subprotocol, or NULL */
    };
    struct wss_session *session; /* that it serves, or NULL */
#endif
    union {
        wss_handshake_t handshake; /* until a response's head is sent, or frames begin */
        wss_response_t response;   /* state responding, from then on */
        wss_frames_t frames;       /* from open on */
    } u;
    uint32_t since[WSS_CLOCKS]; /* when each armed timer began */
    uint32_t deadline;          /* when the connection wants a look at its timers */
    wss_slot_t heap_position;   /* of this connection in the loop's heap; WSS_NO_SLOT: no look */
    wss_slot_t heap_member;     /* the heap's array: which connection stands here */
    wss_slot_t next_run;        /* in the run list */
    wss_slot_t next_free;       /* in the list of free slots */
    uint16_t life;              /* changes with each connection in this slot */
    uint16_t sent_code;
    uint16_t peer_code;
    uint32_t flags;
    uint8_t state; /* these three are written by the stepping function alone */
    uint8_t input; /* what the state says of input, */
    uint8_t allow; /* and of operations */
    uint8_t reason;
    uint8_t armed;      /* timers, by wss_timer_t */
    uint8_t protocol;   /* index + 1 of the list: config->protocols, or the target's */
    uint8_t path;       /* index + 1 of config->paths */
    uint8_t short_most; /* longest payload that is read in one go */
};

struct wss_loop {
    const wss_config_t *config;
    const char *error;
    uint32_t now; /* the HAL's clock when this turn, or the last call from outside, began */
    uint32_t timeout[WSS_TIMER_COUNT];
    uint32_t max_conns;
    wss_length_t max_message;
    uintptr_t task;      /* that steps the loop, where the HAL can tell */
    const void *event;   /* what the event being stepped carries */
    wss_conn_t *current; /* the connection whose turn it is */
#if WSS_CFG_TX_BUFFER
    wss_conn_t *tx_owner; /* whose bytes gather in config->tx_buffer, or NULL */
    uint32_t tx_used;
    uint32_t tx_left; /* bytes that the owner may still put there */
#endif
#if WSS_CFG_CLIENT
    struct wss_session *sessions;                  /* list */
    const struct wss_session_calls *session_calls; /* set by the first of them */
#endif
    wss_slot_t heap_size;
    wss_slot_t free_conns;    /* list */
    wss_slot_t free_controls; /* list */
    wss_slot_t run_first;     /* connections with work although no stream says so */
    wss_slot_t run_last;
    wss_slot_t count;  /* connections that are not idle */
    wss_slot_t served; /* of these, the ones within max_conns */
    uint8_t flags;
    uint8_t traits;
};

#ifdef __cplusplus
}
#endif
#endif
