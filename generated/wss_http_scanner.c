/* SPDX-License-Identifier: MIT */
/*
 * The HTTP scanner, twice: small, a loop over rows; and fast, as Ragel renders it, a state
 * per label, a goto per transition.
 *
 * Generated from spec/http_upgrade.rl and the classes of runtime/wss_chars.c (SHA-256 begins
 * 3ebddf04ed1f2c4b): do not edit.
 * To regenerate: python3 -m generator
 */
#include "wss/wss_config.h"

#if WSS_CFG_SMALL

/* SPDX-License-Identifier: MIT */
/*
 * The syntax of HTTP/1.1 message heads: the request that asks for an upgrade and the
 * response to it. Rules carry the names of RFC 9112, 9110 and 3986. What a head means
 * is not known here: every action marks a place or hands a piece to one hook of
 * runtime/wss_scan.h.
 *
 * A head may be cut anywhere. Nothing points into bytes that are gone: a piece ends
 * where the bytes end, and the next one goes on from there.
 *
 * To regenerate: scripts/regen
 */
#include "wss_scan.h"

#include "wss_chars.h"

/* Hands over the blanks that turned out to stand inside a value. */
static bool put_blanks(wss_conn_t *conn, wss_scan_piece_t *hook)
{
    wss_scanner_t *scan = &conn->u.handshake.scan;
    static const uint8_t spaces[] = "                ";
    while (scan->blanks > 0) {
        uint16_t most = sizeof spaces - 1;
        uint16_t count = scan->blanks < most ? scan->blanks : most;
        scan->blanks = (uint16_t)(scan->blanks - count);
        if (!hook(conn, spaces, count))
            return false;
    }
    return true;
}

/* Reads a run of a value. Blanks at its end wait: they may end the value. Returns the
 * last byte of the run; NULL: the hook stopped. */
static inline const uint8_t *value_run(wss_conn_t *conn, const uint8_t *p, const uint8_t *end,
                                       wss_scan_piece_t *hook)
{
    if (!put_blanks(conn, hook))
        return NULL;
    const uint8_t *stop = wss_skip_text(p, end);
    const uint8_t *last = stop;
    while (last[-1] == ' ')
        last--;
    conn->u.handshake.scan.blanks = (uint16_t)(stop - last);
    return hook(conn, p, (uint32_t)(last - p)) ? stop - 1 : NULL;
}

#if WSS_CFG_SERVER || WSS_CFG_SMALL
/* Reads a run of characters of a class. Returns as value_run(). */
static inline const uint8_t *class_run(wss_conn_t *conn, unsigned class, const uint8_t *p,
                                       const uint8_t *end, wss_scan_piece_t *hook)
{
    const uint8_t *stop = wss_skip_class(p, end, class);
    return hook(conn, p, (uint32_t)(stop - p)) ? stop - 1 : NULL;
}
#endif

#if !WSS_CFG_SMALL
/* The same of a name, which is complete where the bytes do not end. */
static inline const uint8_t *name_run(wss_conn_t *conn, const uint8_t *p, const uint8_t *end,
                                      wss_scan_piece_t *hook, wss_scan_piece_t *last)
{
    const uint8_t *stop = wss_skip_class(p, end, WSS_CHAR_TOKEN);
    bool goes_on = stop == end ? hook(conn, p, (uint32_t)(stop - p))
                               : last(conn, p, (uint32_t)(stop - p));
    return goes_on ? stop - 1 : NULL;
}
#endif

/* How many of `length` bytes may still be read. */
static uint32_t allowance(const wss_scanner_t *scan, uint32_t length)
{
    return length < scan->left ? length : scan->left;
}

static wss_scan_t overrun(const wss_scanner_t *scan)
{
    return (scan->flags & WSS_SCAN_IN_START_LINE) != 0 ? WSS_SCAN_LINE_TOO_LONG
                                                       : WSS_SCAN_FIELDS_TOO_LARGE;
}



#if WSS_CFG_SERVER
/* The start line keeps to its limit. */
static void line_end(wss_scanner_t *scan)
{
    scan->left = (uint16_t)(scan->left + scan->spare);
    scan->flags = 0;
}

static const uint8_t *request_name(wss_conn_t *conn, const uint8_t *p, const uint8_t *end)
{
#if WSS_CFG_SMALL
    return class_run(conn, WSS_CHAR_TOKEN, p, end, wss_request_name);
#else
    return name_run(conn, p, end, wss_request_name, wss_request_last_name);
#endif
}

enum { http_request_start = 1, http_request_first_final = 34, http_request_error = 0 };

/* By state, the first of its rows; then their number. */
static const uint8_t http_request_first[] = {
    0, 0, 2, 3, 5, 11,
    13, 14, 15, 16, 17, 18,
    19, 20, 21, 22, 23, 25,
    26, 28, 32, 33, 37, 41,
    44, 48, 52, 56, 61, 64,
    65, 66, 71, 74, 78, 78,
};

