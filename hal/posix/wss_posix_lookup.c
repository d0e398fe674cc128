/* SPDX-License-Identifier: MIT */
/*
 * Looking up host names beside the loop: one helper task per port calls getaddrinfo(),
 * which blocks and allocates. The table of names is shared with it under a mutex of its
 * own; a name that nobody waits for any more is dropped when its answer comes. It must
 * not know sockets: the dial tries the addresses.
 */
#define _GNU_SOURCE
#include "wss_posix_internal.h"

#include <netdb.h>
#include <signal.h>
#include <string.h>
#include <strings.h>

/* wss_posix_lookup_t.state, changed under the mutex only. The helper owns the entry while
 * it is RUNNING or ABANDONED, else the loop does. */
enum { FREE, QUEUED, RUNNING, ABANDONED, DONE, TAKEN };

/* The longest complaint. */
#define OUT_OF_MEMORY " was not looked up: the system is out of memory."

static const char prefix[] = "The host name ";

_Static_assert(sizeof prefix + WSS_POSIX_NAME + sizeof OUT_OF_MEMORY - 1 <=
                   sizeof((wss_posix_lookup_t *)0)->text,
               "every complaint fits");

static char *name_of(wss_posix_lookup_t *lookup)
{
    return lookup->text + sizeof prefix - 1;
}

/* ------------------------------------------------------------------ the answers */

static const char *complaint(int error)
{
    if (error == EAI_AGAIN)
        return " cannot be looked up now.";
    if (error == EAI_MEMORY)
        return OUT_OF_MEMORY;
    return error == EAI_NONAME ? " is not known." : " cannot be looked up.";
}

static void add_address(wss_posix_lookup_t *answer, const struct sockaddr *address, size_t size)
{
    memcpy(&answer->addresses[answer->address_count++], address, size);
}

static const struct addrinfo *of_family(const struct addrinfo *list, int family)
{
    while (list != NULL && list->ai_family != family)
        list = list->ai_next;
    return list;
}

/* The system's order, but IPv4 and IPv6 in turns (RFC 8305, 4). */
static void interleave(wss_posix_lookup_t *answer, const struct addrinfo *list)
{
    const int families[2] = {list->ai_family, list->ai_family == AF_INET ? AF_INET6 : AF_INET};
    const struct addrinfo *next[2] = {of_family(list, families[0]), of_family(list, families[1])};
    unsigned turn = 0;

    while (answer->address_count < WSS_POSIX_ADDRESSES && (next[0] != NULL || next[1] != NULL)) {
        const struct addrinfo *info = next[turn];
        if (info != NULL) {
            add_address(answer, info->ai_addr, info->ai_addrlen);
            next[turn] = of_family(info->ai_next, families[turn]);
        }
        turn ^= 1u;
    }
}

static bool ends_with(const char *name, const char *label)
{
    const size_t dot = name[strlen(name) - 1] == '.' ? 1 : 0;
    const size_t length = strlen(name) - dot;
    const size_t wanted = strlen(label);

    return length >= wanted && strncasecmp(name + length - wanted, label, wanted) == 0 &&
           (length == wanted || name[length - wanted - 1] == '.');
}

