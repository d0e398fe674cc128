/* SPDX-License-Identifier: MIT */
/*
 * The page that `wss serve` shows to browsers: a small WebSocket client.
 */
#ifndef WSS_PAGE_H
#define WSS_PAGE_H

#include <stddef.h>

enum { WSS_PAGE_ROOM = 8192 /* bytes */ };

/* Writes the page, for WebSockets at `path`, to `buffer` of WSS_PAGE_ROOM bytes. Returns
 * its length, or 0 if it does not fit. */
size_t wss_page_write(char *buffer, const char *path);

#endif
