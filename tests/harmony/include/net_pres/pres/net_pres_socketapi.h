/* SPDX-License-Identifier: MIT */
/*
 * Of Harmony's header of this name, what the PIC32MZ W1 port uses; what these functions do in
 * the simulation stands in harmony_pres.c.
 */
#ifndef HARMONY_NET_PRES_SOCKETAPI_H
#define HARMONY_NET_PRES_SOCKETAPI_H

#include <stdbool.h>
#include <stdint.h>

typedef int16_t NET_PRES_SKT_HANDLE_T;
typedef uint16_t NET_PRES_SKT_PORT_T;
typedef int NET_PRES_SKT_ERROR_T;
typedef uint8_t NET_PRES_INDEX;

typedef enum {
    NET_PRES_SKT_CLIENT = 0x0001,
    NET_PRES_SKT_SERVER = 0x0002,
    NET_PRES_SKT_STREAM = 0x0004,
    NET_PRES_SKT_UNENCRYPTED = 0x0010,
    NET_PRES_SKT_UNENCRYPTED_STREAM_CLIENT =
        NET_PRES_SKT_UNENCRYPTED | NET_PRES_SKT_STREAM | NET_PRES_SKT_CLIENT,
    NET_PRES_SKT_UNENCRYPTED_STREAM_SERVER =
        NET_PRES_SKT_UNENCRYPTED | NET_PRES_SKT_STREAM | NET_PRES_SKT_SERVER
} NET_PRES_SKT_T;

typedef enum { NET_PRES_SKT_ADDR_UNKNOWN } NET_PRES_SKT_ADDR_T;

typedef struct {
    uint8_t addr[16];
} NET_PRES_ADDRESS;

NET_PRES_SKT_HANDLE_T NET_PRES_SocketOpen(NET_PRES_INDEX index, NET_PRES_SKT_T socketType,
                                          NET_PRES_SKT_ADDR_T addrType, NET_PRES_SKT_PORT_T port,
                                          NET_PRES_ADDRESS *addr, NET_PRES_SKT_ERROR_T *error);
NET_PRES_SKT_HANDLE_T NET_PRES_SocketGetTransportHandle(NET_PRES_SKT_HANDLE_T handle);
bool NET_PRES_SocketEncryptSocket(NET_PRES_SKT_HANDLE_T handle);
bool NET_PRES_SocketIsNegotiatingEncryption(NET_PRES_SKT_HANDLE_T handle);
bool NET_PRES_SocketIsSecure(NET_PRES_SKT_HANDLE_T handle);
uint16_t NET_PRES_SocketReadIsReady(NET_PRES_SKT_HANDLE_T handle);
uint16_t NET_PRES_SocketPeek(NET_PRES_SKT_HANDLE_T handle, void *buffer, uint16_t size);
uint16_t NET_PRES_SocketRead(NET_PRES_SKT_HANDLE_T handle, void *buffer, uint16_t size);
uint16_t NET_PRES_SocketWrite(NET_PRES_SKT_HANDLE_T handle, const void *buffer, uint16_t size);
uint16_t NET_PRES_SocketFlush(NET_PRES_SKT_HANDLE_T handle);
bool NET_PRES_SocketDisconnect(NET_PRES_SKT_HANDLE_T handle);
void NET_PRES_SocketClose(NET_PRES_SKT_HANDLE_T handle);

#endif
