/* SPDX-License-Identifier: MIT */
/*
 * What a websock_config_t asks for, in the engine's terms. Sec-WebSocket-Protocol becomes
 * the list of protocols, as the engine writes that field, and checks the answer.
 */
#include "websock_core.h"

#include <string.h>

static bool same_letter(char letter, char lower)
{
    return letter == lower || (letter >= 'A' && letter <= 'Z' && letter + ('a' - 'A') == lower);
}

static bool is_protocol(const char *name)
{
    const char *wanted = "sec-websocket-protocol";
    while (*wanted != '\0' && same_letter(*name, *wanted)) {
        name++;
        wanted++;
    }
    return *wanted == '\0' && *name == '\0';
}

/* ------------------------------------------------------------------ protocols */

/* Where the list continues: what is left of protocol_text. */
typedef struct list {
    websock_t *self;
    size_t used;
    uint8_t count;
} list_t;

static wss_result_t add(list_t *list, const char *start, size_t length)
{
    websock_t *self = list->self;
    if (list->count == WEBSOCK_PROTOCOL_COUNT || length >= WEBSOCK_PROTOCOL_SIZE - list->used)
        return WSS_ERR_TOO_BIG;
    char *text = self->protocol_text + list->used;
    memcpy(text, start, length);
    text[length] = '\0';
    self->protocols[list->count++] = text;
    list->used += length + 1;
    return WSS_OK;
}

/* Elements of a list (RFC 9110, 5.6.1); whether they are tokens is the engine's business. */
static wss_result_t add_all(list_t *list, const char *value)
{
    wss_result_t result = WSS_OK;
    while (*value != '\0' && result == WSS_OK) {
        value += strspn(value, " \t,");
        size_t length = strcspn(value, ",");
        const char *next = value + length;
        while (length > 0 && (value[length - 1] == ' ' || value[length - 1] == '\t'))
            length--;
        if (length > 0)
            result = add(list, value, length);
        value = next;
    }
    return result;
}

/* -------------------------------------------------------------------- headers */

static wss_result_t read_headers(websock_t *self, const websock_config_t *config)
{
    wss_target_t *target = &self->target;
    list_t list = {.self = self};
    wss_result_t result = WSS_OK;
    if (config->num_hndshk_hdrs < 0 || config->num_hndshk_hdrs > WEBSOCK_MAX_HNDSHK_HDRS)
        return WSS_ERR_ARGUMENT;
    for (int i = 0; i < config->num_hndshk_hdrs && result == WSS_OK; i++) {
        const websoc_hndshk_hdr_t *given = &config->hndshk_hdrs[i];
        if (given->name == NULL || given->val == NULL)
            return WSS_ERR_ARGUMENT;
        if (is_protocol(given->name))
            result = add_all(&list, given->val);
        else
            self->headers[target->header_count++] =
                (wss_header_t){.name = given->name, .value = given->val};
    }
    target->headers = self->headers;
    target->protocols = self->protocols;
    target->protocol_count = list.count;
    return result;
}

/* ------------------------------------------------------------------------ uri */

/* Path and query of a URL, without its scheme and authority. */
static const char *resource_of(const char *uri)
{
    const char *authority = strstr(uri, "://");
    if (authority == NULL || strcspn(uri, "/?#") < (size_t)(authority - uri))
        return uri;
    return authority + 3 + strcspn(authority + 3, "/?");
}

static wss_result_t read_uri(websock_t *self, const char *uri)
{
    const char *resource = uri == NULL ? "" : resource_of(uri);
    size_t length = strlen(resource);
    self->target.resource = resource;
    if (*resource == '/')
        return WSS_OK;
    if (length + 2 > sizeof self->uri)
        return WSS_ERR_TOO_BIG;
    self->uri[0] = '/';
    memcpy(self->uri + 1, resource, length + 1);
    self->target.resource = self->uri;
    return WSS_OK;
}

wss_result_t websock_target(websock_t *self, const websock_config_t *config, const char **why)
{
    *why = "hostname or port";
    if (config->hostname == NULL || config->port < 0 || config->port > UINT16_MAX)
        return WSS_ERR_ARGUMENT;
    self->target = (wss_target_t){
        .host = config->hostname, .port = (uint16_t)config->port, .secure = config->secured != 0};
    *why = "uri";
    wss_result_t result = read_uri(self, config->uri);
    if (result != WSS_OK)
        return result;
    *why = "hndshk_hdrs";
    return read_headers(self, config);
}
