/* SPDX-License-Identifier: MIT */
/*
 * The driver: the device holds one frame to receive and one to send, whose bytes go through one
 * register each. It must not know what is in them.
 */
#include "mipsnet.h"
#include "board.h"

#include "lwip/etharp.h"

enum {
    ID = 0x00,
    RECEIVED = 0x0c, /* bytes of the frame that are left to read */
    TO_SEND = 0x10,  /* bytes of the frame that will be written */
    INTERRUPT = 0x14,
    READ = 0x1c,
    WRITE = 0x20,

    MIPS = 0x5350494d, /* of ID */
    SENT = 1,          /* of INTERRUPT; writing one takes it back */
    ARRIVED = 2,

    FRAME = 1514,
    FRAMES_PER_POLL = 4
};

static volatile uint32_t *device(unsigned reg)
{
    return board_word(BOARD_NETWORK + reg);
}

/* ---------------------------------------------------------------------------- sending */

/* The device has taken the frame when this returns. */
static err_t transmit(struct netif *netif, struct pbuf *frame)
{
    const uint16_t length = (uint16_t)(frame->tot_len - ETH_PAD_SIZE);
    uint16_t pad = ETH_PAD_SIZE;

    (void)netif;
    if (length > FRAME)
        return ERR_BUF;
    *device(TO_SEND) = length;
    for (const struct pbuf *part = frame; part != NULL; part = part->next) {
        const uint8_t *bytes = part->payload;
        for (uint16_t i = pad; i < part->len; i++)
            *device(WRITE) = bytes[i];
        pad = 0;
    }
    *device(INTERRUPT) = SENT;
    return ERR_OK;
}

/* -------------------------------------------------------------------------- receiving */

static void skip(uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        (void)*device(READ);
}

static void fill(const struct pbuf *frame)
{
    uint16_t pad = ETH_PAD_SIZE;

    for (const struct pbuf *part = frame; part != NULL; part = part->next) {
        uint8_t *bytes = part->payload;
        for (uint16_t i = pad; i < part->len; i++)
            bytes[i] = (uint8_t)*device(READ);
        pad = 0;
    }
}

/* Where lwIP has no memory left the frame is lost, as on any wire. */
static void receive(struct netif *netif, uint32_t length)
{
    struct pbuf *frame = pbuf_alloc(PBUF_RAW, (uint16_t)(length + ETH_PAD_SIZE), PBUF_POOL);

    if (frame == NULL)
        skip(length);
    else
        fill(frame);
    *device(INTERRUPT) = ARRIVED;
    if (frame != NULL && netif->input(frame, netif) != ERR_OK)
        (void)pbuf_free(frame);
}

void mipsnet_poll(struct netif *netif)
{
    for (unsigned i = 0; i < FRAMES_PER_POLL; i++) {
        if ((*device(INTERRUPT) & ARRIVED) == 0)
            return;
        receive(netif, *device(RECEIVED));
    }
}

err_t mipsnet_init(struct netif *netif)
{
    static const uint8_t address[ETH_HWADDR_LEN] = {0x52, 0x54, 0x00, 0x12, 0x34, 0x56};

    if (*device(ID) != MIPS)
        return ERR_IF;
    netif->name[0] = 'm';
    netif->name[1] = 'n';
    netif->mtu = 1500;
    netif->hwaddr_len = ETH_HWADDR_LEN;
    SMEMCPY(netif->hwaddr, address, sizeof address);
    netif->flags =
        NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
    netif->output = etharp_output;
    netif->linkoutput = transmit;
    return ERR_OK;
}
