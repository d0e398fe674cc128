# SPDX-License-Identifier: MIT
"""What is bounded: the rooms of C that a program may link, each with how its sources are compiled.
It must not know what is asked of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cmake.sources import ROOT
from measure.parts import ENGINE_PART, FACE_WITH_CONSOLE, HARMONY, STREAMS, Part
from measure.toolchain import Unit

_LWIP = ("tests/lwip/include", "build-lwip/port/include", "build-lwip/src/include")
"""lwIP with its port to Unix, by scripts/get-lwip."""

RUNTIME = Part(("WSS_RUNTIME_SOURCES",), ENGINE_PART.includes)
GENERATED = Part(("WSS_GENERATED_FILES",), ENGINE_PART.includes)
CRYPTO = Part(("WSS_CRYPTO_MBEDTLS_SOURCES",), ("crypto",))
TLS = Part(("WSS_TLS_SOURCES", "WSS_TLS_FILES_SOURCES"), ("streams", "tls", "crypto"))
SYS_WSS_POSIX = Part(("WSS_SYS_WSS_POSIX_SOURCES",), ("api", "hal/posix", "crypto", "tls", "streams"))
SYS_WSS_HARMONY = Part(("WSS_SYS_WSS_HARMONY_SOURCES",), ("api", "hal/pic32mzw1", "crypto", "tls", "streams", HARMONY,
                                                         "tests/sys_wss/harmony"))
WEBSOCK = Part(("WSS_WEBSOCK_SOURCES", "WSS_WEBSOCK_POSIX_SOURCES"),
               ("api", "hal/posix", "crypto", "tls", "streams"), ("WEBSOCK_TLS=1",))
POSIX = Part(("WSS_POSIX_SOURCES", "WSS_POSIX_EPOLL_SOURCES"), ("hal/posix",))
POSIX_POLL = Part(("WSS_POSIX_SOURCES", "WSS_POSIX_POLL_SOURCES"), ("hal/posix",), ("WSS_POSIX_USE_POLL",))
PIC32 = Part(("WSS_PIC32MZW1_SOURCES",), ("hal/pic32mzw1", HARMONY), ("WSS_PIC32_HARDWARE_RNG",))
PIC32_PRES = Part(PIC32.lists, PIC32.includes, (*PIC32.definitions, "WSS_PIC32_NET_PRES=1"))
LWIP = Part(("WSS_LWIP_SOURCES",), ("hal/lwip", *_LWIP), ("WSS_LWIP_LISTENERS=3", "_DEFAULT_SOURCE"))
SIM = Part(("WSS_SIM_SOURCES",), ("hal/sim", "crypto"))


ALTERNATIVES = (*POSIX_POLL.definitions, *set(PIC32_PRES.definitions).difference(PIC32.definitions))
"""Definitions by which a source is built in another way."""


@dataclass(frozen=True)
class Room:
    """A folder; parts that are builds of the same sources are all of it."""

    name: str
    parts: tuple[Part, ...]

    def units(self, *flags: str) -> list[Unit]:
        return list(dict.fromkeys(unit for part in self.parts for unit in part.units(flags)))

    @property
    def files(self) -> list[Path]:
        """Its sources, and the headers of its folder."""
        sources = dict.fromkeys(unit.source for unit in self.units())
        return [*sources, *sorted((ROOT / self.name).glob("*.h"))]


ROOMS = (
    Room("runtime", (RUNTIME,)),
    Room("generated", (GENERATED,)),
    Room("api", (FACE_WITH_CONSOLE, SYS_WSS_POSIX, SYS_WSS_HARMONY, WEBSOCK)),
    Room("crypto", (CRYPTO,)),
    Room("streams", (STREAMS,)),
    Room("tls", (TLS,)),
    Room("hal/posix", (POSIX, POSIX_POLL)),
    Room("hal/lwip", (LWIP,)),
    Room("hal/pic32mzw1", (PIC32, PIC32_PRES)),
    Room("hal/sim", (SIM,)),
)

NAMES = (*(room.name for room in ROOMS), "include")
"""Of all rooms, and of the one that they have their contracts from."""


def room_of(file: Path) -> str | None:
    """The room in which a file stands, if it is in one of them."""
    path = file if file.is_absolute() else ROOT / file
    return next((name for name in NAMES if path.is_relative_to(ROOT / name)), None)
