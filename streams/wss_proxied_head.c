/* SPDX-License-Identifier: MIT */
/*
 * Reads the header of the PROXY protocol. The line of version 1, and of version 2 the
 * fixed part with its addresses, are kept and understood when they are complete; what
 * version 2 adds behind them is passed over.
 */
#include "wss_proxied_head.h"

#include "wss/wss_url.h"

#include <stdbool.h>
#include <string.h>

/* Version 2, from byte 12 on. */
enum {
    MARK = 12,
    COMMAND = 12,
    FAMILY = 13,
    LENGTH = 14,
    LOCAL = 0x20, /* the load balancer itself, checking us */
    PROXY = 0x21,
    TCP4 = 0x11,
    TCP4_SIZE = 12,
    TCP6 = 0x21,
    TCP6_SIZE = 36
};

static const char line_mark[] = "PROXY ";
static const uint8_t mark[MARK] = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};

static wss_proxied_answer_t refuse(wss_proxied_head_t *head, const char *reason)
{
    head->reason = reason;
    return WSS_PROXIED_NO;
}

static wss_proxied_answer_t malformed(wss_proxied_head_t *head)
{
    return refuse(head, "The header of the PROXY protocol is malformed.");
}

/* -------------------------------------------------------------------- version 1 */

/* The next word of the line, which ends at a space or at `end`. NULL: there is none. */
static const char *take_word(const char **at, const char *end, size_t *length)
{
    const char *word = *at;
    const char *stop = word;

    while (stop != end && *stop != ' ')
        stop++;
    *length = (size_t)(stop - word);
    *at = stop == end ? end : stop + 1;
    return *length == 0 ? NULL : word;
}

static void append(char *text, size_t *length, const char *more, size_t count)
{
    memcpy(text + *length, more, count);
    *length += count;
}

/* An address and its port become a URL, which its parser judges. */
static bool read_address(wss_proxied_head_t *head, bool v6, const char *address, size_t size,
                         const char *port, size_t port_size)
{
    enum { ADDRESS = 39, DIGITS = 5, SCHEME = 5 };
    char text[SCHEME + WSS_PROXIED_PEER] = "ws://";
    size_t length = SCHEME;
    wss_url_t url;

    if (address == NULL || port == NULL || size > ADDRESS || port_size > DIGITS)
        return false;
    append(text, &length, "[", v6);
    append(text, &length, address, size);
    append(text, &length, "]", v6);
    append(text, &length, ":", 1);
    append(text, &length, port, port_size);
    if (wss_url_parse(text, length, WSS_URL_WS, &url, NULL) != WSS_OK)
        return false;
    if (url.kind != (v6 ? WSS_URL_IPV6 : WSS_URL_IPV4) || url.host.length != size ||
        url.host.start != text + SCHEME + v6)
        return false;
    memcpy(head->peer, text + SCHEME, length - SCHEME);
    head->peer[length - SCHEME] = '\0';
    return true;
}

static wss_proxied_answer_t read_line(wss_proxied_head_t *head)
{
    const char *at = (const char *)head->bytes + sizeof line_mark - 1;
    const char *end = (const char *)head->bytes + head->kept - 2;
    const char *words[5];
    size_t sizes[5];

    for (int i = 0; i < 5; i++)
        words[i] = take_word(&at, end, &sizes[i]);
    if (words[0] != NULL && sizes[0] == 7 && memcmp(words[0], "UNKNOWN", 7) == 0)
        return WSS_PROXIED_DONE;
    if (words[0] == NULL || sizes[0] != 4 || memcmp(words[0], "TCP", 3) != 0 || at != end ||
        end[-1] == ' ')
        return malformed(head);
    const bool v6 = words[0][3] == '6';
    if ((!v6 && words[0][3] != '4') ||
        !read_address(head, v6, words[2], sizes[2], words[4], sizes[4]) ||
        !read_address(head, v6, words[1], sizes[1], words[3], sizes[3]))
        return malformed(head);
    return WSS_PROXIED_DONE;
}

/* -------------------------------------------------------------------- version 2 */

static void put(wss_proxied_head_t *head, size_t *at, char c)
{
    head->peer[(*at)++] = c;
}

static void put_number(wss_proxied_head_t *head, size_t *at, unsigned value, unsigned base)
{
    unsigned divisor = 1;

    while (value / divisor >= base)
        divisor *= base;
    for (; divisor > 0; divisor /= base)
        put(head, at, "0123456789abcdef"[value / divisor % base]);
}

static unsigned pair(const uint8_t *bytes)
{
    return (unsigned)bytes[0] << 8 | bytes[1];
}

/* How many groups from `first` on are zero. */
static int zeros(const uint8_t *address, int first)
{
    int group = first;

    while (group < 8 && pair(address + (size_t)group * 2) == 0)
        group++;
    return group - first;
}

/* The longest run of at least two groups that are zero, the first of equals (RFC 5952, 4.2).
 * Returns its length, 0 for none. */
