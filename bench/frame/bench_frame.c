/* SPDX-License-Identifier: MIT */
/*
 * Unmasks, or validates as UTF-8, 64 KiB so often as the second argument says. Under
 * callgrind the difference between two counts is the cost: see bench/frame/run. It knows
 * frames and text, no connection.
 *
 *     bench_frame unmask|ascii|mixed COUNT
 */
#include <stdlib.h>
#include <string.h>

#include "wss_frame.h"
#include "wss_utf8.h"

enum { SIZE = 65536 };

static uint8_t bytes[SIZE];

/* Text of one, two, three and four bytes a character. */
static const char mixed[] = "Gr\xC3\xBC\xC3\x9F"
                            "e, \xD0\xBC\xD0\xB8\xD1\x80 \xE4\xBD\xA0\xE5\xA5\xBD "
                            "\xE3\x81\x93\xE3\x82\x93 \xF0\x9F\x98\x80 ";

static void fill(const char *text, size_t length)
{
    memset(bytes, ' ', SIZE);
    for (size_t at = 0; at + length <= SIZE; at += length)
        memcpy(bytes + at, text, length);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return EXIT_FAILURE;
    uint8_t key[WSS_MASK_SIZE] = {0x12, 0x34, 0x56, 0x78};
    bool unmask = strcmp(argv[1], "unmask") == 0;
    size_t good = 0;
    if (strcmp(argv[1], "ascii") == 0)
        fill("The quick brown fox. ", 21);
    else
        fill(mixed, sizeof mixed - 1);
    int count = atoi(argv[2]);
    for (int i = 0; i < count; i++) {
        uint8_t state = WSS_UTF8_ACCEPT;
        if (unmask)
            wss_frame_apply_mask(bytes, SIZE, key);
        else
            good += wss_utf8_scan(&state, bytes, SIZE);
    }
    return unmask || good == (size_t)count * SIZE ? EXIT_SUCCESS : EXIT_FAILURE;
}
