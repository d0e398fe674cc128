/* SPDX-License-Identifier: MIT */
/*
 * Certificates and keys from files, for systems that have files. It must not know what is
 * in them.
 */
#ifndef WSS_TLS_FILES_H
#define WSS_TLS_FILES_H

#include "wss_tls.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { WSS_TLS_FILE_MAX = 16 * 1024 * 1024 };

/* Reads a file of PEM or DER into memory from malloc(), for a wss_tls_config_t. False: errno
 * says why; EFBIG beyond WSS_TLS_FILE_MAX. */
bool wss_tls_file_load(const char *path, wss_tls_bytes_t *bytes);

/* Wipes and frees what was loaded; `bytes` becomes empty. */
void wss_tls_file_free(wss_tls_bytes_t *bytes);

#ifdef __cplusplus
}
#endif
#endif