static const struct {
    uint8_t fits, next, action;
} http_request_rows[] = {
    {13, 2, 0}, {0, 3, 1}, {10, 1, 0}, {32, 4, 2}, {0, 3, 1}, {'/', 22, 3},
    {'H', 24, 0}, {'h', 24, 0}, {'W', 33, 0}, {'w', 33, 0}, {6, 5, 0}, {32, 6, 4},
    {6, 5, 0}, {'H', 7, 0}, {'T', 8, 0}, {'T', 9, 0}, {'P', 10, 0}, {'/', 11, 0},
    {5, 12, 5}, {'.', 13, 0}, {5, 14, 6}, {13, 15, 0}, {10, 16, 7}, {13, 17, 0},
    {0, 18, 8}, {10, 34, 9}, {':', 19, 11}, {0, 18, 10}, {13, 20, 0}, {9, 19, 0},
    {32, 19, 0}, {7, 21, 12}, {10, 16, 13}, {13, 20, 0}, {9, 21, 14}, {32, 21, 14},
    {7, 21, 12}, {13, 16, 15}, {32, 6, 16}, {'?', 23, 17}, {1, 22, 3}, {13, 16, 15},
    {32, 6, 18}, {2, 23, 19}, {32, 6, 4}, {'T', 25, 0}, {'t', 25, 0}, {6, 5, 0},
    {32, 6, 4}, {'T', 26, 0}, {'t', 26, 0}, {6, 5, 0}, {32, 6, 4}, {'P', 27, 0},
    {'p', 27, 0}, {6, 5, 0}, {32, 6, 4}, {':', 28, 0}, {'S', 32, 0}, {'s', 32, 0},
    {6, 5, 0}, {32, 6, 4}, {'/', 29, 0}, {6, 5, 0}, {'/', 30, 0}, {6, 31, 20},
    {13, 16, 15}, {32, 6, 16}, {'/', 22, 3}, {'?', 23, 17}, {6, 31, 20}, {32, 6, 4},
    {':', 28, 0}, {6, 5, 0}, {32, 6, 4}, {'S', 27, 0}, {'s', 27, 0}, {6, 5, 0},
};

void wss_scan_request_begin(wss_scanner_t *scan, const wss_scan_limits_t *limits)
{
    uint32_t line = limits->line < limits->head ? limits->line : limits->head;
    *scan = (wss_scanner_t){.state = http_request_start,
                            .flags = WSS_SCAN_IN_START_LINE,
                            .left = (uint16_t)line,
                            .spare = (uint16_t)(limits->head - line),
                            .fields_left = limits->fields};
}

wss_scan_t wss_scan_request(wss_conn_t *conn, const uint8_t *bytes, uint32_t length,
                            uint32_t *taken)
{
    wss_scanner_t *scan = &conn->u.handshake.scan;
    const uint8_t *p = bytes;
    const uint8_t *pe = bytes + allowance(scan, length);
    int cs = scan->state;
    for (; p != pe; p++) {
        unsigned row = http_request_first[cs];
        const unsigned stop = http_request_first[cs + 1];
        while (row != stop && !wss_char_fits(*p, http_request_rows[row].fits))
            row++;
        if (row == stop) {
            cs = http_request_error;
            break;
        }
        cs = http_request_rows[row].next;
        switch (http_request_rows[row].action) {
        case 1:
            if ((p = class_run(conn, WSS_CHAR_TOKEN, p, pe, wss_request_method)) == NULL) return WSS_SCAN_STOPPED;
            break;
        case 2:
            wss_request_method_end(conn);
            break;
        case 3:
            if ((p = class_run(conn, WSS_CHAR_PATH, p, pe, wss_request_path)) == NULL) return WSS_SCAN_STOPPED;
            break;
        case 4:
            wss_request_no_path(conn);
            break;
        case 5:
            wss_request_major(conn, *p);
            break;
        case 6:
            wss_request_minor(conn, *p);
            break;
        case 7:
            line_end(scan); pe = bytes + allowance(scan, length);
            break;
        case 8:
            if (scan->fields_left-- == 0) return WSS_SCAN_FIELDS_TOO_LARGE;
            if ((p = request_name(conn, p, pe)) == NULL) return WSS_SCAN_STOPPED;
            break;
        case 9:
            pe = p + 1;
            break;
        case 10:
            if ((p = request_name(conn, p, pe)) == NULL) return WSS_SCAN_STOPPED;
            break;
        case 11:
            scan->blanks = 0; if (WSS_CFG_SMALL || p == bytes) wss_request_name_end(conn);
            break;
        case 12:
            if ((p = value_run(conn, p, pe, wss_request_value)) == NULL) return WSS_SCAN_STOPPED;
            break;
        case 13:
            if (!wss_request_field_end(conn)) return WSS_SCAN_STOPPED;
            break;
        case 14:
            scan->blanks++;
            break;
        case 15:
            return WSS_SCAN_NO_VERSION;
            break;
        case 16:
            if (!wss_request_path_end(conn)) return WSS_SCAN_STOPPED;
            if (!wss_request_query_end(conn)) return WSS_SCAN_STOPPED;
            break;
        case 17:
            if (!wss_request_path_end(conn)) return WSS_SCAN_STOPPED;
            break;
        case 18:
            if (!wss_request_query_end(conn)) return WSS_SCAN_STOPPED;
            break;
        case 19:
            if ((p = class_run(conn, WSS_CHAR_QUERY, p, pe, wss_request_query)) == NULL) return WSS_SCAN_STOPPED;
            break;
        case 20:
            if ((p = class_run(conn, WSS_CHAR_AUTHORITY, p, pe, wss_request_authority)) == NULL) return WSS_SCAN_STOPPED;
            break;
        default: break;
        }
    }
    scan->state = (uint8_t)cs;
    *taken = (uint32_t)(p - bytes);
    scan->left = (uint16_t)(scan->left - *taken);
    if (cs == http_request_error)
        return WSS_SCAN_MALFORMED;
    if (cs >= http_request_first_final)
        return WSS_SCAN_COMPLETE;
    return *taken == length ? WSS_SCAN_MORE : overrun(scan);
}
#endif

#if WSS_CFG_CLIENT
/* The field that ended with the last line, unless this line continues it. */
static bool end_field(wss_conn_t *conn)
{
    wss_scanner_t *scan = &conn->u.handshake.scan;
    if ((scan->flags & WSS_SCAN_IN_FIELD) == 0)
        return true;
    scan->flags = 0;
    return wss_response_field_end(conn);
}

static const uint8_t *response_name(wss_conn_t *conn, const uint8_t *p, const uint8_t *end)
{
#if WSS_CFG_SMALL
    return class_run(conn, WSS_CHAR_TOKEN, p, end, wss_response_name);
#else
    return name_run(conn, p, end, wss_response_name, wss_response_last_name);
#endif
}

enum { http_response_start = 1, http_response_first_final = 25, http_response_error = 0 };

