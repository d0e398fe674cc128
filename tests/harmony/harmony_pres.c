/* SPDX-License-Identifier: MIT */
/*
 * NET_PRES on the simulated stack. Its provider only looks like TLS: the client sends a byte
 * and the server answers, then every byte is masked. It has the habits that matter: a session
 * outlives its connection, until Disconnect or Close, and begins again while the socket is
 * connected; Close frees the last session once more; a write has to be offered again.
 */
#include "harmony.h"
#include "net_pres/pres/net_pres_socketapi.h"

#include <stdlib.h>
#include <string.h>

enum {
    HANDLES = HARMONY_SOCKETS,
    MASK = 0x5A,
    CLIENT_HELLO = 'C',
    SERVER_HELLO = 'S',
    RECORD = 256,
    SESSIONS = 64
};

typedef enum { PLAIN, BEGINS, ASKED, SECURE, FAILED } session_t;

static struct pres {
    bool used;
    bool server;
    bool encrypted; /* the type of the socket, which stays until Close */
    bool open;      /* the provider has a session */
    TCP_SOCKET socket;
    session_t session;
    unsigned data;       /* the provider's session, never cleared; 0: there was none */
    const void *offered; /* the write that was not taken */
} handles[HANDLES];

static unsigned sessions;    /* that were opened */
static bool freed[SESSIONS]; /* by their numbers */

static struct pres *find(NET_PRES_SKT_HANDLE_T handle)
{
    struct pres *pres = handle >= 1 && handle <= HANDLES ? &handles[handle - 1] : NULL;

    if (pres == NULL || !pres->used)
        abort();
    return pres;
}

void harmony_pres_begin(void)
{
    memset(handles, 0, sizeof handles);
    memset(freed, 0, sizeof freed);
    sessions = 0;
}

unsigned harmony_pres_sessions(void)
{
    unsigned count = 0;

    for (unsigned i = 1; i <= sessions; i++)
        count += !freed[i];
    return count;
}

NET_PRES_SKT_HANDLE_T NET_PRES_SocketOpen(NET_PRES_INDEX index, NET_PRES_SKT_T socketType,
                                          NET_PRES_SKT_ADDR_T addrType, NET_PRES_SKT_PORT_T port,
                                          NET_PRES_ADDRESS *addr, NET_PRES_SKT_ERROR_T *error)
{
    const bool server = (socketType & NET_PRES_SKT_SERVER) != 0;
    const IP_ADDRESS_TYPE type = (IP_ADDRESS_TYPE)addrType;
    IP_MULTI_ADDRESS address;

    *error = 0;
    if (addr != NULL)
        memcpy(&address, addr, sizeof address);
    for (int i = 0; i < HANDLES && index == 0; i++) {
        struct pres *pres = &handles[i];
        if (pres->used)
            continue;
        *pres = (struct pres){.server = server};
        pres->socket = server ? TCPIP_TCP_ServerOpen(type, port, addr != NULL ? &address : NULL)
                              : TCPIP_TCP_ClientOpen(type, port, &address);
        pres->used = pres->socket != INVALID_SOCKET;
        return (NET_PRES_SKT_HANDLE_T)(pres->used ? i + 1 : -1);
    }
    return -1;
}

NET_PRES_SKT_HANDLE_T NET_PRES_SocketGetTransportHandle(NET_PRES_SKT_HANDLE_T handle)
{
    return find(handle)->socket;
}

/* --------------------------------------------------------------------- sessions */

bool NET_PRES_SocketEncryptSocket(NET_PRES_SKT_HANDLE_T handle)
{
    struct pres *pres = find(handle);

    if (pres->encrypted)
        return false;
    pres->encrypted = true;
    pres->session = BEGINS;
    return true;
}

bool NET_PRES_SocketIsNegotiatingEncryption(NET_PRES_SKT_HANDLE_T handle)
{
    const session_t session = find(handle)->session;

    return session == BEGINS || session == ASKED;
}

bool NET_PRES_SocketIsSecure(NET_PRES_SKT_HANDLE_T handle)
{
    return find(handle)->session == SECURE;
}

static void provider_open(struct pres *pres)
{
    if (sessions + 1 == SESSIONS)
        abort();
    pres->data = ++sessions;
    pres->open = true;
}

/* Frees what it is given. Nothing is good, the same twice is not. */
static void provider_close(struct pres *pres)
{
    if (pres->data != 0 && freed[pres->data])
        abort();
    freed[pres->data] = pres->data != 0;
    pres->open = false;
}

