/* SPDX-License-Identifier: MIT */
/*
 * Reads URLs from left to right, part by part; the first offending byte is the one that
 * is reported. It must not know what the parts are used for.
 */
#include "wss_url_read.h"
#include "wss_chars.h"
#include "wss_url_host.h"

static bool fail(wss_url_reader_t *reader, const char *at, wss_result_t result, const char *reason)
{
    reader->error = (wss_url_error_t){
        .result = result, .reason = reason, .offset = (size_t)(at - reader->text)};
    return false;
}

static wss_url_part_t part(const char *start, const char *end)
{
    return (wss_url_part_t){.start = start, .length = (size_t)(end - start)};
}

/* The first of `wanted` (at most three), or `end`. */
static const char *find(const char *p, const char *end, const char *wanted)
{
    while (p != end && (*p == '\0' || strchr(wanted, *p) == NULL))
        p++;
    return p;
}

/* ------------------------------------------------------------------- characters */

static const char *why_not(char c)
{
    const uint8_t byte = (uint8_t)c;

    if (byte == ' ')
        return "A space must be percent-encoded.";
    if (byte < ' ' || byte == 0x7F)
        return "A URL holds no control characters.";
    if (byte >= 0x80)
        return "What is not ASCII must be percent-encoded.";
    if (byte == '%')
        return "A % must be followed by two hexadecimal digits.";
    return "The character must be percent-encoded here.";
}

static bool encoded(const char *p, const char *end)
{
    return end - p >= 3 && p[0] == '%' && wss_char_is((uint8_t)p[1], WSS_CHAR_HEX) &&
           wss_char_is((uint8_t)p[2], WSS_CHAR_HEX);
}

/* Names' characters, percent-encodings and `others` up to `end`. */
static bool check(wss_url_reader_t *reader, const char *p, const char *end, const char *others)
{
    while (p != end) {
        if (encoded(p, end))
            p += 3;
        else if (wss_char_is((uint8_t)*p, WSS_CHAR_NAME) || (*p != '\0' && strchr(others, *p)))
            p++;
        else
            return fail(reader, p, WSS_ERR_TEXT, why_not(*p));
    }
    return true;
}

/* ----------------------------------------------------------------------- scheme */

static bool equal(wss_url_part_t have, const char *wanted)
{
    size_t i = 0;

    while (i < have.length && wss_lower((uint8_t)have.start[i]) == (uint8_t)wanted[i])
        i++;
    return i == have.length && wanted[i] == '\0';
}

static bool known_scheme(wss_url_reader_t *reader, wss_url_part_t scheme)
{
    static const struct {
        const char *name;
        wss_url_schemes_t group;
        bool secure;
    } known[] = {{"ws", WSS_URL_WS, false},
                 {"wss", WSS_URL_WS, true},
                 {"http", WSS_URL_HTTP, false},
                 {"https", WSS_URL_HTTP, true}};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (!equal(scheme, known[i].name) || (known[i].group & reader->schemes) == 0)
            continue;
        reader->url->secure = known[i].secure;
        return true;
    }
    return fail(reader, scheme.start, WSS_ERR_UNSUPPORTED,
                reader->schemes == WSS_URL_HTTP ? "The scheme is neither http nor https."
                : reader->schemes == WSS_URL_WS ? "The scheme is neither ws nor wss."
                                                : "The scheme is none of ws, wss, http, https.");
}

/* The ':' behind a scheme (RFC 3986, 3.1), or NULL. */
static const char *scheme_end(const char *p, const char *end)
{
    const char *start = p;

    while (p != end && ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                        (p != start && (wss_char_is((uint8_t)*p, WSS_CHAR_DIGIT) || *p == '+' ||
                                        *p == '-' || *p == '.'))))
        p++;
    return p != start && p != end && *p == ':' ? p : NULL;
}

bool wss_url_read_scheme(wss_url_reader_t *reader)
{
    const char *colon = scheme_end(reader->at, reader->end);

    reader->has_scheme = colon != NULL;
    if (colon == NULL)
        return true;
    if (!known_scheme(reader, part(reader->at, colon)))
        return false;
    reader->at = colon + 1;
    if (reader->end - reader->at < 2 || reader->at[0] != '/' || reader->at[1] != '/')
        return fail(reader, reader->at, WSS_ERR_ARGUMENT, "The scheme must be followed by //.");
    return true;
}

