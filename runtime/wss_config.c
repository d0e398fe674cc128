/* SPDX-License-Identifier: MIT */
/*
 * Beginning: checks a configuration, fills in the defaults and prepares the loop. What
 * is refused is named.
 */
#include <string.h>

#include "wss_core.h"

/* Candidates of a list are bits of 32-bit words. */
enum { LIST_MAX = 32, RX_MIN = 64, ROOM_MIN = 512 };

#if WSS_CFG_TEXTS
#define SENTENCE(text) text
#else
#define SENTENCE(text) "The configuration is refused."
#endif

static uint32_t or_default(uint32_t value, uint32_t fallback)
{
    return value != 0 ? value : fallback;
}

/* Each timer of the specification needs a field of wss_config_t, and a line here. */
_Static_assert(WSS_TIMER_COUNT == 7, "set_timeouts() knows every timer");

static void set_timeouts(wss_loop_t *loop, const wss_config_t *config)
{
    uint32_t *timeout = loop->timeout;
    timeout[WSS_TIMER_HANDSHAKE] =
        or_default(config->handshake_timeout, WSS_CFG_HANDSHAKE_TIMEOUT_MS);
    timeout[WSS_TIMER_IDLE] = or_default(config->idle_timeout, WSS_CFG_IDLE_TIMEOUT_MS);
    timeout[WSS_TIMER_PING] = or_default(config->ping_interval, WSS_CFG_PING_INTERVAL_MS);
    timeout[WSS_TIMER_PONG] = or_default(config->pong_timeout, WSS_CFG_PONG_TIMEOUT_MS);
    timeout[WSS_TIMER_CLOSE] = or_default(config->close_timeout, WSS_CFG_CLOSE_TIMEOUT_MS);
    timeout[WSS_TIMER_FLUSH] = or_default(config->flush_timeout, WSS_CFG_FLUSH_TIMEOUT_MS);
    timeout[WSS_TIMER_LINGER] = or_default(config->linger_timeout, WSS_CFG_LINGER_TIMEOUT_MS);
}

/* ------------------------------------- the checks: what is wrong, or NULL */

static const char *check_timeouts(const wss_loop_t *loop)
{
    for (unsigned timer = 0; timer < WSS_TIMER_COUNT; timer++)
        if (loop->timeout[timer] > INT32_MAX && loop->timeout[timer] != WSS_OFF)
            return SENTENCE("A timeout is over 2,147,483,647 ms.");
    return NULL;
}

static const char *check_hal(const wss_hal_t *hal)
{
    if (hal->now == NULL || hal->entropy == NULL || hal->wait == NULL || hal->wake == NULL)
        return SENTENCE("hal.now, entropy, wait or wake is missing.");
    if ((hal->lock == NULL) != (hal->unlock == NULL))
        return SENTENCE("hal.lock or unlock is missing.");
    if (hal->send_room < ROOM_MIN)
        return SENTENCE("hal.send_room is under 512 bytes.");
    if (hal->send_room > INT32_MAX)
        return SENTENCE("hal.send_room is over 2,147,483,647 bytes.");
    return NULL;
}

static const char *check_parts(const wss_config_t *config)
{
    if (config->hal == NULL)
        return SENTENCE("config.hal is missing.");
    if (config->crypto == NULL)
        return SENTENCE("config.crypto is missing.");
    if (config->handler == NULL)
        return SENTENCE("config.handler is missing.");
    return check_hal(config->hal);
}

static const char *check_memory(const wss_config_t *config)
{
    if (config->conns == NULL || config->conn_count == 0)
        return SENTENCE("config.conns is missing.");
    if (config->conn_count >= WSS_NO_SLOT)
        return SENTENCE("config.conn_count is over 65,534.");
    if (config->rx_buffer == NULL || config->rx_size < RX_MIN)
        return SENTENCE("config.rx_buffer is under 64 bytes.");
    if (config->rx_size > INT32_MAX)
        return SENTENCE("config.rx_size is over 2,147,483,647 bytes.");
#if WSS_CFG_TX_BUFFER
    if (config->tx_buffer == NULL && config->tx_size > 0)
        return SENTENCE("config.tx_buffer is missing.");
    if (config->tx_size > INT32_MAX)
        return SENTENCE("config.tx_size is over 2,147,483,647 bytes.");
#endif
    if (config->controls == NULL || config->control_count == 0)
        return SENTENCE("config.controls is missing.");
    if (config->control_count >= WSS_NO_SLOT)
        return SENTENCE("config.control_count is over 65,534.");
    if (config->messages != NULL && config->message_size == 0)
        return SENTENCE("config.message_size is 0 although config.messages is given.");
    return NULL;
}

static const char *check_list(const char *const *list, unsigned count, const char *too_long,
                              const char *missing)
{
    if (count > LIST_MAX)
        return too_long;
    for (unsigned i = 0; i < count; i++)
        if (list == NULL || list[i] == NULL || list[i][0] == '\0')
            return missing;
    return NULL;
}

