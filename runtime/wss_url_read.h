/* SPDX-License-Identifier: MIT */
/* A URL being read, for the files that read and resolve URLs alone. */
#ifndef WSS_URL_READ_H
#define WSS_URL_READ_H

#include "wss/wss_url.h"

typedef struct wss_url_reader {
    const char *text; /* offsets count from here */
    const char *at;
    const char *end;
    wss_url_t *url;
    wss_url_error_t error;
    wss_url_schemes_t schemes;
    bool drop_fragment;
    bool has_scheme;
    bool has_authority;
} wss_url_reader_t;

/* In this order. False: the error is noted. Scheme and authority may be missing. */
bool wss_url_read_scheme(wss_url_reader_t *reader);
bool wss_url_read_authority(wss_url_reader_t *reader);
bool wss_url_read_target(wss_url_reader_t *reader);

/* All of an absolute URL; whatever reader->url had before goes. */
bool wss_url_read(wss_url_reader_t *reader);

/* What the percent-encoding at `p` stands for. */
uint8_t wss_url_decoded(const char *p);

/* Reads the next byte of a part whose percent-encodings are known to be complete. */
uint8_t wss_url_next(const char **p);

#endif
