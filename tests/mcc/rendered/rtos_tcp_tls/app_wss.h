/* SPDX-License-Identifier: MIT */
/* The application of the WebSocket service: see app_wss.c. */
#ifndef APP_WSS_H
#define APP_WSS_H

#ifdef __cplusplus
extern "C" {
#endif

/* Registers the application's callback. Called by SYS_Initialize(), before the service starts. */
void APP_WSS_Initialize(void);

#ifdef __cplusplus
}
#endif
#endif
