/* SPDX-License-Identifier: MIT */
/*
 * URLs and references. An input is a byte that chooses the schemes, a URL, and after the
 * first line feed a reference that is resolved against it. Whatever comes: parts lie in the
 * text, errors point into it, what was read and written reads as the same again, and no
 * buffer is written beyond what it must hold. Texts stand in memory of exactly their length.
 */
#include "fuzz.h"

#include "wss/wss_url.h"

#include <stdio.h>
#include <string.h>

enum { MOST = 20000 };

/* A text in memory of its own. */
typedef struct text {
    char *bytes;
    size_t length;
} text_t;

static text_t copy(const void *bytes, size_t length)
{
    text_t text = {malloc(length > 0 ? length : 1), length};
    require(text.bytes != NULL);
    if (length > 0)
        memcpy(text.bytes, bytes, length);
    return text;
}

/* ------------------------------------------------------------------------ checking */

static void check_error(wss_result_t result, const wss_url_error_t *error, size_t length)
{
    require(result == error->result && error->offset <= length);
    require((result == WSS_OK) == (error->reason[0] == '\0'));
    require(result == WSS_OK || error->reason[strlen(error->reason) - 1] == '.');
}

static void check_part(wss_url_part_t part, const char *text, size_t length)
{
    require(part.start != NULL || part.length == 0);
    require(part.start == NULL ||
            (part.start >= text && part.start + part.length <= text + length));
}

/* No part may hold what would end it, or a line. */
static void check_characters(wss_url_part_t part, const char *forbidden)
{
    for (size_t i = 0; i < part.length; i++) {
        uint8_t byte = (uint8_t)part.start[i];
        require(byte > ' ' && byte < 0x7F && strchr(forbidden, byte) == NULL);
    }
}

static void check_parts(const wss_url_t *url, const char *text, size_t length)
{
    bool default_path = url->path.length == 1 && url->path.start[0] == '/';
    check_part(url->authority, text, length);
    check_part(url->user, text, length);
    check_part(url->password, text, length);
    check_part(url->host, text, length);
    check_part(url->query, text, length);
    if (!default_path)
        check_part(url->path, text, length);
    check_characters(url->user, "/?#@:");
    check_characters(url->password, "/?#@");
    check_characters(url->host, url->kind == WSS_URL_IPV6 ? "/?#@[]%" : "/?#@:[]");
    check_characters(url->path, "?#");
    check_characters(url->query, "#");
    require(url->host.length > 0 && url->path.length > 0 && url->path.start[0] == '/');
    require(url->port != 0 && (url->port_given || url->port == (url->secure ? 443 : 80)));
}

/* ------------------------------------------------------------------------- writing */

typedef wss_result_t write_t(const wss_url_t *url, char *buffer, size_t capacity);

/* Writes to exactly what the text takes, and to one byte less. */
static text_t write_tightly(write_t *write, const wss_url_t *url, size_t most)
{
    text_t wide = copy("", 0), tight;
    wide.bytes = realloc(wide.bytes, most);
    require(wide.bytes != NULL && write(url, wide.bytes, most) == WSS_OK);
    tight = copy(wide.bytes, strlen(wide.bytes) + 1);
    memset(tight.bytes, 'x', tight.length);
    require(write(url, tight.bytes, tight.length) == WSS_OK);
    require(strcmp(wide.bytes, tight.bytes) == 0);
    free(wide.bytes);
    wide = copy(tight.bytes, tight.length - 1);
    require(write(url, wide.bytes, wide.length) == WSS_ERR_TOO_BIG);
    free(wide.bytes);
    return tight;
}

static void check_credentials(const wss_url_t *url)
{
    char basic[WSS_URL_BASIC_SIZE];
    if (wss_url_basic(url, basic, sizeof basic) != WSS_OK)
        return;
    text_t tight = write_tightly(wss_url_basic, url, sizeof basic);
    require((url->user.start == NULL) == (tight.length == 1));
    require(tight.length == 1 || strncmp(tight.bytes, "Basic ", 6) == 0);
    free(tight.bytes);
}

static bool same(wss_url_part_t a, wss_url_part_t b)
{
    return (a.start == NULL) == (b.start == NULL) && a.length == b.length &&
           (a.length == 0 || memcmp(a.start, b.start, a.length) == 0);
}