/* -------------------------------------------------------------------- authority */

static bool read_userinfo(wss_url_reader_t *reader, const char *start, const char *at)
{
    const char *colon = find(start, at, ":");

    if (at - start > WSS_URL_USERINFO)
        return fail(reader, start, WSS_ERR_TOO_BIG, "The user information is too long.");
    if (!check(reader, start, at, ":"))
        return false;
    reader->url->user = part(start, colon);
    if (colon != at)
        reader->url->password = part(colon + 1, at);
    return true;
}

/* What a percent-encoding in a host stands for must be a name's character, too. */
static bool check_name(wss_url_reader_t *reader, const char *start, const char *end)
{
    for (const char *p = start; p != end; p++) {
        if (*p == '%' && encoded(p, end) && !wss_char_is(wss_url_decoded(p), WSS_CHAR_NAME))
            return fail(reader, p, WSS_ERR_ADDRESS,
                        "The percent-encoding stands for what no host name holds.");
        if (*p != '%' && !wss_char_is((uint8_t)*p, WSS_CHAR_NAME))
            return fail(reader, p, WSS_ERR_TEXT,
                        (uint8_t)*p > ' ' && (uint8_t)*p < 0x7F
                            ? "A host name does not hold this character."
                            : why_not(*p));
        if (*p == '%' && !encoded(p, end))
            return fail(reader, p, WSS_ERR_TEXT, why_not(*p));
    }
    return true;
}

/* Whether the name is an IPv4 address, or would be taken for one. */
static bool check_number(wss_url_reader_t *reader)
{
    const wss_url_part_t host = reader->url->host;
    char number[sizeof "255.255.255.255"];
    const bool fits = wss_url_host(reader->url, number, sizeof number) == WSS_OK;
    const bool ipv4 = fits && wss_url_is_ipv4(number, number + strlen(number));

    reader->url->kind = ipv4 ? WSS_URL_IPV4 : WSS_URL_NAME;
    if (!ipv4 && wss_url_ends_in_number(host.start, host.start + host.length))
        return fail(reader, host.start, WSS_ERR_ADDRESS,
                    "The host ends in a number but is no IPv4 address.");
    return true;
}

static bool read_name(wss_url_reader_t *reader, const char *start, const char *end)
{
    if (start == end)
        return fail(reader, start, WSS_ERR_ADDRESS, "The host is empty.");
    if (end - start > WSS_URL_HOST)
        return fail(reader, start, WSS_ERR_TOO_BIG, "The host is too long.");
    if (!check_name(reader, start, end))
        return false;
    reader->url->host = part(start, end);
    return check_number(reader);
}

/* `start` is behind the '['; `*end` becomes what follows the ']'. */
static bool read_literal(wss_url_reader_t *reader, const char *start, const char **end)
{
    const char *close = find(start, *end, "]");
    const char *zone = find(start, close, "%");

    if (close == *end)
        return fail(reader, start - 1, WSS_ERR_ADDRESS, "The bracket is not closed.");
    if (zone != close)
        return fail(reader, zone, WSS_ERR_UNSUPPORTED, "Zones of IPv6 addresses are not taken.");
    if (!wss_url_is_ipv6(start, close))
        return fail(reader, start, WSS_ERR_ADDRESS, "This is not an IPv6 address.");
    reader->url->host = part(start, close);
    reader->url->kind = WSS_URL_IPV6;
    *end = close + 1;
    return true;
}

static bool read_port(wss_url_reader_t *reader, const char *start, const char *end)
{
    uint32_t value = 0;

    for (const char *p = start; p != end; p++) {
        if (!wss_char_is((uint8_t)*p, WSS_CHAR_DIGIT))
            return fail(reader, p, WSS_ERR_ADDRESS,
                        find(start, end, ":") != end ? "An IPv6 address stands in brackets."
                                                     : "The port is not a number.");
        value = value * 10 + (uint32_t)(*p - '0');
        if (value > UINT16_MAX)
            return fail(reader, start, WSS_ERR_ADDRESS, "The port is over 65535.");
    }
    if (start == end)
        return true;
    if (value == 0)
        return fail(reader, start, WSS_ERR_ADDRESS, "The port is 0.");
    reader->url->port = (uint16_t)value;
    reader->url->port_given = true;
    return true;
}

