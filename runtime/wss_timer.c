/* SPDX-License-Identifier: MIT */
/*
 * Deadlines: when each armed timer began, and a heap of connections ordered by when
 * they next want a look. A connection may be looked at too early, never too late: what
 * only pushes a deadline back (a frame that arrives) does not touch the heap.
 *
 * The heap's array lives in the connections: conns[i].heap_member is its element i.
 * Times are 32-bit milliseconds and may wrap; differences are taken, never orders.
 */
#include "wss_core.h"

_Static_assert(WSS_TIMER_COUNT <= 8, "timers are bits of wss_conn_t.armed");

/* Those that are not here never run together, and share one. */
static const uint8_t clocks[WSS_TIMER_COUNT] = {
    [WSS_TIMER_IDLE] = WSS_CLOCK_IDLE,
    [WSS_TIMER_PING] = WSS_CLOCK_PING,
    [WSS_TIMER_PONG] = WSS_CLOCK_PONG,
};
_Static_assert(WSS_CLOCK_PHASE == 0, "the clock of the others");

uint32_t wss_timer_left(const wss_conn_t *conn, unsigned timer)
{
    uint32_t timeout = conn->loop->timeout[timer];
    if ((conn->armed & (1u << timer)) == 0 || timeout == WSS_OFF)
        return WSS_FOREVER;
    uint32_t passed = conn->loop->now - conn->since[clocks[timer]];
    return passed >= timeout ? 0 : timeout - passed;
}

/* ---------------------------------------------------------------- the heap */

static wss_conn_t *member(const wss_loop_t *loop, unsigned position)
{
    return &loop->config->conns[loop->config->conns[position].heap_member];
}

static bool earlier(const wss_conn_t *a, const wss_conn_t *b)
{
    return (int32_t)(a->deadline - b->deadline) < 0;
}

static void place(wss_loop_t *loop, wss_conn_t *conn, unsigned position)
{
    loop->config->conns[position].heap_member = (wss_slot_t)wss_index(conn);
    conn->heap_position = (wss_slot_t)position;
}

/* Where the earlier of the children of a position is; beyond the heap: it has none. */
static unsigned first_child(const wss_loop_t *loop, unsigned position)
{
    unsigned child = 2 * position + 1;
    bool second =
        child + 1 < loop->heap_size && earlier(member(loop, child + 1), member(loop, child));
    return second ? child + 1 : child;
}

/* Moves a connection up or down to where its deadline belongs. */
static void sift(wss_loop_t *loop, wss_conn_t *conn)
{
    unsigned position = conn->heap_position;
    while (position > 0 && earlier(conn, member(loop, (position - 1) / 2))) {
        place(loop, member(loop, (position - 1) / 2), position);
        position = (position - 1) / 2;
    }
    for (;;) {
        unsigned child = first_child(loop, position);
        if (child >= loop->heap_size || !earlier(member(loop, child), conn))
            break;
        place(loop, member(loop, child), position);
        position = child;
    }
    place(loop, conn, position);
}

/* Deadlines can be told apart while they are less than half of all times apart: one that is far
 * away is looked at before. */
static void schedule(wss_conn_t *conn, uint32_t left)
{
    wss_loop_t *loop = conn->loop;
    conn->deadline = loop->now + (left < INT32_MAX / 2 ? left : INT32_MAX / 2);
    if (conn->heap_position == WSS_NO_SLOT)
        place(loop, conn, loop->heap_size++);
    sift(loop, conn);
}

void wss_timers_forget(wss_conn_t *conn)
{
    wss_loop_t *loop = conn->loop;
    conn->armed = 0;
    if (conn->heap_position == WSS_NO_SLOT)
        return;
    wss_conn_t *last = member(loop, --loop->heap_size);
    if (last != conn) {
        last->heap_position = conn->heap_position;
        sift(loop, last);
    }
    conn->heap_position = WSS_NO_SLOT;
}

/* ------------------------------------------------------------- the timers */

/* The timer that is due first, and how long it has; WSS_TIMER_COUNT and WSS_FOREVER: none runs. */
static unsigned first_due(const wss_conn_t *conn, uint32_t *left)
{
    unsigned first = WSS_TIMER_COUNT;
    *left = WSS_FOREVER;
    for (unsigned timer = 0; timer < WSS_TIMER_COUNT; timer++) {
        uint32_t has = wss_timer_left(conn, timer);
        if (has >= *left)
            continue;
        first = timer;
        *left = has;
    }
    return first;
}

static void start(wss_conn_t *conn, unsigned timers)
{
    for (unsigned timer = 0; timer < WSS_TIMER_COUNT; timer++)
        if ((timers & (1u << timer)) != 0)
            conn->since[clocks[timer]] = conn->loop->now;
    conn->armed = (uint8_t)(conn->armed | timers);

    uint32_t left;
    (void)first_due(conn, &left);
    bool waits = conn->heap_position != WSS_NO_SLOT;
    if (left != WSS_FOREVER && (!waits || left < conn->deadline - conn->loop->now))
        schedule(conn, left);
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
    uint32_t left;
    unsigned timer = first_due(conn, &left);
    if (left == WSS_FOREVER) {
        wss_timers_forget(conn);
    } else if (left > 0) {
        schedule(conn, left);
    } else {
        if (!wss_step(conn, wss_connection_timer_event[timer], NULL))
            conn->armed = (uint8_t)(conn->armed & ~(1u << timer));
        wss_run_later(conn);
    }
}

uint32_t wss_timers_next(const wss_loop_t *loop)
{
    if (loop->heap_size == 0)
        return WSS_FOREVER;
    uint32_t left = member(loop, 0)->deadline - loop->now;
    return (int32_t)left <= 0 ? 0 : left;
}

void wss_timers_fire(wss_loop_t *loop, unsigned budget)
{
    while (budget-- > 0 && wss_timers_next(loop) == 0)
        look_at(member(loop, 0));
}
