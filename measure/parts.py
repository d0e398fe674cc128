# SPDX-License-Identifier: MIT
"""What is measured: parts of the repository, and the configurations that firmware is built in. It
must not know how something is measured.
"""

from __future__ import annotations

from dataclasses import dataclass

from cmake.sources import ROOT, sources
from measure.pointers import CONSOLE, CONTRACTS, ENGINE as ENGINE_POINTERS, NATIVE, SYS_WSS, WEBSOCK, Rule
from measure.toolchain import Unit

HARMONY = "tests/harmony/include"
"""Harmony's functions as the port calls them: declarations alone, ours."""


@dataclass(frozen=True)
class Part:
    """`lists` of cmake/WssSources.cmake; `more` files beside them."""

    lists: tuple[str, ...]
    includes: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    more: tuple[str, ...] = ()

    def units(self, definitions: tuple[str, ...], lto: bool = False) -> list[Unit]:
        flags = (*flags_of(self.includes, self.definitions), *definitions)
        return [Unit(ROOT / source, flags, lto) for source in (*sources(*self.lists), *self.more)]


def flags_of(includes: tuple[str, ...], definitions: tuple[str, ...]) -> tuple[str, ...]:
    folders = ("include", "generated", *includes)
    return (*(f"-I{ROOT / folder}" for folder in folders), *(f"-D{definition}" for definition in definitions))


MBEDTLS = f'MBEDTLS_CONFIG_FILE="{ROOT}/tls/firmware/mbedtls_config.h"'

ENGINE_PART = Part(("WSS_RUNTIME_SOURCES", "WSS_GENERATED_FILES"), ("runtime",))
FACE = Part(("WSS_SYS_WSS_SOURCES",), ("api",))
CLIENT_FACE = Part(("WSS_SYS_WSS_SOURCES",), ("api",), ("SYS_WSS_MODE=SYS_WSS_CLIENT",))
FACE_WITH_CONSOLE = Part(("WSS_SYS_WSS_SOURCES",), ("api", HARMONY), ("SYS_WSS_ENABLE_CONSOLE=1",),
                         ("api/sys_wss_cmd.c",))
WEBSOCK_PART = Part(("WSS_WEBSOCK_SOURCES",), ("api", "hal/posix", "crypto"))
STREAMS = Part(("WSS_STREAMS_SOURCES",), ("streams",))
TLS = Part(("WSS_TLS_SOURCES",), ("streams", "tls", "crypto"), (MBEDTLS,))
CRYPTO = Part(("WSS_CRYPTO_MBEDTLS_SOURCES",), ("crypto",), (MBEDTLS,))
PIC32 = Part(("WSS_PIC32MZW1_SOURCES",), ("hal/pic32mzw1", HARMONY), ("WSS_PIC32_HARDWARE_RNG",))

SERVER_ONLY = ("-DWSS_CFG_CLIENT=0",)
CLIENT_ONLY = ("-DWSS_CFG_SERVER=0",)
UNTRACED = ("-DWSS_CFG_TRACE=0",)
LEAST = ("-DWSS_CFG_TEXTS=0", "-DWSS_CFG_LONG_MESSAGES=0", "-DWSS_CFG_TX_BUFFER=0")

TLS_ROOTS = ("wss_tls_context_init", "wss_tls_hal_init")
NAMES_ROOTS = ("wss_inspect", "wss_inspect_event", "wss_trace_names")


@dataclass(frozen=True)
class Configuration:
    """The engine with `definitions`, and parts beside it, as the linker keeps them for `programs` of
    bench/size/ and for `roots`. `gated`: also where there is little time. `rooms`: also what each room
    of the sources has of it. `few_files`: as scripts/amalgamate writes it, with these faces."""

    role: str
    name: str
    definitions: tuple[str, ...]
    programs: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    roots: tuple[str, ...] = ()
    lto: bool = False
    gated: bool = False
    rooms: bool = False
    few_files: tuple[str, ...] | None = None

    @property
    def key(self) -> str:
        return f"{self.role}/{self.name}"

    def units(self) -> list[Unit]:
        return [unit for part in (ENGINE_PART, *self.parts) for unit in part.units(self.definitions, self.lto)]


def _of_role(role: str, definitions: tuple[str, ...], programs: tuple[str, ...], face: Part,
             face_programs: tuple[str, ...]) -> list[Configuration]:
    plain = (*definitions, *UNTRACED)
    server = role == "server"
    return [
        Configuration(role, "engine", plain, programs, gated=server),
        Configuration(role, "engine, names", plain, programs, roots=NAMES_ROOTS),
        Configuration(role, "engine, trace", definitions, programs),
        Configuration(role, "engine, TLS", plain, programs, (STREAMS, TLS), TLS_ROOTS),
        Configuration(role, "SYS_WSS", plain, face_programs, (face,), gated=server, rooms=server),
        Configuration(role, "SYS_WSS, names, trace, TLS", definitions, face_programs, (face, STREAMS, TLS),
                      (*NAMES_ROOTS, *TLS_ROOTS)),
    ]


