/* SPDX-License-Identifier: MIT */
/* Reads whole files. */
#include "wss_tls_files.h"

#include <errno.h>
#include <mbedtls/platform_util.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST = 16384 };

/* PEM ends with a zero that counts; DER begins with a SEQUENCE. */
static bool is_der(const uint8_t *bytes, size_t length)
{
    return length > 0 && bytes[0] == 0x30;
}

static void give_up(uint8_t *bytes, size_t size)
{
    const int why = errno;

    if (bytes != NULL)
        mbedtls_platform_zeroize(bytes, size);
    free(bytes);
    errno = why;
}

/* Twice the memory; the old one is wiped. */
static uint8_t *grow(uint8_t *bytes, size_t *size)
{
    uint8_t *larger = *size > WSS_TLS_FILE_MAX ? NULL : malloc(*size * 2);

    if (*size > WSS_TLS_FILE_MAX)
        errno = EFBIG;
    if (larger != NULL)
        memcpy(larger, bytes, *size);
    give_up(bytes, *size);
    *size *= 2;
    return larger;
}

static uint8_t *read_all(FILE *file, size_t *length)
{
    size_t size = FIRST;
    uint8_t *bytes = malloc(size);

    *length = 0;
    while (bytes != NULL) {
        *length += fread(bytes + *length, 1, size - 1 - *length, file);
        if (ferror(file) != 0) {
            give_up(bytes, size);
            return NULL;
        }
        if (feof(file) != 0) {
            bytes[*length] = '\0';
            return bytes;
        }
        bytes = grow(bytes, &size);
    }
    return NULL;
}

bool wss_tls_file_load(const char *path, wss_tls_bytes_t *bytes)
{
    FILE *file = fopen(path, "rb");
    size_t length = 0;

    *bytes = (wss_tls_bytes_t){0};
    if (file == NULL)
        return false;
    uint8_t *all = read_all(file, &length);
    const int why = errno;
    (void)fclose(file);
    errno = why;
    if (all == NULL)
        return false;
    *bytes = (wss_tls_bytes_t){.bytes = all, .length = is_der(all, length) ? length : length + 1};
    return true;
}

void wss_tls_file_free(wss_tls_bytes_t *bytes)
{
    union {
        const void *given;
        void *owned;
    } pointer = {.given = bytes->bytes};

    if (pointer.owned != NULL)
        mbedtls_platform_zeroize(pointer.owned, bytes->length);
    free(pointer.owned);
    *bytes = (wss_tls_bytes_t){0};
}
