/* SPDX-License-Identifier: MIT */
/*
 * See rig.h. Peers acknowledge at once, so that what a port has pending depends on what they
 * read and not on lwIP's timers.
 */
#include "rig.h"

#include "lwip/init.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/stats.h"
#include "lwip/tcpip.h"
#include "lwip/timeouts.h"

#include <string.h>

enum { PEERS = 64 };

typedef struct peer {
    struct tcp_pcb *pcb;
    struct pbuf *received;
    bool used;
    bool connected;
    bool finished; /* it has sent its FIN */
    bool ended;
    bool lost;
} peer_t;

wss_lwip_t lwip;
wss_hal_t hal;
wss_lwip_stream_t rig_streams[PORT_STREAMS];

static uint8_t send_memory[PORT_STREAMS * PORT_ROOM];
static peer_t peers[PEERS];
static uint32_t drawn;
static unsigned lose;
static uint32_t luck;

/* ----------------------------------------------------------------- the network */

bool rig_loses(struct pbuf *packet)
{
    if (lose == 0)
        return false;
    luck = luck * 1664525u + 1013904223u;
    if ((luck >> 16) % lose != 0)
        return false;
    (void)pbuf_free(packet);
    return true;
}

#if NO_SYS

static uint32_t simulated;

u32_t sys_now(void)
{
    return simulated;
}

static void poll(void *context)
{
    (void)context;
    netif_poll_all();
}

static void pause_for(void *context, uint32_t milliseconds)
{
    (void)context;
    simulated += milliseconds;
}

static void lock(void)
{
}

static void unlock(void)
{
}

/* What is under way arrives. */
static void deliver(void)
{
    netif_poll_all();
}

void rig_pass(uint32_t milliseconds)
{
    const uint32_t step = milliseconds < 10000 ? 50 : 250;

    for (uint32_t i = 0; i < milliseconds; i += step) {
        simulated += step;
        sys_check_timeouts();
        netif_poll_all();
    }
}

static mem_size_t mem_at_start;

static void start(void)
{
    static bool started;

    if (!started) {
        simulated = UINT32_MAX - 3000; /* it wraps soon */
        lwip_init();
        mem_at_start = lwip_stats.mem.used;
    }
    started = true;
}

/* Connections in TIME-WAIT and FIN-WAIT-2 go; then nothing may be left. */
static void expect_nothing(void)
{
    rig_pass(30000);
    ck_assert_ptr_null(tcp_active_pcbs);
    ck_assert_ptr_null(tcp_tw_pcbs);
    ck_assert_ptr_null(tcp_listen_pcbs.pcbs);
#if !RIG_MALLOC
    ck_assert_uint_eq(lwip_stats.memp[MEMP_TCP_PCB]->used, 0);
    ck_assert_uint_eq(lwip_stats.memp[MEMP_TCP_SEG]->used, 0);
    ck_assert_uint_eq(lwip_stats.memp[MEMP_PBUF]->used, 0);
    ck_assert_uint_eq(lwip_stats.memp[MEMP_PBUF_POOL]->used, 0);
#endif
    ck_assert_uint_eq(lwip_stats.mem.used, mem_at_start);
}

#else

static void lock(void)
{
    LOCK_TCPIP_CORE();
}

static void unlock(void)
{
    UNLOCK_TCPIP_CORE();
}

static void signal_it(void *semaphore)
{
    sys_sem_signal(semaphore);
}

/* lwIP's thread does one thing after the other. */
static void barrier(void)
{
    sys_sem_t done;

    ck_assert_int_eq(sys_sem_new(&done, 0), ERR_OK);
    ck_assert_int_eq(tcpip_callback(signal_it, &done), ERR_OK);
    (void)sys_arch_sem_wait(&done, 0);
    sys_sem_free(&done);
}

static uint32_t packets(void)
{
    lock();
    const uint32_t count = lwip_stats.ip.recv + lwip_stats.ip6.recv;
    unlock();
    return count;
}

