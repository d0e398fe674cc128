/* SPDX-License-Identifier: MIT */
/*
 * The connections of the websock API and their handles. A handle names one life of a
 * connection, so that one that was closed is never taken for its successor.
 */
#include "websock_core.h"

static websock_t pool[WEBSOCK_MAX_CONNECTIONS];

enum { INDEX_BITS = 8 };

static bool is_prepared(const websock_t *self)
{
    websock_os_enter();
    bool prepared = self->prepared;
    websock_os_leave();
    return prepared;
}

websock_t *websock_take(void)
{
    websock_t *found = NULL;
    websock_os_enter();
    for (unsigned i = 0; i < WEBSOCK_MAX_CONNECTIONS && found == NULL; i++)
        if (!pool[i].taken)
            found = &pool[i];
    if (found != NULL && !found->prepared)
        found->prepared = websock_os_prepare(&found->monitor);
    if (found != NULL && !found->prepared)
        found = NULL;
    if (found != NULL)
        found->taken = true;
    websock_os_leave();
    return found;
}

void websock_give(websock_t *self)
{
    websock_os_enter();
    self->taken = false;
    websock_os_leave();
}

/* No handle is NULL: the index counts from 1. */
websock_handle_t websock_name(websock_t *self)
{
    self->lives++;
    self->handle = self->lives << INDEX_BITS | (uintptr_t)(self - pool + 1);
    const union {
        uintptr_t number;
        websock_handle_t handle;
    } name = {.number = self->handle};
    return name.handle;
}

websock_t *websock_find(websock_handle_t handle)
{
    uintptr_t index = (uintptr_t)handle & ((1u << INDEX_BITS) - 1u);
    if (index == 0 || index > WEBSOCK_MAX_CONNECTIONS || !is_prepared(&pool[index - 1]))
        return NULL;
    websock_t *self = &pool[index - 1];
    websock_os_lock(&self->monitor);
    if (self->handle == (uintptr_t)handle)
        return self;
    websock_os_unlock(&self->monitor);
    return NULL;
}

websock_t *websock_enter(websock_handle_t handle)
{
    websock_t *self = websock_find(handle);
    if (self == NULL)
        return NULL;
    if (!self->closing) {
        self->users++;
        return self;
    }
    websock_os_unlock(&self->monitor);
    return NULL;
}

void websock_leave(websock_t *self)
{
    self->users--;
    websock_os_notify(&self->monitor);
    websock_os_unlock(&self->monitor);
}
