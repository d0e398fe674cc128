# SPDX-License-Identifier: MIT
#
# Which sources each part has, relative to the repository. The one place that says so: builds by
# CMake of every kind include it, scripts read it (cmake/sources.py). Plain lists and nothing
# else: no variable, no condition.

# The engine: the runtime, and what the generator makes (committed in generated/).
set(WSS_RUNTIME_SOURCES
  runtime/wss_admit.c
  runtime/wss_authority.c
  runtime/wss_body.c
  runtime/wss_chars.c
  runtime/wss_close.c
  runtime/wss_config.c
  runtime/wss_conn.c
  runtime/wss_connect.c
  runtime/wss_control.c
  runtime/wss_extensions.c
  runtime/wss_fields.c
  runtime/wss_frame.c
  runtime/wss_head.c
  runtime/wss_headers.c
  runtime/wss_inspect.c
  runtime/wss_lock.c
  runtime/wss_loop.c
  runtime/wss_output.c
  runtime/wss_receive.c
  runtime/wss_receive_control.c
  runtime/wss_receive_data.c
  runtime/wss_receive_header.c
  runtime/wss_reply.c
  runtime/wss_report.c
  runtime/wss_request.c
  runtime/wss_response.c
  runtime/wss_send.c
  runtime/wss_session.c
  runtime/wss_session_dial.c
  runtime/wss_step.c
  runtime/wss_timer.c
  runtime/wss_tokens.c
  runtime/wss_url.c
  runtime/wss_url_host.c
  runtime/wss_url_resolve.c
  runtime/wss_url_write.c
  runtime/wss_utf8.c
  runtime/wss_values.c
  runtime/wss_words.c
  runtime/wss_writer.c)

set(WSS_GENERATED_FILES
  generated/wss_vocabulary.c
  generated/wss_machines.c
  generated/wss_names.c
  generated/wss_http_scanner.c)

set(WSS_GENERATED_HEADERS
  generated/wss_vocabulary.h
  generated/wss_tables.h
  generated/wss_machines.h
  generated/wss_names.h
  generated/wss_faces.h)

# Cryptography, streams on streams, TLS; TLS files are for systems with a file system.
set(WSS_CRYPTO_MBEDTLS_SOURCES
  crypto/wss_crypto_mbedtls.c
  crypto/wss_crypto_mbedtls_key.c)

set(WSS_STREAMS_SOURCES
  streams/wss_connect_head.c
  streams/wss_connect_stream.c
  streams/wss_prelude.c
  streams/wss_proxied_hal.c
  streams/wss_proxied_head.c
  streams/wss_proxy_hal.c
  streams/wss_upper_hal.c)

set(WSS_TLS_SOURCES
  tls/wss_tls_bio.c
  tls/wss_tls_context.c
  tls/wss_tls_error.c
  tls/wss_tls_hal.c
  tls/wss_tls_host.c
  tls/wss_tls_names.c
  tls/wss_tls_pool.c
  tls/wss_tls_receive.c
  tls/wss_tls_send.c
  tls/wss_tls_session.c
  tls/wss_tls_stream.c
  tls/wss_tls_tickets.c)

set(WSS_TLS_FILES_SOURCES
  tls/wss_tls_files.c)

# Ports. The one to POSIX waits by epoll or by poll.
set(WSS_POSIX_SOURCES
  hal/posix/wss_posix.c
  hal/posix/wss_posix_dial.c
  hal/posix/wss_posix_listen.c
  hal/posix/wss_posix_lookup.c
  hal/posix/wss_posix_send.c
  hal/posix/wss_posix_socket.c
  hal/posix/wss_posix_stream.c
  hal/posix/wss_posix_wait.c
  hal/posix/wss_posix_wake.c)

set(WSS_POSIX_EPOLL_SOURCES
  hal/posix/wss_posix_epoll.c)

set(WSS_POSIX_POLL_SOURCES
  hal/posix/wss_posix_poll.c)

set(WSS_SIM_SOURCES
  hal/sim/wss_sim.c
  hal/sim/wss_sim_listen.c
  hal/sim/wss_sim_crypto.c
  hal/sim/wss_sim_host.c
  hal/sim/wss_sim_network.c
  hal/sim/wss_sim_peer.c
  hal/sim/wss_sim_stream.c)

set(WSS_PIC32MZW1_SOURCES
  hal/pic32mzw1/wss_pic32.c
  hal/pic32mzw1/wss_pic32_dial.c
  hal/pic32mzw1/wss_pic32_listen.c
  hal/pic32mzw1/wss_pic32_pres.c
  hal/pic32mzw1/wss_pic32_socket.c
  hal/pic32mzw1/wss_pic32_stream.c
  hal/pic32mzw1/wss_pic32_tcp.c
  hal/pic32mzw1/wss_pic32_text.c
  hal/pic32mzw1/wss_pic32_wait.c)

set(WSS_LWIP_SOURCES
  hal/lwip/wss_lwip.c
  hal/lwip/wss_lwip_dial.c
  hal/lwip/wss_lwip_listen.c
  hal/lwip/wss_lwip_send.c
  hal/lwip/wss_lwip_socket.c
  hal/lwip/wss_lwip_stream.c
  hal/lwip/wss_lwip_wait.c)

# The vendor faces, and what carries them on POSIX and on Harmony.
set(WSS_SYS_WSS_SOURCES
  api/sys_wss.c
  api/sys_wss_console.c
  api/sys_wss_events.c
  api/sys_wss_inside.c
  api/sys_wss_network.c
  api/sys_wss_page.c
  api/sys_wss_send.c
  api/sys_wss_tls.c
  api/wss_console.c)

set(WSS_SYS_WSS_POSIX_SOURCES
  api/sys_wss_posix.c
  api/sys_wss_posix_tls.c)

set(WSS_SYS_WSS_HARMONY_SOURCES
  api/sys_wss_harmony.c
  api/sys_wss_array_tls.c)

set(WSS_WEBSOCK_SOURCES
  api/websock_close.c
  api/websock_events.c
  api/websock_handler.c
  api/websock_open.c
  api/websock_pool.c
  api/websock_recv.c
  api/websock_send.c
  api/websock_target.c
  api/websock_turn.c)

set(WSS_WEBSOCK_POSIX_SOURCES
  api/websock_os_posix.c
  api/websock_port_posix.c
  api/websock_tls.c)