/* By state, the first of its rows; then their number. */
static const uint8_t http_response_first[] = {
    0, 0, 1, 2, 3, 4,
    5, 6, 7, 8, 9, 18,
    19, 20, 22, 23, 25, 26,
    28, 32, 33, 37, 41, 42,
    46, 49, 49,
};

static const struct {
    uint8_t fits, next, action;
} http_response_rows[] = {
    {'H', 2, 0}, {'T', 3, 0}, {'T', 4, 0}, {'P', 5, 0}, {'/', 6, 0}, {5, 7, 1},
    {'.', 8, 0}, {5, 9, 1}, {32, 10, 0}, {'1', 11, 2}, {'2', 11, 2}, {'3', 11, 2},
    {'4', 11, 2}, {'5', 11, 2}, {'6', 11, 2}, {'7', 11, 2}, {'8', 11, 2}, {'9', 11, 2},
    {5, 12, 2}, {5, 13, 2}, {13, 14, 0}, {32, 24, 0}, {10, 15, 3}, {13, 16, 4},
    {0, 17, 5}, {10, 25, 6}, {':', 18, 8}, {0, 17, 7}, {13, 19, 0}, {9, 18, 0},
    {32, 18, 0}, {7, 21, 9}, {10, 20, 0}, {13, 16, 4}, {9, 18, 10}, {32, 18, 10},
    {0, 17, 5}, {13, 22, 0}, {9, 21, 11}, {32, 21, 11}, {7, 21, 9}, {10, 23, 0},
    {13, 16, 4}, {9, 21, 12}, {32, 21, 12}, {0, 17, 5}, {13, 14, 0}, {9, 24, 0},
    {7, 24, 0},
};

void wss_scan_response_begin(wss_scanner_t *scan, const wss_scan_limits_t *limits)
{
    *scan = (wss_scanner_t){.left = limits->head, .fields_left = limits->fields};
    wss_scan_response_next(scan);
}

void wss_scan_response_next(wss_scanner_t *scan)
{
    scan->state = http_response_start;
    scan->flags = WSS_SCAN_IN_START_LINE;
}

wss_scan_t wss_scan_response(wss_conn_t *conn, const uint8_t *bytes, uint32_t length,
                             uint32_t *taken)
{
    wss_scanner_t *scan = &conn->u.handshake.scan;
    const uint8_t *p = bytes;
    const uint8_t *pe = bytes + allowance(scan, length);
    int cs = scan->state;
    for (; p != pe; p++) {
        unsigned row = http_response_first[cs];
        const unsigned stop = http_response_first[cs + 1];
        while (row != stop && !wss_char_fits(*p, http_response_rows[row].fits))
            row++;
        if (row == stop) {
            cs = http_response_error;
            break;
        }
        cs = http_response_rows[row].next;
        switch (http_response_rows[row].action) {
        case 1:
            wss_response_version(conn, *p);
            break;
        case 2:
            wss_response_status(conn, *p);
            break;
        case 3:
            scan->flags = 0;
            break;
        case 4:
            if (!end_field(conn)) return WSS_SCAN_STOPPED;
            break;
        case 5:
            if (!end_field(conn)) return WSS_SCAN_STOPPED;
            if (scan->fields_left-- == 0) return WSS_SCAN_FIELDS_TOO_LARGE;
            if ((p = response_name(conn, p, pe)) == NULL) return WSS_SCAN_STOPPED;
            break;
        case 6:
            pe = p + 1;
            break;
        case 7:
            if ((p = response_name(conn, p, pe)) == NULL) return WSS_SCAN_STOPPED;
            break;
        case 8:
            scan->blanks = 0; scan->flags = WSS_SCAN_IN_FIELD; if (WSS_CFG_SMALL || p == bytes) wss_response_name_end(conn);
            break;
        case 9:
            if ((p = value_run(conn, p, pe, wss_response_value)) == NULL) return WSS_SCAN_STOPPED;
            break;
        case 10:
            if (!wss_response_fold(conn)) return WSS_SCAN_MALFORMED;
            break;
        case 11:
            scan->blanks++;
            break;
        case 12:
            if (!wss_response_fold(conn)) return WSS_SCAN_MALFORMED;
            scan->blanks++;
            break;
        default: break;
        }
    }
    scan->state = (uint8_t)cs;
    *taken = (uint32_t)(p - bytes);
    scan->left = (uint16_t)(scan->left - *taken);
    if (cs == http_response_error)
        return WSS_SCAN_MALFORMED;
    if (cs >= http_response_first_final)
        return WSS_SCAN_COMPLETE;
    return *taken == length ? WSS_SCAN_MORE : overrun(scan);
}
#endif

#else

/* SPDX-License-Identifier: MIT */
/*
 * The syntax of HTTP/1.1 message heads: the request that asks for an upgrade and the
 * response to it. Rules carry the names of RFC 9112, 9110 and 3986. What a head means
 * is not known here: every action marks a place or hands a piece to one hook of
 * runtime/wss_scan.h.
 *
 * A head may be cut anywhere. Nothing points into bytes that are gone: a piece ends
 * where the bytes end, and the next one goes on from there.
 *
 * To regenerate: scripts/regen
 */
#include "wss_scan.h"

#include "wss_chars.h"

/* Hands over the blanks that turned out to stand inside a value. */
static bool put_blanks(wss_conn_t *conn, wss_scan_piece_t *hook)
{
    wss_scanner_t *scan = &conn->u.handshake.scan;
    static const uint8_t spaces[] = "                ";
    while (scan->blanks > 0) {
        uint16_t most = sizeof spaces - 1;
        uint16_t count = scan->blanks < most ? scan->blanks : most;
        scan->blanks = (uint16_t)(scan->blanks - count);
        if (!hook(conn, spaces, count))
            return false;
    }
    return true;
}

/* Reads a run of a value. Blanks at its end wait: they may end the value. Returns the
 * last byte of the run; NULL: the hook stopped. */
