/* SPDX-License-Identifier: MIT */
/* In the place of Harmony's configuration.h: what all components have to say. */
#ifndef CONFIGURATION_H
#define CONFIGURATION_H

#include "user.h"

/* WebSocket service: sys_wss_config_defaults.h says what each setting means */
#define SYS_WSS_MODE               SYS_WSS_CLIENT
#define SYS_WSS_INTF               SYS_WSS_WIFI
#define SYS_WSS_PORT               8000
#define SYS_WSS_HOST_NAME          "wss://localhost:8000/chat?room=1"
#define SYS_WSS_SERVER_IP          "127.0.0.1"
#define SYS_WSS_ENABLE_DEBUG       0
#define SYS_WSS_ENABLE_CONSOLE     0
#define SYS_WSS_MAX_RX_BUFFER      1400
#define SYS_WSS_MAX_TX_BUFFER      1400
#define SYS_WSS_READ_SIZE          1460
#define SYS_WSS_MAX_NUM_CLIENTS    2
#define SYS_WSS_CLIENT_TIMEOUT     30000
#define SYS_WSS_RETRY_DELAY        5000
#define SYS_WSS_RX_FIFO            1460
#define SYS_WSS_START_AT_BOOT      true
#define SYS_WSS_ENABLE_TLS         true
#define SYS_WSS_WITH_TLS           1
#define SYS_WSS_NET_PRES_TLS       0
#define SYS_WSS_TLS_CREDENTIALS    "wss_credentials.h"
#define SYS_WSS_TLS_CERTIFICATE    NULL
#define SYS_WSS_TLS_KEY            NULL
#define SYS_WSS_TLS_CA             wss_ca
#define SYS_WSS_TLS_POOL           0
#define SYS_WSS_TLS_MAX_FRAGMENT   0

#define WOLFSSL_PIC32MZ_RNG

#endif