static int longest_zeros(const uint8_t *address, int *first)
{
    *first = 0;
    for (int i = 1; i < 8; i++)
        if (zeros(address, i) > zeros(address, *first))
            *first = i;
    return zeros(address, *first) > 1 ? zeros(address, *first) : 0;
}

static void put_ipv6(wss_proxied_head_t *head, size_t *at, const uint8_t *address)
{
    int first;
    const int left_out = longest_zeros(address, &first);
    int group = 0;

    while (group < 8) {
        if (left_out > 0 && group == first) {
            put(head, at, ':');
            group += left_out;
            if (group == 8)
                put(head, at, ':');
            continue;
        }
        if (group > 0)
            put(head, at, ':');
        put_number(head, at, pair(address + (size_t)group * 2), 16);
        group++;
    }
}

static void put_ipv4(wss_proxied_head_t *head, size_t *at, const uint8_t *address)
{
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            put(head, at, '.');
        put_number(head, at, address[i], 10);
    }
}

static void put_peer(wss_proxied_head_t *head, bool v6)
{
    const uint8_t *address = head->bytes + WSS_PROXIED_FIXED;
    size_t at = 0;

    if (v6) {
        put(head, &at, '[');
        put_ipv6(head, &at, address);
        put(head, &at, ']');
    } else {
        put_ipv4(head, &at, address);
    }
    put(head, &at, ':');
    put_number(head, &at, pair(address + (v6 ? 32 : 8)), 10);
    put(head, &at, '\0');
}

/* Families and transports that are not TCP over IP name nobody. */
static wss_proxied_answer_t read_fixed(wss_proxied_head_t *head)
{
    const uint8_t command = head->bytes[COMMAND];
    const uint8_t family = head->bytes[FAMILY];
    const unsigned size = head->length - (unsigned)WSS_PROXIED_FIXED;

    if (command == LOCAL)
        return WSS_PROXIED_DONE;
    if ((family == TCP4 && size < TCP4_SIZE) || (family == TCP6 && size < TCP6_SIZE))
        return malformed(head);
    if (family == TCP4 || family == TCP6)
        put_peer(head, family == TCP6);
    return WSS_PROXIED_DONE;
}

/* ----------------------------------------------------------------------- either */

/* After a byte of version 2 was kept. */
static wss_proxied_answer_t check_fixed(wss_proxied_head_t *head)
{
    const uint8_t command = head->bytes[COMMAND];

    if (head->kept == COMMAND + 1 && command != LOCAL && command != PROXY)
        return refuse(head, "The version of the PROXY protocol is not known.");
    if (head->kept == WSS_PROXIED_FIXED) {
        const unsigned length = WSS_PROXIED_FIXED + pair(head->bytes + LENGTH);
        if (length > WSS_PROXIED_MOST)
            return refuse(head, "The header of the PROXY protocol is too long.");
        head->length = (uint16_t)length;
    }
    return WSS_PROXIED_MORE;
}

/* After a byte of version 1 was kept. */
static wss_proxied_answer_t check_line(wss_proxied_head_t *head)
{
    const uint8_t last = head->bytes[head->kept - 1];

    if (head->kept > 1 && head->bytes[head->kept - 2] == '\r')
        return last == '\n' ? read_line(head) : malformed(head);
    if (head->kept == WSS_PROXIED_LINE)
        return refuse(head, "The header of the PROXY protocol is too long.");
    return last == '\r' || (last >= ' ' && last < 0x7F) ? WSS_PROXIED_MORE : malformed(head);
}

static wss_proxied_answer_t not_spoken(wss_proxied_head_t *head)
{
    return refuse(head, "The connection does not begin with the PROXY protocol.");
}

/* `at`: how many bytes came before this one. */
static wss_proxied_answer_t take_binary(wss_proxied_head_t *head, unsigned at, uint8_t byte)
{
    if (at < MARK)
        return byte == mark[at] ? WSS_PROXIED_MORE : not_spoken(head);
    if (at < WSS_PROXIED_FIXED && check_fixed(head) == WSS_PROXIED_NO)
        return WSS_PROXIED_NO;
    return at + 1 == head->length ? read_fixed(head) : WSS_PROXIED_MORE;
}

static wss_proxied_answer_t take_text(wss_proxied_head_t *head, unsigned at, uint8_t byte)
{
    if (at < sizeof line_mark - 1)
        return byte == (uint8_t)line_mark[at] ? WSS_PROXIED_MORE : not_spoken(head);
    return check_line(head);
}

static wss_proxied_answer_t take(wss_proxied_head_t *head, uint8_t byte)
{
    const unsigned at = head->size++;

    if (head->kept < sizeof head->bytes)
        head->bytes[head->kept++] = byte;
    return head->bytes[0] == mark[0] ? take_binary(head, at, byte) : take_text(head, at, byte);
}

wss_proxied_answer_t wss_proxied_head_read(wss_proxied_head_t *head, const uint8_t *bytes,
                                           uint32_t length, uint32_t *used)
{
    wss_proxied_answer_t answer = WSS_PROXIED_MORE;

    *used = 0;
    while (answer == WSS_PROXIED_MORE && *used < length)
        answer = take(head, bytes[(*used)++]);
    return answer;
}