/* What is under way arrives, and what answers it. */
static void deliver(void)
{
    uint32_t before;

    do {
        before = packets();
        barrier();
    } while (packets() != before);
}

static void start(void)
{
    static bool started;

    if (!started)
        tcpip_init(NULL, NULL);
    started = true;
}

static void expect_nothing(void)
{
}

#endif

void rig_lose(unsigned n)
{
    lock();
    lose = n;
    luck = n;
    unlock();
}

/* -------------------------------------------------------------------- the port */

/* Differs each time. */
static wss_result_t entropy(void *context, uint8_t *buffer, size_t length)
{
    (void)context;
    for (size_t i = 0; i < length; i++)
        buffer[i] = (uint8_t)(++drawn * 2654435761u >> 24);
    return WSS_OK;
}

wss_lwip_config_t rig_config(void)
{
    lock();
    struct netif *loopback = netif_find("lo0");
    unlock();
    return (wss_lwip_config_t)
    {
        .streams = rig_streams, .stream_count = PORT_STREAMS, .send_memory = send_memory,
        .send_room = PORT_ROOM, .entropy = entropy,
#if NO_SYS
        .poll = poll, .pause = pause_for,
#endif
        .netif = loopback, .connect_ms = 20000,
    };
}

#if !NO_SYS

/* The contract suite calls streams from its only task without the lock, which lwIP's thread
 * needs: these take it. The network settles in them, rather than whenever it likes. */

static const wss_stream_ops_t *real_ops;
static wss_hal_t real_hal;

#define LOCKED(type, call)                                                                         \
    do {                                                                                           \
        lock();                                                                                    \
        type result_of_call = call;                                                                \
        unlock();                                                                                  \
        return result_of_call;                                                                     \
    } while (0)

static wss_phase_t locked_phase(wss_stream_t *stream)
{
    LOCKED(wss_phase_t, real_ops->phase(stream));
}

static int32_t locked_recv(wss_stream_t *stream, uint8_t *buffer, uint32_t capacity)
{
    LOCKED(int32_t, real_ops->recv(stream, buffer, capacity));
}

static void locked_consume(wss_stream_t *stream, uint32_t count, const uint8_t *rest)
{
    lock();
    real_ops->consume(stream, count, rest);
    unlock();
}

static uint32_t locked_room(wss_stream_t *stream)
{
    LOCKED(uint32_t, real_ops->room(stream));
}

static int32_t locked_send(wss_stream_t *stream, const uint8_t *data, uint32_t length)
{
    LOCKED(int32_t, real_ops->send(stream, data, length));
}

static wss_result_t locked_flush(wss_stream_t *stream)
{
    lock();
    const wss_result_t result = real_ops->flush(stream);
    unlock();
    deliver();
    return result;
}

static uint32_t locked_pending(wss_stream_t *stream)
{
    LOCKED(uint32_t, real_ops->pending(stream));
}

static void locked_watch(wss_stream_t *stream, unsigned what)
{
    lock();
    real_ops->watch(stream, what);
    unlock();
}

static void locked_finish(wss_stream_t *stream)
{
    lock();
    real_ops->finish(stream);
    unlock();
    deliver();
}

static void locked_release(wss_stream_t *stream, bool reset)
{
    lock();
    real_ops->release(stream, reset);
    unlock();
}

static const char *locked_reason(wss_stream_t *stream)
{
    LOCKED(const char *, real_ops->reason(stream));
}

static void locked_peer(wss_stream_t *stream, char *buffer, size_t capacity)
{
    lock();
    real_ops->peer(stream, buffer, capacity);
    unlock();
}

static const wss_stream_ops_t locked_ops = {
    .phase = locked_phase,
    .recv = locked_recv,
    .consume = locked_consume,
    .room = locked_room,
    .send = locked_send,
    .flush = locked_flush,
    .pending = locked_pending,
    .watch = locked_watch,
    .finish = locked_finish,
    .release = locked_release,
    .reason = locked_reason,
    .peer = locked_peer,
};

