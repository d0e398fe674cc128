/* SPDX-License-Identifier: MIT */
#include "certs.h"

#include "wss_tls_files.h"
#include "wss_tls_pool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 48, POOL = 2 * 1024 * 1024 };

static struct {
    char name[32];
    wss_tls_bytes_t bytes;
} files[FILES];
static unsigned count;

static void need(bool good, const char *what)
{
    if (good)
        return;
    (void)fprintf(stderr, "certificates: %s\n", what);
    abort();
}

static void free_all(void)
{
    while (count > 0)
        wss_tls_file_free(&files[--count].bytes);
}

wss_tls_bytes_t certs_load(const char *file)
{
    char path[512];

    for (unsigned i = 0; i < count; i++)
        if (strcmp(files[i].name, file) == 0)
            return files[i].bytes;
    need(count < FILES, "there are too many");
    (void)snprintf(path, sizeof path, "%s/%s", WSS_TEST_CERTS, file);
    need(wss_tls_file_load(path, &files[count].bytes), path);
    (void)snprintf(files[count].name, sizeof files[count].name, "%s", file);
    if (count == 0)
        need(atexit(free_all) == 0, "there is no atexit()");
    return files[count++].bytes;
}

static wss_tls_bytes_t load_as(const char *name, const char *suffix)
{
    char file[32];

    (void)snprintf(file, sizeof file, "%s%s", name, suffix);
    return certs_load(file);
}

wss_tls_identity_t certs_identity(const char *name)
{
    return (wss_tls_identity_t){.certificate = load_as(name, ".pem"), .key = load_as(name, ".key")};
}

/* For a mbedTLS that allocates from it. */
static void open_pool(void)
{
    static _Alignas(16) unsigned char pool[POOL];
    static bool opened;

    if (!opened)
        (void)wss_tls_pool_init(pool, sizeof pool);
    opened = true;
}

void certs_open(certs_side_t *side, const wss_tls_config_t *settings, const char *own,
                const char *ca)
{
    wss_tls_config_t config = *settings;

    open_pool();
    if (own != NULL) {
        side->own = certs_identity(own);
        config.identities = &side->own;
        config.identity_count = 1;
    }
    if (ca != NULL)
        config.ca = load_as(ca, ".pem");
    const wss_result_t result = wss_tls_context_init(&side->context, &config);
    need(result == WSS_OK, wss_tls_context_error(&side->context));
}

void certs_server(certs_side_t *side, const wss_crypto_t *crypto, const char *own, const char *ca)
{
    certs_open(side, &(wss_tls_config_t){.crypto = crypto, .server = true}, own, ca);
}

void certs_client(certs_side_t *side, const wss_crypto_t *crypto, const char *own, const char *ca)
{
    certs_open(side, &(wss_tls_config_t){.crypto = crypto}, own, ca);
}

void certs_close(certs_side_t *side)
{
    wss_tls_context_free(&side->context);
}
