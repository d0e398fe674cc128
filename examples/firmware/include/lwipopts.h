/* SPDX-License-Identifier: MIT */
/*
 * lwIP for a server of SYS_WSS_MAX_NUM_CLIENTS connections: IPv4, TCP and ping alone, in one
 * task, all memory static. docs/LWIP.md says why.
 */
#ifndef LWIPOPTS_H
#define LWIPOPTS_H

#include "settings.h"

#define NO_SYS               1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN         0
#define LWIP_SOCKET          0
#define LWIP_UDP             0
#define LWIP_RAW             0
#define IP_REASSEMBLY        0
#define IP_FRAG              0

/* mipsnet takes no frame of full length once one was held back. */
#define TCP_MSS            1440
#define TCP_WND            (2 * TCP_MSS)
#define TCP_SND_BUF        (2 * TCP_MSS)
#define TCP_SND_QUEUELEN   8
#define TCP_LISTEN_BACKLOG 1
#define TCP_QUEUE_OOSEQ    0
#define ETH_PAD_SIZE       2

/* As many as are served may wait meanwhile: handshakes of TLS take their time, and a SYN that is
 * not taken comes again only after a second. Each of all these can fill its window. */
#define WSS_LWIP_BACKLOG        SYS_WSS_MAX_NUM_CLIENTS
#define PEERS                   (SYS_WSS_MAX_NUM_CLIENTS + WSS_LWIP_BACKLOG)
#define PBUF_POOL_BUFSIZE       512
#define PBUF_POOL_SIZE          (PEERS * (TCP_WND / PBUF_POOL_BUFSIZE + 4) + 8)
#define MEMP_NUM_TCP_PCB        (PEERS + 6)
#define MEMP_NUM_TCP_PCB_LISTEN 1
#define MEMP_NUM_TCP_SEG        (PEERS * 4)
#define MEMP_NUM_PBUF           (PEERS * 4)
#define MEM_SIZE                (PEERS * 512)
#define MEM_ALIGNMENT           4

#define LWIP_STATS       1
#define LWIP_STATS_LARGE 1
#define MEMP_STATS       1
#define MEM_STATS        1
#define LINK_STATS       0
#define ETHARP_STATS     0
#define IP_STATS         0
#define ICMP_STATS       0
#define TCP_STATS        0
#define SYS_STATS        0

#endif
