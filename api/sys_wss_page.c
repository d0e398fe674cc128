/* SPDX-License-Identifier: MIT */
/* A page for browsers that ask for "/" without a WebSocket, where SYS_WSS_PAGE names one. */
#include "sys_wss_page.h"
#include "sys_wss_port.h"

#ifdef SYS_WSS_PAGE

#include <string.h>

extern const char SYS_WSS_PAGE[];

/* Of each client, how much of "/" the path is so far. */
enum { NOTHING, ROOT, OTHER };

static uint8_t paths[SYS_WSS_STREAMS];

void sys_wss_page_begin(const wss_conn_t *conn)
{
    paths[wss_index(conn)] = NOTHING;
}

void sys_wss_page_head(wss_conn_t *conn, const wss_head_t *piece)
{
    uint8_t *path = &paths[wss_index(conn)];

    if (piece->part != WSS_HEAD_PATH || piece->length == 0)
        return;
    const bool root = *path == NOTHING && piece->length == 1 && piece->bytes[0] == '/';
    *path = root ? ROOT : OTHER;
}

wss_result_t sys_wss_page_show(wss_conn_t *conn)
{
    static const wss_header_t headers[] = {
        {"Cache-Control", "no-store"},
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
         "img-src data:; connect-src 'self' ws: wss:"},
    };
    const wss_reply_t reply = {.status = 200,
                               .type = "text/html; charset=utf-8",
                               .headers = headers,
                               .header_count = sizeof headers / sizeof headers[0],
                               .body = SYS_WSS_PAGE,
                               .body_length = strlen(SYS_WSS_PAGE)};

    return paths[wss_index(conn)] == ROOT ? wss_reply(conn, &reply) : WSS_OK;
}

#endif