static inline const uint8_t *value_run(wss_conn_t *conn, const uint8_t *p, const uint8_t *end,
                                       wss_scan_piece_t *hook)
{
    if (!put_blanks(conn, hook))
        return NULL;
    const uint8_t *stop = wss_skip_text(p, end);
    const uint8_t *last = stop;
    while (last[-1] == ' ')
        last--;
    conn->u.handshake.scan.blanks = (uint16_t)(stop - last);
    return hook(conn, p, (uint32_t)(last - p)) ? stop - 1 : NULL;
}

#if WSS_CFG_SERVER || WSS_CFG_SMALL
/* Reads a run of characters of a class. Returns as value_run(). */
static inline const uint8_t *class_run(wss_conn_t *conn, unsigned class, const uint8_t *p,
                                       const uint8_t *end, wss_scan_piece_t *hook)
{
    const uint8_t *stop = wss_skip_class(p, end, class);
    return hook(conn, p, (uint32_t)(stop - p)) ? stop - 1 : NULL;
}
#endif

#if !WSS_CFG_SMALL
/* The same of a name, which is complete where the bytes do not end. */
static inline const uint8_t *name_run(wss_conn_t *conn, const uint8_t *p, const uint8_t *end,
                                      wss_scan_piece_t *hook, wss_scan_piece_t *last)
{
    const uint8_t *stop = wss_skip_class(p, end, WSS_CHAR_TOKEN);
    bool goes_on = stop == end ? hook(conn, p, (uint32_t)(stop - p))
                               : last(conn, p, (uint32_t)(stop - p));
    return goes_on ? stop - 1 : NULL;
}
#endif

/* How many of `length` bytes may still be read. */
static uint32_t allowance(const wss_scanner_t *scan, uint32_t length)
{
    return length < scan->left ? length : scan->left;
}

static wss_scan_t overrun(const wss_scanner_t *scan)
{
    return (scan->flags & WSS_SCAN_IN_START_LINE) != 0 ? WSS_SCAN_LINE_TOO_LONG
                                                       : WSS_SCAN_FIELDS_TOO_LARGE;
}




#if WSS_CFG_SERVER
/* The start line keeps to its limit. */
static void line_end(wss_scanner_t *scan)
{
    scan->left = (uint16_t)(scan->left + scan->spare);
    scan->flags = 0;
}

static const uint8_t *request_name(wss_conn_t *conn, const uint8_t *p, const uint8_t *end)
{
#if WSS_CFG_SMALL
    return class_run(conn, WSS_CHAR_TOKEN, p, end, wss_request_name);
#else
    return name_run(conn, p, end, wss_request_name, wss_request_last_name);
#endif
}


static const int http_request_start = 1;
static const int http_request_first_final = 34;
static const int http_request_error = 0;




void wss_scan_request_begin(wss_scanner_t *scan, const wss_scan_limits_t *limits)
{
    uint32_t line = limits->line < limits->head ? limits->line : limits->head;
    *scan = (wss_scanner_t){.state = http_request_start,
                            .flags = WSS_SCAN_IN_START_LINE,
                            .left = (uint16_t)line,
                            .spare = (uint16_t)(limits->head - line),
                            .fields_left = limits->fields};
}

wss_scan_t wss_scan_request(wss_conn_t *conn, const uint8_t *bytes, uint32_t length,
                            uint32_t *taken)
{
    wss_scanner_t *scan = &conn->u.handshake.scan;
    const uint8_t *p = bytes;
    const uint8_t *pe = bytes + allowance(scan, length);
    int cs = scan->state;
    
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
st1:
	if ( ++p == pe )
		goto _test_eof1;
case 1:
	switch( (*p) ) {
		case 13u: goto st2;
		case 33u: goto tr2;
		case 124u: goto tr2;
		case 126u: goto tr2;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr2;
		} else if ( (*p) >= 35u )
			goto tr2;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr2;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr2;
		} else
			goto tr2;
	} else
		goto tr2;
	goto st0;
st0:
cs = 0;
	goto _out;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	if ( (*p) == 10u )
		goto st1;
	goto st0;
tr2:
	{ if ((p = class_run(conn, WSS_CHAR_TOKEN, p, pe, wss_request_method)) == NULL) return WSS_SCAN_STOPPED; }
	goto st3;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	switch( (*p) ) {
		case 32u: goto tr4;
		case 33u: goto tr2;
		case 124u: goto tr2;
		case 126u: goto tr2;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr2;
		} else if ( (*p) >= 35u )
			goto tr2;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr2;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr2;
		} else
			goto tr2;
	} else
		goto tr2;
	goto st0;
tr4:
	{ wss_request_method_end(conn); }
	goto st4;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	switch( (*p) ) {
		case 33u: goto st5;
		case 47u: goto tr6;
		case 61u: goto st5;
		case 72u: goto st24;
		case 87u: goto st33;
		case 93u: goto st5;
		case 95u: goto st5;
		case 104u: goto st24;
		case 119u: goto st33;
		case 126u: goto st5;
	}
	if ( (*p) < 64u ) {
		if ( 36u <= (*p) && (*p) <= 59u )
			goto st5;
	} else if ( (*p) > 91u ) {
		if ( 97u <= (*p) && (*p) <= 122u )
			goto st5;
	} else
		goto st5;
	goto st0;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	switch( (*p) ) {
		case 32u: goto tr9;
		case 33u: goto st5;
		case 61u: goto st5;
		case 93u: goto st5;
		case 95u: goto st5;
		case 126u: goto st5;
	}
	if ( (*p) < 48u ) {
		if ( 36u <= (*p) && (*p) <= 46u )
			goto st5;
	} else if ( (*p) > 59u ) {
		if ( (*p) > 91u ) {
			if ( 97u <= (*p) && (*p) <= 122u )
				goto st5;
		} else if ( (*p) >= 64u )
			goto st5;
	} else
		goto st5;
	goto st0;
tr9:
	{ wss_request_no_path(conn); }
	goto st6;
