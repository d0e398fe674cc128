/* SPDX-License-Identifier: MIT */
/*
 * Deadlines: when each armed timer began, and a heap of connections ordered by when
 * they next want a look. A connection may be looked at too early, never too late: what
 * only pushes a deadline back (a frame that arrives) does not touch the heap.
 *
 * The heap's array lives in the connections: conns[i].heap_member is its element i. Small code
 * has no heap: it goes through all connections, which are few then.
 * Times are 32-bit milliseconds and may wrap; differences are taken, never orders.
 */
#include "wss_core.h"

_Static_assert(WSS_TIMER_COUNT <= 8, "timers are bits of wss_conn_t.armed");

/* The others share WSS_CLOCK_PHASE. */
static const uint8_t clock_of[WSS_TIMER_COUNT] = {
    [WSS_TIMER_IDLE] = WSS_CLOCK_IDLE,
    [WSS_TIMER_PING] = WSS_CLOCK_PING,
    [WSS_TIMER_PONG] = WSS_CLOCK_PONG,
};

uint32_t wss_timer_left(const wss_conn_t *conn, unsigned timer)
{
    const wss_loop_t *loop = conn->loop;
    uint32_t passed = loop->now - conn->since[clock_of[timer]];
    uint32_t timeout = loop->timeout[timer];
    if ((conn->armed & (1u << timer)) == 0 || timeout == WSS_OFF)
        return WSS_FOREVER;
    return passed >= timeout ? 0 : timeout - passed;
}

/* -------------------------------------------------------- who wants a look first */

static bool waits(const wss_conn_t *conn)
{
    return conn->heap_position != WSS_NO_SLOT;
}

static bool earlier(const wss_conn_t *a, const wss_conn_t *b)
{
    return (int32_t)(a->deadline - b->deadline) < 0;
}

#if WSS_CFG_SMALL

static wss_conn_t *first_of(const wss_loop_t *loop)
{
    const wss_config_t *config = loop->config;
    wss_conn_t *first = NULL;
    for (wss_conn_t *conn = config->conns; conn != config->conns + config->conn_count; conn++)
        if (waits(conn) && (first == NULL || earlier(conn, first)))
            first = conn;
    return first;
}

static void enter(wss_conn_t *conn)
{
    conn->heap_position = 0;
}

static void leave(wss_conn_t *conn)
{
    conn->heap_position = WSS_NO_SLOT;
}

#else

static wss_conn_t *member(const wss_loop_t *loop, unsigned position)
{
    return &loop->config->conns[loop->config->conns[position].heap_member];
}

static wss_conn_t *first_of(const wss_loop_t *loop)
{
    return loop->heap_size > 0 ? member(loop, 0) : NULL;
}

static void place(wss_loop_t *loop, wss_conn_t *conn, unsigned position)
{
    loop->config->conns[position].heap_member = (wss_slot_t)wss_index(conn);
    conn->heap_position = (wss_slot_t)position;
}

static void sift_up(wss_loop_t *loop, wss_conn_t *conn)
{
    unsigned position = conn->heap_position;
    while (position > 0) {
        wss_conn_t *parent = member(loop, (position - 1) / 2);
        if (!earlier(conn, parent))
            break;
        place(loop, parent, position);
        position = (position - 1) / 2;
    }
    place(loop, conn, position);
}

static void sift_down(wss_loop_t *loop, wss_conn_t *conn)
{
    unsigned position = conn->heap_position;
    for (;;) {
        unsigned child = 2 * position + 1;
        if (child >= loop->heap_size)
            break;
        if (child + 1 < loop->heap_size && earlier(member(loop, child + 1), member(loop, child)))
            child++;
        if (!earlier(member(loop, child), conn))
            break;
        place(loop, member(loop, child), position);
        position = child;
    }
    place(loop, conn, position);
}

static void enter(wss_conn_t *conn)
{
    wss_loop_t *loop = conn->loop;
    if (!waits(conn))
        place(loop, conn, loop->heap_size++);
    sift_up(loop, conn);
    sift_down(loop, conn);
}

static void leave(wss_conn_t *conn)
{
    wss_loop_t *loop = conn->loop;
    if (!waits(conn))
        return;
    wss_conn_t *last = member(loop, --loop->heap_size);
    if (last != conn) {
        last->heap_position = conn->heap_position;
        sift_up(loop, last);
        sift_down(loop, last);
    }
    conn->heap_position = WSS_NO_SLOT;
}

#endif

/* ------------------------------------------------------------- the timers */

void wss_timers_forget(wss_conn_t *conn)
{
    conn->armed = 0;
    leave(conn);
}

/* The timer that is due first. */
static unsigned first_timer(const wss_conn_t *conn)
{
    unsigned first = 0;
    for (unsigned timer = 1; timer < WSS_TIMER_COUNT; timer++)
        if (wss_timer_left(conn, timer) < wss_timer_left(conn, first))
            first = timer;
    return first;
}

/* Plans the next look, where a timer runs. */
static void plan(wss_conn_t *conn)
{
    uint32_t left = wss_timer_left(conn, first_timer(conn));
    if (left == WSS_FOREVER) {
        leave(conn);
        return;
    }
    conn->deadline = conn->loop->now + left;
    enter(conn);
}

static void start(wss_conn_t *conn, unsigned timers)
{
    for (unsigned timer = 0; timer < WSS_TIMER_COUNT; timer++)
        if ((timers & (1u << timer)) != 0)
            conn->since[clock_of[timer]] = conn->loop->now;
    conn->armed = (uint8_t)(conn->armed | timers);
    plan(conn);
}

void wss_timers_step(wss_conn_t *conn, const wss_row_t *row, bool moved, unsigned arm)
{
    unsigned kept = conn->armed & ~(unsigned)row->stop;
    if (moved)
        kept &= arm;
    unsigned wanted = row->start | (moved ? arm : 0u);
    conn->armed = (uint8_t)kept;
    if ((wanted & ~kept) != 0)
        start(conn, wanted & ~kept);
}

void wss_timer_touch(wss_conn_t *conn)
{
    conn->since[WSS_CLOCK_IDLE] = conn->loop->now;
}

/* Raises the event of one timer that is due, or plans the next look. */
static void look_at(wss_conn_t *conn)
{
    unsigned timer = first_timer(conn);
    if (wss_timer_left(conn, timer) != 0) {
        plan(conn);
        return;
    }
    if (!wss_step(conn, wss_connection_timer_event[timer], NULL))
        conn->armed = (uint8_t)(conn->armed & ~(1u << timer));
    wss_run_later(conn);
}

uint32_t wss_timers_next(const wss_loop_t *loop)
{
    const wss_conn_t *first = first_of(loop);
    if (first == NULL)
        return WSS_FOREVER;
    uint32_t left = first->deadline - loop->now;
    return (int32_t)left <= 0 ? 0 : left;
}

void wss_timers_fire(wss_loop_t *loop, unsigned budget)
{
    while (budget-- > 0 && wss_timers_next(loop) == 0)
        look_at(first_of(loop));
}
