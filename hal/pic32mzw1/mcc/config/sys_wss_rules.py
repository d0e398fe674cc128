# SPDX-License-Identifier: MIT
"""What of the options does not go together, or with other components, and what memory they
take. It must not know the configurator.

Jython (Python 2.7) and Python 3.
"""
import re
from collections import namedtuple

import sys_wss_options as options

MYPY = False
if MYPY:
    from typing import Any, Dict, List
    Values = Dict[str, Any]

MAX_SOCKETS = "tcpipTcp.TCPIP_TCP_MAX_SOCKETS"
DYNAMIC_OPTIONS = "tcpipTcp.TCPIP_TCP_DYNAMIC_OPTIONS"
PRES_SOCKETS = "net_Pres.NET_PRES_SOCKETS"
PRES_ENCRYPTION = "net_Pres.NET_PRES_SUPPORT_ENCRYPTION"
PRES_SERVER = "net_Pres.NET_PRES_SUPPORT_SERVER_ENC"
PRES_CLIENT = "net_Pres.NET_PRES_SUPPORT_CLIENT_ENC"
CRYPTO_HARDWARE = "lib_wolfcrypt.wolfcrypt_hw"
CRYPTO_RANDOM = "lib_wolfcrypt.wolfcrypt_random"
CRYPTO_RANDOM_HARDWARE = "lib_wolfcrypt.wolfcrypt_random_hw"

# Symbols of other components that the rules look at; None: the component is not there.
FOREIGN = [options.RTOS, MAX_SOCKETS, DYNAMIC_OPTIONS, PRES_SOCKETS, PRES_ENCRYPTION, PRES_SERVER,
           PRES_CLIENT, CRYPTO_HARDWARE, CRYPTO_RANDOM, CRYPTO_RANDOM_HARDWARE]

FRAME_OVERHEAD, ROOM_RESERVED, LEAST_ROOM, RECORD_OVERHEAD = 14, 262, 512, 64  # sys_wss_port.h

# check: a sentence of what is wrong, or "".
Rule = namedtuple("Rule", "name check")


def _is_identifier(text):
    # type: (str) -> bool
    return re.match(r"[A-Za-z_][A-Za-z0-9_]*\Z", text) is not None


def _is_address(text):
    # type: (str) -> bool
    parts = text.split(".")
    return len(parts) == 4 and all(re.match(r"[0-9]{1,3}\Z", part) and int(part) < 256 for part in parts)


# Of a URL of RFC 3986 as much as the engine's own parser takes for sure.
_URL = re.compile(
    r"(wss?)://(?:[!$&-.0-;=A-Z_a-z~%]*@)?([A-Za-z0-9.-]+)(?::([0-9]*))?"
    r"(?:/[!$%&'()*+,./0-9:;=@A-Z_a-z~-]*)?(?:\?[!$%&'()*+,./0-9:;=?@A-Z_a-z~-]*)?\Z")


def _check_rtos(values):
    # type: (Values) -> str
    if values[options.RTOS] in (None, options.BARE_METAL, options.FREERTOS):
        return ""
    return "Tasks are generated for bare metal and FreeRTOS only"


def _check_random(values):
    # type: (Values) -> str
    hardware = (CRYPTO_HARDWARE, CRYPTO_RANDOM, CRYPTO_RANDOM_HARDWARE)
    if values["SYS_WSS_RNG_DECLARED"] or all(values[name] is True for name in hardware):
        return ""
    return ("The hardware random number generator is off: switch on Support Hardware Acceleration of the "
            "TRNG in lib_wolfcrypt")


def _check_sockets(values):
    # type: (Values) -> str
    need = options.streams(values)
    if values[MAX_SOCKETS] is not None and values[MAX_SOCKETS] < need:
        return "TCP has %d sockets; this service alone takes %d" % (values[MAX_SOCKETS], need)
    if options.uses_net_pres(values) and values[PRES_SOCKETS] is not None and values[PRES_SOCKETS] < need:
        return "NET_PRES has %d sockets; this service alone takes %d" % (values[PRES_SOCKETS], need)
    return ""


def _check_buffers(values):
    # type: (Values) -> str
    if values[DYNAMIC_OPTIONS] is not False:
        return ""
    return "TCP cannot size its buffers: switch on TCP Sockets Dynamic Options"


def _check_url(values):
    # type: (Values) -> str
    if options.is_server(values):
        return ""
    found = _URL.match(values["SYS_WSS_HOST_NAME"])
    if found is None or (found.group(3) and not 1 <= int(found.group(3)) <= 65535):
        return "The URL has to be like ws://host:port/path"
    if found.group(1) == "wss" and not options.has_tls(values):
        return "The URL asks for TLS, which is off"
    host = found.group(2)
    if len(host) > 63:
        return "The host name of the URL has more than 63 characters"
    if not (values["SYS_WSS_DNS"] or values["SYS_WSS_SERVER_IP"] or _is_address(host)):
        return "The host of the URL is a name, and names are not looked up: give the server's address"
    return ""


