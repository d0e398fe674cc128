/* SPDX-License-Identifier: MIT */
/* websock_port.h on POSIX and mbedTLS. */
#include "websock_port.h"

static wss_result_t open_sockets(websock_port_t *port, wss_hal_t *hal)
{
    const wss_posix_config_t config = {.streams = &port->stream,
                                       .stream_count = 1,
                                       .send_memory = port->send,
                                       .send_room = sizeof port->send,
                                       .hold_memory = port->hold,
                                       .hold_size = sizeof port->hold,
                                       .stage = port->stage,
                                       .stage_size = sizeof port->stage,
                                       .polls = port->polls,
                                       .lookups = &port->lookup,
                                       .lookup_count = 1,
                                       .threads = true};
    return wss_posix_init(&port->posix, &config, hal);
}

wss_result_t websock_port_open(websock_port_t *port, const websock_config_t *config,
                               websock_carrier_t *carrier, const char **why)
{
    *why = "TLS is not built in.";
    if (config->secured != 0)
        return WSS_ERR_UNSUPPORTED;
    *why = "The system has no means.";
    wss_result_t result = open_sockets(port, &carrier->hal);
    if (result != WSS_OK)
        return result;
    result = wss_crypto_mbedtls_init(&port->generator, &carrier->hal, &carrier->crypto);
    if (result != WSS_OK)
        wss_posix_close(&port->posix);
    return result;
}

void websock_port_close(websock_port_t *port)
{
    wss_crypto_mbedtls_free(&port->generator);
    wss_posix_close(&port->posix);
}