tr31:
	{ if (!wss_request_path_end(conn)) return WSS_SCAN_STOPPED; }
	{ if (!wss_request_query_end(conn)) return WSS_SCAN_STOPPED; }
	goto st6;
tr33:
	{ if (!wss_request_query_end(conn)) return WSS_SCAN_STOPPED; }
	goto st6;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	if ( (*p) == 72u )
		goto st7;
	goto st0;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
	if ( (*p) == 84u )
		goto st8;
	goto st0;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
	if ( (*p) == 84u )
		goto st9;
	goto st0;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
	if ( (*p) == 80u )
		goto st10;
	goto st0;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
	if ( (*p) == 47u )
		goto st11;
	goto st0;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr15;
	goto st0;
tr15:
	{ wss_request_major(conn, *p); }
	goto st12;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
	if ( (*p) == 46u )
		goto st13;
	goto st0;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr17;
	goto st0;
tr17:
	{ wss_request_minor(conn, *p); }
	goto st14;
st14:
	if ( ++p == pe )
		goto _test_eof14;
case 14:
	if ( (*p) == 13u )
		goto st15;
	goto st0;
st15:
	if ( ++p == pe )
		goto _test_eof15;
case 15:
	if ( (*p) == 10u )
		goto tr19;
	goto st0;
tr19:
	{ line_end(scan); pe = bytes + allowance(scan, length); }
	goto st16;
tr28:
	{ if (!wss_request_field_end(conn)) return WSS_SCAN_STOPPED; }
	goto st16;
tr30:
	{ return WSS_SCAN_NO_VERSION; }
	goto st16;
st16:
	if ( ++p == pe )
		goto _test_eof16;
case 16:
	switch( (*p) ) {
		case 13u: goto st17;
		case 33u: goto tr21;
		case 124u: goto tr21;
		case 126u: goto tr21;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr21;
		} else if ( (*p) >= 35u )
			goto tr21;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr21;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr21;
		} else
			goto tr21;
	} else
		goto tr21;
	goto st0;
st17:
	if ( ++p == pe )
		goto _test_eof17;
case 17:
	if ( (*p) == 10u )
		goto tr22;
	goto st0;
tr22:
	{ {p++; cs = 34; goto _out;} }
	goto st34;
st34:
	if ( ++p == pe )
		goto _test_eof34;
case 34:
	goto st0;
tr21:
	{ if (scan->fields_left-- == 0) return WSS_SCAN_FIELDS_TOO_LARGE; }
	{ if ((p = request_name(conn, p, pe)) == NULL) return WSS_SCAN_STOPPED; }
	goto st18;
tr23:
	{ if ((p = request_name(conn, p, pe)) == NULL) return WSS_SCAN_STOPPED; }
	goto st18;
st18:
	if ( ++p == pe )
		goto _test_eof18;
case 18:
	switch( (*p) ) {
		case 33u: goto tr23;
		case 58u: goto tr24;
		case 124u: goto tr23;
		case 126u: goto tr23;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr23;
		} else if ( (*p) >= 35u )
			goto tr23;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr23;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr23;
		} else
			goto tr23;
	} else
		goto tr23;
	goto st0;
tr24:
	{ scan->blanks = 0; if (WSS_CFG_SMALL || p == bytes) wss_request_name_end(conn); }
	goto st19;
st19:
	if ( ++p == pe )
		goto _test_eof19;
case 19:
	switch( (*p) ) {
		case 9u: goto st19;
		case 13u: goto st20;
		case 32u: goto st19;
		case 127u: goto st0;
	}
	if ( (*p) <= 31u )
		goto st0;
	goto tr27;
st20:
	if ( ++p == pe )
		goto _test_eof20;
case 20:
	if ( (*p) == 10u )
		goto tr28;
	goto st0;
tr27:
	{ if ((p = value_run(conn, p, pe, wss_request_value)) == NULL) return WSS_SCAN_STOPPED; }
	goto st21;
tr29:
	{ scan->blanks++; }
	goto st21;
st21:
	if ( ++p == pe )
		goto _test_eof21;
case 21:
	switch( (*p) ) {
		case 9u: goto tr29;
		case 13u: goto st20;
		case 32u: goto tr29;
		case 127u: goto st0;
	}
	if ( (*p) <= 31u )
		goto st0;
	goto tr27;
tr6:
	{ if ((p = class_run(conn, WSS_CHAR_PATH, p, pe, wss_request_path)) == NULL) return WSS_SCAN_STOPPED; }
	goto st22;
st22:
	if ( ++p == pe )
		goto _test_eof22;
case 22:
	switch( (*p) ) {
		case 13u: goto tr30;
		case 32u: goto tr31;
		case 63u: goto tr32;
	}
	if ( (*p) > 34u ) {
		if ( 36u <= (*p) && (*p) <= 126u )
			goto tr6;
	} else if ( (*p) >= 33u )
		goto tr6;
	goto st0;
tr32:
	{ if (!wss_request_path_end(conn)) return WSS_SCAN_STOPPED; }
	goto st23;
tr34:
	{ if ((p = class_run(conn, WSS_CHAR_QUERY, p, pe, wss_request_query)) == NULL) return WSS_SCAN_STOPPED; }
	goto st23;
st23:
	if ( ++p == pe )
		goto _test_eof23;
case 23:
	switch( (*p) ) {
		case 13u: goto tr30;
		case 32u: goto tr33;
	}
	if ( (*p) > 34u ) {
		if ( 36u <= (*p) && (*p) <= 126u )
			goto tr34;
	} else if ( (*p) >= 33u )
		goto tr34;
	goto st0;
st24:
	if ( ++p == pe )
		goto _test_eof24;
case 24:
	switch( (*p) ) {
		case 32u: goto tr9;
		case 33u: goto st5;
		case 61u: goto st5;
		case 84u: goto st25;
		case 93u: goto st5;
		case 95u: goto st5;
		case 116u: goto st25;
		case 126u: goto st5;
	}
	if ( (*p) < 48u ) {
		if ( 36u <= (*p) && (*p) <= 46u )
			goto st5;
	} else if ( (*p) > 59u ) {
		if ( (*p) > 91u ) {
			if ( 97u <= (*p) && (*p) <= 122u )
				goto st5;
		} else if ( (*p) >= 64u )
			goto st5;
	} else
		goto st5;
	goto st0;