/* RFC 6761, 6.3: localhost names are always the loopback addresses. */
static int loopback(wss_posix_lookup_t *answer)
{
    const struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    const struct sockaddr_in v4 = {.sin_family = AF_INET,
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

    add_address(answer, (const struct sockaddr *)&v6, sizeof v6);
    add_address(answer, (const struct sockaddr *)&v4, sizeof v4);
    return 0;
}

/* Blocks. Returns 0 or an EAI error. RFC 6761, 6.4: names in .invalid are never known. */
static int resolve(wss_posix_lookup_t *answer, const char *name)
{
    const struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct addrinfo *list = NULL;

    if (ends_with(name, "invalid"))
        return EAI_NONAME;
    if (ends_with(name, "localhost"))
        return loopback(answer);
    const int error = getaddrinfo(name, NULL, &hints, &list);
    if (error != 0)
        return error;
    interleave(answer, list);
    freeaddrinfo(list);
    return answer->address_count > 0 ? 0 : EAI_NONAME;
}

/* --------------------------------------------------------------- the helper task */

static wss_posix_lookup_t *oldest(wss_posix_t *posix, uint8_t state)
{
    wss_posix_lookup_t *found = NULL;

    for (uint32_t i = 0; i < posix->config.lookup_count; i++) {
        wss_posix_lookup_t *lookup = &posix->config.lookups[i];
        if (lookup->state == state && (found == NULL || found->order - lookup->order <= INT32_MAX))
            found = lookup;
    }
    return found;
}

static void answer_one(wss_posix_t *posix, wss_posix_lookup_t *lookup)
{
    lookup->state = RUNNING;
    (void)pthread_mutex_unlock(&posix->lookup_mutex);
    const int error = resolve(lookup, name_of(lookup));
    if (error != 0)
        memcpy(name_of(lookup) + strlen(name_of(lookup)), complaint(error),
               strlen(complaint(error)) + 1);
    (void)pthread_mutex_lock(&posix->lookup_mutex);
    if (lookup->state == ABANDONED) {
        lookup->state = FREE;
        return;
    }
    lookup->state = DONE;
    wss_posix_wake(posix);
}

static void *helper(void *context)
{
    wss_posix_t *posix = context;

    (void)pthread_mutex_lock(&posix->lookup_mutex);
    while (!posix->lookup_stop) {
        wss_posix_lookup_t *lookup = oldest(posix, QUEUED);
        if (lookup == NULL)
            (void)pthread_cond_wait(&posix->lookup_asked, &posix->lookup_mutex);
        else
            answer_one(posix, lookup);
    }
    (void)pthread_mutex_unlock(&posix->lookup_mutex);
    return NULL;
}

/* Signals are for the application's tasks. */
static bool start_helper(wss_posix_t *posix)
{
    sigset_t all;
    sigset_t before;

    (void)sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0)
        return false;
    posix->lookup_running = pthread_create(&posix->lookup_task, NULL, helper, posix) == 0;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return posix->lookup_running;
}

static bool ensure_helper(wss_posix_t *posix)
{
    if (posix->lookup_running)
        return true;
    for (uint32_t i = 0; i < posix->config.lookup_count; i++)
        posix->config.lookups[i].state = FREE;
    if (pthread_mutex_init(&posix->lookup_mutex, NULL) != 0)
        return false;
    if (pthread_cond_init(&posix->lookup_asked, NULL) == 0) {
        if (start_helper(posix))
            return true;
        (void)pthread_cond_destroy(&posix->lookup_asked);
    }
    (void)pthread_mutex_destroy(&posix->lookup_mutex);
    return false;
}

void wss_posix_lookups_close(wss_posix_t *posix)
{
    if (!posix->lookup_running)
        return;
    (void)pthread_mutex_lock(&posix->lookup_mutex);
    posix->lookup_stop = true;
    (void)pthread_cond_signal(&posix->lookup_asked);
    (void)pthread_mutex_unlock(&posix->lookup_mutex);
    (void)pthread_join(posix->lookup_task, NULL);
    (void)pthread_cond_destroy(&posix->lookup_asked);
    (void)pthread_mutex_destroy(&posix->lookup_mutex);
    posix->lookup_running = false;
}

/* --------------------------------------------------------------- the loop's side */

static void fill(wss_posix_lookup_t *lookup, wss_posix_stream_t *stream, const wss_dial_t *whom)
{
    lookup->stream = stream;
    lookup->port = whom->port;
    lookup->address_count = 0;
    lookup->address_next = 0;
    lookup->order = stream->posix->lookup_order++;
    memcpy(lookup->text, prefix, sizeof prefix);
    memcpy(name_of(lookup), whom->host, strlen(whom->host) + 1);
    lookup->state = QUEUED;
}

/* NULL, or why the name is not looked up. */
static const char *ask(wss_posix_stream_t *stream, const wss_dial_t *whom)
{
    wss_posix_t *posix = stream->posix;
    const char *problem = "Too many host names are being looked up.";

    (void)pthread_mutex_lock(&posix->lookup_mutex);
    for (uint32_t i = 0; i < posix->config.lookup_count && problem != NULL; i++) {
        wss_posix_lookup_t *lookup = &posix->config.lookups[i];
        if (lookup->state != FREE)
            continue;
        fill(lookup, stream, whom);
        stream->lookup = lookup;
        (void)pthread_cond_signal(&posix->lookup_asked);
        problem = NULL;
    }
    (void)pthread_mutex_unlock(&posix->lookup_mutex);
    return problem;
}

