/* SPDX-License-Identifier: MIT */
/*
 * URLs and references as tables: what is taken with its parts, what is refused where and
 * why, the examples of RFC 3986, 5.4, and every change of one byte. Texts are copied to
 * memory of exactly their length, so that sanitizers see a read beyond it.
 */
#include "wss/wss_url.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SUMMARY = 1024 };

/* A copy without a terminator. */
static char *exact(const char *text, size_t length)
{
    char *copy = malloc(length > 0 ? length : 1);

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, length);
    return copy;
}

static wss_result_t parse(const char *text, wss_url_schemes_t schemes, char summary[SUMMARY])
{
    static const char kinds[][5] = {"name", "v4", "v6"};
    const size_t length = strlen(text);
    char *copy = exact(text, length);
    char host[WSS_URL_HOST_SIZE];
    char target[WSS_URL_TARGET_SIZE];
    wss_url_t url;
    wss_url_error_t error;
    const wss_result_t result = wss_url_parse(copy, length, schemes, &url, &error);

    ck_assert_int_eq(result, error.result);
    if (result == WSS_OK) {
        ck_assert_int_eq(wss_url_host(&url, host, sizeof host), WSS_OK);
        ck_assert_int_eq(wss_url_target(&url, target, sizeof target), WSS_OK);
        (void)snprintf(summary, SUMMARY, "%s %s %s %u%s %.300s", url.secure ? "wss" : "ws",
                       kinds[url.kind], host, (unsigned)url.port, url.port_given ? "!" : "",
                       target);
    } else {
        (void)snprintf(summary, SUMMARY, "%zu %s", error.offset, error.reason);
    }
    free(copy);
    return result;
}

/* ------------------------------------------------------------------------ taken */

static const struct {
    const char *text;
    const char *parts;
} taken[] = {
    {"ws://example.com", "ws name example.com 80 /"},
    {"wss://example.com", "wss name example.com 443 /"},
    {"WsS://EXAMPLE.com/Chat", "wss name example.com 443 /Chat"},
    {"ws://h/", "ws name h 80 /"},
    {"ws://h:8080/a/b", "ws name h 8080! /a/b"},
    {"ws://h:00080", "ws name h 80! /"},
    {"ws://h:/x", "ws name h 80 /x"},
    {"ws://h:65535/", "ws name h 65535! /"},
    {"ws://h:1?x", "ws name h 1! /?x"},
    {"ws://h?", "ws name h 80 /?"},
    {"ws://h?a=b&c?/:@", "ws name h 80 /?a=b&c?/:@"},
    {"ws://h/a%20b%2F?%C3%A4", "ws name h 80 /a%20b%2F?%C3%A4"},
    {"ws://h//a//../.", "ws name h 80 //a//../."},
    {"ws://h/;a=1,2/!$&'()*+", "ws name h 80 /;a=1,2/!$&'()*+"},
    {"ws://a-b_c.d~e.", "ws name a-b_c.d~e. 80 /"},
    {"ws://%65xample.com", "ws name example.com 80 /"},
    {"ws://127.0.0.1:9/", "ws v4 127.0.0.1 9! /"},
    {"ws://127%2e0.0.1/", "ws v4 127.0.0.1 80 /"},
    {"ws://%31%32%37.0.0.1", "ws v4 127.0.0.1 80 /"},
    {"ws://a.1..", "ws name a.1.. 80 /"},
    {"ws://a.00x1", "ws name a.00x1 80 /"},
    {"ws://a.1x0", "ws name a.1x0 80 /"},
    {"ws://255.255.255.255", "ws v4 255.255.255.255 80 /"},
    {"ws://1.2.3.4.example", "ws name 1.2.3.4.example 80 /"},
    {"ws://4you", "ws name 4you 80 /"},
    {"ws://[::1]:9/x", "ws v6 ::1 9! /x"},
    {"ws://[::]", "ws v6 :: 80 /"},
    {"ws://[2001:DB8::8:800:200C:417A]", "ws v6 2001:db8::8:800:200c:417a 80 /"},
    {"ws://[1:2:3:4:5:6:7:8]", "ws v6 1:2:3:4:5:6:7:8 80 /"},
    {"ws://[1:2:3:4:5:6:7::]", "ws v6 1:2:3:4:5:6:7:: 80 /"},
    {"ws://[::2:3:4:5:6:7:8]", "ws v6 ::2:3:4:5:6:7:8 80 /"},
    {"ws://[::ffff:192.0.2.1]", "ws v6 ::ffff:192.0.2.1 80 /"},
    {"ws://[1:2:3:4:5:6:192.0.2.1]", "ws v6 1:2:3:4:5:6:192.0.2.1 80 /"},
    {"ws://[1:2:3:4:5::192.0.2.1]", "ws v6 1:2:3:4:5::192.0.2.1 80 /"},
    {"ws://u:p@h/", "ws name h 80 /"},
    {"ws://u@[::1]:7", "ws v6 ::1 7! /"},
    {"ws://@h", "ws name h 80 /"},
    {"ws://u:p:q%40@h", "ws name h 80 /"},
};

