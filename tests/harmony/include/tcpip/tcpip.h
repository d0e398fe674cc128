/* SPDX-License-Identifier: MIT */
/*
 * Of Harmony's header of this name, what the PIC32MZ W1 port uses; what these functions do in
 * the simulation stands in harmony_stack.c, harmony_tcp.c and harmony_system.c.
 */
#ifndef HARMONY_TCPIP_H
#define HARMONY_TCPIP_H

#include "system/system_module.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef const void *TCPIP_NET_HANDLE;

typedef enum { IP_ADDRESS_TYPE_ANY, IP_ADDRESS_TYPE_IPV4, IP_ADDRESS_TYPE_IPV6 } IP_ADDRESS_TYPE;

typedef union {
    uint8_t v4Add[4];
    uint8_t v6Add[16];
} IP_MULTI_ADDRESS;

/* ------------------------------------------------------------------- the stack */

SYS_MODULE_OBJ TCPIP_STACK_Init(void);
void TCPIP_STACK_Task(SYS_MODULE_OBJ object);
SYS_STATUS TCPIP_STACK_Status(SYS_MODULE_OBJ object);
TCPIP_NET_HANDLE TCPIP_STACK_NetHandleGet(const char *interface);
bool TCPIP_STACK_NetIsLinked(TCPIP_NET_HANDLE hNet);
bool TCPIP_STACK_NetIsReady(TCPIP_NET_HANDLE hNet);

/* ------------------------------------------------------------------------- TCP */

typedef int16_t TCP_SOCKET;
typedef uint16_t TCP_PORT;

#define INVALID_SOCKET (-1)

typedef enum { TCP_OPTION_RX_BUFF, TCP_OPTION_TX_BUFF, TCP_OPTION_NODELAY } TCP_SOCKET_OPTION;

typedef struct {
    IP_ADDRESS_TYPE addressType;
    IP_MULTI_ADDRESS remoteIPaddress;
    IP_MULTI_ADDRESS localIPaddress;
    TCP_PORT remotePort;
    TCP_PORT localPort;
    TCPIP_NET_HANDLE hNet;
    uint16_t rxSize;
    uint16_t txSize;
    uint16_t rxPending;
    uint16_t txPending;
} TCP_SOCKET_INFO;

TCP_SOCKET TCPIP_TCP_ServerOpen(IP_ADDRESS_TYPE addType, TCP_PORT localPort,
                                IP_MULTI_ADDRESS *localAddress);
TCP_SOCKET TCPIP_TCP_ClientOpen(IP_ADDRESS_TYPE addType, TCP_PORT remotePort,
                                IP_MULTI_ADDRESS *remoteAddress);
bool TCPIP_TCP_IsConnected(TCP_SOCKET hTCP);
bool TCPIP_TCP_WasReset(TCP_SOCKET hTCP);
bool TCPIP_TCP_WasDisconnected(TCP_SOCKET hTCP);
uint16_t TCPIP_TCP_GetIsReady(TCP_SOCKET hTCP);
uint16_t TCPIP_TCP_ArrayGet(TCP_SOCKET hTCP, uint8_t *buffer, uint16_t count);
uint16_t TCPIP_TCP_ArrayPeek(TCP_SOCKET hTCP, uint8_t *vBuffer, uint16_t wLen, uint16_t wStart);
uint16_t TCPIP_TCP_PutIsReady(TCP_SOCKET hTCP);
uint16_t TCPIP_TCP_ArrayPut(TCP_SOCKET hTCP, const uint8_t *data, uint16_t length);
bool TCPIP_TCP_Flush(TCP_SOCKET hTCP);
bool TCPIP_TCP_Disconnect(TCP_SOCKET hTCP);
void TCPIP_TCP_Abort(TCP_SOCKET hTCP, bool killSocket);
bool TCPIP_TCP_Close(TCP_SOCKET hTCP);
bool TCPIP_TCP_OptionsSet(TCP_SOCKET hTCP, TCP_SOCKET_OPTION option, void *optParam);
bool TCPIP_TCP_SocketInfoGet(TCP_SOCKET hTCP, TCP_SOCKET_INFO *pInfo);

/* ------------------------------------------------------------------------- DNS */

typedef enum {
    TCPIP_DNS_RES_OK = 0,
    TCPIP_DNS_RES_PENDING,
    TCPIP_DNS_RES_NAME_IS_IPADDRESS,
    TCPIP_DNS_RES_NO_NAME_ENTRY = -1,
    TCPIP_DNS_RES_SERVER_TMO = -5
} TCPIP_DNS_RESULT;

typedef enum { TCPIP_DNS_TYPE_A = 1 } TCPIP_DNS_RESOLVE_TYPE;

TCPIP_DNS_RESULT TCPIP_DNS_Resolve(const char *hostName, TCPIP_DNS_RESOLVE_TYPE type);
TCPIP_DNS_RESULT TCPIP_DNS_IsResolved(const char *hostName, IP_MULTI_ADDRESS *hostIP,
                                      IP_ADDRESS_TYPE type);
TCPIP_DNS_RESULT TCPIP_DNS_RemoveEntry(const char *hostName);

#endif