st25:
	if ( ++p == pe )
		goto _test_eof25;
case 25:
	switch( (*p) ) {
		case 32u: goto tr9;
		case 33u: goto st5;
		case 61u: goto st5;
		case 84u: goto st26;
		case 93u: goto st5;
		case 95u: goto st5;
		case 116u: goto st26;
		case 126u: goto st5;
	}
	if ( (*p) < 48u ) {
		if ( 36u <= (*p) && (*p) <= 46u )
			goto st5;
	} else if ( (*p) > 59u ) {
		if ( (*p) > 91u ) {
			if ( 97u <= (*p) && (*p) <= 122u )
				goto st5;
		} else if ( (*p) >= 64u )
			goto st5;
	} else
		goto st5;
	goto st0;
st26:
	if ( ++p == pe )
		goto _test_eof26;
case 26:
	switch( (*p) ) {
		case 32u: goto tr9;
		case 33u: goto st5;
		case 61u: goto st5;
		case 80u: goto st27;
		case 93u: goto st5;
		case 95u: goto st5;
		case 112u: goto st27;
		case 126u: goto st5;
	}
	if ( (*p) < 48u ) {
		if ( 36u <= (*p) && (*p) <= 46u )
			goto st5;
	} else if ( (*p) > 59u ) {
		if ( (*p) > 91u ) {
			if ( 97u <= (*p) && (*p) <= 122u )
				goto st5;
		} else if ( (*p) >= 64u )
			goto st5;
	} else
		goto st5;
	goto st0;
st27:
	if ( ++p == pe )
		goto _test_eof27;
case 27:
	switch( (*p) ) {
		case 32u: goto tr9;
		case 33u: goto st5;
		case 58u: goto st28;
		case 61u: goto st5;
		case 83u: goto st32;
		case 93u: goto st5;
		case 95u: goto st5;
		case 115u: goto st32;
		case 126u: goto st5;
	}
	if ( (*p) < 48u ) {
		if ( 36u <= (*p) && (*p) <= 46u )
			goto st5;
	} else if ( (*p) > 59u ) {
		if ( (*p) > 91u ) {
			if ( 97u <= (*p) && (*p) <= 122u )
				goto st5;
		} else if ( (*p) >= 64u )
			goto st5;
	} else
		goto st5;
	goto st0;
st28:
	if ( ++p == pe )
		goto _test_eof28;
case 28:
	switch( (*p) ) {
		case 32u: goto tr9;
		case 33u: goto st5;
		case 47u: goto st29;
		case 61u: goto st5;
		case 93u: goto st5;
		case 95u: goto st5;
		case 126u: goto st5;
	}
	if ( (*p) < 64u ) {
		if ( 36u <= (*p) && (*p) <= 59u )
			goto st5;
	} else if ( (*p) > 91u ) {
		if ( 97u <= (*p) && (*p) <= 122u )
			goto st5;
	} else
		goto st5;
	goto st0;
st29:
	if ( ++p == pe )
		goto _test_eof29;
case 29:
	if ( (*p) == 47u )
		goto st30;
	goto st0;
st30:
	if ( ++p == pe )
		goto _test_eof30;
case 30:
	switch( (*p) ) {
		case 33u: goto tr42;
		case 61u: goto tr42;
		case 93u: goto tr42;
		case 95u: goto tr42;
		case 126u: goto tr42;
	}
	if ( (*p) < 48u ) {
		if ( 36u <= (*p) && (*p) <= 46u )
			goto tr42;
	} else if ( (*p) > 59u ) {
		if ( (*p) > 91u ) {
			if ( 97u <= (*p) && (*p) <= 122u )
				goto tr42;
		} else if ( (*p) >= 64u )
			goto tr42;
	} else
		goto tr42;
	goto st0;
tr42:
	{ if ((p = class_run(conn, WSS_CHAR_AUTHORITY, p, pe, wss_request_authority)) == NULL) return WSS_SCAN_STOPPED; }
	goto st31;
st31:
	if ( ++p == pe )
		goto _test_eof31;
case 31:
	switch( (*p) ) {
		case 13u: goto tr30;
		case 32u: goto tr31;
		case 33u: goto tr42;
		case 47u: goto tr6;
		case 61u: goto tr42;
		case 63u: goto tr32;
		case 93u: goto tr42;
		case 95u: goto tr42;
		case 126u: goto tr42;
	}
	if ( (*p) < 64u ) {
		if ( 36u <= (*p) && (*p) <= 59u )
			goto tr42;
	} else if ( (*p) > 91u ) {
		if ( 97u <= (*p) && (*p) <= 122u )
			goto tr42;
	} else
		goto tr42;
	goto st0;
st32:
	if ( ++p == pe )
		goto _test_eof32;
case 32:
	switch( (*p) ) {
		case 32u: goto tr9;
		case 33u: goto st5;
		case 58u: goto st28;
		case 61u: goto st5;
		case 93u: goto st5;
		case 95u: goto st5;
		case 126u: goto st5;
	}
	if ( (*p) < 48u ) {
		if ( 36u <= (*p) && (*p) <= 46u )
			goto st5;
	} else if ( (*p) > 59u ) {
		if ( (*p) > 91u ) {
			if ( 97u <= (*p) && (*p) <= 122u )
				goto st5;
		} else if ( (*p) >= 64u )
			goto st5;
	} else
		goto st5;
	goto st0;
st33:
	if ( ++p == pe )
		goto _test_eof33;
