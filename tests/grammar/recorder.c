/* SPDX-License-Identifier: MIT */
/*
 * The HTTP scanner under a test's hand: hooks that write down what they are called with, and
 * stop the scanner where the test says so. What a head means is not known here.
 *
 * The record is a list of entries: the kind, the length in two bytes (least first), the bytes.
 * Pieces of one kind in a row are one entry, as their number depends on the cut.
 */
#include <string.h>

#include "wss_chars.h"
#include "wss_scan.h"

/* tests/grammar/scanner.py has the same list. */
typedef enum kind {
    NOTHING,
    METHOD,
    METHOD_END,
    AUTHORITY,
    PATH,
    PATH_END,
    QUERY,
    QUERY_END,
    NO_PATH,
    MAJOR,
    MINOR,
    VERSION,
    STATUS,
    NAME,
    NAME_END,
    VALUE,
    FIELD_END,
    FOLD
} kind_t;

enum { RECORD_SIZE = 1 << 18, ENTRY_HEAD = 3, PIECE_SIZE = 1 << 17 };

static wss_conn_t scanned;
static bool of_response;
static uint8_t record[RECORD_SIZE];
static uint32_t record_length;
static uint32_t last_entry; /* where it begins */
static kind_t stop_kind;    /* the hook that returns false */
static uint32_t stop_field; /* once so many fields have ended */
static uint32_t fields;

/* ----------------------------------------------------------------------- hooks */

static void begin_entry(kind_t kind)
{
    last_entry = record_length;
    record[record_length++] = (uint8_t)kind;
    record[record_length++] = 0;
    record[record_length++] = 0;
}

static void extend_entry(const uint8_t *bytes, uint32_t length)
{
    memcpy(record + record_length, bytes, length);
    record_length += length;
    uint32_t all = record_length - last_entry - ENTRY_HEAD;
    record[last_entry + 1] = (uint8_t)all;
    record[last_entry + 2] = (uint8_t)(all >> 8);
}

static bool note(kind_t kind, const uint8_t *bytes, uint32_t length)
{
    bool goes_on = record_length > 0 && record[last_entry] == kind;
    if (kind == stop_kind && fields == stop_field)
        return false;
    if (!goes_on)
        begin_entry(kind);
    extend_entry(bytes, length);
    return true;
}

static bool mark(kind_t kind)
{
    if (kind == stop_kind && fields == stop_field)
        return false;
    begin_entry(kind);
    return true;
}

bool wss_request_method(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    (void)conn;
    return note(METHOD, bytes, length);
}

void wss_request_method_end(wss_conn_t *conn)
{
    (void)conn;
    (void)mark(METHOD_END);
}

bool wss_request_authority(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    (void)conn;
    return note(AUTHORITY, bytes, length);
}

bool wss_request_path(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    (void)conn;
    return note(PATH, bytes, length);
}

bool wss_request_path_end(wss_conn_t *conn)
{
    (void)conn;
    return mark(PATH_END);
}

bool wss_request_query(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    (void)conn;
    return note(QUERY, bytes, length);
}

bool wss_request_query_end(wss_conn_t *conn)
{
    (void)conn;
    return mark(QUERY_END);
}

void wss_request_no_path(wss_conn_t *conn)
{
    (void)conn;
    (void)mark(NO_PATH);
}

void wss_request_major(wss_conn_t *conn, uint8_t digit)
{
    (void)conn;
    (void)note(MAJOR, &digit, 1);
}

void wss_request_minor(wss_conn_t *conn, uint8_t digit)
{
    (void)conn;
    (void)note(MINOR, &digit, 1);
}

bool wss_request_name(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    (void)conn;
    return note(NAME, bytes, length);
}

#if !WSS_CFG_SMALL
bool wss_request_last_name(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    (void)conn;
    return note(NAME, bytes, length) && mark(NAME_END);
}
#endif

