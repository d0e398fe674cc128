/* SPDX-License-Identifier: MIT */
/*
 * lwIP for the tests, on this machine's loopback only. RIG_THREAD 1: with a thread of its own.
 * RIG_MALLOC 1: memory by malloc(), so that sanitizers see what is used too long; IPv4 alone.
 */
#ifndef LWIPOPTS_H
#define LWIPOPTS_H

#include <stdbool.h>

#ifndef RIG_THREAD
#define RIG_THREAD 0
#endif
#ifndef RIG_MALLOC
#define RIG_MALLOC 0
#endif

/* In rig.c: whether a packet that has arrived is lost. */
struct pbuf;
struct netif;
bool rig_loses(struct pbuf *packet);
#define LWIP_HOOK_IP4_INPUT(packet, netif) rig_loses(packet)

#define NO_SYS                        !RIG_THREAD
#define LWIP_TCPIP_CORE_LOCKING       1
#define SYS_LIGHTWEIGHT_PROT          RIG_THREAD
#define TCPIP_MBOX_SIZE               512
#define LWIP_SOCKET                   0
#define LWIP_NETCONN                  0
#define LWIP_HAVE_LOOPIF              1
#define LWIP_NETIF_LOOPBACK           1
#define LWIP_IPV4                     1
#define LWIP_IPV6                     !RIG_MALLOC
#define LWIP_IPV6_DUP_DETECT_ATTEMPTS 0
#define LWIP_DNS                      1
#define DNS_TABLE_SIZE                2
#define LWIP_STATS                    1
#define MEMP_STATS                    1
#define MEM_STATS                     1

/* As lwIP has it, but for ports: the rig's server answers to any. */
#define LWIP_DNS_SECURE LWIP_DNS_SECURE_NO_MULTIPLE_OUTSTANDING

/* Small windows, so that a peer that does not read is felt soon. */
#define TCP_MSS            1000
#define TCP_WND            4000
#define TCP_SND_BUF        6000
#define TCP_SND_QUEUELEN   24
#define TCP_MSL            1000
#define TCP_LISTEN_BACKLOG 1
#define SO_REUSE           1
#define PBUF_POOL_BUFSIZE  512
#define PBUF_POOL_SIZE     64

#define MEMP_MEM_MALLOC         RIG_MALLOC
#define MEM_LIBC_MALLOC         RIG_MALLOC
#define MEM_ALIGNMENT           8
#define MEM_SIZE                (1024 * 1024)
#define MEMP_NUM_TCP_PCB        64
#define MEMP_NUM_TCP_PCB_LISTEN 8
#define MEMP_NUM_TCP_SEG        512
#define MEMP_NUM_PBUF           128

#if RIG_THREAD
/* In Debian's port: the caller holds the lock. */
void sys_check_core_locking(void);
void sys_mark_tcpip_thread(void);
void sys_lock_tcpip_core(void);
void sys_unlock_tcpip_core(void);
#define LWIP_ASSERT_CORE_LOCKED() sys_check_core_locking()
#define LWIP_MARK_TCPIP_THREAD()  sys_mark_tcpip_thread()
#define LOCK_TCPIP_CORE()         sys_lock_tcpip_core()
#define UNLOCK_TCPIP_CORE()       sys_unlock_tcpip_core()
#endif

#endif