/* What was read is put together and read again. */
static void check_round_trip(const wss_url_t *url)
{
    static char whole[2 * WSS_URL_SIZE];
    text_t host = write_tightly(wss_url_host, url, WSS_URL_HOST_SIZE);
    text_t target = write_tightly(wss_url_target, url, WSS_URL_TARGET_SIZE);
    bool literal = url->kind == WSS_URL_IPV6, user = url->user.start != NULL;
    bool password = url->password.start != NULL;
    wss_url_t again;
    int length = snprintf(
        whole, sizeof whole, "%s://%.*s%s%.*s%s%s%s%s:%u%s", url->secure ? "wss" : "ws",
        (int)url->user.length, user ? url->user.start : "", password ? ":" : "",
        (int)url->password.length, password ? url->password.start : "", user ? "@" : "",
        literal ? "[" : "", host.bytes, literal ? "]" : "", (unsigned)url->port, target.bytes);
    require(length > 0 && (size_t)length < WSS_URL_SIZE);
    require(wss_url_parse(whole, (size_t)length, WSS_URL_WS, &again, NULL) == WSS_OK);
    require(again.secure == url->secure && again.port == url->port && again.kind == url->kind);
    require(same(again.user, url->user) && same(again.password, url->password));
    require(same(again.path, url->path) && same(again.query, url->query));
    require(strncmp(again.host.start, host.bytes, again.host.length) == 0);
    require(again.host.length == host.length - 1);
    free(host.bytes);
    free(target.bytes);
}

/* ----------------------------------------------------------------------- resolving */

/* Dot segments are gone (RFC 3986, 5.2.4); encoded ones, too. */
static void check_no_dots(wss_url_part_t path)
{
    for (size_t i = 0, dots = 0, start = 0; i <= path.length; i++) {
        bool encoded = i + 3 <= path.length && path.start[i] == '%' && path.start[i + 1] == '2' &&
                       (path.start[i + 2] | 0x20) == 'e';
        if (i == path.length || path.start[i] == '/') {
            require(dots == 0 || dots > 2 || start != 0);
            dots = start = 0;
        } else if (encoded || path.start[i] == '.') {
            dots++;
            i += encoded ? 2 : 0;
        } else {
            start = 1;
        }
    }
}

/* A URL that was resolved resolves to itself. It may need more room than it takes in the end:
 * for its dot segments. */
static void check_resolved(const wss_url_t *base, text_t reference, const char *whole,
                           const wss_url_t *url)
{
    static char again[WSS_URL_SIZE];
    const size_t length = strlen(whole);
    wss_url_t same_url;
    text_t tight = copy(whole, length + 1);
    check_parts(url, whole, length);
    check_no_dots(url->path);
    check_round_trip(url);
    require(wss_url_resolve(base, whole, length, again, sizeof again, &same_url, NULL) == WSS_OK);
    require(strcmp(again, whole) == 0);
    require(wss_url_resolve(url, "", 0, again, sizeof again, &same_url, NULL) == WSS_OK);
    require(strcmp(again, whole) == 0);
    memset(tight.bytes, 'x', tight.length);
    if (wss_url_resolve(base, reference.bytes, reference.length, tight.bytes, length + 1, &same_url,
                        NULL) == WSS_OK)
        require(strcmp(tight.bytes, whole) == 0);
    free(tight.bytes);
    tight = copy(whole, length);
    require(wss_url_resolve(base, reference.bytes, reference.length, tight.bytes, length, &same_url,
                            NULL) == WSS_ERR_TOO_BIG);
    free(tight.bytes);
}

static void resolve(const wss_url_t *base, text_t reference)
{
    static char whole[WSS_URL_SIZE];
    wss_url_t url;
    wss_url_error_t error;
    wss_result_t result =
        wss_url_resolve(base, reference.bytes, reference.length, whole, sizeof whole, &url, &error);
    check_error(result, &error, reference.length);
    if (result == WSS_OK)
        check_resolved(base, reference, whole, &url);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > MOST)
        return 0;
    const uint8_t *end = memchr(data + 1, '\n', size - 1);
    const size_t length = end != NULL ? (size_t)(end - data) - 1 : size - 1;
    const wss_url_schemes_t schemes = (wss_url_schemes_t)(data[0] % 3 + 1);
    text_t text = copy(data + 1, length);
    wss_url_t url;
    wss_url_error_t error;
    wss_result_t result = wss_url_parse(text.bytes, text.length, schemes, &url, &error);
    check_error(result, &error, length);
    if (result == WSS_OK) {
        check_parts(&url, text.bytes, length);
        check_credentials(&url);
        check_round_trip(&url);
        if (end != NULL) {
            text_t reference = copy(end + 1, size - length - 2);
            resolve(&url, reference);
            free(reference.bytes);
        }
    }
    free(text.bytes);
    return 0;
}
