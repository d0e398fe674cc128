/* SPDX-License-Identifier: MIT */
/* One byte at a time: a line, and after MSG and HMSG a header and a payload. */
#include "nats_parser.h"

#include <string.h>

enum { MAX_FIELDS = 6, MAX_DIGITS = 9 };

/* -------------------------------------------------------------------------- lines */

static size_t split(char *line, char *fields[MAX_FIELDS + 1])
{
    size_t count = 0;
    char *at = line + strspn(line, " \t");
    while (*at != '\0' && count <= MAX_FIELDS) {
        fields[count++] = at;
        at += strcspn(at, " \t");
        if (*at != '\0')
            *at++ = '\0';
        at += strspn(at, " \t");
    }
    return count;
}

static bool read_number(const char *digits, size_t *number)
{
    size_t count = strspn(digits, "0123456789");
    *number = 0;
    for (size_t i = 0; i < count && i < MAX_DIGITS; i++)
        *number = *number * 10 + (size_t)(digits[i] - '0');
    return count > 0 && count <= MAX_DIGITS && digits[count] == '\0';
}

/* MSG subject sid [reply] total; HMSG subject sid [reply] header total. */
static nats_verb_t begin_message(nats_parser_t *parser, size_t sizes)
{
    char *fields[MAX_FIELDS + 1];
    size_t count = split(parser->line, fields);
    parser->header_length = 0;
    if (count < 3 + sizes || count > 4 + sizes ||
        !read_number(fields[count - 1], &parser->total_length) ||
        (sizes == 2 && !read_number(fields[count - 2], &parser->header_length)) ||
        parser->header_length > parser->total_length)
        return NATS_BROKEN;
    parser->subject = fields[1];
    parser->in_message = true;
    parser->got = 0;
    memset(parser->header, 0, sizeof parser->header);
    memset(parser->text, 0, sizeof parser->text);
    return NATS_NOTHING;
}

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static nats_verb_t end_line(nats_parser_t *parser)
{
    char *line = parser->line;
    bool whole = parser->line_length < NATS_LINE;
    if (whole && (parser->line_length == 0 || line[--parser->line_length] != '\r'))
        return NATS_BROKEN;
    line[parser->line_length] = '\0';
    parser->line_length = 0;
    if (starts_with(line, "INFO "))
        return NATS_INFO;
    if (starts_with(line, "-ERR "))
        return NATS_ERR;
    if (starts_with(line, "MSG ") && whole)
        return begin_message(parser, 1);
    if (starts_with(line, "HMSG ") && whole)
        return begin_message(parser, 2);
    if (strcmp(line, "PING") == 0)
        return NATS_PING;
    if (strcmp(line, "PONG") == 0)
        return NATS_PONG;
    return strcmp(line, "+OK") == 0 ? NATS_OK : NATS_BROKEN;
}

static nats_verb_t read_line(nats_parser_t *parser, char byte)
{
    if (byte == '\n')
        return end_line(parser);
    if (parser->line_length < NATS_LINE)
        parser->line[parser->line_length++] = byte;
    return NATS_NOTHING;
}

/* ------------------------------------------------------------------------ messages */

static nats_verb_t read_message(nats_parser_t *parser, char byte)
{
    size_t at = parser->got++;
    size_t in_text = at - parser->header_length;
    if (at == parser->total_length)
        return byte == '\r' ? NATS_NOTHING : NATS_BROKEN;
    if (at > parser->total_length) {
        parser->in_message = false;
        return byte == '\n' ? NATS_MSG : NATS_BROKEN;
    }
    if (at < parser->header_length && at < NATS_HEADER)
        parser->header[at] = byte;
    else if (at >= parser->header_length && in_text < NATS_TEXT)
        parser->text[in_text] = byte;
    return NATS_NOTHING;
}

/* ------------------------------------------------------------------------- the API */

static void describe(const nats_parser_t *parser, nats_verb_t verb, nats_said_t *said)
{
    bool is_message = verb == NATS_MSG;
    bool has_line = verb == NATS_INFO || verb == NATS_ERR;
    said->verb = verb;
    said->subject = is_message ? parser->subject : "";
    said->header = is_message ? parser->header : "";
    said->text = is_message ? parser->text : has_line ? parser->line + strlen("INFO ") : "";
}

size_t nats_parse(nats_parser_t *parser, const uint8_t *bytes, size_t length, nats_said_t *said)
{
    nats_verb_t verb = parser->broken ? NATS_BROKEN : NATS_NOTHING;
    size_t used = 0;
    while (used < length && verb == NATS_NOTHING) {
        char byte = (char)bytes[used++];
        verb = parser->in_message ? read_message(parser, byte) : read_line(parser, byte);
    }
    parser->broken = verb == NATS_BROKEN;
    describe(parser, verb, said);
    return parser->broken ? length : used;
}
