/* SPDX-License-Identifier: MIT */
/* What a script lets the engine ask of a server: see dial.h. */
#include "dial.h"

#include <string.h>

enum { TEXTS = 64, TEXT_SIZE = 8192, HEADERS = 8, PROTOCOLS = 40 };

static char texts[TEXTS][TEXT_SIZE];
static unsigned text_count;
static wss_header_t headers[HEADERS];
static const char *protocols[PROTOCOLS];
static wss_target_t target;

static const char *text(const words_t *words, unsigned index)
{
    char *out = texts[text_count++];
    out[unquote(word_at(words, index), (uint8_t *)out)] = '\0';
    return out;
}

static void add_header(const words_t *words, unsigned index)
{
    wss_header_t *header = &headers[target.header_count++];
    header->name = text(words, index);
    header->value = text(words, index + 1);
}

/* Returns how many words it took. */
static unsigned add_option(const words_t *words, unsigned index)
{
    const char *option = word_at(words, index);
    if (strcmp(option, "secure") == 0)
        return target.secure = true, 1;
    if (strcmp(option, "port") == 0)
        return target.port = (uint16_t)number(words, index + 1), 2;
    if (strcmp(option, "host") == 0)
        return target.host = text(words, index + 1), 2;
    if (strcmp(option, "resource") == 0)
        return target.resource = text(words, index + 1), 2;
    if (strcmp(option, "host_header") == 0)
        return target.host_header = text(words, index + 1), 2;
    if (strcmp(option, "origin") == 0)
        return target.origin = text(words, index + 1), 2;
    if (strcmp(option, "protocol") == 0)
        return protocols[target.protocol_count++] = text(words, index + 1), 2;
    if (strcmp(option, "header") == 0)
        return add_header(words, index + 1), 3;
    die("unknown option", option);
    return 1;
}

const wss_target_t *dial_target(const words_t *words)
{
    text_count = 0;
    target = (wss_target_t){.host = "server", .protocols = protocols, .headers = headers};
    for (unsigned i = 1; i < words->count;)
        i += add_option(words, i);
    return &target;
}