def _least() -> list[Configuration]:
    plain = (*SERVER_ONLY, *UNTRACED, *LEAST)
    return [
        Configuration("server", "engine, least", plain, ("server",)),
        Configuration("server", "engine, least, LTO", plain, ("server",), lto=True),
        Configuration("server", "engine, least, few files", plain, ("server",), few_files=()),
        Configuration("server", "SYS_WSS, least", plain, ("sys_wss",), (FACE,), rooms=True),
        Configuration("server", "SYS_WSS, least, LTO", plain, ("sys_wss",), (FACE,), lto=True),
        Configuration("server", "SYS_WSS, least, few files", plain, ("sys_wss",), (FACE,), few_files=("sys_wss",)),
    ]


CONFIGURATIONS: tuple[Configuration, ...] = (
    *_of_role("server", SERVER_ONLY, ("server",), FACE, ("sys_wss",)),
    Configuration("server", "SYS_WSS, few files", (*SERVER_ONLY, *UNTRACED), ("sys_wss",), (FACE,), few_files=("sys_wss",)),
    *_least(),
    *_of_role("client", CLIENT_ONLY, ("client",), CLIENT_FACE, ("sys_wss",)),
    *_of_role("both", (), ("server", "client"), FACE, ("sys_wss", "client")),
)


@dataclass(frozen=True)
class Layer:
    """What stands under the engine, as the linker keeps it for `roots`."""

    name: str
    parts: tuple[Part, ...]
    roots: tuple[str, ...]
    definitions: tuple[str, ...] = ()


PIC32_ROOTS = ("wss_pic32_init",)
LAYERS: tuple[Layer, ...] = (
    Layer("PIC32MZ W1, both roles", (PIC32,), PIC32_ROOTS),
    Layer("PIC32MZ W1, server", (PIC32,), PIC32_ROOTS, SERVER_ONLY),
    Layer("PIC32MZ W1, server, one port", (PIC32,), PIC32_ROOTS, (*SERVER_ONLY, "-DWSS_PIC32_LISTENERS=1")),
    Layer("PIC32MZ W1, client", (PIC32,), PIC32_ROOTS, CLIENT_ONLY),
    Layer("PIC32MZ W1, both roles, NET_PRES", (PIC32,), PIC32_ROOTS, ("-DWSS_PIC32_NET_PRES=1",)),
    Layer("cryptography on mbedTLS", (CRYPTO,), ("wss_crypto_mbedtls_init", "wss_crypto_mbedtls_free")),
    Layer("TLS on mbedTLS", (TLS, STREAMS), TLS_ROOTS),
    Layer("HTTP proxies (CONNECT)", (STREAMS,), ("wss_proxy_hal_init",)),
    Layer("PROXY protocol", (STREAMS,), ("wss_proxied_hal_init",)),
)

LAYER_STACKS: tuple[Layer, ...] = (
    Layer("PIC32MZ W1", (PIC32,), ()),
    Layer("PIC32MZ W1, NET_PRES", (PIC32,), (), ("-DWSS_PIC32_NET_PRES=1",)),
    Layer("cryptography on mbedTLS", (CRYPTO,), ()),
    Layer("TLS on mbedTLS", (TLS, STREAMS), ()),
    Layer("HTTP proxies, PROXY protocol", (STREAMS,), ()),
)
"""Layers of which every function counts, as anybody may call it."""


@dataclass(frozen=True)
class Face:
    """A build whose public functions' stack is measured: what is built beside the engine, what the
    engine's callbacks lead to, and which headers it is measured for."""

    parts: tuple[Part, ...]
    rules: tuple[Rule, ...]
    headers: tuple[str, ...]


NATIVE_HEADERS = ("include/wss/wss.h", "generated/wss_vocabulary.h", "include/wss/wss_session.h",
                  "include/wss/wss_url.h", "include/wss/wss_inspect.h")
_RULES = (*CONTRACTS, *ENGINE_POINTERS)


@dataclass(frozen=True)
class StackBuild:
    """One configuration for the stack, with each face in turn."""

    name: str
    definitions: tuple[str, ...]
    faces: tuple[Face, ...]


STACK_BUILDS = (
    StackBuild("server", (*SERVER_ONLY, *UNTRACED), (
        Face((), (*_RULES, *NATIVE), NATIVE_HEADERS),
        Face((FACE,), (*SYS_WSS, *_RULES, *CONSOLE), ("api/sys_wss.h",)),
    )),
    StackBuild("all", (), (
        Face((), (*_RULES, *NATIVE), NATIVE_HEADERS),
        Face((FACE_WITH_CONSOLE,), (*SYS_WSS, *_RULES, *CONSOLE),
             ("api/sys_wss.h", "api/sys_wss_console.h", "api/wss_console.h")),
        Face((WEBSOCK_PART,), (*WEBSOCK, *_RULES), ("api/websock.h",)),
    )),
)
