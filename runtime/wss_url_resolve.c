/* SPDX-License-Identifier: MIT */
/*
 * Resolves a reference against a base (RFC 3986, 5.2): first the parts are read and
 * checked, then one text is made of them, then its dot segments go. It must not know
 * redirects.
 */
#include "wss_chars.h"
#include "wss_url_read.h"

/* Text being written. */
typedef struct writer {
    char *at;
    char *end; /* the place of the terminator at the latest */
    bool full;
} writer_t;

static void put(writer_t *writer, const char *bytes, size_t length)
{
    writer->full = writer->full || length > (size_t)(writer->end - writer->at);
    if (writer->full || length == 0)
        return;
    memcpy(writer->at, bytes, length);
    writer->at += length;
}

static void put_part(writer_t *writer, wss_url_part_t part)
{
    put(writer, part.start, part.length);
}

/* ---------------------------------------------------------------- dot segments */

/* How many characters of "." or ".." a segment is; 0: another one. Dots may be encoded
 * (RFC 3986, 6.2.2.2). */
static unsigned dots(const char *p, const char *end)
{
    unsigned count = 0;

    while (p != end && count < 3) {
        const bool encoded = end - p >= 3 && *p == '%' && wss_url_decoded(p) == '.';
        if (*p != '.' && !encoded)
            return 0;
        p += encoded ? 3 : 1;
        count++;
    }
    return p == end && count <= 2 ? count : 0;
}

/* Where the path ends when its last segment goes: behind the '/' before it. */
static char *segment_start(const char *path, char *at)
{
    while (at != path && at[-1] != '/')
        at--;
    return at;
}

/* RFC 3986, 5.2.4, in place. `path` begins with '/'; returns its new end. */
static char *remove_dots(char *path, const char *end)
{
    char *out = path + 1;
    const char *in = path + 1;

    for (;;) {
        const char *slash = in;
        while (slash != end && *slash != '/')
            slash++;
        const unsigned kind = dots(in, slash);
        if (kind == 2 && out - path > 1)
            out = segment_start(path, out - 1);
        if (kind == 0) {
            memmove(out, in, (size_t)(slash - in));
            out += slash - in;
        }
        if (slash == end)
            return out;
        if (kind == 0)
            *out++ = '/';
        in = slash + 1;
    }
}

/* ------------------------------------------------------------------- composing */

/* RFC 3986, 5.2.3: the base's path up to its last '/', then the reference's. */
static void merge(writer_t *writer, const wss_url_t *base, wss_url_part_t path)
{
    size_t length = base->path.length;

    while (length > 0 && base->path.start[length - 1] != '/')
        length--;
    put(writer, base->path.start, length);
    put_part(writer, path);
}

static void put_path(writer_t *writer, const wss_url_t *base, const wss_url_reader_t *reference)
{
    const wss_url_part_t path = reference->url->path;
    char *start = writer->at;

    if (path.length == 0)
        put_part(writer, reference->has_authority ? (wss_url_part_t){"/", 1} : base->path);
    else if (path.start[0] == '/')
        put_part(writer, path);
    else
        merge(writer, base, path);
    if (!writer->full && start != writer->at)
        writer->at = remove_dots(start, writer->at);
}

/* RFC 3986, 5.2.2 and 5.3. */
static void compose(writer_t *writer, const wss_url_t *base, const wss_url_reader_t *reference)
{
    const wss_url_t *url = reference->url;
    const bool secure = reference->has_scheme ? url->secure : base->secure;
    const bool same = !reference->has_authority && url->path.length == 0;
    const wss_url_part_t query = same && url->query.start == NULL ? base->query : url->query;

    put(writer, secure ? "wss://" : "ws://", secure ? 6 : 5);
    put_part(writer, reference->has_authority ? url->authority : base->authority);
    put_path(writer, base, reference);
    if (query.start != NULL) {
        put(writer, "?", 1);
        put_part(writer, query);
    }
}

static bool read_reference(wss_url_reader_t *reader)
{
    return wss_url_read_scheme(reader) && wss_url_read_authority(reader) &&
           wss_url_read_target(reader);
}

static void too_big(wss_url_error_t *error)
{
    *error = (wss_url_error_t){.result = WSS_ERR_TOO_BIG, .reason = "The URL becomes too long."};
}

/* False: it does not fit the buffer. */
static bool write_whole(const wss_url_t *base, wss_url_reader_t *reader, char *buffer,
                        size_t capacity)
{
    writer_t writer = {.at = buffer, .end = buffer + capacity - 1};

    compose(&writer, base, reader);
    if (writer.full)
        return false;
    *writer.at = '\0';
    reader->text = reader->at = buffer;
    reader->end = writer.at;
    reader->schemes = WSS_URL_WS;
    return true;
}

static void resolve(const wss_url_t *base, wss_url_reader_t *reader, char *buffer, size_t capacity)
{
    if (read_reference(reader) &&
        (!write_whole(base, reader, buffer, capacity) || !wss_url_read(reader)))
        too_big(&reader->error);
}

wss_result_t wss_url_resolve(const wss_url_t *base, const char *reference, size_t length,
                             char *buffer, size_t capacity, wss_url_t *url, wss_url_error_t *error)
{
    wss_url_reader_t reader = {.text = reference,
                               .at = reference,
                               .end = reference + length,
                               .url = url,
                               .schemes = WSS_URL_BOTH,
                               .drop_fragment = true,
                               .error = {.reason = "", .offset = length}};

    *url = (wss_url_t){.port = 0};
    if (capacity == 0)
        too_big(&reader.error);
    else
        resolve(base, &reader, buffer, capacity);
    if (error != NULL)
        *error = reader.error;
    return reader.error.result;
}
