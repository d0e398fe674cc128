# SPDX-License-Identifier: MIT
"""The options of the component: a table. It must not know the configurator.

Jython (Python 2.7) and Python 3.
"""
from collections import namedtuple

MYPY = False
if MYPY:
    from typing import Any, Dict, List
    Values = Dict[str, Any]  # of the options and of other components' symbols, by their names

SERVER, CLIENT = "SERVER", "CLIENT"
MBEDTLS, NET_PRES, TCPIP_TCP = "MBEDTLS", "NET_PRES", "TCPIP_TCP"
PACKAGE, PROJECT = "PACKAGE", "PROJECT"
BARE_METAL, FREERTOS = "BareMetal", "FreeRTOS"
RTOS = "HarmonyCore.SELECT_RTOS"  # a symbol of another component

# names: of the symbols that it looks at.
Condition = namedtuple("Condition", "names holds")

# kind: boolean, integer, string, combo or menu. low, high: of an integer. choices: of a combo.
# menu: the option that it stands under. when: a condition under which it matters and is shown.
Option = namedtuple("Option", "name kind label default low high choices menu when text")


def is_server(values):
    # type: (Values) -> bool
    return bool(values["SYS_WSS_MODE"] == SERVER)


def is_client(values):
    # type: (Values) -> bool
    return not is_server(values)


def uses_net_pres(values):
    # type: (Values) -> bool
    return bool(values["SYS_WSS_SOCKETS"] == NET_PRES)


def has_tls(values):
    # type: (Values) -> bool
    return bool(values["SYS_WSS_ENABLE_TLS"])


def mbedtls_does_tls(values):
    # type: (Values) -> bool
    return has_tls(values) and bool(values["SYS_WSS_TLS_PROVIDER"] == MBEDTLS)


def net_pres_does_tls(values):
    # type: (Values) -> bool
    return has_tls(values) and not mbedtls_does_tls(values)


def brings_mbedtls(values):
    # type: (Values) -> bool
    return bool(values["SYS_WSS_MBEDTLS"] == PACKAGE)


def sizes_mbedtls(values):
    # type: (Values) -> bool
    return mbedtls_does_tls(values) and brings_mbedtls(values)


def has_console(values):
    # type: (Values) -> bool
    return bool(values["SYS_WSS_ENABLE_CONSOLE"])


def looks_up_names(values):
    # type: (Values) -> bool
    return is_client(values) and bool(values["SYS_WSS_DNS"])


def has_rtos(values):
    # type: (Values) -> bool
    return values[RTOS] not in (None, BARE_METAL)


TLS_NAMES = ["SYS_WSS_ENABLE_TLS", "SYS_WSS_TLS_PROVIDER"]

ALWAYS = Condition([], lambda values: True)
AS_SERVER = Condition(["SYS_WSS_MODE"], is_server)
AS_CLIENT = Condition(["SYS_WSS_MODE"], is_client)
ON_NET_PRES = Condition(["SYS_WSS_SOCKETS"], uses_net_pres)
WITH_TLS = Condition(["SYS_WSS_ENABLE_TLS"], has_tls)
WITH_MBEDTLS_TLS = Condition(TLS_NAMES, mbedtls_does_tls)
WITH_OWN_MBEDTLS = Condition(["SYS_WSS_MBEDTLS"], brings_mbedtls)
WITH_SIZED_MBEDTLS = Condition(TLS_NAMES + ["SYS_WSS_MBEDTLS"], sizes_mbedtls)
WITH_CONSOLE = Condition(["SYS_WSS_ENABLE_CONSOLE"], has_console)
WITH_NAMES = Condition(["SYS_WSS_MODE", "SYS_WSS_DNS"], looks_up_names)
WITH_RTOS = Condition([RTOS], has_rtos)


def streams(values):
    # type: (Values) -> int
    """Connections at a time."""
    return int(values["SYS_WSS_MAX_NUM_CLIENTS"]) if is_server(values) else 1


def _boolean(name, label, default, text, menu="", when=ALWAYS):
    # type: (str, str, bool, str, str, Any) -> Option
    return Option(name, "boolean", label, default, 0, 0, [], menu, when, text)


def _integer(name, label, default, low, high, text, menu="", when=ALWAYS):
    # type: (str, str, int, int, int, str, str, Any) -> Option
    return Option(name, "integer", label, default, low, high, [], menu, when, text)


