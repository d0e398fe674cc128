/* SPDX-License-Identifier: MIT */
/*
 * TLS records on a hostile wire, between a client and a server of ours. An input is a byte that
 * chooses how, two that say where, and then
 *   - records, which are put in at that place, one way or the other, or
 *   - changes of what goes by: four bytes each, the place with the way in its top bit, what the
 *     bytes there are combined with by exclusive or, and how many of them.
 * What has to hold is in tests/tls/converse.h.
 */
#include "converse.h"
#include "fuzz.h"

enum { MOST = 8192, CHANGE = 4, PLACES = 0x7FFF };

/* The first byte of an input. */
enum {
    RECORDS = 1u << 0,   /* records are put in; else changes are made */
    TO_SERVER = 1u << 1, /* their way */
    MUTUAL = 1u << 2,    /* the server demands a certificate */
    SHORT = 1u << 3      /* the wire carries a few bytes at a time */
};

static const uint8_t *changes;
static size_t change_count;

static void change(bool to_server, uint32_t at, uint8_t *bytes, uint32_t length)
{
    for (const uint8_t *entry = changes; entry < changes + CHANGE * change_count; entry += CHANGE) {
        uint32_t place = (uint32_t)entry[0] << 8 | entry[1];
        if ((place > PLACES) != to_server)
            continue;
        for (uint32_t i = 0; i <= entry[3]; i++) {
            uint32_t offset = (place & PLACES) + i - at; /* beyond `length` also where before */
            if (offset < length)
                bytes[offset] ^= entry[2];
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 3 || size > MOST)
        return 0;
    const unsigned how = data[0];
    converse_begin((how & MUTUAL) != 0 ? "client" : NULL);
    pair.piece = (how & SHORT) != 0 ? 7 : 0;
    if ((how & RECORDS) != 0) {
        pair.fault = (pair_fault_t){.kind = PAIR_SAYS,
                                    .to_server = (how & TO_SERVER) != 0,
                                    .at = (uint32_t)data[1] << 8 | data[2],
                                    .bytes = data + 3,
                                    .length = (uint32_t)size - 3};
    } else {
        changes = data + 3;
        change_count = (size - 3) / CHANGE;
        pair.alter = change;
    }
    (void)converse();
    pair_stop();
    return 0;
}