/* Host and port between the '@', if any, and the path. */
static bool read_host(wss_url_reader_t *reader, const char *start, const char *end)
{
    const char *colon = find(start, end, ":");

    if (start != end && *start == '[') {
        colon = end;
        if (!read_literal(reader, start + 1, &colon))
            return false;
    } else if (end - start >= 2 && start[0] == ':' && start[1] == ':') {
        return fail(reader, start, WSS_ERR_ADDRESS, "An IPv6 address stands in brackets.");
    } else if (!read_name(reader, start, colon)) {
        return false;
    }
    if (colon != end && *colon != ':')
        return fail(reader, colon, WSS_ERR_ADDRESS, "A bracket is followed by a port or a path.");
    return colon == end || read_port(reader, colon + 1, end);
}

static const char *last_at(const char *start, const char *end)
{
    const char *found = NULL;

    for (const char *p = start; p != end; p++)
        if (*p == '@')
            found = p;
    return found;
}

bool wss_url_read_authority(wss_url_reader_t *reader)
{
    reader->has_authority =
        reader->end - reader->at >= 2 && reader->at[0] == '/' && reader->at[1] == '/';
    if (!reader->has_authority)
        return true;
    const char *start = reader->at + 2;
    const char *end = find(start, reader->end, "/?#");
    const char *at = last_at(start, end);
    reader->url->authority = part(start, end);
    reader->at = end;
    if (at != NULL && !read_userinfo(reader, start, at))
        return false;
    return read_host(reader, at == NULL ? start : at + 1, end);
}

/* --------------------------------------------------------------- path and query */

bool wss_url_read_target(wss_url_reader_t *reader)
{
    const char *fragment = find(reader->at, reader->end, "#");
    const char *query = find(reader->at, fragment, "?");

    if (fragment - reader->at > WSS_URL_TARGET - 1)
        return fail(reader, reader->at, WSS_ERR_TOO_BIG, "Path and query are too long.");
    if (!check(reader, reader->at, query, "/:@"))
        return false;
    reader->url->path = part(reader->at, query);
    if (query != fragment) {
        if (!check(reader, query + 1, fragment, "/:@?"))
            return false;
        reader->url->query = part(query + 1, fragment);
    }
    if (fragment != reader->end && !reader->drop_fragment)
        return fail(reader, fragment, WSS_ERR_UNSUPPORTED,
                    "A WebSocket URL has no fragment (RFC 6455, 3); # is written %23.");
    return fragment == reader->end || check(reader, fragment + 1, reader->end, "/:@?");
}

/* ------------------------------------------------------------------------- all */

bool wss_url_read(wss_url_reader_t *reader)
{
    *reader->url = (wss_url_t){.port = 0};
    if (!wss_url_read_scheme(reader))
        return false;
    if (!reader->has_scheme)
        return fail(reader, reader->text, WSS_ERR_ARGUMENT,
                    "The URL does not begin with a scheme, as in ws://.");
    if (!wss_url_read_authority(reader) || !wss_url_read_target(reader))
        return false;
    if (reader->url->path.length == 0)
        reader->url->path = (wss_url_part_t){.start = "/", .length = 1};
    if (!reader->url->port_given)
        reader->url->port = reader->url->secure ? 443 : 80;
    return true;
}

wss_result_t wss_url_parse(const char *text, size_t length, wss_url_schemes_t schemes,
                           wss_url_t *url, wss_url_error_t *error)
{
    wss_url_reader_t reader = {.text = text,
                               .at = text,
                               .end = text + length,
                               .url = url,
                               .schemes = schemes,
                               .error = {.reason = "", .offset = length}};

    (void)wss_url_read(&reader);
    if (error != NULL)
        *error = reader.error;
    return reader.error.result;
}
