/* SPDX-License-Identifier: MIT */
/*
 * The constants, types and functions of the websock API as they are documented: what is
 * wrong does not compile. test_layout.py reads it as C and as C++.
 */
#include <assert.h>
#include <stddef.h>

#include "websock.h"

/* ------------------------------------------------------------------- constants */

static_assert(WEBSOCK_MAX_RECV_TIMEOUT == 4294967, "longest timeout");
static_assert(WEBSOCK_MAX_HNDSHK_HDRS == 10, "header fields");
static_assert(WEBSOCK_CB_EVENT_DATA == 0 && WEBSOCK_CB_EVENT_ERROR == 1, "events");
static_assert(SSL_WRAP_VERIFY_NONE == 0, "verification");
static_assert(SSL_WRAP_VERIFY_OPTIONAL == 1, "verification");
static_assert(SSL_WRAP_VERIFY_REQUIRED == 2, "verification");

/* --------------------------------------------------------------------- members */

static websock_config_t config;
static websock_msg_hdr_t header;

char **const config_strings[] = {&config.hostname,
                                 &config.uri,
                                 &config.hndshk_hdrs[0].name,
                                 &config.hndshk_hdrs[9].val,
                                 &config.ssl_config.ca_cert.path,
                                 &config.ssl_config.ca_cert.buf,
                                 &config.ssl_config.client_cert.buf,
                                 &config.ssl_config.client_key.buf,
                                 &config.ssl_config.p_data};
int *const config_numbers[] = {&config.port,
                               &config.secured,
                               &config.time_out,
                               &config.num_hndshk_hdrs,
                               &config.ssl_config.ca_cert.len,
                               &config.ssl_config.max_frag_len,
                               &header.fin,
                               &header.opcode};
long long *const payload_len = &header.payload_len;
ssl_wrap_cfg_t *const ssl_config = &config.ssl_config;
ssl_auth_mode_t *const auth_mode = &config.ssl_config.auth_mode;
ssl_wrap_cert_t *const certificates[] = {&config.ssl_config.ca_cert, &config.ssl_config.client_cert,
                                         &config.ssl_config.client_key};
websoc_hndshk_hdr_t *const fields = config.hndshk_hdrs;

/* Programs may set members by their order. */
static_assert(offsetof(websock_config_t, hostname) < offsetof(websock_config_t, port), "order");
static_assert(offsetof(websock_config_t, port) < offsetof(websock_config_t, uri), "order");
static_assert(offsetof(websock_config_t, uri) < offsetof(websock_config_t, secured), "order");
static_assert(offsetof(websock_config_t, secured) < offsetof(websock_config_t, ssl_config),
              "order");
static_assert(offsetof(websock_config_t, ssl_config) < offsetof(websock_config_t, time_out),
              "order");
static_assert(offsetof(websock_config_t, time_out) < offsetof(websock_config_t, hndshk_hdrs),
              "order");
static_assert(offsetof(websock_config_t, hndshk_hdrs) < offsetof(websock_config_t, num_hndshk_hdrs),
              "order");
static_assert(sizeof config.hndshk_hdrs == 10 * sizeof(websoc_hndshk_hdr_t), "number of fields");
static_assert(offsetof(websoc_hndshk_hdr_t, name) < offsetof(websoc_hndshk_hdr_t, val), "order");
static_assert(offsetof(websock_msg_hdr_t, fin) < offsetof(websock_msg_hdr_t, opcode), "order");
static_assert(offsetof(websock_msg_hdr_t, opcode) < offsetof(websock_msg_hdr_t, payload_len),
              "order");
static_assert(offsetof(ssl_wrap_cfg_t, ca_cert) < offsetof(ssl_wrap_cfg_t, client_cert), "order");
static_assert(offsetof(ssl_wrap_cfg_t, client_cert) < offsetof(ssl_wrap_cfg_t, client_key),
              "order");
static_assert(offsetof(ssl_wrap_cfg_t, client_key) < offsetof(ssl_wrap_cfg_t, auth_mode), "order");
static_assert(offsetof(ssl_wrap_cfg_t, auth_mode) < offsetof(ssl_wrap_cfg_t, max_frag_len),
              "order");
static_assert(offsetof(ssl_wrap_cfg_t, max_frag_len) < offsetof(ssl_wrap_cfg_t, p_data), "order");
static_assert(offsetof(ssl_wrap_cert_t, path) < offsetof(ssl_wrap_cert_t, buf), "order");
static_assert(offsetof(ssl_wrap_cert_t, buf) < offsetof(ssl_wrap_cert_t, len), "order");

/* ------------------------------------------------------------------- functions */

void *handle_is_a_pointer(websock_handle_t handle);
void *handle_is_a_pointer(websock_handle_t handle)
{
    return handle;
}

websock_handle_t (*const open_call)(websock_config_t *) = websock_open;
void (*const close_call)(websock_handle_t) = websock_close;
int (*const send_calls[])(websock_handle_t, char *, int) = {websock_send_text, websock_send_binary,
                                                            websock_send_ping, websock_send_pong};
int (*const recv_call)(websock_handle_t, websock_msg_hdr_t *, char *, int *, int) = websock_recv;
void (*const handler_call)(websock_handle_t,
                           void (*)(void *, websock_cb_event_t, websock_msg_hdr_t *, char *, int),
                           void *) = websock_set_event_handler;
