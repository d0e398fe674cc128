/* SPDX-License-Identifier: MIT */
/* websock_port.h on POSIX and mbedTLS. */
#include "websock_port.h"

static wss_result_t open_sockets(websock_port_t *port)
{
    const wss_posix_config_t config = {.streams = &port->stream,
                                       .stream_count = 1,
                                       .send_memory = port->send,
                                       .send_room = sizeof port->send,
                                       .hold_memory = port->hold,
                                       .hold_size = sizeof port->hold,
                                       .polls = port->polls,
                                       .lookups = &port->lookup,
                                       .lookup_count = 1,
                                       .threads = true};
    return wss_posix_init(&port->posix, &config, &port->sockets);
}

static wss_result_t secure(websock_port_t *port, const ssl_wrap_cfg_t *config,
                           websock_carrier_t *carrier, const char **why)
{
#if WEBSOCK_TLS
    return websock_tls_open(&port->tls, config, &port->sockets, &carrier->crypto, &carrier->hal,
                            why);
#else
    (void)port, (void)config, (void)carrier;
    *why = "TLS is not built in.";
    return WSS_ERR_UNSUPPORTED;
#endif
}

static wss_result_t open_rest(websock_port_t *port, const websock_config_t *config,
                              websock_carrier_t *carrier, const char **why)
{
    wss_result_t result =
        wss_crypto_mbedtls_init(&port->generator, &port->sockets, &carrier->crypto);
    if (result != WSS_OK)
        return result;
    carrier->hal = port->sockets;
    if (port->secured)
        result = secure(port, &config->ssl_config, carrier, why);
    if (result != WSS_OK)
        wss_crypto_mbedtls_free(&port->generator);
    return result;
}

wss_result_t websock_port_open(websock_port_t *port, const websock_config_t *config,
                               websock_carrier_t *carrier, const char **why)
{
    *why = "The system has no means.";
    port->secured = config->secured != 0;
    wss_result_t result = open_sockets(port);
    if (result != WSS_OK)
        return result;
    result = open_rest(port, config, carrier, why);
    if (result != WSS_OK)
        wss_posix_close(&port->posix);
    return result;
}

void websock_port_close(websock_port_t *port)
{
    wss_posix_close(&port->posix);
#if WEBSOCK_TLS
    if (port->secured)
        websock_tls_close(&port->tls);
#endif
    wss_crypto_mbedtls_free(&port->generator);
}
