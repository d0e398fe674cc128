/* SPDX-License-Identifier: MIT */
/* The page of SYS_WSS_PAGE: callbacks of the engine. It must not know the service. */
#ifndef SYS_WSS_PAGE_H
#define SYS_WSS_PAGE_H

#include "wss/wss.h"

#ifdef __cplusplus
extern "C" {
#endif

void sys_wss_page_begin(const wss_conn_t *conn); /* of on_connecting */
void sys_wss_page_head(wss_conn_t *conn, const wss_head_t *piece);
wss_result_t sys_wss_page_show(wss_conn_t *conn); /* on_page */

#ifdef __cplusplus
}
#endif
#endif