def _check_addresses(values):
    # type: (Values) -> str
    name = "SYS_WSS_LISTEN_ADDRESS" if options.is_server(values) else "SYS_WSS_SERVER_IP"
    if values[name] == "" or _is_address(values[name]):
        return ""
    return name + " has to be a numeric IPv4 address, or empty"


def _check_provider(values):
    # type: (Values) -> str
    if not options.net_pres_does_tls(values):
        return ""
    if not options.uses_net_pres(values):
        return "TLS by NET_PRES needs the socket layer NET_PRES"
    role = PRES_SERVER if options.is_server(values) else PRES_CLIENT
    if values[PRES_ENCRYPTION] is True and values[role] is True:
        return ""
    return "TLS by NET_PRES: switch on Support Encryption and its %s in NET_PRES" % (
        "Support Server Encryption" if options.is_server(values) else "Support Client Encryption")


def _check_credentials(values):
    # type: (Values) -> str
    if not options.mbedtls_does_tls(values):
        return ""
    names = [values["SYS_WSS_TLS_" + what] for what in ("CERTIFICATE", "KEY", "CA")]
    if re.match(r"[A-Za-z0-9_./-]+\.h\Z", values["SYS_WSS_TLS_CREDENTIALS"]) is None:
        return "SYS_WSS_TLS_CREDENTIALS has to be the name of a header"
    if not all(name == "" or _is_identifier(name) for name in names):
        return "The arrays with certificates and key have to be names of C"
    if (names[0] == "") != (names[1] == ""):
        return "A certificate needs its key, and a key its certificate"
    if options.is_server(values) and names[0] == "":
        return "A server needs a certificate and its key"
    if options.is_client(values) and names[2] == "":
        return "A client needs the CA certificates that it trusts"
    return ""


def _check_interface(values):
    # type: (Values) -> str
    if re.match(r"[A-Za-z0-9_]*\Z", values["SYS_WSS_INTF_NAME"]):
        return ""
    return "SYS_WSS_INTF_NAME has to be a name such as PIC32MZW1"


def _check_pool(values):
    # type: (Values) -> str
    if not options.sizes_mbedtls(values) or values["SYS_WSS_TLS_POOL"] in (0, None):
        return ""
    need = pool_least(values)
    if values["SYS_WSS_TLS_POOL"] >= need:
        return ""
    return "Memory for mbedTLS: one client takes %d bytes" % need


RULES = [
    Rule("RTOS", _check_rtos),
    Rule("RANDOM", _check_random),
    Rule("SOCKETS", _check_sockets),
    Rule("BUFFERS", _check_buffers),
    Rule("URL", _check_url),
    Rule("ADDRESSES", _check_addresses),
    Rule("INTERFACE", _check_interface),
    Rule("PROVIDER", _check_provider),
    Rule("CREDENTIALS", _check_credentials),
    Rule("POOL", _check_pool),
]


def problems(values):
    # type: (Values) -> List[str]
    return [sentence for sentence in (rule.check(values) for rule in RULES) if sentence]


# ---------------------------------------------------------------------------------- memory

def stack_heap(values):
    # type: (Values) -> int
    """Bytes of the TCP/IP stack's heap for the sockets' buffers, where it is known."""
    room = max(values["SYS_WSS_MAX_TX_BUFFER"] + FRAME_OVERHEAD + ROOM_RESERVED, LEAST_ROOM)
    if options.mbedtls_does_tls(values):
        room += RECORD_OVERHEAD
    sent = 0 if options.uses_net_pres(values) else room + 1
    return int(options.streams(values) * (sent + values["SYS_WSS_RX_FIFO"]))


def _pool(values, clients):
    # type: (Values, int) -> int
    """What docs/TLS.md has measured, and a tenth, with all connections in their handshake."""
    shared, each, rsa, chain = 3072, 4352, 3072, 8192
    own = rsa if values["SYS_WSS_TLS_RSA"] else 0
    peers = chain if options.is_client(values) or values["SYS_WSS_TLS_CA"] else 0
    records = values["SYS_WSS_TLS_IN"] + values["SYS_WSS_TLS_OUT"]
    return int((shared + clients * (records + each + own + peers)) * 11 // 10)


def pool_least(values):
    # type: (Values) -> int
    return _pool(values, 1)


def pool_size(values):
    # type: (Values) -> int
    """Static memory that mbedTLS gets; 0: none is given."""
    if not options.sizes_mbedtls(values):
        return 0
    return int(values["SYS_WSS_TLS_POOL"] or _pool(values, options.streams(values)))


def max_fragment(values):
    # type: (Values) -> int
    """What a client asks its server to keep records under; 0: nothing."""
    if options.is_server(values) or not options.sizes_mbedtls(values):
        return 0
    fitting = [size for size in (4096, 2048, 1024, 512) if size <= values["SYS_WSS_TLS_IN"]]
    return 0 if values["SYS_WSS_TLS_IN"] == 16384 else fitting[0]