static const char *check_lists(const wss_config_t *config)
{
    const char *error =
        check_list(config->paths, config->path_count, SENTENCE("config.paths has over 32 entries."),
                   SENTENCE("config.paths has an empty entry."));
    if (error == NULL)
        error = check_list(config->protocols, config->protocol_count,
                           SENTENCE("config.protocols has over 32 entries."),
                           SENTENCE("config.protocols has an empty entry."));
    if (error == NULL)
        error = check_list(config->origins, config->origin_count,
                           SENTENCE("config.origins has over 32 entries."),
                           SENTENCE("config.origins has an empty entry."));
    return error;
}

static const char *check_limits(const wss_config_t *config)
{
    if (config->max_head > UINT16_MAX)
        return SENTENCE("config.max_head is over 65,535 bytes.");
    if (config->max_request_line > UINT16_MAX)
        return SENTENCE("config.max_request_line is over 65,535 bytes.");
    if (config->max_fields > UINT16_MAX)
        return SENTENCE("config.max_fields is over 65,535.");
    if (config->max_conns > config->conn_count)
        return SENTENCE("config.max_conns is over config.conn_count.");
    return NULL;
}

static const char *check(const wss_loop_t *loop, const wss_config_t *config)
{
    const char *error = check_parts(config);
    if (error == NULL)
        error = check_memory(config);
    if (error == NULL)
        error = check_limits(config);
    if (error == NULL)
        error = check_lists(config);
    return error != NULL ? error : check_timeouts(loop);
}

/* ------------------------------------------------------------ what follows from it */

/* WSS_LENGTH_MAX itself stands for a length that is even larger. */
static wss_length_t largest_message(const wss_config_t *config)
{
    uint64_t most = config->max_message != 0 ? config->max_message : WSS_CFG_MAX_MESSAGE;
    return most < WSS_LENGTH_MAX ? (wss_length_t)most : WSS_LENGTH_MAX - 1;
}

static uint8_t traits_of(const wss_config_t *config)
{
    const wss_hal_t *hal = config->hal;
    unsigned traits = 0;
    if (hal->lock != NULL)
        traits |= WSS_LOOP_LOCKS;
    else if (hal->task != NULL)
        traits |= WSS_LOOP_TASKS;
#if WSS_CFG_TRACE
    if (config->trace != NULL)
        traits |= WSS_LOOP_TRACED;
#endif
#if !WSS_CFG_SMALL
    if ((traits & WSS_LOOP_TRACED) == 0 && wss_open_only_delivers())
        traits |= WSS_LOOP_STRAIGHT;
#endif
    return (uint8_t)traits;
}

static void prepare_slots(wss_loop_t *loop)
{
    const wss_config_t *config = loop->config;
    loop->free_conns = WSS_NO_SLOT;
    for (uint32_t i = config->conn_count; i-- > 0;) {
        wss_conn_t *conn = &config->conns[i];
        memset(conn, 0, sizeof *conn);
        conn->loop = loop;
        conn->heap_position = WSS_NO_SLOT;
        wss_step_reset(conn);
        conn->next_free = loop->free_conns;
        loop->free_conns = (wss_slot_t)i;
    }
    loop->run_first = WSS_NO_SLOT;
    wss_controls_init(loop);
}

wss_result_t wss_loop_init(wss_loop_t *loop, const wss_config_t *config)
{
    memset(loop, 0, sizeof *loop);
    loop->config = config;
    set_timeouts(loop, config);
    const char *error = check(loop, config);
    loop->error = error != NULL ? error : "";
    if (error != NULL)
        return WSS_ERR_CONFIG;

    const wss_hal_t *hal = config->hal;
    loop->now = hal->now(hal->context);
    loop->traits = traits_of(config);
    loop->task = hal->task != NULL ? hal->task(hal->context) : 0;
    loop->max_conns = or_default(config->max_conns, config->conn_count);
    loop->max_message = largest_message(config);
    loop->flags = WSS_LOOP_CLOSING;
    prepare_slots(loop);
    return WSS_OK;
}

const char *wss_loop_error(const wss_loop_t *loop)
{
    return loop->error;
}

const char *wss_result_name(wss_result_t result)
{
    switch (result) {
    case WSS_OK: return "WSS_OK";
    case WSS_WOULD_BLOCK: return "WSS_WOULD_BLOCK";
    case WSS_ERR_ARGUMENT: return "WSS_ERR_ARGUMENT";
    case WSS_ERR_STATE: return "WSS_ERR_STATE";
    case WSS_ERR_CLOSED: return "WSS_ERR_CLOSED";
    case WSS_ERR_ORDER: return "WSS_ERR_ORDER";
    case WSS_ERR_TOO_BIG: return "WSS_ERR_TOO_BIG";
    case WSS_ERR_TEXT: return "WSS_ERR_TEXT";
    case WSS_ERR_EOF: return "WSS_ERR_EOF";
    case WSS_ERR_NETWORK: return "WSS_ERR_NETWORK";
    case WSS_ERR_ENTROPY: return "WSS_ERR_ENTROPY";
    case WSS_ERR_CONFIG: return "WSS_ERR_CONFIG";
    case WSS_ERR_FULL: return "WSS_ERR_FULL";
    case WSS_ERR_TASK: return "WSS_ERR_TASK";
    case WSS_ERR_ADDRESS: return "WSS_ERR_ADDRESS";
    case WSS_ERR_UNSUPPORTED: return "WSS_ERR_UNSUPPORTED";
    }
    return "?";
}
