/* SPDX-License-Identifier: MIT */
/*
 * The small automata that read the values of a request's fields, piece by piece. They
 * know one syntax each and nothing of the connection; wss_request.c knows the rest.
 */
#ifndef WSS_HANDSHAKE_H
#define WSS_HANDSHAKE_H

#include "wss_chars.h"
#include "wss_tables.h"
#include "wss/wss.h"

/* Up to 32 strings to compare with; candidates are a bit mask of them. */
typedef struct wss_words {
    const char *const *words;
    uint8_t count;
    bool fold; /* without regard to case */
} wss_words_t;

/* wss_handshake_t.flags */
enum {
    WSS_SHAKE_BEGUN = 1u << 0,     /* a byte of the request was read */
    WSS_SHAKE_TELL_HEAD = 1u << 1, /* the application wants the head's pieces */
    WSS_SHAKE_HEAD_METHOD = 1u << 2,
    WSS_SHAKE_AUTHORITY = 1u << 3,  /* the target is in absolute form */
    WSS_SHAKE_CONNECTION = 1u << 4, /* Connection has "upgrade" */
    WSS_SHAKE_UPGRADE = 1u << 5,    /* Upgrade has "websocket" */
    WSS_SHAKE_SPOILED = 1u << 6     /* a response must not complete the handshake */
};

/* Candidates before the first piece: bits beyond a set stand for nothing. */
#define WSS_WORDS_ALL UINT32_MAX

/* A fault of any request, or of an upgrade request alone: the first one stays. */
static inline void wss_shake_reject(wss_handshake_t *h, wss_rejection_t rejection)
{
    if (h->rejection == 0)
        h->rejection = (uint8_t)(rejection + 1);
}

static inline void wss_shake_reject_upgrade(wss_handshake_t *h, wss_rejection_t rejection)
{
    if (h->upgrade_rejection == 0)
        h->upgrade_rejection = (uint8_t)(rejection + 1);
}

/* ------------------------------------------------------------ wss_values.c */

/* A field's name is complete; a piece of its value; its end. */
void wss_value_begin(wss_conn_t *conn);
void wss_value_read(wss_conn_t *conn, const uint8_t *bytes, uint32_t length);
void wss_value_end(wss_conn_t *conn);

/* ------------------------------------------------------------- wss_words.c */

/* A part of the request line, a name or a value begins: each of the automata below does so
 * at step 0. */
void wss_shake_begin(wss_handshake_t *h);

/* Of what is being read: a piece, and the words that it is at its end. */
void wss_words_read(wss_handshake_t *h, const wss_words_t *set, const uint8_t *bytes,
                    uint32_t length);
uint32_t wss_words_found(const wss_handshake_t *h, const wss_words_t *set);

/* The first of the words found: its index + 1; 0: none. */
uint8_t wss_words_first(uint32_t found);

/* ------------------------------------------------------------ wss_fields.c */

/* The field of a name, or WSS_FIELD_UNKNOWN. */
uint8_t wss_field_of(const char *name);

/* Follows a name in pieces; at its end `h->field` becomes the field or WSS_FIELD_UNKNOWN. */
void wss_field_read(wss_handshake_t *h, const uint8_t *bytes, uint32_t length);
void wss_field_end(wss_handshake_t *h);

/* Both in one: for a last piece whose end the same read has brought. */
#if !WSS_CFG_SMALL
void wss_field_read_last(wss_handshake_t *h, const uint8_t *bytes, uint32_t length);
#endif

/* wss_handshake_t.step: what the automata below say of what they have read. */
enum {
    WSS_STEP_WHOLE = 0x40,    /* it may end here */
    WSS_STEP_MALFORMED = 0x80 /* it is wrong, whatever comes */
};

/* A row of an automaton: in `step`, a character that fits leads on (wss_char_fits()). */
typedef struct wss_step {
    uint8_t step, fits, next;
} wss_step_t;

/* The step after a character; WSS_STEP_MALFORMED, which ends the rows, where none leads on. */
uint8_t wss_step_after(const wss_step_t *rows, uint8_t step, uint8_t c);

/* ------------------------------------------------------------ wss_tokens.c */

/* Reads a list of tokens (RFC 9110, 5.6.1 and 5.6.2), which ends with a comma more. Returns
 * the words of `set`, none of which is empty, that were elements of it and ended in this
 * piece. An element that is no token matches nothing; after that comma the step is
 * 0 if all elements were tokens. */
uint32_t wss_tokens_read(wss_handshake_t *h, const wss_words_t *set, const uint8_t *bytes,
                         uint32_t length);

/* The same of a byte that parts tokens, or follows one after a blank. */
uint32_t wss_tokens_part(wss_handshake_t *h, const wss_words_t *set, uint8_t c);

/* --------------------------------------------------------- wss_authority.c */

/* Checks uri-host [ ":" port ] (RFC 9110, 7.2; RFC 3986, 3.2.2). */
void wss_authority_read(wss_handshake_t *h, const uint8_t *bytes, uint32_t length);

static inline bool wss_authority_end(const wss_handshake_t *h)
{
    return (h->step & WSS_STEP_WHOLE) != 0;
}

/* -------------------------------------------------------- wss_extensions.c */

/* Checks a list of extensions (RFC 6455, 9.1), which ends with a comma more: then the step
 * is 0 if it was right. */
void wss_extensions_read(wss_handshake_t *h, const uint8_t *bytes, uint32_t length);

#endif
