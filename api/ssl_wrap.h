/* SPDX-License-Identifier: MIT */
/*
 * How a websock connection uses TLS: the member ssl_config of websock_config_t.
 *
 * Names, members and values are those of the InnoPhase header of the same name. What is
 * only said here is what a zero means, and that `path` works where there are files.
 */
#ifndef SSL_WRAP_H
#define SSL_WRAP_H

#ifdef __cplusplus
extern "C" {
#endif

/* What is asked of the server's certificate. Zero asks nothing: anybody can then be the
 * server. */
typedef enum {
    SSL_WRAP_VERIFY_NONE,     /* it is not looked at */
    SSL_WRAP_VERIFY_OPTIONAL, /* the same: whatever is wrong, the connection goes on */
    SSL_WRAP_VERIFY_REQUIRED  /* it must be valid, for the host name too */
} ssl_auth_mode_t;

/* A certificate or key, PEM or DER. */
typedef struct {
    char *path; /* a file, read where `buf` is NULL and the port has files */
    char *buf;  /* or the bytes themselves */
    int len;    /* of `buf`; of PEM with or without the terminating 0 */
} ssl_wrap_cert_t;

typedef struct {
    ssl_wrap_cert_t ca_cert;     /* whom to trust; neither file nor bytes: the system's CAs */
    ssl_wrap_cert_t client_cert; /* ours, where the server asks for one */
    ssl_wrap_cert_t client_key;
    ssl_auth_mode_t auth_mode;
    int max_frag_len; /* largest record: 0, or 1..4 for 512..4096 bytes (RFC 6066, 4) */
    char *p_data;     /* not used */
} ssl_wrap_cfg_t;

#ifdef __cplusplus
}
#endif
#endif