void wss_request_name_end(wss_conn_t *conn)
{
    (void)conn;
    (void)mark(NAME_END);
}

bool wss_request_value(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    (void)conn;
    return note(VALUE, bytes, length);
}

bool wss_request_field_end(wss_conn_t *conn)
{
    (void)conn;
    if (!mark(FIELD_END))
        return false;
    fields++;
    return true;
}

void wss_response_version(wss_conn_t *conn, uint8_t digit)
{
    (void)conn;
    (void)note(VERSION, &digit, 1);
}

void wss_response_status(wss_conn_t *conn, uint8_t digit)
{
    (void)conn;
    (void)note(STATUS, &digit, 1);
}

bool wss_response_name(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    return wss_request_name(conn, bytes, length);
}

#if !WSS_CFG_SMALL
bool wss_response_last_name(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    return wss_request_last_name(conn, bytes, length);
}
#endif

void wss_response_name_end(wss_conn_t *conn)
{
    wss_request_name_end(conn);
}

bool wss_response_value(wss_conn_t *conn, const uint8_t *bytes, uint32_t length)
{
    return wss_request_value(conn, bytes, length);
}

bool wss_response_field_end(wss_conn_t *conn)
{
    return wss_request_field_end(conn);
}

bool wss_response_fold(wss_conn_t *conn)
{
    (void)conn;
    return mark(FOLD);
}

/* -------------------------------------------------------------- for the test */

void grammar_begin(bool response, uint16_t line, uint16_t head, uint16_t most_fields, int stop,
                   uint32_t at_field)
{
    const wss_scan_limits_t limits = {.line = line, .head = head, .fields = most_fields};
    of_response = response;
    stop_kind = (kind_t)stop;
    stop_field = at_field;
    record_length = last_entry = fields = 0;
    if (response)
        wss_scan_response_begin(&scanned.u.handshake.scan, &limits);
    else
        wss_scan_request_begin(&scanned.u.handshake.scan, &limits);
}

/* What follows a piece must not matter. */
static wss_scan_t scan_piece(const uint8_t *bytes, uint32_t length, uint32_t *taken)
{
    static uint8_t piece[PIECE_SIZE];
    static const uint8_t beyond[] = "::::::::";
    if (length > 0)
        memcpy(piece, bytes, length);
    memcpy(piece + length, beyond, sizeof beyond);
    return of_response ? wss_scan_response(&scanned, piece, length, taken)
                       : wss_scan_request(&scanned, piece, length, taken);
}

/* Feeds at most 65,536 bytes, in one piece if `step` is 0, else in pieces of so many. `*taken`
 * becomes how many were read. Returns a wss_scan_t; -1: bytes were left although the head goes
 * on. */
int grammar_feed(const uint8_t *bytes, uint32_t length, uint32_t step, uint32_t *taken)
{
    wss_scan_t result = WSS_SCAN_MORE;
    *taken = 0;
    while (*taken < length && result == WSS_SCAN_MORE) {
        uint32_t part = step == 0 || step > length - *taken ? length - *taken : step;
        uint32_t now = 0;
        result = scan_piece(bytes + *taken, part, &now);
        *taken += now;
        if (result == WSS_SCAN_MORE && now != part)
            return -1;
    }
    return (int)result;
}

unsigned grammar_state(void)
{
    return scanned.u.handshake.scan.state;
}

const uint8_t *grammar_record(uint32_t *length)
{
    *length = record_length;
    return record;
}

/* The bytes of a class of wss_chars.h, one bit of `classes` set; text where it is 0: 256 flags. */
void grammar_class(unsigned classes, uint8_t *members)
{
    for (unsigned byte = 0; byte < 256; byte++) {
        const uint8_t one = (uint8_t)byte;
        const uint8_t *end =
            classes != 0 ? wss_skip_class(&one, &one + 1, classes) : wss_skip_text(&one, &one + 1);
        members[byte] = end != &one;
    }
}
