/* SPDX-License-Identifier: MIT */
/*
 * One connection of the engine in the simulator, for tests/model/engine.py, which reads these
 * declarations as they are. What happens is noted in lines of text.
 */

/* What is drawn before the start. */
typedef struct engine_setup {
    bool client;
    bool layered; /* streams have an upper layer, which engine_layer() raises */
    bool whole;   /* messages come whole */
    bool gathers; /* the loop has a tx buffer */
    bool alone;   /* the HAL numbers no tasks: short messages take the straight way */
    uint32_t now;
    uint32_t timeouts[7]; /* in the order of the specification */
} engine_setup_t;

/* What an application does in a callback: once. */
typedef enum engine_deed {
    ENGINE_NOTHING,
    ENGINE_ABORT,
    ENGINE_CLOSE,
    ENGINE_SEND,
    ENGINE_ACCEPT,
    ENGINE_REPLY
} engine_deed_t;

void engine_start(const engine_setup_t *setup);

/* One step of the loop, without waiting; the peer reads what has come. */
void engine_step(void);
void engine_advance(uint32_t milliseconds);

/* The lines since the last call. */
const char *engine_lines(void);

/* The bytes that the peer has read since the last call; how our side has ended for it: 0: not
 * yet, 1: by an end of stream, 2: by a reset. */
const uint8_t *engine_wire(uint32_t *length);
int engine_end(void);

/* As in the specification; of a free slot "idle". */
const char *engine_state(void);
const char *engine_message_state(bool receiver);
const char *engine_reason(void);
uint32_t engine_left(unsigned timer);

/* How often the port's contract was broken. */
uint32_t engine_faults(void);

/* ------------------------------------------------------------------------- the peer */

/* Server: the peer connects. Client: whether calls are answered (0), refused (1), or neither. */
void engine_peer_connect(void);
void engine_dialled(int how);
void engine_layer(bool up);
void engine_peer_send(const uint8_t *bytes, uint32_t length);
void engine_peer_finish(void);
void engine_peer_reset(void);

/* How many bytes the peer takes in until it is told again. */
void engine_peer_takes(uint32_t bytes);

/* ------------------------------------------------------------------ the application */

/* Results of the engine. */
int engine_connect(void);
int engine_accept(void);
int engine_reply(uint32_t body_length);
int engine_send(int type, const uint8_t *bytes, uint32_t length, bool more);
int engine_send_begin(int type, uint32_t length, bool more);
int engine_send_stream(const uint8_t *bytes, uint32_t length, uint32_t *taken);
int engine_ping(const uint8_t *bytes, uint32_t length);
int engine_pong(const uint8_t *bytes, uint32_t length);
int engine_close(uint16_t code, const char *reason);
int engine_abort(void);
void engine_resume(void);

/* What callbacks that have a result answer from now on, and what the next of any does. */
void engine_answer(int result);
void engine_deed(engine_deed_t deed);
