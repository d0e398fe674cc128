/* SPDX-License-Identifier: MIT */
/*
 * The HTTP scanner (generated from spec/http_upgrade.rl) and the hooks that it calls.
 * The scanner knows syntax, the hooks know meaning; neither stores a byte.
 *
 * Pieces are partial: a method, path, query, name or value comes in as many as the
 * reads make of it. A value comes without the blanks around it; a tab inside one comes
 * as a space, so does a folded line of a response.
 *
 * A hook that returns false has lost its connection: nothing of it is touched again.
 */
#ifndef WSS_SCAN_H
#define WSS_SCAN_H

#include "wss/wss.h"

typedef enum wss_scan {
    WSS_SCAN_MORE,            /* all bytes were read; the head goes on */
    WSS_SCAN_COMPLETE,        /* the head ended within the bytes */
    WSS_SCAN_STOPPED,         /* a hook returned false */
    WSS_SCAN_MALFORMED,       /* RFC 9112, 2.2: not a message head */
    WSS_SCAN_NO_VERSION,      /* a request of HTTP/0.9 */
    WSS_SCAN_LINE_TOO_LONG,   /* the start line is over its limit */
    WSS_SCAN_FIELDS_TOO_LARGE /* the head or the number of its fields is */
} wss_scan_t;

/* wss_scanner_t.flags */
enum { WSS_SCAN_IN_START_LINE = 1u << 0, WSS_SCAN_IN_FIELD = 1u << 1 };

/* What a head may have: bytes of its first line (with the line's end) and in all, and
 * fields. */
typedef struct wss_scan_limits {
    uint16_t line;
    uint16_t head;
    uint16_t fields;
} wss_scan_limits_t;

typedef bool wss_scan_piece_t(wss_conn_t *conn, const uint8_t *bytes, uint32_t length);

/* Prepares for a head, reads a part of one. `*taken` becomes how many bytes were read:
 * with WSS_SCAN_COMPLETE those up to the end of the head; meaningless after a failure. */
void wss_scan_request_begin(wss_scanner_t *scan, const wss_scan_limits_t *limits);
wss_scan_t wss_scan_request(wss_conn_t *conn, const uint8_t *bytes, uint32_t length,
                            uint32_t *taken);

void wss_scan_response_begin(wss_scanner_t *scan, const wss_scan_limits_t *limits);

/* The same for a head that follows another within its limits. */
void wss_scan_response_next(wss_scanner_t *scan);

wss_scan_t wss_scan_response(wss_conn_t *conn, const uint8_t *bytes, uint32_t length,
                             uint32_t *taken);

/* ---------------------------------------------------- hooks of a request */

wss_scan_piece_t wss_request_method;
wss_scan_piece_t wss_request_authority; /* of a target in absolute form */
wss_scan_piece_t wss_request_path;
wss_scan_piece_t wss_request_query;
wss_scan_piece_t wss_request_value;

/* The method is complete. */
void wss_request_method_end(wss_conn_t *conn);

/* The path is complete (it had no character: "/"), the query is: both for any target in
 * origin or absolute form. */
bool wss_request_path_end(wss_conn_t *conn);
bool wss_request_query_end(wss_conn_t *conn);

/* A target in authority or asterisk form. */
void wss_request_no_path(wss_conn_t *conn);

/* The digits of the HTTP version. */
void wss_request_major(wss_conn_t *conn, uint8_t digit);
void wss_request_minor(wss_conn_t *conn, uint8_t digit);

/* The name is complete; the field is. */
wss_scan_piece_t wss_request_name;
void wss_request_name_end(wss_conn_t *conn);
bool wss_request_field_end(wss_conn_t *conn);

#if !WSS_CFG_SMALL
/* In place of the last of a name's pieces, where that says so, and its end. */
wss_scan_piece_t wss_request_last_name;
#endif

/* --------------------------------------------------- hooks of a response */

/* The digits of the HTTP version and of the status, one by one. */
void wss_response_version(wss_conn_t *conn, uint8_t digit);
void wss_response_status(wss_conn_t *conn, uint8_t digit);

wss_scan_piece_t wss_response_name;
wss_scan_piece_t wss_response_value;

/* The name is complete; the field is. */
void wss_response_name_end(wss_conn_t *conn);
bool wss_response_field_end(wss_conn_t *conn);

#if !WSS_CFG_SMALL
/* In place of the last of a name's pieces, where that says so, and its end. */
wss_scan_piece_t wss_response_last_name;
#endif

/* The value goes on in the next line (obs-fold). False: not in this field. */
bool wss_response_fold(wss_conn_t *conn);

#endif
