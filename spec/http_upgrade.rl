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

%%{
  machine http;
  alphtype unsigned char;

  # RFC 9110, 5.5 and 5.6
  tchar          = [!#$%&'*+\-.^_`|~0-9A-Za-z];
  BLANK          = " " | "\t";
  text_char      = 0x21..0x7E | 0x80..0xFF;
  CRLF           = "\r\n";
}%%

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

%%{
  machine http_request;

  action method        { if ((p = class_run(conn, WSS_CHAR_TOKEN, p, pe, wss_request_method)) == NULL) return WSS_SCAN_STOPPED; }
  action method_end    { wss_request_method_end(conn); }
  action authority     { if ((p = class_run(conn, WSS_CHAR_AUTHORITY, p, pe, wss_request_authority)) == NULL) return WSS_SCAN_STOPPED; }
  action path          { if ((p = class_run(conn, WSS_CHAR_PATH, p, pe, wss_request_path)) == NULL) return WSS_SCAN_STOPPED; }
  action path_end      { if (!wss_request_path_end(conn)) return WSS_SCAN_STOPPED; }
  action query         { if ((p = class_run(conn, WSS_CHAR_QUERY, p, pe, wss_request_query)) == NULL) return WSS_SCAN_STOPPED; }
  action query_end     { if (!wss_request_query_end(conn)) return WSS_SCAN_STOPPED; }
  action no_path       { wss_request_no_path(conn); }
  action simple        { return WSS_SCAN_NO_VERSION; }
  action major         { wss_request_major(conn, *p); }
  action minor         { wss_request_minor(conn, *p); }
  action line_end      { line_end(scan); pe = bytes + allowance(scan, length); }
  action count_field   { if (scan->fields_left-- == 0) return WSS_SCAN_FIELDS_TOO_LARGE; }
  action name          { if ((p = request_name(conn, p, pe)) == NULL) return WSS_SCAN_STOPPED; }
  action name_end      { scan->blanks = 0; if (WSS_CFG_SMALL || p == bytes) wss_request_name_end(conn); }
  action value         { if ((p = value_run(conn, p, pe, wss_request_value)) == NULL) return WSS_SCAN_STOPPED; }
  action blank         { scan->blanks++; }
  action field_end     { if (!wss_request_field_end(conn)) return WSS_SCAN_STOPPED; }

  include http;

  # RFC 9112, 3.2 and RFC 3986, 3
  uri_authority  = [0-9A-Za-z\-._~%!$&'()*+,;=:@\[\]];
  path_char      = 0x21..0x7E - [?#];
  query_char     = 0x21..0x7E - "#";
  absolute_path  = "/" @path ( path_char @path )*;
  query          = "?" @path_end ( query_char @query )*;
  scheme         = ( "http"i | "ws"i ) "s"i?;
  origin_form    = absolute_path;
  absolute_form  = scheme "://" ( uri_authority @authority )+ absolute_path?;
  resource       = origin_form | absolute_form;
  authority_form = uri_authority+;
  asterisk_form  = "*";

  # RFC 9112, 2.2, 2.3 and 3; RFC 1945, 4.1: the simple request of HTTP/0.9
  method         = ( tchar @method )+;
  HTTP_version   = "HTTP/" [0-9] @major "." [0-9] @minor;
  full_request   = HTTP_version CRLF @line_end;
  simple_request = "\r" @simple;
  after_path     = " " @path_end @query_end full_request | simple_request;
  after_query    = " " @query_end full_request | simple_request;
  no_resource    = ( authority_form | asterisk_form ) " " @no_path full_request;
  request_line   = method " " @method_end ( resource ( after_path | query after_query ) | no_resource );

  # RFC 9112, 5: a line may not be folded
  field_name     = tchar @count_field @name ( tchar @name )*;
  field_value    = text_char @value ( text_char @value | BLANK @blank )*;
  field_line     = field_name ":" @name_end BLANK* field_value? CRLF @field_end;

  main := CRLF* request_line field_line* CRLF @{ fbreak; };

  write data noentry;
}%%

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
    %% write exec;
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

%%{
  machine http_response;

  action version_digit { wss_response_version(conn, *p); }
  action status        { wss_response_status(conn, *p); }
  action line_end      { scan->flags = 0; }
  action count_field   { if (scan->fields_left-- == 0) return WSS_SCAN_FIELDS_TOO_LARGE; }
  action name          { if ((p = response_name(conn, p, pe)) == NULL) return WSS_SCAN_STOPPED; }
  action name_end      { scan->blanks = 0; scan->flags = WSS_SCAN_IN_FIELD; if (WSS_CFG_SMALL || p == bytes) wss_response_name_end(conn); }
  action value         { if ((p = value_run(conn, p, pe, wss_response_value)) == NULL) return WSS_SCAN_STOPPED; }
  action blank         { scan->blanks++; }
  action fold          { if (!wss_response_fold(conn)) return WSS_SCAN_MALFORMED; }
  action last_field    { if (!end_field(conn)) return WSS_SCAN_STOPPED; }

  include http;

  # RFC 9112, 4; many servers leave the space before an empty reason out
  HTTP_version   = "HTTP/" [0-9] @version_digit "." [0-9] @version_digit;
  status_code    = [1-9] @status [0-9] @status [0-9] @status;
  reason_phrase  = ( text_char | BLANK )*;
  status_line    = HTTP_version " " status_code ( " " reason_phrase )? CRLF @line_end;

  # RFC 9112, 5.2: a client replaces a fold by spaces
  obs_fold       = CRLF BLANK @fold;
  field_value    = text_char @value ( text_char @value | BLANK @blank | obs_fold @blank )*;
  field_name     = tchar >last_field @count_field @name ( tchar @name )*;
  field_line     = field_name ":" @name_end ( BLANK | obs_fold )* field_value? CRLF;

  main := status_line field_line* "\r" @last_field "\n" @{ fbreak; };

  write data noentry;
}%%

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
    %% write exec;
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
