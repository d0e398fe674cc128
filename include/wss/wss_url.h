/* SPDX-License-Identifier: MIT */
/*
 * Reads URLs: ws:// and wss:// (RFC 6455, 3), where asked http:// and https://, and
 * resolves the Location of a redirect (RFC 3986, 5.2). It must not know connections:
 * text in, parts out.
 *
 *     wss_url_t url;
 *     wss_url_error_t error;
 *     if (wss_url_parse(text, strlen(text), WSS_URL_WS, &url, &error) != WSS_OK)
 *         printf("%s\n%*s^ %s\n", text, (int)error.offset, "", error.reason);
 *
 * Parts point into the text that was read; they live as long as that text. Nothing is
 * allocated.
 */
#ifndef WSS_URL_H
#define WSS_URL_H

#include "wss_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Longest parts in bytes, and the buffers that hold any of them. */
enum {
    WSS_URL_HOST = 253,     /* a name (RFC 1035, 2.3.4, without the length bytes) */
    WSS_URL_USERINFO = 255, /* user, ':' and password as written */
    WSS_URL_TARGET = 7987,  /* path and query: a request line of 8,000 (RFC 9112, 3) */
    WSS_URL_HOST_SIZE = WSS_URL_HOST + 1,
    WSS_URL_TARGET_SIZE = WSS_URL_TARGET + 1,
    WSS_URL_BASIC_SIZE = 6 + (WSS_URL_USERINFO + 1 + 2) / 3 * 4 + 1,
    WSS_URL_SIZE = 6 + WSS_URL_USERINFO + 1 + 2 + WSS_URL_HOST + 6 + WSS_URL_TARGET + 1
};

/* Which schemes are taken. http stands for ws, https for wss. */
typedef enum wss_url_schemes {
    WSS_URL_WS = 1,
    WSS_URL_HTTP = 2,
    WSS_URL_BOTH = 3
} wss_url_schemes_t;

typedef enum wss_url_host_kind { WSS_URL_NAME, WSS_URL_IPV4, WSS_URL_IPV6 } wss_url_host_kind_t;

/* A part; not terminated. */
typedef struct wss_url_part {
    const char *start; /* NULL: the URL does not have it */
    size_t length;
} wss_url_part_t;

typedef struct wss_url {
    wss_url_part_t authority; /* user information, host and port as written */
    wss_url_part_t user;      /* percent-encoded */
    wss_url_part_t password;  /* percent-encoded; may hold ':' */
    wss_url_part_t host;      /* percent-encoded; an IPv6 address without its brackets */
    wss_url_part_t path;      /* percent-encoded; "/" where it was empty */
    wss_url_part_t query;     /* percent-encoded, without '?' */
    wss_url_host_kind_t kind;
    uint16_t port; /* the scheme's, 80 or 443, where none is given */
    bool port_given;
    bool secure; /* wss or https */
} wss_url_t;

/* What is wrong. Results: WSS_ERR_TEXT a character, WSS_ERR_ADDRESS the host or port,
 * WSS_ERR_TOO_BIG a part is too long, WSS_ERR_UNSUPPORTED the scheme, a fragment or a
 * zone, WSS_ERR_ARGUMENT the URL is not complete. */
typedef struct wss_url_error {
    wss_result_t result;
    const char *reason; /* a sentence; a constant */
    size_t offset;      /* of the offending part in the text; its length: at the end */
} wss_url_error_t;

/* Reads an absolute URL. `error` may be NULL. Refused are, beside what the grammar does:
 * fragments (RFC 6455, 3: they MUST NOT be used), zones of IPv6 addresses, port 0, names
 * whose last label is a number but that are no IPv4 address, and hosts in which a
 * percent-encoding stands for what no host name holds. */
wss_result_t wss_url_parse(const char *text, size_t length, wss_url_schemes_t schemes,
                           wss_url_t *url, wss_url_error_t *error);

/* Resolves `reference`, an absolute URL or a relative reference, against `base` and
 * writes the whole URL, ws or wss and terminated, to `buffer`; `url` gets its parts. A
 * fragment is left out: it says nothing to the server. Offsets of errors count in
 * `reference`. `base` may have been read from another buffer only; WSS_URL_SIZE bytes
 * hold any URL. */
wss_result_t wss_url_resolve(const wss_url_t *base, const char *reference, size_t length,
                             char *buffer, size_t capacity, wss_url_t *url, wss_url_error_t *error);

/* Each writes text, terminated, or returns WSS_ERR_TOO_BIG. */

/* The host for wss_dial_t: percent-decoded, in lower case, without brackets. */
wss_result_t wss_url_host(const wss_url_t *url, char *buffer, size_t capacity);

/* The request target: path and query. */
wss_result_t wss_url_target(const wss_url_t *url, char *buffer, size_t capacity);

/* Credentials for Authorization or Proxy-Authorization (RFC 7617): "Basic dTpw"; "" when
 * the URL has none. WSS_ERR_TEXT: the user holds ':', or one of both a control. */
wss_result_t wss_url_basic(const wss_url_t *url, char *buffer, size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
