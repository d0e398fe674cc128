# SPDX-License-Identifier: MIT
"""The projects that are made of the component. Python 3 and Jython.

Each is what other components say beside their defaults, and options in the order in which a user
sets them.
"""

MYPY = False
if MYPY:
    from typing import Any, Dict, List, Tuple

FREERTOS = {"HarmonyCore": {"SELECT_RTOS": "FreeRTOS"}}
PRES_TLS = {"net_Pres": {"NET_PRES_SUPPORT_ENCRYPTION": True, "NET_PRES_SUPPORT_SERVER_ENC": True}}

TLS = [("SYS_WSS_ENABLE_TLS", True)]
PRES = [("SYS_WSS_SOCKETS", "NET_PRES")]
BY_PRES = [("SYS_WSS_TLS_PROVIDER", "NET_PRES")]
CLIENT = [("SYS_WSS_MODE", "CLIENT")]
TALKS = [("SYS_WSS_ENABLE_CONSOLE", True), ("SYS_WSS_ENABLE_DEBUG", True)]
LARGE = [("SYS_WSS_MAX_NUM_CLIENTS", 8), ("SYS_WSS_MAX_RX_BUFFER", 65535), ("SYS_WSS_MAX_TX_BUFFER", 65194),
         ("SYS_WSS_RX_FIFO", 0)]

SCENARIOS = {
    "bare_tcp": ({}, []),
    "bare_tcp_tls": ({}, TLS),
    "bare_pres": ({}, PRES),
    "bare_pres_tls": (PRES_TLS, TLS + PRES + BY_PRES),
    "bare_pres_mbedtls": ({}, TLS + PRES),
    "bare_client_tls": ({}, CLIENT + TLS + [
        ("SYS_WSS_HOST_NAME", "wss://localhost:8000/chat?room=1"), ("SYS_WSS_SERVER_IP", "127.0.0.1"),
        ("SYS_WSS_TLS_CERTIFICATE", ""), ("SYS_WSS_TLS_KEY", ""), ("SYS_WSS_TLS_CA", "wss_ca")]),
    "rtos_tcp": (FREERTOS, LARGE),
    "rtos_tcp_tls": (FREERTOS, TLS + TALKS),
    "rtos_pres": (FREERTOS, PRES + [("SYS_WSS_START_AT_BOOT", False)]),
    "rtos_pres_tls": (dict(FREERTOS, **PRES_TLS), TLS + PRES + BY_PRES),
    "rtos_client": (FREERTOS, CLIENT + [("SYS_WSS_HOST_NAME", "ws://user:pass@peer.test:8000/chat?room=1")]),
}  # type: Dict[str, Tuple[Dict[str, Dict[str, Any]], List[Tuple[str, Any]]]]

# With and without RTOS, on both socket layers, with and without TLS of either kind; a client.
FEW = ["bare_tcp", "bare_pres_tls", "rtos_pres", "rtos_tcp_tls", "bare_client_tls"]