static void send_hello(struct pres *pres)
{
    const uint8_t hello = pres->server ? SERVER_HELLO : CLIENT_HELLO;

    (void)TCPIP_TCP_ArrayPut(pres->socket, &hello, 1);
    (void)TCPIP_TCP_Flush(pres->socket);
}

static void negotiate(struct pres *pres)
{
    uint8_t hello = 0;

    if (pres->session == BEGINS) {
        if (!TCPIP_TCP_IsConnected(pres->socket))
            return;
        provider_open(pres);
        if (!pres->server)
            send_hello(pres);
        pres->session = ASKED;
    }
    if (TCPIP_TCP_ArrayGet(pres->socket, &hello, 1) == 0)
        return;
    pres->session = hello == (pres->server ? CLIENT_HELLO : SERVER_HELLO) ? SECURE : FAILED;
    if (harmony.tls_fails)
        pres->session = FAILED;
    if (pres->session == SECURE && pres->server)
        send_hello(pres);
}

void harmony_pres_tasks(void)
{
    for (unsigned i = 0; i < HANDLES; i++)
        if (handles[i].used && (handles[i].session == BEGINS || handles[i].session == ASKED))
            negotiate(&handles[i]);
}

/* ----------------------------------------------------------------------- bytes */

static void mask(uint8_t *bytes, uint16_t count)
{
    for (uint16_t i = 0; i < count; i++)
        bytes[i] ^= MASK;
}

/* Whether bytes can be read: a session has to stand, if there is to be one. */
static bool is_clear(const struct pres *pres)
{
    return !pres->encrypted || pres->session == SECURE;
}

uint16_t NET_PRES_SocketReadIsReady(NET_PRES_SKT_HANDLE_T handle)
{
    const struct pres *pres = find(handle);

    return is_clear(pres) ? TCPIP_TCP_GetIsReady(pres->socket) : 0;
}

uint16_t NET_PRES_SocketPeek(NET_PRES_SKT_HANDLE_T handle, void *buffer, uint16_t size)
{
    const struct pres *pres = find(handle);
    const uint16_t count = is_clear(pres) ? TCPIP_TCP_ArrayPeek(pres->socket, buffer, size, 0) : 0;

    if (pres->session != PLAIN)
        mask(buffer, count);
    return count;
}

uint16_t NET_PRES_SocketRead(NET_PRES_SKT_HANDLE_T handle, void *buffer, uint16_t size)
{
    const struct pres *pres = find(handle);
    const uint16_t count = is_clear(pres) ? TCPIP_TCP_ArrayGet(pres->socket, buffer, size) : 0;

    if (pres->session != PLAIN)
        mask(buffer, count);
    return count;
}

/* A record is taken when it is offered for the second time, from the same place. */
static uint16_t write_record(struct pres *pres, const uint8_t *bytes, uint16_t size)
{
    uint8_t record[RECORD];
    const uint16_t length = size < RECORD ? size : RECORD;

    if (pres->offered == NULL) {
        pres->offered = bytes;
        return 0;
    }
    if (pres->offered != bytes)
        abort();
    if (TCPIP_TCP_PutIsReady(pres->socket) < length)
        return 0;
    pres->offered = NULL;
    memcpy(record, bytes, length);
    mask(record, length);
    return TCPIP_TCP_ArrayPut(pres->socket, record, length);
}

uint16_t NET_PRES_SocketWrite(NET_PRES_SKT_HANDLE_T handle, const void *buffer, uint16_t size)
{
    struct pres *pres = find(handle);

    if (pres->session == PLAIN)
        return TCPIP_TCP_ArrayPut(pres->socket, buffer, size);
    return pres->session == SECURE ? write_record(pres, buffer, size) : 0;
}

uint16_t NET_PRES_SocketFlush(NET_PRES_SKT_HANDLE_T handle)
{
    return TCPIP_TCP_Flush(find(handle)->socket) ? 1 : 0;
}

bool NET_PRES_SocketDisconnect(NET_PRES_SKT_HANDLE_T handle)
{
    struct pres *pres = find(handle);

    if (!TCPIP_TCP_Disconnect(pres->socket))
        return false;
    if (!pres->encrypted)
        return true;
    if (pres->open)
        provider_close(pres);
    pres->session = BEGINS;
    pres->offered = NULL;
    return true;
}

void NET_PRES_SocketClose(NET_PRES_SKT_HANDLE_T handle)
{
    struct pres *pres = find(handle);

    if (pres->encrypted)
        provider_close(pres);
    (void)TCPIP_TCP_Close(pres->socket);
    pres->used = false;
}
