/* SPDX-License-Identifier: MIT */
/*
 * The page that `wss serve` shows to browsers: a small WebSocket client.
 */
#ifndef WSS_PAGE_H
#define WSS_PAGE_H

#include <stddef.h>

enum { WSS_PAGE_ROOM = 16384 /* bytes */ };

/* Writes the page to `buffer` of WSS_PAGE_ROOM bytes: for WebSockets at `path`, which are
 * open to pages of `origins` (none: of any). Returns its length, or 0 if it does not fit. */
size_t wss_page_write(char *buffer, const char *path, const char *const *origins, size_t count);

#endif
