/* SPDX-License-Identifier: MIT */
/* A port on a port: see the header. */
#include "wss_upper_hal.h"

static const wss_hal_t *below(void *context)
{
    return ((wss_upper_hal_t *)context)->below;
}

/* --------------------------------------------------------------------- passed on */

static uint32_t now(void *context)
{
    return below(context)->now(below(context)->context);
}

static wss_result_t entropy(void *context, uint8_t *buffer, size_t length)
{
    return below(context)->entropy(below(context)->context, buffer, length);
}

static uint32_t process(void *context)
{
    return below(context)->process(below(context)->context);
}

static void lock(void *context)
{
    below(context)->lock(below(context)->context);
}

static void unlock(void *context)
{
    below(context)->unlock(below(context)->context);
}

static uintptr_t task(void *context)
{
    return below(context)->task(below(context)->context);
}

static wss_result_t listen(void *context, const wss_endpoint_t *where, uint16_t *port)
{
    return below(context)->listen(below(context)->context, where, port);
}

static void unlisten(void *context)
{
    below(context)->unlisten(below(context)->context);
}

static wss_stream_t *accept(void *context, void *owner)
{
    return below(context)->accept(below(context)->context, owner);
}

static wss_stream_t *connect(void *context, const wss_dial_t *whom, void *owner)
{
    return below(context)->connect(below(context)->context, whom, owner);
}

static void wake(void *context)
{
    below(context)->wake(below(context)->context);
}

static bool link_up(void *context)
{
    return below(context)->link_up(below(context)->context);
}

/* ----------------------------------------------------------------- free streams */

/* A stream to take, or NULL. Pages of streams that were never used cost nothing. */
static wss_upper_t *find_free(wss_upper_hal_t *layer)
{
    if (layer->free == NULL && layer->touched < layer->count) {
        wss_upper_t *upper = (wss_upper_t *)(layer->uppers + layer->size * layer->touched++);
        *upper = (wss_upper_t){.layer = layer};
        layer->free = upper;
    }
    return layer->free;
}

/* Below, connections wait while the engine wishes it or there is no stream for them. */
static void update_accepting(wss_upper_hal_t *layer)
{
    const bool room = !layer->accepts || find_free(layer) != NULL;

    layer->below->accepting(layer->below->context, layer->accepting && room);
}

static void accepting(void *context, bool on)
{
    wss_upper_hal_t *layer = context;

    layer->accepting = on;
    update_accepting(layer);
}

static void give(wss_upper_t *upper)
{
    wss_upper_hal_t *layer = upper->layer;
    const bool first = find_free(layer) == NULL;

    upper->next = layer->free;
    layer->free = upper;
    if (first && layer->accepts)
        update_accepting(layer);
}

static void take(wss_upper_t *upper, wss_stream_t *stream, void *owner)
{
    wss_upper_hal_t *layer = upper->layer;

    layer->free = upper->next;
    upper->base.owner = owner;
    upper->below = stream;
    upper->owing = false;
    if (layer->accepts && find_free(layer) == NULL)
        update_accepting(layer);
}

wss_upper_t *wss_upper_accept(wss_upper_hal_t *layer, void *owner)
{
    wss_upper_t *upper = find_free(layer);
    wss_stream_t *stream =
        upper == NULL ? NULL : layer->below->accept(layer->below->context, upper);

    if (stream == NULL)
        return NULL;
    take(upper, stream, owner);
    return upper;
}

wss_upper_t *wss_upper_connect(wss_upper_hal_t *layer, const wss_dial_t *whom, void *owner)
{
    wss_upper_t *upper = find_free(layer);
    wss_stream_t *stream =
        upper == NULL ? NULL : layer->below->connect(layer->below->context, whom, upper);

    if (stream == NULL)
        return NULL;
    take(upper, stream, owner);
    return upper;
}

/* One that still stands in the list of those that owe a report is freed by the next turn. */
void wss_upper_release(wss_upper_t *upper, bool reset)
{
    wss_stream_t *stream = upper->below;

    upper->below = NULL;
    stream->ops->release(stream, reset);
    if (!upper->owing)
        give(upper);
}

/* ------------------------------------------------------------- owed reports */

static void append(wss_upper_t *upper)
{
    wss_upper_hal_t *layer = upper->layer;

    upper->owing = true;
    upper->next = NULL;
    if (layer->owing_first == NULL)
        layer->owing_first = upper;
    else
        layer->owing_last->next = upper;
    layer->owing_last = upper;
    layer->owing++;
}

void wss_upper_owe(wss_upper_t *upper)
{
    wss_upper_hal_t *layer = upper->layer;

    if (upper->owing || upper->below == NULL || !layer->ops->owes(upper))
        return;
    append(upper);
    if (layer->waiting)
        layer->below->wake(layer->below->context);
}

static wss_upper_t *take_first(wss_upper_hal_t *layer)
{
    wss_upper_t *upper = layer->owing_first;

    layer->owing_first = upper->next;
    layer->owing--;
    upper->owing = false;
    return upper;
}