static wss_stream_t *guarded(wss_stream_t *stream)
{
    if (stream == NULL)
        return NULL;
    real_ops = stream->ops;
    stream->ops = &locked_ops;
    return stream;
}

static wss_result_t locked_listen(void *context, const wss_endpoint_t *where, uint16_t *number)
{
    LOCKED(wss_result_t, real_hal.listen(context, where, number));
}

static void locked_unlisten(void *context)
{
    lock();
    real_hal.unlisten(context);
    unlock();
}

static void locked_accepting(void *context, bool on)
{
    lock();
    real_hal.accepting(context, on);
    unlock();
}

static wss_stream_t *locked_accept(void *context, void *owner)
{
    LOCKED(wss_stream_t *, guarded(real_hal.accept(context, owner)));
}

static wss_stream_t *locked_connect(void *context, const wss_dial_t *whom, void *owner)
{
    LOCKED(wss_stream_t *, guarded(real_hal.connect(context, whom, owner)));
}

static int32_t settled_wait(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count)
{
    deliver();
    return real_hal.wait(context, timeout, ready, count);
}

static void guard(void)
{
    real_hal = hal;
    hal.wait = settled_wait;
    hal.listen = locked_listen;
    hal.unlisten = locked_unlisten;
    hal.accepting = locked_accepting;
    hal.accept = locked_accept;
    hal.connect = locked_connect;
}

#else

static void guard(void)
{
}

#endif

void rig_open(const wss_lwip_config_t *config)
{
    memset(rig_streams, 0xA5, sizeof rig_streams);
    memset(&lwip, 0xA5, sizeof lwip);
    ck_assert_int_eq(wss_lwip_init(&lwip, config, &hal), WSS_OK);
    guard();
}

uint16_t rig_listen(void)
{
    const wss_endpoint_t anywhere = {.address = NULL, .port = 0};
    uint16_t number = 0;

    ck_assert_int_eq(hal.listen(hal.context, &anywhere, &number), WSS_OK);
    return number;
}

unsigned rig_look(const void *owner)
{
    wss_ready_t ready[8];
    const int32_t count = hal.wait(hal.context, 0, ready, 8);

    for (int32_t i = 0; i < count; i++)
        if (ready[i].owner == owner)
            return ready[i].what;
    return 0;
}

wss_stream_t *rig_accept(void *owner)
{
    (void)rig_look(NULL);
    wss_stream_t *stream = hal.accept(hal.context, owner);
    ck_assert_ptr_nonnull(stream);
    return stream;
}

wss_stream_t *rig_connected(uint16_t number, int *peer, void *owner)
{
    *peer = port.call(number, false);
    ck_assert_int_ge(*peer, 0);
    return rig_accept(owner);
}

uint8_t rig_byte(uint32_t at)
{
    return (uint8_t)(at * 131 + at / 509);
}

static wss_hal_t *port_open(void)
{
    start();
    const wss_lwip_config_t config = rig_config();
    rig_open(&config);
    return &hal;
}

/* ----------------------------------------------------------------------- peers */

/* lwIP frees it when it likes. */
static void forget_what_both_ended(peer_t *peer)
{
    if (!peer->finished || !peer->ended || peer->pcb == NULL)
        return;
    tcp_arg(peer->pcb, NULL);
    tcp_recv(peer->pcb, NULL);
    tcp_err(peer->pcb, NULL);
    peer->pcb = NULL;
}

static err_t received(void *argument, struct tcp_pcb *pcb, struct pbuf *packet, err_t error)
{
    peer_t *peer = argument;

    ck_assert_int_eq(error, ERR_OK);
    if (packet == NULL)
        peer->ended = true;
    else if (peer->received == NULL)
        peer->received = packet;
    else
        pbuf_cat(peer->received, packet);
    tcp_ack_now(pcb);
    forget_what_both_ended(peer);
    return ERR_OK;
}

static void lost(void *argument, err_t error)
{
    peer_t *peer = argument;

    peer->pcb = NULL;
    peer->lost = error != ERR_CLSD;
}

