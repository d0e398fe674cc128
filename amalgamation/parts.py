# SPDX-License-Identifier: MIT
"""What can be chosen, and what each part is made of. Sources come from cmake/WssSources.cmake."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cmake.sources import sources

ROLES = ("server", "client", "both")


class ChoiceError(Exception):
    """Parts that do not go together."""


@dataclass(frozen=True)
class Alternative:
    """A source that is compiled where a condition of the preprocessor holds."""

    source: str
    condition: str


@dataclass(frozen=True)
class Part:
    """Becomes NAME.h, of the public headers, and NAME.c. `begin`: what NAME.h begins with."""

    name: str
    headers: tuple[str, ...]
    sources: tuple[str, ...]
    alternatives: tuple[Alternative, ...] = ()
    begin: str = ""


@dataclass(frozen=True)
class Choice:
    """None: nothing of that kind."""

    role: str = "both"
    hal: str | None = None
    crypto: str | None = None
    tls: str | None = None
    faces: tuple[str, ...] = ()


ENGINE = Part("wss", (
    "include/wss/wss.h", "include/wss/wss_session.h", "include/wss/wss_url.h", "include/wss/wss_inspect.h",
), sources("WSS_RUNTIME_SOURCES", "WSS_GENERATED_FILES"))

_EPOLL = "defined(__linux__) && !defined(WSS_POSIX_USE_POLL)"
_POSIX = Part(
    "wss_posix", ("hal/posix/wss_posix.h", "hal/posix/wss_posix_static.h"), sources("WSS_POSIX_SOURCES"),
    (*(Alternative(source, _EPOLL) for source in sources("WSS_POSIX_EPOLL_SOURCES")),
     *(Alternative(source, f"!({_EPOLL})") for source in sources("WSS_POSIX_POLL_SOURCES"))),
    "#if !defined(__linux__) && !defined(WSS_POSIX_USE_POLL)\n#define WSS_POSIX_USE_POLL\n#endif\n")

HALS = {
    "posix": _POSIX,
    "pic32mzw1": Part("wss_pic32", ("hal/pic32mzw1/wss_pic32.h",), sources("WSS_PIC32MZW1_SOURCES")),
    "lwip": Part("wss_lwip", ("hal/lwip/wss_lwip.h",), sources("WSS_LWIP_SOURCES")),
    "sim": Part("wss_sim", ("hal/sim/wss_sim.h",), sources("WSS_SIM_SOURCES")),
}
CRYPTO = {
    "mbedtls": Part("wss_crypto_mbedtls", ("crypto/wss_crypto_mbedtls.h",), sources("WSS_CRYPTO_MBEDTLS_SOURCES")),
}
STREAMS = Part("wss_streams", ("streams/wss_upper_hal.h", "streams/wss_proxy_hal.h", "streams/wss_proxied_hal.h"),
               sources("WSS_STREAMS_SOURCES"))
TLS = {
    "mbedtls": Part("wss_tls", ("tls/wss_tls.h", "tls/wss_tls_hal.h", "tls/wss_tls_pool.h", "tls/wss_tls_files.h"),
                    sources("WSS_TLS_SOURCES")),
}
FACES = {
    "sys_wss": Part("sys_wss", ("api/sys_wss.h", "api/sys_wss_console.h", "api/wss_console.h", "api/sys_wss_port.h"),
                    sources("WSS_SYS_WSS_SOURCES")),
    "websock": Part("websock", ("api/websock.h",), sources("WSS_WEBSOCK_SOURCES", "WSS_WEBSOCK_POSIX_SOURCES")),
}
EVERY = (ENGINE, *HALS.values(), *CRYPTO.values(), STREAMS, *TLS.values(), *FACES.values())
"""All parts, those before that others include."""

_CARRIERS = {
    "posix": sources("WSS_SYS_WSS_POSIX_SOURCES"),
    "pic32mzw1": (*sources("WSS_SYS_WSS_HARMONY_SOURCES"), "api/sys_wss_cmd.c"),
}
"""What carries the SYS_WSS service on a port; on others it is for the user to write."""


def parts_of(choice: Choice) -> list[Part]:
    """ChoiceError: something is missing."""
    parts = [ENGINE]
    if choice.hal:
        parts.append(HALS[choice.hal])
    if choice.crypto:
        parts.append(CRYPTO[choice.crypto])
    if choice.tls:
        files = sources("WSS_TLS_FILES_SOURCES") if choice.hal == "posix" else ()
        parts += [STREAMS, replace(TLS[choice.tls], sources=(*TLS[choice.tls].sources, *files))]
    if "sys_wss" in choice.faces:
        face = FACES["sys_wss"]
        parts.append(replace(face, sources=(*face.sources, *_CARRIERS.get(choice.hal or "", ()))))
    if "websock" in choice.faces:
        parts.append(FACES["websock"])
    _check(choice)
    return parts


def _check(choice: Choice) -> None:
    carried = "sys_wss" in choice.faces and choice.hal in _CARRIERS
    if (carried or choice.hal == "sim") and choice.crypto != "mbedtls":
        raise ChoiceError(f"{'sys_wss' if carried else 'sim'} on this port needs --crypto mbedtls")
    if "websock" in choice.faces and (choice.hal, choice.crypto) != ("posix", "mbedtls"):
        raise ChoiceError("websock needs --hal posix and --crypto mbedtls")
    if "websock" in choice.faces and choice.role == "server":
        raise ChoiceError("websock is for clients")