/* Whether a stream owes a report; drops those before it that do not any more. */
static bool anybody_owes(wss_upper_hal_t *layer)
{
    while (layer->owing_first != NULL) {
        const wss_upper_t *first = layer->owing_first;
        if (first->below != NULL && layer->ops->owes(first))
            return true;
        wss_upper_t *upper = take_first(layer);
        if (upper->below == NULL)
            give(upper);
    }
    return false;
}

/* ----------------------------------------------------------------------- waiting */

static void hold(const wss_hal_t *hal, bool on)
{
    void (*const change)(void *context) = on ? hal->lock : hal->unlock;

    if (change != NULL)
        change(hal->context);
}

static bool report(wss_upper_t *upper, unsigned what, wss_ready_t *ready)
{
    wss_upper_hal_t *layer = upper->layer;

    /* Another task may have released it since it was found. */
    if (upper->below == NULL)
        return false;
    ready->owner = upper->base.owner;
    ready->what = layer->ops->ready(upper, what);
    if (ready->what != 0)
        upper->turn = layer->turn;
    wss_upper_owe(upper);
    return ready->what != 0;
}

/* Puts our streams in the place of those below. Returns how many reports are left. */
static uint32_t translate(wss_upper_hal_t *layer, wss_ready_t *ready, uint32_t count)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < count; i++) {
        const wss_ready_t one = ready[i];
        if ((uintptr_t)one.owner - (uintptr_t)layer->uppers >= layer->size * layer->count)
            ready[kept++] = one;
        else if (report(one.owner, one.what, &ready[kept]))
            kept++;
    }
    return kept;
}

/* Adds what streams report by themselves, each once a turn and all in turns. */
static uint32_t add_owed(wss_upper_hal_t *layer, wss_ready_t *ready, uint32_t at, uint32_t count)
{
    for (uint32_t left = layer->owing; left > 0 && at < count && anybody_owes(layer); left--) {
        wss_upper_t *upper = take_first(layer);
        if (upper->turn == layer->turn)
            append(upper);
        else if (report(upper, 0, &ready[at]))
            at++;
    }
    return at;
}

/* Of the places for reports one is kept for streams that owe one, lest those below take all in
 * every turn; where there is only one, in every other turn. */
static uint32_t before_wait(wss_upper_hal_t *layer, uint32_t timeout, uint32_t *count)
{
    hold(layer->below, true);
    layer->turn++;
    if (anybody_owes(layer)) {
        timeout = 0;
        if (*count > 1 || (*count == 1 && layer->turn % 2 == 0))
            --*count;
    }
    layer->waiting = timeout != 0;
    hold(layer->below, false);
    return timeout;
}

static int32_t wait(void *context, uint32_t timeout, wss_ready_t *ready, uint32_t count)
{
    wss_upper_hal_t *layer = context;
    const wss_hal_t *hal = layer->below;
    uint32_t places = count;
    timeout = before_wait(layer, timeout, &places);
    const int32_t found = hal->wait(hal->context, timeout, ready, places);

    hold(hal, true);
    layer->waiting = false;
    uint32_t reports = 0;
    if (found >= 0) {
        reports = translate(layer, ready, (uint32_t)found);
        reports = add_owed(layer, ready, reports, count);
    }
    hold(hal, false);
    return found < 0 ? found : (int32_t)reports;
}

/* --------------------------------------------------------------------- the table */

static void fill(wss_hal_t *hal, wss_upper_hal_t *layer)
{
    const wss_hal_t *hal_below = layer->below;
    const bool serves = wss_hal_serves(hal_below);

    *hal = (wss_hal_t){
        .context = layer,
        .send_room = hal_below->send_room,
        .now = now,
        .entropy = entropy,
        .process = hal_below->process != NULL ? process : NULL,
        .lock = hal_below->lock != NULL ? lock : NULL,
        .unlock = hal_below->unlock != NULL ? unlock : NULL,
        .task = hal_below->task != NULL ? task : NULL,
        .listen = serves ? listen : NULL,
        .unlisten = serves ? unlisten : NULL,
        .accepting = serves ? accepting : NULL,
        .accept = serves ? accept : NULL,
        .connect = hal_below->connect != NULL ? connect : NULL,
        .wait = wait,
        .wake = wake,
        .link_up = hal_below->link_up != NULL ? link_up : NULL,
    };
}

void wss_upper_hal_init(wss_upper_hal_t *layer, const wss_hal_t *hal_below,
                        const wss_upper_ops_t *ops, void *uppers, size_t size, uint32_t count,
                        bool accepts, wss_hal_t *hal)
{
    *layer = (wss_upper_hal_t){
        .below = hal_below,
        .ops = ops,
        .uppers = uppers,
        .size = size,
        .count = count,
        .turn = 1,
        .accepts = accepts && wss_hal_serves(hal_below),
        .accepting = true,
    };
    fill(hal, layer);
}
