/* SPDX-License-Identifier: MIT */
/*
 * Reads a proxy's answer to CONNECT (RFC 9110, 9.3.6): the status line decides, interim
 * answers and all fields are passed over, Content-Length and Transfer-Encoding among
 * them. It must not know streams.
 */
#include "wss_connect_head.h"

#include <string.h>

/* wss_connect_head_t.step: what the next byte belongs to. */
enum {
    VERSION,
    MINOR,
    MINOR_END,
    CODE,
    CODE_END,
    PHRASE,
    STATUS_LF,
    LINE,
    NAME,
    VALUE,
    FIELD_LF,
    END_LF,
    TUNNEL,
    REFUSED,
    MALFORMED
};

static const char version[] = "HTTP/1.";
static const char answered[] = "The proxy answered ";

static bool digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static void put(wss_connect_head_t *head, uint8_t c)
{
    /* The last two places are for the full stop and the terminator. */
    if (head->length < sizeof head->text - 2)
        head->text[head->length++] = (char)(c >= 0x20 && c <= 0x7E ? c : '?');
}

static uint8_t read_version(wss_connect_head_t *head, uint8_t c)
{
    if (c != (uint8_t)version[head->index])
        return MALFORMED;
    head->index++;
    return version[head->index] == '\0' ? MINOR : VERSION;
}

static void begin_text(wss_connect_head_t *head)
{
    memcpy(head->text, answered, sizeof answered - 1);
    head->length = sizeof answered - 1;
    head->index = 0;
    head->status = 0;
}

static uint8_t read_code(wss_connect_head_t *head, uint8_t c)
{
    if (head->index == sizeof version - 1)
        begin_text(head);
    if (!digit(c) || (head->index == 0 && (c < '1' || c > '5')))
        return MALFORMED;
    put(head, c);
    head->status = (uint16_t)(head->status * 10 + (c - '0'));
    head->index++;
    return head->index < 3 ? CODE : CODE_END;
}

static uint8_t read_phrase(wss_connect_head_t *head, uint8_t c)
{
    if (c == '\r')
        return STATUS_LF;
    if ((c < 0x20 && c != '\t') || c == 0x7F)
        return MALFORMED;
    put(head, c);
    return PHRASE;
}

static uint8_t after_status(const wss_connect_head_t *head)
{
    const bool interim = head->status < 200 && head->status != 101;

    return interim || head->status / 100 == 2 ? LINE : REFUSED;
}

/* A line that begins with a space continues the one before (RFC 9112, 5.2). */
static uint8_t read_line_start(uint8_t c)
{
    if (c == '\r')
        return END_LF;
    if (c == ' ' || c == '\t')
        return VALUE;
    return c > ' ' && c < 0x7F && c != ':' ? NAME : MALFORMED;
}

static uint8_t read_name(uint8_t c)
{
    if (c == ':')
        return VALUE;
    return c > ' ' && c < 0x7F ? NAME : MALFORMED;
}

static uint8_t read_value(uint8_t c)
{
    if (c == '\r')
        return FIELD_LF;
    return (c >= 0x20 && c != 0x7F) || c == '\t' ? VALUE : MALFORMED;
}

static uint8_t after_head(wss_connect_head_t *head)
{
    head->index = 0;
    return head->status / 100 == 2 ? TUNNEL : VERSION;
}

static uint8_t next_step(wss_connect_head_t *head, uint8_t c)
{
    switch (head->step) {
    case VERSION: return read_version(head, c);
    case MINOR: return digit(c) ? MINOR_END : MALFORMED;
    case MINOR_END: return c == ' ' ? CODE : MALFORMED;
    case CODE: return read_code(head, c);
    case CODE_END: return c == ' ' || c == '\r' ? read_phrase(head, c) : MALFORMED;
    case PHRASE: return read_phrase(head, c);
    case STATUS_LF: return c == '\n' ? after_status(head) : MALFORMED;
    case LINE: return read_line_start(c);
    case NAME: return read_name(c);
    case VALUE: return read_value(c);
    case FIELD_LF: return c == '\n' ? LINE : MALFORMED;
    case END_LF: return c == '\n' ? after_head(head) : MALFORMED;
    default: return MALFORMED;
    }
}

static const char *finish_text(wss_connect_head_t *head)
{
    while (head->text[head->length - 1] == ' ' || head->text[head->length - 1] == '.')
        head->length--;
    head->text[head->length] = '.';
    head->text[head->length + 1] = '\0';
    return head->text;
}

wss_connect_answer_t wss_connect_head_read(wss_connect_head_t *head, const uint8_t *bytes,
                                           uint32_t length, uint32_t *used)
{
    uint32_t at = 0;

    while (at < length && head->step < TUNNEL && head->size < WSS_CONNECT_HEAD) {
        head->step = next_step(head, bytes[at++]);
        head->size++;
    }
    *used = at;
    if (head->step == TUNNEL)
        return WSS_CONNECT_TUNNEL;
    if (head->step == REFUSED)
        head->reason = finish_text(head);
    else if (head->step == MALFORMED)
        head->reason = "The proxy's answer is not HTTP.";
    else if (head->size == WSS_CONNECT_HEAD)
        head->reason = "The proxy's answer is too long.";
    else
        return WSS_CONNECT_MORE;
    return WSS_CONNECT_NO;
}