case 33:
	switch( (*p) ) {
		case 32u: goto tr9;
		case 33u: goto st5;
		case 61u: goto st5;
		case 83u: goto st27;
		case 93u: goto st5;
		case 95u: goto st5;
		case 115u: goto st27;
		case 126u: goto st5;
	}
	if ( (*p) < 48u ) {
		if ( 36u <= (*p) && (*p) <= 46u )
			goto st5;
	} else if ( (*p) > 59u ) {
		if ( (*p) > 91u ) {
			if ( 97u <= (*p) && (*p) <= 122u )
				goto st5;
		} else if ( (*p) >= 64u )
			goto st5;
	} else
		goto st5;
	goto st0;
	}
	_test_eof1: cs = 1; goto _test_eof; 
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof6: cs = 6; goto _test_eof; 
	_test_eof7: cs = 7; goto _test_eof; 
	_test_eof8: cs = 8; goto _test_eof; 
	_test_eof9: cs = 9; goto _test_eof; 
	_test_eof10: cs = 10; goto _test_eof; 
	_test_eof11: cs = 11; goto _test_eof; 
	_test_eof12: cs = 12; goto _test_eof; 
	_test_eof13: cs = 13; goto _test_eof; 
	_test_eof14: cs = 14; goto _test_eof; 
	_test_eof15: cs = 15; goto _test_eof; 
	_test_eof16: cs = 16; goto _test_eof; 
	_test_eof17: cs = 17; goto _test_eof; 
	_test_eof34: cs = 34; goto _test_eof; 
	_test_eof18: cs = 18; goto _test_eof; 
	_test_eof19: cs = 19; goto _test_eof; 
	_test_eof20: cs = 20; goto _test_eof; 
	_test_eof21: cs = 21; goto _test_eof; 
	_test_eof22: cs = 22; goto _test_eof; 
	_test_eof23: cs = 23; goto _test_eof; 
	_test_eof24: cs = 24; goto _test_eof; 
	_test_eof25: cs = 25; goto _test_eof; 
	_test_eof26: cs = 26; goto _test_eof; 
	_test_eof27: cs = 27; goto _test_eof; 
	_test_eof28: cs = 28; goto _test_eof; 
	_test_eof29: cs = 29; goto _test_eof; 
	_test_eof30: cs = 30; goto _test_eof; 
	_test_eof31: cs = 31; goto _test_eof; 
	_test_eof32: cs = 32; goto _test_eof; 
	_test_eof33: cs = 33; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

    scan->state = (uint8_t)cs;
    *taken = (uint32_t)(p - bytes);
    scan->left = (uint16_t)(scan->left - *taken);
    if (cs == http_request_error)
        return WSS_SCAN_MALFORMED;
    if (cs >= http_request_first_final)
        return WSS_SCAN_COMPLETE;
    return *taken == length ? WSS_SCAN_MORE : overrun(scan);
}
#endif

#if WSS_CFG_CLIENT
/* The field that ended with the last line, unless this line continues it. */
static bool end_field(wss_conn_t *conn)
{
    wss_scanner_t *scan = &conn->u.handshake.scan;
    if ((scan->flags & WSS_SCAN_IN_FIELD) == 0)
        return true;
    scan->flags = 0;
    return wss_response_field_end(conn);
}

static const uint8_t *response_name(wss_conn_t *conn, const uint8_t *p, const uint8_t *end)
{
#if WSS_CFG_SMALL
    return class_run(conn, WSS_CHAR_TOKEN, p, end, wss_response_name);
#else
    return name_run(conn, p, end, wss_response_name, wss_response_last_name);
#endif
}


static const int http_response_start = 1;
static const int http_response_first_final = 25;
static const int http_response_error = 0;




void wss_scan_response_begin(wss_scanner_t *scan, const wss_scan_limits_t *limits)
{
    *scan = (wss_scanner_t){.left = limits->head, .fields_left = limits->fields};
    wss_scan_response_next(scan);
}

void wss_scan_response_next(wss_scanner_t *scan)
{
    scan->state = http_response_start;
    scan->flags = WSS_SCAN_IN_START_LINE;
}

wss_scan_t wss_scan_response(wss_conn_t *conn, const uint8_t *bytes, uint32_t length,
                             uint32_t *taken)
{
    wss_scanner_t *scan = &conn->u.handshake.scan;
    const uint8_t *p = bytes;
    const uint8_t *pe = bytes + allowance(scan, length);
    int cs = scan->state;
    
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
case 1:
	if ( (*p) == 72u )
		goto st2;
	goto st0;
st0:
cs = 0;
	goto _out;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	if ( (*p) == 84u )
		goto st3;
	goto st0;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	if ( (*p) == 84u )
		goto st4;
	goto st0;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	if ( (*p) == 80u )
		goto st5;
	goto st0;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	if ( (*p) == 47u )
		goto st6;
	goto st0;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr6;
	goto st0;
tr6:
	{ wss_response_version(conn, *p); }
	goto st7;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
	if ( (*p) == 46u )
		goto st8;
	goto st0;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr8;
	goto st0;
tr8:
	{ wss_response_version(conn, *p); }
	goto st9;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
	if ( (*p) == 32u )
		goto st10;
	goto st0;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
	if ( 49u <= (*p) && (*p) <= 57u )
		goto tr10;
	goto st0;
tr10:
	{ wss_response_status(conn, *p); }
	goto st11;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr11;
	goto st0;
tr11:
	{ wss_response_status(conn, *p); }
	goto st12;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr12;
	goto st0;
tr12:
	{ wss_response_status(conn, *p); }
	goto st13;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
	switch( (*p) ) {
		case 13u: goto st14;
		case 32u: goto st24;
	}
	goto st0;
st14:
	if ( ++p == pe )
		goto _test_eof14;
case 14:
	if ( (*p) == 10u )
		goto tr15;
	goto st0;
tr15:
	{ scan->flags = 0; }
	goto st15;
st15:
	if ( ++p == pe )
		goto _test_eof15;
case 15:
	switch( (*p) ) {
		case 13u: goto tr16;
		case 33u: goto tr17;
		case 124u: goto tr17;
		case 126u: goto tr17;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr17;
		} else if ( (*p) >= 35u )
			goto tr17;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr17;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr17;
		} else
			goto tr17;
	} else
		goto tr17;
	goto st0;