START_TEST(taken_with_its_parts)
{
    char summary[SUMMARY];

    ck_assert_msg(parse(taken[_i].text, WSS_URL_WS, summary) == WSS_OK, "%s: %s", taken[_i].text,
                  summary);
    ck_assert_str_eq(summary, taken[_i].parts);
}
END_TEST

/* ---------------------------------------------------------------------- refused */

static const struct {
    const char *text;
    wss_result_t result;
    const char *problem;
} refused[] = {
    {"", WSS_ERR_ARGUMENT, "0 The URL does not begin with a scheme, as in ws://."},
    {"example.com", WSS_ERR_ARGUMENT, "0 The URL does not begin with a scheme, as in ws://."},
    {"://h", WSS_ERR_ARGUMENT, "0 The URL does not begin with a scheme, as in ws://."},
    {"1ws://h", WSS_ERR_ARGUMENT, "0 The URL does not begin with a scheme, as in ws://."},
    {" ws://h", WSS_ERR_ARGUMENT, "0 The URL does not begin with a scheme, as in ws://."},
    {"ws", WSS_ERR_ARGUMENT, "0 The URL does not begin with a scheme, as in ws://."},
    {"http://h", WSS_ERR_UNSUPPORTED, "0 The scheme is neither ws nor wss."},
    {"wsss://h", WSS_ERR_UNSUPPORTED, "0 The scheme is neither ws nor wss."},
    {"w://h", WSS_ERR_UNSUPPORTED, "0 The scheme is neither ws nor wss."},
    {"ws:", WSS_ERR_ARGUMENT, "3 The scheme must be followed by //."},
    {"ws:/h", WSS_ERR_ARGUMENT, "3 The scheme must be followed by //."},
    {"ws:h", WSS_ERR_ARGUMENT, "3 The scheme must be followed by //."},
    {"ws://", WSS_ERR_ADDRESS, "5 The host is empty."},
    {"ws:///x", WSS_ERR_ADDRESS, "5 The host is empty."},
    {"ws://:80/", WSS_ERR_ADDRESS, "5 The host is empty."},
    {"ws://u@/", WSS_ERR_ADDRESS, "7 The host is empty."},
    {"wss://host:99999/", WSS_ERR_ADDRESS, "11 The port is over 65535."},
    {"ws://h:65536", WSS_ERR_ADDRESS, "7 The port is over 65535."},
    {"ws://h:99999999999999999999", WSS_ERR_ADDRESS, "7 The port is over 65535."},
    {"ws://h:0/", WSS_ERR_ADDRESS, "7 The port is 0."},
    {"ws://h:8o", WSS_ERR_ADDRESS, "8 The port is not a number."},
    {"ws://h:-1", WSS_ERR_ADDRESS, "7 The port is not a number."},
    {"ws://::1/", WSS_ERR_ADDRESS, "5 An IPv6 address stands in brackets."},
    {"ws://fe80::1/", WSS_ERR_ADDRESS, "10 An IPv6 address stands in brackets."},
    {"ws://a b/", WSS_ERR_TEXT, "6 A space must be percent-encoded."},
    {"ws://h/a b", WSS_ERR_TEXT, "8 A space must be percent-encoded."},
    {"ws://h/x\n", WSS_ERR_TEXT, "8 A URL holds no control characters."},
    {"ws://h/x\r\nHost: i", WSS_ERR_TEXT, "8 A URL holds no control characters."},
    {"ws://h/\x7F", WSS_ERR_TEXT, "7 A URL holds no control characters."},
    {"ws://h\t/", WSS_ERR_TEXT, "6 A URL holds no control characters."},
    {"ws://h/\xC3\xA4", WSS_ERR_TEXT, "7 What is not ASCII must be percent-encoded."},
    {"ws://\xC3\xA4/", WSS_ERR_TEXT, "5 What is not ASCII must be percent-encoded."},
    {"ws://h/%", WSS_ERR_TEXT, "7 A % must be followed by two hexadecimal digits."},
    {"ws://h/%4", WSS_ERR_TEXT, "7 A % must be followed by two hexadecimal digits."},
    {"ws://h/?%4g", WSS_ERR_TEXT, "8 A % must be followed by two hexadecimal digits."},
    {"ws://h%4/", WSS_ERR_TEXT, "6 A % must be followed by two hexadecimal digits."},
    {"ws://h/{x}", WSS_ERR_TEXT, "7 The character must be percent-encoded here."},
    {"ws://h/a\\b", WSS_ERR_TEXT, "8 The character must be percent-encoded here."},
    {"ws://h\\@evil/", WSS_ERR_TEXT, "6 The character must be percent-encoded here."},
    {"ws://h\\evil/", WSS_ERR_TEXT, "6 A host name does not hold this character."},
    {"ws://u@v@h/", WSS_ERR_TEXT, "6 The character must be percent-encoded here."},
    {"ws://u@v@h/ x", WSS_ERR_TEXT,
     "6 The character must be percent-encoded here."}, /* the first */
    {"ws://h/#top", WSS_ERR_UNSUPPORTED,
     "7 A WebSocket URL has no fragment (RFC 6455, 3); # is written %23."},
    {"ws://h#", WSS_ERR_UNSUPPORTED,
     "6 A WebSocket URL has no fragment (RFC 6455, 3); # is written %23."},
    {"ws://h%00.example/", WSS_ERR_ADDRESS,
     "6 The percent-encoding stands for what no host name holds."},
    {"ws://a%2Fb/", WSS_ERR_ADDRESS, "6 The percent-encoding stands for what no host name holds."},
    {"ws://256.0.0.1/", WSS_ERR_ADDRESS, "5 The host ends in a number but is no IPv4 address."},
    {"ws://127.1", WSS_ERR_ADDRESS, "5 The host ends in a number but is no IPv4 address."},
    {"ws://2130706433", WSS_ERR_ADDRESS, "5 The host ends in a number but is no IPv4 address."},
    {"ws://0x7f.1/", WSS_ERR_ADDRESS, "5 The host ends in a number but is no IPv4 address."},
    {"ws://0x7F000001", WSS_ERR_ADDRESS, "5 The host ends in a number but is no IPv4 address."},
    {"ws://%30x7f%2E1", WSS_ERR_ADDRESS, "5 The host ends in a number but is no IPv4 address."},
    {"ws://1.2.3.4.", WSS_ERR_ADDRESS, "5 The host ends in a number but is no IPv4 address."},
    {"ws://a.0x", WSS_ERR_ADDRESS, "5 The host ends in a number but is no IPv4 address."},
    {"ws://a%2e0X1F%2e", WSS_ERR_ADDRESS, "5 The host ends in a number but is no IPv4 address."},
    {"ws://01.2.3.4", WSS_ERR_ADDRESS, "5 The host ends in a number but is no IPv4 address."},
    {"ws://[::1", WSS_ERR_ADDRESS, "5 The bracket is not closed."},
    {"ws://[::1/", WSS_ERR_ADDRESS, "5 The bracket is not closed."},
    {"ws://[]/", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[1]", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[:]", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[:1::]", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[:::]", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[1::2::3]", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[1:2:3:4:5:6:7]", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[1:2:3:4:5:6:7:8:9]", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[1:2:3:4:5:6:7:8::]", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[1:2:3:4:5:6:7:]", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[12345::]", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[::g]", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[::1.2.3]", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[::1.2.3.4:5]", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[1:2:3:4:5:6:7:1.2.3.4]", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[1:2:3:4:5:1.2.3.4]", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[1:2:3:4:5:6::1.2.3.4]", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[v1.x]/", WSS_ERR_ADDRESS, "6 This is not an IPv6 address."},
    {"ws://[fe80::1%25eth0]/", WSS_ERR_UNSUPPORTED, "13 Zones of IPv6 addresses are not taken."},
    {"ws://[::1]x", WSS_ERR_ADDRESS, "10 A bracket is followed by a port or a path."},
    {"ws://[::1]:x", WSS_ERR_ADDRESS, "11 The port is not a number."},
};

START_TEST(refused_where_and_why)
{
    char summary[SUMMARY];

    ck_assert_msg(parse(refused[_i].text, WSS_URL_WS, summary) == refused[_i].result, "%s: %s",
                  refused[_i].text, summary);
    ck_assert_str_eq(summary, refused[_i].problem);
}
END_TEST

START_TEST(schemes_are_chosen)
{
    char summary[SUMMARY];

    ck_assert_int_eq(parse("http://h", WSS_URL_HTTP, summary), WSS_OK);
    ck_assert_str_eq(summary, "ws name h 80 /");
    ck_assert_int_eq(parse("HTTPS://h", WSS_URL_BOTH, summary), WSS_OK);
    ck_assert_str_eq(summary, "wss name h 443 /");
    ck_assert_int_eq(parse("ws://h", WSS_URL_HTTP, summary), WSS_ERR_UNSUPPORTED);
    ck_assert_str_eq(summary, "0 The scheme is neither http nor https.");
    ck_assert_int_eq(parse("ftp://h", WSS_URL_BOTH, summary), WSS_ERR_UNSUPPORTED);
    ck_assert_str_eq(summary, "0 The scheme is none of ws, wss, http, https.");
}
END_TEST

/* A NUL is a byte like others. */
START_TEST(a_nul_ends_nothing)
{
    wss_url_t url;
    wss_url_error_t error;

    ck_assert_int_eq(wss_url_parse("ws://h/a\0b", 10, WSS_URL_WS, &url, &error), WSS_ERR_TEXT);
    ck_assert_uint_eq(error.offset, 8);
    ck_assert_int_eq(wss_url_parse("ws://h\0/", 8, WSS_URL_WS, &url, &error), WSS_ERR_TEXT);
    ck_assert_uint_eq(error.offset, 6);
    ck_assert_int_eq(wss_url_parse("ws://\0@h/", 9, WSS_URL_WS, &url, NULL), WSS_ERR_TEXT);
}
END_TEST

/* ----------------------------------------------------------------------- limits */

/* "ws://" + a * `length` + `rest` */
static wss_result_t parse_long(const char *before, size_t length, const char *after)
{
    static char text[2 * WSS_URL_SIZE];
    char summary[SUMMARY];
    const size_t at = strlen(before);

    memcpy(text, before, at);
    memset(text + at, 'a', length);
    memcpy(text + at + length, after, strlen(after) + 1);
    return parse(text, WSS_URL_WS, summary);
}

START_TEST(parts_have_a_largest_size)
{
    ck_assert_int_eq(parse_long("ws://", WSS_URL_HOST, "/"), WSS_OK);
    ck_assert_int_eq(parse_long("ws://", WSS_URL_HOST + 1, "/"), WSS_ERR_TOO_BIG);
    ck_assert_int_eq(parse_long("ws://", WSS_URL_USERINFO, "@h/"), WSS_OK);
    ck_assert_int_eq(parse_long("ws://", WSS_URL_USERINFO + 1, "@h/"), WSS_ERR_TOO_BIG);
    ck_assert_int_eq(parse_long("ws://h/", WSS_URL_TARGET - 2, ""), WSS_OK);
    ck_assert_int_eq(parse_long("ws://h/", WSS_URL_TARGET - 1, ""), WSS_ERR_TOO_BIG);
    ck_assert_int_eq(parse_long("ws://h?", WSS_URL_TARGET - 2, ""), WSS_OK);
    ck_assert_int_eq(parse_long("ws://h?", WSS_URL_TARGET - 1, ""), WSS_ERR_TOO_BIG);
}
END_TEST

START_TEST(writers_tell_a_small_buffer)
{
    wss_url_t url;
    char buffer[32];

    ck_assert_int_eq(wss_url_parse("ws://u:p@host/a?b", 17, WSS_URL_WS, &url, NULL), WSS_OK);
    memset(buffer, '!', sizeof buffer);
    ck_assert_int_eq(wss_url_host(&url, buffer, 3), WSS_ERR_TOO_BIG);
    ck_assert_int_eq(buffer[3], '!');
    ck_assert_int_eq(wss_url_host(&url, buffer, 4), WSS_ERR_TOO_BIG);
    ck_assert_int_eq(wss_url_host(&url, buffer, 5), WSS_OK);
    ck_assert_str_eq(buffer, "host");
    ck_assert_int_eq(wss_url_target(&url, buffer, 4), WSS_ERR_TOO_BIG);
    ck_assert_int_eq(wss_url_target(&url, buffer, 5), WSS_OK);
    ck_assert_str_eq(buffer, "/a?b");
    ck_assert_int_eq(wss_url_basic(&url, buffer, 10), WSS_ERR_TOO_BIG);
    ck_assert_int_eq(wss_url_basic(&url, buffer, 11), WSS_OK);
    ck_assert_str_eq(buffer, "Basic dTpw");
    ck_assert_int_eq(wss_url_basic(&url, buffer, 0), WSS_ERR_TOO_BIG);
}
END_TEST

/* ------------------------------------------------------------------ credentials */

static const struct {
    const char *text;
    wss_result_t result;
    const char *credentials;
} basics[] = {
    {"ws://h", WSS_OK, ""},
    {"ws://Aladdin:open%20sesame@h", WSS_OK,
     "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="}, /* RFC 7617, 2 */
    {"ws://u@h", WSS_OK, "Basic dTo="},
    {"ws://u:@h", WSS_OK, "Basic dTo="},
    {"ws://:@h", WSS_OK, "Basic Og=="},
    {"ws://test:123%C2%A3@h", WSS_OK, "Basic dGVzdDoxMjPCow=="}, /* RFC 7617, 2.1 */
    {"ws://u:a:b@h", WSS_OK, "Basic dTphOmI="},
    {"ws://%fb%ff%fe:%3e%3F@h", WSS_OK, "Basic +//+Oj4/"},
    {"ws://%39%7a:%5A@h", WSS_OK, "Basic OXo6Wg=="},
    {"ws://u%3Av:p@h", WSS_ERR_TEXT, ""},
    {"ws://u%1F:p@h", WSS_ERR_TEXT, ""},
    {"ws://u%0D%0A:p@h", WSS_ERR_TEXT, ""},
    {"ws://u:p%00@h", WSS_ERR_TEXT, ""},
    {"ws://u:p%7f@h", WSS_ERR_TEXT, ""},
};

START_TEST(credentials_are_encoded)
{
    wss_url_t url;
    char buffer[WSS_URL_BASIC_SIZE];
    const char *text = basics[_i].text;

    ck_assert_int_eq(wss_url_parse(text, strlen(text), WSS_URL_WS, &url, NULL), WSS_OK);
    ck_assert_int_eq(wss_url_basic(&url, buffer, sizeof buffer), basics[_i].result);
    ck_assert_str_eq(buffer, basics[_i].credentials);
}
END_TEST

START_TEST(the_longest_credentials_fit)
{
    char text[WSS_URL_USERINFO + 8] = "ws://";
    char buffer[WSS_URL_BASIC_SIZE];
    wss_url_t url;

    memset(text + 5, 'u', WSS_URL_USERINFO);
    memcpy(text + 5 + WSS_URL_USERINFO, "@h", 3);
    ck_assert_int_eq(wss_url_parse(text, strlen(text), WSS_URL_WS, &url, NULL), WSS_OK);
    ck_assert_int_eq(wss_url_basic(&url, buffer, sizeof buffer), WSS_OK);
    ck_assert_uint_eq(strlen(buffer), WSS_URL_BASIC_SIZE - 1);
}
END_TEST

/* One byte too few for each piece of them: nothing is written behind the buffer, and no half. */
START_TEST(credentials_fit_or_are_refused)
{
    /* RFC 4648: three bytes are four digits */
    static const struct {
        const char *text;
        const char *credentials;
    } cases[] = {{"ws://ab:cde@h", "Basic YWI6Y2Rl"}, {"ws://ab@h", "Basic YWI6"}};
    const char *text = cases[_i].text;
    const size_t length = strlen(cases[_i].credentials);
    char buffer[64];
    wss_url_t url;

    ck_assert_int_eq(wss_url_parse(text, strlen(text), WSS_URL_WS, &url, NULL), WSS_OK);
    for (size_t capacity = 0; capacity < sizeof buffer; capacity++) {
        const bool fits = capacity > length;
        memset(buffer, '#', sizeof buffer);
        ck_assert_int_eq(wss_url_basic(&url, buffer, capacity), fits ? WSS_OK : WSS_ERR_TOO_BIG);
        if (capacity > 0)
            ck_assert_str_eq(buffer, fits ? cases[_i].credentials : "");
        for (size_t i = capacity; i < sizeof buffer; i++)
            ck_assert_int_eq(buffer[i], '#');
    }
}
END_TEST

/* -------------------------------------------------------------------- references */

/* The examples of RFC 3986, 5.4 with ws for http; a fragment is left out. */
static const struct {
    const char *base;
    const char *reference;
    const char *url;
} references[] = {
    {"ws://a/b/c/d;p?q", "g", "ws://a/b/c/g"},
    {"ws://a/b/c/d;p?q", "./g", "ws://a/b/c/g"},
    {"ws://a/b/c/d;p?q", "g/", "ws://a/b/c/g/"},
    {"ws://a/b/c/d;p?q", "/g", "ws://a/g"},
    {"ws://a/b/c/d;p?q", "//g", "ws://g/"},
    {"ws://a/b/c/d;p?q", "?y", "ws://a/b/c/d;p?y"},
    {"ws://a/b/c/d;p?q", "g?y", "ws://a/b/c/g?y"},
    {"ws://a/b/c/d;p?q", "#s", "ws://a/b/c/d;p?q"},
    {"ws://a/b/c/d;p?q", "g#s", "ws://a/b/c/g"},
    {"ws://a/b/c/d;p?q", "g?y#s", "ws://a/b/c/g?y"},
    {"ws://a/b/c/d;p?q", ";x", "ws://a/b/c/;x"},
    {"ws://a/b/c/d;p?q", "g;x", "ws://a/b/c/g;x"},
    {"ws://a/b/c/d;p?q", "g;x?y#s", "ws://a/b/c/g;x?y"},
    {"ws://a/b/c/d;p?q", "", "ws://a/b/c/d;p?q"},
    {"ws://a/b/c/d;p?q", ".", "ws://a/b/c/"},
    {"ws://a/b/c/d;p?q", "./", "ws://a/b/c/"},
    {"ws://a/b/c/d;p?q", "..", "ws://a/b/"},
    {"ws://a/b/c/d;p?q", "../", "ws://a/b/"},
    {"ws://a/b/c/d;p?q", "../g", "ws://a/b/g"},
    {"ws://a/b/c/d;p?q", "../..", "ws://a/"},
    {"ws://a/b/c/d;p?q", "../../", "ws://a/"},
    {"ws://a/b/c/d;p?q", "../../g", "ws://a/g"},
    {"ws://a/b/c/d;p?q", "../../../g", "ws://a/g"},
    {"ws://a/b/c/d;p?q", "../../../../g", "ws://a/g"},
    {"ws://a/b/c/d;p?q", "/./g", "ws://a/g"},
    {"ws://a/b/c/d;p?q", "/../g", "ws://a/g"},
    {"ws://a/b/c/d;p?q", "g.", "ws://a/b/c/g."},
    {"ws://a/b/c/d;p?q", ".g", "ws://a/b/c/.g"},
    {"ws://a/b/c/d;p?q", "g..", "ws://a/b/c/g.."},
    {"ws://a/b/c/d;p?q", "..g", "ws://a/b/c/..g"},
    {"ws://a/b/c/d;p?q", "./../g", "ws://a/b/g"},
    {"ws://a/b/c/d;p?q", "./g/.", "ws://a/b/c/g/"},
    {"ws://a/b/c/d;p?q", "g/./h", "ws://a/b/c/g/h"},
    {"ws://a/b/c/d;p?q", "g/../h", "ws://a/b/c/h"},
    {"ws://a/b/c/d;p?q", "g;x=1/./y", "ws://a/b/c/g;x=1/y"},
    {"ws://a/b/c/d;p?q", "g;x=1/../y", "ws://a/b/c/y"},
    {"ws://a/b/c/d;p?q", "g?y/./x", "ws://a/b/c/g?y/./x"},
    {"ws://a/b/c/d;p?q", "g?y/../x", "ws://a/b/c/g?y/../x"},
    {"ws://a/b/c/d;p?q", "g#s/../x", "ws://a/b/c/g"},
    /* Our own. */
    {"ws://a/b", "wss://h:9/c/../d?e", "wss://h:9/d?e"},
    {"ws://a/b", "http://h/c", "ws://h/c"},
    {"ws://a/b", "HTTPS://h", "wss://h/"},
    {"wss://u:p@a:444/b?q", "c", "wss://u:p@a:444/c"},
    {"wss://u:p@a:444/b?q", "//a/c", "wss://a/c"},
    {"wss://[::1]:8/b", "?", "wss://[::1]:8/b?"},
    {"ws://a", "g", "ws://a/g"},
    {"ws://a?q", "", "ws://a/?q"},
    {"ws://a/b/c", "%2e%2E/g", "ws://a/g"},
    {"ws://a/b//c", "../g", "ws://a/b/g"},
    {"ws://a/b", "//h?x", "ws://h/?x"},
    {"ws://a/b", "...", "ws://a/..."},
    {"ws://a/b", "/...//", "ws://a/...//"},
};

START_TEST(references_are_resolved)
{
    const char *text = references[_i].base;
    char *copy = exact(references[_i].reference, strlen(references[_i].reference));
    char buffer[WSS_URL_SIZE];
    wss_url_t base;
    wss_url_t url;
    wss_url_error_t error;
    const size_t length = strlen(references[_i].reference);
    const size_t wanted = strlen(references[_i].url);

    ck_assert_int_eq(wss_url_parse(text, strlen(text), WSS_URL_WS, &base, NULL), WSS_OK);
    ck_assert_int_eq(wss_url_resolve(&base, copy, length, buffer, sizeof buffer, &url, &error),
                     WSS_OK);
    ck_assert_str_eq(buffer, references[_i].url);
    /* Every smaller buffer says so and is not overrun. */
    for (size_t capacity = 0; capacity <= wanted; capacity++) {
        char *small = malloc(capacity + 1);
        ck_assert_ptr_nonnull(small);
        small[capacity] = '!';
        const wss_result_t result =
            wss_url_resolve(&base, copy, length, small, capacity, &url, &error);
        ck_assert(result == WSS_ERR_TOO_BIG || (result == WSS_OK && strlen(small) == wanted));
        ck_assert_int_eq(small[capacity], '!');
        free(small);
    }
    free(copy);
}
END_TEST

static const struct {
    const char *reference;
    wss_result_t result;
    size_t offset;
} bad_references[] = {
    {"g:h", WSS_ERR_UNSUPPORTED, 0}, {"http:g", WSS_ERR_ARGUMENT, 5},
    {"/a b", WSS_ERR_TEXT, 2},       {"//", WSS_ERR_ADDRESS, 2},
    {"//h:0/", WSS_ERR_ADDRESS, 4},  {"ftp://h/", WSS_ERR_UNSUPPORTED, 0},
    {"/a#\n", WSS_ERR_TEXT, 3},      {"http://h:99999/", WSS_ERR_ADDRESS, 9},
};

START_TEST(bad_references_are_refused)
{
    const char *text = bad_references[_i].reference;
    char buffer[WSS_URL_SIZE];
    wss_url_t base;
    wss_url_t url;
    wss_url_error_t error;

    ck_assert_int_eq(wss_url_parse("ws://a/b", 8, WSS_URL_WS, &base, NULL), WSS_OK);
    ck_assert_int_eq(
        wss_url_resolve(&base, text, strlen(text), buffer, sizeof buffer, &url, &error),
        bad_references[_i].result);
    ck_assert_uint_eq(error.offset, bad_references[_i].offset);
}
END_TEST

START_TEST(a_merged_path_can_be_too_long)
{
    static char text[WSS_URL_SIZE] = "ws://a/";
    static char buffer[2 * WSS_URL_SIZE];
    wss_url_t base;
    wss_url_t url;
    wss_url_error_t error;

    memset(text + 7, 'x', WSS_URL_TARGET - 4);
    memcpy(text + 7 + WSS_URL_TARGET - 4, "/", 2);
    ck_assert_int_eq(wss_url_parse(text, strlen(text), WSS_URL_WS, &base, NULL), WSS_OK);
    ck_assert_int_eq(wss_url_resolve(&base, "12", 2, buffer, sizeof buffer, &url, &error),
                     WSS_ERR_TOO_BIG);
    ck_assert_str_eq(error.reason, "The URL becomes too long.");
}
END_TEST

/* -------------------------------------------------------------------- every byte */

static void inside(wss_url_part_t part, const char *text, size_t length)
{
    if (part.start == NULL || part.start < text || part.start > text + length) {
        ck_assert(part.length == 0 || memcmp(part.start, "/", 2) == 0);
        return;
    }
    ck_assert_uint_le(part.length, length - (size_t)(part.start - text));
}

/* What must hold for any text. */
static void check_any(const char *text, size_t length)
{
    char buffer[WSS_URL_SIZE];
    wss_url_t url;
    wss_url_t other;
    wss_url_error_t error;

    if (wss_url_parse(text, length, WSS_URL_BOTH, &url, &error) == WSS_OK) {
        inside(url.authority, text, length);
        inside(url.user, text, length);
        inside(url.password, text, length);
        inside(url.host, text, length);
        inside(url.path, text, length);
        inside(url.query, text, length);
        ck_assert_uint_ne(url.port, 0);
        ck_assert_int_eq(wss_url_host(&url, buffer, sizeof buffer), WSS_OK);
        ck_assert_uint_eq(strcspn(buffer, " /?#@\\%\r\n"), strlen(buffer));
        ck_assert_int_eq(wss_url_target(&url, buffer, sizeof buffer), WSS_OK);
        ck_assert_int_eq(buffer[0], '/');
        (void)wss_url_basic(&url, buffer, sizeof buffer);
    } else {
        ck_assert_uint_le(error.offset, length);
        ck_assert_str_ne(error.reason, "");
    }
    ck_assert_int_eq(wss_url_parse("ws://a/b/c?d", 12, WSS_URL_WS, &url, NULL), WSS_OK);
    if (wss_url_resolve(&url, text, length, buffer, sizeof buffer, &other, &error) == WSS_OK)
        ck_assert_int_eq(wss_url_parse(buffer, strlen(buffer), WSS_URL_WS, &url, NULL), WSS_OK);
    else
        ck_assert_uint_le(error.offset, length);
}

static const char *const seeds[] = {
    "wss://us%41r:p%20w@host.example:8443/a/%2e./b;c?d=%C3&e",
    "http://[2001:db8::192.0.2.1]:80/x/../y?#frag",
    "ws://127.0.0.1?q",
    "//h.example/../a/./b",
    "../../g%2F/..?x",
};

START_TEST(any_byte_anywhere)
{
    const size_t length = strlen(seeds[_i]);
    char *text = exact(seeds[_i], length);

    for (size_t at = 0; at < length; at++) {
        for (unsigned byte = 0; byte < 256; byte++) {
            text[at] = (char)byte;
            check_any(text, length);
        }
        text[at] = seeds[_i][at];
    }
    free(text);
    for (size_t cut = 0; cut <= length; cut++) {
        char *start = exact(seeds[_i], cut);
        char *rest = exact(seeds[_i] + cut, length - cut);
        check_any(start, cut);
        check_any(rest, length - cut);
        free(start);
        free(rest);
    }
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("url");
    TCase *cases = tcase_create("url");

    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, taken_with_its_parts, 0, COUNT(taken));
    tcase_add_loop_test(cases, refused_where_and_why, 0, COUNT(refused));
    tcase_add_test(cases, schemes_are_chosen);
    tcase_add_test(cases, a_nul_ends_nothing);
    tcase_add_test(cases, parts_have_a_largest_size);
    tcase_add_test(cases, writers_tell_a_small_buffer);
    tcase_add_loop_test(cases, credentials_are_encoded, 0, COUNT(basics));
    tcase_add_test(cases, the_longest_credentials_fit);
    tcase_add_loop_test(cases, credentials_fit_or_are_refused, 0, 2);
    tcase_add_loop_test(cases, references_are_resolved, 0, COUNT(references));
    tcase_add_loop_test(cases, bad_references_are_refused, 0, COUNT(bad_references));
    tcase_add_test(cases, a_merged_path_can_be_too_long);
    tcase_add_loop_test(cases, any_byte_anywhere, 0, COUNT(seeds));
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