static err_t connected(void *argument, struct tcp_pcb *pcb, err_t error)
{
    peer_t *peer = argument;

    (void)pcb, (void)error;
    peer->connected = true;
    return ERR_OK;
}

static bool has_v6(void)
{
    return LWIP_IPV6;
}

static void own_address(ip_addr_t *address, bool v6)
{
    ck_assert(ipaddr_aton(v6 ? "::1" : "127.0.0.1", address));
}

static int call(uint16_t to, bool v6)
{
    ip_addr_t address;
    int number = 0;

    while (peers[number].used)
        ck_assert_int_lt(++number, PEERS);
    peer_t *peer = &peers[number];
    lock();
    own_address(&address, v6);
    *peer = (peer_t){.used = true, .pcb = tcp_new_ip_type(IP_GET_TYPE(&address))};
    ck_assert_ptr_nonnull(peer->pcb);
    tcp_arg(peer->pcb, peer);
    tcp_recv(peer->pcb, received);
    tcp_err(peer->pcb, lost);
    tcp_nagle_disable(peer->pcb);
    ck_assert_int_eq(tcp_connect(peer->pcb, &address, to, connected), ERR_OK);
    unlock();
    deliver();
    if (!peer->connected)
        peer->used = false;
    return peer->connected ? number : -1;
}

static uint32_t give(int number, const void *data, uint32_t length)
{
    peer_t *peer = &peers[number];
    uint32_t count = 0;

    lock();
    if (peer->pcb != NULL)
        count = LWIP_MIN(length, tcp_sndbuf(peer->pcb));
    if (count > 0 && tcp_write(peer->pcb, data, (u16_t)count, TCP_WRITE_FLAG_COPY) != ERR_OK)
        count = 0;
    if (count > 0)
        (void)tcp_output(peer->pcb);
    unlock();
    return count;
}

static int32_t nothing(const peer_t *peer)
{
    if (peer->lost)
        return WSS_ERR_NETWORK;
    return peer->ended ? WSS_ERR_EOF : 0;
}

static int32_t take(int number, void *buffer, uint32_t capacity)
{
    peer_t *peer = &peers[number];

    deliver();
    lock();
    const u16_t most = (u16_t)LWIP_MIN(capacity, UINT16_MAX);
    const u16_t count = pbuf_copy_partial(peer->received, buffer, most, 0);
    if (count > 0)
        peer->received = pbuf_free_header(peer->received, count);
    if (count > 0 && peer->pcb != NULL)
        tcp_recved(peer->pcb, count);
    const int32_t result = count > 0 ? count : nothing(peer);
    unlock();
    deliver();
    return result;
}

static void end(int number)
{
    peer_t *peer = &peers[number];

    lock();
    ck_assert_int_eq(tcp_shutdown(peer->pcb, 0, 1), ERR_OK);
    peer->finished = true;
    forget_what_both_ended(peer);
    unlock();
}

static void reset(int number)
{
    peer_t *peer = &peers[number];

    lock();
    if (peer->pcb != NULL) {
        tcp_err(peer->pcb, NULL);
        tcp_abort(peer->pcb);
    }
    if (peer->received != NULL)
        (void)pbuf_free(peer->received);
    *peer = (peer_t){.used = false};
    unlock();
}

static void port_close(void)
{
    rig_lose(0);
    wss_lwip_close(&lwip);
    for (int i = 0; i < PEERS; i++)
        reset(i);
    expect_nothing();
}

TCase *port_cases(void)
{
#if NO_SYS
    TCase *cases = tcase_create("lwip");

    transfer_cases(cases);
    life_cases(cases);
    dial_cases(cases);
    return cases;
#else
    return NULL;
#endif
}

const port_t port = {
    .open = port_open,
    .close = port_close,
    .has_v6 = has_v6,
    .call = call,
    .give = give,
    .take = take,
    .end = end,
    .reset = reset,
    .drop = reset,
    .v4_text = "127.0.0.1:",
    .v6_text = "[::1]:",
};