tr16:
	{ if (!end_field(conn)) return WSS_SCAN_STOPPED; }
	goto st16;
st16:
	if ( ++p == pe )
		goto _test_eof16;
case 16:
	if ( (*p) == 10u )
		goto tr18;
	goto st0;
tr18:
	{ {p++; cs = 25; goto _out;} }
	goto st25;
st25:
	if ( ++p == pe )
		goto _test_eof25;
case 25:
	goto st0;
tr17:
	{ if (!end_field(conn)) return WSS_SCAN_STOPPED; }
	{ if (scan->fields_left-- == 0) return WSS_SCAN_FIELDS_TOO_LARGE; }
	{ if ((p = response_name(conn, p, pe)) == NULL) return WSS_SCAN_STOPPED; }
	goto st17;
tr19:
	{ if ((p = response_name(conn, p, pe)) == NULL) return WSS_SCAN_STOPPED; }
	goto st17;
st17:
	if ( ++p == pe )
		goto _test_eof17;
case 17:
	switch( (*p) ) {
		case 33u: goto tr19;
		case 58u: goto tr20;
		case 124u: goto tr19;
		case 126u: goto tr19;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr19;
		} else if ( (*p) >= 35u )
			goto tr19;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr19;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr19;
		} else
			goto tr19;
	} else
		goto tr19;
	goto st0;
tr20:
	{ scan->blanks = 0; scan->flags = WSS_SCAN_IN_FIELD; if (WSS_CFG_SMALL || p == bytes) wss_response_name_end(conn); }
	goto st18;
tr25:
	{ if (!wss_response_fold(conn)) return WSS_SCAN_MALFORMED; }
	goto st18;
st18:
	if ( ++p == pe )
		goto _test_eof18;
case 18:
	switch( (*p) ) {
		case 9u: goto st18;
		case 13u: goto st19;
		case 32u: goto st18;
		case 127u: goto st0;
	}
	if ( (*p) <= 31u )
		goto st0;
	goto tr23;
st19:
	if ( ++p == pe )
		goto _test_eof19;
case 19:
	if ( (*p) == 10u )
		goto st20;
	goto st0;
st20:
	if ( ++p == pe )
		goto _test_eof20;
case 20:
	switch( (*p) ) {
		case 9u: goto tr25;
		case 13u: goto tr16;
		case 32u: goto tr25;
		case 33u: goto tr17;
		case 124u: goto tr17;
		case 126u: goto tr17;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr17;
		} else if ( (*p) >= 35u )
			goto tr17;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr17;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr17;
		} else
			goto tr17;
	} else
		goto tr17;
	goto st0;
tr23:
	{ if ((p = value_run(conn, p, pe, wss_response_value)) == NULL) return WSS_SCAN_STOPPED; }
	goto st21;
tr26:
	{ scan->blanks++; }
	goto st21;
tr29:
	{ if (!wss_response_fold(conn)) return WSS_SCAN_MALFORMED; }
	{ scan->blanks++; }
	goto st21;
st21:
	if ( ++p == pe )
		goto _test_eof21;
case 21:
	switch( (*p) ) {
		case 9u: goto tr26;
		case 13u: goto st22;
		case 32u: goto tr26;
		case 127u: goto st0;
	}
	if ( (*p) <= 31u )
		goto st0;
	goto tr23;
st22:
	if ( ++p == pe )
		goto _test_eof22;
case 22:
	if ( (*p) == 10u )
		goto st23;
	goto st0;
st23:
	if ( ++p == pe )
		goto _test_eof23;
case 23:
	switch( (*p) ) {
		case 9u: goto tr29;
		case 13u: goto tr16;
		case 32u: goto tr29;
		case 33u: goto tr17;
		case 124u: goto tr17;
		case 126u: goto tr17;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr17;
		} else if ( (*p) >= 35u )
			goto tr17;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr17;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr17;
		} else
			goto tr17;
	} else
		goto tr17;
	goto st0;
st24:
	if ( ++p == pe )
		goto _test_eof24;
case 24:
	switch( (*p) ) {
		case 13u: goto st14;
		case 127u: goto st0;
	}
	if ( (*p) > 8u ) {
		if ( 10u <= (*p) && (*p) <= 31u )
			goto st0;
	} else
		goto st0;
	goto st24;
	}
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof6: cs = 6; goto _test_eof; 
	_test_eof7: cs = 7; goto _test_eof; 
	_test_eof8: cs = 8; goto _test_eof; 
	_test_eof9: cs = 9; goto _test_eof; 
	_test_eof10: cs = 10; goto _test_eof; 
	_test_eof11: cs = 11; goto _test_eof; 
	_test_eof12: cs = 12; goto _test_eof; 
	_test_eof13: cs = 13; goto _test_eof; 
	_test_eof14: cs = 14; goto _test_eof; 
	_test_eof15: cs = 15; goto _test_eof; 
	_test_eof16: cs = 16; goto _test_eof; 
	_test_eof25: cs = 25; goto _test_eof; 
	_test_eof17: cs = 17; goto _test_eof; 
	_test_eof18: cs = 18; goto _test_eof; 
	_test_eof19: cs = 19; goto _test_eof; 
	_test_eof20: cs = 20; goto _test_eof; 
	_test_eof21: cs = 21; goto _test_eof; 
	_test_eof22: cs = 22; goto _test_eof; 
	_test_eof23: cs = 23; goto _test_eof; 
	_test_eof24: cs = 24; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

    scan->state = (uint8_t)cs;
    *taken = (uint32_t)(p - bytes);
    scan->left = (uint16_t)(scan->left - *taken);
    if (cs == http_response_error)
        return WSS_SCAN_MALFORMED;
    if (cs >= http_response_first_final)
        return WSS_SCAN_COMPLETE;
    return *taken == length ? WSS_SCAN_MORE : overrun(scan);
}
#endif

#endif