def _string(name, label, default, text, menu="", when=ALWAYS):
    # type: (str, str, str, str, str, Any) -> Option
    return Option(name, "string", label, default, 0, 0, [], menu, when, text)


def _combo(name, label, choices, text, menu="", when=ALWAYS):
    # type: (str, str, List[str], str, str, Any) -> Option
    return Option(name, "combo", label, choices[0], 0, 0, choices, menu, when, text)


def _menu(name, label, when=ALWAYS):
    # type: (str, str, Any) -> Option
    return Option(name, "menu", label, None, 0, 0, [], "", when, "")


OPTIONS = [
    _combo("SYS_WSS_MODE", "Mode", [SERVER, CLIENT],
           "A server for up to 8 clients, or one client of a server"),
    _combo("SYS_WSS_INTF", "Interface", ["WIFI", "ETHERNET"],
           "Whose link is told of by LL_INTF_DOWN and LL_INTF_UP"),
    _integer("SYS_WSS_PORT", "Port", 8000, 1, 65535,
             "Where the server listens, or the port of the client's server"),
    _string("SYS_WSS_HOST_NAME", "URL", "ws://localhost/",
            "What the client asks for: ws://host:port/path, wss:// with TLS. A port that is in it "
            "counts where the server's address is empty", when=AS_CLIENT),
    _string("SYS_WSS_SERVER_IP", "Server's address", "",
            "Numeric, IPv4; empty: the host of the URL", when=AS_CLIENT),
    _boolean("SYS_WSS_ENABLE_TLS", "TLS", False, "wss:// rather than ws://"),
    _boolean("SYS_WSS_ENABLE_DEBUG", "Print events", False, "Each event is printed to the console"),
    _boolean("SYS_WSS_ENABLE_CONSOLE", "Console commands", False,
             "The command syswss: state, stats, close, trace"),
    _boolean("SYS_WSS_GEN_APP_TEMPLATE", "Generate app_wss.c and app_wss.h", True,
             "An application to begin with, which echoes; changes to it are kept"),

    _menu("SYS_WSS_ADVANCED", "Advanced Configuration"),
    _integer("SYS_WSS_MAX_RX_BUFFER", "Largest message received (bytes)", 1400, 256, 65535,
             "Longer ones end the connection with 1009. Costs as many bytes per client",
             "SYS_WSS_ADVANCED"),
    _integer("SYS_WSS_MAX_TX_BUFFER", "Largest frame sent (bytes)", 1400, 125, 65194,
             "Longer messages go in fragments. Costs as many bytes per client, and 276, of TCP's "
             "transmit buffer", "SYS_WSS_ADVANCED"),
    _integer("SYS_WSS_READ_SIZE", "Bytes of one read", 1460, 64, 65535,
             "One buffer for all clients; with mbedTLS one more for each", "SYS_WSS_ADVANCED"),
    _integer("SYS_WSS_MAX_NUM_CLIENTS", "Most clients", 2, 1, 8,
             "At a time; others wait in TCP. Each takes a TCP socket", "SYS_WSS_ADVANCED", AS_SERVER),
    _integer("SYS_WSS_CLIENT_TIMEOUT", "Client timeout (ms)", 30000, 100, 65535,
             "Silence after which a connection is closed", "SYS_WSS_ADVANCED"),
    _integer("SYS_WSS_RETRY_DELAY", "Retry delay (ms)", 5000, 0, 2147483647,
             "Until a port that was taken is tried again, or a client connects again; 0: never",
             "SYS_WSS_ADVANCED"),
    _string("SYS_WSS_LISTEN_ADDRESS", "Listen at", "", "A numeric IPv4 address; empty: all",
            "SYS_WSS_ADVANCED", AS_SERVER),
    _boolean("SYS_WSS_START_AT_BOOT", "Start at boot", True,
             "Off: the application calls SYS_WSS_Initialize()", "SYS_WSS_ADVANCED"),
    _boolean("SYS_WSS_TEXTS", "Sentences for people", True,
             "In refusals and Close frames. Costs flash only", "SYS_WSS_ADVANCED"),

    _menu("SYS_WSS_NETWORK", "Network"),
    _combo("SYS_WSS_SOCKETS", "Socket layer", [TCPIP_TCP, NET_PRES],
           "TCPIP_TCP as it is, or through the presentation layer, which costs a transmit buffer more",
           "SYS_WSS_NETWORK"),
    _integer("SYS_WSS_RX_FIFO", "TCP receive buffer (bytes)", 1460, 0, 65535,
             "Of each client, from the heap of the TCP/IP stack; 0: as TCP is configured",
             "SYS_WSS_NETWORK"),
    _string("SYS_WSS_INTF_NAME", "Name of the interface", "",
            "Empty: PIC32MZW1 for WIFI, PIC32INT for ETHERNET", "SYS_WSS_NETWORK"),
    _boolean("SYS_WSS_DNS", "Look up host names", True, "By the DNS client of the stack",
             "SYS_WSS_NETWORK", AS_CLIENT),
    _boolean("SYS_WSS_RNG_DECLARED", "The random numbers are the hardware's", False,
             "Only where SYS_RANDOM stands on a hardware generator by other means than "
             "lib_wolfcrypt's hardware support: SYS_RANDOM falls back to a timer and does not tell",
             "SYS_WSS_NETWORK"),
    _combo("SYS_WSS_MBEDTLS", "mbedTLS", [PACKAGE, PROJECT],
           "Whose: this package's, or the project has one. Hashes and random numbers want it, TLS or not",
           "SYS_WSS_NETWORK"),

    _menu("SYS_WSS_TLS", "TLS", WITH_TLS),
    _combo("SYS_WSS_TLS_PROVIDER", "TLS by", [MBEDTLS, NET_PRES],
           "mbedTLS above the sockets, or the provider of the presentation layer",
           "SYS_WSS_TLS", WITH_TLS),
    _string("SYS_WSS_TLS_CREDENTIALS", "Header with certificates and key", "wss_credentials.h",
            "Made by make-credentials, for example", "SYS_WSS_TLS", WITH_MBEDTLS_TLS),
    _string("SYS_WSS_TLS_CERTIFICATE", "Array with the certificate", "wss_certificate",
            "PEM or DER, with what leads to its CA. Empty: none, for a client", "SYS_WSS_TLS",
            WITH_MBEDTLS_TLS),
    _string("SYS_WSS_TLS_KEY", "Array with its key", "wss_key", "PEM or DER", "SYS_WSS_TLS",
            WITH_MBEDTLS_TLS),
    _string("SYS_WSS_TLS_CA", "Array with the CA certificates", "",
            "What the peer's certificate must lead to: a client needs it, a server that has it demands "
            "certificates of its clients", "SYS_WSS_TLS", WITH_MBEDTLS_TLS),
    _integer("SYS_WSS_TLS_IN", "Largest TLS record received (bytes)", 16384, 512, 16384,
             "Costs as many bytes per client. Browsers may send 16384; a peer that sends more than "
             "this is refused", "SYS_WSS_TLS", WITH_SIZED_MBEDTLS),
    _integer("SYS_WSS_TLS_OUT", "Largest TLS record sent (bytes)", 4096, 512, 16384,
             "Costs as many bytes per client; the own certificates have to fit", "SYS_WSS_TLS",
             WITH_SIZED_MBEDTLS),
    _integer("SYS_WSS_TLS_POOL", "Memory for mbedTLS (bytes)", 0, 0, 262144,
             "Static; 0: as much as is calculated", "SYS_WSS_TLS", WITH_SIZED_MBEDTLS),
    _boolean("SYS_WSS_TLS_RSA", "RSA", False,
             "Beside elliptic curves: certificates with RSA keys, own or the peer's", "SYS_WSS_TLS",
             WITH_SIZED_MBEDTLS),
    _boolean("SYS_WSS_TLS_TIME", "Dates of certificates", False,
             "Are checked with time(), which the project has to set", "SYS_WSS_TLS", WITH_SIZED_MBEDTLS),

    _menu("SYS_WSS_RTOS", "RTOS Configuration", WITH_RTOS),
    _integer("SYS_WSS_RTOS_STACK_SIZE", "Stack (words of 4 bytes)", 4096, 512, 65535,
             "Of the task; the application's callback runs on it, and with mbedTLS the handshake",
             "SYS_WSS_RTOS", WITH_RTOS),
    _integer("SYS_WSS_RTOS_TASK_PRIORITY", "Task priority", 1, 0, 31,
             "Below configMAX_PRIORITIES", "SYS_WSS_RTOS", WITH_RTOS),
    _integer("SYS_WSS_RTOS_TASK_DELAY", "Task delay (ms)", 1, 0, 100,
             "Between two turns of the service", "SYS_WSS_RTOS", WITH_RTOS),
]