const char *wss_posix_lookup_begin(wss_posix_stream_t *stream, const wss_dial_t *whom)
{
    const size_t length = strlen(whom->host);

    if (length == 0)
        return "The host name is empty.";
    if (length > WSS_POSIX_NAME)
        return "The host name is too long.";
    if (stream->posix->config.lookup_count == 0)
        return "Host names are not looked up; give a numeric address.";
    if (!ensure_helper(stream->posix))
        return "The system has no task for looking up host names.";
    return ask(stream, whom);
}

bool wss_posix_lookup_next(wss_posix_stream_t *stream, wss_posix_address_t *address,
                           socklen_t *size)
{
    wss_posix_lookup_t *lookup = stream->lookup;

    if (lookup == NULL || lookup->address_next == lookup->address_count)
        return false;
    const wss_posix_inet_t *next = &lookup->addresses[lookup->address_next++];
    const bool v6 = next->any.sa_family == AF_INET6;
    if (v6) {
        address->v6 = next->v6;
        address->v6.sin6_port = htons(lookup->port);
    } else {
        address->v4 = next->v4;
        address->v4.sin_port = htons(lookup->port);
    }
    *size = v6 ? sizeof address->v6 : sizeof address->v4;
    lookup->tried_at = wss_posix_now(stream->posix);
    return true;
}

void wss_posix_lookup_end(wss_posix_stream_t *stream)
{
    wss_posix_lookup_t *lookup = stream->lookup;
    wss_posix_t *posix = stream->posix;

    if (lookup == NULL)
        return;
    (void)pthread_mutex_lock(&posix->lookup_mutex);
    lookup->state = lookup->state == RUNNING ? ABANDONED : FREE;
    (void)pthread_mutex_unlock(&posix->lookup_mutex);
    stream->lookup = NULL;
}

static wss_posix_lookup_t *take_answer(wss_posix_t *posix)
{
    (void)pthread_mutex_lock(&posix->lookup_mutex);
    wss_posix_lookup_t *lookup = oldest(posix, DONE);
    if (lookup != NULL)
        lookup->state = TAKEN;
    (void)pthread_mutex_unlock(&posix->lookup_mutex);
    return lookup;
}

void wss_posix_lookups_collect(wss_posix_t *posix)
{
    wss_posix_lookup_t *lookup;

    if (!posix->lookup_running)
        return;
    while ((lookup = take_answer(posix)) != NULL)
        wss_posix_dial_next(lookup->stream, lookup->text);
}

/* ------------------------------------------------------ addresses that do not answer */

/* Milliseconds until the next address of a name gets its turn. Under the mutex. */
static uint32_t turn_left(const wss_posix_t *posix, const wss_posix_lookup_t *lookup, uint32_t now)
{
    if (lookup->state != TAKEN || lookup->stream->broken ||
        lookup->address_next == lookup->address_count)
        return WSS_FOREVER;
    const uint32_t passed = now - lookup->tried_at;
    return passed < posix->config.attempt_ms ? posix->config.attempt_ms - passed : 0;
}

/* The name whose next address gets its turn first, or NULL. */
static wss_posix_lookup_t *first_turn(wss_posix_t *posix, uint32_t *left)
{
    const uint32_t now = wss_posix_now(posix);
    wss_posix_lookup_t *first = NULL;

    *left = WSS_FOREVER;
    (void)pthread_mutex_lock(&posix->lookup_mutex);
    for (uint32_t i = 0; i < posix->config.lookup_count; i++) {
        const uint32_t wait = turn_left(posix, &posix->config.lookups[i], now);
        if (wait < *left) {
            *left = wait;
            first = &posix->config.lookups[i];
        }
    }
    (void)pthread_mutex_unlock(&posix->lookup_mutex);
    return first;
}

uint32_t wss_posix_lookups_patience(wss_posix_t *posix, uint32_t left)
{
    uint32_t turn = WSS_FOREVER;

    if (posix->lookup_running)
        (void)first_turn(posix, &turn);
    return turn < left ? turn : left;
}

void wss_posix_lookups_expire(wss_posix_t *posix)
{
    uint32_t left = 0;

    while (posix->lookup_running && left == 0) {
        const wss_posix_lookup_t *lookup = first_turn(posix, &left);
        if (left == 0)
            wss_posix_dial_overdue(lookup->stream);
    }
}
